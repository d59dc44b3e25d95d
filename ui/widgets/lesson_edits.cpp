// SPDX-License-Identifier: MIT
// Cells into tensors, and steps across edits.
#include "ui/widgets/lesson_edits.h"

#include <algorithm>

#include <QCoreApplication>

namespace ui::widgets {

using diagram::Grid;
using engine::Lesson;
using engine::Shape;
using engine::Size2D;
using engine::Tensor;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::widgets::lesson_edits)
};

/// Where the shown slice lies in a kernel of four axes: the two last indices.
struct Slice {
    int third = 0;
    int fourth = 0;
};

/// Conv2DTranspose keeps (kh, kw, filters / groups, in), Conv2D (kh, kw, in / groups, filters).
std::optional<Slice> shown_slice(const engine::LayerSpec& spec, int channels,
                                 const diagram::View& view) {
    if (const auto* layer = std::get_if<engine::Conv2DTranspose>(&spec)) {
        const int per_group = std::max(layer->filters / layer->groups, 1);
        const int group_start = view.filter / per_group * (channels / layer->groups);
        const int channel = layer->groups == 1
                                ? view.channel
                                : group_start + view.channel % (channels / layer->groups);
        return Slice{view.filter % per_group, channel};
    }
    if (const auto* layer = std::get_if<engine::Conv2D>(&spec))
        return Slice{view.channel % std::max(channels / layer->groups, 1), view.filter};
    return std::nullopt;
}

std::int64_t index_in(const Shape& shape, int row, int column, Slice slice) {
    return ((std::int64_t{row} * shape[1] + column) * shape[2] + slice.third) * shape[3] +
           slice.fourth;
}

/// Of the input: the grid's own, or the one shown.
int channel_of(diagram::GridRef grid, const diagram::View& view) {
    return grid.index > 0 ? grid.index - 1 : view.channel;
}

/// A tensor being written: one copy for many cells.
class Draft {
public:
    explicit Draft(const Tensor& tensor)
        : m_shape(tensor.shape()), m_values(tensor.values().begin(), tensor.values().end()) {}
    float& operator[](std::int64_t index) { return m_values[static_cast<std::size_t>(index)]; }
    Tensor finished() && { return {m_shape, std::move(m_values)}; }

private:
    Shape m_shape;
    std::vector<float> m_values;
};

/// The kernel as values, at least as large as both what is stored and what is used: numbers set
/// aside by a smaller kernel_size survive.
Tensor editable_kernel(const engine::WeightSetting& setting, const Tensor& used, Size2D at_least) {
    const Shape& now = used.shape();
    Shape size{std::max(now[0], at_least.height), std::max(now[1], at_least.width), now[2], now[3]};
    if (setting.recipe || setting.values.kernel.shape().rank() != 4)
        return used.resized(size, 0.0F);
    const Shape& stored = setting.values.kernel.shape();
    size = Shape{std::max(size[0], stored[0]), std::max(size[1], stored[1]),
                 std::max(size[2], stored[2]), std::max(size[3], stored[3])};
    return setting.values.kernel.resized(size, 0.0F);
}

Lesson with_kernel(const Lesson& lesson, int layer, Tensor kernel) {
    engine::WeightSetting setting = lesson.layers[static_cast<std::size_t>(layer)].weights;
    setting.recipe.reset();
    setting.values.kernel = std::move(kernel);
    return engine::with_weights(lesson, layer, std::move(setting));
}

struct KernelInFocus {
    int layer;
    Tensor used;
    Slice slice;
};

std::optional<KernelInFocus> kernel_in_focus(const Lesson& lesson,
                                             std::span<const engine::Geometry> geometries,
                                             const diagram::View& view) {
    const auto focus = static_cast<std::size_t>(view.focus);
    if (focus >= lesson.layers.size() || focus >= geometries.size()) return std::nullopt;
    const engine::LayerSpec& spec = lesson.layers[focus].spec;
    const engine::WeightSetting& setting = lesson.layers[focus].weights;
    if (engine::weight_shapes(spec, geometries[focus]).kernel.rank() != 4) return std::nullopt;
    const auto slice = shown_slice(spec, geometries[focus].input.channels(), view);
    if (!slice) return std::nullopt;
    return KernelInFocus{view.focus, engine::materialize(setting, spec, geometries[focus]).kernel,
                         *slice};
}

QString numbers_do_not_fit(int rows, int columns, int row, int column, const Shape& grid) {
    return Words::
        tr("%1 × %2 numbers do not fit into %3 × %4 cells from row %5, column %6 on; paste them at "
           "row 0, column 0 to make room.")
            .arg(rows)
            .arg(columns)
            .arg(grid[0])
            .arg(grid[1])
            .arg(row)
            .arg(column);
}

}  // namespace

std::optional<Lesson> with_cells(const Lesson& lesson, std::span<const engine::Geometry> geometries,
                                 const diagram::View& view, const CellEdits& edits) {
    if (edits.grid.grid == Grid::input) {
        const Shape& shape = lesson.input.shape();
        const int channel = channel_of(edits.grid, view);
        if (view.focus != 0 || shape.rank() != 3 || channel >= shape.channels())
            return std::nullopt;
        Draft draft(lesson.input);
        for (const auto& edit : edits.edits) {
            if (edit.row < 0 || edit.row >= shape.height() || edit.column < 0 ||
                edit.column >= shape.width())
                return std::nullopt;
            draft[(std::int64_t{edit.row} * shape.width() + edit.column) * shape.channels() +
                  channel] = edit.value;
        }
        return engine::with_input(lesson, std::move(draft).finished());
    }
    if (edits.grid.grid == Grid::kernel) {
        const auto kernel = kernel_in_focus(lesson, geometries, view);
        if (!kernel) return std::nullopt;
        const Shape& used = kernel->used.shape();
        const auto& setting = lesson.layers[static_cast<std::size_t>(kernel->layer)].weights;
        const Tensor base = editable_kernel(setting, kernel->used, {used[0], used[1]});
        Draft draft(base);
        for (const auto& edit : edits.edits) {
            if (edit.row < 0 || edit.row >= used[0] || edit.column < 0 || edit.column >= used[1])
                return std::nullopt;
            draft[index_in(base.shape(), edit.row, edit.column, kernel->slice)] = edit.value;
        }
        return with_kernel(lesson, kernel->layer, std::move(draft).finished());
    }
    return std::nullopt;
}

Pasted with_rows(const Lesson& lesson, std::span<const engine::Geometry> geometries,
                 const diagram::View& view, diagram::GridRef grid, int first_row, int first_column,
                 const formats::GridRows& rows) {
    const int height = static_cast<int>(rows.size());
    const int width = rows.empty() ? 0 : static_cast<int>(rows.front().size());
    if (height == 0 || width == 0) return {};
    const bool at_origin = first_row == 0 && first_column == 0;

    if (grid.grid == Grid::input) {
        const Shape& shape = lesson.input.shape();
        if (view.focus != 0 || shape.rank() != 3)
            return {{},
                    Words::tr("These numbers come from the layer before; change the input of the "
                              "first layer.")};
        Tensor base = lesson.input;
        if (first_row + height > shape.height() || first_column + width > shape.width()) {
            if (!at_origin)
                return {{}, numbers_do_not_fit(height, width, first_row, first_column, shape)};
            base = base.resized(Shape{std::max(height, shape.height()),
                                      std::max(width, shape.width()), shape.channels()},
                                0.0F);
        }
        const Shape& size = base.shape();
        const int channel = std::min(channel_of(grid, view), size.channels() - 1);
        Draft draft(base);
        for (int row = 0; row < height; ++row)
            for (int column = 0; column < width; ++column)
                draft[(std::int64_t{first_row + row} * size.width() + first_column + column) *
                          size.channels() +
                      channel] =
                    rows[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)];
        return {engine::with_input(lesson, std::move(draft).finished()), {}};
    }

    const auto kernel = kernel_in_focus(lesson, geometries, view);
    if (grid.grid != Grid::kernel || !kernel)
        return {{}, Words::tr("These numbers are computed; paste into the input or the kernel.")};
    const Shape& used = kernel->used.shape();
    engine::LayerSpec spec = lesson.layers[static_cast<std::size_t>(kernel->layer)].spec;
    if (at_origin && (height > max_kernel_size || width > max_kernel_size))
        return {{},
                Words::tr("A kernel of %1 × %2 is too large; kernel_size goes up to %3 × %3.")
                    .arg(height)
                    .arg(width)
                    .arg(max_kernel_size)};
    if (!at_origin && (first_row + height > used[0] || first_column + width > used[1]))
        return {{}, numbers_do_not_fit(height, width, first_row, first_column, used)};
    if (at_origin) {
        if (auto* layer = std::get_if<engine::Conv2DTranspose>(&spec))
            layer->kernel_size = {height, width};
        if (auto* layer = std::get_if<engine::Conv2D>(&spec)) layer->kernel_size = {height, width};
    }
    const auto& setting = lesson.layers[static_cast<std::size_t>(kernel->layer)].weights;
    const Tensor base = editable_kernel(setting, kernel->used, {height, width});
    Draft draft(base);
    for (int row = 0; row < height; ++row)
        for (int column = 0; column < width; ++column)
            draft[index_in(base.shape(), first_row + row, first_column + column, kernel->slice)] =
                rows[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)];
    return {with_kernel(engine::with_layer(lesson, kernel->layer, spec), kernel->layer,
                        std::move(draft).finished()),
            {}};
}

}  // namespace ui::widgets
