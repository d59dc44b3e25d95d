// SPDX-License-Identifier: MIT
// NumPy's own format: a header in Python's words, then the numbers. NEP 1 and
// numpy/lib/format.py; versions 1, 2 and 3 differ in the header's length and letters.
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include <QCoreApplication>
#include <QRegularExpression>
#include <QtEndian>

#include "ui/formats/weights_file.h"

namespace ui::formats {

using engine::Error;
using engine::ErrorCode;
using engine::Result;

namespace {

constexpr qsizetype magic_bytes = 6;       // "\x93NUMPY"
constexpr std::size_t max_header = 65535;  // the longest of version 1
constexpr std::size_t most_axes = 32;      // NumPy's own limit
constexpr qsizetype alignment = 64;

struct Header {
    char order = '<';  ///< '<' the lowest byte first, '>' the highest, '|' there is but one
    char kind = 'f';   ///< f, i or u
    std::size_t bytes = 4;
    bool fortran = false;  ///< the first axis fastest
    std::vector<std::size_t> sizes;
};

std::optional<Header> header_of(const QString& text) {
    static const QRegularExpression descr(
        QStringLiteral("'descr'\\s*:\\s*'([<>|=])([a-zA-Z])([0-9]{0,3})'"));
    static const QRegularExpression fortran(QStringLiteral("'fortran_order'\\s*:\\s*(True|False)"));
    static const QRegularExpression shape(QStringLiteral(
        "'shape'\\s*:\\s*\\(\\s*((?:[0-9]{1,18}L?\\s*,\\s*)*+(?:[0-9]{1,18}L?\\s*)?)\\)"));
    const auto type = descr.match(text);
    const auto order = fortran.match(text);
    const auto sizes = shape.match(text);
    if (!type.hasMatch() || !order.hasMatch() || !sizes.hasMatch()) return std::nullopt;
    Header header{.order = type.captured(1)[0].toLatin1(),
                  .kind = type.captured(2)[0].toLatin1(),
                  .bytes = type.captured(3).toUInt(),
                  .fortran = order.captured(1) == QStringLiteral("True"),
                  .sizes = {}};
    for (const QString& size : sizes.captured(1).split(u',', Qt::SkipEmptyParts))
        if (!size.trimmed().isEmpty())
            header.sizes.push_back(size.trimmed().remove(u'L').toULongLong());
    return header;
}

float half_of(quint16 bits) {
    const int exponent = bits >> 10 & 31;
    const int fraction = bits & 1023;
    const float sign = (bits & 0x8000) != 0 ? -1.0F : 1.0F;
    if (exponent == 31) return fraction == 0 ? sign * INFINITY : NAN;
    if (exponent == 0) return sign * std::ldexp(static_cast<float>(fraction), -24);
    return sign * std::ldexp(static_cast<float>(1024 + fraction), exponent - 25);
}

/// Numbers of one type; `wide` is how they are compared with what float32 makes of them.
template <typename Stored>
bool read_numbers(const Header& header, const char* from, std::vector<float>& values,
                  bool& rounded) {
    for (std::size_t i = 0; i < values.size(); ++i) {
        const char* at = from + i * sizeof(Stored);
        const Stored stored =
            header.order == '>' ? qFromBigEndian<Stored>(at) : qFromLittleEndian<Stored>(at);
        values[i] = static_cast<float>(stored);
        if (!std::isfinite(values[i])) return false;
        if constexpr (std::is_floating_point_v<Stored>) {
            rounded = rounded || static_cast<Stored>(values[i]) != stored;
        } else {
            // Exact: a long double holds every integer of 64 bits.
            rounded =
                rounded || static_cast<long double>(values[i]) != static_cast<long double>(stored);
        }
    }
    return true;
}

using Reader = bool (*)(const Header&, const char*, std::vector<float>&, bool&);

Reader reader_of(const Header& header) {
    struct Row {
        char kind;
        std::size_t bytes;
        Reader read;
    };
    static constexpr Row rows[]{
        {'f', 2,
         [](const Header& h, const char* from, std::vector<float>& values, bool&) {
             for (std::size_t i = 0; i < values.size(); ++i) {
                 values[i] = half_of(h.order == '>' ? qFromBigEndian<quint16>(from + 2 * i)
                                                    : qFromLittleEndian<quint16>(from + 2 * i));
                 if (!std::isfinite(values[i])) return false;
             }
             return true;
         }},
        {'f', 4, read_numbers<float>},
        {'f', 8, read_numbers<double>},
        {'i', 1, read_numbers<qint8>},
        {'i', 2, read_numbers<qint16>},
        {'i', 4, read_numbers<qint32>},
        {'i', 8, read_numbers<qint64>},
        {'u', 1, read_numbers<quint8>},
        {'u', 2, read_numbers<quint16>},
        {'u', 4, read_numbers<quint32>},
        {'u', 8, read_numbers<quint64>},
    };
    for (const Row& row : rows)
        if (row.kind == header.kind && row.bytes == header.bytes) return row.read;
    return nullptr;
}

/// The same numbers with the last axis fastest.
std::vector<float> with_last_fastest(const std::vector<std::size_t>& sizes,
                                     const std::vector<float>& values) {
    std::vector<float> moved(values.size());
    std::vector<std::size_t> index(sizes.size(), 0);
    for (const float value : values) {
        std::size_t at = 0;
        for (std::size_t axis = 0; axis < sizes.size(); ++axis) at = at * sizes[axis] + index[axis];
        moved[at] = value;
        for (std::size_t axis = 0; axis < sizes.size(); ++axis) {
            if (++index[axis] < sizes[axis]) break;
            index[axis] = 0;
        }
    }
    return moved;
}

}  // namespace

Result<std::vector<NamedArray>> read_npy(const QByteArray& bytes) {
    const Error damaged =
        not_weights(QT_TRANSLATE_NOOP("ui::words::error_text", "a damaged NumPy array"));
    if (bytes.size() < magic_bytes + 4) return damaged;
    const int version = static_cast<uchar>(bytes[magic_bytes]);
    if (version < 1 || version > 3) return damaged;
    const qsizetype begin = magic_bytes + 2 + (version == 1 ? 2 : 4);
    if (bytes.size() < begin) return damaged;
    const std::size_t length =
        version == 1 ? qFromLittleEndian<quint16>(bytes.constData() + magic_bytes + 2)
                     : qFromLittleEndian<quint32>(bytes.constData() + magic_bytes + 2);
    if (length > max_header)
        return Error{.code = ErrorCode::too_large,
                     .subject = "header bytes",
                     .given = {static_cast<std::int64_t>(length)},
                     .limit = {static_cast<std::int64_t>(max_header)}};
    if (bytes.size() < begin + static_cast<qsizetype>(length)) return damaged;
    const auto header =
        header_of(QString::fromUtf8(bytes.mid(begin, static_cast<qsizetype>(length))));
    if (!header)
        return not_weights(QT_TRANSLATE_NOOP("ui::words::error_text",
                                             "a NumPy array of something else than numbers"));
    const Reader read = reader_of(*header);
    if (read == nullptr)
        return not_weights(
            header->kind == 'b'
                ? QT_TRANSLATE_NOOP("ui::words::error_text", "a NumPy array of True and False")
            : header->kind == 'f'
                ? QT_TRANSLATE_NOOP(
                      "ui::words::error_text",
                      "a NumPy array of floats that are neither of 16, 32 nor 64 bits")
            : header->kind == 'O'
                ? QT_TRANSLATE_NOOP("ui::words::error_text", "a NumPy array of Python objects")
                : QT_TRANSLATE_NOOP("ui::words::error_text",
                                    "a NumPy array of something else than numbers"));
    // A product that is too large never comes to its end.
    std::size_t count = 1;
    const auto most = static_cast<std::size_t>(max_weights_bytes);
    if (header->sizes.size() > most_axes) return damaged;
    for (const std::size_t size : header->sizes) {
        if (size != 0 && count > most / size) return damaged;
        count *= size;
    }
    const auto there = static_cast<std::size_t>(bytes.size() - begin) - length;
    if (there != count * header->bytes)
        return Error{.code = ErrorCode::size_mismatch,
                     .subject = "array",
                     .given = {static_cast<std::int64_t>(there / header->bytes)},
                     .limit = {static_cast<std::int64_t>(count)}};
    NamedArray array{.sizes = header->sizes};
    array.values.resize(count);
    if (!read(*header, bytes.constData() + begin + length, array.values, array.rounded)) {
        const auto bad =
            std::ranges::find_if(array.values, [](float value) { return !std::isfinite(value); });
        return Error{.code = ErrorCode::not_finite,
                     .subject = "array",
                     .given = {static_cast<std::int64_t>(bad - array.values.begin())}};
    }
    if (header->fortran) array.values = with_last_fastest(array.sizes, array.values);
    return std::vector<NamedArray>{std::move(array)};
}

Result<QByteArray> write_npy(std::span<const NamedArray> arrays) {
    const NamedArray& array = arrays.front();
    QByteArray shape;
    for (const std::size_t size : array.sizes) shape += QByteArray::number(qulonglong{size}) + ", ";
    if (array.sizes.size() > 1) shape.chop(2);
    QByteArray header =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (" + shape.trimmed() + "), }";
    // With the ten bytes before it and the line's end a multiple of 64.
    const qsizetype whole =
        (magic_bytes + 4 + header.size() + 1 + alignment - 1) / alignment * alignment;
    header = header.leftJustified(whole - magic_bytes - 4 - 1) + '\n';
    QByteArray bytes = QByteArrayLiteral("\x93NUMPY\x01") + QByteArray(1, 0);
    QByteArray length(2, 0);
    qToLittleEndian(static_cast<quint16>(header.size()), length.data());
    bytes += length + header;
    const qsizetype begin = bytes.size();
    bytes.resize(begin + static_cast<qsizetype>(4 * array.values.size()));
    for (std::size_t i = 0; i < array.values.size(); ++i)
        qToLittleEndian(std::bit_cast<quint32>(array.values[i]),
                        bytes.data() + begin + static_cast<qsizetype>(4 * i));
    return bytes;
}

}  // namespace ui::formats
