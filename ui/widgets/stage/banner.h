// SPDX-License-Identifier: MIT
// Sentences laid over or below the stage: what went wrong, and what a lesson wants to say.
#pragma once

#include <QFrame>

class QLabel;
class QPushButton;
class QScrollArea;

namespace ui::widgets {

/// One sentence that stays until it is closed or no longer true; never blocks.
class ProblemBanner : public QFrame {
    Q_OBJECT
public:
    explicit ProblemBanner(QWidget* parent = nullptr);
    void show(const QString& sentence);  ///< empty: goes away
    using QWidget::show;
    QString sentence() const;

signals:
    void closed();

private:
    QLabel* m_text;
};

/// The notes of a lesson, where it stands in its course, and the way to the next one.
class NotesBanner : public QFrame {
    Q_OBJECT
public:
    explicit NotesBanner(QWidget* parent = nullptr);
    /// `place` as in "1 of 6", `back` and `next` the titles of the lessons before and after it;
    /// each may be empty.
    void show(const QString& place, const QString& notes, const QString& back, const QString& next);
    using QWidget::show;

signals:
    void backRequested();
    void nextRequested();
    void closed();

protected:
    bool event(QEvent* event) override;

private:
    void fit();

    QLabel* m_place;
    QScrollArea* m_scroll;
    QLabel* m_text;
    QString m_nextTitle;
    QPushButton* m_back;
    QPushButton* m_next;
};

}  // namespace ui::widgets
