// SPDX-License-Identifier: MIT
// The open lesson, its undo history and its file.
#include "ui/document/document.h"

#include <algorithm>
#include <set>
#include <utility>

#include <QSignalBlocker>
#include <QUndoCommand>

#include "engine/lessons/comparison.h"
#include "ui/document/session.h"
#include "ui/formats/shipped_lessons.h"
#include "ui/words/lesson_notes.h"

namespace ui::document {

namespace {
/// Edits of one gesture further apart than this are two undo entries.
constexpr qint64 gesture_pause_ms = 1000;
constexpr int edit_lesson_id = 1;
constexpr int undo_limit = 1000;
}  // namespace

/// The only command of the program: whole values before and after. Tensors share their storage, so
/// a snapshot costs pointers.
class Document::EditLesson : public QUndoCommand {
public:
    EditLesson(Document& document, engine::Lesson after, const QString& text, QString mergeKey)
        : QUndoCommand(text),
          m_document(document),
          m_before(document.m_file.lesson),
          m_after(std::move(after)),
          m_view(diagram::settled(document.m_file.view)),
          m_mergeKey(std::move(mergeKey)),
          m_gesture(document.m_gesture) {}

    /// The same entry for another stack, where nothing has to be done any more.
    EditLesson* copy() const {
        auto* entry = new EditLesson(*this);
        entry->m_copied = true;
        return entry;
    }
    const engine::Lesson& before() const { return m_before; }
    const engine::Lesson& after() const { return m_after; }

    void undo() override {
        m_document.endGesture();
        m_document.show(m_before, isThere() ? m_document.carried(here(), m_before) : there());
    }

    void redo() override {
        if (std::exchange(m_copied, false)) return;
        if (m_done) m_document.endGesture();
        // The first time the view stays where it is: the edit was made where the user is looking.
        const diagram::View view = !m_done ? m_document.m_file.view : isThere() ? here() : there();
        m_document.show(m_after, m_document.carried(view, m_after));
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
    /// Is the layer looked at in which the edit was made? Then its step, reading and pin stay.
    bool isThere() const { return m_document.m_file.view.focus == m_view.focus; }
    diagram::View here() const {
        diagram::View view = m_document.m_file.view;
        view.filter = m_view.filter;
        view.channel = m_view.channel;
        view.hovered.reset();
        return view;
    }
    diagram::View there() const {
        diagram::View view = m_view;
        view.digits = m_document.m_file.view.digits;
        return view;
    }

    EditLesson(const EditLesson& other)
        : QUndoCommand(other.text()),
          m_document(other.m_document),
          m_before(other.m_before),
          m_after(other.m_after),
          m_view(other.m_view),
          m_mergeKey(other.m_mergeKey),
          m_gesture(other.m_gesture),
          m_done(other.m_done) {}

    Document& m_document;
    engine::Lesson m_before;
    engine::Lesson m_after;
    diagram::View m_view;  ///< where the edit was made; undo and redo return to its layer
    QString m_mergeKey;
    qint64 m_gesture = 0;
    bool m_done = false;
    bool m_copied = false;  ///< the stack's first redo of a copy
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
    rememberNotes(lesson, false);
    m_undo.push(new EditLesson(*this, std::move(lesson), text, mergeKey));
    forgetOldest();
}

namespace {
/// Tensors share their numbers: each storage counts once.
class Storages {
public:
    std::int64_t add(const engine::Lesson& lesson) {
        std::int64_t count = 0;
        for (const engine::Tensor& tensor : engine::tensors_of(lesson))
            if (m_seen.insert(tensor.storage()).second) count += tensor.shape().count();
        return count;
    }

private:
    std::set<const void*> m_seen;
};
}  // namespace

std::int64_t Document::countHistory() const {
    Storages storages;
    storages.add(m_file.lesson);
    std::int64_t count = 0;
    for (const Notes& notes : m_notes)
        if (notes.written_for) count += storages.add(*notes.written_for);
    for (int i = 0; i < m_undo.count(); ++i) {
        const auto* entry = static_cast<const EditLesson*>(m_undo.command(i));
        count += storages.add(entry->before()) + storages.add(entry->after());
    }
    return count;
}

// A QUndoStack forgets nothing by itself once it has begun, so the entries that stay go into it
// anew. What can be undone next and whether that is clean stay as they are: nobody is told.
void Document::forgetOldest() {
    m_historyCount = countHistory();
    if (m_historyCount <= max_history_count) return;
    // The newest entries that fit; at least the one just made.
    Storages storages;
    storages.add(m_file.lesson);
    std::int64_t kept_count = 0;
    for (const Notes& notes : m_notes)
        if (notes.written_for) kept_count += storages.add(*notes.written_for);
    int first = m_undo.count();
    while (first > 0) {
        const auto* entry = static_cast<const EditLesson*>(m_undo.command(first - 1));
        kept_count += storages.add(entry->after()) + storages.add(entry->before());
        if (kept_count > max_history_count && first < m_undo.count()) break;
        --first;
    }
    std::vector<EditLesson*> kept;
    for (int i = first; i < m_undo.count(); ++i)
        kept.push_back(static_cast<const EditLesson*>(m_undo.command(i))->copy());
    const int clean = m_undo.cleanIndex() - first;
    const QSignalBlocker silent(m_undo);
    m_undo.clear();
    m_undo.resetClean();
    if (clean == 0) m_undo.setClean();
    for (std::size_t i = 0; i < kept.size(); ++i) {
        m_undo.push(kept[i]);
        if (clean == static_cast<int>(i) + 1) m_undo.setClean();
    }
    m_historyCount = countHistory();
}

void Document::endGesture() { ++m_gesture; }

void Document::setView(const diagram::View& view) {
    if (view == m_file.view) return;
    m_file.view = view;
    emit viewChanged();
}

void Document::reset(formats::LessonFile file, const QString& path,
                     const formats::LessonFormat& format) {
    endGesture();
    m_file = std::move(file);
    m_placed = m_file.lesson;
    m_notes.clear();
    rememberNotes(m_file.lesson, m_file.notes_outdated);
    m_undo.clear();
    m_historyCount = 0;
    setFile(path, format);
    emit lessonChanged();
    emit viewChanged();
}

engine::Result<formats::SavedLesson> Document::saveAs(const QString& path,
                                                      const formats::LessonFormat& format) {
    endGesture();
    formats::LessonFile file = m_file;
    file.view = valid_for(file.lesson, file.view);
    file.notes_outdated = !doNotesHold();
    auto saved = formats::save_lesson(file, path, format);
    if (!saved || !saved->left_out.empty()) return saved;
    m_undo.setClean();
    setFile(path, format);
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
    diagram::View kept = carried_over(view, m_placed, to).value_or(view);
    // They were about what was before.
    kept.pointed = {};
    kept.beside.reset();
    return kept;
}

void Document::rememberNotes(const engine::Lesson& lesson, bool outdated) {
    if (lesson.notes.empty()) return;
    if (std::ranges::find(m_notes, lesson.notes, &Notes::notes) != m_notes.end()) return;
    std::optional<engine::Lesson> written_for;
    if (!outdated) {
        written_for = lesson;
    } else if (const auto shipped = formats::shipped_lesson_with_notes(lesson.notes)) {
        written_for = shipped->lesson;
    }
    m_notes.push_back({lesson.notes, std::move(written_for)});
}

const engine::Lesson* Document::writtenFor() const {
    const auto found = std::ranges::find(m_notes, m_file.lesson.notes, &Notes::notes);
    return found != m_notes.end() && found->written_for ? &*found->written_for : nullptr;
}

bool Document::doNotesHold() const {
    const engine::Lesson& now = m_file.lesson;
    if (now.notes.empty()) return true;
    const engine::Lesson* then = writtenFor();
    // Notes on a lesson alone stay true when something is put beside it.
    if (then && then->against.empty())
        return words::notes_hold(QString::fromStdString(now.notes), *then, engine::side_of(now, 0));
    return then && words::notes_hold(QString::fromStdString(now.notes), *then, now);
}

void Document::setFile(const QString& path, const formats::LessonFormat& format) {
    m_format = &format;
    if (path == m_path) return;
    m_path = path;
    emit pathChanged(m_path);
}

}  // namespace ui::document
