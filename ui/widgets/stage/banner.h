// SPDX-License-Identifier: MIT
// Sentences laid over or below the stage: what went wrong, and what a lesson wants to say.
#pragma once

#include <QFrame>
#include <QString>

#include "ui/widgets/stage/notes_text.h"

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace ui::widgets {

/// What is said over the stage.
struct Message {
    QString sentence;     ///< empty: nothing
    bool problem = true;  ///< else a word about what was done
    QString other = {};   ///< what a click does instead, in a button's words
    bool operator==(const Message&) const = default;
};

/// One sentence that stays until it is closed or no longer true; never blocks, and moves nothing:
/// it lies over the stage.
class MessageBanner : public QFrame {
    Q_OBJECT
public:
    explicit MessageBanner(QWidget* parent = nullptr);
    void show(const Message& message);
    using QWidget::show;
    QString sentence() const;
    /// At the lower rim of a rectangle, as high as its words need.
    void place(const QRect& inside);

signals:
    void otherTaken();
    void closed();

private:
    Message m_message;
    QRect m_inside;
    QLabel* m_sign;
    QLabel* m_text;
    QPushButton* m_other;
};

/// The notes of a lesson, where it stands in its course, and the way to the next one.
class NotesBanner : public QFrame {
    Q_OBJECT
public:
    explicit NotesBanner(QWidget* parent = nullptr);
    /// `place` as in "1 of 6", `back` and `next` the titles of the lessons before and after it;
    /// each may be empty.
    void show(const QString& place, const ShownNotes& notes, const QString& back,
              const QString& next);
    using QWidget::show;
    NotesText* words() { return m_words; }

signals:
    void backRequested();
    void nextRequested();
    void closed();

protected:
    bool event(QEvent* event) override;

private:
    void fit();

    QLabel* m_place;
    NotesText* m_words;
    QString m_nextTitle;
    QHBoxLayout* m_course;
    QPushButton* m_back;
    QPushButton* m_next;
    bool m_goesOn = false;  ///< there is a lesson before or after
};

}  // namespace ui::widgets
