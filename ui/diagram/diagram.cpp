// SPDX-License-Identifier: MIT
#include "ui/diagram/diagram.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

#include "ui/diagram/number_text.h"

namespace ui::diagram {

namespace {

constexpr std::pair<Grid, std::string_view> grids[] = {
    {Grid::none, "none"},
    {Grid::input, "input"},
    {Grid::kernel, "kernel"},
    {Grid::stamp, "stamp"},
    {Grid::full_output, "full_output"},
    {Grid::bordered_input, "bordered_input"},
    {Grid::turned_kernel, "turned_kernel"},
    {Grid::slide_output, "slide_output"},
    {Grid::coverage, "coverage"},
    {Grid::padded_input, "padded_input"},
    {Grid::difference, "difference"},
    {Grid::weights, "weights"},
    {Grid::products, "products"},
    {Grid::channel_sum, "channel_sum"},
    {Grid::feature_map, "feature_map"},
};

}  // namespace

QString name_of(Grid grid) {
    const auto* row = std::ranges::find(grids, grid, &std::pair<Grid, std::string_view>::first);
    return QString::fromLatin1(row->second.data(), static_cast<qsizetype>(row->second.size()));
}

std::optional<Grid> grid_named(std::string_view name) {
    for (const auto& [grid, known] : grids)
        if (known == name && grid != Grid::none) return grid;
    return std::nullopt;
}

QString Label::text() const {
    QString joined;
    for (const TextRun& run : runs) joined += run.text;
    return joined;
}

QString Spoken::with_number(const QString& number) const {
    if (m_words.isEmpty()) return number;
    return m_words.contains(QLatin1String("%1")) ? m_words.arg(number) : m_words;
}

QString Spoken::text() const { return m_number ? with_number(said_number(*m_number)) : m_words; }

QString Spoken::text_in_full() const {
    return m_number ? with_number(full_number_text(*m_number)) : m_words;
}

QRectF GridInfo::cell_rect(int row, int column) const {
    const QSizeF step =
        pitch.isEmpty() ? QSizeF(rect.width() / columns, rect.height() / rows) : pitch;
    return {rect.topLeft() + QPointF(column * step.width(), row * step.height()),
            cell.isEmpty() ? step : cell};
}

Spoken GridInfo::said(int row, int column) const {
    if (row < 0 || column < 0 || row >= rows || column >= columns) return {};
    const auto index = static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) +
                       static_cast<std::size_t>(column);
    return index < values.size() ? values[index] : source.at(row, column);
}

const GridInfo* Diagram::grid(GridRef ref) const {
    const auto found = std::ranges::find(grids, ref, &GridInfo::grid);
    return found == grids.end() ? nullptr : &*found;
}

QRectF bounds(const Mark& mark) {
    if (const auto* box = std::get_if<Box>(&mark)) return box->rect;
    if (const auto* raster = std::get_if<Raster>(&mark)) return raster->rect;
    if (const auto* line = std::get_if<Line>(&mark)) return line->points.boundingRect();
    return {std::get<Label>(mark).anchor, QSizeF(0, 0)};
}

QRectF reach(const Mark& mark) {
    if (const auto* label = std::get_if<Label>(&mark)) {
        // An em a character is more than either face needs.
        qsizetype characters = 1;
        for (const TextRun& run : label->runs) characters += run.text.size();
        const double full = label->size * static_cast<double>(characters);
        const bool limited = label->max_width > 0;
        const double width = limited ? std::min(full, label->max_width + label->size) : full;
        const double more_lines = label->wrap && limited ? std::ceil(full / label->max_width) : 0;
        const double left = label->align == Align::left     ? 0
                            : label->align == Align::centre ? width / 2
                                                            : width;
        return {label->anchor.x() - left, label->anchor.y() - label->size, width,
                label->size * (2 + 1.35 * more_lines)};
    }
    double margin = 1;
    if (const auto* box = std::get_if<Box>(&mark)) margin += box->line_width / 2;
    if (const auto* line = std::get_if<Line>(&mark)) margin += line->width * (line->arrow ? 4 : 1);
    return bounds(mark).adjusted(-margin, -margin, margin, margin);
}

std::optional<CellRef> hit(const Diagram& diagram, QPointF point) {
    for (auto item = diagram.items.rbegin(); item != diagram.items.rend(); ++item) {
        if (!item->cell || !bounds(item->mark).contains(point)) continue;
        if (!std::holds_alternative<Raster>(item->mark)) return item->cell;
        const GridInfo* grid = diagram.grid(item->cell->grid);
        if (!grid) continue;
        const QPointF inside = point - grid->rect.topLeft();
        const auto index = [](double at, double length, int count) {
            return std::clamp(static_cast<int>(at / length * count), 0, count - 1);
        };
        return CellRef{grid->grid, index(inside.y(), grid->rect.height(), grid->rows),
                       index(inside.x(), grid->rect.width(), grid->columns)};
    }
    return std::nullopt;
}

void move(Mark& mark, QPointF by) {
    if (auto* box = std::get_if<Box>(&mark)) box->rect.translate(by);
    if (auto* raster = std::get_if<Raster>(&mark)) raster->rect.translate(by);
    if (auto* line = std::get_if<Line>(&mark)) line->points.translate(by);
    if (auto* label = std::get_if<Label>(&mark)) label->anchor += by;
}

std::optional<QRectF> extent_of(const Diagram& diagram, const QString& group_id,
                                const std::function<QRectF(const Label&)>& measured) {
    const auto group = std::ranges::find(diagram.groups, group_id, &Group::id);
    if (group == diagram.groups.end()) return std::nullopt;
    const int index = static_cast<int>(group - diagram.groups.begin());
    QRectF extent;
    for (const Item& item : diagram.items) {
        if (item.group != index) continue;
        const auto* label = std::get_if<Label>(&item.mark);
        extent |= label ? measured(*label) : bounds(item.mark);
    }
    if (extent.isEmpty()) return std::nullopt;
    return extent;
}

Diagram only(const Diagram& diagram, const QString& group_id, const QRectF& extent, double margin) {
    const QPointF by = QPointF(margin, margin) - extent.topLeft();
    Diagram part;
    part.size = extent.size() + QSizeF(2 * margin, 2 * margin);
    part.title = diagram.title;
    part.description = diagram.description;
    part.digits = diagram.digits;
    const auto group = std::ranges::find(diagram.groups, group_id, &Group::id);
    if (group == diagram.groups.end()) return part;
    const int index = static_cast<int>(group - diagram.groups.begin());
    part.groups.push_back(*group);
    for (Item item : diagram.items) {
        if (item.group != index) continue;
        move(item.mark, by);
        item.group = 1;
        part.items.push_back(std::move(item));
    }
    for (GridInfo grid : diagram.grids) {
        if (grid.group != index) continue;
        grid.rect.translate(by);
        grid.group = 1;
        part.grids.push_back(std::move(grid));
    }
    return part;
}

}  // namespace ui::diagram
