// SPDX-License-Identifier: MIT
#include "ui/paint/pixels.h"

#include <algorithm>
#include <atomic>
#include <mutex>

#include <QPainter>
#include <QSemaphore>
#include <QThread>
#include <QThreadPool>

#include "ui/diagram/difference.h"
#include "ui/paint/paint.h"
#include "ui/paint/png_writer.h"

namespace ui::paint {

using diagram::Diagram;
using engine::Error;
using engine::ErrorCode;
using engine::Result;

namespace {

/// Frames that are painted one over the other, by one thread; the first of them is painted whole.
/// The same on every machine: what is painted over another may differ from it by a rounding.
constexpr std::size_t frames_in_part = 16;

/// Images of pictures of one size: what is the same as in the one before is not painted again.
class Repainted {
public:
    Repainted(const diagram::Theme& theme, double scale) : m_theme(theme), m_scale(scale) {}

    Result<QImage> image(const Diagram& picture) {
        if (m_image.isNull()) {
            Result<QImage> whole = image_of(picture, m_theme, m_scale, false);
            if (!whole) return whole;
            m_image = *std::move(whole);
        } else {
            repaint(picture);
        }
        m_picture = picture;
        return m_image;
    }

private:
    void repaint(const Diagram& picture) {
        QPainter painter(&m_image);
        const QTransform to_pixels = QTransform::fromScale(m_scale, m_scale);
        PaintOptions options;
        options.theme = m_theme;
        options.scale = m_scale;
        options.paper = false;
        for (const QRectF& changed : diagram::difference(m_picture, picture)) {
            // Whole pixels, so that what is clipped is what would be there without the clip.
            const QRect pixels = to_pixels.mapRect(changed).toAlignedRect() & m_image.rect();
            painter.setClipRect(pixels);
            painter.fillRect(pixels, m_theme.colour(diagram::Role::paper));
            options.exposed = to_pixels.inverted().mapRect(QRectF(pixels));
            paint(painter, picture, options);
        }
    }

    diagram::Theme m_theme;
    double m_scale;
    Diagram m_picture;
    QImage m_image;
};

}  // namespace

std::optional<Error> paint_frames(
    const Play& play, PictureSink& sink,
    const std::function<std::optional<Error>(const QImage&, int milliseconds)>& each) {
    Repainted repainted({play.picture.theme}, *play.options.scale);
    for (std::size_t i = 0; i < play.frames.size(); ++i) {
        const auto image = repainted.image(play.diagram(play.frames[i]));
        if (!image) return image.error();
        if (const auto error = each(*image, play.frames[i].milliseconds)) return error;
        if (!sink.goes_on(static_cast<double>(i + 1) / static_cast<double>(play.frames.size())))
            return Error{.code = ErrorCode::cancelled};
    }
    return std::nullopt;
}

Result<Changes> changes_of(const Play& play, PictureSink& sink) {
    struct Part {
        Changes changes;
        std::optional<Error> error;
    };
    const std::size_t count = play.frames.size();
    std::vector<Part> parts((count + frames_in_part - 1) / frames_in_part);
    std::mutex one_at_a_time;  // a lesson's moments come from one place
    std::atomic<bool> is_stopped = false;
    QSemaphore painted;
    const auto paint_part = [&](std::size_t index) {
        Part& part = parts[index];
        Repainted repainted({play.picture.theme}, *play.options.scale);
        const std::size_t first = index * frames_in_part;
        for (std::size_t i = first; i < std::min(first + frames_in_part, count); ++i) {
            if (!is_stopped && !part.error) {
                const Diagram picture = [&] {
                    const std::scoped_lock lock(one_at_a_time);
                    return play.diagram(play.frames[i]);
                }();
                const auto image = repainted.image(picture);
                if (image)
                    part.changes.add(*image, play.frames[i].milliseconds);
                else
                    part.error = image.error();
            }
            painted.release();
        }
    };
    // Last declared: it waits for its threads before what they use is gone.
    QThreadPool pool;
    pool.setMaxThreadCount(QThread::idealThreadCount());
    for (std::size_t i = 0; i < parts.size(); ++i) pool.start([&paint_part, i] { paint_part(i); });
    for (std::size_t i = 0; i < count && !is_stopped; ++i) {
        painted.acquire();
        if (!sink.goes_on(static_cast<double>(i + 1) / static_cast<double>(count)))
            is_stopped = true;
    }
    pool.waitForDone();
    if (is_stopped) return Error{.code = ErrorCode::cancelled};
    Changes changes;
    for (Part& part : parts) {
        if (part.error) return *part.error;
        changes.append(std::move(part.changes));
    }
    return changes;
}

}  // namespace ui::paint
