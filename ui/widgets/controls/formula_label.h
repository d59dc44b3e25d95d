// SPDX-License-Identifier: MIT
// An equation in mono type, wrapped so that its equals signs stand below each other. Its terms can
// be pointed at, by the pointer or by the keyboard.
#pragma once

#include <vector>

#include <QLabel>

#include "ui/widgets/controls/style.h"

namespace ui::widgets {

/// A word, a number or a sign.
struct FormulaWord {
    QString text;
    int term = -1;  ///< which one it belongs to, if any
    bool marked = false;
    bool spaced = true;  ///< a space stands before it, unless it begins a line
    bool operator==(const FormulaWord&) const = default;
};

/// A text as words that belong to no term.
std::vector<FormulaWord> formula_words(const QString& text);

class FormulaLabel : public QLabel {
    Q_OBJECT
public:
    explicit FormulaLabel(TextRole role, QWidget* parent = nullptr);

    /// "out = in × strides = 2 × 2 = 4": broken before a " = ", and at spaces where that is not
    /// enough. `sentences`: of each term, what it is for.
    void show(std::vector<FormulaWord> words, const QStringList& sentences = {},
              const QString& latex = {});
    using QWidget::show;
    int termCount() const { return static_cast<int>(m_sentences.size()); }
    int term() const { return m_term; }  ///< pointed at; -1: none
    QRect termRect(int term) const;      ///< its first line
    QString sentence(int term) const { return m_sentences.value(term); }
    void pointAt(int term);
    /// To the next or the one before, if there is one.
    bool step(int by);
    void copyText() const;
    void copyLatex() const;

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void pointed(int term);  ///< -1: at none any more

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    struct Placed {
        int line = 0;
        int column = 0;
    };
    std::vector<Placed> placed(int width) const;
    int lineHeight() const;
    double advance() const;
    QRectF rectOf(std::size_t word, const Placed& place) const;
    int termAt(QPointF point) const;
    void speak();

    std::vector<FormulaWord> m_words;
    QStringList m_sentences;
    QString m_latex;
    int m_term = -1;
    bool m_byPointer = false;
};

}  // namespace ui::widgets
