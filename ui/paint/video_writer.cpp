// SPDX-License-Identifier: MIT
// ffmpeg is given the frames as they lie in memory, and writes a file that has no name.
#include "ui/paint/video_writer.h"

#include <QCoreApplication>
#include <QProcess>
#include <QStandardPaths>

#include "ui/files/nameless_file.h"
#include "ui/paint/metadata.h"
#include "ui/paint/picture_sink.h"
#include "ui/paint/pixels.h"

namespace ui::paint {

using engine::Error;
using engine::ErrorCode;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::paint::video_writer)
};

constexpr int look_ms = 100;  // how often somebody looks whether it is still wanted
constexpr double painted_share = 0.9;
constexpr qint64 most_bytes = qint64{1} << 31;

Error failed(const Play& play, const QString& reason) {
    return {.code = ErrorCode::cannot_write,
            .subject = play.picture.path.toStdString(),
            .text = reason.toStdString()};
}
const Error cancelled{.code = ErrorCode::cancelled};

/// Arguments without a space in them.
QStringList words(const char* arguments) {
    return QString::fromLatin1(arguments).split(QLatin1Char(' '));
}

/// A run of ffmpeg; ended with this value.
class Ffmpeg {
public:
    Ffmpeg(const Play& play, PictureSink& sink) : m_play(play), m_sink(sink) {}
    ~Ffmpeg() {
        if (m_process.state() == QProcess::NotRunning) return;
        m_process.kill();
        m_process.waitForFinished();
    }
    Ffmpeg(const Ffmpeg&) = delete;
    Ffmpeg& operator=(const Ffmpeg&) = delete;

    std::optional<Error> start(const QString& program, const QStringList& arguments) {
        m_process.start(program, arguments);
        if (m_process.waitForStarted()) return std::nullopt;
        return failed(m_play, Words::tr("ffmpeg does not start"));
    }
    std::optional<Error> take(const QImage& image) {
        m_process.write(reinterpret_cast<const char*>(image.constBits()), image.sizeInBytes());
        while (m_process.bytesToWrite() > 0) {
            if (m_process.waitForBytesWritten(look_ms)) continue;
            if (m_process.state() == QProcess::NotRunning) return complaint();
            if (!m_sink.goes_on(m_done)) return cancelled;
        }
        return std::nullopt;
    }
    std::optional<Error> finish() {
        m_process.closeWriteChannel();
        while (!m_process.waitForFinished(look_ms)) {
            if (m_process.state() == QProcess::NotRunning) break;
            if (!m_sink.goes_on(m_done)) return cancelled;
        }
        if (m_process.exitStatus() != QProcess::NormalExit || m_process.exitCode() != 0)
            return complaint();
        return std::nullopt;
    }
    void set_done(double done) { m_done = done; }

private:
    /// The last line that it wrote.
    Error complaint() {
        const QString said = QString::fromLocal8Bit(m_process.readAllStandardError()).trimmed();
        const QString last = said.section(QLatin1Char('\n'), -1).trimmed();
        if (last.isEmpty())
            return failed(
                m_play,
                Words::tr("ffmpeg ended early, with exit code %1").arg(m_process.exitCode()));
        return failed(m_play, Words::tr("ffmpeg ended with “%1”").arg(last));
    }

    const Play& m_play;
    PictureSink& m_sink;
    QProcess m_process;
    double m_done = 0;
};

/// `codec`: what makes this format of the frames.
std::optional<Error> write_video(const Play& play, PictureSink& sink, const QStringList& codec) {
    const QString program = QStandardPaths::findExecutable(QStringLiteral("ffmpeg"));
    if (program.isEmpty())
        return failed(play, Words::tr("ffmpeg, which makes them, is not in PATH"));
    const files::NamelessFile file;
    if (!file.is_open()) return Error{.code = ErrorCode::out_of_memory};
    const QSize size = pixels_of(play.size, *play.options.scale);
    const QString paper = diagram::Theme{play.picture.theme}.colour(diagram::Role::paper).name();
    Ffmpeg ffmpeg(play, sink);
    // Bytes that are the same again: no version, no time, and a number of threads that does not
    // depend on the machine. BT.709 is what players take for granted.
    const QStringList arguments =
        words("-nostdin -hide_banner -loglevel error -y -f rawvideo -pixel_format bgr0") +
        QStringList{QStringLiteral("-video_size"),
                    QStringLiteral("%1x%2").arg(size.width()).arg(size.height()),
                    QStringLiteral("-framerate"),
                    QString::number(play.frames_per_second, 'g', 10),
                    QStringLiteral("-i"),
                    QStringLiteral("pipe:0"),
                    QStringLiteral("-vf"),
                    QStringLiteral("pad=ceil(iw/2)*2:ceil(ih/2)*2:color=0x%1,"
                                   "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p")
                        .arg(paper.mid(1)),
                    QStringLiteral("-metadata"),
                    QStringLiteral("title=") + play.labels.title,
                    QStringLiteral("-metadata"),
                    QStringLiteral("copyright=") + licence_text(play.labels.licence)} +
        words(
            "-color_primaries bt709 -color_trc bt709 -colorspace bt709 -color_range tv "
            "-threads 4 -fflags +bitexact -flags:v +bitexact") +
        codec + QStringList{file.path()};
    if (const auto error = ffmpeg.start(program, arguments)) return error;

    sink.stretch(0, painted_share);
    double begins = 0;  // ms at which the frame begins, and the images that were written by then
    qint64 written = 0;
    qint64 painted = 0;
    const auto add = [&](const QImage& image, int milliseconds) -> std::optional<Error> {
        ffmpeg.set_done(static_cast<double>(painted++) / static_cast<double>(play.frames.size()));
        begins += milliseconds;
        for (; static_cast<double>(written) < begins * play.frames_per_second / 1000 - 0.5;
             ++written)
            if (const auto error = ffmpeg.take(image)) return error;
        return std::nullopt;
    };
    if (const auto error = paint_frames(play, sink, add)) return error;
    sink.stretch(painted_share, 1);
    ffmpeg.set_done(0);
    if (const auto error = ffmpeg.finish()) return error;
    const auto bytes = file.bytes(most_bytes);
    if (!bytes) return bytes.error();
    if (bytes->isEmpty()) return failed(play, Words::tr("ffmpeg wrote nothing"));
    if (sink.write(*bytes) != bytes->size()) return cancelled;
    return sink.goes_on(1) ? std::nullopt : std::optional(cancelled);
}

}  // namespace

std::optional<Error> write_mp4(const Play& play, PictureSink& sink) {
    return write_video(play, sink,
                       words("-c:v libx264 -preset medium -crf 18 -movflags +faststart -f mp4"));
}

std::optional<Error> write_webm(const Play& play, PictureSink& sink) {
    return write_video(
        play, sink,
        words("-c:v libvpx-vp9 -crf 24 -b:v 0 -deadline good -cpu-used 4 -row-mt 1 -f webm"));
}

}  // namespace ui::paint
