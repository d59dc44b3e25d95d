// SPDX-License-Identifier: MIT
// The table of layers, and finding a row or an argument in it.
#include "engine/layers/layer_definition.h"

#include <algorithm>
#include <array>

namespace engine {

namespace {

constexpr std::size_t layer_count = std::variant_size_v<LayerSpec>;

template <std::size_t... index>
std::array<Definitions, layer_count> gathered(std::index_sequence<index...>) {
    return {std::variant_alternative_t<index, LayerSpec>::definitions()...};
}

/// The rows of each alternative of LayerSpec, in its order.
const std::array<Definitions, layer_count>& rows() {
    static const std::array<Definitions, layer_count> all =
        gathered(std::make_index_sequence<layer_count>());
    return all;
}

/// Arguments that every layer may carry, and that change nothing at inference.
constexpr std::array<std::string_view, 12> harmless_everywhere{
    "activity_regularizer", "autocast",         "build_config", "module",
    "registered_name",      "dtype_policy",     "batch_size",   "quantization_config",
    "compile_config",       "shared_object_id", "lora_rank",    "lora_alpha"};
constexpr std::array<std::string_view, 3> harmless_of_tensors{"_initializer", "_regularizer",
                                                              "_constraint"};

/// Small letters without what stands between words: "leaky_re_lu" and "LeakyReLU" are one name.
std::string bare(std::string_view name) {
    std::string letters;
    for (const char c : name)
        if (c != '_') letters += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return letters;
}

/// Letters to be put in, left out or changed to make one of the other (Levenshtein).
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({changed, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row.back();
}

/// Spelled so in some framework or release.
bool is_spelled(const Argument& argument, std::string_view name) {
    const Argument::Spellings& other = argument.spellings;
    if (name.empty()) return false;  // as is a spelling that there is not
    return name == argument.name || name == other.keras_2 || name == other.pytorch ||
           name == other.onnx;
}

/// The nearest of the names, if it is near at all: a third of the letters may be wrong.
std::string_view nearest(std::string_view name, std::span<const std::string_view> known) {
    constexpr std::size_t longest = 40;
    if (name.size() > longest) return {};
    std::string_view best;
    std::size_t least = std::max<std::size_t>(name.size() / 3, 1) + 1;
    for (const std::string_view candidate : known) {
        const std::string letters = bare(candidate);
        const std::size_t away = distance(bare(name), letters);
        if (away < least) {
            least = away;
            best = candidate;
        }
    }
    return best;
}

std::string_view class_name_in(Framework framework, const LayerDefinition& definition) {
    if (framework == Framework::pytorch && !definition.name_in_pytorch.empty())
        return definition.name_in_pytorch;
    if (framework == Framework::onnx && !definition.name_in_onnx.empty())
        return definition.name_in_onnx;
    return definition.class_name;
}

}  // namespace

std::span<const LayerDefinition* const> layer_definitions() {
    static const std::vector<const LayerDefinition*> all = [] {
        std::vector<const LayerDefinition*> list;
        for (const Definitions& of_layer : rows())
            for (const LayerDefinition& definition : of_layer) list.push_back(&definition);
        return list;
    }();
    return all;
}

const LayerDefinition& definition_of(const LayerSpec& spec) {
    const Definitions& candidates = rows()[spec.index()];
    for (const LayerDefinition& definition : candidates)
        if (!definition.describes || definition.describes(spec)) return definition;
    return candidates.front();
}

const LayerDefinition* definition_named(std::string_view name) {
    for (const LayerDefinition* definition : layer_definitions())
        if (name == definition->class_name ||
            std::ranges::find(definition->aliases, name) != definition->aliases.end())
            return definition;
    return nullptr;
}

const LayerDefinition* definition_like(std::string_view name) {
    const std::string wanted = bare(name);
    for (const LayerDefinition* definition : layer_definitions()) {
        if (wanted == bare(definition->class_name)) return definition;
        for (const std::string_view alias : definition->aliases)
            if (wanted == bare(alias)) return definition;
    }
    return nullptr;
}

const Argument* argument_named(const LayerDefinition& definition, Framework framework,
                               std::string_view name) {
    if (name.empty()) return nullptr;  // as is a spelling that there is not
    for (const Argument& argument : definition.arguments) {
        if (name == name_in(framework, argument)) return &argument;
        if (framework == Framework::keras && name == argument.spellings.keras_2) return &argument;
    }
    return nullptr;
}

bool is_harmless(const LayerDefinition& definition, std::string_view name) {
    const auto among = [name](const auto& names) {
        return std::ranges::find(names, name) != std::ranges::end(names);
    };
    if (among(harmless_everywhere) || among(definition.harmless)) return true;
    for (const std::string_view tensor : definition.tensors)
        for (const std::string_view what : harmless_of_tensors)
            if (name.starts_with(tensor) && name.substr(tensor.size()) == what) return true;
    return false;
}

Error unknown_argument(std::string_view class_name, Framework framework, std::string_view name,
                       std::span<const std::string_view> known) {
    const std::string_view meant = nearest(name, known);
    return {.code = ErrorCode::unknown_argument,
            .subject = std::string(class_name),
            .text = std::string(name),
            .meant = std::string(meant),
            .dialect = meant.empty() ? "" : std::string(name_of(framework))};
}

Error unknown_argument(const LayerDefinition& definition, Framework framework,
                       std::string_view name) {
    const std::string_view class_name = class_name_in(framework, definition);
    std::vector<std::string_view> known;
    for (const Argument& argument : definition.arguments) {
        const std::string_view here = name_in(framework, argument);
        if (here != no_name && is_spelled(argument, name)) {
            const std::array<std::string_view, 1> meant{here};
            Error error = unknown_argument(class_name, framework, here, meant);
            error.text = name;
            return error;
        }
        if (here != no_name) known.push_back(here);
    }
    return unknown_argument(class_name, framework, name, known);
}

bool plays_filters(const LayerSpec& spec) {
    const LayerDefinition& layer = definition_of(spec);
    return layer.one_filter && (!layer.is_played || layer.is_played(spec));
}

std::optional<Error> check_limits(const LayerSpec& spec) {
    for (const Argument& argument : definition_of(spec).arguments)
        if (auto wrong = check_limits(argument, spec)) return wrong;
    return std::nullopt;
}

std::string class_name(const LayerSpec& spec) {
    return std::string(definition_of(spec).class_name);
}

}  // namespace engine
