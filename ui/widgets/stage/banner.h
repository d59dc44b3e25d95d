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

/// Where a lesson stands among others, and the ways that lead on.
struct Way {
    enum class Ahead {
        lesson,   ///< the next one, where there is one
        phases,   ///< of this lesson, not seen yet
        ending,   ///< of the course
        nothing,  ///< the course has ended: it may start over, or something else begin
    };
    QString place = {};  ///< "1 of 6"
    QString back = {};   ///< the titles of the lessons before and after; each may be empty
    QString next = {};
    Ahead ahead = Ahead::lesson;
};

/// The notes of a lesson, where it stands in its course, and the way to the next one.
class NotesBanner : public QFrame {
    Q_OBJECT
public:
    explicit NotesBanner(QWidget* parent = nullptr);
    void show(const ShownNotes& notes, const Way& way);
    using QWidget::show;
    NotesText* words() { return m_words; }

signals:
    void backRequested();
    void nextRequested();
    void continueRequested();  ///< to play what was not seen yet
    void endRequested();       ///< of the course
    // When it has ended:
    void courseRequested();
    void puzzleRequested();
    void shapeRequested();
    void closed();

protected:
    bool event(QEvent* event) override;

private:
    void fit();

    QLabel* m_place;
    NotesText* m_words;
    Way m_way;
    QHBoxLayout* m_course;
    QPushButton* m_back;
    QPushButton* m_next;
    QPushButton* m_again;  ///< these where the course has ended
    QPushButton* m_puzzle;
    QPushButton* m_shape;
    bool m_goesOn = false;  ///< there is a lesson before or after
};

}  // namespace ui::widgets
