// SPDX-License-Identifier: MIT
// Grids to and from the clipboard.
#include <QApplication>
#include <QClipboard>
#include <QToolTip>

#include "ui/formats/grid_text.h"
#include "ui/widgets/canvas/canvas_private.h"
#include "ui/words/error_text.h"

namespace ui::widgets {

using diagram::CellRef;
using diagram::GridInfo;

std::optional<CellRef> Canvas::Private::copied() const { return current ? current : hovered; }

std::vector<std::vector<std::optional<float>>> Canvas::Private::copiedNumbers() const {
    std::vector<std::vector<std::optional<float>>> rows;
    const auto from = copied();
    const GridInfo* grid = from ? gridOf(*from) : nullptr;
    if (!grid) return rows;
    const bool selected = current && anchor && anchor != current;
    const QRect cells = selected ? selection() : QRect(0, 0, grid->columns, grid->rows);
    for (int row = cells.top(); row <= cells.bottom(); ++row) {
        auto& numbers = rows.emplace_back();
        for (int column = cells.left(); column <= cells.right(); ++column)
            numbers.push_back(number_in(*grid, row, column));
    }
    return rows;
}

void Canvas::copy() {
    QStringList lines;
    for (const auto& row : d->copiedNumbers()) {
        QStringList cells;
        for (const auto& number : row)  // a cell not yet visited is empty, not 0
            cells << (number ? formats::grid_as_tsv({{*number}}).trimmed() : QString());
        lines << cells.join(u'\t');
    }
    if (!lines.empty()) QApplication::clipboard()->setText(lines.join(u'\n') + u'\n');
}

void Canvas::copyAsList() {
    formats::GridRows rows;
    for (const auto& row : d->copiedNumbers()) {
        auto& numbers = rows.emplace_back();
        for (const auto& number : row) {
            if (!number) {
                QToolTip::showText(
                    mapToGlobal(cellRectOnScreen(*d->copied()).bottomLeft().toPoint()),
                    tr("Some cells are still empty: a list needs a number in each."), this);
                return;
            }
            numbers.push_back(*number);
        }
    }
    if (!rows.empty()) QApplication::clipboard()->setText(formats::grid_as_nested_list(rows));
}

void Canvas::paste() {
    const GridInfo* grid = d->current ? d->editableGridOf(*d->current) : nullptr;
    if (!grid && !d->current) {
        for (const GridInfo& info : d->diagram.grids)
            if (info.editable && !grid) grid = &info;
    }
    if (!grid) {
        emit pasteRefused(tr("These numbers are computed. Paste into the input or the kernel."));
        return;
    }
    const auto rows = formats::parse_grid(QApplication::clipboard()->text());
    if (!rows) {
        emit pasteRefused(words::error_text(rows.error()));
        return;
    }
    const bool here = d->current.has_value();
    emit gridPasted(grid->grid, here ? d->current->row : 0, here ? d->current->column : 0, *rows);
    emit gestureEnded();
}

}  // namespace ui::widgets
