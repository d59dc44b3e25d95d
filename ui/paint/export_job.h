// SPDX-License-Identifier: MIT
// What to export, as a value, and the one function that does it: the window and the command line share both.
#pragma once

#include <QSizeF>
#include <QString>

#include "engine/lesson.h"
#include "engine/result.h"
#include "ui/diagram/theme.h"
#include "ui/diagram/view.h"

namespace ui::paint {

enum class ExportFormat { png, svg };

struct ExportJob {
    engine::Lesson lesson;
    engine::Run run;  ///< of this lesson, the layer in focus kept
    diagram::View view;
    ExportFormat format = ExportFormat::png;
    QString path;  ///< whole or not at all (ui/files/file_bytes.h)
    QString region =
        QStringLiteral("stage");  ///< "stage" or a group id such as "output", "input", "kernel"
    diagram::ThemeName theme = diagram::ThemeName::light;
    QSizeF size{1040, 740};  ///< diagram units offered to the stage; 1 unit = 1 px at scale 1
    double scale = 2;        ///< PNG pixels per unit, smallest_scale to largest_scale
    bool transparent = false;
    bool text_as_outlines = true;  ///< SVG only
};

inline constexpr double smallest_scale = 0.25;
inline constexpr double largest_scale = 8;
/// The largest picture written, in pixels.
inline constexpr qint64 max_export_pixels = 100'000'000;

/// The bytes of the picture; errors as values (an unknown region, too many pixels, cancelled).
engine::Result<QByteArray> render_export(const ExportJob& job, const engine::Watch& watch = {});

/// render_export and the file. The old file stays intact unless the new one is complete.
engine::Result<QString> run_export(const ExportJob& job, const engine::Watch& watch = {});

/// Region ids the job's picture offers, with their titles.
std::vector<diagram::Group> export_regions(const ExportJob& job);

/// "png" → png, by file name ending or word.
std::optional<ExportFormat> format_of_path(const QString& path);

}  // namespace ui::paint
