// SPDX-License-Identifier: MIT
// By giflib. CompuServe, "Graphics Interchange Format, Version 89a"; Netscape's extension says how
// often it plays.
#include "ui/paint/gif_writer.h"

#include <algorithm>
#include <array>
#include <bit>
#include <memory>

#include <gif_lib.h>

#include "ui/paint/colour_palette.h"
#include "ui/paint/metadata.h"
#include "ui/paint/picture_sink.h"

namespace ui::paint {

using engine::Error;
using engine::ErrorCode;

namespace {

constexpr std::size_t most_colours = 255;  // and one for what stays as it was
constexpr int largest_side = 65535;
constexpr int least_hundredths = 2;  // browsers take less for ten

int put(GifFileType* gif, const GifByteType* bytes, int count) {
    return static_cast<int>(static_cast<PictureSink*>(gif->UserData)
                                ->write(reinterpret_cast<const char*>(bytes), count));
}

ColorMapObject* map_of(const ColourPalette& palette) {
    const auto needed = static_cast<unsigned>(palette.colours().size() + 1);
    const int size = std::max(2, static_cast<int>(std::bit_ceil(needed)));
    std::array<GifColorType, 256> colours{};
    for (std::size_t i = 0; i < palette.colours().size(); ++i) {
        const QRgb colour = palette.colours()[i];
        colours.at(i) = {static_cast<GifByteType>(qRed(colour)),
                         static_cast<GifByteType>(qGreen(colour)),
                         static_cast<GifByteType>(qBlue(colour))};
    }
    return GifMakeMapObject(size, colours.data());
}

/// Of a file that is being written.
class Gif {
public:
    explicit Gif(PictureSink& sink) : m_gif(EGifOpen(&sink, put, nullptr)) {}
    ~Gif() {
        if (m_gif != nullptr) EGifCloseFile(m_gif, nullptr);
    }
    Gif(const Gif&) = delete;
    Gif& operator=(const Gif&) = delete;

    bool begin(const Changes& changes, const ColourPalette& palette, int loops,
               const MovingLabels& labels) {
        if (m_gif == nullptr) return false;
        const std::unique_ptr<ColorMapObject, decltype(&GifFreeMapObject)> map(map_of(palette),
                                                                               GifFreeMapObject);
        EGifSetGifVersion(m_gif, true);
        const QSize size = changes.size();
        return map && EGifPutScreenDesc(m_gif, size.width(), size.height(), 8, 0, map.get()) &&
               putLoops(loops) && putComment(labels);
    }
    bool put_change(const Change& change, const ColourPalette& palette, int hundredths) {
        const auto unchanged = static_cast<GifPixelType>(palette.colours().size());
        const GraphicsControlBlock control{.DisposalMode = DISPOSE_DO_NOT,
                                           .UserInputFlag = false,
                                           .DelayTime = hundredths,
                                           .TransparentColor = unchanged};
        std::array<GifByteType, 4> block{};
        EGifGCBToExtension(&control, block.data());
        const QImage& image = change.image;
        if (!EGifPutExtension(m_gif, GRAPHICS_EXT_FUNC_CODE, block.size(), block.data()) ||
            !EGifPutImageDesc(m_gif, change.at.x(), change.at.y(), image.width(), image.height(),
                              false, nullptr))
            return false;
        const int width = image.width();
        std::vector<GifPixelType> pixels(static_cast<std::size_t>(width));
        for (int y = 0; y < image.height(); ++y) {
            const auto* line = reinterpret_cast<const QRgb*>(image.constScanLine(y));
            QRgb last = 0;
            GifPixelType index = unchanged;
            for (int x = 0; x < width; ++x) {
                if (line[x] != last) {
                    last = line[x];
                    index = last == 0 ? unchanged : palette.index_of(last);
                }
                pixels[static_cast<std::size_t>(x)] = index;
            }
            if (!EGifPutLine(m_gif, pixels.data(), width)) return false;
        }
        return true;
    }
    bool end() { return EGifCloseFile(std::exchange(m_gif, nullptr), nullptr) == GIF_OK; }

private:
    /// "NETSCAPE2.0": how often it plays, in two bytes, the lower one first. Once is what a file
    /// without it does.
    bool putLoops(int loops) {
        if (loops == 1) return true;
        const int again = loops == 0 ? 0 : loops - 1;
        const std::array<GifByteType, 3> block{1, static_cast<GifByteType>(again & 255),
                                               static_cast<GifByteType>(again >> 8)};
        return EGifPutExtensionLeader(m_gif, APPLICATION_EXT_FUNC_CODE) &&
               EGifPutExtensionBlock(m_gif, 11, "NETSCAPE2.0") &&
               EGifPutExtensionBlock(m_gif, block.size(), block.data()) &&
               EGifPutExtensionTrailer(m_gif);
    }
    bool putComment(const MovingLabels& labels) {
        QByteArray text = labels.title.toUtf8() + '\n' + labels.description.toUtf8();
        if (const QString licence = licence_text(labels.licence); !licence.isEmpty())
            text += '\n' + licence.toUtf8();
        return EGifPutComment(m_gif, text.constData());
    }

    GifFileType* m_gif;
};

}  // namespace

std::optional<Error> write_gif(const Changes& changes, int loops, const MovingLabels& labels,
                               PictureSink& sink) {
    const QSize size = changes.size();
    if (size.width() > largest_side || size.height() > largest_side)
        return Error{.code = ErrorCode::too_large,
                     .subject = "pixels on a side",
                     .given = {std::max(size.width(), size.height())},
                     .limit = {largest_side}};
    const ColourPalette palette(changes, most_colours);
    Gif gif(sink);
    const auto failed = [&] {
        return Error{.code = sink.is_stopped() ? ErrorCode::cancelled : ErrorCode::out_of_memory};
    };
    if (!gif.begin(changes, palette, loops, labels)) return failed();
    std::int64_t milliseconds = 0;  // that are over, and in hundredths that the file says so
    std::int64_t hundredths = 0;
    for (std::size_t i = 0; i < changes.all().size(); ++i) {
        const Change& change = changes.all()[i];
        milliseconds += change.milliseconds;
        const auto stands =
            std::max<std::int64_t>((milliseconds + 5) / 10 - hundredths, least_hundredths);
        hundredths += stands;
        if (!gif.put_change(change, palette, static_cast<int>(stands))) return failed();
        if (!sink.goes_on(static_cast<double>(i + 1) / static_cast<double>(changes.all().size())))
            return failed();
    }
    if (!gif.end()) return failed();
    return std::nullopt;
}

}  // namespace ui::paint
