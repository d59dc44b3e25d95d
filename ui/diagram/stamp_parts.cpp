// SPDX-License-Identifier: MIT
// Input, kernel, stamps and the full output: the grids of the stamping lane.
#include <algorithm>
#include <cmath>

#include "ui/diagram/transpose_parts.h"

namespace ui::diagram {

using engine::Cell;
using engine::Phase;
using engine::Reading;

namespace {

bool contains(const std::vector<Cell>& cells, Cell cell) {
    return std::ranges::find(cells, cell) != cells.end();
}

/// Largest absolute number of a tensor, at least a tiny one: scale of shades.
double scale_of(std::span<const float> values) {
    double largest = 1e-30;
    for (float value : values) largest = std::max(largest, std::abs(static_cast<double>(value)));
    return largest;
}

double shade_of(float value, double scale) {
    return 0.08 + 0.92 * std::abs(static_cast<double>(value)) / scale;
}

QString of_channel(const Scene& scene) {
    return scene.channels() > 1
               ? Stage::tr("channel %1 of %2").arg(scene.channel()).arg(scene.channels())
               : QString();
}

/// Weights that take part in what is lit.
std::vector<Cell> lit_taps(const Scene& scene) {
    std::vector<Cell> lit;
    if (scene.spot.tap) lit.push_back(*scene.spot.tap);
    if (scene.spot.output) {
        for (const engine::Tap& tap : scene.trace.taps_into(*scene.spot.output)) {
            if (tap.channel == scene.channel()) lit.push_back(tap.kernel);
        }
    }
    return lit;
}

std::vector<Cell> lit_inputs(const Scene& scene) {
    if (scene.spot.output) return scene.contributors(*scene.spot.output);
    if (scene.spot.input) return {*scene.spot.input};
    return {};
}

/// Inputs whose stamps are shown.
std::vector<Cell> stamped_inputs(const Scene& scene) {
    std::vector<Cell> inputs = lit_inputs(scene);
    if (inputs.empty() && scene.trace.step_count() > 0) {
        const engine::Shape& shape = scene.trace.input().shape();
        if (scene.step > 0 && !scene.spot.tap)
            inputs = {Cell{shape.height() - 1, shape.width() - 1}};
    }
    return inputs;
}

/// 0 to 1: how much of the active step's stamp has been multiplied out, and how far it has flown.
struct Flight {
    bool under_way = false;
    double products = 1;
    double way = 0;
};
Flight flight_of(const Scene& scene) {
    Flight flight;
    const bool stamping =
        (scene.view.reading == Reading::stamp && scene.active.phase == Phase::accumulate) ||
        scene.active.phase == Phase::add_inputs;
    if (!stamping || scene.progress <= 0) return flight;
    flight.under_way = true;
    flight.products = std::clamp(scene.progress / 0.55, 0.0, 1.0);
    flight.way = std::clamp((scene.progress - 0.55) / 0.45, 0.0, 1.0);
    return flight;
}

}  // namespace

GridFigure draw_input(Builder& builder, const Scene& scene, QPointF at, double pitch) {
    builder.group(QStringLiteral("input"), Stage::tr("Input"));
    const engine::Geometry& g = scene.geometry();
    const QString channel = of_channel(scene);
    GridFigure figure =
        grid_at({Grid::input, 0},
                channel.isEmpty() ? Stage::tr("input") : Stage::tr("input, %1").arg(channel),
                g.rows.in, g.columns.in, at, pitch);
    figure.editable = scene.is_editable_input();
    const std::vector<Cell> lit = lit_inputs(scene);
    const double scale = scale_of(scene.trace.input().values());
    figure.look = [&](int row, int column) {
        const Cell cell{row, column};
        const float value = scene.input_value(cell);
        const bool on = contains(lit, cell);
        CellLook look;
        look.text = cell_text(value, figure.cell);
        look.spoken = number_text(value);
        look.ink = {Role::input_text, 1};
        look.weight = Weight::bold;
        look.fill = {Role::input_fill, 1};
        look.line = {Role::input_line, on ? 1 : 0.8};
        look.line_width = on ? 2.4 : 1;
        look.shade = shade_of(value, scale);
        if (on) look.tag = scene.tag(cell);
        return look;
    };
    draw_grid(builder, figure);
    draw_caption(builder, figure, figure.name, scene.text(11));
    return figure;
}

GridFigure draw_kernel(Builder& builder, const Scene& scene, QPointF at, double pitch) {
    builder.group(QStringLiteral("kernel"), Stage::tr("Kernel"));
    const engine::Geometry& g = scene.geometry();
    const QString channel = of_channel(scene);
    QStringList name{Stage::tr("kernel")};
    if (scene.layer.geometry.output.channels() > 1)
        name << Stage::tr("filter %1").arg(scene.view.filter);
    if (!channel.isEmpty()) name << channel;
    GridFigure figure = grid_at({Grid::kernel, 0}, name.join(QStringLiteral(", ")), g.rows.kernel,
                                g.columns.kernel, at, pitch);
    figure.editable = true;
    const std::vector<Cell> lit = lit_taps(scene);
    const double scale = scale_of(scene.trace.kernel().values());
    figure.look = [&](int row, int column) {
        const Cell cell{row, column};
        const bool on = contains(lit, cell);
        const float value = scene.kernel_value(cell);
        CellLook look;
        look.text = cell_text(value, figure.cell);
        look.spoken = number_text(value);
        look.ink = {Role::weight_text, 1};
        look.weight = on ? Weight::bold : Weight::regular;
        look.fill = {Role::weight_fill, 1};
        look.line = {Role::weight_line, on ? 1 : 0.8};
        look.line_width = on ? 2.4 : 1;
        look.shade = shade_of(value, scale);
        return look;
    };
    figure.tint = Role::weight_line;
    draw_grid(builder, figure);
    draw_caption(builder, figure, figure.name, scene.text(11),
                 std::max(figure.rect().width(), scene.text(96)));
    return figure;
}

std::vector<GridFigure> draw_stamps(Builder& builder, const Scene& scene, const StampPlaces& places,
                                    double pitch) {
    builder.group(QStringLiteral("stamps"), Stage::tr("Stamps"));
    const engine::Geometry& g = scene.geometry();
    const std::vector<Cell> inputs = stamped_inputs(scene);
    const int shown = std::min(static_cast<int>(inputs.size()), places.columns * places.rows);
    const int rows_used = std::max(1, (shown + places.columns - 1) / places.columns);
    if (rows_used > 1) pitch *= two_rows_scale;
    const double step_x = (g.columns.kernel + 0.6) * pitch;
    const double step_y = (g.rows.kernel + 0.9) * pitch;
    const double top = places.left_middle.y() - (rows_used * step_y - 0.9 * pitch) / 2;
    const Flight flight = flight_of(scene);
    const bool collapsed = static_cast<int>(inputs.size()) > shown;

    std::vector<GridFigure> figures;
    for (int i = 0; i < std::max(shown, 1); ++i) {
        const bool blank = shown == 0;
        const Cell input = blank ? Cell{} : inputs[static_cast<std::size_t>(i)];
        const QPointF at{places.left_middle.x() + (i % places.columns) * step_x,
                         std::round(top + static_cast<double>(i / places.columns) * step_y)};
        const QString name = blank ? Stage::tr("stamp, empty")
                                   : Stage::tr("stamp of input %1").arg(scene.tag(input));
        GridFigure figure =
            grid_at({Grid::stamp, i}, name, g.rows.kernel, g.columns.kernel, at, pitch);
        const int visible =
            static_cast<int>(std::ceil(flight.products * g.rows.kernel * g.columns.kernel));
        figure.look = [&](int row, int column) {
            CellLook look;
            const bool unseen =
                blank || (flight.under_way && row * g.columns.kernel + column >= visible);
            if (unseen) {
                look.line = {Role::input_line, 0.35};
                look.stroke = Stroke::dotted;
                look.spoken = Stage::tr("empty");
                return look;
            }
            const auto product =
                static_cast<float>(static_cast<double>(scene.input_value(input)) *
                                   static_cast<double>(scene.kernel_value({row, column})));
            const Cell lands{input.row * g.rows.stride + row * g.rows.dilation,
                             input.column * g.columns.stride + column * g.columns.dilation};
            const bool on = scene.spot.output
                                ? lands == *scene.spot.output
                                : scene.spot.tap && *scene.spot.tap == Cell{row, column};
            look.text = cell_text(product, figure.cell);
            look.spoken = number_text(product);
            look.ink = {Role::input_text, 1};
            look.weight = on ? Weight::bold : Weight::regular;
            look.fill = {Role::input_fill, 1};
            look.line = {Role::input_line, on ? 1 : 0.45};
            look.line_width = on ? 2.2 : 1;
            look.shade = 0.3;
            return look;
        };
        figure.text_columns = 3;
        draw_grid(builder, figure);
        if (!blank && pitch >= 10) {
            QString title = Stage::tr("%1: %2 × kernel")
                                .arg(scene.tag(input), number_text(scene.input_value(input)));
            if (collapsed && i == shown - 1) {
                title += Stage::tr(", %n more …", nullptr, static_cast<int>(inputs.size()) - shown);
            }
            builder.label({figure.rect().center().x(), at.y() - scene.text(9)}, scene.text(11.5),
                          {words(title, {Role::input_text, 1}, Weight::semibold)}, Align::centre,
                          step_x * 1.05);
        }
        figures.push_back(std::move(figure));
    }
    return figures;
}

GridFigure draw_output(Builder& builder, const Scene& scene, const engine::Partial& partial,
                       GridRef ref, QPointF at, double pitch) {
    const bool below = ref.grid == Grid::slide_output;
    builder.group(below ? QStringLiteral("slide_output") : QStringLiteral("output"),
                  below ? Stage::tr("Output of the sliding lane") : Stage::tr("Output"));
    const engine::Geometry& g = scene.geometry();
    const double frame = scene.frame_strength();
    const double scale = scale_of(partial.values.values());
    const Spot& spot = scene.spot;
    const bool any_output_lit = spot.output.has_value();

    const auto kept = [&](int row, int column) {
        return row >= g.rows.crop_before && row < g.rows.crop_before + g.rows.out &&
               column >= g.columns.crop_before && column < g.columns.crop_before + g.columns.out;
    };
    const auto touched = [&](int row, int column) {
        return row < g.rows.natural && column < g.columns.natural
                   ? engine::inputs_reaching(g.rows, row) *
                         engine::inputs_reaching(g.columns, column)
                   : 0;
    };
    const auto lit_by_input = [&](int row, int column) {
        if (!spot.input || (scene.active.phase == Phase::one_input && below && !spot.chosen))
            return false;
        return engine::tap_joining(g.rows, spot.input->row, row) >= 0 &&
               engine::tap_joining(g.columns, spot.input->column, column) >= 0;
    };

    QString name = scene.layer.geometry.output.channels() > 1
                       ? Stage::tr("output, filter %1").arg(scene.view.filter)
                       : Stage::tr("output");
    GridFigure figure = grid_at(ref, below ? Stage::tr("%1, sliding").arg(name) : name,
                                g.rows.canvas(), g.columns.canvas(), at, pitch);
    figure.tint = Role::output_strong;
    figure.text_columns = scene.number_columns;
    int bias_only = 0;
    figure.look = [&](int row, int column) {
        CellLook look;
        const bool visited = partial.visited_at(row, column);
        const bool outside = frame > 0 && !kept(row, column);
        const bool selected = any_output_lit && *spot.output == Cell{row, column};
        const bool lit = selected || lit_by_input(row, column);
        if (!visited) {
            look.line = {Role::zero_line, 1};
            look.stroke = Stroke::dotted;
            look.spoken = Stage::tr("empty");
            if (lit) look.line = {Role::output_line, 0.9};
            return look;
        }
        const float value = partial.values.at(row, column, 0);
        look.text = cell_text(value, figure.cell);
        look.spoken = number_text(value);
        look.shade = shade_of(value, scale);
        look.fill = {Role::output_fill, 1};
        look.ink = {Role::output_text, 1};
        look.line = {Role::output_line, lit ? 1 : 0.75};
        look.line_width = selected ? 3 : lit ? 2 : 1;
        look.weight = selected ? Weight::bold : Weight::regular;
        if (touched(row, column) == 0) {
            ++bias_only;
            look.fill = {};
            look.stroke = Stroke::dashed;
            look.spoken = Stage::tr("%1, bias only").arg(look.spoken);
        }
        if (outside) {
            look.fill = {Role::output_fill, std::max(0.0, 1 - 1.2 * frame)};
            look.ink = {Role::zero_text, 1};
            look.line = {Role::zero_line, 1};
            look.stroke = Stroke::dotted;
            look.line_width = lit ? 2 : 1;
            look.shade *= 0.25;
            look.spoken = Stage::tr("%1, cropped").arg(look.spoken);
        }
        return look;
    };
    draw_grid(builder, figure);
    std::set<int> rows, columns;
    if (spot.output) {
        rows.insert(spot.output->row);
        columns.insert(spot.output->column);
    }
    draw_rulers(builder, figure, rows, columns);
    if (frame > 0 && g.rows.out > 0 && g.columns.out > 0) {
        const QRectF first = figure.cell_rect(g.rows.crop_before, g.columns.crop_before);
        const QRectF last = figure.cell_rect(g.rows.crop_before + g.rows.out - 1,
                                             g.columns.crop_before + g.columns.out - 1);
        builder.add(Box{first.united(last).adjusted(-3, -3, 3, 3),
                        {},
                        {Role::ink, frame},
                        2.4,
                        5,
                        Stroke::solid,
                        false});
    }

    const QString full = Stage::tr("%1 × %2").arg(g.rows.natural).arg(g.columns.natural);
    QString caption = Stage::tr("full output %1").arg(full);
    if (frame > 0) {
        const QString keeps = Stage::tr("%1 × %2").arg(g.rows.out).arg(g.columns.out);
        const bool appended = g.rows.crop_after < 0 || g.columns.crop_after < 0;
        caption = appended ? Stage::tr("%1, %2 after crop and added cells").arg(full, keeps)
                           : Stage::tr("%1, %2 kept").arg(full, keeps);
    }
    if (bias_only > 0)
        caption += Stage::tr(" · %n cell(s) no input reaches: bias only", nullptr, bias_only);
    draw_caption(builder, figure, caption, scene.text(11),
                 std::max(figure.rect().width() + 60, scene.text(210)));
    return figure;
}

void draw_flight(Builder& builder, const Scene& scene, const std::vector<GridFigure>& stamps,
                 const GridFigure& output) {
    const Flight flight = flight_of(scene);
    if (!flight.under_way || flight.way <= 0 || stamps.empty() || scene.spot.chosen) return;
    if (std::max(output.rows, output.columns) > largest_cell_grid) return;
    builder.group(QStringLiteral("flight"), Stage::tr("Stamp on its way"));
    const engine::Geometry& g = scene.geometry();
    const GridFigure& stamp = stamps.front();
    const Cell input = scene.active.cell;
    const double size = number_size(stamp.cell, 3);
    for (int row = 0; row < stamp.rows; ++row) {
        for (int column = 0; column < stamp.columns; ++column) {
            const QRectF from = stamp.cell_rect(row, column);
            const QRectF to =
                output.cell_rect(input.row * g.rows.stride + row * g.rows.dilation,
                                 input.column * g.columns.stride + column * g.columns.dilation);
            const QRectF rect(from.topLeft() + (to.topLeft() - from.topLeft()) * flight.way,
                              from.size());
            const auto product =
                static_cast<float>(static_cast<double>(scene.input_value(input)) *
                                   static_cast<double>(scene.kernel_value({row, column})));
            builder.add(Box{rect,
                            {Role::input_fill, 0.85},
                            {Role::input_line, 0.8},
                            1,
                            4,
                            Stroke::solid,
                            false});
            if (stamp.cell >= smallest_numbered_cell) {
                builder.label(rect.center(), size,
                              {digits(number_text(product), {Role::input_text, 1})}, Align::centre,
                              stamp.cell * 0.96);
            }
        }
    }
}

}  // namespace ui::diagram
