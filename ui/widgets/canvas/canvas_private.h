// SPDX-License-Identifier: MIT
// What the parts of the canvas share: showing (canvas.cpp), keyboard, pointer and clipboard.
#pragma once

#include <QScrollBar>
#include <QTimer>
#include <QToolButton>

#include "ui/diagram/close_up.h"
#include "ui/formats/grid_copy.h"
#include "ui/paint/image_cache.h"
#include "ui/widgets/canvas/canvas.h"
#include "ui/widgets/canvas/cell_editor.h"
#include "ui/widgets/canvas/viewport.h"

namespace ui::widgets {

struct Canvas::Private {
    explicit Private(Canvas* canvas);

    // The picture.
    Canvas* q;
    diagram::Diagram diagram;
    diagram::Theme theme;
    bool faded = false;
    paint::ImageCache images;
    Viewport viewport;
    diagram::CloseUp closeUp;  ///< empty while all of the picture is seen as it is
    QScrollBar* across;
    QScrollBar* down;
    QToolButton* unpin;   ///< lies on the pin's handle
    QToolButton* zoomed;  ///< says the zoom while there is one, and ends it

    /// A grid may stand in the picture more than once (the input, in both lanes): the copy last
    /// touched is where its cells are framed and edited.
    diagram::GridRef touched;
    int touchedCopy = 0;
    void touch(QPointF point);
    const diagram::GridInfo* gridOf(const diagram::CellRef& cell) const;
    const diagram::GridInfo* editableGridOf(const diagram::CellRef& cell) const;
    std::optional<diagram::CellRef> cellAt(QPointF point) const;
    void placeUnpin();
    void placeZoomed();
    void lookCloser();  ///< after any change of picture or viewport
    bool isUnderStrip(const QRectF& diagramRect) const;
    void fitViewport();    ///< after a change of size or picture
    void viewportMoved();  ///< scroll bars, editor and all pixels follow
    void zoomTo(double zoom, QPointF point);
    void reveal(const diagram::CellRef& cell);
    void updateCells(const std::optional<diagram::CellRef>& a,
                     const std::optional<diagram::CellRef>& b);
    diagram::Diagram marks() const;  ///< focus ring, selection and the rectangle being drawn

    // The keyboard's cell. With `anchor`, in the same grid, it spans a selection.
    std::optional<diagram::CellRef> current;
    std::optional<diagram::CellRef> anchor;
    std::optional<diagram::CellRef> left;   ///< where Esc returned to the stage
    std::vector<diagram::CellRef> visited;  ///< the last cell in each grid
    bool stageRing = false;                 ///< the stage itself was reached by keyboard
    CellEditor* editor;

    void setCurrent(std::optional<diagram::CellRef> cell, bool extend = false);
    QRect selection() const;  ///< columns and rows
    void enterGrid(diagram::GridRef grid);
    bool step(Move move, bool extend);
    bool wantsKey(const QKeyEvent& event) const;
    bool gridKey(const QKeyEvent& event);
    void startEditing(const QString& typed);
    void finishEditing(const formats::TypedNumber& typed, std::optional<Move> then);

    // Edits. A gesture's name lives from press to release, or through a pause of the wheel.
    float brush = 1;
    int gestures = 0;
    QString newGesture();
    void emitEdits(const diagram::GridRef& grid, std::vector<CellEdits::Edit> edits,
                   const QString& gesture, std::optional<CellEdits::Doubt> doubt = {});
    void setBrush(float value);
    void clearSelection();
    void nudge(const diagram::GridRef& grid, const QRect& cells, double by);
    void endNudging();
    /// By one, with Shift by a tenth.
    static double nudge_step(Qt::KeyboardModifiers modifiers) {
        return modifiers.testFlag(Qt::ShiftModifier) ? 0.1 : 1.0;
    }
    std::optional<std::pair<diagram::GridRef, QRect>> nudged;  ///< columns and rows
    QString nudgeGesture;
    QTimer nudgePause;

    // The pointer.
    enum class Drag { none, press, paint, rectangle, pan };
    Drag drag = Drag::none;
    QPointF pressedAt;
    QPointF lastAt;
    std::optional<diagram::CellRef> dragStart;
    std::optional<diagram::CellRef> dragCell;
    float dragValue = 0;
    QString dragGesture;
    std::optional<diagram::CellRef> hovered;
    int wheel = 0;  ///< eighths of a degree not yet spent

    void setHovered(std::optional<diagram::CellRef> cell);
    void visit(std::optional<diagram::CellRef> cell);  ///< by keyboard
    void pointerMoved(QPointF point, Qt::KeyboardModifiers modifiers);
    void beginStroke(Drag kind);
    std::vector<diagram::CellRef> crossedTo(QPointF point) const;
    void paint(const std::vector<diagram::CellRef>& cells);
    void endDrag();
    void cancelDrag();
    void updateCursor(QPointF point);

    // The clipboard.
    std::optional<diagram::CellRef> copied() const;  ///< whose grid is meant
    formats::CopiedRows copiedNumbers() const;
};

}  // namespace ui::widgets
