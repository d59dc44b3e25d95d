// SPDX-License-Identifier: MIT
#include "ui/formats/file_kind.h"

#include <algorithm>
#include <string_view>

#include <QCoreApplication>
#include <QStringDecoder>

namespace ui::formats {

namespace {

using namespace std::literals;

/// Bytes that stand at a place in every file of a kind.
struct Mark {
    std::string_view bytes;
    const char* words;
    std::size_t at = 0;
};

// The first that fits counts. Sources: the formats' own specifications.
constexpr Mark marks[]{
    {"\x89PNG\r\n\x1a\n"sv, QT_TRANSLATE_NOOP("ui::words::error_text", "a picture (PNG)")},
    {"\xff\xd8\xff"sv, QT_TRANSLATE_NOOP("ui::words::error_text", "a picture (JPEG)")},
    {"GIF8"sv, QT_TRANSLATE_NOOP("ui::words::error_text", "a picture (GIF)")},
    {"WEBP"sv, QT_TRANSLATE_NOOP("ui::words::error_text", "a picture (WebP)"), 8},
    {"II*\0"sv, QT_TRANSLATE_NOOP("ui::words::error_text", "a picture (TIFF)")},
    {"MM\0*"sv, QT_TRANSLATE_NOOP("ui::words::error_text", "a picture (TIFF)")},
    {"%PDF-"sv, QT_TRANSLATE_NOOP("ui::words::error_text", "a PDF document")},
    {"\x89HDF\r\n\x1a\n"sv,
     QT_TRANSLATE_NOOP("ui::words::error_text", "an HDF5 file, such as Keras keeps weights in")},
    {"\x93NUMPY"sv, QT_TRANSLATE_NOOP("ui::words::error_text", "a NumPy array")},
    {"\x1f\x8b"sv, QT_TRANSLATE_NOOP("ui::words::error_text", "a gzip archive")},
    {"7z\xbc\xaf\x27\x1c"sv, QT_TRANSLATE_NOOP("ui::words::error_text", "a 7-Zip archive")},
    {"\xfd"
     "7zXZ"sv,
     QT_TRANSLATE_NOOP("ui::words::error_text", "an xz archive")},
    {"ustar"sv, QT_TRANSLATE_NOOP("ui::words::error_text", "a tar archive"), 257},
    {"\x7f"
     "ELF"sv,
     QT_TRANSLATE_NOOP("ui::words::error_text", "a program")},
    {"SQLite format 3"sv, QT_TRANSLATE_NOOP("ui::words::error_text", "a database (SQLite)")},
    {"TFL3"sv, QT_TRANSLATE_NOOP("ui::words::error_text", "a TensorFlow Lite model"), 4},
    {"version https://git-lfs"sv,
     QT_TRANSLATE_NOOP("ui::words::error_text",
                       "a pointer of Git LFS to a file that was not fetched")},
    {"\xff\xfe"sv, QT_TRANSLATE_NOOP("ui::words::error_text", "text in UTF-16")},
    {"\xfe\xff"sv, QT_TRANSLATE_NOOP("ui::words::error_text", "text in UTF-16")},
};

bool has(std::string_view bytes, std::string_view part, std::size_t most = std::string_view::npos) {
    return bytes.substr(0, most).find(part) != std::string_view::npos;
}

/// Archives by what their directory, at their end, names.
const char* kind_of_zip(std::string_view bytes) {
    constexpr std::size_t directory = 65536;
    const std::string_view end =
        bytes.substr(bytes.size() > directory ? bytes.size() - directory : 0);
    if (has(end, "config.json") && has(end, "metadata.json"))
        return QT_TRANSLATE_NOOP("ui::words::error_text", "a Keras archive (.keras)");
    if (has(end, "data.pkl"))
        return QT_TRANSLATE_NOOP("ui::words::error_text", "a PyTorch archive");
    if (has(end, ".npy")) return QT_TRANSLATE_NOOP("ui::words::error_text", "NumPy arrays (npz)");
    return QT_TRANSLATE_NOOP("ui::words::error_text", "a zip archive");
}

/// Protocol buffers have no mark of their own: field 1 of an ONNX model is a small version, and
/// one of the next names its producer or holds its graph.
bool is_onnx(std::string_view bytes) {
    constexpr std::size_t version = 1;
    constexpr std::size_t next_field = 2;
    constexpr char newest_version = 32;
    return bytes.size() > next_field && bytes[0] == '\x08' && bytes[version] > 0 &&
           bytes[version] < newest_version &&
           "\x12\x1a\x22\x32\x3a\x42"sv.find(bytes[next_field]) != std::string_view::npos;
}

/// Python's pickle from protocol 2: PROTO and its number.
bool is_pickle(std::string_view bytes) {
    constexpr char newest_protocol = 5;
    return bytes.size() > 2 && bytes[0] == '\x80' && bytes[1] >= 2 && bytes[1] <= newest_protocol;
}

bool is_text(const QByteArray& bytes) {
    if (bytes.contains('\0')) return false;
    QStringDecoder utf8(QStringDecoder::Utf8);
    constexpr qsizetype enough = 4096;
    const QString text = utf8(bytes.first(std::min(bytes.size(), enough)));
    return !utf8.hasError() && std::ranges::all_of(text, [](QChar c) {
        return c >= u' ' || c == u'\n' || c == u'\r' || c == u'\t' || c == u'\f';
    });
}

/// By its first letter that is no blank.
FileKind kind_of_text(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n\f");
    if (first == std::string_view::npos)
        return {QT_TRANSLATE_NOOP("ui::words::error_text", "a file without content")};
    const std::string_view content = text.substr(first);
    constexpr std::size_t head = 1024;
    switch (content.front()) {
        case '{':
        case '[':
        case '"':
            return {QT_TRANSLATE_NOOP("ui::words::error_text",
                                      "JSON that holds neither a lesson nor a model"),
                    true};
        case '<':
            if (has(content, "<svg", head))
                return {QT_TRANSLATE_NOOP("ui::words::error_text", "a picture (SVG)")};
            if (has(content, "<html", head) || has(content, "<HTML", head) ||
                has(content, "<!DOCTYPE html", head) || has(content, "<!doctype html", head))
                return {QT_TRANSLATE_NOOP("ui::words::error_text", "a web page")};
            return {QT_TRANSLATE_NOOP("ui::words::error_text", "XML")};
        default:
            return {QT_TRANSLATE_NOOP("ui::words::error_text", "plain text")};
    }
}

}  // namespace

FileKind kind_of_file(const QByteArray& bytes) {
    const std::string_view view(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    if (view.empty()) return {QT_TRANSLATE_NOOP("ui::words::error_text", "a file without content")};
    if (view.starts_with("PK\3\4") || view.starts_with("PK\5\6")) return {kind_of_zip(view)};
    // A web picture begins like a sound: what it is stands behind the length.
    for (const Mark& mark : marks)
        if (view.size() > mark.at && view.substr(mark.at).starts_with(mark.bytes))
            return {mark.words};
    if (is_onnx(view)) return {QT_TRANSLATE_NOOP("ui::words::error_text", "an ONNX model")};
    if (is_pickle(view))
        return {QT_TRANSLATE_NOOP("ui::words::error_text",
                                  "a Python pickle, such as PyTorch keeps weights in")};
    // Words may begin so, too.
    const bool is_binary = bytes.contains('\0');
    if (is_binary && view.starts_with("MZ"))
        return {QT_TRANSLATE_NOOP("ui::words::error_text", "a program")};
    if (is_binary && view.starts_with("BM"))
        return {QT_TRANSLATE_NOOP("ui::words::error_text", "a picture (BMP)")};
    // Broken text that begins as JSON is JSON with a fault, and the fault has a place.
    const FileKind as_text = kind_of_text(view);
    if (as_text.is_json || is_text(bytes)) return as_text;
    return {QT_TRANSLATE_NOOP("ui::words::error_text", "bytes of an unknown kind")};
}

}  // namespace ui::formats
