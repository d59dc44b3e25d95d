// SPDX-License-Identifier: MIT
// Typing a number into a cell: what is no number stays in the editor and says so.
#include "ui/widgets/canvas/cell_editor.h"

#include <algorithm>

#include <QAccessible>
#include <QFocusEvent>
#include <QKeyEvent>

#include "ui/diagram/number_text.h"
#include "ui/paint/fonts.h"
#include "ui/words/error_text.h"
#include "ui/words/plain_text.h"

namespace ui::widgets {

CellEditor::CellEditor(QWidget* canvas) : QLineEdit(canvas), m_problem(new QLabel(canvas)) {
    paint::load_fonts();
    setAlignment(Qt::AlignCenter);
    setMaxLength(64);
    setContextMenuPolicy(Qt::NoContextMenu);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->setMargin(6);
    connect(this, &QLineEdit::textEdited, this, [this] { setProblem({}); });
    QLineEdit::hide();
    m_problem->hide();
}

void CellEditor::open(const diagram::CellRef& cell, const QString& name, const QString& text,
                      Entry entry) {
    m_cell = cell;
    m_entry = entry;
    setAccessibleName(name);
    setProblem({});
    setText(text);
    if (entry == Entry::opened) selectAll();
    QLineEdit::show();
    raise();
    setFocus(Qt::OtherFocusReason);
}

void CellEditor::close() {
    if (!m_cell) return;
    m_cell.reset();  // first, as hiding takes the focus away
    setProblem({});
    const bool had_focus = hasFocus();
    if (had_focus) parentWidget()->setFocus(Qt::OtherFocusReason);
    QLineEdit::hide();
}

void CellEditor::setTheme(const diagram::Theme& theme) {
    if (theme.name == m_theme.name) return;
    m_theme = theme;
    if (isOpen()) setProblem(accessibleDescription());
}

void CellEditor::place(const QRectF& cell_rect) {
    const double size = std::clamp(cell_rect.height() * 0.42, 12.0, 28.0);
    setFont(paint::font_of(diagram::Face::numbers, diagram::FontWeight::bold, std::round(size)));
    const QFontMetricsF metrics(font());
    const QRectF inside(parentWidget()->rect());
    QRectF rect = cell_rect;
    rect.setWidth(std::max(rect.width(), metrics.horizontalAdvance(QStringLiteral("−0.0000"))));
    rect.setHeight(std::max(rect.height(), metrics.height() + 8));
    rect.moveCenter(cell_rect.center());
    rect.moveLeft(std::max(inside.left(), std::min(rect.left(), inside.right() - rect.width())));
    rect.moveTop(std::max(inside.top(), std::min(rect.top(), inside.bottom() - rect.height())));
    setGeometry(rect.toAlignedRect());
    if (m_problem->text().isEmpty()) return;

    const double width =
        std::min(inside.width(), 24.0 * m_problem->fontMetrics().averageCharWidth());
    const int height = m_problem->heightForWidth(static_cast<int>(width));
    QRectF below(rect.left(), rect.bottom() + 4, width, height);
    if (below.bottom() > inside.bottom()) below.moveBottom(rect.top() - 4);
    below.moveLeft(std::max(0.0, std::min(below.left(), inside.right() - width)));
    m_problem->setGeometry(below.toAlignedRect());
}

bool CellEditor::commit(std::optional<Move> then) {
    if (!m_cell) return true;
    const QString written = text().trimmed();
    const auto typed =
        written.isEmpty() ? formats::TypedNumber{} : formats::read_typed_number(written);
    if (typed) {
        emit committed(*typed, then);
        return true;
    }
    if (typed.error().code == engine::ErrorCode::not_finite)
        setProblem(words::error_text(typed.error()));
    else
        setProblem(
            tr("“%1” is not a number. Write it like %2.")
                .arg(words::harmless(written, maxLength()), diagram::full_number_text(-1.25F)));
    return false;
}

void CellEditor::setProblem(const QString& sentence) {
    using diagram::Role;
    const bool bad = !sentence.isEmpty();
    const auto colour = [this](Role role) { return m_theme.colour(role).name(); };
    // Its own sheet: the program's one gives line edits a padding that cells have no room for.
    setStyleSheet(QStringLiteral("QLineEdit { border: 2px %1 %2; border-radius: 4px; padding: 0; "
                                 "margin: 0; min-height: 0; background: %3; color: %4; }")
                      .arg(bad ? QStringLiteral("dashed") : QStringLiteral("solid"),
                           colour(bad ? Role::warning : Role::ink), colour(Role::panel),
                           colour(Role::ink)));
    m_problem->setStyleSheet(
        QStringLiteral("QLabel { border: 1px solid %1; border-radius: 4px; background: %2; "
                       "color: %3; }")
            .arg(colour(Role::warning), colour(Role::panel), colour(Role::ink)));
    m_problem->setText(bad ? QStringLiteral("▲ ") + sentence : QString());
    m_problem->setVisible(bad);
    if (sentence != accessibleDescription()) setAccessibleDescription(sentence);
    if (!bad) return;
    m_problem->raise();
    place(QRectF(geometry()));
    QAccessibleEvent alert(m_problem, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

bool CellEditor::event(QEvent* event) {
    // Keys of the whole window (Space plays, Esc leaves) wait while a number is written.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (!(key->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier))) {
            event->accept();
            return true;
        }
    }
    return QLineEdit::event(event);
}

void CellEditor::keyPressEvent(QKeyEvent* event) {
    const bool moves_on = m_entry == Entry::typed;
    const bool vertical = event->key() == Qt::Key_Up || event->key() == Qt::Key_Down;
    if (vertical && event->modifiers().testFlag(Qt::AltModifier)) {
        // A nudge is the canvas's.
        if (commit(std::nullopt)) event->ignore();
        return;
    }
    switch (event->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
            commit(Move::down);
            return;
        case Qt::Key_Up:
            commit(Move::up);
            return;
        case Qt::Key_Down:
            commit(Move::down);
            return;
        case Qt::Key_Escape:
            emit cancelled();
            return;
        case Qt::Key_Left:
            if (!moves_on || event->modifiers()) break;
            commit(Move::left);
            return;
        case Qt::Key_Right:
            if (!moves_on || event->modifiers()) break;
            commit(Move::right);
            return;
        default:
            break;
    }
    QLineEdit::keyPressEvent(event);
}

void CellEditor::focusOutEvent(QFocusEvent* event) {
    QLineEdit::focusOutEvent(event);
    if (event->reason() == Qt::PopupFocusReason || event->reason() == Qt::ActiveWindowFocusReason)
        return;
    commit(std::nullopt);
}

bool CellEditor::focusNextPrevChild(bool next) {
    commit(next ? Move::next : Move::previous);
    return true;
}

}  // namespace ui::widgets
