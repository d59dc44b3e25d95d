// SPDX-License-Identifier: MIT
#include "ui/diagram/weights_figure.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "ui/diagram/builder.h"
#include "ui/diagram/cell_numbers.h"
#include "ui/diagram/number_text.h"

namespace ui::diagram {

namespace {

using engine::KernelAxes;
using engine::KernelAxis;
using engine::KernelOrder;
using Place = std::array<int, 4>;

/// More along an axis, and only the first and the last are shown.
constexpr int most_shown = 5;
constexpr int ellipsis = -1;

std::vector<int> shown_along(int count) {
    if (count > most_shown) return {0, 1, ellipsis, count - 1};
    std::vector<int> all(static_cast<std::size_t>(count));
    std::iota(all.begin(), all.end(), 0);
    return all;
}

QString axis_name(KernelAxis axis) {
    switch (axis) {
        case KernelAxis::row:
            return Stage::tr("row %1");
        case KernelAxis::column:
            return Stage::tr("column %1");
        case KernelAxis::input_channel:
            return Stage::tr("channel %1");
        case KernelAxis::filter:
            return Stage::tr("filter %1");
    }
    return {};
}

/// Where everything stands in one order. Boxes of an axis with an even number stand below each
/// other, those of the next beside each other.
class Nesting {
public:
    Nesting(const engine::Shape& shape, const KernelAxes& axes, double ts)
        : m_axes(axes), m_pad(5 * ts), m_gap(6 * ts), m_label(14 * ts) {
        for (std::size_t axis = 0; axis < 4; ++axis)
            m_shown[axis] = shown_along(shape[static_cast<int>(axis)]);
        m_size[4] = {44 * ts, 28 * ts};
        for (std::size_t axis = 4; axis-- > 0;) {
            const auto count = static_cast<double>(m_shown[axis].size());
            const QSizeF& item = m_size[axis + 1];
            const double gap = axis == 3 ? 2 : m_gap;
            // Items that are lists themselves have their label above them.
            const double label = axis == 3 ? 0 : m_label;
            m_pitch[axis] = is_down(axis) ? item.height() + label + gap : item.width() + gap;
            const double along = count * m_pitch[axis] - gap;
            m_size[axis] = is_down(axis)
                               ? QSizeF(item.width() + 2 * m_pad, along + 2 * m_pad)
                               : QSizeF(along + 2 * m_pad, item.height() + label + 2 * m_pad);
        }
    }

    const std::vector<int>& shown(std::size_t axis) const { return m_shown[axis]; }
    QSizeF size() const { return m_size[0]; }
    KernelAxis axis(std::size_t level) const { return m_axes[level]; }
    double pitch(KernelAxis axis) const { return m_pitch[level_of(axis)]; }
    bool is_down(std::size_t axis) const { return axis % 2 == 0; }

    /// The box of a list: the whole at level 0, an item of axis 0 at level 1, …; a number at 4.
    /// `at` counts along the shown items.
    QRectF box(std::size_t level, const std::array<std::size_t, 4>& at) const {
        QPointF place(0, 0);
        for (std::size_t axis = 0; axis < level; ++axis) {
            const double along = static_cast<double>(at[axis]) * m_pitch[axis];
            place += QPointF(m_pad, m_pad + (axis == 3 ? 0 : m_label));
            place += is_down(axis) ? QPointF(0, along) : QPointF(along, 0);
        }
        return {place, m_size[level]};
    }
    double label() const { return m_label; }

private:
    std::size_t level_of(KernelAxis axis) const {
        return static_cast<std::size_t>(std::ranges::find(m_axes, axis) - m_axes.begin());
    }

    KernelAxes m_axes;
    std::array<std::vector<int>, 4> m_shown;
    std::array<QSizeF, 5> m_size;
    std::array<double, 4> m_pitch{};
    double m_pad, m_gap, m_label;
};

/// Every list's box with its label, from the outermost in.
void draw_boxes(Builder& builder, const Nesting& nesting, double alpha, double ts) {
    if (alpha <= 0) return;
    std::array<std::size_t, 4> at{};
    const auto draw = [&](const auto& self, std::size_t level) -> void {
        const QRectF box = nesting.box(level, at);
        const double strength = alpha * (1 - 0.18 * static_cast<double>(level));
        builder.add(
            Box{box,
                {level == 0 ? Role::panel : Role::weight_fill, alpha * (level == 0 ? 1 : 0.18)},
                {Role::weight_line, strength},
                level == 0 ? 2.0 : 1.2,
                6,
                Stroke::solid,
                false});
        if (level > 0) {
            const int index = nesting.shown(level - 1)[at[level - 1]];
            const double size = 10.5 * ts;
            QString text = index == ellipsis ? QStringLiteral("…")
                                             : axis_name(nesting.axis(level - 1)).arg(index);
            // The numbers of the innermost list have no labels of their own.
            if (level == 3 && index != ellipsis) {
                const QString last = QString::number(nesting.shown(3).back());
                const QString range =
                    nesting.shown(3).back() == 0 ? last : QString(QStringLiteral("0–") + last);
                const QString more =
                    text + QStringLiteral(" · ") + axis_name(nesting.axis(3)).arg(range);
                if (about_width(more, size) <= box.width()) text = more;
            }
            builder.label({box.left() + 1, box.top() - nesting.label() / 2}, size,
                          {words(text, {Role::ink_soft, alpha})}, Align::left, box.width());
        }
        if (level == 3) return;
        for (at[level] = 0; at[level] < nesting.shown(level).size(); ++at[level])
            self(self, level + 1);
        at[level] = 0;
    };
    draw(draw, 0);
}

}  // namespace

int weights_slice(const engine::Shape& kernel, const engine::LayerSpec& spec, int filter,
                  int channel) {
    const bool transposed = std::holds_alternative<engine::Conv2DTranspose>(spec);
    return filter * (transposed ? kernel[3] : kernel[2]) + channel;
}

WeightsSlice weights_slice(const engine::Shape& kernel, const engine::LayerSpec& spec, int index) {
    const bool transposed = std::holds_alternative<engine::Conv2DTranspose>(spec);
    const int channels = transposed ? kernel[3] : kernel[2];
    return {index / channels, index % channels};
}

Diagram weights_picture(const engine::LayerSpec& spec, const engine::Weights& weights,
                        const WeightsView& view) {
    const double ts = view.text_scale;
    const auto keras = engine::kernel_axes(spec, KernelOrder::keras);
    const auto pytorch = engine::kernel_axes(spec, KernelOrder::pytorch);
    const engine::Tensor& kernel = weights.kernel;
    const engine::Shape& shape = kernel.shape();
    const std::array nestings{Nesting(shape, keras, ts),
                              Nesting(engine::reordered(shape, keras, pytorch), pytorch, ts)};
    const bool to_keras = view.order == KernelOrder::keras;
    const Nesting& to = nestings[to_keras ? 0 : 1];
    const Nesting& from = nestings[to_keras ? 1 : 0];
    const KernelAxes& to_axes = to_keras ? keras : pytorch;
    const KernelAxes& from_axes = to_keras ? pytorch : keras;

    const QSizeF room = to.size().expandedTo(view.turned < 1 ? from.size() : QSizeF(0, 0));
    Builder builder(room + QSizeF(24 * ts, 24 * ts));
    builder.diagram().digits = 4;
    builder.group(QStringLiteral("weights"), Stage::tr("Weights in brackets"));
    draw_boxes(builder, from, 1 - view.turned, ts);
    draw_boxes(builder, to, view.turned, ts);

    // Each number moves from its place in the one order to that in the other.
    const auto place_in = [&](const Nesting& nesting, const KernelAxes& axes,
                              const Place& place) -> std::optional<QRectF> {
        const Place moved = engine::reordered(place, keras, axes);
        std::array<std::size_t, 4> at{};
        for (std::size_t axis = 0; axis < 4; ++axis) {
            const std::vector<int>& shown = nesting.shown(axis);
            const auto found = std::ranges::find(shown, moved[axis]);
            if (found == shown.end()) return std::nullopt;
            at[axis] = static_cast<std::size_t>(found - shown.begin());
        }
        return nesting.box(4, at);
    };
    const bool transposed = std::holds_alternative<engine::Conv2DTranspose>(spec);
    const int filters = transposed ? shape[2] : shape[3];
    const int channels = transposed ? shape[3] : shape[2];
    for (const int filter : shown_along(filters)) {
        for (const int channel : shown_along(channels)) {
            if (filter == ellipsis || channel == ellipsis) continue;
            GridInfo grid;
            grid.grid = {Grid::weights, weights_slice(shape, spec, filter, channel)};
            grid.name = Stage::tr("filter %1, channel %2").arg(filter).arg(channel);
            grid.rows = shape[0];
            grid.columns = shape[1];
            grid.editable = true;
            QRectF around;
            QSizeF cell;
            for (int row = 0; row < shape[0]; ++row) {
                for (int column = 0; column < shape[1]; ++column) {
                    const Place place = transposed ? Place{row, column, filter, channel}
                                                   : Place{row, column, channel, filter};
                    const float value = kernel.at(place[0], place[1], place[2], place[3]);
                    grid.values.emplace_back(value);
                    const auto end = place_in(to, to_axes, place);
                    const auto begin = place_in(from, from_axes, place);
                    if (!end || !begin) continue;
                    const QPointF at =
                        begin->topLeft() + (end->topLeft() - begin->topLeft()) * view.turned;
                    const QRectF rect(at, end->size());
                    around |= rect;
                    cell = rect.size();
                    const CellRef ref{grid.grid, row, column};
                    const bool lit = view.lit == ref;
                    builder.add(Box{rect,
                                    {Role::weight_fill, 1},
                                    {Role::weight_line, lit ? 1 : 0.6},
                                    lit ? 2.6 : 1,
                                    4,
                                    Stroke::solid,
                                    false},
                                ref);
                    const CellType type = cell_type(rect.height() * 1.4, 4);
                    builder.label(rect.center(), type.size,
                                  {digits(number_text(value), {Role::weight_text, 1},
                                          lit ? FontWeight::bold : FontWeight::regular)},
                                  Align::centre, rect.width() - 4);
                }
            }
            // Evenly spaced where all rows and columns are shown: then they are a grid to edit.
            const bool whole = shape[0] <= most_shown && shape[1] <= most_shown;
            if (!whole || view.turned < 1) continue;
            grid.rect = around;
            grid.pitch = {to.pitch(KernelAxis::column), to.pitch(KernelAxis::row)};
            grid.cell = cell;
            builder.grid(std::move(grid));
        }
    }
    for (Item& item : builder.diagram().items) move(item.mark, {12 * ts, 12 * ts});
    for (GridInfo& grid : builder.diagram().grids) grid.rect.translate(12 * ts, 12 * ts);
    builder.diagram().least_scale = 1;
    return std::move(builder.diagram());
}

}  // namespace ui::diagram
