// SPDX-License-Identifier: MIT
#include "engine/lessons/continued.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace engine {

Tensor continued(const Tensor& tensor, int axis, int size) {
    const Shape& shape = tensor.shape();
    assert(axis < shape.rank() && size >= shape[axis]);
    const auto product = [&shape](int from, int to) {
        std::size_t count = 1;
        for (int i = from; i < to; ++i) count *= static_cast<std::size_t>(shape[i]);
        return count;
    };
    const int first_axes = shape.rank() == 2 ? 1 : 2;
    assert(axis >= first_axes);
    const std::size_t cells = product(0, first_axes);
    const std::size_t outer = product(first_axes, axis);
    const std::size_t inner = product(axis + 1, shape.rank());
    const auto old = static_cast<std::size_t>(shape[axis]);
    const auto wanted = static_cast<std::size_t>(size);

    std::array<int, 4> sizes{};
    for (int i = 0; i < shape.rank(); ++i) sizes[static_cast<std::size_t>(i)] = shape[i];
    sizes[static_cast<std::size_t>(axis)] = size;
    const std::span<const float> from = tensor.values();
    std::vector<float> to;
    to.reserve(cells * outer * wanted * inner);
    for (std::size_t cell = 0; cell < cells; ++cell)
        for (std::size_t o = 0; o < outer; ++o)
            for (std::size_t slice = 0; slice < wanted; ++slice) {
                const std::size_t moved = slice < old ? 0 : slice - old + 1;
                const std::size_t source = (cell + moved) % cells;
                const std::size_t begin =
                    ((source * outer + o) * old + std::min(slice, old - 1)) * inner;
                to.insert(to.end(), from.begin() + static_cast<std::ptrdiff_t>(begin),
                          from.begin() + static_cast<std::ptrdiff_t>(begin + inner));
            }
    const auto rank = static_cast<std::size_t>(shape.rank());
    return Tensor(Shape(std::span<const int>(sizes).first(rank)), std::move(to));
}

Lesson with_continued_kernels(Lesson lesson) {
    const std::vector<Geometry> fit = infer_model(lesson.layers, lesson.input.shape()).geometries;
    for (std::size_t i = 0; i < lesson.layers.size(); ++i) {
        if (i > fit.size()) break;  // what arrives there is not known
        const Shape input = i == 0 ? lesson.input.shape() : fit[i - 1].output;
        WeightSetting& setting = lesson.layers[i].weights;
        Tensor& kernel = setting.values.kernel;
        const Shape wanted = weight_shapes(lesson.layers[i].spec, input).kernel;
        if (setting.recipe || kernel.empty() || wanted.rank() != kernel.shape().rank()) continue;
        for (int axis = wanted.rank() == 2 ? 1 : 2; axis < wanted.rank(); ++axis) {
            const int size = wanted[axis];
            const std::int64_t slice = kernel.shape().count() / kernel.shape()[axis];
            if (size > kernel.shape()[axis] && slice <= max_tensor_count / size)
                kernel = continued(kernel, axis, size);
        }
    }
    return lesson;
}

}  // namespace engine
