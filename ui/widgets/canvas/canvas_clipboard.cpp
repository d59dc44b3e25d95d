// SPDX-License-Identifier: MIT
// Grids to and from the clipboard.
#include <QApplication>
#include <QClipboard>
#include <QMimeData>
#include <QToolTip>

#include "ui/formats/grid_copy.h"
#include "ui/widgets/canvas/canvas_private.h"
#include "ui/words/error_text.h"

namespace ui::widgets {

using diagram::CellRef;
using diagram::GridInfo;

namespace {

/// The program's own form is exact in every locale; it is only as good as what put it there.
engine::Result<formats::ReadGrid> grid_on_clipboard() {
    const QMimeData* data = QApplication::clipboard()->mimeData();
    if (data == nullptr) return formats::read_grid({});
    const QByteArray own = data->data(QString::fromLatin1(formats::grid_mime_type));
    if (!own.isEmpty())
        if (auto read = formats::read_grid_json(own)) return read;
    return formats::read_grid(data->text());
}

}  // namespace

std::optional<CellRef> Canvas::Private::copied() const { return current ? current : hovered; }

formats::CopiedRows Canvas::Private::copiedNumbers() const {
    formats::CopiedRows rows;
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
    const formats::CopiedRows rows = d->copiedNumbers();
    if (rows.empty()) return;
    auto* mime = new QMimeData;  // the clipboard takes it
    mime->setText(formats::grid_as_text(rows));
    mime->setHtml(formats::grid_as_html(rows));
    mime->setData(QString::fromLatin1(formats::grid_mime_type), formats::grid_as_json(rows));
    QApplication::clipboard()->setMimeData(mime);
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
    const auto read = grid_on_clipboard();
    if (!read) {
        emit pasteRefused(words::error_text(read.error()));
        return;
    }
    const bool here = d->current.has_value();
    emit gridPasted({grid->grid, here ? d->current->row : 0, here ? d->current->column : 0, *read});
    emit gestureEnded();
}

}  // namespace ui::widgets
