// SPDX-License-Identifier: MIT
// What the window remembers, from any file.
#include "ui/files/settings.h"

#include <algorithm>

#include <QFile>
#include <QJsonValue>
#include <QScreen>
#include <QTemporaryDir>
#include <QWidget>

#include "tests/fuzz/application.h"
#include "tests/fuzz/entry_points.h"
#include "ui/files/operations.h"
#include "ui/widgets/preferences.h"

namespace fuzz {

namespace {

using ui::files::Settings;
using ui::widgets::Preferences;
using ui::widgets::preferences_of;

std::string complaint_about(const Preferences& kept) {
    if (kept.theme < ui::widgets::ThemeChoice::system ||
        kept.theme > ui::widgets::ThemeChoice::high_contrast)
        return "no theme";
    if (!(kept.text_scale >= ui::widgets::smallest_text_scale &&
          kept.text_scale <= ui::widgets::largest_text_scale))
        return "a text scale of " + std::to_string(kept.text_scale);
    if (std::ranges::find(ui::diagram::digits_choices, kept.digits) ==
        ui::diagram::digits_choices.end())
        return "no number of digits";
    if (kept.folder.size() > 4096) return "no folder";
    if (engine::name_of(kept.summary_style).empty()) return "no style of a summary";
    if (kept.recent_files.size() > ui::widgets::max_recent_files) return "too many recent files";
    for (const QString& path : kept.recent_files)
        if (path.isEmpty() || path.size() > 4096) return "no path";
    return {};
}

/// A window in that place can be reached.
std::string complaint_about_geometry(const QByteArray& geometry) {
    if (geometry.isEmpty()) return {};
    QWidget window;
    ui::widgets::restore_place(window, geometry);
    const QRect screens = window.screen()->virtualGeometry();
    if (!screens.intersects(window.geometry())) return "the window is off the screen";
    if (window.width() > screens.width() || window.height() > screens.height())
        return "the window is larger than the screen";
    return {};
}

}  // namespace

std::string complaint_about_settings(Bytes bytes) {
    need_application();
    static const QTemporaryDir folder;
    ui::files::operations.sync = [](int) { return 0; };  // nobody pulls the plug
    const QString path = folder.filePath(QStringLiteral("settings.json"));
    QFile file(path);
    const auto size = static_cast<qint64>(bytes.size());
    if (!file.open(QIODevice::WriteOnly) ||
        file.write(reinterpret_cast<const char*>(bytes.data()), size) != size)
        return "no file could be made";
    file.close();

    Settings settings(path);
    Preferences kept = preferences_of(settings);
    std::string wrong = complaint_about(kept);
    if (wrong.empty()) wrong = complaint_about_geometry(kept.geometry);
    if (!wrong.empty()) return wrong;
    // One thing is kept, and nothing else changes.
    kept.launched = !kept.launched;
    if (settings.keep(ui::widgets::preference::launched, kept.launched)) return "cannot be kept";
    return preferences_of(Settings(path)) == kept ? "" : "another setting has changed";
}

}  // namespace fuzz
