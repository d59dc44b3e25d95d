// SPDX-License-Identifier: MIT
// The words of a lesson's notes. Those about what is no longer shown fold to a line that says so;
// where height is short, all fold to their first words.
#pragma once

#include <QString>
#include <QWidget>

class QLabel;
class QPushButton;
class QScrollArea;

namespace ui::widgets {

/// Notes as they are shown.
struct ShownNotes {
    QString text = {};
    bool as_they_were = false;  ///< they speak of a lesson that this one once was
    bool can_return = false;    ///< to that lesson
    bool operator==(const ShownNotes&) const = default;
};

class NotesText : public QWidget {
    Q_OBJECT
public:
    explicit NotesText(QWidget* parent = nullptr);
    void show(const ShownNotes& notes);
    using QWidget::show;
    const ShownNotes& notes() const { return m_notes; }
    /// Whether height is short.
    void setLow(bool low);
    /// The layout's height is that of the words: fit() gives it to them.
    bool hasHeightForWidth() const override { return false; }
    /// Words take what is left; only the way back needs room.
    QSize minimumSizeHint() const override;

signals:
    void returnRequested();  ///< to the lesson that the notes were written for

protected:
    bool event(QEvent* event) override;

private:
    void arrange();
    void fit();
    void reserve(int height);  ///< at least; the layout knows what is shown needs
    int returnWidth(const QString& words) const;

    ShownNotes m_notes;
    bool m_low = false;
    bool m_open = false;  ///< although they would be folded
    QPushButton* m_fold;
    QPushButton* m_return;
    QScrollArea* m_scroll;
    QLabel* m_text;
};

}  // namespace ui::widgets
