// SPDX-License-Identifier: MIT
// What the program remembers between runs, as a value that can be used whatever the file of
// settings holds.
#pragma once

#include <QJsonObject>
#include <QStringList>

#include "engine/models/summary.h"
#include "ui/diagram/view.h"
#include "ui/widgets/controls/appearance.h"

class QWidget;

namespace ui::files {
class Settings;
}

namespace ui::widgets {

struct Preferences {
    ThemeChoice theme = ThemeChoice::system;
    double text_scale = 1;  ///< smallest_text_scale to largest_text_scale
    bool reduced_motion = false;
    int digits = diagram::usual_digits;  ///< in cells, where a lesson asks for none
    engine::SummaryStyle summary_style = engine::SummaryStyle::keras_2_2;
    QStringList recent_files = {};  ///< paths, the newest first, at most max_recent_files
    QString folder = {};            ///< where the last file was opened, saved or exported
    QByteArray geometry = {};       ///< of QWidget::saveGeometry
    QJsonObject exported = {};      ///< see ExportChoices, which takes any
    bool launched = false;          ///< the program has been open before
    bool operator==(const Preferences&) const = default;
};

inline constexpr double smallest_text_scale = 0.5;
inline constexpr double largest_text_scale = 3;
inline constexpr qsizetype max_recent_files = 8;

/// Under these names they are kept.
namespace preference {
inline const QString theme = QStringLiteral("theme");
inline const QString text_scale = QStringLiteral("text_scale");
inline const QString reduced_motion = QStringLiteral("reduced_motion");
inline const QString digits = QStringLiteral("digits");
inline const QString summary_style = QStringLiteral("summary_style");
inline const QString recent_files = QStringLiteral("recent_files");
inline const QString folder = QStringLiteral("folder");
inline const QString geometry = QStringLiteral("geometry");
inline const QString exported = QStringLiteral("export");
inline const QString launched = QStringLiteral("launched");
}  // namespace preference

/// What is missing, of another type or beyond its limits is as on the first start.
Preferences preferences_of(const files::Settings& settings);

/// Where dialogs for files start: in that folder, or where documents are if it is not there.
QString folder_to_start_in(const QString& folder);

/// Gives a window the place it had, unless it could not be reached there, or would be larger than
/// the screens.
void restore_place(QWidget& window, const QByteArray& geometry);

}  // namespace ui::widgets
