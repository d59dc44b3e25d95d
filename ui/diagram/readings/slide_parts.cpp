// SPDX-License-Identifier: MIT
// The zero-inserted input, the window on it and the turning kernel: the grids of the sliding lane.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "ui/diagram/readings/transpose.h"
#include "ui/diagram/readings/transpose_parts.h"
#include "ui/diagram/readings/window_ground.h"

namespace ui::diagram {

using engine::Cell;
using engine::Material;
using engine::Phase;

namespace {

/// Weight that stands at (row, column) of the window, after the turn.
float window_weight(const Scene& scene, int row, int column) {
    const engine::Geometry& g = scene.geometry();
    return scene.lower.kernel().at(engine::turned(g.rows, row), engine::turned(g.columns, column),
                                   0, scene.channel());
}

/// Output cell whose window is drawn, if any.
std::optional<Cell> window_cell(const Scene& scene) {
    const engine::Geometry& g = scene.geometry();
    if (scene.spot.output && scene.spot.output->row < g.rows.full &&
        scene.spot.output->column < g.columns.full)
        return scene.spot.output;
    if (!scene.spot.is_chosen() && scene.active.phase == Phase::one_input &&
        scene.active.segment >= 0) {
        const Cell lone = scene.trace.lone_input();
        return Cell{engine::landing(g.rows, lone.row, scene.active.cell.row),
                    engine::landing(g.columns, lone.column, scene.active.cell.column)};
    }
    return std::nullopt;
}

/// The weight of the window that lies on a cell of the bordered input, if one does.
std::optional<float> weight_on(const Scene& scene, const std::optional<Cell>& window, int row,
                               int column) {
    if (!window) return std::nullopt;
    const engine::Geometry& g = scene.geometry();
    const int down = engine::window_cell_over(g.rows, window->row, row);
    const int right = engine::window_cell_over(g.columns, window->column, column);
    if (down < 0 || right < 0) return std::nullopt;
    return window_weight(scene, down, right);
}

/// What stands in a bordered input that is drawn as an image.
struct BorderedNumbers {
    engine::Geometry geometry;
    MapNumbers input;
    std::pair<int, int> counting;  ///< inputs_in()
    Spoken at(int row, int column) const {
        const engine::SlideCell cell = engine::slide_cell(geometry, row, column);
        if (cell.material == Material::inserted_zero) return Spoken(0.0F, inserted_text());
        if (cell.material != Material::value) return Spoken(0.0F, border_text());
        const int index = cell.input.row * geometry.columns.in + cell.input.column;
        return index >= counting.first && index < counting.second
                   ? input.at(cell.input.row, cell.input.column)
                   : Spoken(0.0F, not_in_text());
    }
    bool operator==(const BorderedNumbers&) const = default;
};

/// The weights of the window, after the turn.
struct TurnedNumbers {
    engine::Geometry geometry;
    engine::Tensor kernel;
    int channel = 0;
    Spoken at(int row, int column) const {
        return Spoken(kernel.at(engine::turned(geometry.rows, row),
                                engine::turned(geometry.columns, column), 0, channel));
    }
    bool operator==(const TurnedNumbers&) const = default;
};

/// "5 × 5 with border", or as far as zeros have been added.
QString bordered_caption(const engine::Geometry& g, bool inserted, bool bordered) {
    const bool zeros_between =
        g.rows.stretched() > g.rows.in || g.columns.stretched() > g.columns.in;
    const bool has_border = g.rows.border() > 0 || g.columns.border() > 0;
    if (bordered && has_border) {
        const QString size = size_text(g.rows.bordered(), g.columns.bordered());
        return zeros_between ? Stage::tr("%1 with zeros and border").arg(size)
                             : Stage::tr("%1 with border").arg(size);
    }
    if (inserted && zeros_between)
        return Stage::tr("%1 with zeros between")
            .arg(size_text(g.rows.stretched(), g.columns.stretched()));
    return Stage::tr("input %1").arg(size_text(g.rows.in, g.columns.in));
}

}  // namespace

void draw_bordered_input(Builder& builder, const Scene& scene, QPointF at, double pitch,
                         Span room) {
    builder.group(QStringLiteral("bordered_input"), Stage::tr("Input with inserted zeros"));
    const engine::Geometry& g = scene.geometry();
    WindowGround ground;
    ground.ref = {Grid::bordered_input, 0};
    ground.name = Stage::tr("input with zeros inserted and a border of zeros");
    ground.rows = g.rows.bordered();
    ground.columns = g.columns.bordered();
    ground.material = [&](int row, int column) { return engine::slide_cell(g, row, column); };
    ground.inserted = scene.amount(Phase::insert_zeros, 1);
    ground.bordered = scene.amount(Phase::pad_border, 1);
    ground.caption = bordered_caption(g, ground.inserted >= 1, ground.bordered >= 1);
    // The real cells are spread as far as zeros have been inserted.
    ground.spread_x = 1 + (g.columns.stride - 1) * ground.inserted;
    ground.spread_y = 1 + (g.rows.stride - 1) * ground.inserted;
    ground.first_row =
        g.rows.border() + (g.rows.stretched() - 1 - (g.rows.in - 1) * ground.spread_y) / 2;
    ground.first_column =
        g.columns.border() + (g.columns.stretched() - 1 - (g.columns.in - 1) * ground.spread_x) / 2;
    ground.place = [&](Cell input) {
        return Cell{engine::bordered_cell(g.rows, input.row),
                    engine::bordered_cell(g.columns, input.column)};
    };
    ground.source =
        CellSource(BorderedNumbers{g, {scene.trace.input(), scene.channel()}, scene.inputs_in()});
    const std::optional<Cell> window =
        ground.inserted >= 1 && ground.bordered >= 1 ? window_cell(scene) : std::nullopt;
    ground.laid = [&](int row, int column) { return weight_on(scene, window, row, column); };
    if (window) ground.window = window_place(scene, *window);
    draw_ground(builder, scene, ground, at, pitch, room);
}

namespace {

constexpr double note_size = 10.5;
constexpr int usual_lines = 4;  // of a reason beside a kernel

void draw_turn_arrow(Builder& builder, QPointF centre, double radius) {
    QPolygonF arc;
    for (int i = 0; i <= 24; ++i) {
        const double angle = std::numbers::pi * (-0.75 + 1.5 * i / 24.0);
        arc << centre + QPointF(std::cos(angle), std::sin(angle)) * radius;
    }
    builder.add(Line{arc, {Role::weight_line, 1}, 1.8, Stroke::solid, true});
}

}  // namespace

double kernel_note_height(const Scene& scene, const QString& reason, double width) {
    const double size = scene.text(note_size);
    return lines_of(reason, size, width) * line_spacing * size;
}

void draw_turning_kernel(Builder& builder, const Scene& scene, const TurningKernelPlace& place,
                         double pitch) {
    const auto& [column, x, middle, alone] = place;
    const engine::Geometry& g = scene.geometry();
    const double turn = alone ? scene.amount(Phase::turn_kernel, 1) : 1;
    // First a copy steps aside, then it turns.
    const double aside = std::clamp(turn / 0.3, 0.0, 1.0);
    const double turned = std::clamp((turn - 0.3) / 0.7, 0.0, 1.0);
    const double high = g.rows.kernel * pitch;
    const double wide = g.columns.kernel * pitch;
    const QString reason = turn_reason(scene);
    const double note = kernel_note_height(scene, reason, column.width()) + scene.text(10);
    // Room for the layer's longest reason, so that the kernel stands still from cell to cell.
    const double longest = std::max(kernel_note_height(scene, turn_reason(g), column.width()),
                                    usual_lines * line_spacing * scene.text(note_size)) +
                           scene.text(10);
    double upright_y = middle - high - scene.text(22);
    double turned_y = middle + scene.text(10);
    if (!alone) {
        const double above_note = column.bottom() - longest - scene.text(22) - high;
        turned_y = std::round(std::max(column.top() + 4, std::min(middle - high / 2, above_note)));
    }
    if (alone) upright_y += (middle - high / 2 - upright_y) * (1 - aside);
    const Span room{column.left(), column.right()};
    if (alone) draw_kernel(builder, scene, {x, std::round(upright_y)}, pitch, room);
    if (turn <= 0) return;
    builder.group(QStringLiteral("turned_kernel"), Stage::tr("Turned kernel"));
    const bool really = scene.kernel_turned;
    const QString name =
        really ? Stage::tr("kernel, turned 180°") : Stage::tr("kernel, not turned");
    GridFigure figure = grid_at({Grid::turned_kernel, 0}, name, g.rows.kernel, g.columns.kernel,
                                {x, std::round(turned_y)}, pitch);
    if (turn < 1 && !figure.is_image()) {
        // Every cell moves on a circle, its number stays upright.
        const QPointF from(x + wide / 2, upright_y + high / 2);
        const QPointF to(x + wide / 2, turned_y + high / 2);
        const QPointF centre = from + (to - from) * aside;
        const double angle = std::numbers::pi * turned;
        const double cell = pitch - std::clamp(std::round(pitch / 15), 1.0, 3.0);
        int characters = 2;
        for (const float weight : scene.trace.kernel().values())
            characters = std::max(characters, wanted_characters(weight, scene.view.digits));
        for (int row = 0; row < g.rows.kernel; ++row) {
            for (int c = 0; c < g.columns.kernel; ++c) {
                const QPointF off((c - (g.columns.kernel - 1) / 2.0) * pitch,
                                  (row - (g.rows.kernel - 1) / 2.0) * pitch);
                const QPointF at =
                    centre + QPointF(off.x() * std::cos(angle) - off.y() * std::sin(angle),
                                     off.x() * std::sin(angle) + off.y() * std::cos(angle));
                const QRectF rect(at.x() - cell / 2, at.y() - cell / 2, cell, cell);
                builder.add(Box{rect,
                                {Role::weight_fill, 1},
                                {Role::weight_line, 0.9},
                                1,
                                4,
                                Stroke::solid,
                                false});
                draw_moving_number(builder, rect, scene.kernel_value({row, c}), characters,
                                   {Role::weight_text, 1});
            }
        }
        return;
    }
    figure.tint = Role::weight_line;
    std::vector<Cell> lit;
    if (scene.spot.output) {
        for (const engine::Tap& tap : scene.lower.taps_into(*scene.spot.output)) {
            lit.push_back({engine::turned(g.rows, tap.kernel.row),
                           engine::turned(g.columns, tap.kernel.column)});
        }
    }
    if (scene.spot.tap)
        lit.push_back({engine::turned(g.rows, scene.spot.tap->row),
                       engine::turned(g.columns, scene.spot.tap->column)});
    const Shade shade(scene.lower.kernel().values());
    figure.shade = [&](int row, int c) { return shade(window_weight(scene, row, c)); };
    figure.lit = cells_around(lit);
    figure.look = [&](int row, int c) {
        return weight_look(figure, window_weight(scene, row, c),
                           std::ranges::find(lit, Cell{row, c}) != lit.end());
    };
    figure.greatest = shade.greatest();
    if (figure.is_image())
        figure.source = CellSource(TurnedNumbers{g, scene.lower.kernel(), scene.channel()});
    draw_grid(builder, figure);
    draw_caption(builder, figure, name, scene.text(11), room);
    if (really && g.rows.kernel * g.columns.kernel > 1) {
        const double radius = std::clamp(pitch * 0.36, 6.0, 12.0);
        draw_turn_arrow(builder,
                        {figure.rect().right() + radius + 8, figure.rect().top() + radius + 2},
                        radius);
    }
    const double note_top = figure.rect().bottom() + scene.text(34);
    if (column.bottom() - note_top >= note - scene.text(20)) {
        builder.label({column.left(), note_top}, scene.text(note_size),
                      {words(reason, {Role::ink, 1})}, Align::left, column.width(), true);
    }
}

namespace {

/// About where the letters of a label stand.
QRectF letters_of(const Label& label) {
    double wide = 0;
    for (const TextRun& run : label.runs)
        wide += run.face == Face::numbers
                    ? static_cast<double>(run.text.size()) * mono_advance * label.size
                    : about_width(run.text, label.size);
    if (label.max_width > 0) wide = std::min(wide, label.max_width);
    const double left = label.align == Align::left     ? 0
                        : label.align == Align::centre ? wide / 2
                                                       : wide;
    const int lines =
        label.wrap && label.max_width > 0 ? lines_of(label.text(), label.size, label.max_width) : 1;
    return QRectF(label.anchor.x() - left, label.anchor.y() - 0.5 * label.size, wide,
                  label.size * (1 + (lines - 1) * line_spacing))
        .adjusted(-3, -2, 3, 2);
}

/// The parts of a line that lie outside all rectangles, as shares of it from 0 to 1.
std::vector<std::pair<double, double>> parts_outside(const QLineF& line,
                                                     const std::vector<QRectF>& rects) {
    std::vector<std::pair<double, double>> hidden;
    for (const QRectF& rect : rects) {
        double enters = 0;
        double leaves = 1;
        const auto clip = [&](double from, double by, double low, double high) {
            if (std::abs(by) < 1e-9) {
                if (from < low || from > high) leaves = -1;
                return;
            }
            const auto [first, last] = std::minmax({(low - from) / by, (high - from) / by});
            enters = std::max(enters, first);
            leaves = std::min(leaves, last);
        };
        clip(line.x1(), line.dx(), rect.left(), rect.right());
        clip(line.y1(), line.dy(), rect.top(), rect.bottom());
        if (enters < leaves) hidden.emplace_back(enters, leaves);
    }
    std::ranges::sort(hidden);
    std::vector<std::pair<double, double>> seen;
    double at = 0;
    for (const auto& [enters, leaves] : hidden) {
        if (enters > at) seen.emplace_back(at, enters);
        at = std::max(at, leaves);
    }
    if (at < 1) seen.emplace_back(at, 1.0);
    return seen;
}

}  // namespace

void draw_threads(Builder& builder, const Scene& scene, double begin) {
    if (!scene.spot.output) return;
    const Diagram& diagram = builder.diagram();
    const GridInfo* above = diagram.grid({Grid::full_output, 0});
    const GridInfo* below = diagram.grid({Grid::slide_output, 0});
    const GridInfo* bordered = diagram.grid({Grid::bordered_input, 0});
    if (!above || !below || above->values.empty() || below->values.empty()) return;
    const Cell out = *scene.spot.output;
    const QRectF from = above->cell_rect(out.row, out.column);
    const QRectF to = below->cell_rect(out.row, out.column);
    std::vector<std::pair<QPointF, QPointF>> products;
    if (bordered && !bordered->values.empty()) {
        const engine::Geometry& g = scene.geometry();
        const std::vector<Cell>& inputs = scene.stamped;
        for (std::size_t i = 0; i < inputs.size(); ++i) {
            const GridInfo* stamp = diagram.grid(scene.stamp_of(inputs[i]));
            if (!stamp) break;
            const QRectF product =
                stamp->cell_rect(engine::tap_joining(g.rows, inputs[i].row, out.row),
                                 engine::tap_joining(g.columns, inputs[i].column, out.column));
            const QRectF covered =
                bordered->cell_rect(engine::bordered_cell(g.rows, inputs[i].row),
                                    engine::bordered_cell(g.columns, inputs[i].column));
            products.emplace_back(QPointF(product.center().x(), product.bottom() + 1),
                                  QPointF(covered.center().x(), covered.top() - 1));
        }
    }
    std::vector<QRectF> spared;
    for (const Item& item : diagram.items)
        if (const auto* label = std::get_if<Label>(&item.mark))
            spared.push_back(letters_of(*label));
    builder.group(QStringLiteral("threads"), Stage::tr("Threads"));
    const auto thread = [&](QPointF top, QPointF bottom, Ink ink, double width) {
        const QLineF line(top, bottom);
        constexpr double shortest = 3;
        for (const auto& [begins, ends] : parts_outside(line, spared))
            if ((ends - begins) * line.length() >= shortest)
                builder.line(line.pointAt(begins), line.pointAt(ends), ink, width, Stroke::dotted);
    };
    thread({from.center().x(), std::max(above->rect.bottom() + 4, begin)},
           {to.center().x(), below->rect.top() - 4}, {Role::output_line, 1}, 1.6);
    for (const auto& [top, bottom] : products) thread(top, bottom, {Role::input_line, 0.5}, 1.2);
}

}  // namespace ui::diagram
