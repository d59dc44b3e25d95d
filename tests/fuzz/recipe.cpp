// SPDX-License-Identifier: MIT
#include "tests/fuzz/recipe.h"

#include <array>
#include <cstdlib>

#include "engine/layers/layer_definition.h"

namespace fuzz {

using namespace engine;

namespace {

/// One overload a kind of argument: a value that is often sensible, and sometimes not.
struct RandomValue {
    Recipe& recipe;
    const Argument& argument;

    ArgumentValue operator()(bool) const { return recipe.yes(); }
    ArgumentValue operator()(int) const {
        return argument.limits.least >= 1 ? recipe.size(1, 70) : recipe.size(-4, 4);
    }
    ArgumentValue operator()(float) const { return recipe.number(false); }
    ArgumentValue operator()(const std::optional<float>&) const {
        return recipe.yes() ? std::optional(recipe.number(false)) : std::nullopt;
    }
    ArgumentValue operator()(const Size2D&) const {
        return recipe.extent(static_cast<int>(argument.limits.least), 6);
    }
    ArgumentValue operator()(const std::optional<Size2D>&) const {
        if (!recipe.yes()) return std::optional<Size2D>();
        return std::optional(recipe.extent(static_cast<int>(argument.limits.least), 4));
    }
    ArgumentValue operator()(const Padding&) const {
        switch (recipe.below(3)) {
            case 0:
                return Padding(Valid{});
            case 1:
                return Padding(Same{});
            default:
                return Padding(Explicit{recipe.extent(0, 4)});
        }
    }
    ArgumentValue operator()(const Edges&) const {
        return Edges{recipe.size(0, 5), recipe.size(0, 5), recipe.size(0, 5), recipe.size(0, 5)};
    }
    ArgumentValue operator()(const OpenShape&) const {
        std::array<int, 4> sizes{};
        for (int& size : sizes) size = recipe.yes() ? -1 : recipe.size(1, 12);
        const auto rank = static_cast<std::size_t>(recipe.below(5));
        return OpenShape{Shape(std::span<const int>(sizes).first(rank))};
    }
    ArgumentValue operator()(const std::vector<int>&) const {
        std::vector<int> list(static_cast<std::size_t>(recipe.below(4)));
        for (int& number : list) number = recipe.size(1, 4);
        return list;
    }
    ArgumentValue operator()(const Choice& kind) const {
        const auto names = kind.names->names;
        const auto index = static_cast<std::size_t>(recipe.below(static_cast<int>(names.size())));
        return Choice{kind.names, names[index].value};
    }
};

/// Groups that fit are rare by chance.
template <typename Convolution>
void make_divisible(Recipe& recipe, LayerSpec& spec) {
    auto* layer = std::get_if<Convolution>(&spec);
    if (!layer) return;
    if (recipe.yes()) layer->groups = 1;
    const bool divisible = recipe.yes() && layer->filters < 64 && std::abs(layer->groups) < 64;
    if (divisible && layer->filters > 0) layer->filters *= layer->groups;
}

}  // namespace

LayerSpec read_layer(Recipe& recipe) {
    const auto definitions = layer_definitions();
    const auto index = static_cast<std::size_t>(recipe.below(static_cast<int>(definitions.size())));
    LayerSpec spec = definitions[index]->defaults;
    for (const Argument& argument : definitions[index]->arguments)
        argument.put(spec, std::visit(RandomValue{recipe, argument}, argument.value_in(spec)));
    make_divisible<Conv2D>(recipe, spec);
    make_divisible<Conv2DTranspose>(recipe, spec);
    return spec;
}

Shape read_shape(Recipe& recipe) {
    std::array<int, 4> sizes{};
    const int unusual_rank = recipe.below(8);
    const auto rank = static_cast<std::size_t>(unusual_rank < 5 ? unusual_rank : 3);
    for (std::size_t axis = 0; axis < rank; ++axis) sizes[axis] = recipe.size(1, 20);
    return Shape(std::span<const int>(sizes).first(rank));
}

Tensor read_tensor(Recipe& recipe, const Shape& shape, bool whole) {
    if (shape.rank() == 0) return {};
    // A few numbers of the recipe, over and over, with a step that shares no factor with usual
    // sizes.
    std::array<float, 29> numbers;
    for (float& number : numbers) number = recipe.number(whole);
    std::vector<float> values(static_cast<std::size_t>(shape.count()));
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = numbers[i % numbers.size()];
    return {shape, std::move(values)};
}

}  // namespace fuzz
