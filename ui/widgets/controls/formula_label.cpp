// SPDX-License-Identifier: MIT
// Wrapping counts characters: the face is mono.
#include "ui/widgets/controls/formula_label.h"

#include <algorithm>

#include <QAccessible>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QFontMetricsF>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>

namespace ui::widgets {

namespace {

const QString equals = QStringLiteral("=");

int length(const FormulaWord& word) { return static_cast<int>(word.text.size()); }

/// Characters from one word up to before another, with the spaces between them.
int length(const std::vector<FormulaWord>& words, std::size_t first, std::size_t last) {
    int sum = 0;
    for (std::size_t i = first; i < last; ++i)
        sum += length(words[i]) + (i > first && words[i].spaced ? 1 : 0);
    return sum;
}

QString text_of(const std::vector<FormulaWord>& words) {
    QString text;
    for (const FormulaWord& word : words) {
        if (!text.isEmpty() && word.spaced) text += u' ';
        text += word.text;
    }
    return text;
}

}  // namespace

std::vector<FormulaWord> formula_words(const QString& text) {
    std::vector<FormulaWord> words;
    for (const QString& word : text.split(u' ', Qt::SkipEmptyParts)) words.push_back({word});
    return words;
}

FormulaLabel::FormulaLabel(TextRole role, QWidget* parent) : QLabel(parent) {
    setTextFormat(Qt::PlainText);
    set_text_role(this, role);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setMouseTracking(true);
    ensurePolished();
}

void FormulaLabel::show(std::vector<FormulaWord> words, const QStringList& sentences,
                        const QString& latex) {
    m_latex = latex;
    setFocusPolicy(sentences.isEmpty() ? Qt::NoFocus : Qt::TabFocus);
    if (words == m_words && sentences == m_sentences) return;
    const bool was_pointed = m_term >= 0;
    m_words = std::move(words);
    m_sentences = sentences;
    m_term = -1;
    setText(text_of(m_words));
    speak();
    updateGeometry();
    update();
    if (was_pointed) emit pointed(-1);
}

/// Where each word stands: a part that does not fit beside the one before begins a line, its equals
/// sign below the first.
std::vector<FormulaLabel::Placed> FormulaLabel::placed(int width) const {
    const int room = std::max(static_cast<int>(width / advance()), 12);
    std::vector<Placed> places(m_words.size());
    const std::size_t count = m_words.size();
    const auto next_part = [&](std::size_t from) {
        while (from < count && m_words[from].text != equals) ++from;
        return from;
    };
    const bool fits = length(m_words, 0, count) <= room;
    const std::size_t first_equals = next_part(0);
    const int left = length(m_words, 0, first_equals);
    // A sum without a name on its left has no place to stand below.
    const bool is_named = first_equals < count && left <= room / 2;
    const int below_equals = is_named ? left + 1 : 0;
    const int indent = is_named ? below_equals + 2 : 2;
    Placed at;
    const auto new_line = [&](int column) { at = {at.line + 1, column}; };
    for (std::size_t i = 0; i < count; ++i) {
        const bool begins_part = m_words[i].text == equals;
        if (begins_part && !fits && is_named && i != first_equals) {
            const int part = length(m_words, i, next_part(i + 1));
            if (at.column + 1 + part > room) new_line(below_equals);
        }
        const int space = at.column > 0 && m_words[i].spaced && i > 0 ? 1 : 0;
        const bool at_begin = at.column == below_equals && begins_part && at.line > 0;
        if (!at_begin) {
            // What belongs to a word without a space goes on with it.
            std::size_t end = i + 1;
            while (end < count && !m_words[end].spaced) ++end;
            const bool may_break = m_words[i].spaced && i > 0 && at.column > indent;
            if (!fits && may_break && at.column + space + length(m_words, i, end) > room)
                new_line(indent);
            else if (at.column != indent || at.line == 0)
                at.column += space;
        }
        places[i] = at;
        at.column += length(m_words[i]);
    }
    return places;
}

double FormulaLabel::advance() const { return QFontMetricsF(font()).horizontalAdvance(u'0'); }
int FormulaLabel::lineHeight() const { return qRound(fontMetrics().height() * 1.18); }

QRectF FormulaLabel::rectOf(std::size_t word, const Placed& place) const {
    return {place.column * advance(), static_cast<double>(place.line) * lineHeight(),
            length(m_words[word]) * advance(), static_cast<double>(lineHeight())};
}

int FormulaLabel::heightForWidth(int width) const {
    const std::vector<Placed> places = placed(width);
    return (places.empty() ? 1 : places.back().line + 1) * lineHeight();
}

QSize FormulaLabel::sizeHint() const {
    return {fontMetrics().horizontalAdvance(text()), lineHeight()};
}

QSize FormulaLabel::minimumSizeHint() const {
    return {fontMetrics().horizontalAdvance(u'0') * 12, lineHeight()};
}

QRect FormulaLabel::termRect(int term) const {
    const std::vector<Placed> places = placed(width());
    QRectF rect;
    for (std::size_t i = 0; i < m_words.size(); ++i) {
        if (m_words[i].term != term) continue;
        const QRectF word = rectOf(i, places[i]);
        if (rect.isNull() || word.top() == rect.top()) rect |= word;
    }
    return rect.toAlignedRect();
}

int FormulaLabel::termAt(QPointF point) const {
    const std::vector<Placed> places = placed(width());
    for (std::size_t i = 0; i < m_words.size(); ++i) {
        // The space before a word belongs to it, if that is within a term.
        const bool inside = i > 0 && m_words[i].spaced && m_words[i - 1].term == m_words[i].term &&
                            places[i - 1].line == places[i].line;
        if (rectOf(i, places[i]).adjusted(inside ? -advance() : 0, 0, 0, 0).contains(point))
            return m_words[i].term;
    }
    return -1;
}

void FormulaLabel::pointAt(int term) {
    if (term >= termCount()) term = -1;
    if (term == m_term) return;
    m_term = term;
    speak();
    update();
    emit pointed(term);
}

bool FormulaLabel::step(int by) {
    const int next = m_term < 0 ? (by > 0 ? 0 : termCount() - 1) : m_term + by;
    if (next < 0 || next >= termCount()) return false;
    m_byPointer = false;
    pointAt(next);
    return true;
}

/// The equation, and what the term is that is pointed at.
void FormulaLabel::speak() {
    const QString said = m_term < 0 ? QString() : sentence(m_term);
    if (accessibleDescription() == said) return;
    setAccessibleDescription(said);
    if (!QAccessible::isActive()) return;
    QAccessibleEvent event(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
}

void FormulaLabel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor ink = palette().color(QPalette::WindowText);
    const QColor usual = palette().color(foregroundRole());
    const std::vector<Placed> places = placed(width());
    QFont bold = font();
    bold.setBold(true);
    // Behind the words of a term, joined where they stand in one line.
    for (std::size_t i = 0; i < m_words.size(); ++i) {
        const int term = m_words[i].term;
        if (term < 0 ||
            (i > 0 && m_words[i - 1].term == term && places[i - 1].line == places[i].line))
            continue;
        QRectF rect = rectOf(i, places[i]);
        for (std::size_t j = i + 1;
             j < m_words.size() && m_words[j].term == term && places[j].line == places[i].line; ++j)
            rect |= rectOf(j, places[j]);
        if (m_words[i].marked) {
            painter.setPen(QPen(ink, 1.4));
            const double y = rect.bottom() - 1.2;
            painter.drawLine(QPointF(rect.left(), y), QPointF(rect.right(), y));
        }
        if (term != m_term) continue;
        QColor ground = ink;
        ground.setAlphaF(0.12F);
        painter.setPen(QPen(ink, hasFocus() ? 2 : 1));
        painter.setBrush(ground);
        painter.drawRoundedRect(rect.adjusted(-1.5, 0.5, 1.5, -0.5), 3, 3);
    }
    for (std::size_t i = 0; i < m_words.size(); ++i) {
        const bool strong = m_words[i].marked || (m_term >= 0 && m_words[i].term == m_term);
        painter.setFont(m_words[i].marked ? bold : font());
        painter.setPen(strong ? ink : usual);
        painter.drawText(rectOf(i, places[i]), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip,
                         m_words[i].text);
    }
}

bool FormulaLabel::event(QEvent* event) {
    // The stage's keys step, copying is a menu's: here they are the formula's own.
    if (event->type() == QEvent::ShortcutOverride && termCount() > 0) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->matches(QKeySequence::Copy) || key->key() == Qt::Key_Left ||
            key->key() == Qt::Key_Right) {
            event->accept();
            return true;
        }
    }
    return QLabel::event(event);
}

void FormulaLabel::mouseMoveEvent(QMouseEvent* event) {
    m_byPointer = true;
    pointAt(termAt(event->position()));
}

void FormulaLabel::leaveEvent(QEvent* event) {
    QLabel::leaveEvent(event);
    if (m_byPointer) pointAt(-1);
}

void FormulaLabel::focusInEvent(QFocusEvent* event) {
    QLabel::focusInEvent(event);
    if (event->reason() != Qt::MouseFocusReason && m_term < 0) step(1);
    update();
}

void FormulaLabel::focusOutEvent(QFocusEvent* event) {
    QLabel::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason) pointAt(-1);
    update();
}

void FormulaLabel::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Copy)) return copyText();
    if (event->key() == Qt::Key_Right && event->modifiers() == Qt::NoModifier)
        step(1);
    else if (event->key() == Qt::Key_Left && event->modifiers() == Qt::NoModifier)
        step(-1);
    else
        QLabel::keyPressEvent(event);
}

void FormulaLabel::copyText() const { QGuiApplication::clipboard()->setText(text()); }
void FormulaLabel::copyLatex() const { QGuiApplication::clipboard()->setText(m_latex); }

void FormulaLabel::contextMenuEvent(QContextMenuEvent* event) {
    if (m_latex.isEmpty()) return QLabel::contextMenuEvent(event);
    QMenu menu(this);
    menu.addAction(tr("Copy as text"), this, &FormulaLabel::copyText);
    menu.addAction(tr("Copy as LaTeX"), this, &FormulaLabel::copyLatex);
    menu.exec(event->globalPos());
}

}  // namespace ui::widgets
