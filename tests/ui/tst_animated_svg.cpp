// SPDX-License-Identifier: MIT
// An SVG that plays by itself: each frame is in it, whole and in order; where nothing plays it is
// the finished picture; and a browser shows what the screen shows.
#include <QDir>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include "tests/ui/picture_job.h"
#include "ui/paint/animation_job.h"
#include "ui/paint/png_writer.h"
#include "ui/paint/timed_items.h"

using namespace ui::paint;
using ui::diagram::Box;
using ui::diagram::Diagram;
using ui::diagram::Item;

namespace {

AnimationJob puzzle() {
    AnimationJob job;
    job.picture = support::job_of("readers_puzzle", engine::Reading::stamp, 0, "a.png");
    job.picture.size = {690, 420};
    job.format = moving_format_of(QStringLiteral("a.svg"));
    job.options.frames_per_second = 10;
    return job;
}

QString svg_of(const AnimationJob& job) { return QString::fromUtf8(render_animation(job).value()); }

/// A frame of boxes that differ in nothing but where they lie.
Diagram frame_of(const std::vector<int>& places) {
    Diagram frame;
    frame.items.resize(places.size());  // of boxes
    for (std::size_t i = 0; i < places.size(); ++i)
        std::get<Box>(frame.items[i].mark).rect = QRectF(places[i], 0, 1, 1);
    return frame;
}

/// The items seen in a frame, as they lie in it.
std::vector<Item> seen_in(const TimedItems& timed, int frame) {
    std::vector<Item> items;
    for (const TimedItems::Timed& one : timed.order()) {
        const auto changes = std::ranges::count_if(one.change, [&](int at) { return at <= frame; });
        if (changes % 2 == 1) items.push_back(timed.items()[static_cast<std::size_t>(one.item)]);
    }
    return items;
}

/// The picture at a moment, as the screen has it.
QImage screen_at(const AnimationJob& job, ui::diagram::Moment moment) {
    ExportJob one = job.picture;
    one.view.moment = moment;
    return image_of(stage_of(one), {one.theme}, 1, false).value();
}

/// How far two images are apart in the mean of all channels, of 255. Every program smooths edges in
/// its own way.
double apart(const QImage& a, const QImage& b) {
    if (a.size() != b.size()) return 255;
    double sum = 0;
    for (int y = 0; y < a.height(); ++y)
        for (int x = 0; x < a.width(); ++x) {
            const QRgb one = a.pixel(x, y);
            const QRgb other = b.pixel(x, y);
            sum += std::abs(qRed(one) - qRed(other)) + std::abs(qGreen(one) - qGreen(other)) +
                   std::abs(qBlue(one) - qBlue(other));
        }
    return sum / (3.0 * a.width() * a.height());
}
constexpr double alike = 0.6;  // the next step of the puzzle is 2 and more away

void write(const QString& path, const QString& text) {
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text.toUtf8());
}

/// What Chromium shows of a page; empty where there is none.
QImage browsed(const QDir& folder, const QString& page, const QSize& size,
               const QStringList& more = {}) {
    const QString shot = folder.filePath(QStringLiteral("shot.png"));
    QFile::remove(shot);
    QProcess process;
    process.start(
        QStringLiteral("chromium"),
        QStringList{QStringLiteral("--headless"), QStringLiteral("--no-sandbox"),
                    QStringLiteral("--disable-gpu"), QStringLiteral("--hide-scrollbars"),
                    QStringLiteral("--user-data-dir=") + folder.filePath("profile"),
                    QStringLiteral("--screenshot=") + shot,
                    QStringLiteral("--window-size=%1,%2").arg(size.width()).arg(size.height())} +
            more + QStringList{folder.filePath(page)});
    process.waitForFinished(120'000);
    return QImage(shot);
}

}  // namespace

class TestAnimatedSvg : public QObject {
    Q_OBJECT

private slots:
    void what_stays_stands_once() {
        TimedItems timed;
        timed.add(frame_of({1, 2, 3}));
        timed.add(frame_of({1, 4, 3}));
        timed.add(frame_of({1, 2, 3}));
        QCOMPARE(timed.order().size(), std::size_t{4});
        QCOMPARE(timed.order()[0].change, std::vector<int>{0});
        // 2 is seen, is not, and is again.
        const auto& order = timed.order();
        QVERIFY(std::ranges::any_of(order, [](const auto& one) {
            return one.change == std::vector<int>{0, 1, 2};
        }));
        QVERIFY(std::ranges::any_of(order, [](const auto& one) {
            return one.change == std::vector<int>{1, 2};
        }));
    }

    // Whatever comes, goes, doubles or changes places.
    void every_frame_is_there_in_its_order() {
        engine::SeededRandom random(5);
        for (int run = 0; run < 40; ++run) {
            TimedItems timed;
            std::vector<Diagram> frames;
            for (int i = 0; i < 12; ++i) {
                std::vector<int> places;
                for (int k = random.below(9); k > 0; --k) places.push_back(random.below(6));
                frames.push_back(frame_of(places));
                timed.add(frames.back());
            }
            for (int i = 0; i < 12; ++i)
                QCOMPARE(seen_in(timed, i), frames[static_cast<std::size_t>(i)].items);
        }
    }

    void it_needs_nothing_from_elsewhere() {
        AnimationJob job = puzzle();
        job.options.loops = 3;
        const QString svg = svg_of(job);
        QVERIFY(svg.contains(QStringLiteral("role=\"img\"")));
        QVERIFY(svg.contains(QStringLiteral("<title id=\"title\">in[1, 1]")));
        QVERIFY(svg.contains(QStringLiteral("prefers-reduced-motion:no-preference")));
        QVERIFY(svg.contains(QStringLiteral("animation-iteration-count:3")));
        QVERIFY(!svg.contains(QStringLiteral("<script")));
        QVERIFY(!svg.contains(QStringLiteral("url(")));
        static const QRegularExpression reference(QStringLiteral("href=\"(?!#)"));
        QVERIFY(!svg.contains(reference));
        // Shared, not repeated: a still picture is 60 kB, and there are 30 frames.
        const auto frames = frames_of(job).value().size();
        QVERIFY(frames > 25);
        QVERIFY2(svg.size() < 6 * 60'000, qPrintable(QString::number(svg.size())));
        job.options.loops = 0;
        QVERIFY(svg_of(job).contains(QStringLiteral("animation-iteration-count:infinite")));
    }

    void where_nothing_plays_it_is_the_finished_picture() {
        if (QStandardPaths::findExecutable(QStringLiteral("rsvg-convert")).isEmpty())
            QSKIP("rsvg-convert is not installed");
        const QTemporaryDir folder;
        AnimationJob job = puzzle();
        job.picture.path = folder.filePath(QStringLiteral("a.svg"));
        QVERIFY(run_animation(job).has_value());
        const QString png = folder.filePath(QStringLiteral("a.png"));
        QCOMPARE(QProcess::execute(QStringLiteral("rsvg-convert"),
                                   {job.picture.path, QStringLiteral("-o"), png}),
                 0);
        const auto frames = frames_of(job).value();
        QVERIFY(apart(QImage(png).convertToFormat(QImage::Format_RGB32),
                      screen_at(job, frames.back().moment)) < alike);
        QVERIFY(apart(QImage(png).convertToFormat(QImage::Format_RGB32),
                      screen_at(job, frames.front().moment)) > 2 * alike);
    }

    void a_browser_shows_what_the_screen_shows() {
        if (QStandardPaths::findExecutable(QStringLiteral("chromium")).isEmpty())
            QSKIP("chromium is not installed");
        const QTemporaryDir temporary;
        const QDir folder(temporary.path());
        const AnimationJob job = puzzle();
        const QString svg = svg_of(job);
        const auto frames = frames_of(job).value();
        const QString body = QStringLiteral("<!doctype html><body style='margin:0'>");
        const QSize size(job.picture.size.width, job.picture.size.height);
        QImage shot;
        for (const std::size_t at : {frames.size() / 5, frames.size() / 2, frames.size() - 2}) {
            double middle = frames[at].milliseconds / 2.0;
            for (std::size_t i = 0; i < at; ++i) middle += frames[i].milliseconds;
            write(folder.filePath(QStringLiteral("a.html")),
                  body + svg.mid(svg.indexOf(QStringLiteral("<svg"))) +
                      QStringLiteral("<script>for (const a of document.getAnimations()) { "
                                     "a.pause(); a.currentTime = %1; }</script>")
                          .arg(middle));
            const QImage wanted = screen_at(job, frames[at].moment);
            shot = browsed(folder, QStringLiteral("a.html"), wanted.size());
            const double by = apart(shot.convertToFormat(QImage::Format_RGB32), wanted);
            QVERIFY2(by < alike, qPrintable(QStringLiteral("frame %1: %2").arg(at).arg(by)));
        }
        // By <img> it plays, too, unless somebody wants less motion.
        const QImage last = screen_at(job, frames.back().moment);
        write(folder.filePath(QStringLiteral("a.svg")), svg);
        write(folder.filePath(QStringLiteral("b.html")), body + QStringLiteral("<img src=a.svg>"));
        const QString early = QStringLiteral("--virtual-time-budget=500");
        shot = browsed(folder, QStringLiteral("b.html"), last.size(), {early});
        QVERIFY(apart(shot.convertToFormat(QImage::Format_RGB32), last) > 2 * alike);
        shot = browsed(folder, QStringLiteral("b.html"), last.size(),
                       {early, QStringLiteral("--force-prefers-reduced-motion")});
        QVERIFY(apart(shot.convertToFormat(QImage::Format_RGB32), last) < alike);
    }
};

QTEST_MAIN(TestAnimatedSvg)
#include "tst_animated_svg.moc"
