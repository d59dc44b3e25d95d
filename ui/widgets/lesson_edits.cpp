// SPDX-License-Identifier: MIT
// Cells into tensors, and steps across edits.
#include "ui/widgets/lesson_edits.h"

#include <algorithm>

#include <QCoreApplication>

#include "engine/lessons/continued.h"
#include "ui/words/error_text.h"

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
    Tensor kernel = used;
    if (!setting.recipe && setting.values.kernel.shape().rank() == 4) {
        const Shape& stored = setting.values.kernel.shape();
        kernel = setting.values.kernel.resized(
            {std::max(now[0], stored[0]), std::max(now[1], stored[1]), std::max(now[2], stored[2]),
             std::max(now[3], stored[3])},
            0.0F);
    }
    const Shape& all = kernel.shape();
    const Shape size{std::max(all[0], at_least.height), std::max(all[1], at_least.width), all[2],
                     all[3]};
    return size == all ? kernel : engine::repeated(kernel, size);
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

QString too_large_a_block(const QString& what, Size2D size, int most) {
    return Words::tr("%1 would be %2 × %3, but goes up to %4 × %4.")
        .arg(what)
        .arg(size.height)
        .arg(size.width)
        .arg(most);
}

/// What a block needs that begins in a cell, and at least what there is.
Size2D room_for(Size2D there, int first_row, int first_column, int height, int width) {
    return {std::max(there.height, first_row + height),
            std::max(there.width, first_column + width)};
}

Pasted into_input(const Lesson& lesson, const diagram::View& view, diagram::GridRef grid,
                  int first_row, int first_column, const formats::GridRows& rows) {
    const Shape& shape = lesson.input.shape();
    if (view.focus != 0 || shape.rank() != 3)
        return {.refusal =
                    Words::tr("These numbers come from the layer before; change the input of "
                              "the first layer.")};
    const Size2D before{shape.height(), shape.width()};
    const Size2D after = room_for(before, first_row, first_column, static_cast<int>(rows.size()),
                                  static_cast<int>(rows.front().size()));
    if (after.height > max_input_size || after.width > max_input_size)
        return {.refusal = too_large_a_block(Words::tr("The input"), after, max_input_size)};
    const Shape size{after.height, after.width, shape.channels()};
    if (size.count() > engine::max_tensor_count)
        return {.refusal = words::error_text({.code = engine::ErrorCode::over_budget,
                                              .subject = "input",
                                              .given = {size.count()},
                                              .limit = {engine::max_tensor_count}})};
    const int channel = std::min(channel_of(grid, view), size.channels() - 1);
    Draft draft(after == before ? lesson.input : engine::repeated(lesson.input, size));
    for (std::size_t row = 0; row < rows.size(); ++row)
        for (std::size_t column = 0; column < rows[row].size(); ++column)
            draft[((std::int64_t{first_row} + static_cast<int>(row)) * size.width() + first_column +
                   static_cast<int>(column)) *
                      size.channels() +
                  channel] = rows[row][column];
    Pasted pasted{.lesson = engine::with_input(lesson, std::move(draft).finished())};
    if (after != before)
        pasted.resized = Words::tr("The input grew from %1 × %2 to %3 × %4.")
                             .arg(before.height)
                             .arg(before.width)
                             .arg(after.height)
                             .arg(after.width);
    return pasted;
}

Pasted into_kernel(const Lesson& lesson, const KernelInFocus& kernel, int first_row,
                   int first_column, const formats::GridRows& rows) {
    const Shape& used = kernel.used.shape();
    const Size2D before{used[0], used[1]};
    const Size2D block{static_cast<int>(rows.size()), static_cast<int>(rows.front().size())};
    const bool whole = first_row == 0 && first_column == 0 && block != Size2D{1, 1};
    const Size2D after =
        whole ? block : room_for(before, first_row, first_column, block.height, block.width);
    if (after.height > max_kernel_size || after.width > max_kernel_size)
        return {.refusal =
                    too_large_a_block(QStringLiteral("kernel_size"), after, max_kernel_size)};
    engine::LayerSpec spec = lesson.layers[static_cast<std::size_t>(kernel.layer)].spec;
    if (auto* layer = std::get_if<engine::Conv2DTranspose>(&spec)) layer->kernel_size = after;
    if (auto* layer = std::get_if<engine::Conv2D>(&spec)) layer->kernel_size = after;
    const auto& setting = lesson.layers[static_cast<std::size_t>(kernel.layer)].weights;
    const Tensor base = editable_kernel(setting, kernel.used, after);
    Draft draft(base);
    for (int row = 0; row < block.height; ++row)
        for (int column = 0; column < block.width; ++column)
            draft[index_in(base.shape(), first_row + row, first_column + column, kernel.slice)] =
                rows[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)];
    Pasted pasted{.lesson = with_kernel(engine::with_layer(lesson, kernel.layer, spec),
                                        kernel.layer, std::move(draft).finished())};
    if (after != before)
        pasted.resized = Words::tr("kernel_size changed from %1 × %2 to %3 × %4.")
                             .arg(before.height)
                             .arg(before.width)
                             .arg(after.height)
                             .arg(after.width);
    return pasted;
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
    if (rows.empty() || rows.front().empty()) return {};
    if (grid.grid == Grid::input)
        return into_input(lesson, view, grid, first_row, first_column, rows);
    const auto kernel = kernel_in_focus(lesson, geometries, view);
    if (grid.grid != Grid::kernel || !kernel)
        return {.refusal =
                    Words::tr("These numbers are computed; paste into the input or the kernel.")};
    return into_kernel(lesson, *kernel, first_row, first_column, rows);
}

}  // namespace ui::widgets
