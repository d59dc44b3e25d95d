// SPDX-License-Identifier: MIT
// Each change is a PNG of Qt's; what is made of them are its chunks in another order. W3C,
// "Portable Network Graphics (PNG) Specification (Third Edition)", 11.3.6 Animation information.
#include "ui/paint/apng_writer.h"

#include <zlib.h>

#include <QtEndian>

#include "ui/paint/metadata.h"
#include "ui/paint/picture_sink.h"

namespace ui::paint {

using engine::Error;
using engine::ErrorCode;

namespace {

constexpr qsizetype signature_bytes = 8;

struct Chunk {
    QByteArray type;
    QByteArray data;
};

template <typename Integer>
QByteArray big_endian(Integer value) {
    QByteArray bytes(sizeof(Integer), Qt::Uninitialized);
    qToBigEndian(value, bytes.data());
    return bytes;
}

/// Of a PNG that was written here.
std::vector<Chunk> chunks_of(const QByteArray& png) {
    std::vector<Chunk> chunks;
    qsizetype at = signature_bytes;
    while (at + 12 <= png.size()) {
        const auto size = static_cast<qsizetype>(qFromBigEndian<quint32>(png.constData() + at));
        chunks.push_back({png.mid(at + 4, 4), png.mid(at + 8, size)});
        at += 12 + size;
    }
    return chunks;
}

QByteArray bytes_of(const Chunk& chunk) {
    const QByteArray checked = chunk.type + chunk.data;
    const auto sum = crc32(0, reinterpret_cast<const Bytef*>(checked.constData()),
                           static_cast<uInt>(checked.size()));
    return big_endian(static_cast<quint32>(chunk.data.size())) + checked +
           big_endian(static_cast<quint32>(sum));
}

/// Where a frame lies, how long it stands, and that it lies over what stood there.
QByteArray control_of(const Change& change, quint32 sequence) {
    constexpr char keep = 0;
    constexpr char blend = 1;
    // A fraction of a second; what thousandths are too many for are hundredths.
    const bool fine = change.milliseconds <= 65535;
    const int parts = fine ? change.milliseconds : change.milliseconds / 10;
    return big_endian(sequence) + big_endian(static_cast<quint32>(change.image.width())) +
           big_endian(static_cast<quint32>(change.image.height())) +
           big_endian(static_cast<quint32>(change.at.x())) +
           big_endian(static_cast<quint32>(change.at.y())) +
           big_endian(static_cast<quint16>(parts)) +
           big_endian(static_cast<quint16>(fine ? 1000 : 100)) + keep + blend;
}

}  // namespace

std::optional<Error> write_apng(const Changes& changes, int loops, const MovingLabels& labels,
                                PictureSink& sink) {
    const Error no_memory{.code = ErrorCode::out_of_memory};
    quint32 sequence = 0;
    QByteArray out;
    for (std::size_t i = 0; i < changes.all().size(); ++i) {
        const Change& change = changes.all()[i];
        QImage image = change.image;
        if (i == 0) {
            image.setText(QStringLiteral("Title"), labels.title);
            image.setText(QStringLiteral("Description"), labels.description);
            if (const QString licence = licence_text(labels.licence); !licence.isEmpty())
                image.setText(QStringLiteral("Copyright"), licence);
        }
        PictureSink png;
        if (!image.save(&png, "PNG")) return no_memory;
        bool is_placed = false;  // that its control stands before its pixels
        for (const Chunk& chunk : chunks_of(png.bytes())) {
            const bool pixels = chunk.type == "IDAT";
            if (chunk.type == "IHDR" && i == 0) {
                out += png.bytes().left(signature_bytes) + bytes_of(chunk);
                out += bytes_of({"acTL", big_endian(static_cast<quint32>(changes.all().size())) +
                                             big_endian(static_cast<quint32>(loops))});
            }
            if (pixels && !is_placed) {
                out += bytes_of({"fcTL", control_of(change, sequence++)});
                is_placed = true;
            }
            if (pixels)
                out += i == 0 ? bytes_of(chunk)
                              : bytes_of({"fdAT", big_endian(sequence++) + chunk.data});
            else if (i == 0 && chunk.type != "IHDR" && chunk.type != "IEND")
                out += bytes_of(chunk);  // what is said of the whole
        }
        const bool last = i + 1 == changes.all().size();
        if (last) out += bytes_of({"IEND", {}});
        if (sink.write(out) != out.size())
            return sink.is_stopped() ? Error{.code = ErrorCode::cancelled} : no_memory;
        out.clear();
        if (!sink.goes_on(static_cast<double>(i + 1) / static_cast<double>(changes.all().size())))
            return Error{.code = ErrorCode::cancelled};
    }
    return std::nullopt;
}

}  // namespace ui::paint
