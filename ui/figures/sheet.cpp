// SPDX-License-Identifier: MIT
#include "ui/figures/sheet.h"

#include <algorithm>
#include <cmath>

#include "ui/diagram/builder.h"
#include "ui/figures/words.h"

namespace ui::figures {

using diagram::Align;
using diagram::Builder;
using diagram::Diagram;
using diagram::FontWeight;
using diagram::Role;
using diagram::Stroke;

namespace {

constexpr double gap = 24;
constexpr double head = 44;  ///< above each picture
constexpr double badge = 26;
constexpr double text_size = 15;

/// All of a picture, moved, its groups told apart by their ids.
void put(Builder& builder, const Moment& moment, int place, QPointF by) {
    const QString prefix = QStringLiteral("s%1_").arg(moment.step);
    std::vector<int> groups;
    for (const diagram::Group& group : moment.picture.groups) {
        builder.group(prefix + group.id, group.title);
        groups.push_back(builder.current_group());
    }
    const auto group_of = [&](int group) { return groups[static_cast<std::size_t>(group)]; };
    Diagram& whole = builder.diagram();
    for (diagram::Item item : moment.picture.items) {
        diagram::move(item.mark, by);
        item.group = group_of(item.group);
        if (item.cell) item.cell->grid.pane = place;
        whole.items.push_back(std::move(item));
    }
    for (diagram::GridInfo grid : moment.picture.grids) {
        grid.rect.translate(by);
        grid.group = group_of(grid.group);
        grid.grid.pane = place;
        whole.grids.push_back(std::move(grid));
    }
}

void put_head(Builder& builder, int step, QPointF at) {
    builder.group(QStringLiteral("s%1_number").arg(step), Words::tr("Step %1").arg(step));
    const QString number = QString::number(step);
    const double wide = std::max(
        badge, diagram::mono_advance * text_size * static_cast<double>(number.size()) + 12);
    const QRectF box(at.x(), at.y() - badge / 2, wide, badge);
    builder.add(diagram::Box{box, {Role::ink, 1}, {}, 0, 6, Stroke::solid, false});
    builder.label(box.center(), text_size,
                  {diagram::digits(number, {Role::on_strong, 1}, FontWeight::bold)}, Align::centre);
    builder.label(
        {box.right() + 9, at.y()}, text_size,
        {diagram::words(Words::tr("%n step(s) done", nullptr, step), {Role::ink_soft, 1})});
}

}  // namespace

Diagram sheet_of(std::span<const Moment> moments, int columns) {
    const int count = static_cast<int>(moments.size());
    if (columns <= 0) columns = static_cast<int>(std::ceil(std::sqrt(count)));
    columns = std::min(columns, count);
    const int rows = (count + columns - 1) / columns;
    QSizeF cell(0, 0);
    for (const Moment& moment : moments) cell = cell.expandedTo(moment.picture.size);
    const double across = cell.width() + gap;
    const double down = cell.height() + head + gap;
    Builder builder({columns * across + gap, rows * down + gap});
    for (int i = 0; i < count; ++i) {
        const Moment& moment = moments[static_cast<std::size_t>(i)];
        const int row = i / columns;
        const QPointF at(gap + i % columns * across, gap + row * down);
        put_head(builder, moment.step, at + QPointF(0, head / 2));
        put(builder, moment, i, at + QPointF(0, head));
    }
    Diagram& whole = builder.diagram();
    whole.digits = moments.front().picture.digits;
    whole.title = moments.back().picture.title;
    QStringList said;
    for (const Moment& moment : moments)
        said << Words::tr("Step %1: %2.").arg(moment.step).arg(moment.picture.title);
    whole.description = said.join(u' ');
    return std::move(whole);
}

}  // namespace ui::figures
