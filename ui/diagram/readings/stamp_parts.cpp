// SPDX-License-Identifier: MIT
// Input, kernel, stamps and the full output: the grids of the stamping lane.
#include <algorithm>
#include <cmath>

#include "ui/diagram/readings/transpose_parts.h"

namespace ui::diagram {

using engine::Cell;
using engine::Phase;

namespace {

bool contains(const std::vector<Cell>& cells, Cell cell) {
    return std::ranges::find(cells, cell) != cells.end();
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

/// 0 to 1: how much of the active step's stamp has been multiplied out, and how far it has flown.
struct Flight {
    bool under_way = false;
    double products = 1;
    double way = 0;
};
Flight flight_of(const Scene& scene) {
    Flight flight;
    if (scene.domain() != engine::Domain::input_cell || scene.progress <= 0) return flight;
    flight.under_way = true;
    flight.products = std::clamp(scene.progress / 0.55, 0.0, 1.0);
    flight.way = std::clamp((scene.progress - 0.55) / 0.45, 0.0, 1.0);
    return flight;
}

/// Characters that the numbers of all stamps ask for, so that they stand alike from step to step.
int stamp_characters(const Scene& scene, double pitch) {
    constexpr std::size_t most = 4096;
    const engine::Geometry& g = scene.geometry();
    int widest = 2;
    const auto inputs =
        static_cast<std::size_t>(g.rows.in) * static_cast<std::size_t>(g.columns.in);
    const auto taps =
        static_cast<std::size_t>(g.rows.kernel) * static_cast<std::size_t>(g.columns.kernel);
    if (cell_type(pitch, 1).size <= smallest_cell_type || inputs * taps > most) return 3;
    for (int row = 0; row < g.rows.in; ++row) {
        for (int column = 0; column < g.columns.in; ++column) {
            const double value = static_cast<double>(scene.input_value({row, column}));
            for (int down = 0; down < g.rows.kernel; ++down) {
                for (int right = 0; right < g.columns.kernel; ++right) {
                    const double weight = static_cast<double>(scene.kernel_value({down, right}));
                    widest = std::max(widest, wanted_characters(static_cast<float>(value * weight),
                                                                scene.view.digits));
                }
            }
        }
    }
    return widest;
}

/// Cells the picture shows although no input reaches them: holes, and cells appended beyond the
/// last stamp.
int visited_without_input(const engine::Partial& partial, const engine::Geometry& g) {
    if (engine::unreached_cells(g) == 0) return 0;
    const std::vector<bool> rows = engine::reached_cells(g.rows);
    const std::vector<bool> columns = engine::reached_cells(g.columns);
    int count = 0;
    for (int row = 0; row < g.rows.canvas(); ++row) {
        for (int column = 0; column < g.columns.canvas(); ++column) {
            const bool reached =
                rows[static_cast<std::size_t>(row)] && columns[static_cast<std::size_t>(column)];
            if (!reached && partial.visited_at(row, column)) ++count;
        }
    }
    return count;
}

}  // namespace

QString input_name(const Scene& scene) {
    const QString channel = scene.channel_text();
    return channel.isEmpty() ? Stage::tr("input") : Stage::tr("input, %1").arg(channel);
}

QString short_input_name(const Scene& scene) {
    if (scene.layer.input.shape().channels() == 1) return Stage::tr("input");
    return Stage::tr("input, %1").arg(scene.channel_name(scene.channel()));
}

CellLook input_look(const Scene& scene, const GridFigure& figure, Cell cell) {
    const bool on = contains(scene.sources, cell);
    const bool pale = !on && !scene.is_in(cell);  // its stamp is not laid down
    CellLook look;
    figure.say(look, scene.input_value(cell));
    look.ink = {pale ? Role::zero_text : Role::input_text, 1};
    look.weight = FontWeight::bold;
    look.fill = {Role::input_fill, pale ? 0.35 : 1};
    look.line = {Role::input_line, on ? 1 : pale ? 0.35 : 0.8};
    look.line_width = on ? 2.4 : 1;
    if (on) look.tag = scene.tag(cell);
    return look;
}

CellLook weight_look(const GridFigure& figure, float value, bool on) {
    CellLook look;
    figure.say(look, value);
    look.ink = {Role::weight_text, 1};
    look.weight = on ? FontWeight::bold : FontWeight::regular;
    look.fill = {Role::weight_fill, 1};
    look.line = {Role::weight_line, on ? 1 : 0.8};
    look.line_width = on ? 2.4 : 1;
    return look;
}

GridFigure draw_input(Builder& builder, const Scene& scene, QPointF at, double pitch, Span room,
                      const std::function<void(CellLook&, Cell)>& mark) {
    builder.group(QStringLiteral("input"), Stage::tr("Input"));
    const engine::Geometry& g = scene.geometry();
    GridFigure figure =
        grid_at({Grid::input, 0}, input_name(scene), g.rows.in, g.columns.in, at, pitch);
    figure.editable = scene.is_editable_input();
    const Shade shade(scene.trace.input().values());
    figure.greatest = shade.greatest();
    figure.shade = [&](int row, int column) {
        const Cell cell{row, column};
        return shade(scene.input_value(cell)) * (scene.is_in(cell) ? 1 : 0.3);
    };
    if (figure.is_image())
        figure.source = CellSource(MapNumbers{scene.trace.input(), scene.channel()});
    figure.lit = cells_around(scene.sources);
    figure.look = [&](int row, int column) {
        CellLook look = input_look(scene, figure, {row, column});
        if (mark) mark(look, {row, column});
        return look;
    };
    draw_grid(builder, figure);
    draw_caption(builder, figure, short_input_name(scene), scene.text(11), room);
    return figure;
}

GridFigure draw_kernel(Builder& builder, const Scene& scene, QPointF at, double pitch, Span room) {
    builder.group(QStringLiteral("kernel"), Stage::tr("Kernel"));
    const engine::Geometry& g = scene.geometry();
    QStringList name{Stage::tr("kernel")};
    if (scene.layer.geometry.output.channels() > 1)
        name << Stage::tr("filter %1").arg(scene.view.filter);
    if (scene.layer.input.shape().channels() > 1) name << scene.channel_name(scene.channel());
    const QStringList last_two = name.size() > 2 ? name.mid(1) : name;
    GridFigure figure = grid_at({Grid::kernel, 0}, name.join(QStringLiteral(", ")), g.rows.kernel,
                                g.columns.kernel, at, pitch);
    figure.editable = true;
    const std::vector<Cell> lit = lit_taps(scene);
    const Shade shade(scene.trace.kernel().values());
    figure.greatest = shade.greatest();
    figure.shade = [&](int row, int column) { return shade(scene.kernel_value({row, column})); };
    figure.lit = cells_around(lit);
    figure.look = [&](int row, int column) {
        const Cell cell{row, column};
        return weight_look(figure, scene.kernel_value(cell), contains(lit, cell));
    };
    figure.tint = Role::weight_line;
    if (figure.is_image())
        figure.source = CellSource(WeightNumbers{scene.trace.kernel(), scene.channel()});
    draw_grid(builder, figure);
    draw_caption(builder, figure, last_two.join(QStringLiteral(", ")), scene.text(11), room);
    return figure;
}

std::vector<GridFigure> draw_stamps(Builder& builder, const Scene& scene, const StampPlaces& places,
                                    double pitch) {
    builder.group(QStringLiteral("stamps"), Stage::tr("Stamps"));
    const engine::Geometry& g = scene.geometry();
    const std::vector<Cell>& inputs = scene.stamped;
    const int shown = std::min(static_cast<int>(inputs.size()), places.columns * places.rows);
    const int rows_used = std::max(1, (shown + places.columns - 1) / places.columns);
    if (rows_used > 1) pitch *= two_rows_scale;
    const double step_x = (g.columns.kernel + 0.6) * pitch;
    const double title = std::max(0.9 * pitch, scene.text(19));
    const double step_y = g.rows.kernel * pitch + title;
    const double top = places.left_middle.y() - (rows_used * step_y - title) / 2;
    const Flight flight = flight_of(scene);
    const bool collapsed = static_cast<int>(inputs.size()) > shown;
    const Shade shade(scene.trace.kernel().values());
    const double greatest = shade.greatest() * Shade(scene.trace.input().values()).greatest();
    const int characters = stamp_characters(scene, pitch);

    std::vector<GridFigure> figures;
    for (int i = 0; i < std::max(shown, 1); ++i) {
        const bool blank = shown == 0;
        const Cell input = blank ? Cell{} : inputs[static_cast<std::size_t>(i)];
        const int stamp_row = i / places.columns;
        const QPointF at{places.left_middle.x() + (i % places.columns) * step_x,
                         std::round(top + stamp_row * step_y)};
        const QString name = blank ? Stage::tr("stamp, empty")
                                   : Stage::tr("stamp of input %1").arg(scene.tag(input));
        GridFigure figure = grid_at(blank ? GridRef{Grid::stamp, -1} : scene.stamp_of(input), name,
                                    g.rows.kernel, g.columns.kernel, at, pitch);
        const int visible =
            static_cast<int>(std::ceil(flight.products * g.rows.kernel * g.columns.kernel));
        const auto unseen = [&](int row, int column) {
            return blank || (flight.under_way && row * g.columns.kernel + column >= visible);
        };
        figure.shade = [&](int row, int column) {
            return unseen(row, column) ? 0 : shade(scene.kernel_value({row, column}));
        };
        figure.look = [&](int row, int column) {
            CellLook look;
            if (unseen(row, column)) {
                look.line = {Role::input_line, 0.35};
                look.stroke = Stroke::dotted;
                look.spoken = Stage::tr("empty");
                return look;
            }
            const auto product =
                static_cast<float>(static_cast<double>(scene.input_value(input)) *
                                   static_cast<double>(scene.kernel_value({row, column})));
            const Cell lands{engine::landing(g.rows, input.row, row),
                             engine::landing(g.columns, input.column, column)};
            const bool on = scene.spot.output
                                ? lands == *scene.spot.output
                                : scene.spot.tap && *scene.spot.tap == Cell{row, column};
            figure.say(look, product);
            look.ink = {Role::input_text, 1};
            look.weight = on ? FontWeight::bold : FontWeight::regular;
            look.fill = {Role::input_fill, 1};
            look.line = {Role::input_line, on ? 1 : 0.45};
            look.line_width = on ? 2.2 : 1;
            return look;
        };
        if (figure.is_image() && !blank && !flight.under_way)
            figure.source = CellSource(
                WeightNumbers{scene.trace.kernel(), scene.channel(), scene.input_value(input)});
        figure.greatest = greatest;
        figure.text_columns = characters;
        draw_grid(builder, figure);
        if (!blank && pitch >= 10) {
            const double size = scene.text(11.5);
            QString words_above = Stage::tr("%1: %2 × kernel")
                                      .arg(scene.tag(input), number_text(scene.input_value(input)));
            // Too long for its stamp it is the input alone: its value stands there.
            const QString tag = scene.tag(input);
            if (about_width(words_above, size) > 1.3 * step_x)
                words_above = tag.size() > 1 ? Scene::name_of_input(input) : tag;
            if (collapsed && i == shown - 1) {
                words_above +=
                    Stage::tr(", %n more …", nullptr, static_cast<int>(inputs.size()) - shown);
            }
            builder.label({figure.rect().center().x(), at.y() - scene.text(9)}, size,
                          {words(words_above, {Role::input_text, 1}, FontWeight::semibold)},
                          Align::centre, step_x - 4);
        }
        figures.push_back(std::move(figure));
    }
    return figures;
}

GridFigure draw_output(Builder& builder, const Scene& scene, const engine::Partial& partial,
                       GridRef ref, QPointF at, double pitch, Span room) {
    const bool below = ref.grid == Grid::slide_output;
    builder.group(below ? QStringLiteral("slide_output") : QStringLiteral("output"),
                  below ? Stage::tr("Output of the sliding lane") : Stage::tr("Output"));
    const engine::Geometry& g = scene.geometry();
    const double frame = scene.frame_strength();
    const Shade shade(partial.values.values());
    const Spot& spot = scene.spot;
    const bool any_output_lit = spot.output.has_value();

    const auto kept = [&](int row, int column) {
        return engine::is_kept(g.rows, row) && engine::is_kept(g.columns, column);
    };
    const std::vector<bool> reached_rows = engine::reached_cells(g.rows);
    const std::vector<bool> reached_columns = engine::reached_cells(g.columns);
    const auto reached = [&](int row, int column) {
        return reached_rows[static_cast<std::size_t>(row)] &&
               reached_columns[static_cast<std::size_t>(column)];
    };
    // While the window paints one input's stamp, only what it has painted is lit.
    const bool painting = scene.active.phase == Phase::one_input && below && !spot.is_chosen();
    const bool after_sums = scene.now.segment >= 0 &&
                            (scene.now.phase == Phase::add_bias ||
                             scene.now.phase == Phase::activate || scene.now.phase == Phase::crop);

    QString name = scene.layer.geometry.output.channels() > 1
                       ? Stage::tr("output, filter %1").arg(scene.view.filter)
                       : Stage::tr("output");
    GridFigure figure = grid_at(ref, below ? Stage::tr("%1, sliding").arg(name) : name,
                                g.rows.canvas(), g.columns.canvas(), at, pitch);
    figure.tint = Role::output_strong;
    figure.text_columns = scene.output_characters(pitch);
    figure.greatest = figure.is_image() ? shade.greatest() : scene.greatest_output();
    const QString empty = Stage::tr("empty");
    const QString alone = Stage::tr("%1, no input reaches it");
    const QString cropped = Stage::tr("%1, cropped");
    const QString both = cropped.arg(alone);
    if (figure.is_image()) figure.source = CellSource(OutputNumbers{partial, empty});
    const auto outside = [&](int row, int column) { return frame > 0 && !kept(row, column); };
    figure.shade = [&](int row, int column) {
        if (!partial.visited_at(row, column)) return 0.0;
        return shade(partial.values.at(row, column, 0)) * (outside(row, column) ? 0.25 : 1);
    };
    if (spot.output)
        figure.lit = cells_around({*spot.output});
    else if (!painting)
        figure.lit = scene.targets.around();
    figure.look = [&](int row, int column) {
        CellLook look;
        const bool visited = partial.visited_at(row, column);
        const bool cut = outside(row, column);
        const bool selected = any_output_lit && *spot.output == Cell{row, column};
        const bool lit = selected || (!painting && scene.targets.contains({row, column}));
        const bool appended = row >= g.rows.full || column >= g.columns.full;
        if (!visited) {
            if (appended) return look;
            look.line = {Role::zero_line, 1};
            look.stroke = Stroke::dotted;
            look.spoken = empty;
            if (lit) look.line = {Role::output_line, 0.9};
            return look;
        }
        const float value = partial.values.at(row, column, 0);
        figure.say(look, value);
        look.fill = {Role::output_fill, 1};
        look.ink = {Role::output_text, 1};
        look.line = {Role::output_line, lit ? 1 : 0.75};
        look.line_width = selected ? 3 : lit ? 2 : 1;
        look.weight = selected ? FontWeight::bold : FontWeight::regular;
        const bool without_input = !reached(row, column);
        if (without_input) {
            look.fill = {};
            look.stroke = Stroke::dashed;
        }
        if (without_input || cut)
            look.spoken = Spoken(value, !without_input ? cropped : cut ? both : alone);
        if (cut) {
            look.strength = 1 - 0.75 * frame;
            look.fill = {Role::output_fill, std::max(0.0, 1 - 1.2 * frame)};
            look.ink = {Role::zero_text, 1};
            look.line = {Role::zero_line, 1};
            look.stroke = Stroke::dotted;
            look.line_width = lit ? 2 : 1;
        }
        return look;
    };
    draw_grid(builder, figure);
    std::set<int> rows, columns;
    if (spot.output) {
        rows.insert(spot.output->row);
        columns.insert(spot.output->column);
    }
    GridFigure numbered = figure;
    if (!partial.visited_at(figure.rows - 1,
                            figure.columns - 1)) {  // appended cells are not there yet
        numbered.rows = g.rows.full;
        numbered.columns = g.columns.full;
    }
    draw_rulers(builder, numbered, scene.text(11), rows, columns);
    if (frame > 0 && g.rows.out > 0 && g.columns.out > 0) {
        const QRectF first = figure.cell_rect(g.rows.crop_before, g.columns.crop_before);
        const QRectF last = figure.cell_rect(g.rows.crop_before + g.rows.out - 1,
                                             g.columns.crop_before + g.columns.out - 1);
        // Between the cells: of small ones it must not cover the numbers beyond it.
        const double gap = std::min(figure.pitch_x, figure.pitch_y) - figure.cell;
        const double margin = std::clamp(gap * 0.7, 1.0, 3.0);
        builder.add(Box{first.united(last).adjusted(-margin, -margin, margin, margin),
                        {},
                        {Role::ink, frame},
                        std::clamp(gap * 0.9, 1.6, 2.4),
                        5,
                        Stroke::solid,
                        false});
    }

    const QString full = Stage::tr("%1 × %2").arg(g.rows.full).arg(g.columns.full);
    QString caption = Stage::tr("full output %1").arg(full);
    if (frame > 0) {
        const QString keeps = Stage::tr("%1 × %2").arg(g.rows.out).arg(g.columns.out);
        const bool appended = g.rows.crop_after < 0 || g.columns.crop_after < 0;
        caption = appended ? Stage::tr("%1, appended to %2").arg(full, keeps)
                           : Stage::tr("%1, %2 kept").arg(full, keeps);
    }
    draw_caption(builder, figure, caption, scene.text(11), room);
    if (const int unreached = visited_without_input(partial, g); unreached > 0) {
        draw_caption(builder, figure,
                     after_sums && scene.uses_bias()
                         ? Stage::tr("%n cell(s) hold bias only", nullptr, unreached)
                         : Stage::tr("%n cell(s) without input", nullptr, unreached),
                     scene.text(11), room, 1);
    }
    return figure;
}

void draw_flight(Builder& builder, const Scene& scene, const std::vector<GridFigure>& stamps,
                 const GridFigure& output) {
    const Flight flight = flight_of(scene);
    if (!flight.under_way || flight.way <= 0 || stamps.empty() || scene.spot.is_chosen()) return;
    if (output.is_image()) return;
    builder.group(QStringLiteral("flight"), Stage::tr("Stamp on its way"));
    const engine::Geometry& g = scene.geometry();
    const GridFigure& stamp = stamps.front();
    const Cell input = scene.active.cell;
    const int characters = stamp_characters(scene, stamp.pitch_x);
    for (int row = 0; row < stamp.rows; ++row) {
        for (int column = 0; column < stamp.columns; ++column) {
            const QRectF from = stamp.cell_rect(row, column);
            const QRectF to = output.cell_rect(engine::landing(g.rows, input.row, row),
                                               engine::landing(g.columns, input.column, column));
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
            draw_moving_number(builder, rect, product, characters, {Role::input_text, 1});
        }
    }
}

}  // namespace ui::diagram
