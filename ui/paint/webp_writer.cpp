// SPDX-License-Identifier: MIT
// By libwebp, lossless: each change is a frame of its own, blended over what stands.
#include "ui/paint/webp_writer.h"

#include <algorithm>
#include <memory>

#include <webp/encode.h>
#include <webp/mux.h>

#include "ui/paint/metadata.h"
#include "ui/paint/picture_sink.h"

namespace ui::paint {

using engine::Error;
using engine::ErrorCode;

namespace {

constexpr int effort = 2;  // of 9: more takes many times as long for a few percent

/// Frames begin at even places: one pixel more that stays as it was.
Change evened(const Change& change) {
    const QPoint by(change.at.x() % 2, change.at.y() % 2);
    if (by.isNull()) return change;
    const QSize size(change.image.width() + by.x(), change.image.height() + by.y());
    Change moved{change.at - by, QImage(size, change.image.format()), change.milliseconds};
    moved.image.fill(0);
    for (int y = 0; y < change.image.height(); ++y)
        std::copy_n(reinterpret_cast<const QRgb*>(change.image.constScanLine(y)),
                    change.image.width(),
                    reinterpret_cast<QRgb*>(moved.image.scanLine(y + by.y())) + by.x());
    return moved;
}

/// The bytes of a still one.
std::optional<QByteArray> encoded(const QImage& image) {
    WebPConfig config;
    WebPPicture picture;
    if (!WebPConfigInit(&config) || !WebPConfigLosslessPreset(&config, effort) ||
        !WebPPictureInit(&picture))
        return std::nullopt;
    picture.use_argb = 1;
    picture.width = image.width();
    picture.height = image.height();
    WebPMemoryWriter writer;
    WebPMemoryWriterInit(&writer);
    picture.writer = WebPMemoryWrite;
    picture.custom_ptr = &writer;
    // ARGB32 is blue, green, red, alpha in memory; the engine's machines are little-endian.
    const bool done = WebPPictureImportBGRA(&picture, image.constBits(),
                                            static_cast<int>(image.bytesPerLine())) &&
                      WebPEncode(&config, &picture);
    std::optional<QByteArray> bytes;
    if (done)
        bytes = QByteArray(reinterpret_cast<const char*>(writer.mem),
                           static_cast<qsizetype>(writer.size));
    WebPPictureFree(&picture);
    WebPMemoryWriterClear(&writer);
    return bytes;
}

}  // namespace

std::optional<Error> write_webp(const Changes& changes, int loops, const MovingLabels& labels,
                                PictureSink& sink) {
    const QSize size = changes.size();
    if (size.width() > WEBP_MAX_DIMENSION || size.height() > WEBP_MAX_DIMENSION)
        return Error{.code = ErrorCode::too_large,
                     .subject = "pixels on a side",
                     .given = {std::max(size.width(), size.height())},
                     .limit = {WEBP_MAX_DIMENSION}};
    const std::unique_ptr<WebPMux, decltype(&WebPMuxDelete)> mux(WebPMuxNew(), WebPMuxDelete);
    const Error no_memory{.code = ErrorCode::out_of_memory};
    const WebPMuxAnimParams parameters{0xffffffff, loops};
    if (!mux || WebPMuxSetCanvasSize(mux.get(), size.width(), size.height()) != WEBP_MUX_OK ||
        WebPMuxSetAnimationParams(mux.get(), &parameters) != WEBP_MUX_OK)
        return no_memory;
    constexpr double encoded_share = 0.95;
    for (std::size_t i = 0; i < changes.all().size(); ++i) {
        const Change change = evened(changes.all()[i]);
        const auto bytes = encoded(change.image);
        if (!bytes) return no_memory;
        WebPMuxFrameInfo frame{};
        frame.bitstream = {reinterpret_cast<const std::uint8_t*>(bytes->constData()),
                           static_cast<std::size_t>(bytes->size())};
        frame.x_offset = change.at.x();
        frame.y_offset = change.at.y();
        frame.duration = change.milliseconds;
        frame.id = WEBP_CHUNK_ANMF;
        frame.dispose_method = WEBP_MUX_DISPOSE_NONE;
        frame.blend_method = WEBP_MUX_BLEND;
        if (WebPMuxPushFrame(mux.get(), &frame, 1) != WEBP_MUX_OK) return no_memory;
        if (!sink.goes_on(encoded_share * static_cast<double>(i + 1) /
                          static_cast<double>(changes.all().size())))
            return Error{.code = ErrorCode::cancelled};
    }
    const QByteArray xmp = xmp_of({labels.title, labels.description, labels.licence});
    const WebPData metadata{reinterpret_cast<const std::uint8_t*>(xmp.constData()),
                            static_cast<std::size_t>(xmp.size())};
    if (WebPMuxSetChunk(mux.get(), "XMP ", &metadata, 1) != WEBP_MUX_OK) return no_memory;
    WebPData data;
    WebPDataInit(&data);
    const bool assembled = WebPMuxAssemble(mux.get(), &data) == WEBP_MUX_OK;
    const bool written =
        assembled && sink.write(reinterpret_cast<const char*>(data.bytes),
                                static_cast<qint64>(data.size)) == static_cast<qint64>(data.size);
    WebPDataClear(&data);
    if (written) return std::nullopt;
    return sink.is_stopped() ? Error{.code = ErrorCode::cancelled} : no_memory;
}

}  // namespace ui::paint
