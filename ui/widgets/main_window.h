// SPDX-License-Identifier: MIT
// The window: owns the parts, makes edits of the document, and shows what follows in one direction.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include <QJsonObject>
#include <QJsonValue>
#include <QMainWindow>

#include "ui/document/document.h"
#include "ui/document/presenter.h"
#include "ui/paint/export_job.h"
#include "ui/widgets/canvas/canvas.h"
#include "ui/widgets/stage/banner.h"

class QTimer;

namespace ui::widgets {

class Appearance;
class Columns;
class Header;
class Inspector;
class MainMenu;
class Player;
class Rail;
class StageArea;
class WeightsWindow;
struct ShownNotes;

class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    explicit MainWindow(Appearance* appearance, QWidget* parent = nullptr);
    ~MainWindow() override;

    /// A file, after asking about unsaved changes. A broken one leaves everything as it was and
    /// says so.
    bool openFile(const QString& path);
    /// A shipped lesson by name, likewise.
    bool openLesson(const QString& name);
    /// The short course of the first launch: its first lesson, playing.
    void startCourse();

    /// Remembers a setting for the next run; if that cannot be, it is said once.
    void keep(const QString& key, const QJsonValue& value);

    /// A single action found too little memory; everything is as before.
    void sayOutOfMemory();

    document::Document* document() { return m_document; }
    document::Presenter* presenter() { return m_presenter; }

protected:
    void showEvent(QShowEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    bool focusNextPrevChild(bool next) override;

private:
    // Wiring, once.
    void connectMenu();
    void connectPanels();
    void connectStage();
    void connectCourse();
    void restoreSettings();

    // From an edit to the document.
    /// Of the side that is worked on, as shown() has it.
    void edit(engine::Lesson side, const QString& text, const QString& mergeKey = {});
    void editWhole(engine::Lesson lesson, const QString& text, const QString& mergeKey = {});
    void editSpec(const engine::LayerSpec& spec, const QString& argument);
    void editCells(const CellEdits& edits);
    void paste(const GridPaste& paste);
    void editLayers(const std::vector<engine::Layer>& layers, int focus, const QString& text);
    /// The side that is worked on otherwise; the other follows.
    void look(diagram::View view);
    void visit(const std::optional<diagram::CellRef>& cell);
    void pin(const std::optional<diagram::CellRef>& cell);
    void showMoment(diagram::Moment moment);
    void chooseReading(engine::Reading reading);
    void focusLayer(int index);
    void goToPart(bool next);

    // From the document to the widgets: a request, and what is answered.
    void request();
    void showPresented(const document::Presented& before);
    void showPanels();
    void showStage();
    void showTimeline();
    void showActivity();
    void showProblem();
    void showTitle();
    /// The side that is worked on: panels show it, edits are made in it.
    const document::PresentedPane& shown() const;
    /// Whose timeline is played.
    const document::PresentedPane& played() const { return m_presenter->presented().panes.front(); }
    int side() const;
    void chooseSide(int side);
    void connectComparison();
    void startComparison();
    void connectShapes();
    void layOver(const std::optional<diagram::OtherCrop>& other);
    void showCase(engine::Size2D kernel_size, engine::Size2D strides);
    void focusOn(engine::Lesson lesson, int focus, const QString& text);
    void connectWeights();
    void openWeights();
    void showWeights();
    void bringWeights(const engine::WeightSetting& weights, engine::Size2D kernel_size,
                      const QString& text);
    bool isAnythingOpen() const { return !m_document->lesson().layers.empty(); }

    // Files, lessons and the course.
    void replaceDocument(formats::LessonFile file, const QString& path,
                         const formats::LessonFormat& format, const QString& lessonName);
    void sayWhatNotesDoNotName();
    bool refuse(const QString& problem);
    bool mayDiscard();
    bool save();
    bool saveAs();
    bool saveTo(const QString& path, const formats::LessonFormat& format);
    QString title() const;          ///< harmless; "Untitled" if there is none
    QString nameOfShipped() const;  ///< empty: it is none of those
    QString fileStem() const;
    void newLesson();
    void open();
    void openPreset(const QString& lesson);
    void remember(const QString& path);
    void rememberFolder(const QString& path);  ///< of a file
    void showNotes();
    ShownNotes notesShown() const;
    void returnToNotes();
    void goToLesson(const QString& name);
    std::vector<QString> lessonsInOrder() const;  ///< those that Back and Next go through
    QString lessonBeside(int by) const;  ///< -1 before, 1 after the open one; empty if none
    Way::Ahead ahead() const;
    void followCourse();  ///< what has been seen of its lesson
    void leaveCourse();
    void endCourse(bool ended);  ///< false: back in its last lesson
    std::optional<paint::ExportJob> figure();
    void exportPicture();
    void copyFigure();
    enum class FigureWords { alternative, caption };
    void copyFigureWords(FigureWords words);
    void printFigure();
    void say(const QString& problem);
    /// How an edit that was just made was understood, and what to do instead on a click: one step
    /// to undo either way.
    void sayUnderstood(const QString& sentence, const QString& other, std::function<void()> take);

    document::Document* m_document;
    document::Presenter* m_presenter;
    Appearance* m_appearance;
    Player* m_player;
    Canvas* m_canvas;
    MainMenu* m_menu;
    Header* m_header;
    Inspector* m_inspector;
    StageArea* m_stage;
    Rail* m_rail;
    Columns* m_columns;
    WeightsWindow* m_weights = nullptr;  ///< once it was opened

    int m_side = 0;          ///< as last chosen, see side()
    QTimer* m_fade;          ///< what takes longer than a moment fades the picture before it
    bool m_playsOn = false;  ///< once another reading's timeline is there
    bool m_saidForgetful = false;
    Message m_message;  ///< said until closed or until something succeeds
    std::function<void()> m_takeOther;

    int m_digits = diagram::usual_digits;  ///< in cells, where a lesson asks for none
    QString m_folder;                      ///< where the last file was
    QJsonObject m_exported;                ///< ExportChoices, as they were last
    std::vector<QString> m_course;         ///< of lessons to go through; empty: all of them
    bool m_courseEnded = false;
    bool m_phasesLeft = true;                  ///< of the lesson that is open: never seen so far
    std::vector<QString> m_seen;               ///< lessons of the course, to their end
    QString m_lessonName;                      ///< of the shipped lesson that is open, if one is
    std::optional<std::string> m_closedNotes;  ///< until others are shown
};

}  // namespace ui::widgets
