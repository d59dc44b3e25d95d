// SPDX-License-Identifier: MIT
// All wiring, and one direction: document -> shown -> widgets.
#include "ui/widgets/main_window.h"

#include <algorithm>
#include <limits>
#include <utility>

#include <QKeyEvent>
#include <QShortcut>
#include <QTimer>

#include "engine/lessons/comparison.h"
#include "engine/lessons/continued.h"
#include "engine/lessons/same_place.h"
#include "ui/diagram/readings.h"
#include "ui/diagram/stage.h"
#include "ui/widgets/canvas/paste_sentence.h"
#include "ui/widgets/columns.h"
#include "ui/widgets/controls/appearance.h"
#include "ui/widgets/controls/style.h"
#include "ui/widgets/controls/tab_order.h"
#include "ui/widgets/controls/verbatim.h"
#include "ui/widgets/header.h"
#include "ui/widgets/help_dialogs.h"
#include "ui/widgets/inspector/inspector.h"
#include "ui/widgets/lesson_edits.h"
#include "ui/widgets/main_menu.h"
#include "ui/widgets/preferences.h"
#include "ui/widgets/rail/rail.h"
#include "ui/widgets/stage/banner.h"
#include "ui/widgets/stage/player.h"
#include "ui/widgets/stage/stage_area.h"
#include "ui/widgets/stage/transport_bar.h"
#include "ui/widgets/stage/work_banner.h"
#include "ui/words/error_text.h"
#include "ui/words/plain_text.h"

namespace ui::widgets {

using diagram::View;
using engine::Lesson;

namespace {

/// A step beyond any last one: clamped to it.
constexpr int last_step = std::numeric_limits<int>::max();

std::vector<ModelPreset> generator_presets() {
    return {{QStringLiteral("generator_upsampling"), QStringLiteral("UpSampling2D")},
            {QStringLiteral("generator_transpose"), QStringLiteral("Conv2DTranspose")}};
}

/// What panels show of a pane: the stage's cells and moments are not among it.
bool panels_differ(const document::PresentedPane& a, const document::PresentedPane& b) {
    return a.lesson != b.lesson || a.view.focus != b.view.focus || a.view.filter != b.view.filter ||
           a.view.channel != b.view.channel || a.view.reading != b.view.reading ||
           a.view.digits != b.view.digits || a.view.beside != b.view.beside || a.state != b.state ||
           a.problem_named != b.problem_named;
}

}  // namespace

MainWindow::MainWindow(Appearance* appearance, QWidget* parent)
    : QMainWindow(parent),
      m_document(new document::Document(this)),
      m_presenter(new document::Presenter(this)),
      m_appearance(appearance),
      m_player(new Player(this)),
      m_canvas(new Canvas) {
    new VerbatimLabels(this);
    setAcceptDrops(true);
    setMinimumSize(800, 480);
    m_canvas->setObjectName(QStringLiteral("canvas"));

    m_menu = new MainMenu(m_document->undoStack(), m_player, m_canvas);
    m_header = new Header(m_menu, m_menu->headerActions());
    setMenuWidget(m_header);
    m_inspector = new Inspector;
    m_stage = new StageArea(m_canvas, m_player);
    m_rail = new Rail(generator_presets());
    m_columns = new Columns(m_inspector, m_stage, m_rail);
    setCentralWidget(m_columns);

    connectMenu();
    connectPanels();
    connectComparison();
    connectWeights();
    connectShapes();
    connectStage();
    connectCourse();
    connect(m_document, &document::Document::lessonChanged, this, [this] {
        if (!m_message.problem) m_message = {};  // it was about what was before
        request();
    });
    connect(m_document, &document::Document::viewChanged, this, &MainWindow::request);
    connect(m_presenter, &document::Presenter::presentedChanged, this, &MainWindow::showPresented);
    connect(m_presenter, &document::Presenter::activityChanged, this, &MainWindow::showActivity);
    connect(m_presenter, &document::Presenter::progressed, m_stage->work(),
            &WorkBanner::setProgress);
    connect(m_document, &document::Document::modifiedChanged, this, &MainWindow::showTitle);
    connect(m_document, &document::Document::pathChanged, this, &MainWindow::showTitle);
    connect(m_appearance, &Appearance::changed, this, [this] {
        m_columns->arrange();
        request();
        showStage();  // in its new colours
    });
    constexpr int moment_ms = 100;
    m_fade = new QTimer(this);
    m_fade->setSingleShot(true);
    m_fade->setInterval(moment_ms);
    connect(m_fade, &QTimer::timeout, this,
            [this] { m_canvas->setFaded(!m_presenter->presented().is_current()); });
    restoreSettings();
    m_canvas->setFocus();
}

MainWindow::~MainWindow() {
    // Parts of the window report to it while they go: where the keyboard is, it leaves.
    disconnect(m_presenter, nullptr, nullptr, nullptr);
    for (const QObject* part : findChildren<QObject*>()) part->disconnect(this);
}

void MainWindow::connectMenu() {
    connect(m_menu, &MainMenu::newRequested, this, [this] {
        if (mayDiscard()) newLesson();
    });
    connect(m_menu, &MainMenu::openRequested, this, &MainWindow::open);
    connect(m_menu, &MainMenu::recentRequested, this, &MainWindow::openFile);
    connect(m_menu, &MainMenu::saveRequested, this, &MainWindow::save);
    connect(m_menu, &MainMenu::saveAsRequested, this, &MainWindow::saveAs);
    connect(m_menu, &MainMenu::exportRequested, this, &MainWindow::exportPicture);
    connect(m_menu, &MainMenu::printRequested, this, &MainWindow::printFigure);
    connect(m_menu, &MainMenu::figureCopyRequested, this, &MainWindow::copyFigure);
    connect(m_menu, &MainMenu::alternativeTextRequested, this,
            [this] { copyFigureWords(FigureWords::alternative); });
    connect(m_menu, &MainMenu::captionRequested, this,
            [this] { copyFigureWords(FigureWords::caption); });
    connect(m_menu, &MainMenu::quitRequested, this, &QWidget::close);
    connect(m_menu, &MainMenu::readingChosen, this, &MainWindow::chooseReading);
    connect(m_menu, &MainMenu::digitsChosen, this, [this](int digits) {
        View view = shown().view;
        view.digits = m_digits = digits;
        look(view);
        keep(preference::digits, digits);
    });
    connect(m_menu, &MainMenu::themeChosen, this, [this](ThemeChoice choice) {
        m_appearance->setChoice(choice);
        keep(preference::theme, static_cast<int>(choice));
    });
    connect(m_menu, &MainMenu::textScaleChosen, this, [this](double scale) {
        m_appearance->setTextScale(scale);
        keep(preference::text_scale, scale);
    });
    connect(m_menu, &MainMenu::reducedMotionChosen, this, [this](bool on) {
        m_player->setReducedMotion(on);
        keep(preference::reduced_motion, on);
    });
    connect(m_menu, &MainMenu::inspectorToggled, m_columns, &Columns::showInspector);
    connect(m_menu, &MainMenu::railToggled, m_columns, &Columns::showRail);
    connect(m_menu, &MainMenu::partRequested, this, &MainWindow::goToPart);
    connect(m_menu, &MainMenu::blankRequested, m_stage, &StageArea::toggleBlank);
    connect(m_menu, &MainMenu::lessonRequested, this, [this](const QString& name) {
        if (openLesson(name)) leaveCourse();
    });
    connect(m_menu, &MainMenu::courseRequested, this, &MainWindow::startCourse);
    connect(m_menu, &MainMenu::shortcutsRequested, this, [this] {
        auto* sheet = new ShortcutSheet(this);
        sheet->setAttribute(Qt::WA_DeleteOnClose);
        sheet->open();
    });
    connect(m_menu, &MainMenu::aboutRequested, this, [this] {
        auto* about = new AboutDialog(this);
        about->setAttribute(Qt::WA_DeleteOnClose);
        about->open();
    });
    connect(m_header, &Header::readingChosen, this, &MainWindow::chooseReading);

    const auto anywhere = [this](const QKeySequence& key, auto slot) {
        connect(new QShortcut(key, this), &QShortcut::activated, m_player, slot);
    };
    anywhere(Qt::ALT | Qt::Key_Right, &Player::stepForward);
    anywhere(Qt::ALT | Qt::Key_Left, &Player::stepBack);
}

void MainWindow::connectPanels() {
    connect(m_inspector, &Inspector::specEdited, this, &MainWindow::editSpec);
    connect(m_inspector, &Inspector::inputEdited, this,
            [this](const engine::Tensor& input, const QString& text, const QString& key) {
                edit(engine::with_input(shown().lesson, input), text, key);
            });
    connect(m_inspector, &Inspector::weightsEdited, this,
            [this](const engine::WeightSetting& weights, const QString& text, const QString& key) {
                const QString here =
                    key.isEmpty() ? key : QStringLiteral("%1/%2").arg(key).arg(shown().view.focus);
                edit(engine::with_weights(shown().lesson, shown().view.focus, weights), text, here);
            });
    connect(m_inspector, &Inspector::lookedAt, this, [this](int filter, int channel) {
        View view = shown().view;
        view.filter = filter;
        view.channel = channel;
        look(view);
    });
    connect(m_inspector, &Inspector::finished, m_document, &document::Document::endGesture);
    connect(m_rail, &Rail::closeRequested, m_columns, [this] { m_columns->showRail(false); });
    connect(m_columns, &Columns::arranged, this, [this](const ColumnsShown& columns) {
        m_header->setFolded(columns.inspector_folds || !columns.inspector, columns.rail_folds);
        m_menu->showColumns(columns.inspector, columns.rail);
    });
    connect(m_rail, &Rail::pointedAt, this, [this](const diagram::Pointed& pointed) {
        View view = shown().view;
        view.pointed = pointed;
        look(view);
    });
    connect(m_rail, &Rail::layerChosen, this, &MainWindow::focusLayer);
    connect(m_rail, &Rail::layersEdited, this, &MainWindow::editLayers);
    connect(m_rail, &Rail::presetChosen, this, &MainWindow::openPreset);
    connect(m_rail, &Rail::summaryStyleChosen, this, [this](engine::SummaryStyle style) {
        const std::string_view name = engine::name_of(style);
        keep(preference::summary_style,
             QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())));
    });
}

void MainWindow::connectStage() {
    connect(m_canvas, &Canvas::roomChanged, this, &MainWindow::request);
    connect(m_canvas, &Canvas::cellHovered, this, [this](const auto& cell) {
        if (m_player->isPlaying()) return;  // what is told then is of the steps
        View view = shown().view;
        view.hovered = cell;
        look(view);
    });
    connect(m_canvas, &Canvas::cellVisited, this, &MainWindow::visit);
    connect(m_canvas, &Canvas::cellPinned, this, &MainWindow::pin);
    connect(m_canvas, &Canvas::cellsEdited, this, &MainWindow::editCells);
    connect(m_canvas, &Canvas::gridPasted, this, &MainWindow::paste);
    connect(m_canvas, &Canvas::pasteRefused, this, &MainWindow::say);
    connect(m_canvas, &Canvas::gestureEnded, m_document, &document::Document::endGesture);
    connect(m_player, &Player::momentChanged, this, &MainWindow::showMoment);
    connect(m_stage, &StageArea::switched, this,
            [this](const diagram::ReadingSwitch& which, bool value) {
                View view = shown().view;
                view.*which.value = value;
                look(view);
            });
    connect(m_stage->work(), &WorkBanner::computeRequested, m_presenter,
            &document::Presenter::computeAnyway);
    connect(m_stage->work(), &WorkBanner::stopRequested, m_presenter, &document::Presenter::stop);
    connect(m_stage->message(), &MessageBanner::closed, this, [this] { m_message = {}; });
    connect(m_stage->message(), &MessageBanner::otherTaken, this, [this] {
        const auto take = std::exchange(m_takeOther, {});  // which may say something else
        if (take) take();
    });
}

void MainWindow::edit(Lesson side, const QString& text, const QString& mergeKey) {
    editWhole(engine::with_side(m_document->lesson(), this->side(), std::move(side)), text,
              mergeKey.isEmpty() || this->side() == 0 ? mergeKey : mergeKey + QStringLiteral("/b"));
}

void MainWindow::editWhole(Lesson lesson, const QString& text, const QString& mergeKey) {
    m_message = {};
    lesson = engine::with_continued_kernels(std::move(lesson));
    if (lesson == m_document->lesson())
        showPanels();  // a control may have moved although nothing changed
    else
        m_document->edit(std::move(lesson), text, mergeKey);
}

void MainWindow::editSpec(const engine::LayerSpec& spec, const QString& argument) {
    const int focus = shown().view.focus;
    if (argument.isEmpty())
        edit(engine::with_layer(shown().lesson, focus, spec), tr("Change layer"));
    else
        edit(engine::with_layer(shown().lesson, focus, spec), tr("Change %1").arg(argument),
             QStringLiteral("spec/%1/%2").arg(focus).arg(argument));
}

void MainWindow::editCells(const CellEdits& edits) {
    chooseSide(edits.grid.pane);
    const auto lesson = with_cells(shown().lesson, shown().shapes.geometries, shown().view, edits);
    if (!lesson) return;
    const QString key =
        edits.gesture.isEmpty() ? QString() : QStringLiteral("cells/") + edits.gesture;
    edit(*lesson,
         edits.grid.grid == diagram::Grid::kernel ? tr("Change kernel") : tr("Change input"), key);
    if (!edits.doubt) return;
    const float taken = edits.edits.front().value;
    const auto [sentence, other] = understood(taken, *edits.doubt);
    sayUnderstood(sentence, other, [this, edits, taken] {
        m_document->undoStack()->undo();
        CellEdits otherwise = edits;
        otherwise.gesture += u'\'';
        otherwise.edits.front().value = edits.doubt->other;
        otherwise.doubt->other = taken;
        editCells(otherwise);
        m_document->endGesture();
    });
}

void MainWindow::paste(const GridPaste& paste) {
    chooseSide(paste.grid.pane);
    const Pasted pasted = with_rows(shown().lesson, shown().shapes.geometries, shown().view,
                                    paste.grid, paste.row, paste.column, paste.read.taken.rows);
    if (!pasted.refusal.isEmpty()) return say(pasted.refusal);
    if (!pasted.lesson) return;
    const bool changes = *pasted.lesson != shown().lesson;
    edit(*pasted.lesson, tr("Paste"));
    auto [sentence, other] = understood(paste.read);
    if (!pasted.resized.isEmpty())
        sentence = sentence.isEmpty() ? pasted.resized : sentence % u' ' % pasted.resized;
    sayUnderstood(sentence, other, [this, paste, changes] {
        if (changes) m_document->undoStack()->undo();
        GridPaste otherwise = paste;
        std::swap(otherwise.read.taken, *otherwise.read.other);
        this->paste(otherwise);
    });
}

void MainWindow::sayUnderstood(const QString& sentence, const QString& other,
                               std::function<void()> take) {
    if (sentence.isEmpty()) return;
    m_message = {.sentence = sentence, .problem = false, .other = other};
    m_takeOther = std::move(take);
    showProblem();
}

void MainWindow::editLayers(const std::vector<engine::Layer>& layers, int focus,
                            const QString& text) {
    Lesson lesson = shown().lesson;
    lesson.layers = layers;
    focusOn(std::move(lesson), focus, text);
}

void MainWindow::look(View view) {
    if (side() == 1) {
        const int last = static_cast<int>(shown().lesson.layers.size()) - 1;
        view.against_focus = view.focus == last ? std::nullopt : std::optional(view.focus);
        view.focus = played().view.focus;
        view.moment = played().view.moment;
    }
    m_document->setView(view);
}

/// Where numbers are edited the keyboard asks for nothing: while a step is told, title, counter and
/// picture stay with that.
void MainWindow::visit(const std::optional<diagram::CellRef>& cell) {
    View view = shown().view;
    const auto* grid = cell ? m_canvas->diagram().grid(cell->grid) : nullptr;
    const bool told = view.moment != diagram::Moment{};
    const bool asks = grid != nullptr && !m_player->isPlaying() && !(told && grid->editable);
    view.hovered = asks ? cell : std::nullopt;
    look(view);
}

/// The pinned cell, clicked once more, or its copy in another grid, is let go of.
void MainWindow::pin(const std::optional<diagram::CellRef>& cell) {
    if (cell) chooseSide(cell->grid.pane);
    View view = shown().view;
    const auto picture = m_presenter->presented().picture;
    const bool again = cell && picture && picture->pin &&
                       std::ranges::find(picture->pin->cells, *cell) != picture->pin->cells.end();
    view.pinned = again ? std::nullopt : cell;
    if (again) view.hovered.reset();
    look(view);
    if (!m_presenter->presented().is_current() || !shown().view.pinned ||
        m_presenter->presented().picture->pin)
        return;
    view.pinned.reset();  // a zero between inputs, a map of counts: nothing to follow
    look(view);
}

/// Where the pointer rests says nothing of a moment that came without it.
void MainWindow::showMoment(diagram::Moment moment) {
    View view = played().view;
    view.moment = moment;
    view.hovered.reset();
    view.beside.reset();
    view.against_focus = m_document->view().against_focus;
    m_document->setView(view);
}

void MainWindow::chooseReading(engine::Reading reading) {
    View view = played().view;
    if (view.reading == reading) return;
    const engine::Geometry* geometry = played().geometry();
    view.reading = reading;
    if (geometry != nullptr) {
        const engine::Timeline before =
            diagram::timeline_of(played().layer(), *geometry, played().view);
        const engine::Timeline after = diagram::timeline_of(played().layer(), *geometry, view);
        view.moment = {engine::same_place(before, view.moment.step, after, *geometry), 0};
    }
    m_playsOn = m_player->isPlaying();
    m_player->pause();
    view.hovered.reset();
    view.beside.reset();
    m_document->setView(view);
}

void MainWindow::focusLayer(int index) {
    if (index == shown().view.focus) return;
    View view = shown().view;
    view.focus = index;
    view.filter = view.channel = 0;
    view.pinned.reset();
    view.hovered.reset();
    view.beside.reset();
    view.moment = {last_step, 0};
    look(view);
}

void MainWindow::request() {
    if (!isAnythingOpen()) return;
    m_presenter->setHeldElsewhere(m_document->historyCount());
    m_presenter->request(document::session_of(m_document->lesson(), m_document->view()),
                         {m_canvas->room(), std::clamp(text_scale(), 1.0, 2.0)});
}

void MainWindow::showPresented(const document::Presented& before) {
    // Copies: what is shown may change the room, which is answered before this goes on.
    const document::PresentedPane now = shown();
    const bool was_current = !before.panes.empty() && before.is_current();
    const bool is_current = m_presenter->presented().is_current();
    const auto picture = m_presenter->presented().picture;
    const auto index = static_cast<std::size_t>(side());
    const bool first = index >= before.panes.size() ||
                       before.panes.size() != m_presenter->presented().panes.size();
    if (played().state == document::PresentedPane::State::impossible) m_player->pause();
    if (first || panels_differ(before.panes[index], now)) {
        showPanels();
        showNotes();
    }
    showProblem();
    showTitle();
    if (first || before.picture != picture || was_current != is_current) showStage();
    showTimeline();
    followCourse();
    showActivity();
    showWeights();
}

void MainWindow::showPanels() {
    m_inspector->showSides(static_cast<int>(m_presenter->presented().panes.size()), side());
    m_menu->showComparison(m_presenter->presented().panes.size() == 2);
    m_inspector->show(shown());
    m_rail->show(shown());
    // Where the side that is worked on leaves no choice, that of the other.
    const document::PresentedPane* chosen = &shown();
    for (const document::PresentedPane& pane : m_presenter->presented().panes)
        if (diagram::choice_of(chosen->spec()).empty()) chosen = &pane;
    const auto choice = diagram::choice_of(chosen->spec());
    const engine::Reading reading = diagram::reading_of(chosen->spec(), chosen->view.reading).steps;
    m_header->show(title(), choice, reading);
    const auto& computed = shown().computed;
    m_menu->showDigits(shown().view.digits);
    m_menu->showReading(choice, reading, computed && computed->trace.step_count() > 0);
}

void MainWindow::showStage() {
    if (!isAnythingOpen()) return;
    diagram::Diagram nothing;
    nothing.size = m_canvas->room();
    const document::Presented& presented = m_presenter->presented();
    m_canvas->show(presented.picture ? *presented.picture : nothing, m_appearance->theme());
    // What follows in a moment need not flicker.
    if (m_presenter->activity() != document::Presenter::Activity::computing)
        m_canvas->setFaded(!m_presenter->presented().is_current());
    else if (!m_fade->isActive())
        m_fade->start();
}

void MainWindow::showTimeline() {
    m_stage->setPlayable(played().computed && played().computed->trace.step_count() > 0);
    const auto computed = played().computed;
    if (!computed) return m_stage->showSwitches({}, {});
    const View view = played().is_current() ? played().view : computed->view;
    const engine::Timeline& timeline = computed->trace.timeline();
    const engine::LayerSpec& spec =
        computed->lesson.layers[static_cast<std::size_t>(view.focus)].spec;
    m_player->setSegments(timeline.segments());
    if (m_player->moment() != view.moment) m_player->setMoment(view.moment);
    if (played().is_current() && std::exchange(m_playsOn, false) &&
        view.moment.step < timeline.step_count())
        m_player->play();
    QStringList names;
    for (const engine::Segment& segment : timeline.segments())
        names << diagram::phase_name(segment.phase, spec, view.reading);
    m_stage->transport()->show(
        timeline.segments(), names, view.moment,
        diagram::counter_text(timeline, computed->trace.geometry(), view.moment));
    m_stage->transport()->setEnabled(played().is_current());
    const diagram::ReadingDefinition& reading = diagram::reading_of(spec, view.reading);
    m_stage->setReading(reading);
    std::vector<const diagram::ReadingSwitch*> offered;
    for (const diagram::ReadingSwitch& one : reading.switches)
        if (played().is_current() && one.is_offered(computed->trace, view.moment))
            offered.push_back(&one);
    m_stage->showSwitches(offered, view);
}

void MainWindow::showActivity() {
    const auto activity = m_presenter->activity();
    m_stage->work()->show(activity, m_presenter->expectedSeconds(), m_presenter->products());
    if (activity != document::Presenter::Activity::computing) {
        m_fade->stop();
        m_canvas->setFaded(isAnythingOpen() && !m_presenter->presented().is_current());
    }
}

void MainWindow::showProblem() {
    const bool on_stage =
        isAnythingOpen() && shown().state == document::PresentedPane::State::impossible;
    Message message = m_message;
    if (message.sentence.isEmpty() && on_stage && !m_inspector->says(shown()))
        message.sentence = shown().problem_named;
    m_stage->message()->show(message);
}

const document::PresentedPane& MainWindow::shown() const {
    return m_presenter->presented().panes[static_cast<std::size_t>(side())];
}

void MainWindow::say(const QString& problem) {
    m_message = {.sentence = problem};
    showProblem();
}

void MainWindow::sayOutOfMemory() {
    say(words::error_text({.code = engine::ErrorCode::out_of_memory}));
}

QString MainWindow::title() const {
    const QString title =
        words::harmless(QString::fromStdString(m_document->lesson().title), longest_name);
    return title.isEmpty() ? tr("Untitled") : title;
}

void MainWindow::showTitle() {
    setWindowTitle(tr("%1[*] – Stridescope").arg(verbatim_title(title())));
    setWindowModified(m_document->isModified());
    setWindowFilePath(m_document->path());
}

void MainWindow::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && m_columns->isRailUnfolded())
        m_columns->showRail(false);
    else if (event->key() == Qt::Key_Escape && isAnythingOpen() && shown().view.beside)
        layOver(std::nullopt);
    else if (event->key() == Qt::Key_Escape && isAnythingOpen() && shown().view.pinned)
        pin(std::nullopt);
    else
        QMainWindow::keyPressEvent(event);
}

void MainWindow::resizeEvent(QResizeEvent* event) {
    QMainWindow::resizeEvent(event);
    m_columns->arrange();
}

/// From column to column, so that none is a score of tabs away.
void MainWindow::goToPart(bool next) {
    std::vector<QWidget*> firsts;
    std::size_t here = 0;
    for (QWidget* part : {static_cast<QWidget*>(m_header), static_cast<QWidget*>(m_inspector),
                          static_cast<QWidget*>(m_stage), static_cast<QWidget*>(m_rail)}) {
        QWidget* first = part == m_stage ? m_canvas : next_by_tab(part, nullptr, true);
        if (!part->isVisible() || first == nullptr) continue;
        if (part->isAncestorOf(focusWidget())) here = firsts.size();
        firsts.push_back(first);
    }
    if (firsts.empty()) return;
    const std::size_t by = next ? 1 : firsts.size() - 1;
    firsts[(here + by) % firsts.size()]->setFocus(Qt::TabFocusReason);
}

bool MainWindow::focusNextPrevChild(bool next) {
    QWidget* to = next_by_tab(this, focusWidget(), next);
    if (to == nullptr) return false;
    to->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    return true;
}

}  // namespace ui::widgets
