// SPDX-License-Identifier: MIT
// What is on the stage, as a figure for others: exported, copied, printed.
#include <QClipboard>
#include <QDir>
#include <QGuiApplication>
#include <QMimeData>
#include <QPrintPreviewDialog>
#include <QPrinter>
#include <QScreen>

#include "ui/paint/figure_words.h"
#include "ui/paint/page.h"
#include "ui/widgets/canvas/canvas.h"
#include "ui/widgets/controls/appearance.h"
#include "ui/widgets/controls/style.h"
#include "ui/widgets/export_dialog.h"
#include "ui/widgets/figure_mime.h"
#include "ui/widgets/main_window.h"
#include "ui/widgets/preferences.h"
#include "ui/words/error_text.h"

namespace ui::widgets {

/// What the screen shows, as it is exported; nothing, after saying why there is none.
std::optional<paint::ExportJob> MainWindow::figure() {
    const auto& panes = m_presenter->presented().panes;
    for (const document::PresentedPane& pane : panes)
        if (!pane.computed) {
            say(pane.problem_named);
            return std::nullopt;
        }
    const auto& computed = panes.front().computed;
    paint::ExportJob job;
    job.lesson = computed->lesson;
    job.run = computed->run;
    job.view = computed->view;
    if (panes.size() == 2) {
        job.lesson.against = panes.back().computed->lesson.layers;
        job.against_run = panes.back().computed->run;
        job.view.against_focus = m_document->view().against_focus;
    }
    job.view.hovered.reset();
    if (const std::string licence = m_document->file().licence; !licence.empty())
        job.options.licence = QString::fromStdString(licence);
    job.theme = m_appearance->theme().name;
    const QSize room = m_canvas->room().toSize();
    job.size = {room.width(), room.height()};
    return job;
}

void MainWindow::exportPicture() {
    const auto job = figure();
    if (!job) return;
    auto* dialog = new ExportDialog(*job, QDir(folder_to_start_in(m_folder)).filePath(fileStem()),
                                    ExportChoices::of(m_exported), this);
    connect(dialog, &ExportDialog::exported, this, &MainWindow::rememberFolder);
    connect(dialog, &ExportDialog::exported, this, [this, dialog] {
        m_exported = dialog->choices().json();
        keep(preference::exported, m_exported);
    });
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void MainWindow::copyFigure() {
    const auto job = figure();
    if (!job) return;
    auto mime = figure_mime(*job);
    if (!mime) return say(words::error_text(mime.error()));
    QGuiApplication::clipboard()->setMimeData(mime->release());  // which keeps it
}

void MainWindow::copyFigureWords(FigureWords words) {
    const auto job = figure();
    if (!job) return;
    const auto picture = paint::picture_of(*job);
    if (!picture) return say(words::error_text(picture.error()));
    QGuiApplication::clipboard()->setText(words == FigureWords::alternative
                                              ? paint::alternative_text(*picture)
                                              : paint::caption_of(*job, *picture));
}

void MainWindow::printFigure() {
    auto job = figure();
    if (!job) return;
    job->theme = diagram::ThemeName::light;  // paper is white
    const auto picture = paint::picture_of(*job);
    if (!picture) return say(words::error_text(picture.error()));
    QPrinter printer(QPrinter::HighResolution);
    printer.setPageOrientation(paint::orientation_of(*picture));
    printer.setDocName(fileStem());
    QPrintPreviewDialog dialog(&printer, this);
    dialog.setObjectName(QStringLiteral("print_preview"));
    // All its buttons have room.
    dialog.resize(QSize(scaled(1040), scaled(700)).boundedTo(screen()->availableSize()));
    connect(&dialog, &QPrintPreviewDialog::paintRequested, this, [this, &picture](QPrinter* page) {
        if (!paint::paint_on_page(*page, *picture)) say(tr("This printer cannot be printed on."));
    });
    dialog.exec();
}

}  // namespace ui::widgets
