// SPDX-License-Identifier: MIT
// Words from outside (a lesson, a file's name, an error that quotes them), shown as they are
// written and no longer than there is room for. What is not seen, or turns a line around,
// ui/document/plain_text.h has made harmless.
#pragma once

#include <QObject>
#include <QString>

namespace ui::widgets {

/// How much of them is shown, in UTF-16 code units.
inline constexpr qsizetype longest_name = 100;    ///< a lesson's title, a file's name
inline constexpr qsizetype longest_path = 300;    ///< in a tooltip, or where a line may be broken
inline constexpr qsizetype longest_notes = 2000;  ///< one or two sentences, say a page

/// Several paragraphs, each harmless, of at most longest_notes together.
QString harmless_paragraphs(const QString& notes);

/// For actions, menus and buttons, where & marks the letter of a key.
QString verbatim_caption(QString words);
/// For window titles, where [*] is the place of the star that tells of unsaved changes.
QString verbatim_title(QString words);

/// As long as it lives, every label of the program shows markup as it is written: also those in
/// tooltips and in Qt's own questions, which would guess from their words whether these are markup.
/// A label that obeys it would open every file that is named in it.
class VerbatimLabels : public QObject {
    Q_OBJECT
public:
    explicit VerbatimLabels(QObject* parent);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
};

}  // namespace ui::widgets
