// SPDX-License-Identifier: MIT
// Files that move: which moments they show and how long, and that what other programs read in them
// is what the screen shows then.
#include <cstdlib>

#include <webp/demux.h>

#include <QBuffer>
#include <QDirIterator>
#include <QImageReader>
#include <QMap>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

#include "engine/kernels/kernels.h"
#include "engine/layers/weights.h"
#include "tests/ui/picture_job.h"
#include "ui/diagram/pace.h"
#include "ui/paint/animation_job.h"
#include "ui/paint/gif_writer.h"
#include "ui/paint/picture_sink.h"
#include "ui/paint/png_writer.h"

using namespace ui::paint;
using engine::Domain;
using engine::Phase;
using engine::Segment;
using ui::diagram::Moment;

namespace {

// 2 × 2 input, kernel 3 × 3, strides 2: four stamps, then the crop.
const std::vector<Segment> stamps{{Phase::accumulate, 4, Domain::input_cell, 2}, {Phase::crop, 1}};

int total_of(const std::vector<Frame>& frames) {
    int sum = 0;
    for (const Frame& frame : frames) sum += frame.milliseconds;
    return sum;
}

AnimationJob puzzle(const char* format) {
    AnimationJob job;
    job.picture = support::job_of("readers_puzzle", engine::Reading::stamp, 0, "a.png");
    job.picture.size = {690, 420};
    job.format = moving_format_of(QString::fromLatin1(format));
    job.options.frames_per_second = 10;
    return job;
}

/// What stands at each change, and for how long.
struct Shown {
    QImage image;
    int milliseconds = 0;
};
/// The frames painted one by one, those that look alike as one.
std::vector<Shown> painted(const AnimationJob& job) {
    std::vector<Shown> all;
    ExportJob one = job.picture;
    const auto frames = frames_of(job);
    for (const Frame& frame : *frames) {
        one.view.moment = frame.moment;
        const auto image = image_of(stage_of(one), {one.theme}, 1, false);
        if (!all.empty() && all.back().image == *image)
            all.back().milliseconds += frame.milliseconds;
        else
            all.push_back({*image, frame.milliseconds});
    }
    return all;
}

/// Every file in a folder and below it, hidden ones, too.
QMap<QString, QByteArray> all_in(const QString& folder) {
    QMap<QString, QByteArray> all;
    QDirIterator names(folder,
                       QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot,
                       QDirIterator::Subdirectories);
    while (names.hasNext()) {
        QFile file(names.next());
        all[file.fileName()] = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    return all;
}

bool is_video(const QString& path) {
    return path.endsWith(QStringLiteral(".mp4")) || path.endsWith(QStringLiteral(".webm"));
}
bool needs_ffmpeg(const QString& path) {
    return is_video(path) && QStandardPaths::findExecutable(QStringLiteral("ffmpeg")).isEmpty();
}

/// How far the channels of two images are apart at most, and in the mean.
std::pair<int, double> apart(const QImage& a, const QImage& b) {
    int most = 0;
    double sum = 0;
    for (int y = 0; y < a.height(); ++y)
        for (int x = 0; x < a.width(); ++x) {
            const QRgb one = a.pixel(x, y);
            const QRgb other = b.pixel(x, y);
            for (const int shift : {0, 8, 16}) {
                const int by = std::abs(static_cast<int>(one >> shift & 255) -
                                        static_cast<int>(other >> shift & 255));
                most = std::max(most, by);
                sum += by;
            }
        }
    return {most, sum / (3.0 * a.width() * a.height())};
}

/// An APNG as a reader takes it apart: each frame a PNG of its own, laid over what stood.
std::vector<Shown> read_apng(const QByteArray& bytes) {
    std::vector<Shown> shown;
    const auto number = [](const QByteArray& data, qsizetype at) {
        return static_cast<int>(qFromBigEndian<quint32>(data.constData() + at));
    };
    int expected = 0;
    int frames = -1;
    QByteArray data;
    QRect place;
    int milliseconds = 0;
    QImage canvas;
    const auto finish = [&] {
        if (data.isEmpty()) return;
        QByteArray raw(4, 0);
        const int row = 1 + 4 * place.width();
        qToBigEndian(static_cast<quint32>(row * place.height()), raw.data());
        const QByteArray lines = qUncompress(raw + data);
        QCOMPARE(lines.size(), static_cast<qsizetype>(row) * place.height());
        QByteArray before(4 * place.width(), 0);
        for (int y = 0; y < place.height(); ++y) {
            QByteArray line = lines.mid(static_cast<qsizetype>(row) * y + 1, row - 1);
            const int filter = lines[static_cast<qsizetype>(row) * y];
            for (int i = 0; i < line.size(); ++i) {
                const int a = i >= 4 ? static_cast<uchar>(line[i - 4]) : 0;
                const int b = static_cast<uchar>(before[i]);
                const int c = i >= 4 ? static_cast<uchar>(before[i - 4]) : 0;
                const int p = a + b - c;
                const int paeth =
                    std::abs(p - a) <= std::abs(p - b) && std::abs(p - a) <= std::abs(p - c) ? a
                    : std::abs(p - b) <= std::abs(p - c)                                     ? b
                                                                                             : c;
                const std::array add{0, a, b, (a + b) / 2, paeth};
                line[i] = static_cast<char>(static_cast<uchar>(line[i]) +
                                            add.at(static_cast<std::size_t>(filter)));
            }
            for (int x = 0; x < place.width(); ++x) {
                const auto* pixel = reinterpret_cast<const uchar*>(line.constData()) + 4 * x;
                if (pixel[3] != 0)
                    canvas.setPixel(place.x() + x, place.y() + y,
                                    qRgb(pixel[0], pixel[1], pixel[2]));
            }
            before = line;
        }
        shown.push_back({canvas, milliseconds});
        data.clear();
    };
    for (qsizetype at = 8; at + 12 <= bytes.size();) {
        const int size = number(bytes, at);
        const QByteArray type = bytes.mid(at + 4, 4);
        const QByteArray body = bytes.mid(at + 8, size);
        at += 12 + size;
        if (type == "IHDR") canvas = QImage(number(body, 0), number(body, 4), QImage::Format_RGB32);
        if (type == "acTL") frames = number(body, 0);
        if (type == "fcTL" || type == "fdAT") {
            if (number(body, 0) != expected++) return {};  // out of order
        }
        if (type == "fcTL") {
            finish();
            place = QRect(number(body, 12), number(body, 16), number(body, 4), number(body, 8));
            const auto half = [&](qsizetype of) {
                return qFromBigEndian<quint16>(body.constData() + of);
            };
            milliseconds = half(20) * 1000 / half(22);
            if (body[24] != 0 || body[25] != 1) return {};
        }
        if (type == "IDAT") data += body;
        if (type == "fdAT") data += body.mid(4);
        if (type == "IEND") finish();
    }
    return frames == static_cast<int>(shown.size()) ? shown : std::vector<Shown>();
}

std::vector<Shown> read_webp(const QByteArray& bytes) {
    std::vector<Shown> shown;
    WebPAnimDecoderOptions options;
    WebPAnimDecoderOptionsInit(&options);
    options.color_mode = MODE_BGRA;
    const WebPData data{reinterpret_cast<const std::uint8_t*>(bytes.constData()),
                        static_cast<std::size_t>(bytes.size())};
    WebPAnimDecoder* decoder = WebPAnimDecoderNew(&data, &options);
    if (decoder == nullptr) return {};
    WebPAnimInfo info;
    WebPAnimDecoderGetInfo(decoder, &info);
    int before = 0;
    while (WebPAnimDecoderHasMoreFrames(decoder)) {
        std::uint8_t* pixels = nullptr;
        int until = 0;
        if (!WebPAnimDecoderGetNext(decoder, &pixels, &until)) break;
        const QImage image(pixels, static_cast<int>(info.canvas_width),
                           static_cast<int>(info.canvas_height), QImage::Format_RGB32);
        shown.push_back({image.copy(), until - before});
        before = until;
    }
    WebPAnimDecoderDelete(decoder);
    return shown;
}

std::vector<Shown> read_gif(QByteArray bytes) {
    std::vector<Shown> shown;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer, "gif");
    while (reader.canRead()) {
        const QImage image = reader.read().convertToFormat(QImage::Format_RGB32);
        if (image.isNull()) break;
        shown.push_back({image, reader.nextImageDelay()});
    }
    return shown;
}

}  // namespace

class TestAnimation : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { QVERIFY(engine::force_target("reference").has_value()); }

    // The tutorial's four stamps: the first takes 4 s, the next 1.5 s each, the crop 1.5 s; 0.7 s
    // more after the stamps, 1.5 s at the end.
    void it_takes_as_long_as_on_the_screen() {
        const auto frames = frames_of(stamps, {});
        QVERIFY(frames.has_value());
        QCOMPARE(total_of(*frames), 4000 + 3 * 1500 + 700 + 1500 + 1500);
        QCOMPARE(frames->front().moment, Moment{});
        QCOMPARE(frames->back().moment, (Moment{5, 0}));
        // What has come to rest is one frame: 30 % of the last step, and the hold. The motion of
        // 1050 ms ends with its 26th frame.
        QCOMPARE(frames->back().milliseconds, 1500 - 26 * 40 + 1500);
        const auto still = frames_of(stamps, {.moves = false});
        QCOMPARE(still->size(), std::size_t{6});
        QCOMPARE(total_of(*still), total_of(*frames));
    }

    void any_rate_and_speed_keep_the_time() {
        engine::SeededRandom random(3);
        for (int i = 0; i < 200; ++i) {
            AnimationOptions options;
            options.frames_per_second = 1 + random.below(50);
            options.speed = std::array{0.25, 0.5, 1.0, 2.0, 4.0, 8.0}.at(
                static_cast<std::size_t>(random.below(6)));
            options.moves = random.below(4) != 0;
            options.from = random.below(5);
            options.to = options.from + random.below(6 - options.from);
            const auto frames = frames_of(stamps, options);
            double expected = options.end_ms;
            for (int step = options.from; step < *options.to; ++step)
                expected += ui::diagram::step_milliseconds(stamps, step) / options.speed;
            if (options.from < 4 && *options.to > 4) expected += options.stop_ms;
            QVERIFY(std::abs(total_of(*frames) - expected) <= 1);
            QCOMPARE(frames->back().moment, (Moment{*options.to, 0}));
            const double interval = 1000 / options.frames_per_second;
            for (std::size_t k = 0; k < frames->size(); ++k) {
                QVERIFY((*frames)[k].milliseconds >= static_cast<int>(interval / 2) - 1);
                if (k == 0) continue;
                const auto at = [](const Frame& frame) {
                    return frame.moment.step + frame.moment.progress;
                };
                QVERIFY(at((*frames)[k - 1]) < at((*frames)[k]));
            }
        }
    }

    void too_many_frames_are_refused() {
        const std::vector<Segment> many{{Phase::accumulate, 90'000, Domain::output_cell, 300}};
        const auto frames =
            frames_of(many, {.frames_per_second = 50, .speed = 0.25, .moves = true});
        if (frames) QVERIFY(frames->size() <= most_frames);
        AnimationJob job = puzzle("a.gif");
        job.picture.options.scale = 8;
        job.picture.size = {6000, 4000};
        const auto file = render_animation(job);
        QVERIFY(!file.has_value());
        QCOMPARE(file.error().code, engine::ErrorCode::too_large);
    }

    // What is kept of images is enough to make them all again.
    void changes_make_the_images_again() {
        engine::SeededRandom random(8);
        Changes changes;
        Changes part;  // every seventh image begins one: they are painted at the same time
        std::vector<QImage> images;
        QImage image(13, 9, QImage::Format_RGB32);
        image.fill(qRgb(3, 4, 5));
        for (int i = 0; i < 60; ++i) {
            for (int k = random.below(4); k > 0; --k)
                image.setPixel(random.below(13), random.below(9),
                               qRgb(random.below(3), 0, random.below(2)));
            images.push_back(image);
            part.add(image, 10);
            if (i % 7 == 6 || i == 59) changes.append(std::exchange(part, {}));
        }
        QCOMPARE(changes.size(), image.size());
        std::int64_t pixels = 0;
        for (const Change& change : changes.all())
            pixels += std::int64_t{change.image.width()} * change.image.height();
        // What stays as it was only stands longer, or for very long is one pixel more.
        QCOMPARE(changes.pixels(), pixels);
        QImage made(13, 9, QImage::Format_RGB32);
        std::size_t at = 0;
        int milliseconds = 0;
        for (const Change& change : changes.all()) {
            for (int y = 0; y < change.image.height(); ++y)
                for (int x = 0; x < change.image.width(); ++x)
                    if (const QRgb pixel = change.image.pixel(x, y); pixel != 0)
                        made.setPixel(change.at + QPoint(x, y), pixel);
            for (int ms = 0; ms < change.milliseconds; ms += 10) {
                QVERIFY(made == images[at]);
                ++at;
            }
            milliseconds += change.milliseconds;
        }
        QCOMPARE(milliseconds, 600);
        QCOMPARE(at, images.size());
    }

    void a_file_shows_what_the_screen_shows_data() {
        QTest::addColumn<QString>("lesson");
        QTest::addColumn<int>("reading");
        QTest::newRow("stamp") << QStringLiteral("readers_puzzle") << 0;
        QTest::newRow("slide") << QStringLiteral("first_collide") << 1;
        QTest::newRow("why equal") << QStringLiteral("why_equal") << 2;
        QTest::newRow("compared") << QStringLiteral("compare_keras_pytorch") << 0;
    }
    /// In WebP and APNG every pixel is kept: what is painted over the frame before differs from
    /// what is painted anew by a rounding here and there. In GIF as near as 255 colours come.
    void a_file_shows_what_the_screen_shows() {
        QFETCH(QString, lesson);
        QFETCH(int, reading);
        AnimationJob job = puzzle("a.webp");
        const auto readings =
            std::array{engine::Reading::stamp, engine::Reading::slide, engine::Reading::why_equal};
        job.picture = support::job_of(lesson.toLatin1().constData(),
                                      readings.at(static_cast<std::size_t>(reading)), 0, "a.png");
        if (!job.picture.lesson.against.empty()) {
            engine::Lesson other = job.picture.lesson;
            other.layers = std::exchange(other.against, {});
            job.picture.against_run = engine::run(other).value();
        }
        job.options.frames_per_second = 4;
        job.options.to = 6;
        const std::vector<Shown> wanted = painted(job);
        const auto same = [&](const std::vector<Shown>& found, int most, double mean, int ms) {
            QCOMPARE(found.size(), wanted.size());
            for (std::size_t i = 0; i < wanted.size(); ++i) {
                QCOMPARE(found[i].image.size(), wanted[i].image.size());
                const auto [largest, average] = apart(found[i].image, wanted[i].image);
                QVERIFY2(largest <= most && average <= mean,
                         qPrintable(
                             QStringLiteral("frame %1: %2, %3").arg(i).arg(largest).arg(average)));
                QVERIFY(std::abs(found[i].milliseconds - wanted[i].milliseconds) <= ms);
            }
        };
        same(read_webp(render_animation(job).value()), 1, 0.001, 0);
        job.format = moving_format_of(QStringLiteral("a.apng"));
        same(read_apng(render_animation(job).value()), 1, 0.001, 0);
        job.format = moving_format_of(QStringLiteral("a.gif"));
        same(read_gif(render_animation(job).value()), 96, 0.35, 10);
    }

    // Programs that are not ours find the frames, their times and how often they play.
    void others_read_it() {
        const QTemporaryDir folder;
        AnimationJob job = puzzle("a.gif");
        job.options.moves = false;
        job.options.loops = 3;
        const std::size_t frames = painted(job).size();
        const auto told = [&](const QString& program, const QStringList& arguments,
                              const char* format) {
            job.format = moving_format_of(QString::fromLatin1(format));
            job.picture.path = folder.filePath(QString::fromLatin1(format));
            [&] { QVERIFY(run_animation(job).has_value()); }();
            QProcess process;
            process.start(program, arguments + QStringList{job.picture.path});
            process.waitForFinished();
            return process.exitCode() == 0 ? QString::fromUtf8(process.readAllStandardOutput())
                                           : QString();
        };
        const QString gifsicle = QStandardPaths::findExecutable(QStringLiteral("gifsicle"));
        const QString webpinfo = QStandardPaths::findExecutable(QStringLiteral("webpinfo"));
        if (gifsicle.isEmpty() || webpinfo.isEmpty())
            QSKIP("gifsicle or webpinfo is not installed");
        const QString gif = told(gifsicle, {QStringLiteral("--info")}, "a.gif");
        QVERIFY2(gif.contains(QStringLiteral("%1 images").arg(frames)), qPrintable(gif));
        QVERIFY2(gif.contains(QStringLiteral("loop count 2")), qPrintable(gif));
        QVERIFY2(gif.contains(QStringLiteral("delay 1.5")), qPrintable(gif));
        const QString webp = told(webpinfo, {}, "a.webp");
        QCOMPARE(webp.count(QStringLiteral("Chunk ANMF")), static_cast<qsizetype>(frames));
        QVERIFY2(webp.contains(QRegularExpression(QStringLiteral("Loop count *: 3"))),
                 qPrintable(webp));
        QVERIFY2(webp.contains(QStringLiteral("No error detected")), qPrintable(webp));
    }

    void few_colours_are_kept_exactly() {
        Changes changes;
        QImage image(16, 16, QImage::Format_RGB32);
        for (int i = 0; i < 255; ++i) image.setPixel(i % 16, i / 16, qRgb(i, 255 - i, i / 2));
        image.setPixel(15, 15, qRgb(0, 255, 0));
        changes.add(image, 100);
        PictureSink sink;
        QVERIFY(!write_gif(changes, 0, {}, sink));
        const auto found = read_gif(sink.bytes());
        QCOMPARE(found.size(), std::size_t{1});
        QVERIFY(found[0].image == image);
    }

    void a_region_keeps_its_place() {
        AnimationJob job = puzzle("a.webp");
        job.picture.region = QStringLiteral("output");
        const auto bytes = render_animation(job);
        QVERIFY(bytes.has_value());
        const auto shown = read_webp(*bytes);
        QVERIFY(shown.size() > 4);
        for (const Shown& one : shown) QCOMPARE(one.image.size(), shown[0].image.size());
        job.picture.region = QStringLiteral("no such part");
        QCOMPARE(render_animation(job).error().subject, std::string("region"));
    }

    void twice_is_the_same_file_data() {
        QTest::addColumn<QString>("format");
        for (const MovingFormat& format : moving_formats())
            QTest::addRow("%s", format.name) << QStringLiteral("a") + format.ending();
    }
    void twice_is_the_same_file() {
        QFETCH(QString, format);
        if (needs_ffmpeg(format)) QSKIP("ffmpeg is not installed");
        const QTemporaryDir folder;
        AnimationJob job = puzzle(format.toLatin1().constData());
        job.picture.path = folder.filePath(format);
        job.old = ui::files::OldFiles::replace;
        const auto written = [&] {
            [&] { QVERIFY(run_animation(job).has_value()); }();
            return all_in(folder.path());
        };
        const auto once = written();
        QVERIFY(!once.isEmpty());
        QVERIFY(once == written());
        if (is_video(format)) return;  // of the same images
        for (const std::string& target : engine::runnable_targets()) {
            QVERIFY(engine::force_target(target).has_value());
            QVERIFY(once == written());
        }
        QVERIFY(engine::force_target("reference").has_value());
    }

    // Stopped at any moment nothing is left, and what was there is as it was.
    void stopped_it_leaves_nothing_data() { twice_is_the_same_file_data(); }
    void stopped_it_leaves_nothing() {
        QFETCH(QString, format);
        if (needs_ffmpeg(format)) QSKIP("ffmpeg is not installed");
        const QTemporaryDir folder;
        AnimationJob job = puzzle(format.toLatin1().constData());
        job.picture.path = folder.filePath(format);
        job.old = ui::files::OldFiles::replace;
        const auto begin = [&] {
            if (job.format->is_folder()) QDir(folder.path()).mkpath(format);
            const QString name = job.format->files.value(0);
            for (const QString& path : {job.picture.path + name, folder.filePath("another")}) {
                QFile old(path);
                QVERIFY(old.open(QIODevice::WriteOnly) && old.write("old") == 3);
            }
        };
        int calls = 0;
        begin();
        const auto before = all_in(folder.path());
        QVERIFY(run_animation(job, [&](double) { return ++calls > 0; }).has_value());
        QVERIFY(calls > 10);
        QVERIFY(all_in(folder.path()) != before);
        QDir(job.picture.path).removeRecursively();
        begin();
        const int stops = is_video(format) ? 4 : 12;
        for (int stop = 0; stop <= stops; ++stop) {
            double last = 0;
            const auto file = run_animation(job, [&](double done) {
                [&] { QVERIFY(done >= last && done <= 1); }();
                last = done;
                return done < 0.98 * stop / stops;  // the last is when only the file is left
            });
            QVERIFY(!file.has_value());
            QCOMPARE(file.error().code, engine::ErrorCode::cancelled);
            QVERIFY(all_in(folder.path()) == before);
        }
    }
};

QTEST_MAIN(TestAnimation)
#include "tst_animation.moc"
