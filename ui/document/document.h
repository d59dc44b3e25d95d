// SPDX-License-Identifier: MIT
// The open lesson: its value, its undo history and its file.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <QElapsedTimer>
#include <QObject>
#include <QUndoStack>

#include "ui/formats/lesson_door.h"

namespace ui::document {

class Document : public QObject {
    Q_OBJECT
public:
    explicit Document(QObject* parent = nullptr);

    const engine::Lesson& lesson() const { return m_file.lesson; }
    const diagram::View& view() const { return m_file.view; }
    const formats::LessonFile& file() const { return m_file; }
    QString path() const { return m_path; }  ///< empty: never saved
    /// Of the file at the path: how it is written again.
    const formats::LessonFormat& format() const { return *m_format; }
    bool isModified() const;  ///< content only; what is looked at does not count
    QUndoStack* undoStack() { return &m_undo; }
    /// Numbers that only the history holds; beyond max_history_count its oldest entries are
    /// forgotten.
    std::int64_t historyCount() const { return m_historyCount; }
    static constexpr std::int64_t max_history_count = std::int64_t{64} << 20;  ///< 256 MiB

    /// The lesson that the notes of now were written for: the first that had them. Null: it is not
    /// known any more.
    const engine::Lesson* writtenFor() const;
    /// Do the notes speak of the lesson of now (words::notes_hold)?
    bool doNotesHold() const;

    /// One undo entry; equal lessons mean nothing happened. Edits with the same non-empty merge key
    /// fold into one until endGesture() or a pause of one second. Undo and redo return to the
    /// layer, filter and channel of now; in that layer they keep the step, as far as it still
    /// exists.
    void edit(engine::Lesson lesson, const QString& text, const QString& mergeKey = {});
    void endGesture();

    /// Looking, not editing.
    void setView(const diagram::View& view);

    /// New content, empty history.
    void reset(formats::LessonFile file, const QString& path = {},
               const formats::LessonFormat& format = formats::own_format());
    /// A file that cannot hold all of the lesson is a copy: what is open stays unsaved, in its
    /// file.
    engine::Result<formats::SavedLesson> saveAs(
        const QString& path, const formats::LessonFormat& format = formats::own_format());

signals:
    void lessonChanged();
    void viewChanged();
    void modifiedChanged(bool modified);
    void pathChanged(const QString& path);

private:
    class EditLesson;
    void show(const engine::Lesson& lesson, const diagram::View& view);
    /// The view's step in the numbering of another lesson, if that has one.
    diagram::View carried(const diagram::View& view, const engine::Lesson& to) const;
    void setFile(const QString& path, const formats::LessonFormat& format);
    void rememberNotes(const engine::Lesson& lesson, bool outdated);
    std::int64_t countHistory() const;
    void forgetOldest();

    formats::LessonFile m_file;
    engine::Lesson m_placed;  ///< the last possible lesson: the view's step is one of its steps
    /// Notes that the history has had, and what they were written for.
    struct Notes {
        std::string notes;
        std::optional<engine::Lesson> written_for;
    };
    std::vector<Notes> m_notes;
    QString m_path;
    const formats::LessonFormat* m_format = &formats::own_format();
    QUndoStack m_undo;
    std::int64_t m_historyCount = 0;
    qint64 m_gesture = 0;  ///< edits fold only within the same gesture
    QElapsedTimer m_sinceEdit;
};

}  // namespace ui::document
