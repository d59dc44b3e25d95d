// SPDX-License-Identifier: MIT
// The line edit that opens over a cell of the canvas.
#pragma once

#include <optional>

#include <QLabel>
#include <QLineEdit>

#include "ui/diagram/diagram.h"
#include "ui/diagram/theme.h"
#include "ui/formats/number_reader.h"
#include "ui/widgets/canvas/grid_cursor.h"

namespace ui::widgets {

class CellEditor : public QLineEdit {
    Q_OBJECT
public:
    explicit CellEditor(QWidget* canvas);

    /// How the cell was entered decides what ← and → do: move on, as in a spreadsheet, or move the
    /// text cursor.
    enum class Entry { typed, opened };
    void open(const diagram::CellRef& cell, const QString& name, const QString& text, Entry entry);
    void close();
    bool isOpen() const { return m_cell.has_value(); }
    std::optional<diagram::CellRef> cell() const { return m_cell; }

    void setTheme(const diagram::Theme& theme);
    /// Over its cell, at least as large as a number needs, inside the canvas.
    void place(const QRectF& cell_rect);

    /// False, with a sentence below the cell, if the text is not a number. An empty text is 0.
    bool commit(std::optional<Move> then);

signals:
    void committed(const ui::formats::TypedNumber& typed, std::optional<ui::widgets::Move> then);
    void cancelled();

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool focusNextPrevChild(bool next) override;

private:
    void setProblem(const QString& sentence);

    std::optional<diagram::CellRef> m_cell;
    Entry m_entry = Entry::opened;
    diagram::Theme m_theme;
    QLabel* m_problem;
};

}  // namespace ui::widgets
