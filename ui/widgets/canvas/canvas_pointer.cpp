// SPDX-License-Identifier: MIT
// The pointer and the wheel on the canvas.
#include <algorithm>
#include <cmath>

#include <QApplication>
#include <QMouseEvent>
#include <QWheelEvent>

#include "ui/widgets/canvas/canvas_private.h"

namespace ui::widgets {

using diagram::CellRef;
using diagram::GridInfo;

namespace {

constexpr double wheel_zoom = 1.0015;  // a factor for an eighth of a degree: 1.2 a notch

}  // namespace

void Canvas::Private::setHovered(std::optional<CellRef> cell) {
    if (cell == hovered) return;
    hovered = cell;
    emit q->cellHovered(cell);
}

/// What the pointer rests on is asked for no longer.
void Canvas::Private::visit(std::optional<CellRef> cell) {
    hovered.reset();
    emit q->cellVisited(cell);
}

void Canvas::Private::updateCursor(QPointF point) {
    if (drag == Drag::pan) return q->setCursor(Qt::ClosedHandCursor);
    const auto cell = drag == Drag::none ? cellAt(point) : dragStart;
    if (cell && editableGridOf(*cell)) return q->setCursor(Qt::CrossCursor);
    if (cell) return q->setCursor(Qt::PointingHandCursor);
    const bool pans = !viewport.farthest().isNull();
    q->setCursor(pans ? Qt::OpenHandCursor : Qt::ArrowCursor);
}

void Canvas::mousePressEvent(QMouseEvent* event) {
    if (d->drag != Private::Drag::none) return;
    if (d->editor->isOpen() && !d->editor->commit(std::nullopt)) d->editor->close();
    d->endNudging();
    d->pressedAt = d->lastAt = event->position();
    d->touch(event->position());
    if (event->button() == Qt::MiddleButton) {
        d->dragStart.reset();
        d->drag = Private::Drag::pan;
    } else if (event->button() == Qt::LeftButton) {
        d->dragStart = d->dragCell = d->cellAt(event->position());
        d->drag = Private::Drag::press;
    } else {
        return event->ignore();
    }
    d->updateCursor(event->position());
}

void Canvas::mouseMoveEvent(QMouseEvent* event) {
    d->pointerMoved(event->position(), event->modifiers());
    d->updateCursor(event->position());
}

void Canvas::Private::pointerMoved(QPointF point, Qt::KeyboardModifiers modifiers) {
    if (drag == Drag::none || drag == Drag::press) setHovered(cellAt(point));
    std::vector<CellRef> crossed;
    if (drag != Drag::none && drag != Drag::pan && dragStart) crossed = crossedTo(point);
    if (drag == Drag::press) {
        const bool in_grid = dragStart && editableGridOf(*dragStart);
        const bool far = (point - pressedAt).manhattanLength() >= QApplication::startDragDistance();
        if (in_grid && !crossed.empty())
            beginStroke(modifiers.testFlag(Qt::ShiftModifier) ? Drag::rectangle : Drag::paint);
        else if (!in_grid && far && !viewport.farthest().isNull())
            drag = Drag::pan;
    }
    if (drag == Drag::pan) {
        const Viewport before = viewport;
        viewport.scrollTo(viewport.scroll() + lastAt - point);
        if (viewport != before) viewportMoved();
    }
    lastAt = point;
    if (crossed.empty()) return;
    if (drag == Drag::paint) paint(crossed);
    if (drag == Drag::rectangle) {
        updateCells(dragStart, dragCell);
        dragCell = crossed.back();
        updateCells(dragStart, dragCell);
    }
}

/// The cells of the grid drawn in that lie on the way from the pointer's last place, in their order
/// and without the one it was in. Moves come merged when the program is busy, and a way may lead
/// out of the grid.
std::vector<CellRef> Canvas::Private::crossedTo(QPointF point) const {
    const QRectF cell_rect = q->cellRectOnScreen(*dragStart);
    const double stride = std::max(1.0, std::min(cell_rect.width(), cell_rect.height()) / 4);
    const QPointF way = point - lastAt;
    const int parts = std::max(1, static_cast<int>(std::hypot(way.x(), way.y()) / stride));
    std::vector<CellRef> cells;
    for (int i = 1; i <= parts; ++i) {
        const auto cell = cellAt(lastAt + way * i / parts);
        const std::optional<CellRef> before = cells.empty() ? dragCell : cells.back();
        if (cell && cell->grid == dragStart->grid && cell != before) cells.push_back(*cell);
    }
    return cells;
}

/// A stroke carries the number it starts on; on a 0 it draws with the brush, so that a blank grid
/// can be drawn on and a cleared cell (brush 0) begins an eraser.
void Canvas::Private::beginStroke(Drag kind) {
    const GridInfo* grid = gridOf(*dragStart);
    const auto number = number_in(*grid, dragStart->row, dragStart->column);
    if (number && *number != 0) setBrush(*number);
    drag = kind;
    dragValue = brush;
    dragGesture = newGesture();
    setCurrent(dragStart);
    if (kind == Drag::paint)
        emitEdits(dragStart->grid, {{dragStart->row, dragStart->column, dragValue}}, dragGesture);
}

void Canvas::Private::paint(const std::vector<CellRef>& cells) {
    std::vector<CellEdits::Edit> edits;
    edits.reserve(cells.size());
    for (const CellRef& cell : cells) edits.push_back({cell.row, cell.column, dragValue});
    dragCell = cells.back();
    setCurrent(dragCell);
    emitEdits(dragCell->grid, std::move(edits), dragGesture);
}

void Canvas::mouseReleaseEvent(QMouseEvent* event) {
    using Drag = Private::Drag;
    const bool ends = d->drag == Drag::pan || event->button() == Qt::LeftButton;
    if (!ends || d->drag == Drag::none) return;
    if (d->drag == Drag::press && d->dragStart) {
        const bool extend = event->modifiers().testFlag(Qt::ShiftModifier) && d->current &&
                            d->current->grid == d->dragStart->grid;
        if (extend)
            d->setCurrent(d->dragStart, true);
        else
            press(*d->dragStart);
    } else if (d->drag == Drag::press) {
        d->setCurrent(std::nullopt);
        emit cellPinned(std::nullopt);
    }
    d->endDrag();
    d->updateCursor(event->position());
}

void Canvas::Private::endDrag() {
    const Drag ended = std::exchange(drag, Drag::none);
    if (ended == Drag::rectangle) {
        const QRect cells = cells_between(*dragStart, *dragCell);
        std::vector<CellEdits::Edit> edits;
        for (int row = cells.top(); row <= cells.bottom(); ++row)
            for (int column = cells.left(); column <= cells.right(); ++column)
                edits.push_back({row, column, dragValue});
        updateCells(dragStart, dragCell);
        emitEdits(dragStart->grid, std::move(edits), dragGesture);
    }
    if (ended == Drag::paint || ended == Drag::rectangle) emit q->gestureEnded();
    dragStart.reset();
    dragCell.reset();
}

void Canvas::Private::cancelDrag() {
    updateCells(dragStart, dragCell);
    drag = Drag::none;
    dragStart.reset();
    dragCell.reset();
}

void Canvas::press(const CellRef& cell) {
    if (d->editableGridOf(cell))
        d->setCurrent(cell);
    else
        emit cellPinned(cell);
}

void Canvas::mouseDoubleClickEvent(QMouseEvent* event) {
    const auto cell = d->cellAt(event->position());
    if (event->button() != Qt::LeftButton || !cell || !d->editableGridOf(*cell))
        return mousePressEvent(event);
    d->touch(event->position());
    d->setCurrent(cell);
    d->startEditing({});
}

void Canvas::wheelEvent(QWheelEvent* event) {
    // With Shift or Alt some systems turn the wheel sideways.
    const QPoint angle = event->angleDelta();
    const int turn = angle.y() != 0 ? angle.y() : angle.x();
    if (event->modifiers().testFlag(Qt::ControlModifier)) {
        d->zoomTo(zoom() * std::pow(wheel_zoom, turn), event->position());
        return event->accept();
    }
    if (event->modifiers().testFlag(Qt::AltModifier)) {
        const auto cell = d->cellAt(event->position());
        if (!cell || !d->editableGridOf(*cell)) return event->ignore();
        d->wheel += turn;
        const int notches = d->wheel / QWheelEvent::DefaultDeltasPerStep;
        d->wheel -= notches * QWheelEvent::DefaultDeltasPerStep;
        if (notches != 0)
            d->nudge(cell->grid, {cell->column, cell->row, 1, 1},
                     notches * Private::nudge_step(event->modifiers()));
        return event->accept();
    }
    if (d->viewport.farthest().isNull()) return event->ignore();
    QPointF by =
        event->hasPixelDelta() ? QPointF(event->pixelDelta()) : QPointF(event->angleDelta()) / 2;
    if (event->modifiers().testFlag(Qt::ShiftModifier) && by.x() == 0) by = by.transposed();
    const Viewport before = d->viewport;
    d->viewport.scrollTo(d->viewport.scroll() - by);
    if (d->viewport != before) d->viewportMoved();
    event->accept();
}

void Canvas::leaveEvent(QEvent*) {
    if (d->drag == Private::Drag::none) d->setHovered(std::nullopt);
}

}  // namespace ui::widgets
