// SPDX-License-Identifier: MIT
// Every command of the program as an action, in its menu.
#pragma once

#include <vector>

#include <QMenuBar>

#include "ui/diagram/readings.h"
#include "ui/formats/shipped_lessons.h"
#include "ui/widgets/controls/appearance.h"
#include "ui/widgets/header.h"

class QAction;
class QActionGroup;
class QUndoStack;

namespace ui::widgets {

class Canvas;
class Player;

class MainMenu : public QMenuBar {
    Q_OBJECT
public:
    MainMenu(QUndoStack* undo, Player* player, Canvas* canvas, QWidget* parent = nullptr);

    HeaderActions headerActions() const { return {m_undo, m_redo, m_export, m_inspector, m_rail}; }

    void showRecent(const QStringList& paths);
    /// `choice`: the readings of the layer in focus, empty where there is nothing to choose; not
    /// playable: nothing to step through.
    void showReading(const std::vector<const diagram::ReadingDefinition*>& choice,
                     engine::Reading reading, bool playable);
    void showDigits(int digits);
    void showTheme(ThemeChoice choice);
    void showTextScale(double scale);
    void showReducedMotion(bool on);
    void showColumns(bool inspector, bool rail);
    /// Whether two lessons stand beside each other.
    void showComparison(bool on);

signals:
    void newRequested();
    void openRequested();
    void recentRequested(const QString& path);
    void saveRequested();
    void saveAsRequested();
    void exportRequested();
    void printRequested();
    void figureCopyRequested();
    void alternativeTextRequested();
    void captionRequested();
    void quitRequested();
    void readingChosen(engine::Reading reading);
    void digitsChosen(int digits);  ///< of numbers in cells, as View has it
    void themeChosen(ui::widgets::ThemeChoice choice);
    void textScaleChosen(double scale);
    void reducedMotionChosen(bool on);
    void inspectorToggled(bool shown);
    void railToggled(bool shown);
    void partRequested(bool next);  ///< where the keyboard is to go
    void blankRequested();
    void weightsRequested();
    void comparisonRequested();
    void swapRequested();
    void comparisonEnded();
    void lessonRequested(const QString& name);
    void courseRequested();
    void shortcutsRequested();
    void aboutRequested();

private:
    void addFileMenu();
    void addEditMenu(QUndoStack* undo, Canvas* canvas);
    void addViewMenu(Canvas* canvas);
    void addPlayMenu(Player* player);
    void addCompareMenu();
    void addLessons(QMenu* menu, bool compared);
    void addLessonsMenu();
    void addHelpMenu();

    QAction* m_undo = nullptr;
    QAction* m_redo = nullptr;
    QAction* m_export = nullptr;
    QAction* m_inspector = nullptr;
    QAction* m_rail = nullptr;
    QAction* m_reducedMotion = nullptr;
    QAction* m_compare = nullptr;
    QAction* m_swap = nullptr;
    QAction* m_endComparison = nullptr;
    QMenu* m_recent = nullptr;
    QActionGroup* m_readings = nullptr;
    QActionGroup* m_digits = nullptr;
    QActionGroup* m_themes = nullptr;
    QActionGroup* m_textScales = nullptr;
    std::vector<QAction*> m_playing;  ///< need something to play
};

}  // namespace ui::widgets
