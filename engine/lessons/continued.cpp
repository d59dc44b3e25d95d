// SPDX-License-Identifier: MIT
#include "engine/lessons/continued.h"

#include <algorithm>
#include <array>
#include <cassert>

#include "engine/lessons/comparison.h"

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

Tensor regrown(const Tensor& tensor, const Shape& shape, const Tensor& before) {
    const Shape& now = tensor.shape();
    assert(now.rank() == shape.rank());
    const int rank = now.rank();
    const Shape& kept = before.shape();
    const bool remembers = kept.rank() == rank && (rank < 3 || kept[rank - 1] == now[rank - 1]);
    const auto place = [rank](const Shape& of, const std::array<int, 4>& cell) {
        std::size_t index = 0;
        for (int i = 0; i < rank; ++i)
            index = index * static_cast<std::size_t>(of[i]) + static_cast<std::size_t>(cell[i]);
        return index;
    };
    const auto lies_in = [rank](const Shape& of, const std::array<int, 4>& cell) {
        for (int i = 0; i < rank; ++i)
            if (cell[i] >= of[i]) return false;
        return true;
    };
    std::vector<float> values;
    values.reserve(static_cast<std::size_t>(shape.count()));
    std::array<int, 4> cell{};
    for (std::int64_t left = shape.count(); left > 0; --left) {
        std::array<int, 4> source = cell;
        for (int i = 0; i < rank; ++i) source[i] %= now[i];
        values.push_back(remembers && !lies_in(now, cell) && lies_in(kept, cell)
                             ? before.values()[place(kept, cell)]
                             : tensor.values()[place(now, source)]);
        for (int i = rank - 1; i >= 0 && ++cell[i] == shape[i]; --i) cell[i] = 0;
    }
    return Tensor(shape, std::move(values));
}

Tensor repeated(const Tensor& tensor, const Shape& shape) { return regrown(tensor, shape, {}); }

namespace {

/// What makes numbers that anybody would take for a pattern, in the order in which they are tried.
constexpr std::array patterns{
    Initializer::tens,     Initializer::ones,  Initializer::identity, Initializer::bilinear,
    Initializer::gaussian, Initializer::sobel, Initializer::sharpen,  Initializer::checkerboard};

/// A kernel with more rows or columns.
Tensor grown(const Tensor& kernel, const LayerSpec& spec, const Shape& shape) {
    constexpr std::int64_t largest_compared = 16384;
    if (kernel.shape().count() <= largest_compared)
        for (const Initializer pattern : patterns)
            if (make_kernel({pattern, 1}, spec, kernel.shape()) == kernel)
                return make_kernel({pattern, 1}, spec, shape);
    return repeated(kernel, shape);
}

Lesson one_side_continued(Lesson lesson) {
    const std::vector<Geometry> fit = infer_model(lesson.layers, lesson.input.shape()).geometries;
    for (std::size_t i = 0; i < lesson.layers.size(); ++i) {
        if (i > fit.size()) break;  // what arrives there is not known
        const Shape input = i == 0 ? lesson.input.shape() : fit[i - 1].output;
        WeightSetting& setting = lesson.layers[i].weights;
        Tensor& kernel = setting.values.kernel;
        const Shape wanted = weight_shapes(lesson.layers[i].spec, input).kernel;
        if (setting.recipe || kernel.empty() || wanted.rank() != kernel.shape().rank()) continue;
        if (const Shape& stored = kernel.shape(); wanted.rank() == 4) {
            const Shape larger{std::max(wanted[0], stored[0]), std::max(wanted[1], stored[1]),
                               stored[2], stored[3]};
            if (larger != stored && larger.count() <= max_tensor_count)
                kernel = grown(kernel, lesson.layers[i].spec, larger);
        }
        for (int axis = wanted.rank() == 2 ? 1 : 2; axis < wanted.rank(); ++axis) {
            const int size = wanted[axis];
            const std::int64_t slice = kernel.shape().count() / kernel.shape()[axis];
            if (size > kernel.shape()[axis] && slice <= max_tensor_count / size)
                kernel = continued(kernel, axis, size);
        }
    }
    return lesson;
}

}  // namespace

Lesson with_continued_kernels(Lesson lesson) {
    for (int side = 0; side < side_count(lesson); ++side)
        lesson = with_side(lesson, side, one_side_continued(side_of(lesson, side)));
    return lesson;
}

}  // namespace engine
