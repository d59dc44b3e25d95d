// SPDX-License-Identifier: MIT
// Menus with their keys; what a command does is the window's business.
#include "ui/widgets/main_menu.h"

#include <algorithm>
#include <cmath>

#include <QAction>
#include <QActionGroup>
#include <QCoreApplication>
#include <QFileInfo>
#include <QUndoStack>

#include "ui/widgets/canvas/canvas.h"
#include "ui/widgets/controls/verbatim.h"
#include "ui/widgets/stage/player.h"
#include "ui/words/plain_text.h"

namespace ui::widgets {

namespace {

/// The key is shown but bound elsewhere: the stage and the timeline listen to it, a text field does
/// not.
QString with_key(const QString& text, const QString& key) { return text + u'\t' + key; }

/// Of a lesson or a file.
QString caption(const QString& name) {
    return verbatim_caption(words::harmless(name, longest_name));
}

QString key_name(const QKeySequence& sequence) {
    return sequence.toString(QKeySequence::NativeText);
}

}  // namespace

MainMenu::MainMenu(QUndoStack* undo, Player* player, Canvas* canvas, QWidget* parent)
    : QMenuBar(parent) {
    setNativeMenuBar(false);
    addFileMenu();
    addEditMenu(undo, canvas);
    addViewMenu(canvas);
    addPlayMenu(player);
    addCompareMenu();
    addLessonsMenu();
    addHelpMenu();
}

void MainMenu::addFileMenu() {
    QMenu* menu = addMenu(tr("&File"));
    menu->addAction(tr("&New"), QKeySequence::New, this, &MainMenu::newRequested);
    menu->addAction(tr("&Open…"), QKeySequence::Open, this, &MainMenu::openRequested);
    m_recent = menu->addMenu(tr("Open &Recent"));
    m_recent->setToolTipsVisible(true);  // where a file lies
    menu->addSeparator();
    menu->addAction(tr("&Save"), QKeySequence::Save, this, &MainMenu::saveRequested);
    menu->addAction(tr("Save &As…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S), this,
                    &MainMenu::saveAsRequested);
    m_export = menu->addAction(tr("&Export…"), QKeySequence(Qt::CTRL | Qt::Key_E), this,
                               &MainMenu::exportRequested);
    m_export->setIconText(tr("Export…"));
    menu->addAction(tr("&Print…"), QKeySequence::Print, this, &MainMenu::printRequested);
    menu->addSeparator();
    menu->addAction(tr("&Quit"), QKeySequence(Qt::CTRL | Qt::Key_Q), this,
                    &MainMenu::quitRequested);
}

void MainMenu::addEditMenu(QUndoStack* undo, Canvas* canvas) {
    QMenu* menu = addMenu(tr("&Edit"));
    m_undo = undo->createUndoAction(this, tr("Undo"));
    m_undo->setShortcut(QKeySequence::Undo);
    m_undo->setIconText(tr("Undo"));
    m_redo = undo->createRedoAction(this, tr("Redo"));
    m_redo->setShortcuts(
        {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), QKeySequence(Qt::CTRL | Qt::Key_Y)});
    m_redo->setIconText(tr("Redo"));
    menu->addAction(m_undo);
    menu->addAction(m_redo);
    menu->addSeparator();
    menu->addAction(tr("&Copy"), QKeySequence::Copy, canvas, &Canvas::copy);
    menu->addAction(tr("Copy as &List"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C), canvas,
                    &Canvas::copyAsList);
    menu->addAction(tr("&Paste"), QKeySequence::Paste, canvas, &Canvas::paste);
    menu->addSeparator();
    menu->addAction(tr("Copy &Figure"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F), this,
                    &MainMenu::figureCopyRequested);
    menu->addAction(tr("Copy &Alternative Text"), this, &MainMenu::alternativeTextRequested);
    menu->addAction(tr("Copy Cap&tion"), this, &MainMenu::captionRequested);
    menu->addSeparator();
    menu->addAction(tr("&Weights in Brackets…"), QKeySequence(Qt::CTRL | Qt::Key_K), this,
                    &MainMenu::weightsRequested);
}

void MainMenu::addViewMenu(Canvas* canvas) {
    QMenu* menu = addMenu(tr("&View"));
    m_readings = new QActionGroup(this);
    int key = Qt::Key_1;
    for (const diagram::ReadingDefinition* reading : diagram::named_readings()) {
        QAction* action = menu->addAction(QCoreApplication::translate("Stage", reading->menu_name));
        action->setShortcut(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(key++)));
        action->setCheckable(true);
        m_readings->addAction(action);
        connect(action, &QAction::triggered, this,
                [this, reading] { emit readingChosen(reading->steps); });
    }
    menu->addSeparator();
    m_inspector = menu->addAction(tr("La&yer and Input"));
    m_inspector->setIconText(tr("Layer"));
    m_inspector->setCheckable(true);
    m_inspector->setShortcut(QKeySequence(Qt::Key_F8));
    connect(m_inspector, &QAction::triggered, this, &MainMenu::inspectorToggled);
    m_rail = menu->addAction(tr("Shape and &Model"));
    m_rail->setIconText(tr("Shape"));
    m_rail->setCheckable(true);
    m_rail->setShortcut(QKeySequence(Qt::Key_F9));
    connect(m_rail, &QAction::triggered, this, &MainMenu::railToggled);
    menu->addAction(tr("Next &Part of the Window"), QKeySequence(Qt::Key_F6), this,
                    [this] { emit partRequested(true); });
    menu->addAction(tr("Pre&vious Part"), QKeySequence(Qt::SHIFT | Qt::Key_F6), this,
                    [this] { emit partRequested(false); });
    menu->addSeparator();
    menu->addAction(tr("Zoom &In"), QKeySequence::ZoomIn, canvas, &Canvas::zoomIn);
    menu->addAction(tr("Zoom &Out"), QKeySequence::ZoomOut, canvas, &Canvas::zoomOut);
    menu->addAction(tr("Zoom to &Fit"), QKeySequence(Qt::CTRL | Qt::Key_0), canvas,
                    &Canvas::zoomToFit);
    menu->addSeparator();

    QMenu* digits = menu->addMenu(tr("Di&gits in Cells"));
    m_digits = new QActionGroup(this);
    for (const int most : diagram::digits_choices) {
        QAction* action =
            digits->addAction(most == 0 ? tr("&All") : QStringLiteral("&%1").arg(most));
        action->setCheckable(true);
        action->setData(most);
        m_digits->addAction(action);
        connect(action, &QAction::triggered, this, [this, most] { emit digitsChosen(most); });
    }
    QMenu* themes = menu->addMenu(tr("&Theme"));
    m_themes = new QActionGroup(this);
    const QStringList names{tr("&System"), tr("&Light"), tr("&Dark"), tr("&High Contrast")};
    for (int i = 0; i < names.size(); ++i) {
        QAction* action = themes->addAction(names[i]);
        action->setCheckable(true);
        m_themes->addAction(action);
        connect(action, &QAction::triggered, this,
                [this, i] { emit themeChosen(static_cast<ThemeChoice>(i)); });
    }
    QMenu* sizes = menu->addMenu(tr("Te&xt Size"));
    m_textScales = new QActionGroup(this);
    for (const int percent : {100, 125, 150, 200}) {
        QAction* action = sizes->addAction(tr("%1 %").arg(percent));
        action->setCheckable(true);
        action->setData(percent / 100.0);
        m_textScales->addAction(action);
        connect(action, &QAction::triggered, this,
                [this, percent] { emit textScaleChosen(percent / 100.0); });
    }
    m_reducedMotion = menu->addAction(tr("&Reduced Motion"));
    m_reducedMotion->setCheckable(true);
    connect(m_reducedMotion, &QAction::toggled, this, &MainMenu::reducedMotionChosen);
}

void MainMenu::addPlayMenu(Player* player) {
    QMenu* menu = addMenu(tr("&Play"));
    const auto command = [&](const QString& text, const QKeySequence& key, auto slot) {
        m_playing.push_back(menu->addAction(with_key(text, key_name(key)), player, slot));
    };
    command(tr("&Play or Pause"), Qt::Key_Space, &Player::toggle);
    command(tr("Step &Forward"), Qt::Key_Right, &Player::stepForward);
    command(tr("Step &Back"), Qt::Key_Left, &Player::stepBack);
    command(tr("&Next Phase"), Qt::SHIFT | Qt::Key_Right, &Player::phaseForward);
    command(tr("Pre&vious Phase"), Qt::SHIFT | Qt::Key_Left, &Player::phaseBack);
    command(tr("To the &Start"), Qt::Key_Home, &Player::first);
    command(tr("To the &End"), Qt::Key_End, &Player::last);
    menu->addSeparator();
    command(tr("F&aster"), Qt::Key_Plus, &Player::faster);
    command(tr("S&lower"), Qt::Key_Minus, &Player::slower);
    const auto option = [&](const QString& text, bool on, auto slot, auto signal) {
        QAction* action = menu->addAction(text);
        action->setCheckable(true);
        action->setChecked(on);
        connect(action, &QAction::toggled, player, slot);
        connect(player, signal, action, &QAction::setChecked);
        m_playing.push_back(action);
    };
    option(tr("Pause after Each P&hase"), player->stopsAtPhases(), &Player::setStopsAtPhases,
           &Player::stopsAtPhasesChanged);
    option(tr("L&oop"), player->loops(), &Player::setLoops, &Player::loopsChanged);
    menu->addSeparator();
    menu->addAction(with_key(tr("Blan&k the Stage"), key_name(Qt::Key_B)), this,
                    &MainMenu::blankRequested);
}

void MainMenu::addCompareMenu() {
    QMenu* menu = addMenu(tr("&Compare"));
    m_compare = menu->addAction(tr("&Beside Another Setting"), QKeySequence(Qt::CTRL | Qt::Key_B),
                                this, &MainMenu::comparisonRequested);
    m_swap = menu->addAction(tr("&Swap Sides"), this, &MainMenu::swapRequested);
    m_endComparison =
        menu->addAction(tr("Sto&p Comparing"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_B), this,
                        &MainMenu::comparisonEnded);
    menu->addSeparator();
    addLessons(menu, true);
}

void MainMenu::showComparison(bool on) {
    m_compare->setEnabled(!on);
    m_swap->setEnabled(on);
    m_endComparison->setEnabled(on);
}

/// In the order one goes through them, the course first. Their titles stand in the lessons
/// themselves: read when the menu is first opened.
void MainMenu::addLessons(QMenu* menu, bool compared) {
    const auto fill = [this, menu, compared] {
        const std::vector<QString> course = formats::first_launch_course();
        const std::vector<QString> guide = formats::guide_figures();
        QMenu* figures = nullptr;  // a collection of their own, where the first of them stands
        for (const QString& name : formats::lessons_to_go_through()) {
            const auto lesson = formats::shipped_lesson(name);
            if (!lesson || lesson->lesson.against.empty() == compared) continue;
            QMenu* to = menu;
            if (std::ranges::find(guide, name) != guide.end()) {
                if (!figures) figures = menu->addMenu(tr("Figures of the &Guide"));
                to = figures;
            }
            to->addAction(caption(QString::fromStdString(lesson->lesson.title)), this,
                          [this, name] { emit lessonRequested(name); });
            if (!course.empty() && name == course.back()) menu->addSeparator();
        }
    };
    connect(menu, &QMenu::aboutToShow, this, fill, Qt::SingleShotConnection);
}

void MainMenu::addLessonsMenu() {
    QMenu* menu = addMenu(tr("&Lessons"));
    menu->addAction(tr("First Steps: a Short &Course"), this, &MainMenu::courseRequested);
    menu->addSeparator();
    addLessons(menu, false);
}

void MainMenu::addHelpMenu() {
    QMenu* menu = addMenu(tr("&Help"));
    menu->addAction(tr("&Keyboard and Mouse"), QKeySequence(Qt::Key_F1), this,
                    &MainMenu::shortcutsRequested);
    menu->addAction(tr("&About Stridescope"), this, &MainMenu::aboutRequested);
}

void MainMenu::showRecent(const QStringList& paths) {
    m_recent->clear();
    m_recent->setEnabled(!paths.isEmpty());
    for (const QString& path : paths) {
        QAction* action = m_recent->addAction(caption(QFileInfo(path).fileName()), this,
                                              [this, path] { emit recentRequested(path); });
        action->setToolTip(words::harmless(path, longest_path));
    }
}

void MainMenu::showReading(const std::vector<const diagram::ReadingDefinition*>& choice,
                           engine::Reading reading, bool playable) {
    const auto readings = diagram::named_readings();
    for (std::size_t i = 0; i < readings.size(); ++i) {
        const bool offered = std::ranges::find(choice, readings[i]) != choice.end();
        QAction* action = m_readings->actions().at(static_cast<qsizetype>(i));
        action->setEnabled(offered);
        if (offered && readings[i]->steps == reading) action->setChecked(true);
    }
    for (QAction* action : m_playing) action->setEnabled(playable);
}

void MainMenu::showDigits(int digits) {
    for (QAction* action : m_digits->actions())
        action->setChecked(action->data().toInt() == digits);
}

void MainMenu::showTheme(ThemeChoice choice) {
    m_themes->actions().at(static_cast<int>(choice))->setChecked(true);
}

void MainMenu::showTextScale(double scale) {
    for (QAction* action : m_textScales->actions())
        action->setChecked(std::abs(action->data().toDouble() - scale) < 0.01);
}

void MainMenu::showReducedMotion(bool on) {
    const QSignalBlocker blocker(m_reducedMotion);
    m_reducedMotion->setChecked(on);
}

void MainMenu::showColumns(bool inspector, bool rail) {
    m_inspector->setChecked(inspector);
    m_rail->setChecked(rail);
}

}  // namespace ui::widgets
