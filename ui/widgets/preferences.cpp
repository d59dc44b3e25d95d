// SPDX-License-Identifier: MIT
#include "ui/widgets/preferences.h"

#include <algorithm>

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QScreen>
#include <QStandardPaths>
#include <QWidget>

#include "ui/files/settings.h"

namespace ui::widgets {

namespace {

constexpr qsizetype longest_path_kept = 4096;  // as Linux has it
constexpr qsizetype longest_geometry = 1024;

ThemeChoice theme_of(int number) {
    for (const ThemeChoice choice :
         {ThemeChoice::light, ThemeChoice::dark, ThemeChoice::high_contrast})
        if (number == static_cast<int>(choice)) return choice;
    return ThemeChoice::system;
}

QStringList paths_of(const QJsonArray& kept) {
    QStringList paths;
    for (const QJsonValue value : kept) {
        const QString path = value.toString();
        if (path.isEmpty() || path.size() > longest_path_kept || paths.contains(path)) continue;
        paths << path;
        if (paths.size() == max_recent_files) break;
    }
    return paths;
}

}  // namespace

Preferences preferences_of(const files::Settings& settings) {
    const Preferences fresh;
    Preferences kept;
    kept.theme = theme_of(settings.value(preference::theme, 0).toInt());
    kept.text_scale = settings.value(preference::text_scale, fresh.text_scale).toDouble();
    if (kept.text_scale < smallest_text_scale || kept.text_scale > largest_text_scale)
        kept.text_scale = fresh.text_scale;
    kept.reduced_motion = settings.value(preference::reduced_motion, false).toBool();
    const int digits = settings.value(preference::digits, fresh.digits).toInt(fresh.digits);
    if (std::ranges::find(diagram::digits_choices, digits) != diagram::digits_choices.end())
        kept.digits = digits;
    const QString style = settings.value(preference::summary_style, QString()).toString();
    kept.summary_style =
        engine::summary_style_named(style.toStdString()).value_or(fresh.summary_style);
    kept.recent_files = paths_of(settings.value(preference::recent_files, QJsonArray()).toArray());
    kept.folder = settings.value(preference::folder, QString()).toString();
    if (kept.folder.size() > longest_path_kept) kept.folder.clear();
    const QString geometry = settings.value(preference::geometry, QString()).toString();
    if (geometry.size() <= longest_geometry)
        kept.geometry = QByteArray::fromBase64(geometry.toLatin1());
    kept.exported = settings.value(preference::exported, QJsonObject()).toObject();
    kept.launched = settings.value(preference::launched, false).toBool();
    return kept;
}

QString folder_to_start_in(const QString& folder) {
    for (const QString& place :
         {folder, QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation)})
        if (!place.isEmpty() && QFileInfo(place).isDir()) return place;
    return QDir::homePath();
}

void restore_place(QWidget& window, const QByteArray& geometry) {
    constexpr QSize handle(100, 50);  // to be pulled by
    const QRect before = window.geometry();
    if (!window.restoreGeometry(geometry)) return;
    const QRect there = window.geometry();
    const QRect screens = window.screen()->virtualGeometry();
    const QSize seen = there.intersected(screens).size();
    const bool good = seen.boundedTo(handle) == handle && there.top() >= screens.top() &&
                      there.size().boundedTo(screens.size()) == there.size();
    if (good) return;
    window.setWindowState(Qt::WindowNoState);
    window.setGeometry(before);
}

}  // namespace ui::widgets
