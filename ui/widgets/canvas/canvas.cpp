// SPDX-License-Identifier: MIT
// Showing: the picture through ui/paint, where it stands, and what changed since the last one.
#include "ui/widgets/canvas/canvas.h"

#include <algorithm>
#include <cmath>

#include <QHelpEvent>
#include <QKeySequence>
#include <QNativeGestureEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QToolTip>

#include "ui/diagram/difference.h"
#include "ui/paint/fonts.h"
#include "ui/paint/paint.h"
#include "ui/widgets/canvas/canvas_accessible.h"
#include "ui/widgets/canvas/canvas_private.h"

namespace ui::widgets {

using diagram::CellRef;
using diagram::GridInfo;
using diagram::Role;

namespace {

constexpr double zoom_step = 1.25;
constexpr double ring_width = 2;    // px of the focus ring's inner colour
constexpr double halo_width = 1.5;  // and of the outer one
constexpr double faded_opacity = 0.35;
constexpr double legible_cell = 40;  // px, where a number of four digits is easily read
constexpr int nudge_pause_ms = 1000;

}  // namespace

Canvas::Private::Private(Canvas* canvas)
    : q(canvas),
      across(new QScrollBar(Qt::Horizontal, canvas)),
      down(new QScrollBar(Qt::Vertical, canvas)),
      unpin(new QToolButton(canvas)),
      zoomed(new QToolButton(canvas)),
      editor(new CellEditor(canvas)) {
    nudgePause.setSingleShot(true);
    nudgePause.setInterval(nudge_pause_ms);
}

Canvas::Canvas(QWidget* parent) : QWidget(parent) {
    install_canvas_accessibility();
    paint::load_fonts();
    d = std::make_unique<Private>(this);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    // Matrix order is the same in every language; words inside the picture keep their own
    // direction.
    setLayoutDirection(Qt::LeftToRight);

    for (QScrollBar* bar : {d->across, d->down}) {
        bar->hide();
        bar->setFocusPolicy(Qt::TabFocus);
        bar->setCursor(Qt::ArrowCursor);
        connect(bar, &QScrollBar::valueChanged, this, [this] {
            d->viewport.scrollTo(QPointF(d->across->value(), d->down->value()));
            d->viewportMoved();
        });
    }
    d->unpin->setObjectName(QStringLiteral("unpin"));
    d->unpin->setText(QStringLiteral("×"));
    d->unpin->setAutoRaise(true);
    d->unpin->setCursor(Qt::ArrowCursor);
    d->unpin->setFocusPolicy(Qt::TabFocus);
    d->unpin->setToolTip(tr("Let go of the pinned cell (Esc)"));
    d->unpin->setAccessibleName(tr("Let go of the pinned cell"));
    d->unpin->hide();
    connect(d->unpin, &QToolButton::clicked, this, [this] {
        setFocus();
        emit cellPinned(std::nullopt);
    });
    d->zoomed->setObjectName(QStringLiteral("zoom"));
    d->zoomed->setCursor(Qt::ArrowCursor);
    d->zoomed->setFocusPolicy(Qt::TabFocus);
    d->zoomed->hide();
    connect(d->zoomed, &QToolButton::clicked, this, [this] {
        setFocus();
        zoomToFit();
    });
    d->across->setAccessibleName(tr("Move the picture sideways"));
    d->down->setAccessibleName(tr("Move the picture up and down"));
    connect(d->editor, &CellEditor::committed, this,
            [this](const formats::TypedNumber& typed, std::optional<Move> then) {
                d->finishEditing(typed, then);
            });
    connect(d->editor, &CellEditor::cancelled, this, [this] { d->editor->close(); });
    connect(&d->nudgePause, &QTimer::timeout, this, [this] { d->endNudging(); });
}

Canvas::~Canvas() {
    d->editor->disconnect(this);  // losing the focus must not commit into what is going
    forget_canvas(this);
}

void Canvas::show(diagram::Diagram diagram, diagram::Theme theme) {
    const diagram::Diagram before = std::exchange(d->diagram, std::move(diagram));
    const diagram::CloseUp close_before = std::exchange(d->closeUp, {});
    const Viewport old_viewport = d->viewport;
    const bool recoloured = theme.name != d->theme.name;
    d->theme = theme;
    d->editor->setTheme(theme);
    d->fitViewport();
    d->lookCloser();

    if (recoloured || before.size != d->diagram.size || d->viewport != old_viewport ||
        close_before.replaced != d->closeUp.replaced) {
        update();
    } else {
        const auto update_where = [this](const std::vector<QRectF>& rects) {
            for (const QRectF& rect : rects)
                update(d->viewport.toWidget(rect).toAlignedRect().adjusted(-1, -1, 1, 1));
        };
        update_where(diagram::difference(before, d->diagram));
        update_where(diagram::difference(close_before.marks, d->closeUp.marks));
    }

    const auto kept = [this](std::optional<CellRef> cell) -> std::optional<CellRef> {
        const GridInfo* grid = cell ? d->gridOf(*cell) : nullptr;
        if (!grid || grid->rows < 1 || grid->columns < 1) return std::nullopt;
        return CellRef{cell->grid, std::min(cell->row, grid->rows - 1),
                       std::min(cell->column, grid->columns - 1)};
    };
    if (d->anchor) d->anchor = kept(d->anchor);
    if (kept(d->current) != d->current) d->setCurrent(kept(d->current));
    if (d->current && before.grids != d->diagram.grids) d->updateCells(d->current, d->anchor);
    if (d->editor->isOpen()) {
        const CellRef cell = *d->editor->cell();
        const GridInfo* grid = d->editableGridOf(cell);
        if (grid && contains(*grid, cell))
            d->editor->place(cellRectOnScreen(cell));
        else
            d->editor->close();
    }
    d->placeUnpin();
    announce_picture(this, before);
}

void Canvas::setFaded(bool faded) {
    if (faded == d->faded) return;
    d->faded = faded;
    update();
}

const diagram::Diagram& Canvas::diagram() const { return d->diagram; }
QSizeF Canvas::room() const { return size(); }
double Canvas::zoom() const { return d->viewport.zoom(); }
std::optional<CellRef> Canvas::currentCell() const { return d->current; }
float Canvas::brush() const { return d->brush; }
void Canvas::setBrush(float value) { d->setBrush(value); }
QSize Canvas::sizeHint() const { return {1040, 740}; }
/// It scrolls: where height is short, what cannot scroll comes first.
QSize Canvas::minimumSizeHint() const { return {320, 96}; }

void Canvas::setCurrentCell(std::optional<CellRef> cell) {
    const GridInfo* grid = cell ? d->gridOf(*cell) : nullptr;
    if (!cell) d->visited.clear();
    d->setCurrent(grid && contains(*grid, *cell) ? cell : std::nullopt);
    if (d->current) d->reveal(*d->current);
}

QRectF Canvas::cellRectOnScreen(const CellRef& cell) const {
    const GridInfo* grid = d->gridOf(cell);
    return grid ? d->viewport.toWidget(grid->cell_rect(cell.row, cell.column)) : QRectF();
}

void Canvas::zoomIn() { d->zoomTo(zoom() * zoom_step, QRectF(rect()).center()); }
void Canvas::zoomOut() { d->zoomTo(zoom() / zoom_step, QRectF(rect()).center()); }
void Canvas::zoomToFit() { d->zoomTo(1, {}); }

const GridInfo* Canvas::Private::gridOf(const CellRef& cell) const {
    const GridInfo* found = nullptr;
    int copies = cell.grid == touched ? touchedCopy : 0;
    for (const GridInfo& grid : diagram.grids) {
        if (grid.grid != cell.grid) continue;
        found = &grid;
        if (copies-- == 0) break;
    }
    return found;
}

void Canvas::Private::touch(QPointF point) {
    const auto cell = cellAt(point);
    if (!cell) return;
    int copy = 0;
    for (const GridInfo& grid : diagram.grids) {
        if (grid.grid != cell->grid) continue;
        if (grid.rect.contains(viewport.toDiagram(point))) {
            if (touched != grid.grid || touchedCopy != copy) q->update();
            touched = grid.grid;
            touchedCopy = copy;
            return;
        }
        ++copy;
    }
}

const GridInfo* Canvas::Private::editableGridOf(const CellRef& cell) const {
    const GridInfo* grid = gridOf(cell);
    return grid && grid->editable ? grid : nullptr;
}

std::optional<CellRef> Canvas::Private::cellAt(QPointF point) const {
    const QPointF at = viewport.toDiagram(point);
    if (isUnderStrip(QRectF(at, QSizeF(0, 0)))) return std::nullopt;
    return diagram::hit(diagram, at);
}

void Canvas::Private::lookCloser() {
    const bool whole = viewport.zoom() <= 1 && viewport.scroll().isNull();
    // Under the scroll bars, too: the picture is painted there.
    const QRectF seen = viewport.toDiagram(QRectF(QPointF(0, 0), viewport.room()));
    closeUp = whole ? diagram::CloseUp() : diagram::close_up(diagram, seen, viewport.scale());
}

bool Canvas::Private::isUnderStrip(const QRectF& rect) const {
    return std::ranges::any_of(closeUp.strips, [&rect](const QRectF& strip) {
        return rect.left() < strip.right() && rect.right() >= strip.left() &&
               rect.top() < strip.bottom() && rect.bottom() >= strip.top();
    });
}

void Canvas::Private::fitViewport() {
    const Viewport before = viewport;
    viewport.resize(q->size(), diagram.size, diagram.least_scale, down->sizeHint().width());
    // The numbers of every grid can be read when one comes close.
    double smallest = legible_cell;
    for (const GridInfo& grid : diagram.grids)
        if (grid.rows > 0 && grid.columns > 0)
            smallest = std::min(smallest, grid.cell_rect(0, 0).width());
    if (smallest > 0)
        viewport.allowZoom(legible_cell * viewport.zoom() / (smallest * viewport.scale()));
    if (viewport != before) viewportMoved();
}

void Canvas::Private::placeUnpin() {
    if (diagram.pin) {
        const QRectF handle = viewport.toWidget(diagram.pin->handle);
        const double side = std::max(handle.width(), q->fontMetrics().height() * 1.0);
        QRectF place(0, 0, side, side);
        place.moveCenter(handle.center());
        unpin->setGeometry(place.toAlignedRect());
    }
    unpin->setVisible(diagram.pin && !isUnderStrip(diagram.pin->handle));
}

/// In the corner that scroll bars leave, where pictures are empty.
void Canvas::Private::placeZoomed() {
    const int percent = static_cast<int>(std::lround(100 * viewport.zoom()));
    if (percent == 100 && zoomed->hasFocus()) q->setFocus();
    zoomed->setVisible(percent != 100);
    if (percent == 100) return;
    zoomed->setText(Canvas::tr("%1 %").arg(q->locale().toString(percent)));
    zoomed->setToolTip(
        Canvas::tr("Zoom to fit (%1)")
            .arg(QKeySequence(Qt::CTRL | Qt::Key_0).toString(QKeySequence::NativeText)));
    zoomed->setAccessibleName(Canvas::tr("Zoom %1, to fit").arg(zoomed->text()));
    const QSize size = zoomed->sizeHint();
    const QSize seen = viewport.visible().toSize();
    constexpr int away = 8;
    zoomed->setGeometry(
        {QPoint(seen.width() - size.width() - away, seen.height() - size.height() - away), size});
}

void Canvas::Private::viewportMoved() {
    lookCloser();
    const QPointF end = viewport.farthest();
    const QPointF at = viewport.scroll();
    const QSize seen = viewport.visible().toSize();
    const auto follow = [](QScrollBar* bar, double value, double most, int page, QRect where) {
        const QSignalBlocker quiet(bar);
        bar->setRange(0, static_cast<int>(std::ceil(most)));
        bar->setPageStep(page);
        bar->setSingleStep(std::max(1, page / 12));
        bar->setValue(static_cast<int>(std::lround(value)));
        bar->setGeometry(where);
        bar->setVisible(most > 0);
    };
    const int thick = down->sizeHint().width();
    follow(across, at.x(), end.x(), seen.width(),
           QRect(0, q->height() - thick, seen.width(), thick));
    follow(down, at.y(), end.y(), seen.height(),
           QRect(q->width() - thick, 0, thick, seen.height()));
    if (editor->isOpen()) editor->place(q->cellRectOnScreen(*editor->cell()));
    placeUnpin();
    placeZoomed();
    q->update();
}

void Canvas::Private::zoomTo(double zoom, QPointF point) {
    const Viewport before = viewport;
    viewport.zoomAt(point, zoom);
    if (viewport != before) viewportMoved();
}

void Canvas::Private::reveal(const CellRef& cell) {
    const GridInfo* grid = gridOf(cell);
    if (!grid) return;
    const Viewport before = viewport;
    constexpr double margin = 2 * ring_width;
    const QRectF rect = grid->cell_rect(cell.row, cell.column);
    viewport.reveal(rect.adjusted(-margin, -margin, margin, margin));
    if (viewport != before) viewportMoved();
    // From under title and rulers, whose place depends on where it now is.
    QPointF hidden;
    for (const QRectF& strip : closeUp.strips) {
        if (!strip.intersects(rect)) continue;
        if (strip.width() > strip.height())
            hidden.ry() = std::max(hidden.y(), strip.bottom() + margin - rect.top());
        else
            hidden.rx() = std::max(hidden.x(), strip.right() + margin - rect.left());
    }
    if (hidden.isNull()) return;
    viewport.scrollTo(viewport.scroll() - hidden * viewport.scale());
    viewportMoved();
}

void Canvas::Private::updateCells(const std::optional<CellRef>& a,
                                  const std::optional<CellRef>& b) {
    if (!a && !b) return;
    QRectF rect;
    for (const auto& cell : {a, b})
        if (cell) rect |= q->cellRectOnScreen(*cell);
    const int margin = static_cast<int>(std::ceil(4 * ring_width));
    q->update(rect.toAlignedRect().adjusted(-margin, -margin, margin, margin));
}

diagram::Diagram Canvas::Private::marks() const {
    diagram::Diagram result;
    result.size = diagram.size;
    const double unit = 1 / viewport.scale();  // marks keep their width at every zoom
    const auto frame = [&](QRectF rect, double away, double width, Role role,
                           diagram::Stroke stroke = diagram::Stroke::solid) {
        const double grow = (away + width / 2) * unit;
        diagram::Box box;
        box.rect = rect.adjusted(-grow, -grow, grow, grow);
        box.line = {role, 1};
        box.line_width = width * unit;
        box.radius = 4 * unit;
        box.stroke = stroke;
        result.items.push_back({.mark = box, .group = 0, .cell = std::nullopt});
    };
    const auto span = [](const GridInfo& grid, const CellRef& a, const CellRef& b) {
        return grid.cell_rect(a.row, a.column) | grid.cell_rect(b.row, b.column);
    };
    const GridInfo* grid = current ? gridOf(*current) : nullptr;
    if (grid && q->hasFocus()) {
        const QRectF cell = grid->cell_rect(current->row, current->column);
        frame(cell, ring_width, halo_width, Role::focus);
        frame(cell, 0, ring_width, Role::ink);
    } else if (grid && !editor->isOpen()) {
        frame(grid->cell_rect(current->row, current->column), 0, 1.5, Role::ink);
    } else if (!grid && stageRing && q->hasFocus()) {
        const QRectF all = viewport.toDiagram(QRectF(QPointF(), viewport.visible()));
        frame(all, -ring_width - halo_width, halo_width, Role::focus);
        frame(all, -ring_width, ring_width, Role::ink);
    }
    if (grid && anchor && anchor != current)
        frame(span(*grid, *anchor, *current), 0, ring_width, Role::ink);
    if (drag == Drag::rectangle && dragStart && dragCell && gridOf(*dragStart))
        frame(span(*gridOf(*dragStart), *dragStart, *dragCell), 0, ring_width, Role::ink,
              diagram::Stroke::dashed);
    return result;
}

void Canvas::paintEvent(QPaintEvent* event) {
    QPainter painter(this);
    paint::PaintOptions options;
    options.theme = d->theme;
    options.offset = d->viewport.offset();
    options.scale = d->viewport.scale();
    options.images = &d->images;
    const diagram::Diagram marks = d->marks();
    for (const QRect& rect : event->region()) {
        painter.setClipRect(rect);
        painter.fillRect(rect, d->theme.colour(Role::paper));
        options.exposed = d->viewport.toDiagram(QRectF(rect));
        // What fades the picture lies over all of it.
        const double opacity = d->faded ? faded_opacity : 1;
        options.opacity = d->closeUp.is_empty() ? opacity : 1;
        options.paper = true;
        options.left_out = d->closeUp.replaced;
        paint::paint(painter, d->diagram, options);
        options.paper = false;
        options.left_out = {};
        if (!d->closeUp.is_empty()) {
            options.opacity = opacity;
            paint::paint(painter, d->closeUp.marks, options);
        }
        options.opacity = 1;
        paint::paint(painter, marks, options);
    }
}

void Canvas::resizeEvent(QResizeEvent*) {
    d->fitViewport();
    emit roomChanged();
}

bool Canvas::event(QEvent* event) {
    switch (event->type()) {
        case QEvent::ShortcutOverride:
            // In a grid, arrows move and digits write, whatever they mean to the window.
            if (d->wantsKey(*static_cast<QKeyEvent*>(event))) {
                event->accept();
                return true;
            }
            break;
        case QEvent::ToolTip: {
            const auto* help = static_cast<QHelpEvent*>(event);
            const auto cell = d->cellAt(help->pos());
            const GridInfo* grid = cell ? d->gridOf(*cell) : nullptr;
            if (!grid) {
                QToolTip::hideText();
                event->ignore();
                return true;
            }
            QToolTip::showText(help->globalPos(), cell_tip(*grid, cell->row, cell->column), this,
                               cellRectOnScreen(*cell).toAlignedRect());
            return true;
        }
        case QEvent::NativeGesture: {
            const auto* gesture = static_cast<QNativeGestureEvent*>(event);
            if (gesture->gestureType() != Qt::ZoomNativeGesture) break;
            d->zoomTo(zoom() * (1 + gesture->value()), gesture->position());
            return true;
        }
        default:
            break;
    }
    return QWidget::event(event);
}

}  // namespace ui::widgets
