// SPDX-License-Identifier: MIT
// Names of activations and interpolations, spelled as in Keras.
#include "engine/layers/layer_spec.h"

#include <algorithm>
#include <array>

namespace engine {

namespace {

using Name = ChoiceNames::Name;

constexpr std::array activations{
    named(ActivationKind::linear, "linear"),
    named(ActivationKind::relu, "relu"),
    named(ActivationKind::relu6, "relu6"),
    named(ActivationKind::leaky_relu, "leaky_relu"),
    named(ActivationKind::elu, "elu"),
    named(ActivationKind::selu, "selu"),
    named(ActivationKind::sigmoid, "sigmoid"),
    named(ActivationKind::hard_sigmoid, "hard_sigmoid"),
    named(ActivationKind::tanh, "tanh"),
    named(ActivationKind::softplus, "softplus"),
    named(ActivationKind::softsign, "softsign"),
    named(ActivationKind::softmax, "softmax"),
    named(ActivationKind::swish, "swish"),
    named(ActivationKind::gelu, "gelu"),
    named(ActivationKind::exponential, "exponential"),
    named(ActivationKind::mish, "mish"),
    named(ActivationKind::swish, "silu"),
};

constexpr std::array interpolations{
    named(Interpolation::nearest, "nearest"),
    named(Interpolation::bilinear, "bilinear"),
    named(Interpolation::bicubic, "bicubic"),
    named(Interpolation::lanczos3, "lanczos3"),
    named(Interpolation::lanczos5, "lanczos5"),
    named(Interpolation::gaussian, "gaussian"),
    named(Interpolation::mitchellcubic, "mitchellcubic"),
    named(Interpolation::area, "area"),
};

/// ASCII only, so that no locale can change what a file means.
bool same_letters(std::string_view a, std::string_view b) {
    const auto lower = [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    };
    return std::ranges::equal(a, b, {}, lower, lower);
}

template <typename Kind>
std::optional<Kind> kind_named(std::string_view name) {
    const auto value = value_named(choice_names(Kind{}), name);
    return value ? std::optional(static_cast<Kind>(*value)) : std::nullopt;
}

}  // namespace

const ChoiceNames& choice_names(ActivationKind) {
    static constexpr ChoiceNames names{activations};
    return names;
}

const ChoiceNames& choice_names(Interpolation) {
    static constexpr ChoiceNames names{interpolations};
    return names;
}

std::string_view name_of(const ChoiceNames& names, int value) {
    const auto found = std::ranges::find(names.names, value, &Name::value);
    return found == names.names.end() ? std::string_view() : found->name;
}

std::optional<int> value_named(const ChoiceNames& names, std::string_view name) {
    for (const auto& [value, known] : names.names)
        if (same_letters(known, name)) return value;
    return std::nullopt;
}

std::string_view name_of(ActivationKind kind) {
    return name_of(choice_names(kind), static_cast<int>(kind));
}
std::string_view name_of(Interpolation kind) {
    return name_of(choice_names(kind), static_cast<int>(kind));
}

std::optional<ActivationKind> activation_named(std::string_view name) {
    return kind_named<ActivationKind>(name);
}
std::optional<Interpolation> interpolation_named(std::string_view name) {
    return kind_named<Interpolation>(name);
}

}  // namespace engine
