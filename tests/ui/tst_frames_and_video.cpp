// SPDX-License-Identifier: MIT
// A folder of frames, and films that ffmpeg makes: what is in them is what the screen shows, and
// whatever ffmpeg does becomes one sentence and leaves nothing.
#include <QDir>
#include <QElapsedTimer>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include "tests/ui/picture_job.h"
#include "ui/paint/animation_job.h"
#include "ui/paint/png_writer.h"
#include "ui/words/error_text.h"

using namespace ui::paint;

namespace {

AnimationJob puzzle(const QString& path) {
    AnimationJob job;
    job.picture = support::job_of("readers_puzzle", engine::Reading::stamp, 0, "a.png");
    job.picture.size = {691, 421};  // odd
    job.picture.path = path;
    job.format = moving_format_of(path);
    job.options.frames_per_second = 10;
    job.options.end_ms = 400;
    return job;
}

QImage screen_at(const AnimationJob& job, ui::diagram::Moment moment) {
    ExportJob one = job.picture;
    one.view.moment = moment;
    return image_of(stage_of(one), {one.theme}, 1, false).value();
}

/// In the mean of all channels, of 255.
double apart(const QImage& a, const QImage& b) {
    double sum = 0;
    for (int y = 0; y < b.height(); ++y)
        for (int x = 0; x < b.width(); ++x) {
            const QRgb one = a.pixel(x, y);
            const QRgb other = b.pixel(x, y);
            sum += std::abs(qRed(one) - qRed(other)) + std::abs(qGreen(one) - qGreen(other)) +
                   std::abs(qBlue(one) - qBlue(other));
        }
    return sum / (3.0 * b.width() * b.height());
}

QString path_before;

}  // namespace

class TestFramesAndVideo : public QObject {
    Q_OBJECT

private slots:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        path_before = qEnvironmentVariable("PATH");
    }
    void cleanup() { qputenv("PATH", path_before.toLocal8Bit()); }

    void each_frame_is_a_file_and_the_list_says_how_long() {
        const QString path = m_folder->filePath(QStringLiteral("frames/"));
        const AnimationJob job = puzzle(path);
        QVERIFY(run_animation(job).has_value());
        const auto frames = frames_of(job).value();
        QFile list(path + "frames.txt");
        QVERIFY(list.open(QIODevice::ReadOnly));
        const QStringList lines = QString::fromUtf8(list.readAll()).trimmed().split(u'\n');
        QCOMPARE(lines.first(), QStringLiteral("ffconcat version 1.0"));
        double seconds = 0;
        double wanted = 0;
        for (const QString& line : lines)
            if (line.startsWith(QStringLiteral("duration "))) seconds += line.mid(9).toDouble();
        for (const Frame& frame : frames) wanted += frame.milliseconds / 1000.0;
        QVERIFY(std::abs(seconds - wanted) < 1e-6);
        QCOMPARE(lines[1], QStringLiteral("file frame_00001.png"));
        // The last is named twice, as ffmpeg wants it.
        QCOMPARE(lines.last(), lines[lines.size() - 3]);
        const QString last = path + lines.last().mid(5);
        QVERIFY(apart(QImage(path + "frame_00001.png"), screen_at(job, frames[0].moment)) < 0.001);
        QVERIFY(apart(QImage(last), screen_at(job, frames.back().moment)) < 0.001);
        QCOMPARE(
            QDir(path).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot).size(),
            (lines.size() - 2) / 2 + 1);
        // Once more it would write over them.
        QVERIFY(!run_animation(job).has_value());
    }

    void a_film_shows_what_the_screen_shows_data() {
        QTest::addColumn<QString>("name");
        QTest::newRow("MP4") << QStringLiteral("a.mp4");
        QTest::newRow("WebM") << QStringLiteral("a.webm");
    }
    void a_film_shows_what_the_screen_shows() {
        QFETCH(QString, name);
        if (QStandardPaths::findExecutable(QStringLiteral("ffmpeg")).isEmpty())
            QSKIP("ffmpeg is not installed");
        const AnimationJob job = puzzle(m_folder->filePath(name));
        QVERIFY(run_animation(job).has_value());
        const auto frames = frames_of(job).value();
        double begins = 0;
        for (std::size_t i = 0; i < frames.size(); ++i) {
            const double middle = begins + frames[i].milliseconds / 2.0;
            begins += frames[i].milliseconds;
            if (i != 1 && i != frames.size() / 2 && i + 1 != frames.size()) continue;
            const QString shot = m_folder->filePath(QStringLiteral("shot.png"));
            QProcess ffmpeg;
            ffmpeg.start(QStringLiteral("ffmpeg"),
                         {"-v", "error", "-y", "-i", job.picture.path, "-ss",
                          QString::number(middle / 1000), "-frames:v", "1", shot});
            QVERIFY(ffmpeg.waitForFinished(120'000));
            const QImage image(shot);
            const QImage wanted = screen_at(job, frames[i].moment);
            QCOMPARE(wanted.width(), 691);
            QCOMPARE(image.size(), QSize(692, (wanted.height() + 1) / 2 * 2));
            const double by = apart(image, wanted);
            QVERIFY2(by < 1.5, qPrintable(QString::number(by)));
        }
        QVERIFY(apart(screen_at(job, frames[0].moment), screen_at(job, frames.back().moment)) > 3);
    }

    void whatever_ffmpeg_does_is_one_sentence_data() {
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<QString>("words");
        QTest::newRow("not there") << QByteArray() << QStringLiteral("not in PATH");
        QTest::newRow("refuses") << QByteArray("echo first >&2; echo no such codec >&2; exit 1")
                                 << QStringLiteral("no such codec");
        QTest::newRow("reads half")
            << QByteArray("head -c 2000000 >/dev/null; echo gone >&2; exit 3")
            << QStringLiteral("gone");
        QTest::newRow("says nothing")
            << QByteArray("cat >/dev/null; exit 4") << QStringLiteral("exit code 4");
        QTest::newRow("is killed")
            << QByteArray("head -c 99 >/dev/null; kill -9 $$") << QStringLiteral("ffmpeg");
        QTest::newRow("writes nothing")
            << QByteArray("cat >/dev/null") << QStringLiteral("nothing");
    }
    void whatever_ffmpeg_does_is_one_sentence() {
        QFETCH(QByteArray, script);
        QFETCH(QString, words);
        pretend(script);
        const QString path = m_folder->filePath(QStringLiteral("a.mp4"));
        const auto file = run_animation(puzzle(path));
        QVERIFY(!file.has_value());
        const QString sentence = ui::words::error_text(file.error());
        QVERIFY2(sentence.contains(words), qPrintable(sentence));
        QVERIFY(sentence.contains(QStringLiteral("cannot be written")));
        QVERIFY(!QFile::exists(path));
    }

    // It never reads, or never ends: whoever cancels need not wait for it.
    void cancelled_it_is_ended_data() {
        QTest::addColumn<QByteArray>("script");
        QTest::newRow("never reads") << QByteArray("exec sleep 600");
        QTest::newRow("never ends") << QByteArray("cat >/dev/null; exec sleep 600");
    }
    void cancelled_it_is_ended() {
        QFETCH(QByteArray, script);
        const QString id = m_folder->filePath(QStringLiteral("id"));
        pretend("echo $$ >" + id.toLocal8Bit() + "; " + script);
        QElapsedTimer time;
        time.start();
        const auto file = run_animation(puzzle(m_folder->filePath(QStringLiteral("a.webm"))),
                                        [&](double) { return time.elapsed() < 4000; });
        QVERIFY(!file.has_value());
        QCOMPARE(file.error().code, engine::ErrorCode::cancelled);
        QVERIFY(time.elapsed() < 60'000);
        QFile number(id);
        QVERIFY(number.open(QIODevice::ReadOnly));
        QVERIFY(!QFile::exists(QStringLiteral("/proc/") +
                               QString::fromLatin1(number.readAll().trimmed())));
        QVERIFY(!QFile::exists(m_folder->filePath(QStringLiteral("a.webm"))));
    }

private:
    /// From now on this is ffmpeg; empty: there is none.
    void pretend(const QByteArray& script) {
        const QString bin = m_folder->filePath(QStringLiteral("bin"));
        QVERIFY(QDir().mkpath(bin));
        qputenv("PATH", bin.toLocal8Bit() + (script.isEmpty() ? "" : ":/usr/bin:/bin"));
        if (script.isEmpty()) return;
        QFile file(bin + "/ffmpeg");
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("#!/bin/sh\n" + script + '\n');
        file.close();
        QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_MAIN(TestFramesAndVideo)
#include "tst_frames_and_video.moc"
