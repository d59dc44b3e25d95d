// SPDX-License-Identifier: MIT
#include "ui/paint/png_writer.h"

#include <algorithm>
#include <cmath>

#include "ui/paint/metadata.h"
#include "ui/paint/paint.h"
#include "ui/paint/picture_sink.h"

namespace ui::paint {

using engine::Error;
using engine::ErrorCode;
using engine::Result;

namespace {

constexpr double metres_per_inch = 0.0254;
constexpr double drawn_share = 0.3;  ///< of the work, when the picture is drawn but not encoded
/// How many bytes there will be nobody knows: a tenth of the pixels' is a fair guess for a diagram.
constexpr double bytes_per_pixel = 0.4;

}  // namespace

Result<QImage> image_of(const diagram::Diagram& diagram, const diagram::Theme& theme, double scale,
                        bool transparent) {
    Q_ASSERT(scale > 0);
    const QSize size = pixels_of(diagram.size, scale);
    const std::int64_t pixels = std::int64_t{size.width()} * size.height();
    if (pixels > max_picture_pixels)
        return Error{.code = ErrorCode::too_large,
                     .subject = "pixels",
                     .given = {pixels},
                     .limit = {max_picture_pixels}};
    QImage image(size, transparent ? QImage::Format_ARGB32_Premultiplied : QImage::Format_RGB32);
    if (image.isNull()) return Error{.code = ErrorCode::out_of_memory};
    PaintOptions options;
    options.theme = theme;
    options.scale = scale;
    options.paper = false;  // it must also cover the pixels that rounding up added
    image.fill(transparent ? QColor(Qt::transparent) : theme.colour(diagram::Role::paper));
    QPainter painter(&image);
    paint(painter, diagram, options);
    return image;
}

void set_resolution(QImage& image, double dots_per_inch) {
    const int dots = static_cast<int>(std::lround(dots_per_inch / metres_per_inch));
    image.setDotsPerMeterX(dots);
    image.setDotsPerMeterY(dots);
}

std::optional<Error> write_png(std::span<const diagram::Diagram> frames,
                               const diagram::Theme& theme, const PictureOptions& options,
                               PictureSink& sink) {
    const diagram::Diagram& diagram = frames.front();
    Result<QImage> drawn = image_of(diagram, theme, *options.scale, *options.transparent);
    if (!drawn) return drawn.error();
    QImage& image = *drawn;
    const Error cancelled{.code = ErrorCode::cancelled};
    if (!sink.goes_on(drawn_share)) return cancelled;

    set_resolution(image, *options.dpi);
    image.setText(QStringLiteral("Title"), diagram.title);
    image.setText(QStringLiteral("Description"), diagram.description);
    if (const QString licence = licence_text(options.licence); !licence.isEmpty())
        image.setText(QStringLiteral("Copyright"), licence);
    image.setText(QStringLiteral("Software"), QStringLiteral("Stridescope"));
    sink.expect(static_cast<double>(image.width()) * image.height() * bytes_per_pixel);
    if (image.save(&sink, "PNG")) return std::nullopt;
    if (sink.is_stopped()) return cancelled;
    return Error{.code = ErrorCode::out_of_memory};
}

}  // namespace ui::paint
