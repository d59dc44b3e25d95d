// SPDX-License-Identifier: MIT
// Settings, type, look and the window, in this order.
#include "app/gui.h"

#include <new>

#include <QIcon>

#include "ui/files/settings.h"
#include "ui/formats/lesson_door.h"
#include "ui/paint/fonts.h"
#include "ui/widgets/controls/appearance.h"
#include "ui/widgets/controls/own_style.h"
#include "ui/widgets/controls/style.h"
#include "ui/widgets/main_window.h"
#include "ui/widgets/preferences.h"
#include "ui/words/translations.h"

namespace app {

bool Application::notify(QObject* receiver, QEvent* event) {
    try {
        return QApplication::notify(receiver, event);
    } catch (const std::bad_alloc&) {
        emit outOfMemory();
        return false;
    }
}

int run_gui(Application& application, const QString& lesson) {
    // Names the folder of the settings.
    QCoreApplication::setOrganizationName(QStringLiteral("stridescope"));
    QApplication::setApplicationDisplayName(QStringLiteral("Stridescope"));
    QGuiApplication::setDesktopFileName(QStringLiteral(STRIDESCOPE_ID));
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/" STRIDESCOPE_ID ".svg")));
    QApplication::setStyle(new ui::widgets::OwnStyle);
    ui::words::install_translations();
    ui::paint::load_fonts();

    const auto kept = ui::widgets::preferences_of(ui::files::Settings());
    QApplication::setFont(ui::widgets::base_font(kept.text_scale));

    ui::widgets::Appearance appearance;
    ui::widgets::MainWindow window(&appearance);
    appearance.apply();
    // Said once the action that failed has let go of what it held.
    QObject::connect(&application, &Application::outOfMemory, &window,
                     &ui::widgets::MainWindow::sayOutOfMemory, Qt::QueuedConnection);
    if (ui::formats::is_lesson_name(lesson))
        window.openLesson(lesson);
    else if (!lesson.isEmpty())
        window.openFile(lesson);
    else if (!kept.launched)
        window.startCourse();
    else
        window.openLesson(QStringLiteral("readers_puzzle"));
    window.show();
    window.keep(ui::widgets::preference::launched, true);
    return application.exec();
}

}  // namespace app
