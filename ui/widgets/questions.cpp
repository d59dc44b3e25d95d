// SPDX-License-Identifier: MIT
// Names in them are shown as they are written.
#include "ui/widgets/questions.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>

#include "ui/widgets/controls/verbatim.h"
#include "ui/words/plain_text.h"

namespace ui::widgets {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::widgets::questions)
};

/// Its words are set last: they are read aloud at once, and would be taken for markup.
void begin(QMessageBox& question, const char* name) {
    question.setObjectName(QString::fromLatin1(name));
    question.setIcon(QMessageBox::NoIcon);
    question.setTextFormat(Qt::PlainText);
}

}  // namespace

Answer ask_about_changes(QWidget* parent, const QString& title) {
    QMessageBox question(parent);
    begin(question, "unsaved_question");
    question.setWindowTitle(Words::tr("Unsaved changes"));
    question.setStandardButtons(QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel);
    question.setDefaultButton(QMessageBox::Save);
    question.setText(Words::tr("“%1” has changes that are not saved.").arg(title));
    switch (question.exec()) {
        case QMessageBox::Save:
            return Answer::save;
        case QMessageBox::Discard:
            return Answer::discard;
        default:
            return Answer::cancel;
    }
}

bool may_replace(QWidget* parent, const QString& path) {
    const QFileInfo file(path);
    if (!file.exists() && !file.isSymLink()) return true;
    QMessageBox question(parent);
    begin(question, "replace_question");
    question.setWindowTitle(Words::tr("Replace the file?"));
    const auto* replace = question.addButton(Words::tr("Replace"), QMessageBox::DestructiveRole);
    question.setDefaultButton(question.addButton(QMessageBox::Cancel));
    question.setText(Words::tr("There is a file “%1” already. Replacing it loses what is in it.")
                         .arg(words::harmless(file.fileName(), longest_name)));
    question.exec();
    return question.clickedButton() == replace;
}

}  // namespace ui::widgets
