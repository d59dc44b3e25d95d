// SPDX-License-Identifier: MIT
#include "ui/diagram/readings/window_figure.h"

#include <algorithm>
#include <cmath>

#include "ui/diagram/readings/transpose_parts.h"
#include "ui/diagram/readings/upsampling.h"
#include "ui/diagram/readings/window_ground.h"

namespace ui::diagram {

using engine::Cell;
using engine::Phase;

namespace {

/// Where everything stands: padded input × kernel = output, centred on one row, and the sum.
struct Layout {
    double pitch = 0, kernel_pitch = 0;
    QPointF input, kernel, output, times, equals;
    Span input_caption, kernel_caption, output_caption;
    QRectF sum;
    double bottom = 0;  ///< of the panel
};

/// Smaller cells do not hold two digits: rather the sum goes below the row.
constexpr double least_beside_sum = 13;
constexpr double sum_high = 190;

/// In a room that is too low with the sum below, the panel grows.
Layout solve(const Scene& scene, const QRectF& given, double header, bool sum_below = false) {
    QRectF room = given;
    constexpr double pad = 18;
    const engine::Geometry& g = scene.geometry();
    const double ruler = scene.text(18);
    const double caption = scene.text(28);
    const double sign = scene.text(46);
    const double sum_width = sum_column_width(room.width(), scene.options.text_scale);
    const double beside = sum_below ? 0 : sum_width + sum_column_gap;
    const double wide = room.width() - 2 * pad - 2 * sign - ruler - beside;
    const double high = sum_below ? 1e9 : room.height() - header - ruler - caption - 10;
    const int tallest = std::max({g.rows.padded(), g.rows.out, g.rows.kernel});
    const double most = scene.text(sum_below ? 28 : 56);
    const auto fitting = [&](double taken, int columns) {
        return std::min({(wide - taken) / columns, high / tallest, most});
    };
    const auto whole = [](double pitch) {
        return pitch >= 8 ? std::floor(pitch) : std::max(pitch, smallest_pitch);
    };
    const int maps = g.columns.padded() + g.columns.out;

    Layout layout;
    layout.pitch = layout.kernel_pitch = fitting(0, maps + g.columns.kernel);
    // Where the maps are small the kernel stays legible, as far as there is room for both.
    const double legible =
        std::min({scene.text(26), wide / 3 / g.columns.kernel, high / g.rows.kernel});
    if (layout.pitch < legible) {
        layout.kernel_pitch = legible;
        layout.pitch = fitting(g.columns.kernel * legible, maps);
    }
    layout.pitch = whole(layout.pitch);
    layout.kernel_pitch = whole(layout.kernel_pitch);
    // Maps of many cells stay small wherever the sum stands.
    if (!sum_below && layout.pitch < scene.text(least_beside_sum)) {
        const Layout other = solve(scene, given, header, true);
        if (other.pitch >= scene.text(least_beside_sum)) return other;
    }
    const double row_high = std::max(tallest * layout.pitch, g.rows.kernel * layout.kernel_pitch);
    if (sum_below) room.setHeight(header + ruler + row_high + caption);

    const double in_wide = g.columns.padded() * layout.pitch;
    const double kernel_wide = g.columns.kernel * layout.kernel_pitch;
    const double out_wide = g.columns.out * layout.pitch;
    const double top = room.top() + header + ruler;
    const double middle = top + (room.bottom() - caption - top) / 2;
    const double sum_left =
        sum_below ? room.right() - pad + sum_column_gap : room.right() - pad - sum_width;
    const double spare = std::max(0.0, wide - in_wide - kernel_wide - out_wide);
    const double gap = std::min(spare / 6, 26.0);
    const auto centred = [&](int rows, double pitch) {
        return std::round(middle - rows * pitch / 2);
    };
    layout.output = {std::round(sum_left - sum_column_gap - out_wide),
                     centred(g.rows.out, layout.pitch)};
    // What is left over stands around the equation's left side.
    const double left = room.left() + pad + std::max(0.0, spare - 4 * gap) / 3;
    layout.input = {std::round(left), centred(g.rows.padded(), layout.pitch)};
    layout.times = {layout.input.x() + in_wide + gap + sign / 2, middle};
    layout.kernel = {std::round(layout.times.x() + sign / 2 + gap),
                     centred(g.rows.kernel, layout.kernel_pitch)};
    const double kernel_right = layout.kernel.x() + kernel_wide;
    layout.equals = {(kernel_right + layout.output.x() - ruler) / 2, middle};
    layout.input_caption = {room.left() + 8, layout.times.x() - 4};
    layout.kernel_caption = {layout.times.x() + 4, layout.equals.x() - 4};
    layout.output_caption = {layout.equals.x() + 4, sum_left - 4};
    const double first = room.top() + header + 6;
    const double sum_top =
        std::max(first, std::min(layout.output.y(), room.bottom() - scene.text(260)));
    layout.sum = {sum_left, sum_top, sum_width, room.bottom() - sum_top - 10};
    layout.bottom = room.bottom();
    if (!sum_below) return layout;
    const double under = std::max(scene.text(sum_high), given.bottom() - room.bottom());
    layout.sum = {room.left() + pad, room.bottom() + 6, room.width() - 2 * pad, under - 16};
    layout.bottom = room.bottom() + under;
    return layout;
}

/// What stands in a padded input that is drawn as an image.
struct PaddedNumbers {
    engine::Geometry geometry;
    MapNumbers input;
    Spoken at(int row, int column) const {
        const engine::SlideCell cell = engine::padded_cell(geometry, row, column);
        return cell.material == engine::Material::value
                   ? input.at(cell.input.row, cell.input.column)
                   : Spoken(0.0F, border_text());
    }
    bool operator==(const PaddedNumbers&) const = default;
};

/// The weight that the window for an output cell lays on a cell of the padded input, if one does.
std::optional<float> weight_on(const Scene& scene, Cell output, int row, int column) {
    const engine::Geometry& g = scene.geometry();
    const int down =
        engine::window_cell_over(g.rows, engine::padded_cell_under(g.rows, output.row, 0), row);
    const int right = engine::window_cell_over(
        g.columns, engine::padded_cell_under(g.columns, output.column, 0), column);
    if (down < 0 || right < 0) return std::nullopt;
    return scene.kernel_value({down, right});
}

void draw_padded_input(Builder& builder, const Scene& scene, const Layout& layout) {
    builder.group(QStringLiteral("padded_input"), Stage::tr("Input with its padding"));
    const engine::Geometry& g = scene.geometry();
    const bool has_border = scene.has(Phase::pad_border);
    WindowGround ground;
    ground.ref = {Grid::padded_input, 0};
    ground.name = has_border ? Stage::tr("input with a border of zeros") : Stage::tr("input");
    ground.rows = g.rows.padded();
    ground.columns = g.columns.padded();
    ground.material = [&](int row, int column) { return engine::padded_cell(g, row, column); };
    ground.bordered = scene.amount(Phase::pad_border, 1);
    ground.caption = has_border && ground.bordered >= 1
                         ? Stage::tr("%1 with border").arg(size_text(ground.rows, ground.columns))
                         : Stage::tr("input %1").arg(size_text(g.rows.in, g.columns.in));
    ground.first_row = g.rows.pad_before;
    ground.first_column = g.columns.pad_before;
    ground.place = [&](Cell input) { return engine::cell_in_padded(g, input); };
    ground.source = CellSource(PaddedNumbers{g, {scene.trace.input(), scene.channel()}});
    const std::optional<Cell> window =
        ground.bordered >= 1 ? scene.spot.output : std::optional<Cell>();
    ground.laid = [&](int row, int column) {
        return window ? weight_on(scene, *window, row, column) : std::nullopt;
    };
    if (window) {
        const QPointF moved = window_place(scene, *window);
        ground.window = QPointF(moved.x() * g.columns.stride, moved.y() * g.rows.stride);
    }
    draw_ground(builder, scene, ground, layout.input, layout.pitch, layout.input_caption);
}

void draw_sign(Builder& builder, const Scene& scene, QPointF at, const QString& sign) {
    builder.label(at, scene.text(17), {words(sign, {Role::ink_soft, 1})}, Align::centre);
}

QString explanation(const Scene& scene) {
    const engine::Geometry& g = scene.geometry();
    const QString border =
        scene.has(Phase::pad_border) ? Stage::tr("border of zeros") : Stage::tr("no border");
    return QStringList{
        border, Stage::tr("kernel as it is"),
        Stage::tr("window moves by %1").arg(by_axis(g.rows.stride, g.columns.stride))}
        .join(QStringLiteral(", "));
}

}  // namespace

void draw_window(Builder& builder, const Scene& scene, const QRectF& area) {
    builder.group(QStringLiteral("window_lane"), Stage::tr("Conv2D"));
    const QString name = Stage::tr("Conv2D");
    const QString about = explanation(scene);
    const double ts = scene.options.text_scale;
    const double header = scene.text(34) + panel_head_growth(name, about, area.width(), ts);
    const Layout layout = solve(scene, area, header);
    QRectF panel = area;
    panel.setBottom(layout.bottom);
    draw_panel(builder, panel, name, about, ts);
    draw_padded_input(builder, scene, layout);
    builder.group(QStringLiteral("window_lane"), Stage::tr("Conv2D"));
    draw_sign(builder, scene, layout.times, QStringLiteral("×"));
    draw_sign(builder, scene, layout.equals, QStringLiteral("="));
    draw_kernel(builder, scene, layout.kernel, layout.kernel_pitch, layout.kernel_caption);
    const GridFigure output =
        draw_output(builder, scene, layout.output, layout.pitch, layout.output_caption, {});
    const FootLegend legend(scene, output, layout.sum);
    double used = 0;
    if (scene.spot.output)
        used = draw_sum(builder, scene, *scene.spot.output,
                        {.area = legend.above(), .counts_zeros = true});
    legend.draw(builder, used);
    if (layout.bottom > area.bottom()) {
        QSizeF& size = builder.diagram().size;
        size.setHeight(size.height() + layout.bottom - area.bottom());
    }
}

}  // namespace ui::diagram
