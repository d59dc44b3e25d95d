// SPDX-License-Identifier: MIT
// Canvas → tables → cells. Qt 6.4 gives no way to announce text, so a step is spoken as a change of
// name.
//
// Interfaces of tables and cells are made when asked for and registered with QAccessible; the
// canvas's own interface owns them and takes them down with it, or when a grid leaves the picture.
#include "ui/widgets/canvas/canvas_accessible.h"

#include <algorithm>
#include <map>
#include <memory>
#include <vector>

#include <QAccessibleWidget>

#include "ui/widgets/canvas/canvas.h"
#include "ui/widgets/canvas/grid_cursor.h"

namespace ui::widgets {

using diagram::CellRef;
using diagram::GridInfo;
using diagram::GridRef;

namespace {

/// Interfaces belong to QAccessible's registry once it knows them: they are taken out by their
/// number, which does nothing if the registry went first.
struct Unregister {
    QAccessible::Id id = 0;
    void operator()(QAccessibleInterface*) const { QAccessible::deleteAccessibleInterface(id); }
};
template <typename Interface>
using Registered = std::unique_ptr<Interface, Unregister>;

template <typename Interface>
Registered<Interface> registered(Interface* made) {
    return Registered<Interface>(made, {QAccessible::registerAccessibleInterface(made)});
}

/// What tables and cells have in common: they are no objects of their own.
class Part : public QAccessibleInterface {
public:
    explicit Part(Canvas* canvas) : m_canvas(canvas) {}
    QObject* object() const override { return nullptr; }
    QWindow* window() const override { return m_canvas->window()->windowHandle(); }
    void setText(QAccessible::Text, const QString&) override {}

protected:
    QRect on_screen(const QRectF& rect) const {
        const QRect local = rect.toAlignedRect();
        return {m_canvas->mapToGlobal(local.topLeft()), local.size()};
    }
    Canvas* m_canvas;
};

class TableAccessible;

class CellAccessible : public Part,
                       public QAccessibleTableCellInterface,
                       public QAccessibleActionInterface {
public:
    CellAccessible(Canvas* canvas, TableAccessible* parent, CellRef cell)
        : Part(canvas), m_table(parent), m_cell(cell) {}

    const GridInfo* info() const { return m_canvas->diagram().grid(m_cell.grid); }
    bool isValid() const override { return info() && contains(*info(), m_cell); }
    QAccessible::Role role() const override { return QAccessible::Cell; }
    QAccessible::State state() const override {
        QAccessible::State state;
        if (!isValid()) {
            state.invalid = true;
            return state;
        }
        state.focusable = state.selectable = true;
        state.selected = m_canvas->currentCell() == m_cell;
        state.focused = state.selected && m_canvas->hasFocus();
        state.active = state.focused;
        state.editable = info()->editable;
        state.readOnly = !info()->editable;
        return state;
    }
    QString text(QAccessible::Text kind) const override {
        if (!isValid()) return {};
        if (kind == QAccessible::Name) return cell_name(*info(), m_cell.row, m_cell.column);
        if (kind == QAccessible::Description) return cell_tip(*info(), m_cell.row, m_cell.column);
        return {};
    }
    QRect rect() const override { return on_screen(m_canvas->cellRectOnScreen(m_cell)); }
    QAccessibleInterface* parent() const override;
    QAccessibleInterface* child(int) const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    void* interface_cast(QAccessible::InterfaceType type) override {
        if (type == QAccessible::TableCellInterface)
            return static_cast<QAccessibleTableCellInterface*>(this);
        if (type == QAccessible::ActionInterface)
            return static_cast<QAccessibleActionInterface*>(this);
        return nullptr;
    }

    bool isSelected() const override { return m_canvas->currentCell() == m_cell; }
    QList<QAccessibleInterface*> columnHeaderCells() const override { return {}; }
    QList<QAccessibleInterface*> rowHeaderCells() const override { return {}; }
    int columnIndex() const override { return m_cell.column; }
    int rowIndex() const override { return m_cell.row; }
    int columnExtent() const override { return 1; }
    int rowExtent() const override { return 1; }
    QAccessibleInterface* table() const override { return parent(); }

    QStringList actionNames() const override { return {pressAction(), setFocusAction()}; }
    QStringList keyBindingsForAction(const QString&) const override { return {}; }
    void doAction(const QString& action) override {
        if (!isValid()) return;
        if (action == pressAction()) m_canvas->press(m_cell);
        if (action != setFocusAction()) return;
        m_canvas->setFocus(Qt::OtherFocusReason);
        m_canvas->setCurrentCell(m_cell);
    }

private:
    TableAccessible* m_table;
    CellRef m_cell;
};

class TableAccessible : public Part, public QAccessibleTableInterface {
public:
    TableAccessible(Canvas* canvas, GridRef grid) : Part(canvas), m_grid(grid) {}

    const GridInfo* info() const { return m_canvas->diagram().grid(m_grid); }
    GridRef grid() const { return m_grid; }
    CellAccessible* cell(int row, int column) const {
        if (!info() || !contains(*info(), {m_grid, row, column})) return nullptr;
        auto found = m_cells.find({row, column});
        if (found == m_cells.end()) {
            auto* self = const_cast<TableAccessible*>(this);
            auto made = registered(new CellAccessible(m_canvas, self, {m_grid, row, column}));
            found = m_cells.emplace(std::pair(row, column), std::move(made)).first;
        }
        return found->second.get();
    }

    bool isValid() const override { return info() != nullptr; }
    QAccessible::Role role() const override { return QAccessible::Table; }
    QAccessible::State state() const override {
        QAccessible::State state;
        state.invalid = !isValid();
        state.readOnly = info() && !info()->editable;
        return state;
    }
    QString text(QAccessible::Text kind) const override {
        return info() && kind == QAccessible::Name ? info()->name : QString();
    }
    QRect rect() const override {
        if (!info()) return {};
        const GridInfo& grid = *info();
        return on_screen(m_canvas->cellRectOnScreen({m_grid, 0, 0}) |
                         m_canvas->cellRectOnScreen({m_grid, grid.rows - 1, grid.columns - 1}));
    }
    QAccessibleInterface* parent() const override {
        return QAccessible::queryAccessibleInterface(m_canvas);
    }
    QAccessibleInterface* child(int index) const override {
        const int columns = columnCount();
        if (index < 0 || columns == 0) return nullptr;
        return cell(index / columns, index % columns);
    }
    QAccessibleInterface* childAt(int x, int y) const override {
        const QPointF point = m_canvas->mapFromGlobal(QPointF(x, y));
        for (int row = 0; row < rowCount(); ++row)
            for (int column = 0; column < columnCount(); ++column)
                if (m_canvas->cellRectOnScreen({m_grid, row, column}).contains(point))
                    return cell(row, column);
        return nullptr;
    }
    int childCount() const override { return rowCount() * columnCount(); }
    int indexOfChild(const QAccessibleInterface* child) const override {
        const auto* wanted = dynamic_cast<const CellAccessible*>(child);
        if (!wanted || wanted->parent() != this) return -1;
        return wanted->rowIndex() * columnCount() + wanted->columnIndex();
    }
    QAccessibleInterface* focusChild() const override {
        const auto current = m_canvas->currentCell();
        return current && current->grid == m_grid ? cell(current->row, current->column) : nullptr;
    }
    void* interface_cast(QAccessible::InterfaceType type) override {
        return type == QAccessible::TableInterface ? static_cast<QAccessibleTableInterface*>(this)
                                                   : nullptr;
    }

    QAccessibleInterface* caption() const override { return nullptr; }
    QAccessibleInterface* summary() const override { return nullptr; }
    QAccessibleInterface* cellAt(int row, int column) const override { return cell(row, column); }
    int rowCount() const override { return info() ? info()->rows : 0; }
    int columnCount() const override { return info() ? info()->columns : 0; }
    QString rowDescription(int row) const override { return QString::number(row); }
    QString columnDescription(int column) const override { return QString::number(column); }
    int selectedCellCount() const override { return focusChild() ? 1 : 0; }
    QList<QAccessibleInterface*> selectedCells() const override {
        QAccessibleInterface* focused = focusChild();
        return focused ? QList{focused} : QList<QAccessibleInterface*>();
    }
    // Whole rows and columns are not selected here; a cell is, through its own actions.
    int selectedRowCount() const override { return 0; }
    int selectedColumnCount() const override { return 0; }
    QList<int> selectedRows() const override { return {}; }
    QList<int> selectedColumns() const override { return {}; }
    bool isRowSelected(int) const override { return false; }
    bool isColumnSelected(int) const override { return false; }
    bool selectRow(int) override { return false; }
    bool selectColumn(int) override { return false; }
    bool unselectRow(int) override { return false; }
    bool unselectColumn(int) override { return false; }
    void modelChange(QAccessibleTableModelChangeEvent*) override {}

private:
    GridRef m_grid;
    mutable std::map<std::pair<int, int>, Registered<CellAccessible>> m_cells;
};

QAccessibleInterface* CellAccessible::parent() const { return m_table; }

/// Children: the picture's grids in order, then child widgets (a running editor, scroll bars).
class CanvasAccessible : public QAccessibleWidget {
public:
    explicit CanvasAccessible(Canvas* canvas) : QAccessibleWidget(canvas, QAccessible::Grouping) {}

    TableAccessible* table(GridRef grid) const {
        forget_absent();
        for (const auto& table : m_tables)
            if (table->grid() == grid) return table.get();
        if (!canvas()->diagram().grid(grid)) return nullptr;
        return m_tables.emplace_back(registered(new TableAccessible(canvas(), grid))).get();
    }

    QString text(QAccessible::Text kind) const override {
        if (kind == QAccessible::Name) return canvas()->diagram().title;
        if (kind == QAccessible::Description) return canvas()->diagram().description;
        return QAccessibleWidget::text(kind);
    }
    int childCount() const override { return grid_count() + QAccessibleWidget::childCount(); }
    QAccessibleInterface* child(int index) const override {
        if (index < 0 || index >= grid_count())
            return QAccessibleWidget::child(index - grid_count());
        return table(distinct_grids(canvas()->diagram())[static_cast<std::size_t>(index)]->grid);
    }
    int indexOfChild(const QAccessibleInterface* child) const override {
        if (const auto* wanted = dynamic_cast<const TableAccessible*>(child)) {
            const auto grids = distinct_grids(canvas()->diagram());
            const auto found = std::find_if(grids.begin(), grids.end(), [wanted](const auto* grid) {
                return grid->grid == wanted->grid();
            });
            return found == grids.end() ? -1 : static_cast<int>(found - grids.begin());
        }
        const int index = QAccessibleWidget::indexOfChild(child);
        return index < 0 ? -1 : grid_count() + index;
    }
    QAccessibleInterface* childAt(int x, int y) const override {
        for (int i = 0; i < childCount(); ++i) {
            QAccessibleInterface* part = child(i);
            if (part && !part->state().invisible && part->rect().contains(x, y)) return part;
        }
        return nullptr;
    }
    QAccessibleInterface* focusChild() const override {
        if (const auto current = canvas()->currentCell(); current && canvas()->hasFocus())
            if (TableAccessible* grid = table(current->grid))
                return grid->cell(current->row, current->column);
        return QAccessibleWidget::focusChild();
    }

private:
    Canvas* canvas() const { return static_cast<Canvas*>(widget()); }
    int grid_count() const { return static_cast<int>(distinct_grids(canvas()->diagram()).size()); }
    void forget_absent() const {
        std::erase_if(m_tables, [](const auto& table) { return !table->isValid(); });
    }

    mutable std::vector<Registered<TableAccessible>> m_tables;
};

QAccessibleInterface* make_accessible(const QString& class_name, QObject* object) {
    if (class_name != QLatin1String(Canvas::staticMetaObject.className())) return nullptr;
    return new CanvasAccessible(static_cast<Canvas*>(object));
}

CanvasAccessible* accessible(Canvas* canvas) {
    return static_cast<CanvasAccessible*>(QAccessible::queryAccessibleInterface(canvas));
}

}  // namespace

void install_canvas_accessibility() { QAccessible::installFactory(make_accessible); }

void forget_canvas(Canvas* canvas) {
    QAccessible::deleteAccessibleInterface(QAccessible::uniqueId(accessible(canvas)));
}

void announce_picture(Canvas* canvas, const diagram::Diagram& before) {
    if (!QAccessible::isActive()) return;
    const diagram::Diagram& now = canvas->diagram();
    const auto tell = [canvas](QAccessible::Event what) {
        QAccessibleEvent event(canvas, what);
        QAccessible::updateAccessibility(&event);
    };
    const bool same_tables =
        std::equal(before.grids.begin(), before.grids.end(), now.grids.begin(), now.grids.end(),
                   [](const GridInfo& a, const GridInfo& b) {
                       return a.grid == b.grid && a.rows == b.rows && a.columns == b.columns;
                   });
    if (!same_tables) tell(QAccessible::ObjectReorder);
    if (before.title != now.title) tell(QAccessible::NameChanged);
    if (before.description != now.description) tell(QAccessible::DescriptionChanged);
}

void announce_cell(Canvas* canvas) {
    if (!QAccessible::isActive() || !canvas->hasFocus()) return;
    const auto current = canvas->currentCell();
    TableAccessible* table = current ? accessible(canvas)->table(current->grid) : nullptr;
    CellAccessible* cell = table ? table->cell(current->row, current->column) : nullptr;
    QAccessibleInterface* focused = cell ? cell : QAccessible::queryAccessibleInterface(canvas);
    QAccessibleEvent event(focused, QAccessible::Focus);
    QAccessible::updateAccessibility(&event);
}

}  // namespace ui::widgets
