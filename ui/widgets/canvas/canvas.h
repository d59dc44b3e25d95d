// SPDX-License-Identifier: MIT
// Shows a Diagram; zooms, pans, reports the cell under the pointer and edits numbers in place.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include <QWidget>

#include "ui/diagram/diagram.h"
#include "ui/diagram/theme.h"
#include "ui/formats/grid_text.h"

namespace ui::widgets {

/// New numbers for cells of one grid, as one step of a gesture.
struct CellEdits {
    struct Edit {
        int row = 0;
        int column = 0;
        float value = 0;
        bool operator==(const Edit&) const = default;
    };
    diagram::GridRef grid;
    std::vector<Edit> edits;
    QString gesture;  ///< edits with the same non-empty gesture fold into one undo entry
    /// A typed number that could mean another one.
    struct Doubt {
        QString written;
        float other = 0;
    };
    std::optional<Doubt> doubt = {};
};

/// Numbers from the clipboard on their way into a grid, from a cell on.
struct GridPaste {
    diagram::GridRef grid;
    int row = 0;
    int column = 0;
    formats::ReadGrid read;
};

/// Keys edit while the keyboard is in a grid; on the stage they are left to the window, which
/// plays.
class Canvas : public QWidget {
    Q_OBJECT
public:
    explicit Canvas(QWidget* parent = nullptr);
    ~Canvas() override;

    /// The picture and its colours. Keeps zoom, keyboard cell and a running cell editor where they
    /// still make sense.
    void show(diagram::Diagram diagram, diagram::Theme theme);
    using QWidget::show;
    /// The last good picture, faded, while the present setting is impossible.
    void setFaded(bool faded);
    const diagram::Diagram& diagram() const;

    /// Room for the picture at zoom 1, in diagram units: what build_stage should fill.
    QSizeF room() const;
    double zoom() const;

    /// The cell the keyboard is in; grids are entered with Tab, Enter or a click.
    std::optional<diagram::CellRef> currentCell() const;
    /// None: also where it was in each grid is forgotten.
    void setCurrentCell(std::optional<diagram::CellRef> cell);
    QRectF cellRectOnScreen(const diagram::CellRef& cell) const;  ///< widget coordinates
    /// What a click on a cell does: it becomes the current one where its grid can be edited, else
    /// it is pinned.
    void press(const diagram::CellRef& cell);

    /// Value a drag paints when it starts on a 0; on any other number it carries that number along.
    /// The brush is the number last typed or carried.
    void setBrush(float value);
    float brush() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

public slots:
    void zoomIn();
    void zoomOut();
    void zoomToFit();
    /// The selection, or the whole current grid: as text, as a table and as the program's own.
    void copy();
    void copyAsList();  ///< the same as nested Python lists
    void paste();       ///< whatever formats::read_grid reads, from the current cell on

signals:
    void roomChanged();
    void cellHovered(std::optional<ui::diagram::CellRef> cell);  ///< by the pointer
    void cellVisited(std::optional<ui::diagram::CellRef> cell);  ///< by the keyboard
    /// A click on a cell that cannot be edited; none: a click beside, or the pin was let go of.
    void cellPinned(std::optional<ui::diagram::CellRef> cell);
    void currentCellChanged(std::optional<ui::diagram::CellRef> cell);
    void cellsEdited(const ui::widgets::CellEdits& edits);
    void gridPasted(const ui::widgets::GridPaste& paste);
    void pasteRefused(const QString& sentence);
    void gestureEnded();
    void brushChanged(float value);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool focusNextPrevChild(bool next) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

}  // namespace ui::widgets
