// SPDX-License-Identifier: MIT
#include "ui/paint/frames_writer.h"

#include <cmath>

#include "ui/paint/metadata.h"
#include "ui/paint/picture_sink.h"
#include "ui/paint/pixels.h"
#include "ui/paint/png_writer.h"
#include "ui/paint/print_size.h"

namespace ui::paint {

using engine::Error;
using engine::ErrorCode;

QString frame_name(int number) {
    constexpr int digits = 5;  // of most_frames
    return QStringLiteral("frame_%1.png").arg(number, digits, 10, QLatin1Char('0'));
}

std::optional<Error> write_frames(const Play& play, PictureSink& sink) {
    std::vector<int> milliseconds;  // of each file
    QImage before;
    const auto add = [&](const QImage& image, int stands) -> std::optional<Error> {
        if (image == before) {
            milliseconds.back() += stands;
            return std::nullopt;
        }
        before = image;
        milliseconds.push_back(stands);
        QImage file = image;
        set_resolution(file, css_pixels_per_inch * *play.options.scale);
        file.setText(QStringLiteral("Title"), play.labels.title);
        if (const QString licence = licence_text(play.labels.licence); !licence.isEmpty())
            file.setText(QStringLiteral("Copyright"), licence);
        file.setText(QStringLiteral("Software"), QStringLiteral("Stridescope"));
        if (!file.save(&sink, "PNG"))
            return Error{.code =
                             sink.is_stopped() ? ErrorCode::cancelled : ErrorCode::out_of_memory};
        sink.end_file(frame_name(static_cast<int>(milliseconds.size())));
        return std::nullopt;
    };
    if (auto error = paint_frames(play, sink, add)) return error;

    // https://ffmpeg.org/ffmpeg-formats.html#concat-1. It does not read how long the last file
    // stands unless another follows: the same again.
    QByteArray list = "ffconcat version 1.0\n";
    for (std::size_t i = 0; i < milliseconds.size(); ++i)
        list += "file " + frame_name(static_cast<int>(i) + 1).toLatin1() + "\nduration " +
                QByteArray::number(milliseconds[i] / 1000.0, 'f', 3) + '\n';
    list += "file " + frame_name(static_cast<int>(milliseconds.size())).toLatin1() + '\n';
    if (sink.write(list) != list.size()) return Error{.code = ErrorCode::cancelled};
    sink.end_file(durations_name);
    return std::nullopt;
}

}  // namespace ui::paint
