// SPDX-License-Identifier: MIT
// The whole window as a learner has it open, worked by real events.
#pragma once

#include <QAction>
#include <QApplication>
#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>
#include <QUndoStack>

#include "ui/files/settings.h"
#include "ui/paint/fonts.h"
#include "ui/widgets/controls/appearance.h"
#include "ui/widgets/controls/own_style.h"
#include "ui/widgets/controls/segmented.h"
#include "ui/widgets/controls/style.h"
#include "ui/widgets/main_window.h"
#include "ui/widgets/stage/banner.h"
#include "ui/widgets/stage/phase_scrubber.h"
#include "ui/widgets/stage/player.h"
#include "ui/widgets/stage/transport_bar.h"
#include "ui/widgets/stage/work_banner.h"

namespace support {

using ui::diagram::CellRef;
using ui::diagram::Grid;
using ui::widgets::Canvas;
using ui::widgets::MainWindow;
using ui::widgets::PhaseScrubber;
using ui::widgets::Player;
using ui::widgets::Segmented;
using ui::widgets::TransportBar;

inline QString text(const char* utf8) { return QString::fromUtf8(utf8); }

/// A window as a learner has it open.
struct OpenWindow {
    ui::widgets::Appearance appearance;
    MainWindow window{&appearance};

    explicit OpenWindow(const char* lesson = "first_collide", QSize size = {1440, 900}) {
        appearance.apply();
        window.presenter()->setPatient(true);
        window.resize(size);
        window.show();
        window.activateWindow();
        [&] { QVERIFY(QTest::qWaitForWindowActive(&window)); }();
        if (lesson != nullptr) [&] { QVERIFY(window.openLesson(QString::fromLatin1(lesson))); }();
        QCoreApplication::processEvents();
    }
    ~OpenWindow() { window.document()->undoStack()->setClean(); }

    const engine::Lesson& lesson() { return window.document()->lesson(); }
    const ui::document::PresentedPane& pane() {
        return window.presenter()->presented().panes.front();
    }
    const ui::diagram::View& view() { return pane().view; }
    engine::Conv2DTranspose layer() {
        return std::get<engine::Conv2DTranspose>(lesson().layers.front().spec);
    }
    template <typename Widget>
    Widget* part(const char* name) {
        auto* widget = window.findChild<Widget*>(QString::fromLatin1(name));
        if (widget == nullptr) qFatal("no widget is called %s", name);
        return widget;
    }
    Canvas* canvas() { return part<Canvas>("canvas"); }
    Player* player() { return window.findChild<Player*>(); }
    /// Over the stage, or where its cause is.
    QString problem() {
        const QString said = part<ui::widgets::MessageBanner>("message_banner")->sentence();
        if (!said.isEmpty()) return said;
        for (const auto* label : window.findChildren<QLabel*>())
            if (label->isVisible() && label->objectName().endsWith(QStringLiteral("_problem")))
                return label->text();
        return {};
    }
    QString shape() { return part<QLabel>("output_shape")->text(); }

    void click_cell(Grid grid, int row, int column) {
        const QRectF place = canvas()->cellRectOnScreen({{grid, 0}, row, column});
        QVERIFY(!place.isEmpty());
        QWidget* below = canvas()->childAt(place.center().toPoint());
        if (below == nullptr) below = canvas();
        QTest::mouseClick(below, Qt::LeftButton, {},
                          below->mapFrom(canvas(), place.center().toPoint()));
    }
    void type(const char* letters) {
        for (; *letters; ++letters) QTest::keyClick(QApplication::focusWidget(), *letters);
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
        QTest::keyClick(QApplication::focusWidget(), key, modifiers);
    }
    /// As a person does: into the field, the old number out, the new one in, Enter.
    void enter(const char* field, int value) {
        auto* spin = part<QSpinBox>(field);
        spin->setFocus();
        spin->selectAll();
        QTest::keyClicks(spin, QString::number(value));
        QTest::keyClick(spin, Qt::Key_Return);
    }
    void choose(const char* segmented, int index) {
        QTest::mouseClick(part<Segmented>(segmented)->button(index), Qt::LeftButton);
    }
    void click(const char* button) { QTest::mouseClick(part<QPushButton>(button), Qt::LeftButton); }
    QAction* action(const char* name) {
        for (QAction* action : window.findChildren<QAction*>())
            if (action->text().remove(u'&').startsWith(QString::fromLatin1(name))) return action;
        qFatal("no action is called %s", name);
        return nullptr;
    }
};

/// Before all tests of the window: its fonts and style, and a place of their own for settings.
inline void begin_window_tests() {
    QCoreApplication::setOrganizationName(QStringLiteral("stridescope-tests"));
    QApplication::setStyle(new ui::widgets::OwnStyle);
    QVERIFY(ui::paint::load_fonts());
}
/// Before each: as on the first start.
inline void forget_settings() {
    QFile::remove(ui::files::Settings().path());
    QApplication::setFont(ui::widgets::base_font(1));
}

}  // namespace support
