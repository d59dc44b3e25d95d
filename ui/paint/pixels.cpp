// SPDX-License-Identifier: MIT
#include "ui/paint/pixels.h"

#include <QPainter>

#include "ui/diagram/difference.h"
#include "ui/paint/paint.h"
#include "ui/paint/png_writer.h"

namespace ui::paint {

using diagram::Diagram;
using engine::Error;
using engine::ErrorCode;
using engine::Result;

namespace {

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
    Changes changes;
    const auto add = [&](const QImage& image, int milliseconds) -> std::optional<Error> {
        changes.add(image, milliseconds);
        return std::nullopt;
    };
    if (const auto error = paint_frames(play, sink, add)) return *error;
    return changes;
}

}  // namespace ui::paint
