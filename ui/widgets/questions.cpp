// SPDX-License-Identifier: MIT
// Names in them are shown as they are written.
#include "ui/widgets/questions.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>
#include <QRegularExpression>

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

bool is_there(const QString& path) {
    const QFileInfo file(path);
    return file.exists() || file.isSymLink();
}

/// "puzzle-2.png" beside "puzzle.png", or the next number that is free.
QString free_path_beside(const QString& path) {
    const QFileInfo file(path);
    static const QRegularExpression number_behind(QStringLiteral("-\\d+$"));
    const QString stem = file.completeBaseName().remove(number_behind);
    QString beside = path;
    for (int number = 2; is_there(beside); ++number)
        beside = file.dir().filePath(
            QStringLiteral("%1-%2.%3").arg(stem, QString::number(number), file.suffix()));
    return beside;
}

/// `beside`: offered as well, if it is given.
QString ask_where(QWidget* parent, const QString& path, const QString& beside) {
    QMessageBox question(parent);
    begin(question, "replace_question");
    question.setWindowTitle(Words::tr("Replace the file?"));
    const auto* replace = question.addButton(Words::tr("Replace"), QMessageBox::DestructiveRole);
    const QAbstractButton* both = nullptr;
    if (!beside.isEmpty())
        both = question.addButton(Words::tr("Keep both"), QMessageBox::ActionRole);
    question.setDefaultButton(question.addButton(QMessageBox::Cancel));
    const auto name = [](const QString& file) {
        return words::harmless(QFileInfo(file).fileName(), longest_name);
    };
    const QString text =
        Words::tr("There is a file “%1” already. Replacing it loses what is in it.")
            .arg(name(path));
    question.setText(beside.isEmpty()
                         ? text
                         : Words::tr("%1 To keep both writes “%2”.").arg(text, name(beside)));
    question.exec();
    return question.clickedButton() == replace                   ? path
           : both != nullptr && question.clickedButton() == both ? beside
                                                                 : QString();
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
    return !is_there(path) || !ask_where(parent, path, {}).isEmpty();
}

QString path_to_write(QWidget* parent, const QString& path) {
    return is_there(path) ? ask_where(parent, path, free_path_beside(path)) : path;
}

}  // namespace ui::widgets
