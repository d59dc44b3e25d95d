// SPDX-License-Identifier: MIT
#include "ui/paint/html_marks.h"

#include <algorithm>
#include <cmath>

#include <QBuffer>
#include <QJsonDocument>

#include "ui/paint/fonts.h"
#include "ui/paint/strokes.h"
#include "ui/paint/svg_data.h"
#include "ui/paint/text_layout.h"

namespace ui::paint {

using diagram::Box;
using diagram::Ink;
using diagram::Label;
using diagram::Line;
using diagram::Raster;
using diagram::Role;

namespace {

/// To two decimals, as in an SVG file.
double shortened(double value) { return std::round(value * 100) / 100; }

QJsonArray rect_of(const QRectF& rect) {
    return {shortened(rect.x()), shortened(rect.y()), shortened(rect.width()),
            shortened(rect.height())};
}

bool is_seen(Ink ink) { return ink.role != Role::none && ink.alpha > 0; }

QJsonArray ink_of(Ink ink) {
    return {diagram::name_of(ink.role), std::round(ink.alpha * 1000) / 1000};
}

QJsonArray line_of(Ink ink, double width, const std::vector<double>& dashes) {
    QJsonArray line = ink_of(ink);
    line.append(shortened(width));
    QStringList lengths;
    for (const double length : dashes) lengths << svg::number(length, 4);
    if (!lengths.isEmpty()) line.append(lengths.join(QLatin1Char(' ')));
    return line;
}

/// A part with its place in the whole text of a label.
struct PlacedPart {
    const Part* part;
    qsizetype begin, end;
};

}  // namespace

int HtmlMarks::number_of(const Quantity& quantity) {
    const QJsonArray array{static_cast<int>(quantity.kind),
                           quantity.first,
                           quantity.begin,
                           quantity.end,
                           quantity.channel,
                           static_cast<int>(quantity.after)};
    const QByteArray text = QJsonDocument(array).toJson(QJsonDocument::Compact);
    const auto found = m_quantity_numbers.constFind(text);
    if (found != m_quantity_numbers.constEnd()) return *found;
    const auto number = static_cast<int>(m_quantities.size());
    m_quantity_numbers.insert(text, number);
    m_quantities.append(array);
    return number;
}

int HtmlMarks::number_of(const QJsonObject& mark) {
    const QByteArray text = QJsonDocument(mark).toJson(QJsonDocument::Compact);
    const auto found = m_mark_numbers.constFind(text);
    if (found != m_mark_numbers.constEnd()) return *found;
    const auto number = static_cast<int>(m_marks.size());
    m_mark_numbers.insert(text, number);
    m_marks.append(mark);
    return number;
}

QJsonArray HtmlMarks::list_of(const std::vector<Quantity>& quantities) {
    QJsonArray list;
    for (const Quantity& quantity : quantities) list.append(number_of(quantity));
    return list;
}

QJsonValue HtmlMarks::part(const Part& part) {
    static constexpr const char* kinds[]{"text", "number", "said", "cut", "sign"};
    if (part.kind == Part::Kind::text) return part.text;
    return QJsonArray{QLatin1String(kinds[static_cast<int>(part.kind)]), list_of(part.of),
                      part.digits, part.characters, part.text};
}

QJsonArray HtmlMarks::parts_of(const std::vector<Part>& parts) {
    QJsonArray list;
    for (const Part& one : parts) {
        const QJsonValue value = part(one);
        if (value.isString() && !list.isEmpty() && list.last().isString())
            list.replace(list.size() - 1, QString(list.last().toString() + value.toString()));
        else
            list.append(value);
    }
    return list;
}

QJsonObject HtmlMarks::box(const Box& box, const LiveBox& live,
                           const std::optional<diagram::CellRef>& cell, bool is_editable) {
    const Outline outline = outline_of(box);
    QJsonObject mark{{QStringLiteral("kind"), QStringLiteral("box")},
                     {QStringLiteral("rect"), rect_of(outline.rect)}};
    if (outline.radius > 0) mark[QStringLiteral("radius")] = shortened(outline.radius);
    if (is_seen(box.fill)) mark[QStringLiteral("fill")] = ink_of(box.fill);
    if (is_seen(box.line)) {
        mark[QStringLiteral("line")] =
            line_of(box.line, box.line_width,
                    box.stroke == diagram::Stroke::solid ? std::vector<double>{}
                                                         : dash_lengths(box.stroke, outline));
        if (box.hatched) mark[QStringLiteral("hatch")] = ink_of(box.line);
    }
    if (!cell || !m_is_live) return mark;
    mark[QStringLiteral("cell")] = QStringLiteral("%1 %2 %3 %4")
                                       .arg(diagram::name_of(cell->grid.grid))
                                       .arg(cell->grid.index)
                                       .arg(cell->row)
                                       .arg(cell->column);
    if (live.only_own) mark[QStringLiteral("own")] = true;
    if (!live.value) return mark;
    mark[QStringLiteral("value")] = number_of(*live.value);
    if (live.shade)
        mark[QStringLiteral("shade")] = QJsonObject{
            {QStringLiteral("greatest"), list_of(live.shade->greatest)},
            {QStringLiteral("most"), live.shade->most},
            {QStringLiteral("strength"), std::round(live.shade->strength * 1000) / 1000},
            {QStringLiteral("hatch"), ink_of({box.fill.role, 0.4 * live.shade->strength})}};
    if (is_editable && live.value->kind == Quantity::Kind::input)
        mark[QStringLiteral("edit")] = QJsonArray{QStringLiteral("input"), live.value->first};
    if (is_editable && live.value->kind == Quantity::Kind::weight)
        mark[QStringLiteral("edit")] = QJsonArray{QStringLiteral("kernel"), live.value->first};
    return mark;
}

QJsonObject HtmlMarks::line(const Line& line) const {
    const Arrow arrow = arrow_of(line);
    QJsonObject mark{
        {QStringLiteral("kind"), QStringLiteral("line")},
        {QStringLiteral("points"),
         line.arrow ? svg::points(arrow.shaft) : svg::points(line.points)},
        {QStringLiteral("line"), line_of(line.ink, line.width, dash_lengths(line.stroke))}};
    if (line.arrow) mark[QStringLiteral("head")] = svg::points(arrow.head);
    return mark;
}

QJsonObject HtmlMarks::image(const Raster& raster) const {
    QByteArray png;
    QBuffer buffer(&png);
    buffer.open(QIODevice::WriteOnly);
    tinted(raster, m_theme).save(&buffer, "PNG");
    return {{QStringLiteral("kind"), QStringLiteral("image")},
            {QStringLiteral("rect"), rect_of(raster.rect)},
            {QStringLiteral("data"), QString(QStringLiteral("data:image/png;base64,") +
                                             QString::fromLatin1(png.toBase64()))}};
}

QJsonObject HtmlMarks::label(const Label& label, const LiveLabel& live) {
    const std::vector<PlacedRun> placed = lay_out(label);
    QString whole;
    std::vector<PlacedPart> parts;
    for (const std::vector<Part>& run : live.runs)
        for (const Part& part : run) {
            parts.push_back({&part, whole.size(), whole.size() + part.text.size()});
            whole += part.text;
        }
    const double anchored = label.align == diagram::Align::left     ? 0
                            : label.align == diagram::Align::centre ? 0.5
                                                                    : 1;
    bool own = live.only_own;
    QJsonArray lines;
    QJsonArray spans;
    double first_baseline = 0, last_baseline = 0;
    const auto close = [&] {
        if (spans.isEmpty()) return;
        lines.append(QJsonArray{shortened(label.anchor.x()), shortened(first_baseline), spans});
        spans = {};
    };
    qsizetype at = 0;
    double right = 0;
    for (const PlacedRun& run : placed) {
        if (!spans.isEmpty() && run.baseline.x() < right - 0.01) close();
        right = run.baseline.x() + run.width;
        QJsonObject span{{QStringLiteral("ink"), ink_of(run.ink)}};
        if (run.face == diagram::Face::numbers) span[QStringLiteral("mono")] = true;
        if (const int weight = font_of(run.face, run.weight, run.size).weight(); weight != 400)
            span[QStringLiteral("weight")] = weight;
        if (spans.isEmpty())
            first_baseline = run.baseline.y();
        else if (std::abs(run.baseline.y() - last_baseline) > 0.005)
            span[QStringLiteral("dy")] = shortened(run.baseline.y() - last_baseline);
        last_baseline = run.baseline.y();
        // Breaking a line drops spaces; an end that had no room is cut off for good.
        while (at < whole.size() && whole[at] == u' ' && !run.text.startsWith(u' ')) ++at;
        if (QStringView(whole).mid(at).startsWith(run.text)) {
            std::vector<Part> inside;
            for (const PlacedPart& one : parts) {
                if (one.part->kind != Part::Kind::text) {
                    if (one.begin >= at && one.begin < at + run.text.size())
                        inside.push_back(*one.part);
                    continue;
                }
                const qsizetype begin = std::max(one.begin, at);
                const qsizetype end = std::min(one.end, at + run.text.size());
                if (begin < end) inside.push_back({.text = whole.mid(begin, end - begin)});
            }
            span[QStringLiteral("parts")] = parts_of(inside);
            at += run.text.size();
        } else {
            span[QStringLiteral("parts")] = QJsonArray{run.text};
            own = true;
        }
        spans.append(span);
    }
    close();
    QJsonObject mark{{QStringLiteral("kind"), QStringLiteral("label")},
                     {QStringLiteral("lines"), lines},
                     {QStringLiteral("size"), shortened(label.size)}};
    if (anchored > 0)
        mark[QStringLiteral("anchor")] =
            anchored < 1 ? QStringLiteral("middle") : QStringLiteral("end");
    if (label.max_width > 0) mark[QStringLiteral("room")] = shortened(label.max_width);
    if (own && m_is_live) mark[QStringLiteral("own")] = true;
    return mark;
}

std::vector<int> HtmlMarks::of(const LivePicture& live, const QString& group) {
    std::vector<int> numbers;
    const diagram::Diagram& picture = live.picture;
    for (std::size_t i = 0; i < picture.items.size(); ++i) {
        const diagram::Item& item = picture.items[i];
        if (!group.isEmpty() && picture.groups[static_cast<std::size_t>(item.group)].id != group)
            continue;
        if (const auto* one = std::get_if<Box>(&item.mark)) {
            if (!is_seen(one->fill) && !is_seen(one->line)) continue;
            const diagram::GridInfo* grid = item.cell ? picture.grid(item.cell->grid) : nullptr;
            numbers.push_back(
                number_of(box(*one, live.boxes[i], item.cell, grid && grid->editable)));
        } else if (const auto* drawn = std::get_if<Line>(&item.mark)) {
            if (drawn->points.size() >= 2) numbers.push_back(number_of(line(*drawn)));
        } else if (const auto* text = std::get_if<Label>(&item.mark)) {
            if (!text->text().trimmed().isEmpty())
                numbers.push_back(number_of(label(*text, live.labels[i])));
        } else if (const auto* raster = std::get_if<Raster>(&item.mark)) {
            numbers.push_back(number_of(image(*raster)));
        }
    }
    return numbers;
}

}  // namespace ui::paint
