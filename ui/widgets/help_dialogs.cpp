// SPDX-License-Identifier: MIT
// Text only: keys on one sheet, facts and licences on the other.
#include "ui/widgets/help_dialogs.h"

#include <QCoreApplication>
#include <QGridLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include "engine/kernels/kernels.h"
#include "ui/files/file_bytes.h"
#include "ui/widgets/controls/style.h"

namespace ui::widgets {

namespace {

QString key(const QKeySequence& sequence) { return sequence.toString(QKeySequence::NativeText); }

QString text_of(const QString& resource) {
    return QString::fromUtf8(files::read_resource(resource));
}

void add_close(QVBoxLayout* column, QDialog* dialog) {
    auto* close = new QPushButton(ShortcutSheet::tr("Close"), dialog);
    close->setDefault(true);
    QObject::connect(close, &QPushButton::clicked, dialog, &QDialog::accept);
    column->addWidget(close, 0, Qt::AlignTrailing);
}

}  // namespace

ShortcutSheet::ShortcutSheet(QWidget* parent) : QDialog(parent) {
    setWindowTitle(tr("Keyboard and Mouse"));
    setObjectName(QStringLiteral("shortcut_sheet"));
    set_ground(this, Ground::panel);
    auto* content = new QWidget;
    set_ground(content, Ground::panel);
    auto* grid = new QGridLayout(content);
    grid->setContentsMargins(20, 20, 20, 12);
    grid->setHorizontalSpacing(18);
    grid->setVerticalSpacing(6);
    grid->setColumnStretch(1, 1);
    int line = 0;
    const auto section = [&](const QString& heading) {
        if (line > 0) grid->setRowMinimumHeight(line++, scaled(8));
        grid->addWidget(make_label(heading, TextRole::heading), line++, 0, 1, 2);
    };
    const auto entry = [&](const QString& keys, const QString& what) {
        auto* name = make_label(keys, TextRole::argument);
        grid->addWidget(name, line, 0);
        grid->addWidget(make_label(what, TextRole::soft), line++, 1);
    };
    section(tr("On the stage and the timeline"));
    entry(key(Qt::Key_Space), tr("play or pause"));
    entry(QStringLiteral("← →"), tr("step back, step forward; also Page Up and Page Down"));
    entry(tr("Shift+← →"), tr("previous phase, next phase"));
    entry(tr("Home, End"), tr("to the start, to the end"));
    entry(QStringLiteral("+ −"), tr("faster, slower"));
    entry(tr("B or ."), tr("cover the stage, uncover it"));
    section(tr("Anywhere"));
    entry(tr("Alt+← →"), tr("step back, step forward"));
    entry(key(QKeySequence(Qt::CTRL | Qt::Key_Z)), tr("undo; with Shift: redo"));
    entry(key(Qt::Key_F6), tr("to the next part of the window; with Shift: to the previous one"));
    entry(tr("Ctrl+1, 2, 3"), tr("Stamp, Slide, Why equal"));
    entry(tr("Ctrl++, −, 0"), tr("zoom in, out, to fit"));
    entry(tr("Ctrl+wheel"), tr("zoom at the pointer, over cells too; the wheel alone scrolls"));
    entry(key(QKeySequence(Qt::CTRL | Qt::Key_B)),
          tr("compare with another setting; with Shift: stop comparing"));
    entry(key(QKeySequence(Qt::CTRL | Qt::Key_P)), tr("print"));
    entry(key(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F)),
          tr("copy the figure as PNG, SVG and text"));
    entry(key(QKeySequence(Qt::Key_F8)), tr("layer and input"));
    entry(key(QKeySequence(Qt::Key_F9)), tr("shape and model"));
    section(tr("In a grid"));
    entry(tr("Click, Enter"), tr("go into a cell; typing replaces its number"));
    entry(tr("Arrows"), tr("to the next cell"));
    entry(key(Qt::Key_Tab), tr("to the next grid; while a number is written, to the next cell"));
    entry(tr("Drag"), tr("paint with the brush; with Shift: select a rectangle"));
    entry(tr("Alt+↑ ↓"), tr("nudge the numbers selected by 1; with Shift: by 0.1"));
    entry(tr("Alt+wheel"), tr("nudge the number under the pointer likewise"));
    entry(tr("Delete"), tr("set to 0"));
    entry(tr("Ctrl+C, Ctrl+V"), tr("copy and paste as a table; with Shift: copy as nested lists"));
    entry(key(Qt::Key_Escape), tr("back to the stage"));
    section(tr("In a grid of results"));
    entry(tr("Pointer, arrows"), tr("ask where a number comes from and where it goes"));
    entry(tr("Click, Enter, Space"), tr("pin the cell: it is followed through all steps"));
    entry(tr("Click again, Esc"), tr("let go of the pin; so does its ×"));

    auto* area = new QScrollArea(this);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(content);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 16, 16);
    column->addWidget(area, 1);
    add_close(column, this);
    resize(scaled(560), scaled(600));
}

AboutDialog::AboutDialog(QWidget* parent) : QDialog(parent) {
    setWindowTitle(tr("About Stridescope"));
    setObjectName(QStringLiteral("about_dialog"));
    set_ground(this, Ground::panel);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(24, 24, 24, 16);
    column->setSpacing(10);
    column->addWidget(make_label(QStringLiteral("Stridescope"), TextRole::wordmark, this));
    column->addWidget(
        make_label(tr("How an image grows inside a neural network, on your own numbers."),
                   TextRole::soft, this));
    column->addWidget(make_label(
        tr("Version %1 · arithmetic: %2 · Qt %3")
            .arg(QCoreApplication::applicationVersion(),
                 QString::fromStdString(engine::active_target()), QString::fromLatin1(qVersion())),
        TextRole::value, this));
    column->addWidget(
        make_label(tr("Free software under the MIT licence. Pictures you export are yours."),
                   TextRole::soft, this));
    column->addWidget(make_divider(this));
    column->addWidget(make_label(tr("Type: Inter and DejaVu Sans Mono, under these licences"),
                                 TextRole::heading, this));
    auto* licences = new QPlainTextEdit(this);
    licences->setReadOnly(true);
    licences->setTabChangesFocus(true);
    licences->setAccessibleName(tr("Licences of the type"));
    licences->setPlainText(text_of(QStringLiteral(":/licences/inter.txt")) +
                           QStringLiteral("\n\n") +
                           text_of(QStringLiteral(":/licences/dejavu.txt")));
    column->addWidget(licences, 1);
    add_close(column, this);
    resize(scaled(580), scaled(520));
}

}  // namespace ui::widgets
