// SPDX-License-Identifier: MIT
#include "ui/diagram/comparison.h"

#include <algorithm>
#include <cmath>

#include <QLocale>

#include "engine/layers/layer_definition.h"
#include "engine/lessons/same_place.h"
#include "ui/diagram/grid_figure.h"
#include "ui/diagram/number_text.h"
#include "ui/diagram/sentences.h"

namespace ui::diagram {

namespace {

constexpr double margin = 14;
constexpr double gap = 12;
/// A side narrower than this would squeeze its cells: the sides are stacked.
constexpr double narrowest_side = 590;
constexpr double strip_height = 168;
constexpr double head_height = 24;

const std::array<const char*, 2> letters{"A", "B"};

QString letter_of(int pane) { return QString::fromLatin1(letters[static_cast<std::size_t>(pane)]); }

/// All of a side's picture, moved, its groups told apart by their ids.
void put_side(Builder& builder, const Diagram& picture, int pane, QPointF by) {
    std::vector<int> groups;
    Diagram& whole = builder.diagram();
    for (const Group& group : picture.groups) {
        builder.group(pane == 0 ? group.id : QStringLiteral("b_") + group.id, group.title);
        groups.push_back(builder.current_group());
    }
    const auto group_of = [&](int group) { return groups[static_cast<std::size_t>(group)]; };
    for (Item item : picture.items) {
        move(item.mark, by);
        item.group = group_of(item.group);
        if (item.cell) item.cell->grid.pane = pane;
        whole.items.push_back(std::move(item));
    }
    for (GridInfo grid : picture.grids) {
        grid.rect.translate(by);
        grid.group = group_of(grid.group);
        grid.grid.pane = pane;
        grid.name = Stage::tr("%1: %2", "side A: input").arg(letter_of(pane), grid.name);
        whole.grids.push_back(std::move(grid));
    }
    if (!picture.pin) return;
    Pin pin = *picture.pin;
    pin.handle.translate(by);
    for (CellRef& cell : pin.cells) cell.grid.pane = pane;
    if (!whole.pin) {
        whole.pin = std::move(pin);
    } else {
        whole.pin->cells.insert(whole.pin->cells.end(), pin.cells.begin(), pin.cells.end());
    }
}

void put_head(Builder& builder, const ComparedSide& side, int pane, QPointF at, double width,
              double ts) {
    builder.group(QStringLiteral("sides"), Stage::tr("What is compared"));
    const QString letter = letter_of(pane);
    const double size = 12 * ts;
    const QRectF badge(at.x(), at.y() - 9 * ts, 18 * ts, 18 * ts);
    builder.add(Box{badge, {Role::ink, 1}, {Role::ink, 1}, 0, 5, Stroke::solid, false});
    builder.label(badge.center(), size, {words(letter, {Role::on_strong, 1}, FontWeight::bold)},
                  Align::centre);
    builder.label({badge.right() + 8, at.y()}, size, {words(side.name, {Role::ink, 1})},
                  Align::left, width - badge.width() - 12);
}

QString shape_text(const engine::Shape& shape) {
    QStringList sizes;
    for (const int size : shape.sizes()) sizes << QString::number(size);
    return sizes.join(QStringLiteral(" × "));
}

/// Sizes and counts, a row each, a column a side.
void draw_costs(Builder& builder, const std::array<ComparedSide, 2>& sides, const QRectF& area,
                double ts) {
    builder.group(QStringLiteral("costs"), Stage::tr("Sizes and counts"));
    const double size = 11.5 * ts;
    const double line = 20 * ts;
    const double first = area.left() + area.width() * 0.62;
    const double second = area.right();
    double y = area.top() + line / 2;
    const auto put = [&](double x, const QString& text, bool equal, bool number) {
        builder.label(
            {x, y}, size,
            {number ? digits(text, {Role::ink, 1}, equal ? FontWeight::regular : FontWeight::bold)
                    : words(text, {Role::ink_soft, 1})},
            number ? Align::right : Align::left, area.width() * 0.5);
    };
    for (const auto& [x, letter] : {std::pair{first, letters[0]}, std::pair{second, letters[1]}})
        builder.label({x, y}, size,
                      {words(QString::fromLatin1(letter), {Role::ink, 1}, FontWeight::bold)},
                      Align::right);
    y += line;
    const auto row = [&](const QString& name, const auto& text_of) {
        put(area.left(), name, true, false);
        const QString a = sides[0].is_current ? text_of(sides[0].costs) : QStringLiteral("–");
        const QString b = sides[1].is_current ? text_of(sides[1].costs) : QStringLiteral("–");
        put(first, a, a == b, true);
        put(second, b, a == b, true);
        y += line;
    };
    row(Stage::tr("output"), [](const engine::Costs& c) { return shape_text(c.output); });
    row(Stage::tr("parameters"),
        [](const engine::Costs& c) { return QLocale().toString(qint64{c.parameters}); });
    row(Stage::tr("multiply-adds"),
        [](const engine::Costs& c) { return QLocale().toString(qint64{c.multiply_adds}); });
}

/// How the outputs agree, in a word and a sentence.
struct Verdict {
    bool equal = false;
    QString word, sentence;
};
Verdict verdict_of(const std::array<ComparedSide, 2>& sides, const engine::Difference& difference) {
    if (!sides[0].is_current || !sides[1].is_current)
        return {false, {}, Stage::tr("Both outputs are compared when both are computed.")};
    if (!difference.is_known() && sides[0].costs.output == sides[1].costs.output)
        return {false, {}, Stage::tr("The outputs are too large to be held beside each other.")};
    if (!difference.is_known())
        return {false, Stage::tr("other sizes"),
                Stage::tr("%1 and %2 cannot be subtracted.")
                    .arg(shape_text(sides[0].costs.output), shape_text(sides[1].costs.output))};
    const auto count = static_cast<int>(difference.values.shape().count());
    if (difference.is_equal())
        return {true, Stage::tr("equal"),
                Stage::tr("All %n number(s) of the outputs are the same to the last bit.", nullptr,
                          count)};
    const QString largest = said_number(difference.largest);
    if (difference.is_rounding())
        return {
            true, Stage::tr("equal"),
            Stage::tr("But for rounding: %1 of %n number(s) differ, by at most %2.", nullptr, count)
                .arg(difference.differing)
                .arg(largest)};
    if (difference.rim > 0)
        return {
            false, Stage::tr("equal inside"),
            Stage::tr("%1 of %n number(s) differ, by at most %2, all of them at the rim (%3 from "
                      "the edge).",
                      nullptr, count)
                .arg(difference.apart)
                .arg(largest)
                .arg(difference.rim)};
    return {false, Stage::tr("not equal"),
            Stage::tr("%1 of %n number(s) differ, by at most %2, at out[%3, %4].", nullptr, count)
                .arg(difference.apart)
                .arg(largest)
                .arg(difference.at.row)
                .arg(difference.at.column)};
}

/// First - second: of the first channel, on its own scale.
void draw_map(Builder& builder, const engine::Difference& difference, const QRectF& area,
              double ts) {
    builder.group(QStringLiteral("difference"), Stage::tr("Difference of the outputs"));
    const engine::Shape& shape = difference.values.shape();
    const double caption = 20 * ts;
    const double ruler = 16 * ts;
    const double pitch = std::min({(area.width() - ruler) / shape.width(),
                                   (area.height() - caption - ruler) / shape.height(), 34.0 * ts});
    const double wide = shape.width() * pitch;
    const QPointF at(std::round(area.left() + ruler + (area.width() - ruler - wide) / 2),
                     std::round(area.top() + ruler));
    GridFigure figure = grid_at({Grid::difference, 0}, Stage::tr("A − B"), shape.height(),
                                shape.width(), at, pitch >= 8 ? std::floor(pitch) : pitch);
    figure.tint = Role::ink_soft;
    const Shade shade(difference.values.values());
    figure.greatest = difference.largest;
    figure.shade = [&](int row, int column) {
        return difference.largest > 0 ? shade(difference.values.at(row, column, 0)) : 0.0;
    };
    if (figure.is_image()) figure.source = CellSource(MapNumbers{difference.values, 0});
    figure.look = [&](int row, int column) {
        const float value = difference.values.at(row, column, 0);
        CellLook look;
        figure.say(look, value);
        look.ink = {value == 0 ? Role::ink_faint : Role::ink, 1};
        look.line = {Role::panel_line, 1};
        look.fill = {value == 0 ? Role::none : Role::sunken, 1};
        look.weight = value == 0 ? FontWeight::regular : FontWeight::bold;
        return look;
    };
    draw_grid(builder, figure);
    draw_rulers(builder, figure, 10 * ts);
    draw_caption(builder, figure,
                 shape.channels() > 1 ? Stage::tr("A − B in the end, channel 0")
                                      : Stage::tr("A − B in the end"),
                 11 * ts, {area.left(), area.right()});
}

void draw_verdict(Builder& builder, const Verdict& verdict, const QRectF& area, double ts) {
    builder.group(QStringLiteral("verdict"), Stage::tr("Are both outputs equal?"));
    double y = area.top();
    if (!verdict.word.isEmpty()) {
        draw_tick(builder, {area.left(), y}, verdict.equal, verdict.word, ts);
        y += 38 * ts;
    }
    builder.label({area.left(), y + 8 * ts}, 12 * ts, {words(verdict.sentence, {Role::ink, 1})},
                  Align::left, area.width(), true);
}

void draw_strip(Builder& builder, const std::array<ComparedSide, 2>& sides,
                const engine::Difference& difference, const QRectF& area, double ts) {
    builder.group(QStringLiteral("comparison"), Stage::tr("Comparison"));
    draw_panel(builder, area, Stage::tr("Comparison"), Stage::tr("of both outputs on this input"),
               ts);
    const QRectF inside = area.adjusted(16, 40 * ts, -16, -8);
    const double third = inside.width() / 3;
    draw_costs(builder, sides, {inside.left(), inside.top(), third - 24, inside.height()}, ts);
    const QRectF middle(inside.left() + third, area.top() + 8, third, area.height() - 16);
    if (difference.is_known()) draw_map(builder, difference, middle, ts);
    draw_verdict(builder, verdict_of(sides, difference),
                 {inside.left() + 2 * third + 24, inside.top(), third - 24, inside.height()}, ts);
}

}  // namespace

ComparisonRooms comparison_rooms(QSizeF room, double text_scale) {
    ComparisonRooms rooms;
    rooms.strip = strip_height * text_scale;
    rooms.stacked = room.width() / 2 < narrowest_side * text_scale;
    const double below = rooms.strip + margin + gap;
    const double head = head_height * text_scale;
    rooms.side = rooms.stacked ? QSizeF(room.width(), (room.height() - below) / 2 - head)
                               : QSizeF(room.width() / 2, room.height() - below - head);
    return rooms;
}

Diagram compare(const std::array<ComparedSide, 2>& sides, const engine::Difference& difference,
                QSizeF room, double text_scale) {
    const ComparisonRooms rooms = comparison_rooms(room, text_scale);
    const double head = head_height * text_scale;
    Builder builder(room);
    Diagram& whole = builder.diagram();
    whole.least_scale = std::min(1.0, whole.least_scale * text_scale);
    QPointF at(0, 0);
    QSizeF used(0, 0);
    QStringList titles, descriptions;
    for (int pane = 0; pane < 2; ++pane) {
        const ComparedSide& side = sides[static_cast<std::size_t>(pane)];
        put_head(builder, side, pane, at + QPointF(margin + 2, head / 2 + 4),
                 rooms.side.width() - 2 * margin, text_scale);
        QSizeF size = rooms.side;
        if (side.picture) {
            put_side(builder, *side.picture, pane, at + QPointF(0, head));
            size = side.picture->size;
            whole.digits = side.picture->digits;
            titles << letter_of(pane) + QStringLiteral(": ") + side.picture->title;
            descriptions << side.picture->description;
        }
        if (!side.picture && !side.problem.isEmpty())
            builder.label(at + QPointF(margin + 2, head + 30 * text_scale), 14 * text_scale,
                          {words(QStringLiteral("▲ ") + side.problem, {Role::warning, 1})},
                          Align::left, size.width() - 2 * margin, true);
        size.rheight() += head;
        if (rooms.stacked) {
            at.ry() += size.height();
            used = {std::max(used.width(), size.width()), at.y()};
        } else {
            at.rx() += size.width();
            used = {at.x(), std::max(used.height(), size.height())};
        }
    }
    const Verdict verdict = verdict_of(sides, difference);
    draw_strip(builder, sides, difference,
               {margin, used.height() + gap - margin, used.width() - 2 * margin, rooms.strip},
               text_scale);
    whole.size = {used.width(), used.height() + gap + rooms.strip};
    whole.title = titles.join(QStringLiteral(" · "));
    whole.description = descriptions.join(u' ') + u' ' +
                        (verdict.word.isEmpty() ? QString() : verdict.word + QStringLiteral(". ")) +
                        verdict.sentence;
    return std::move(whole);
}

namespace {

QString of_latin(std::string_view text) {
    return QString::fromLatin1(text.data(), static_cast<qsizetype>(text.size()));
}

/// An argument's value as Keras writes it, without quotes; empty for kinds that no layer is known
/// by.
struct ValueText {
    QString operator()(int value) const { return QString::number(value); }
    QString operator()(engine::Size2D value) const {
        return value.height == value.width
                   ? QString::number(value.height)
                   : QStringLiteral("(%1, %2)").arg(value.height).arg(value.width);
    }
    QString operator()(const engine::Choice& value) const {
        return of_latin(engine::name_of(*value.names, value.index));
    }
    QString operator()(const engine::Padding& value) const {
        if (std::holds_alternative<engine::Same>(value)) return QStringLiteral("same");
        if (std::holds_alternative<engine::Valid>(value)) return QStringLiteral("valid");
        return (*this)(std::get<engine::Explicit>(value).padding);
    }
    QString operator()(const std::optional<engine::Size2D>& value) const {
        return value ? (*this)(*value) : QString();
    }
    template <typename Other>
    QString operator()(const Other&) const {
        return {};
    }
};

QString layer_name(const engine::LayerSpec& spec) {
    const engine::LayerDefinition& definition = engine::definition_of(spec);
    QStringList arguments;
    for (const engine::Argument& argument : definition.arguments) {
        // What shapes an output is said where it is not as usual.
        const bool shapes = argument.name == "output_padding" || argument.name == "dilation_rate";
        const bool is_told =
            shapes && argument.value_in(spec) != argument.value_in(definition.example);
        if ((argument.written != engine::Written::always && !is_told) || argument.name == "filters")
            continue;
        const QString value = std::visit(ValueText(), argument.value_in(spec));
        if (!value.isEmpty()) arguments << of_latin(argument.name) + u' ' + value;
    }
    const QString name = QString::fromStdString(engine::class_name(spec));
    return arguments.isEmpty()
               ? name
               : QStringLiteral("%1(%2)").arg(name, arguments.join(QStringLiteral(", ")));
}

std::size_t index(int i) { return static_cast<std::size_t>(i); }

}  // namespace

QString model_name(const std::vector<engine::Layer>& layers) {
    QStringList names;
    for (const engine::Layer& layer : layers) names << layer_name(layer.spec);
    return names.join(QStringLiteral(" → "));
}

View view_beside(const engine::Lesson& lesson, const View& view) {
    const auto of_side = [&](const std::vector<engine::Layer>& layers) {
        return engine::infer_model(layers, lesson.input.shape());
    };
    View beside = view;
    const int last = static_cast<int>(lesson.against.size()) - 1;
    beside.focus = std::clamp(view.against_focus.value_or(last), 0, last);
    const auto in_pane = [](std::optional<CellRef>& cell) {
        if (cell) cell->grid.pane = 1;
    };
    in_pane(beside.hovered);
    in_pane(beside.pinned);
    const engine::ModelShapes first = of_side(lesson.layers);
    const engine::ModelShapes second = of_side(lesson.against);
    if (index(view.focus) >= first.geometries.size() ||
        index(beside.focus) >= second.geometries.size())
        return beside;
    const engine::Layer& own = lesson.layers[index(view.focus)];
    const engine::Layer& other = lesson.against[index(beside.focus)];
    const engine::Geometry& own_geometry = first.geometries[index(view.focus)];
    const engine::Geometry& other_geometry = second.geometries[index(beside.focus)];
    const engine::Timeline played =
        timeline_of(own, own_geometry, clamped(view, own, own_geometry));
    const engine::Timeline others =
        timeline_of(other, other_geometry, clamped(beside, other, other_geometry));
    const int step = engine::beside_place(played, view.moment.step, others);
    const bool moves = engine::beside_place(played, view.moment.step + 1, others) == step + 1;
    beside.moment = {step, moves ? view.moment.progress : 0};
    return beside;
}

Diagram build_comparison(const engine::Lesson& lesson, const std::array<engine::Run, 2>& runs,
                         const View& view, const StageOptions& options) {
    const ComparisonRooms rooms = comparison_rooms(options.size, options.text_scale);
    const std::array views{view, view_beside(lesson, view)};
    std::array<Diagram, 2> pictures;
    std::array<ComparedSide, 2> sides;
    for (std::size_t i = 0; i < 2; ++i) {
        const engine::Lesson side = engine::side_of(lesson, static_cast<int>(i));
        pictures[i] = build_stage(side, runs[i], views[i], {rooms.side, options.text_scale, false});
        sides[i] = {.name = model_name(side.layers),
                    .picture = &pictures[i],
                    .costs = engine::costs_of(side.layers,
                                              engine::infer_model(side.layers, side.input.shape())),
                    .is_current = true};
    }
    return compare(
        sides, engine::difference_of(runs[0].layers.back().output, runs[1].layers.back().output),
        options.size, options.text_scale);
}

}  // namespace ui::diagram
