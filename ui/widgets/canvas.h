// SPDX-License-Identifier: MIT
// Shows a Diagram; zooms, pans, reports the cell under the pointer and edits numbers in place.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include <QWidget>

#include "ui/diagram/diagram.h"
#include "ui/diagram/theme.h"

namespace ui::widgets {

/// New numbers for cells of one grid, as one step of a gesture.
struct CellEdits {
    struct Edit {
        int row = 0;
        int column = 0;
        float value = 0;
    };
    diagram::GridRef grid;
    std::vector<Edit> edits;
    QString gesture;  ///< edits with the same non-empty gesture fold into one undo entry
};

class Canvas : public QWidget {
    Q_OBJECT
public:
    explicit Canvas(QWidget* parent = nullptr);
    ~Canvas() override;

    /// The picture and its colours. Keeps zoom, keyboard cell and a running cell editor where they still make sense.
    void show(const diagram::Diagram& diagram, diagram::Theme theme);
    using QWidget::show;
    /// The last good picture, faded, while the present setting is impossible.
    void setFaded(bool faded);
    const diagram::Diagram& diagram() const;

    /// Room for the picture at zoom 1, in diagram units: what build_stage should fill.
    QSizeF room() const;
    double zoom() const;

    /// The cell the keyboard is in; grids are entered with Tab or a click.
    std::optional<diagram::CellRef> currentCell() const;
    void setCurrentCell(std::optional<diagram::CellRef> cell);
    QRectF cellRectOnScreen(const diagram::CellRef& cell) const;  ///< widget coordinates

    /// Value a drag paints.
    void setBrush(float value);
    float brush() const;

public slots:
    void zoomIn();
    void zoomOut();
    void zoomToFit();
    void copy();   ///< the current grid or selection, as TSV and plain text
    void paste();  ///< TSV or nested lists, from the current cell on

signals:
    void roomChanged();
    void cellHovered(std::optional<ui::diagram::CellRef> cell);
    void cellPinned(
        std::optional<ui::diagram::CellRef> cell);  ///< click on a cell; none: click beside
    void cellsEdited(const ui::widgets::CellEdits& edits);
    void gridPasted(ui::diagram::GridRef grid, int firstRow, int firstColumn,
                    const std::vector<std::vector<float>>& rows);
    void pasteRefused(const QString& sentence);
    void gestureEnded();
    void brushChanged(float value);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

}  // namespace ui::widgets
