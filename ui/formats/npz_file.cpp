// SPDX-License-Identifier: MIT
// An archive of .npy files, by libzip.
#include <memory>

#include <zip.h>

#include <QCoreApplication>

#include "ui/formats/weights_file.h"

namespace ui::formats {

using engine::Error;
using engine::ErrorCode;
using engine::Result;

namespace {

const QString array_ending = QStringLiteral(".npy");

Error damaged() {
    return not_weights(QT_TRANSLATE_NOOP("ui::words::error_text", "a damaged archive"));
}

using Archive = std::unique_ptr<zip_t, decltype(&zip_discard)>;

struct FileClose {
    void operator()(zip_file_t* file) const { zip_fclose(file); }
};

/// What an entry unpacks to, which is as long as it says.
std::optional<QByteArray> unpacked(zip_t* archive, const zip_stat_t& entry) {
    const std::unique_ptr<zip_file_t, FileClose> file(
        zip_fopen_index(archive, entry.index, ZIP_FL_UNCHANGED));
    if (!file) return std::nullopt;
    QByteArray bytes(static_cast<qsizetype>(entry.size), Qt::Uninitialized);
    qsizetype at = 0;
    while (at < bytes.size()) {
        const zip_int64_t read =
            zip_fread(file.get(), bytes.data() + at, static_cast<zip_uint64_t>(bytes.size() - at));
        if (read <= 0) return std::nullopt;
        at += static_cast<qsizetype>(read);
    }
    // The end is read, too: only there is the check sum compared.
    char more = 0;
    return zip_fread(file.get(), &more, 1) == 0 ? std::optional(bytes) : std::nullopt;
}

}  // namespace

Result<std::vector<NamedArray>> read_npz(const QByteArray& bytes) {
    zip_source_t* source = zip_source_buffer_create(
        bytes.constData(), static_cast<zip_uint64_t>(bytes.size()), 0, nullptr);
    if (source == nullptr) return Error{.code = ErrorCode::out_of_memory};
    const Archive archive(zip_open_from_source(source, ZIP_RDONLY, nullptr), zip_discard);
    if (!archive) {
        zip_source_free(source);
        return damaged();
    }
    const zip_int64_t count = zip_get_num_entries(archive.get(), 0);
    if (count > max_arrays)
        return Error{.code = ErrorCode::too_large,
                     .subject = "array count",
                     .given = {count},
                     .limit = {max_arrays}};
    std::vector<NamedArray> arrays;
    std::int64_t all = 0;
    for (zip_int64_t i = 0; i < count; ++i) {
        zip_stat_t entry;
        if (zip_stat_index(archive.get(), static_cast<zip_uint64_t>(i), 0, &entry) != 0 ||
            (entry.valid & (ZIP_STAT_NAME | ZIP_STAT_SIZE)) != (ZIP_STAT_NAME | ZIP_STAT_SIZE))
            return damaged();
        const QString name = QString::fromUtf8(entry.name);
        if (!name.endsWith(array_ending)) continue;  // such as a folder
        if (entry.encryption_method != ZIP_EM_NONE)
            return not_weights(
                QT_TRANSLATE_NOOP("ui::words::error_text", "an archive with a password"));
        // Before anything is unpacked: what is small here may be endless there.
        if (entry.size > static_cast<zip_uint64_t>(max_weights_bytes) ||
            (all += static_cast<std::int64_t>(entry.size)) > max_weights_bytes)
            return Error{.code = ErrorCode::too_large,
                         .subject = "unpacked bytes",
                         .given = {entry.size > static_cast<zip_uint64_t>(max_weights_bytes)
                                       ? static_cast<std::int64_t>(
                                             std::min<zip_uint64_t>(entry.size, INT64_MAX))
                                       : all},
                         .limit = {max_weights_bytes}};
        const auto content = unpacked(archive.get(), entry);
        if (!content) return damaged();
        auto read = read_npy(*content);
        arrays.push_back(read ? std::move(read->front()) : NamedArray{.unread = read.error()});
        arrays.back().name = name.chopped(array_ending.size());
    }
    return arrays;
}

Result<QByteArray> write_npz(std::span<const NamedArray> arrays) {
    const Error no_memory{.code = ErrorCode::out_of_memory};
    zip_source_t* whole = zip_source_buffer_create(nullptr, 0, 0, nullptr);
    if (whole == nullptr) return no_memory;
    zip_source_keep(whole);  // beyond the archive's end
    const std::unique_ptr<zip_source_t, decltype(&zip_source_free)> kept(whole, zip_source_free);
    Archive archive(zip_open_from_source(whole, ZIP_TRUNCATE, nullptr), zip_discard);
    if (!archive) {
        zip_source_free(whole);
        return no_memory;
    }
    std::vector<QByteArray> contents;  // read when the archive is closed
    for (const NamedArray& array : arrays) contents.push_back(write_npy({&array, 1}).value());
    for (std::size_t i = 0; i < arrays.size(); ++i) {
        zip_source_t* one = zip_source_buffer(archive.get(), contents[i].constData(),
                                              static_cast<zip_uint64_t>(contents[i].size()), 0);
        const QByteArray name = (arrays[i].name + array_ending).toUtf8();
        const zip_int64_t index =
            one == nullptr ? -1
                           : zip_file_add(archive.get(), name.constData(), one, ZIP_FL_ENC_UTF_8);
        if (index < 0) {
            zip_source_free(one);
            return no_memory;
        }
        // Stored, as NumPy does, and always of the same day: the same bytes each time.
        zip_set_file_compression(archive.get(), static_cast<zip_uint64_t>(index), ZIP_CM_STORE, 0);
        constexpr zip_uint16_t first_day = 1 << 5 | 1;  // 1980-01-01, the first there is
        zip_file_set_dostime(archive.get(), static_cast<zip_uint64_t>(index), 0, first_day, 0);
    }
    if (zip_close(archive.get()) != 0) return no_memory;
    static_cast<void>(archive.release());
    zip_stat_t size;
    if (zip_source_open(whole) != 0) return no_memory;
    QByteArray bytes;
    if (zip_source_stat(whole, &size) == 0) {
        bytes.resize(static_cast<qsizetype>(size.size));
        if (zip_source_read(whole, bytes.data(), size.size) != static_cast<zip_int64_t>(size.size))
            bytes.clear();
    }
    zip_source_close(whole);
    if (bytes.isEmpty()) return no_memory;
    return bytes;
}

}  // namespace ui::formats
