// SPDX-License-Identifier: MIT
// The keyboard on the canvas: through grids and cells, and what a key edits.
#include <algorithm>
#include <cmath>

#include <QKeyEvent>
#include <QLocale>

#include "ui/diagram/number_text.h"
#include "ui/widgets/canvas/canvas_accessible.h"
#include "ui/widgets/canvas/canvas_private.h"

namespace ui::widgets {

using diagram::CellRef;
using diagram::GridInfo;

namespace {

std::optional<Move> move_of(const QKeyEvent& event) {
    const bool far = event.modifiers().testFlag(Qt::ControlModifier);
    switch (event.key()) {
        case Qt::Key_Left:
            return far ? Move::row_start : Move::left;
        case Qt::Key_Right:
            return far ? Move::row_end : Move::right;
        case Qt::Key_Up:
            return Move::up;
        case Qt::Key_Down:
            return Move::down;
        case Qt::Key_Home:
            return far ? Move::grid_start : Move::row_start;
        case Qt::Key_End:
            return far ? Move::grid_end : Move::row_end;
        default:
            return std::nullopt;
    }
}

/// Does the key begin a number? Digits of any script, signs and decimal signs.
bool begins_number(const QKeyEvent& event) {
    if (event.modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier))
        return false;
    if (event.text().size() != 1) return false;
    const QChar typed = event.text().front();
    return typed.isDigit() || QStringLiteral("+-−.,").contains(typed) ||
           event.text() == QLocale().decimalPoint();
}

/// How often the numbers go one up with the key; 0: it is another one.
int nudges_of(const QKeyEvent& event) {
    if ((event.modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) != Qt::AltModifier)
        return 0;
    return event.key() == Qt::Key_Up ? 1 : event.key() == Qt::Key_Down ? -1 : 0;
}

/// Tenths added again and again stay tenths.
float nudged_value(float value, double by) {
    const double sum = static_cast<double>(value) + by;
    constexpr double grain = 1e6;
    return static_cast<float>(std::abs(sum) < grain ? std::round(sum * grain) / grain : sum);
}

}  // namespace

void Canvas::Private::setCurrent(std::optional<CellRef> cell, bool extend) {
    if (extend && cell && current && current->grid == cell->grid) {
        if (!anchor) anchor = current;
    } else {
        updateCells(current, anchor);
        anchor.reset();
    }
    if (cell == current) return q->update();
    updateCells(current, anchor);
    const bool ring = stageRing;
    current = cell;
    if (cell) {
        std::erase_if(visited, [&](const CellRef& one) { return one.grid == cell->grid; });
        visited.push_back(*cell);
        left.reset();
        stageRing = false;
    }
    if (ring) q->update();
    updateCells(current, anchor);
    endNudging();
    emit q->currentCellChanged(cell);
    announce_cell(q);
}

QRect Canvas::Private::selection() const {
    return cells_between(*current, anchor.value_or(*current));
}

// Every signal may bring a new picture: what is still needed of a GridInfo is copied before it is
// sent.

void Canvas::Private::enterGrid(diagram::GridRef grid) {
    CellRef cell{grid, 0, 0};
    const auto before = std::ranges::find(visited, grid, &CellRef::grid);
    const GridInfo* info = gridOf(cell);
    if (before != visited.end() && info && contains(*info, *before)) cell = *before;
    setCurrent(cell);
    reveal(cell);
    visit(cell);
}

bool Canvas::Private::step(Move move, bool extend) {
    const GridInfo* grid = current ? gridOf(*current) : nullptr;
    const auto to = grid ? moved(*grid, *current, move) : std::nullopt;
    if (!to) return false;
    setCurrent(to, extend);
    reveal(*to);
    visit(to);
    return true;
}

bool Canvas::Private::wantsKey(const QKeyEvent& event) const {
    if (current && nudges_of(event) != 0) return true;
    if (!current || event.modifiers() & (Qt::AltModifier | Qt::MetaModifier)) return false;
    if (move_of(event) || begins_number(event)) return true;
    if (event.matches(QKeySequence::Copy) || event.matches(QKeySequence::Paste) ||
        event.matches(QKeySequence::SelectAll))
        return true;
    switch (event.key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_F2:
        case Qt::Key_Delete:
        case Qt::Key_Backspace:
        case Qt::Key_Escape:
            return !(event.modifiers() & Qt::ControlModifier);
        case Qt::Key_Space:  // plays where it pins nothing
            return event.modifiers() == Qt::NoModifier && !editableGridOf(*current);
        default:
            return false;
    }
}

/// A key while the keyboard is in a grid; false leaves it to the window.
bool Canvas::Private::gridKey(const QKeyEvent& event) {
    if (!wantsKey(event)) return false;
    const bool editable = editableGridOf(*current);
    if (const int nudges = nudges_of(event)) {
        if (editable) nudge(current->grid, selection(), nudges * nudge_step(event.modifiers()));
        return true;
    }
    if (const auto move = move_of(event)) {
        step(*move, event.modifiers().testFlag(Qt::ShiftModifier));
        return true;
    }
    if (event.matches(QKeySequence::Copy)) return q->copy(), true;
    if (event.matches(QKeySequence::Paste)) return q->paste(), true;
    if (event.matches(QKeySequence::SelectAll)) {
        const GridInfo* grid = gridOf(*current);
        const CellRef end{grid->grid, grid->rows - 1, grid->columns - 1};
        setCurrent(CellRef{end.grid, 0, 0});
        setCurrent(end, true);
        return true;
    }
    if (begins_number(event)) {
        if (editable) startEditing(event.text());
        return true;
    }
    switch (event.key()) {
        case Qt::Key_Escape: {
            const std::optional<CellRef> from = current;
            setCurrent(std::nullopt);
            left = from;
            stageRing = true;
            visit(std::nullopt);
            q->update();
            return true;
        }
        case Qt::Key_Delete:
        case Qt::Key_Backspace:
            if (editable) clearSelection();
            return true;
        case Qt::Key_Space:
            emit q->cellPinned(current);
            return true;
        default:
            if (editable)
                startEditing({});
            else
                emit q->cellPinned(current);
            return true;
    }
}

void Canvas::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::ZoomIn) ||
        (event->key() == Qt::Key_Equal && event->modifiers() == Qt::ControlModifier))
        return zoomIn();
    if (event->matches(QKeySequence::ZoomOut)) return zoomOut();
    if (event->key() == Qt::Key_0 && event->modifiers() == Qt::ControlModifier) return zoomToFit();
    if (event->key() == Qt::Key_Escape && d->drag == Private::Drag::rectangle)
        return d->cancelDrag();
    if (d->current && d->gridKey(*event)) return;
    const bool enters = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    const std::vector<const GridInfo*> grids = distinct_grids(d->diagram);
    if (!d->current && enters && !grids.empty()) {
        const GridInfo* grid = d->left ? d->gridOf(*d->left) : nullptr;
        if (grid && contains(*grid, *d->left)) return d->setCurrent(d->left);
        const auto first = std::find_if(grids.begin(), grids.end(),
                                        [](const GridInfo* info) { return info->editable; });
        return d->enterGrid(first != grids.end() ? (*first)->grid : grids.front()->grid);
    }
    event->ignore();
}

/// Tab goes from the stage into the first grid, stops once in each, at the cell where it was
/// before, and goes out after the last: arrows move inside, so that no grid is long. From a grid
/// left with Esc it goes on to the next one.
bool Canvas::focusNextPrevChild(bool next) {
    const std::optional<CellRef> from = d->current ? d->current : d->left;
    const std::vector<const GridInfo*> grids = distinct_grids(d->diagram);
    const auto count = static_cast<int>(grids.size());
    int index = next ? 0 : -1;
    for (int i = 0; from && i < count; ++i)
        if (grids[static_cast<std::size_t>(i)]->grid == from->grid) index = i + (next ? 1 : -1);
    if (index >= 0 && index < count) {
        d->enterGrid(grids[static_cast<std::size_t>(index)]->grid);
        return true;
    }
    if (!next && d->current) {  // before the first grid lies the stage
        d->setCurrent(std::nullopt);
        d->stageRing = true;
        update();
        return true;
    }
    return QWidget::focusNextPrevChild(next);
}

void Canvas::focusInEvent(QFocusEvent* event) {
    const bool by_key = event->reason() == Qt::TabFocusReason ||
                        event->reason() == Qt::BacktabFocusReason ||
                        event->reason() == Qt::ShortcutFocusReason;
    d->stageRing = by_key && !d->current;
    update();
    announce_cell(this);
}

void Canvas::focusOutEvent(QFocusEvent* event) {
    const bool by_tab =
        event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason;
    if (by_tab) {
        d->setCurrent(std::nullopt);
        d->left.reset();
        d->visit(std::nullopt);
    }
    d->stageRing = false;
    d->endNudging();
    update();
}

QString Canvas::Private::newGesture() { return QStringLiteral("canvas %1").arg(++gestures); }

void Canvas::Private::setBrush(float value) {
    if (value == brush) return;
    brush = value;
    emit q->brushChanged(value);
}

/// Only what changes a number is an edit.
void Canvas::Private::emitEdits(const diagram::GridRef& ref, std::vector<CellEdits::Edit> edits,
                                const QString& gesture, std::optional<CellEdits::Doubt> doubt) {
    const GridInfo* grid = diagram.grid(ref);
    if (!grid || !grid->editable) return;
    std::erase_if(edits, [grid](const CellEdits::Edit& edit) {
        return number_in(*grid, edit.row, edit.column) == edit.value;
    });
    if (edits.empty()) return;
    const CellRef cell{ref, edits.front().row, edits.front().column};
    emit q->cellsEdited({ref, std::move(edits), gesture, std::move(doubt)});
    if (current == cell) announce_cell(q);
}

void Canvas::Private::startEditing(const QString& typed) {
    const GridInfo* grid = gridOf(*current);
    anchor.reset();
    reveal(*current);
    const auto number = number_in(*grid, current->row, current->column);
    const QString text = typed.isEmpty() && number ? diagram::full_number_text(*number) : typed;
    const QString name = cell_tip(*grid, current->row, current->column);
    editor->open(*current, name, text,
                 typed.isEmpty() ? CellEditor::Entry::opened : CellEditor::Entry::typed);
    editor->place(q->cellRectOnScreen(*current));
    q->update();
}

void Canvas::Private::finishEditing(const formats::TypedNumber& typed, std::optional<Move> then) {
    const CellRef cell = *editor->cell();
    std::optional<CellEdits::Doubt> doubt;
    if (typed.other) doubt = {editor->text().trimmed(), *typed.other};
    editor->close();
    setBrush(typed.value);
    emitEdits(cell.grid, {{cell.row, cell.column, typed.value}}, newGesture(), std::move(doubt));
    emit q->gestureEnded();
    if (then && current == cell) step(*then, false);
}

void Canvas::Private::clearSelection() {
    const QRect cells = selection();
    std::vector<CellEdits::Edit> edits;
    for (int row = cells.top(); row <= cells.bottom(); ++row)
        for (int column = cells.left(); column <= cells.right(); ++column)
            edits.push_back({row, column, 0});
    setBrush(0);
    emitEdits(current->grid, std::move(edits), newGesture());
    emit q->gestureEnded();
}

/// All numbers of these columns and rows go up by as much.
void Canvas::Private::nudge(const diagram::GridRef& ref, const QRect& cells, double by) {
    const CellRef first{ref, cells.top(), cells.left()};
    const GridInfo* grid = editableGridOf(first);
    if (!grid) return;
    std::vector<CellEdits::Edit> edits;
    for (int row = cells.top(); row <= cells.bottom(); ++row)
        for (int column = cells.left(); column <= cells.right(); ++column)
            if (const auto number = number_in(*grid, row, column))
                edits.push_back({row, column, nudged_value(*number, by)});
    if (nudged != std::pair(ref, cells)) {
        endNudging();
        nudged = {ref, cells};
        nudgeGesture = newGesture();
    }
    emitEdits(ref, std::move(edits), nudgeGesture);
    nudgePause.start();
}

void Canvas::Private::endNudging() {
    if (!nudged) return;
    nudged.reset();
    nudgePause.stop();
    emit q->gestureEnded();
}

}  // namespace ui::widgets
