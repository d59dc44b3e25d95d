// SPDX-License-Identifier: MIT
// What a picture is made for, and what the dialog that exports remembers.
#pragma once

#include <optional>
#include <span>

#include <QJsonObject>
#include <QString>

#include "ui/paint/export_job.h"

namespace ui::widgets {

/// A row sets several fields of the dialog at once.
struct ExportPreset {
    const char* name;
    std::optional<paint::PictureSize> size = {};   ///< of the stage; none: the window's
    double scale = 2;                              ///< where no width on paper is asked for
    const char* printed_width = "";                ///< "85mm"; empty: what follows from the scale
    std::optional<diagram::ThemeName> theme = {};  ///< none: the window's
    bool caption = false;
};
/// The first is the window as it is.
std::span<const ExportPreset> export_presets();

/// Fields as they were when something was last exported. Those of the lesson and the window, such
/// as region and theme, are not among them.
struct ExportChoices {
    QString format = {};  ///< of export_formats(); empty: the first
    double scale = 0;     ///< 0: what the format's row has
    QString printed_width = {};
    int dpi = static_cast<int>(paint::paper_dpi);
    bool caption = false;
    bool transparent = false;
    double speed = 1;
    int rate = 25;
    bool repeats = true;
    bool operator==(const ExportChoices&) const = default;

    QJsonObject json() const;
    /// What is missing, of another type or beyond its limits is as on the first start.
    static ExportChoices of(const QJsonObject& kept);
};

}  // namespace ui::widgets
