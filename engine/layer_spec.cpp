// SPDX-License-Identifier: MIT
// Names of layers, activations and interpolations, spelled as in Keras.
#include "engine/layer_spec.h"

#include <algorithm>
#include <array>
#include <utility>

namespace engine {

namespace {

template <typename Kind, std::size_t Count>
using Names = std::array<std::pair<Kind, std::string_view>, Count>;

constexpr Names<ActivationKind, 15> activations{{
    {ActivationKind::linear, "linear"},
    {ActivationKind::relu, "relu"},
    {ActivationKind::relu6, "relu6"},
    {ActivationKind::leaky_relu, "leaky_relu"},
    {ActivationKind::elu, "elu"},
    {ActivationKind::selu, "selu"},
    {ActivationKind::sigmoid, "sigmoid"},
    {ActivationKind::hard_sigmoid, "hard_sigmoid"},
    {ActivationKind::tanh, "tanh"},
    {ActivationKind::softplus, "softplus"},
    {ActivationKind::softsign, "softsign"},
    {ActivationKind::softmax, "softmax"},
    {ActivationKind::swish, "swish"},
    {ActivationKind::gelu, "gelu"},
    {ActivationKind::exponential, "exponential"},
}};

constexpr Names<Interpolation, 8> interpolations{{
    {Interpolation::nearest, "nearest"},
    {Interpolation::bilinear, "bilinear"},
    {Interpolation::bicubic, "bicubic"},
    {Interpolation::lanczos3, "lanczos3"},
    {Interpolation::lanczos5, "lanczos5"},
    {Interpolation::gaussian, "gaussian"},
    {Interpolation::mitchellcubic, "mitchellcubic"},
    {Interpolation::area, "area"},
}};

template <typename Kind, std::size_t Count>
std::string_view name_in(const Names<Kind, Count>& names, Kind kind) {
    const auto found = std::ranges::find(names, kind, &std::pair<Kind, std::string_view>::first);
    return found == names.end() ? std::string_view() : found->second;
}

/// ASCII only, so that no locale can change what a file means.
bool same_letters(std::string_view a, std::string_view b) {
    const auto lower = [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    };
    return std::ranges::equal(a, b, {}, lower, lower);
}

template <typename Kind, std::size_t Count>
std::optional<Kind> kind_in(const Names<Kind, Count>& names, std::string_view name) {
    for (const auto& [kind, known] : names) {
        if (same_letters(known, name)) return kind;
    }
    return std::nullopt;
}

struct ClassName {
    std::string operator()(const UpSampling2D&) const { return "UpSampling2D"; }
    std::string operator()(const Conv2DTranspose&) const { return "Conv2DTranspose"; }
    std::string operator()(const Conv2D&) const { return "Conv2D"; }
    std::string operator()(const Dense&) const { return "Dense"; }
    std::string operator()(const Reshape&) const { return "Reshape"; }
    std::string operator()(const Flatten&) const { return "Flatten"; }
    std::string operator()(const Activation&) const { return "Activation"; }
    std::string operator()(const LeakyReLU&) const { return "LeakyReLU"; }
    std::string operator()(const ReLU&) const { return "ReLU"; }
    std::string operator()(const BatchNormalization&) const { return "BatchNormalization"; }
    std::string operator()(const Dropout&) const { return "Dropout"; }
    std::string operator()(const Pooling2D& layer) const {
        return layer.kind == PoolKind::max ? "MaxPooling2D" : "AveragePooling2D";
    }
    std::string operator()(const GlobalPooling2D& layer) const {
        return layer.kind == PoolKind::max ? "GlobalMaxPooling2D" : "GlobalAveragePooling2D";
    }
    std::string operator()(const ZeroPadding2D&) const { return "ZeroPadding2D"; }
    std::string operator()(const Cropping2D&) const { return "Cropping2D"; }
};

}  // namespace

std::string class_name(const LayerSpec& spec) { return std::visit(ClassName{}, spec); }

std::string_view name_of(ActivationKind kind) { return name_in(activations, kind); }
std::string_view name_of(Interpolation kind) { return name_in(interpolations, kind); }

std::optional<ActivationKind> activation_named(std::string_view name) {
    return kind_in(activations, name);
}
std::optional<Interpolation> interpolation_named(std::string_view name) {
    return kind_in(interpolations, name);
}

}  // namespace engine
