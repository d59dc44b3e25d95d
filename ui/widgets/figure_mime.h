// SPDX-License-Identifier: MIT
// A figure on its way to another program, by the clipboard or by the pointer.
#pragma once

#include <memory>

#include "engine/values/result.h"
#include "ui/paint/export_job.h"

class QMimeData;
class QWidget;

namespace ui::widgets {

/// The picture as PNG and as SVG at once, and its alternative text: whoever takes it chooses. The
/// job's own format does not matter.
engine::Result<std::unique_ptr<QMimeData>> figure_mime(const paint::ExportJob& job);

/// The same two as files called `stem`, for a folder, a letter or a slide; without the text, which
/// some would take first. They stay until the program ends: whoever gets them may copy them later.
engine::Result<std::unique_ptr<QMimeData>> figure_files(const paint::ExportJob& job,
                                                        const QString& stem);

/// Carries the files away from a widget whose pointer is down, until it is let go.
std::optional<engine::Error> drag_figure(QWidget* from, const paint::ExportJob& job,
                                         const QString& stem);

}  // namespace ui::widgets
