// SPDX-License-Identifier: MIT
// What to export, as a value, and the one function that does it: the window and the command line
// share both.
#pragma once

#include <QImage>
#include <QString>

#include <optional>
#include <vector>

#include "engine/lessons/lesson.h"
#include "engine/values/result.h"
#include "ui/diagram/theme.h"
#include "ui/diagram/view.h"
#include "ui/figures/sheet.h"
#include "ui/paint/picture_format.h"

namespace ui::paint {

inline const QString whole_stage = QStringLiteral("stage");
inline constexpr double region_margin = 16;

/// As many stand on a contact sheet.
inline constexpr int most_sheet_pictures = figures::most_pictures;

/// Which steps stand on a contact sheet.
struct SheetWish {
    std::vector<int> steps = {};  ///< as many as are done in each; empty: all, from 0 on
    int columns = 0;              ///< 0: about as many as rows
};

struct ExportJob {
    engine::Lesson lesson;
    engine::Run run;               ///< of this lesson, the layer in focus kept
    engine::Run against_run = {};  ///< the same of what it is compared with, if it is
    diagram::View view;
    const PictureFormat* format = &picture_formats().front();
    QString path;                  ///< whole or not at all (ui/files/file_bytes.h)
    QString region = whole_stage;  ///< or a group id such as "output", "input", "kernel"
    diagram::ThemeName theme = diagram::ThemeName::light;
    PictureSize size;
    bool caption = false;  ///< below it: the layer, every argument, the sizes
    /// Several steps on one page, each in a place as large as the picture.
    std::optional<SheetWish> sheet = {};
    PictureOptions options;  ///< none that the format does not have; it adds what is not given
};

/// What the job draws: its region or its sheet, with the caption if it has one. Errors as values.
engine::Result<diagram::Diagram> picture_of(const ExportJob& job, const engine::Watch& watch = {});
/// The picture of the job's view; `kept` as for diagram::build_stage.
diagram::Diagram stage_of(const ExportJob& job, const engine::Trace* kept = nullptr);
/// Why the sheet cannot be: a step that there is not, too many of them. Before anything is drawn.
std::optional<engine::Error> refuse_sheet(const ExportJob& job);
/// The job's region is none of its picture's.
engine::Error no_region(const ExportJob& job);

/// Why the format cannot do what is wished of it.
std::optional<engine::Error> refuse_options(const PictureFormat& format,
                                            const PictureOptions& options);

/// The bytes of the picture; errors as values (an unknown region, too many pixels, cancelled).
engine::Result<QByteArray> render_export(const ExportJob& job, const engine::Watch& watch = {});

/// render_export and the file. The old file stays intact unless the new one is complete.
engine::Result<QString> run_export(const ExportJob& job, const engine::Watch& watch = {});

struct Preview {
    QImage image;
    QSizeF units;  ///< of the picture: pixels_of says how many pixels its file has
    std::optional<qint64> bytes = {};  ///< about so many has the file, if that is known
};
/// The job's picture at a number of pixels per unit, whatever its format; its bytes are those of
/// its own.
engine::Result<Preview> preview_export(const ExportJob& job, double scale);

/// Figures beside the stage that there are of its lesson: they do not move.
std::vector<diagram::Group> figure_regions(const ExportJob& job);
/// Region ids the job's picture offers, with their titles.
std::vector<diagram::Group> export_regions(const ExportJob& job);

}  // namespace ui::paint
