// SPDX-License-Identifier: MIT
// The open lesson, its undo history and its file.
#include "ui/document/document.h"

#include <QUndoCommand>

#include "ui/document/session.h"

namespace ui::document {

namespace {
/// Edits of one gesture further apart than this are two undo entries.
constexpr qint64 gesture_pause_ms = 1000;
constexpr int edit_lesson_id = 1;
/// Every entry may hold a tensor of its own: 200 pictures of 1024 × 1024 are 800 MB.
constexpr int undo_limit = 200;
}  // namespace

/// The only command of the program: whole values before and after. Tensors share their storage, so a
/// snapshot costs pointers.
class Document::EditLesson : public QUndoCommand {
public:
    EditLesson(Document& document, engine::Lesson after, const QString& text, QString mergeKey)
        : QUndoCommand(text),
          m_document(document),
          m_before(document.m_file.lesson),
          m_after(std::move(after)),
          m_view(document.m_file.view),
          m_mergeKey(std::move(mergeKey)),
          m_gesture(document.m_gesture) {
        m_view.hovered.reset();
    }

    void undo() override {
        m_document.endGesture();
        m_document.show(m_before, m_view);
    }

    void redo() override {
        if (m_done) m_document.endGesture();
        // The first time the view stays where it is: the edit was made where the user is looking.
        m_document.show(m_after,
                        m_document.carried(m_done ? m_view : m_document.m_file.view, m_after));
        m_done = true;
    }

    int id() const override { return edit_lesson_id; }

    bool mergeWith(const QUndoCommand* other) override {
        const auto* next = static_cast<const EditLesson*>(other);
        if (m_mergeKey.isEmpty() || next->m_mergeKey != m_mergeKey || next->m_gesture != m_gesture)
            return false;
        m_after = next->m_after;
        setText(next->text());
        setObsolete(m_after == m_before);  // dragged there and back: nothing to undo
        return true;
    }

private:
    Document& m_document;
    engine::Lesson m_before;
    engine::Lesson m_after;
    diagram::View m_view;  ///< where the edit was made; undo and redo return there
    QString m_mergeKey;
    qint64 m_gesture = 0;
    bool m_done = false;
};

Document::Document(QObject* parent) : QObject(parent) {
    m_undo.setUndoLimit(undo_limit);
    connect(&m_undo, &QUndoStack::cleanChanged, this,
            [this](bool clean) { emit modifiedChanged(!clean); });
}

bool Document::isModified() const { return !m_undo.isClean(); }

void Document::edit(engine::Lesson lesson, const QString& text, const QString& mergeKey) {
    if (lesson == m_file.lesson) return;
    if (m_sinceEdit.isValid() && m_sinceEdit.hasExpired(gesture_pause_ms)) endGesture();
    m_sinceEdit.start();
    m_undo.push(new EditLesson(*this, std::move(lesson), text, mergeKey));
}

void Document::endGesture() { ++m_gesture; }

void Document::setView(const diagram::View& view) {
    if (view == m_file.view) return;
    m_file.view = view;
    emit viewChanged();
}

void Document::reset(LessonFile file, const QString& path) {
    endGesture();
    m_file = std::move(file);
    m_placed = m_file.lesson;
    m_undo.clear();
    setPath(path);
    emit lessonChanged();
    emit viewChanged();
}

engine::Result<QString> Document::saveAs(const QString& path) {
    endGesture();
    LessonFile file = m_file;
    file.view = valid_for(file.lesson, file.view);
    auto saved = save_lesson(file, path);
    if (!saved) return saved;
    m_undo.setClean();
    setPath(path);
    return saved;
}

void Document::show(const engine::Lesson& lesson, const diagram::View& view) {
    const bool moved = view != m_file.view;
    m_file.lesson = lesson;
    m_file.view = view;
    if (carried_over(view, lesson, lesson)) m_placed = lesson;
    emit lessonChanged();
    if (moved) emit viewChanged();
}

diagram::View Document::carried(const diagram::View& view, const engine::Lesson& to) const {
    return carried_over(view, m_placed, to).value_or(view);
}

void Document::setPath(const QString& path) {
    if (path == m_path) return;
    m_path = path;
    emit pathChanged(m_path);
}

}  // namespace ui::document
