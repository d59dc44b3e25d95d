// SPDX-License-Identifier: MIT
// Sums written out: the products that meet in a cell, the collisions of a stamp, the tick.
#include <algorithm>
#include <cmath>

#include "engine/layers/activation.h"
#include "ui/diagram/readings/transpose_parts.h"

namespace ui::diagram {

using engine::Cell;
using engine::Phase;
using engine::Tap;

namespace {

/// A column of lines growing downwards, all of one size: that at which the longest fits.
class Column {
public:
    Column(Builder& builder, const Scene& scene, const QRectF& area)
        : line_height(scene.text(18)),
          y(area.top()),
          m_builder(builder),
          m_area(area),
          m_size(scene.text(12)) {}
    ~Column() {
        const double size = fitting_size();
        for (auto& [middle, runs] : m_lines)
            m_builder.label({m_area.left(), middle}, size, std::move(runs), Align::left,
                            m_area.width() + beside);
    }
    Column(const Column&) = delete;
    Column& operator=(const Column&) = delete;

    double line_height;
    double y;  ///< where the next line begins
    void put(std::vector<TextRun> runs) {
        m_lines.emplace_back(y + line_height / 2, std::move(runs));
        y += line_height;
    }
    Builder& builder() { return m_builder; }
    const QRectF& area() const { return m_area; }

private:
    static constexpr double beside = 10;  ///< free in the panel, if the guess was too small

    double fitting_size() const {
        double size = m_size;
        for (const auto& [middle, runs] : m_lines) {
            double ems = 0;
            for (const TextRun& run : runs)
                ems += run.face == Face::numbers
                           ? static_cast<double>(run.text.size()) * mono_advance
                           : 1.15 * about_width(run.text, 1);
            if (ems > 0) size = std::min(size, m_area.width() / ems);
        }
        constexpr double smallest = 7;
        return std::max(size, std::min(m_size, smallest));
    }

    Builder& m_builder;
    QRectF m_area;
    double m_size;
    std::vector<std::pair<double, std::vector<TextRun>>> m_lines;
};

/// "−3 × 0.5"
QString product_text(const Tap& tap) {
    const QString weight = number_text(tap.weight);
    return QStringLiteral("%1 × %2").arg(number_text(tap.value), weight);
}

/// "A −3 × 0.5 = −1.5"; while the step is under way the result is still to come.
std::vector<TextRun> tap_line(const Scene& scene, const Tap& tap) {
    const Ink soft{Role::ink, 1};
    const auto product = static_cast<float>(tap.product);
    std::vector<TextRun> runs{words(scene.tag(tap.input), {Role::input_text, 1}, FontWeight::bold),
                              digits(QStringLiteral(" "), soft), digits(product_text(tap), soft)};
    if (!scene.is_under_way(tap.output)) {
        runs.push_back(
            digits(QStringLiteral(" %1 %2").arg(equals_sign({tap.value, tap.weight, product}),
                                                number_text(product)),
                   soft));
    }
    return runs;
}

void put_one_channel(Column& column, const Scene& scene, const std::vector<Tap>& taps, int most) {
    const auto count = static_cast<int>(taps.size());
    const int shown = count <= most ? count : most - 1;
    for (int i = 0; i < shown; ++i) column.put(tap_line(scene, taps[static_cast<std::size_t>(i)]));
    if (shown < count) {
        column.put({words(Stage::tr("… %n more product(s)", nullptr, count - shown),
                          {Role::ink_soft, 1})});
    }
}

/// One subtotal a channel, the shown channel's bold, the middle collapsed.
void put_channels(Column& column, const Scene& scene, const std::vector<Tap>& taps, int most) {
    const int channels = scene.channels();
    std::vector<double> subtotal(static_cast<std::size_t>(channels), 0.0);
    for (const Tap& tap : taps) subtotal[static_cast<std::size_t>(tap.channel)] += tap.product;
    const bool under_way = scene.is_under_way(taps.front().output);
    const auto put = [&](int c) {
        const bool on = c == scene.channel();
        const QString number =
            said_number(static_cast<float>(subtotal[static_cast<std::size_t>(c)]));
        column.put({words(scene.channel_name(c), {on ? Role::input_text : Role::ink_soft, 1},
                          on ? FontWeight::bold : FontWeight::regular),
                    digits(QStringLiteral("  %1").arg(under_way ? QString() : number),
                           {Role::ink, 1}, on ? FontWeight::bold : FontWeight::regular)});
    };
    if (channels <= most) {
        for (int c = 0; c < channels; ++c) put(c);
        return;
    }
    const int head = std::max(1, most - 2);
    for (int c = 0; c < head; ++c) put(c);
    if (scene.channel() >= head && scene.channel() < channels - 1) put(scene.channel());
    column.put({words(Stage::tr("… of %1 channels").arg(channels), {Role::ink_soft, 1})});
    put(channels - 1);
}

void put_total(Column& column, const Scene& scene, const QString& text) {
    const double y = column.y + scene.text(3);
    const QRectF& area = column.area();
    column.builder().line({area.left() + area.width() * 0.3, y}, {area.right(), y},
                          {Role::panel_line, 1});
    column.y += scene.text(6);
    column.builder().label({area.right(), column.y + scene.text(12)}, scene.text(17),
                           {digits(text, {Role::output_text, 1}, FontWeight::bold)}, Align::right,
                           area.width());
    column.y += scene.text(28);
}

/// What bias and activation have made of the sum, once their phases were reached; before, what the
/// cell holds now, where that is not the sum yet.
void put_afterwards(Column& column, const Scene& scene, Cell output, bool as_window, float total) {
    const bool biased = scene.has(Phase::add_bias) && scene.amount(Phase::add_bias, 0) >= 1;
    const bool activated = scene.has(Phase::activate) && scene.amount(Phase::activate, 0) >= 1;
    const engine::Partial& shown = as_window ? scene.shown_below : scene.shown;
    if (!biased && !activated) {
        const bool visited = shown.visited_at(output.row, output.column);
        const float held = shown.values.at(output.row, output.column, 0);
        if (scene.is_summed_up(output) || (visited && held == total)) return;
        column.put({words(Stage::tr("in the end; now "), {Role::ink_soft, 1}),
                    visited ? digits(said_number(held)) : words(Stage::tr("empty"))});
        return;
    }
    if (biased) {
        column.put({words(Stage::tr("+ bias "), {Role::ink_soft, 1}),
                    digits(said_number(scene.trace.bias()))});
    }
    if (activated) {
        const std::string_view name = engine::name_of(engine::activation_of(scene.spec));
        column.put({words(Stage::tr("then %1").arg(
                              QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()))),
                          {Role::ink_soft, 1})});
    }
    column.put({digits(equals_number(shown.values.at(output.row, output.column, 0)),
                       {Role::output_text, 1}, FontWeight::bold)});
}

void draw_badge(Builder& builder, const Scene& scene, QPointF at, bool equal) {
    builder.group(QStringLiteral("tick"), Stage::tr("Are both readings equal?"));
    draw_tick(builder, at, equal, equal ? Stage::tr("equal") : Stage::tr("not equal"),
              scene.options.text_scale);
}

/// Several channels: how one cell of the present stamp is summed over them.
void put_stamp_channels(Column& column, const Scene& scene, Cell input, int most) {
    std::vector<Tap> taps;
    for (const Tap& tap : scene.trace.taps_from(input)) {
        if (tap.kernel == Cell{0, 0}) taps.push_back(tap);
    }
    if (taps.empty()) return;
    const Cell first = taps.front().output;
    column.put({words(Stage::tr("this stamp at [%1, %2]:").arg(first.row).arg(first.column),
                      {Role::ink, 1}, FontWeight::semibold)});
    put_channels(column, scene, taps, most);
    column.put({words(Stage::tr("added up: "), {Role::ink_soft, 1}),
                digits(said_number(engine::sum(taps)), {Role::input_text, 1}, FontWeight::bold)});
    column.y += scene.text(8);
}

/// Returns the height used.
double draw_collisions(Builder& builder, const Scene& scene, const QRectF& area) {
    const engine::Position& at = scene.now;
    if (at.segment < 0) return 0;
    const engine::Partial before = scene.trace.partial(scene.step - 1);
    builder.group(QStringLiteral("collisions"), Stage::tr("Collisions"));
    Column column(builder, scene, area);
    const auto lines_left = [&] {
        return std::max(1, static_cast<int>((area.bottom() - column.y) / column.line_height) - 1);
    };
    if (scene.channels() > 1)
        put_stamp_channels(column, scene, at.cell, std::clamp(lines_left() / 2, 2, 6));
    const std::vector<Tap> stamp = scene.trace.taps_from(at.cell);
    std::vector<Cell> met;
    for (const Tap& tap : stamp) {
        if (tap.channel == 0 && before.visited_at(tap.output.row, tap.output.column)) {
            met.push_back(tap.output);
        }
    }
    if (met.empty()) {
        builder.label(
            {area.left(), column.y + scene.text(12)}, scene.text(11.5),
            {words(Stage::tr("No collision: all these cells were empty."), {Role::ink_soft, 1})},
            Align::left, area.width(), true);
        return column.y + scene.text(2 * 18) - area.top();
    }
    column.put(
        {words(Stage::tr("%n collision(s), added up:", nullptr, static_cast<int>(met.size())),
               {Role::ink, 1}, FontWeight::semibold)});
    const auto count = static_cast<int>(met.size());
    const int shown = std::min(count, lines_left() - (count > lines_left() ? 1 : 0));
    for (int i = 0; i < shown; ++i) {
        const Cell cell = met[static_cast<std::size_t>(i)];
        const float was = before.values.at(cell.row, cell.column, 0);
        const float is = scene.shown.values.at(cell.row, cell.column, 0);
        double added = 0;
        for (const Tap& tap : stamp) added += tap.output == cell ? tap.product : 0;
        const auto plus = static_cast<float>(added);
        column.put(
            {digits(QStringLiteral("[%1,%2] ").arg(cell.row).arg(cell.column), {Role::ink_soft, 1}),
             digits(QStringLiteral("%1 + %2 %3 ")
                        .arg(number_text(was, 3), number_text(plus, 3),
                             equals_sign({was, plus, is}, 3))),
             digits(number_text(is, 3), {Role::output_text, 1}, FontWeight::bold)});
    }
    if (shown < count) {
        column.put({words(Stage::tr("… %n more", nullptr, count - shown), {Role::ink_soft, 1})});
    }
    return column.y - area.top();
}

}  // namespace

double draw_sum(Builder& builder, const Scene& scene, Cell output, const SumStyle& style) {
    builder.group(style.as_window ? QStringLiteral("window_sum") : QStringLiteral("sum"),
                  style.as_window ? Stage::tr("Sum of the window") : Stage::tr("Sum of the cell"));
    const engine::Trace& trace = style.as_window ? scene.lower : scene.trace;
    const std::vector<Tap> taps = trace.taps_into(output);
    Column column(builder, scene, style.area);
    const double reserved = scene.text(style.counts_zeros ? 110 : 70);
    const int most =
        std::clamp(static_cast<int>((style.area.height() - reserved) / column.line_height), 2, 12);
    column.put({words(scene.name_of(output), {Role::ink_soft, 1}, FontWeight::semibold)});
    if (taps.empty()) {
        column.put({words(Stage::tr("no input reaches it"), {Role::ink_soft, 1})});
    } else if (scene.channels() == 1) {
        put_one_channel(column, scene, taps, most);
    } else {
        put_channels(column, scene, taps, most);
    }
    if (style.counts_zeros) {
        const engine::Geometry& g = scene.geometry();
        const int zeros = g.rows.kernel * g.columns.kernel -
                          static_cast<int>(taps.size()) / std::max(scene.channels(), 1);
        if (zeros > 0)
            column.put({words(Stage::tr("%n zero(s) = 0", nullptr, zeros), {Role::ink_faint, 1})});
    }
    if (scene.is_under_way(output)) {
        put_total(column, scene, QStringLiteral("…"));
    } else {
        const float total = style.as_window ? scene.window_sum(output) : engine::sum(taps);
        put_total(column, scene, said_number(total));
        put_afterwards(column, scene, output, style.as_window, total);
    }
    return column.y - style.area.top();
}

FootLegend::FootLegend(const Scene& scene, const GridFigure& output, const QRectF& column)
    : m_output(output),
      m_column(column),
      m_negative(scene.has_negative(output.is_image())),
      m_scale(scene.options.text_scale),
      m_height(legend_height(output, m_negative, m_scale)) {}

QRectF FootLegend::above() const { return m_column.adjusted(0, 0, 0, -m_height); }

void FootLegend::draw(Builder& builder, double used) const {
    if (used <= m_column.height() - m_height)
        draw_legend(builder, m_output, m_negative, m_column.bottomLeft(), m_scale);
}

double draw_lane_sum(Builder& builder, const Scene& scene, const SumStyle& style) {
    double used = 0;
    if (scene.spot.output) {
        used = draw_sum(builder, scene, *scene.spot.output, style);
    } else if (scene.active.phase == Phase::accumulate &&
               scene.domain() == engine::Domain::input_cell && scene.progress == 0 &&
               !scene.spot.is_chosen()) {
        used = draw_collisions(builder, scene, style.area);
    }
    if (style.as_window && scene.lanes) {
        // Below the sum where there is room, else in the panel's head.
        const double below = used + scene.text(12);
        const bool fits = below + scene.text(30) <= style.area.height();
        const QPointF head(style.area.right() - scene.text(96), style.area.top() - scene.text(31));
        draw_badge(builder, scene,
                   fits ? QPointF(style.area.left(), style.area.top() + below) : head,
                   scene.lanes->none());
    }
    return used;
}

}  // namespace ui::diagram
