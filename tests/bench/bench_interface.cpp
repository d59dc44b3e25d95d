// SPDX-License-Identifier: MIT
// How long the interface takes, beside the ways it could have been built. Medians in milliseconds
// and ratios, one run: grids of numbers repainted whole and by one step, an edit up to the
// repainted stage, pictures in files, what the window computes for what a learner does, the ledger
// and the designer, an edit of a generator, an edit of a large input while it plays, the first
// frame. The last three are times on the wall; all else is processor time, so that other work on
// the machine does not count.
//
//     QT_QPA_PLATFORM=offscreen bench_interface
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <functional>
#include <vector>

#include <QApplication>
#include <QElapsedTimer>
#include <QGraphicsRectItem>
#include <QGraphicsScene>
#include <QGraphicsView>
#include <QPaintEvent>
#include <QPainter>
#include <QProcess>
#include <QTemporaryDir>
#include <QUndoStack>
#include <QWidget>

#include "engine/frameworks/design.h"
#include "engine/kernels/thread_pool.h"
#include "ui/diagram/stage.h"
#include "ui/document/present.h"
#include "ui/formats/lesson_file.h"
#include "ui/formats/shipped_lessons.h"
#include "ui/paint/export_job.h"
#include "ui/paint/fonts.h"
#include "ui/widgets/canvas/canvas.h"
#include "ui/widgets/controls/appearance.h"
#include "ui/widgets/controls/style.h"
#include "ui/widgets/main_window.h"
#include "ui/widgets/stage/player.h"
#include "ui/words/translations.h"

namespace diagram = ui::diagram;
namespace paint = ui::paint;
using diagram::Role;

namespace {

double middle_of(std::vector<double> times) {
    std::ranges::sort(times);
    return times[times.size() / 2];
}

/// Milliseconds of processor time, the median of many runs after three that warm caches up. `run`
/// is told its number.
double median(const std::function<void(int)>& run, int runs = 41) {
    std::vector<double> times;
    for (int i = 0; i < runs + 3; ++i) {
        const std::clock_t start = std::clock();
        run(i);
        const std::clock_t end = std::clock();
        if (i >= 3) times.push_back(1000.0 * static_cast<double>(end - start) / CLOCKS_PER_SEC);
    }
    return middle_of(std::move(times));
}

// A grid of side × side numbered cells in three forms. In step k the 3 × 3 cells around the middle
// change.

constexpr double picture_side = 1024;

struct Numbers {
    int side = 32;
    double pitch() const { return std::max(10.0, std::floor(picture_side / side)); }
    int pixels() const { return static_cast<int>(pitch() * side); }
    bool changes(int row, int column) const {
        return std::abs(row - side / 2) <= 1 && std::abs(column - side / 2) <= 1;
    }
    QString text(int row, int column, int step) const {
        const int change = changes(row, column) ? step : 0;
        return QString::number((row * 37 + column * 11 + change) % 100);
    }
    QRectF cell(int row, int column) const {
        return {column * pitch(), row * pitch(), pitch() - 1, pitch() - 1};
    }
    double text_size() const { return 0.5 * pitch(); }
    QRect changed() const {
        const double first = (side / 2 - 1) * pitch();
        return QRectF(first, first, 3 * pitch(), 3 * pitch()).toAlignedRect();
    }
};

diagram::Diagram diagram_of(const Numbers& numbers, int step) {
    diagram::Diagram picture;
    picture.size = QSizeF(numbers.pixels(), numbers.pixels());
    for (int row = 0; row < numbers.side; ++row) {
        for (int column = 0; column < numbers.side; ++column) {
            const QRectF rect = numbers.cell(row, column);
            diagram::Box box;
            box.rect = rect;
            box.fill = {Role::output_fill, 1};
            box.line = {Role::output_line, 1};
            box.radius = std::min(4.0, rect.width() / 7);
            picture.items.push_back(
                {box, 0, diagram::CellRef{{diagram::Grid::full_output, 0}, row, column}});
            diagram::Label label;
            label.anchor = rect.center();
            label.align = diagram::Align::centre;
            label.size = numbers.text_size();
            label.max_width = rect.width();
            label.runs = {{numbers.text(row, column, step),
                           {Role::output_text, 1},
                           diagram::Face::numbers,
                           diagram::FontWeight::regular}};
            picture.items.push_back({label, 0, std::nullopt});
        }
    }
    return picture;
}

/// The same cells by plain rounded rectangles and drawText.
class PlainGrid : public QWidget {
public:
    explicit PlainGrid(Numbers numbers) : m_numbers(numbers) {}
    int step = 0;

protected:
    void paintEvent(QPaintEvent* event) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const diagram::Theme theme;
        painter.fillRect(event->rect(), theme.colour(Role::paper));
        painter.setFont(paint::font_of(diagram::Face::numbers, diagram::FontWeight::regular,
                                       m_numbers.text_size()));
        const double radius = std::min(4.0, m_numbers.pitch() / 7);
        for (int row = 0; row < m_numbers.side; ++row) {
            for (int column = 0; column < m_numbers.side; ++column) {
                const QRectF rect = m_numbers.cell(row, column);
                if (!rect.intersects(event->rect())) continue;
                painter.setPen(theme.colour(Role::output_line));
                painter.setBrush(theme.colour(Role::output_fill));
                painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
                painter.setPen(theme.colour(Role::output_text));
                painter.drawText(rect, Qt::AlignCenter, m_numbers.text(row, column, step));
            }
        }
    }

private:
    Numbers m_numbers;
};

/// The same cells as items of a scene.
class SceneGrid : public QGraphicsView {
public:
    explicit SceneGrid(Numbers numbers) : m_numbers(numbers) {
        setScene(&m_scene);
        setFrameShape(QFrame::NoFrame);
        setRenderHint(QPainter::Antialiasing);
        const diagram::Theme theme;
        const QFont font = paint::font_of(diagram::Face::numbers, diagram::FontWeight::regular,
                                          numbers.text_size());
        for (int row = 0; row < numbers.side; ++row) {
            for (int column = 0; column < numbers.side; ++column) {
                const QRectF rect = numbers.cell(row, column);
                m_scene.addRect(rect.adjusted(0.5, 0.5, -0.5, -0.5),
                                theme.colour(Role::output_line), theme.colour(Role::output_fill));
                auto* text = m_scene.addSimpleText(numbers.text(row, column, 0), font);
                text->setBrush(theme.colour(Role::output_text));
                text->setPos(rect.center() - text->boundingRect().center());
                if (numbers.changes(row, column)) m_changing.push_back({text, row, column});
            }
        }
    }
    void show_step(int step) {
        for (const Changing& cell : m_changing)
            cell.text->setText(m_numbers.text(cell.row, cell.column, step));
    }

private:
    struct Changing {
        QGraphicsSimpleTextItem* text;
        int row, column;
    };
    Numbers m_numbers;
    QGraphicsScene m_scene;
    std::vector<Changing> m_changing;
};

void settle() {
    for (int i = 0; i < 5; ++i) QCoreApplication::processEvents();
}

/// Paints what was marked for update, now.
void flush() { QCoreApplication::processEvents(QEventLoop::ExcludeUserInputEvents); }

struct Pair {
    double whole = 0;
    double step = 0;
};

Pair time_canvas(const Numbers& numbers) {
    ui::widgets::Canvas canvas;
    canvas.resize(numbers.pixels(), numbers.pixels());
    const diagram::Diagram pictures[2] = {diagram_of(numbers, 1), diagram_of(numbers, 2)};
    canvas.show(pictures[0], {});
    static_cast<QWidget&>(canvas).show();
    settle();
    Pair times;
    times.whole = median([&](int) { canvas.repaint(); });
    times.step = median([&](int i) {
        canvas.show(pictures[i % 2], {});
        flush();
    });
    return times;
}

Pair time_plain(const Numbers& numbers) {
    PlainGrid grid(numbers);
    grid.resize(numbers.pixels(), numbers.pixels());
    grid.show();
    settle();
    Pair times;
    times.whole = median([&](int) { grid.repaint(); });
    times.step = median([&](int i) {
        grid.step = 1 + i % 2;
        grid.repaint(numbers.changed());
    });
    return times;
}

Pair time_scene(const Numbers& numbers) {
    SceneGrid view(numbers);
    view.resize(numbers.pixels(), numbers.pixels());
    view.show();
    settle();
    Pair times;
    times.whole = median([&](int) { view.viewport()->repaint(); });
    times.step = median([&](int i) {
        view.show_step(1 + i % 2);
        flush();
    });
    return times;
}

void time_grids() {
    std::printf("%-28s %10s %10s %10s   %s\n", "a grid of numbers, ms", "Stridescope", "drawText",
                "GraphicsView", "faster than both, times");
    const auto line = [](int side, const char* what, double ours, double plain, double scene) {
        std::printf("%4d x %-4d %-17s %10.2f %10.2f %10.2f   %5.1f %5.1f\n", side, side, what, ours,
                    plain, scene, plain / ours, scene / ours);
    };
    for (const int side : {32, 64, 128}) {
        const Numbers numbers{side};
        const Pair ours = time_canvas(numbers);
        const Pair plain = time_plain(numbers);
        const Pair scene = time_scene(numbers);
        line(side, "whole", ours.whole, plain.whole, scene.whole);
        line(side, "one step", ours.step, plain.step, scene.step);
    }
}

/// Conv2DTranspose on side × side inputs, outputs twice as large: what one step and one edit cost,
/// trace and picture included; as the window does it, which keeps the finished sums from step to
/// step.
void time_stage(int side) {
    engine::Conv2DTranspose layer;
    layer.kernel_size = {3, 3};
    layer.strides = {2, 2};
    layer.padding = engine::Same{};
    engine::Lesson lesson;
    lesson.input = engine::random_input({side, side, 1}, 7);
    lesson.layers.push_back({layer, {}});

    ui::widgets::Canvas canvas;
    canvas.resize(1040, 740);
    const auto run = engine::run(lesson);
    if (!run) return;
    diagram::View view;
    const diagram::StageOptions room{canvas.room(), 1};
    canvas.show(diagram::build_stage(lesson, *run, view, room), {});
    static_cast<QWidget&>(canvas).show();
    settle();

    const int middle = side * side * 2 / 5;
    std::printf("\na stage of %d x %d to %d x %d, ms\n", side, side, 2 * side, 2 * side);
    const std::pair<engine::Reading, const char*> readings[] = {
        {engine::Reading::stamp, "stamp"},
        {engine::Reading::slide, "slide"},
        {engine::Reading::why_equal, "why equal"},
    };
    for (const auto& [reading, name] : readings) {
        view.reading = reading;
        view.moment = {middle, 0};
        const double build = median([&](int) { diagram::build_stage(lesson, *run, view, room); });
        engine::Trace kept = diagram::trace_of(lesson, *run, view);
        kept.keep_sums();
        const double step = median([&](int i) {
            view.moment.step = middle + i;
            canvas.show(diagram::build_stage(lesson, *run, view, room, &kept), {});
            flush();
        });
        canvas.show(diagram::build_stage(lesson, *run, view, room), {});
        const double whole = median([&](int) { canvas.repaint(); });
        std::printf(
            "  %-10s build anew %6.2f   step, built and shown %6.2f   whole repaint %6.2f\n", name,
            build, step, whole);
    }
    view.reading = engine::Reading::stamp;
    view.moment = {side * side, 0};
    const double edit = median([&](int i) {
        lesson = engine::with_input(lesson,
                                    lesson.input.with_value(i % 1024, static_cast<float>(i % 10)));
        const auto after = engine::run(lesson);
        engine::Trace kept = diagram::trace_of(lesson, *after, view);
        kept.keep_sums();
        canvas.show(diagram::build_stage(lesson, *after, view, room, &kept), {});
        flush();
    });
    std::printf("  an edited input cell, run, built and shown %6.2f\n", edit);
}

/// Two settings on one input of side × side, beside each other in one picture: what one step costs,
/// both panes and their difference built anew where they changed.
void time_comparison(int side) {
    namespace document = ui::document;
    engine::Conv2DTranspose layer;
    layer.kernel_size = {3, 3};
    layer.strides = {2, 2};
    layer.padding = engine::Same{};
    engine::Lesson lesson;
    lesson.input = engine::random_input({side, side, 1}, 7);
    lesson.layers.push_back({layer, {}});
    layer.kernel_size = {4, 4};
    lesson.against.push_back({layer, {}});

    ui::widgets::Canvas canvas;
    canvas.resize(1440 - 2 * 280, 740);
    static_cast<QWidget&>(canvas).show();
    settle();
    const document::Room room{canvas.room(), 1};
    std::printf("\ntwo panes of %d x %d, compared, ms\n", side, side);
    for (const auto& [reading, name] :
         {std::pair(engine::Reading::stamp, "stamp"), {engine::Reading::why_equal, "why equal"}}) {
        diagram::View view;
        view.reading = reading;
        view.moment = {side * side * 2 / 5, 0};
        document::Presented shown =
            document::present(document::session_of(lesson, view), room, nullptr);
        const double step = median([&](int) {
            ++view.moment.step;
            shown = document::present(document::session_of(lesson, view), room, &shown);
            canvas.show(*shown.picture, {});
            flush();
        });
        const double whole = median([&](int) { canvas.repaint(); });
        std::printf("  %-10s step, built and shown %6.2f   whole repaint %6.2f\n", name, step,
                    whole);
    }
}

/// A generator's block as a learner edits it: five layers.
engine::Lesson block_of_layers() {
    engine::Conv2DTranspose transposed;
    transposed.kernel_size = {3, 3};
    transposed.strides = {2, 2};
    transposed.padding = engine::Same{};
    engine::Lesson lesson;
    lesson.input = engine::random_input({8, 8, 1}, 7);
    for (int i = 0; i < 5; ++i) lesson.layers.push_back({transposed, {}});
    return lesson;
}

/// What present() computes for what a learner does: an edit runs the layers and makes one Trace, a
/// look makes none.
void count_computed() {
    namespace document = ui::document;
    document::Session session{{{block_of_layers(), {}}}};
    document::Pane& pane = session.panes.front();
    pane.view.moment = {12, 0};
    document::Presented shown = document::present(session, {}, nullptr);
    std::printf("\nwhat is computed for it, %d layers  %7s %7s %7s %9s\n",
                static_cast<int>(pane.lesson.layers.size()), "layers", "plans", "Traces",
                "pictures");
    const auto count = [&](const char* what) {
        shown = document::present(session, {}, &shown);
        std::printf("  %-32s %7d %7d %7d %9d\n", what, shown.done.layers, shown.done.plans,
                    shown.done.traces, shown.done.pictures);
    };
    pane.lesson = engine::with_input(pane.lesson, pane.lesson.input.with_value(9, 3));
    count("an edited input cell");
    std::get<engine::Conv2DTranspose>(pane.lesson.layers[0].spec).strides = {1, 1};
    count("an edited argument");
    pane.view.hovered = diagram::CellRef{{diagram::Grid::input, 0}, 1, 1};
    count("a hovered cell");
    pane.view.moment = {12, 0.5};
    count("a frame between two played steps");
    pane.view.moment = {13, 0};
    count("a played step");
    pane.view.reading = engine::Reading::slide;
    count("another reading");
    pane.view.focus = 1;
    count("another layer");
}

/// DCGAN's generator, or the tutorial's: `depth` feature maps of side × side made of 100 numbers,
/// then twice as large and half as deep until a picture of `filters` is made.
engine::Lesson generator(int side, int depth, int stages, int filters) {
    engine::Lesson lesson;
    lesson.input = engine::random_input({100}, 7);
    lesson.layers.push_back({engine::Dense{.units = side * side * depth}, {}});
    lesson.layers.push_back({engine::Reshape{{side, side, depth}}, {}});
    for (int i = 1; i <= stages; ++i) {
        engine::Conv2DTranspose layer;
        layer.filters = i < stages ? depth >> i : filters;
        layer.kernel_size = {5, 5};
        layer.strides = {2, 2};
        layer.padding = engine::Same{};
        lesson.layers.push_back({layer, {}});
    }
    return lesson;
}

/// An edited input number of a generator: its layers run as if each were new, then with what the
/// run before made ready, then that on the machine's threads.
void time_generator(const char* name, engine::Lesson lesson) {
    engine::PreparedModel prepared;
    engine::ThreadPool pool(engine::ThreadPool::threads_of_machine());
    const auto time = [&](engine::PreparedModel* kept, engine::ThreadPool* threads) {
        std::vector<double> times;
        for (int i = 0; i < 15; ++i) {
            lesson.input = lesson.input.with_value(i, static_cast<float>(i));
            QElapsedTimer timer;
            timer.start();
            const auto run = engine::run(lesson, {.prepared = kept, .pool = threads});
            times.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
        }
        return middle_of(std::move(times));
    };
    const double anew = time(nullptr, nullptr);
    const double ready = time(&prepared, nullptr);
    const double shared = time(&prepared, &pool);
    std::printf("  %-24s %10.3f %10.3f %10.3f   %5.1f %5.1f\n", name, anew, ready, shared,
                anew / ready, anew / shared);
}

void time_generators() {
    std::printf("\nan edited input number, run, ms %8s %10s %10s   %s\n", "made anew", "kept",
                "on a pool", "faster, times");
    time_generator("tutorial, 5 x 5 x 128", generator(5, 128, 1, 1));
    time_generator("DCGAN, 4 x 4 x 1024", generator(4, 1024, 4, 3));
}

/// An input of side × side cells is edited while it plays: how long the window's own thread is held
/// up, and how long it is until the picture is there, which the presenter's worker computes.
void time_large_edit(int side) {
    engine::Conv2DTranspose layer;
    layer.kernel_size = {3, 3};
    layer.strides = {2, 2};
    layer.padding = engine::Same{};
    ui::formats::LessonFile file;
    file.lesson.input = engine::random_input({side, side, 1}, 7);
    file.lesson.layers.push_back({layer, {}});

    ui::widgets::Appearance appearance;
    ui::widgets::MainWindow window(&appearance);
    appearance.apply();
    window.resize(1440, 900);
    window.document()->reset(std::move(file));
    window.show();
    const auto is_there = [&] { return window.presenter()->presented().panes[0].is_current(); };
    double longest = 0;  // that one turn of the event loop takes
    const auto turn = [&] {
        QElapsedTimer timer;
        timer.start();
        QCoreApplication::processEvents();
        longest = std::max(longest, static_cast<double>(timer.nsecsElapsed()) / 1e6);
    };
    while (!is_there()) turn();
    auto* player = window.findChild<ui::widgets::Player*>();
    player->play();
    for (int i = 0; i < 20; ++i) turn();

    std::vector<double> answers, turns, pictures;
    for (int i = 0; i < 15; ++i) {
        const engine::Tensor& input = window.document()->lesson().input;
        const engine::Lesson edited = engine::with_input(
            window.document()->lesson(), input.with_value(i, static_cast<float>(10 + i)));
        longest = 0;
        QElapsedTimer timer;
        timer.start();
        window.document()->edit(edited, QStringLiteral("Change input"));
        answers.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
        while (!is_there()) turn();
        pictures.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
        for (int k = 0; k < 10; ++k) turn();
        turns.push_back(longest);
        if (!player->isPlaying()) player->play();
    }
    std::printf(
        "\nan edit of %d x %d while it plays, ms on the wall\n"
        "  the window's thread answers after %.1f, at most %.1f (aim 50)\n"
        "  a turn of its event loop meanwhile, the longest %.1f, at most %.1f\n"
        "  the picture is there after %.0f\n",
        side, side, middle_of(answers), std::ranges::max(answers), middle_of(turns),
        std::ranges::max(turns), middle_of(pictures));
    window.document()->undoStack()->setClean();
}

// The first frame: this program started again with --frame, which prints the milliseconds since
// main began when its first paint is done.

class EmptyWindow : public QWidget {
public:
    std::function<void()> painted;

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter(this).fillRect(rect(), Qt::white);
        if (painted) painted();
    }
};

/// The stage is painted last of all.
class EndAtPaint : public QObject {
protected:
    bool eventFilter(QObject*, QEvent* event) override {
        if (event->type() == QEvent::Paint)
            QMetaObject::invokeMethod(qApp, &QCoreApplication::quit, Qt::QueuedConnection);
        return false;
    }
};

int first_frame(const QString& what) {
    if (what == QLatin1String("empty")) {
        EmptyWindow window;
        window.resize(1440, 900);
        window.painted = [] {
            QMetaObject::invokeMethod(qApp, &QCoreApplication::quit, Qt::QueuedConnection);
        };
        window.show();
        return QApplication::exec();
    }
    ui::words::install_translations();
    paint::load_fonts();
    QApplication::setFont(ui::widgets::base_font(1));
    ui::widgets::Appearance appearance;
    ui::widgets::MainWindow window(&appearance);
    appearance.apply();
    window.resize(1440, 900);
    window.openLesson(QStringLiteral("readers_puzzle"));
    EndAtPaint end;
    window.findChild<ui::widgets::Canvas*>()->installEventFilter(&end);
    window.show();
    return QApplication::exec();
}

void time_first_frame() {
    const auto started = [&](const QString& what) {
        std::vector<double> times;
        for (int i = 0; i < 15; ++i) {
            QProcess process;
            QElapsedTimer timer;
            timer.start();
            process.start(QCoreApplication::applicationFilePath(),
                          {QStringLiteral("--frame"), what});
            process.waitForFinished();
            times.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
        }
        return middle_of(std::move(times));
    };
    const double empty = started(QStringLiteral("empty"));
    const double window = started(QStringLiteral("window"));
    std::printf(
        "\nfirst frame, process start to end, ms\n  empty Qt window %.1f   Stridescope %.1f"
        "   ratio %.2f\n",
        empty, window, window / empty);
}

/// What the rail answers while a number is typed: the ledger, and the designer on questions that
/// have few answers, many, and very many for rows and columns apart. 10 ms are allowed.
void time_shapes() {
    using engine::Size2D;
    std::printf("ledger and designer, ms\n");
    const engine::Conv2DTranspose layer{
        .kernel_size = {5, 4}, .strides = {3, 2}, .padding = engine::Same{}};
    const double ledger = median([&](int i) {
        const auto rows = engine::ledger_of(engine::Framework::keras, layer, {512 - i, 512, 1});
        if (!rows) std::abort();
    });
    std::printf("  %-24s %8.2f\n", "ledger of 512x512", ledger);
    for (const auto& sizes : {std::pair(Size2D{4, 4}, Size2D{16, 16}),
                              {Size2D{256, 256}, Size2D{512, 512}},
                              {Size2D{46, 62}, Size2D{368, 489}},
                              {Size2D{2, 3}, Size2D{16, 15}},
                              {Size2D{1, 1}, Size2D{64, 63}},
                              {Size2D{7, 300}, Size2D{512, 511}}}) {
        const Size2D from = sizes.first;
        const Size2D to = sizes.second;
        const double answer = median([&](int) {
            const auto design = engine::design({.from = from, .to = to});
            if (!design) std::abort();
        });
        std::printf("  %3dx%-3d to %3dx%-10d %8.2f\n", from.height, from.width, to.height, to.width,
                    answer);
    }
}

/// An ordinary stage as each kind of picture, in memory. 20 ms are allowed for SVG and PDF.
void time_pictures() {
    std::printf("pictures of a stage, ms\n");
    const auto file = ui::formats::shipped_lesson(QStringLiteral("first_slide"));
    for (const paint::PictureFormat& format : paint::picture_formats()) {
        paint::ExportJob job;
        job.lesson = file->lesson;
        job.run = engine::run(job.lesson).value();
        job.view = file->view;
        job.format = &format;
        const double picture = median([&](int i) {
            job.view.moment = {i % 30, 0};
            if (!paint::render_export(job)) std::abort();
        });
        std::printf("  %-24s %8.2f\n", format.name, picture);
    }
}

}  // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("bench_interface"));
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() == 3 && arguments[1] == QLatin1String("--frame"))
        return first_frame(arguments[2]);
    const QTemporaryDir home;  // whose settings are nobody's
    qputenv("XDG_CONFIG_HOME", home.path().toUtf8());
    ui::words::install_translations();
    paint::load_fonts();
    time_grids();
    time_stage(32);
    time_stage(512);
    time_comparison(32);
    time_pictures();
    count_computed();
    time_shapes();
    time_generators();
    time_large_edit(1024);
    time_first_frame();
    return 0;
}
