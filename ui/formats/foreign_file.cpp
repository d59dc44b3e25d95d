// SPDX-License-Identifier: MIT
// A table of signatures; text is known by its words.
#include "ui/formats/foreign_file.h"

#include <array>
#include <string_view>

#include "ui/formats/grid_text.h"

namespace ui::formats {

namespace {

using namespace std::string_view_literals;

struct Signature {
    std::string_view kind;
    std::string_view bytes;
    qsizetype at = 0;
};

constexpr std::array signatures{
    Signature{"png", "\x89PNG\r\n\x1a\n"sv},
    Signature{"jpeg", "\xff\xd8\xff"sv},
    Signature{"gif", "GIF8"sv},
    Signature{"webp", "WEBP"sv, 8},
    Signature{"tiff", "II*\0"sv},
    Signature{"tiff", "MM\0*"sv},
    Signature{"pdf", "%PDF-"sv},
    Signature{"hdf5", "\x89HDF\r\n\x1a\n"sv},
    Signature{"numpy", "\x93NUMPY"sv},
    Signature{"tflite", "TFL3"sv, 4},
    Signature{"pickle", "\x80\x02"sv},
    Signature{"pickle", "\x80\x04"sv},
    Signature{"gzip", "\x1f\x8b"sv},
};

bool holds(const QByteArray& bytes, std::string_view words) {
    return bytes.contains(QByteArrayView(words.data(), static_cast<qsizetype>(words.size())));
}

bool stands_at(const QByteArray& bytes, qsizetype at, std::string_view words) {
    const auto size = static_cast<qsizetype>(words.size());
    return bytes.size() >= at + size &&
           QByteArrayView(bytes).sliced(at, size) == QByteArrayView(words.data(), size);
}

/// Two bytes alone say little: the size of the file stands behind them.
bool is_bmp(const QByteArray& bytes) {
    if (bytes.size() < 26 || !bytes.startsWith("BM")) return false;
    quint32 size = 0;
    for (int i = 3; i >= 0; --i) size = size << 8 | static_cast<quint8>(bytes[2 + i]);
    return size == static_cast<quint32>(bytes.size());
}

/// An ONNX model begins with its ir_version (field 1, a number) and its producer (field 2) or the
/// domain, and has a graph with an operator set.
bool is_onnx(const QByteArray& bytes) {
    return bytes.size() > 8 && bytes[0] == '\x08' && bytes[1] > 0 && bytes[1] < 32 &&
           (bytes[2] == '\x12' || bytes[2] == '\x3a');
}

/// By the names of the files in it, which stand in it unpacked.
std::string_view kind_of_zip(const QByteArray& bytes) {
    if (holds(bytes, "model.weights.h5") || holds(bytes, "metadata.json")) return "keras";
    if (holds(bytes, "data.pkl")) return "pickle";
    if (holds(bytes, ".npy")) return "numpy";
    if (holds(bytes, "xl/workbook") || holds(bytes, "opendocument.spreadsheet")) return "sheet";
    return "zip";
}

std::string_view kind_of_json(const QByteArray& text) {
    if (holds(text, "\"stridescope\"")) return {};  // a lesson with a mistake
    if (holds(text, "\"nbformat\"")) return "notebook";
    if (holds(text, "\"class_name\"") && holds(text, "\"config\"")) return "keras_json";
    if (holds(text, "\"cases\"") && holds(text, "\"layer\"")) return "cases";
    return {};
}

std::string_view kind_of_text(const QByteArray& bytes) {
    constexpr qsizetype enough = 1 << 16;
    const QByteArray text = bytes.first(std::min(bytes.size(), enough)).trimmed();
    if (text.contains('\0')) return {};
    if (text.startsWith('{')) return kind_of_json(bytes.size() < (1 << 22) ? bytes : text);
    if (holds(text, "<svg")) return "svg";
    if (text.startsWith('<') && (holds(text.toLower(), "<html"))) return "html";
    if (holds(text, "import ") && (holds(text, "keras") || holds(text, "torch"))) return "python";
    if (!text.isEmpty() && bytes.size() <= enough && parse_grid(QString::fromUtf8(text)))
        return "table";
    return {};
}

}  // namespace

std::string foreign_kind(const QByteArray& bytes) {
    for (const Signature& one : signatures)
        if (stands_at(bytes, one.at, one.bytes)) return std::string(one.kind);
    if (is_bmp(bytes)) return "bmp";
    if (bytes.startsWith("PK\x03\x04")) return std::string(kind_of_zip(bytes));
    if (is_onnx(bytes)) return "onnx";
    return std::string(kind_of_text(bytes));
}

}  // namespace ui::formats
