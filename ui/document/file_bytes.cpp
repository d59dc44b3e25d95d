// SPDX-License-Identifier: MIT
// Files by QFile and QSaveFile.
#include "ui/document/file_bytes.h"

#include <cstdio>

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

namespace ui::document {

using engine::Error;
using engine::ErrorCode;

engine::Result<QByteArray> read_file(const QString& path, qint64 most) {
    const bool standard_input = path == QStringLiteral("-");
    const std::string name = standard_input ? "standard input" : path.toStdString();
    QFile file(path);
    const bool opened =
        standard_input ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    const auto cannot_read = [&] {
        return Error{.code = ErrorCode::cannot_read,
                     .subject = name,
                     .text = file.errorString().toStdString()};
    };
    if (!opened) return cannot_read();

    const auto too_long = [most](qint64 size) {
        return Error{.code = ErrorCode::too_large,
                     .subject = "byte count",
                     .given = {size},
                     .limit = {most}};
    };
    if (file.size() > most) return too_long(file.size());

    // Piece by piece: pipes and devices have no size to be trusted.
    constexpr qint64 piece = qint64{1} << 20;
    QByteArray bytes;
    bytes.reserve(file.size());
    while (bytes.size() <= most) {
        const QByteArray more = file.read(piece);
        if (file.error() != QFileDevice::NoError) return cannot_read();
        if (more.isEmpty()) return bytes;
        bytes += more;
    }
    return too_long(bytes.size());
}

engine::Result<QString> write_file(const QString& path, const QByteArray& bytes) {
    const auto cannot_write = [&](const QString& reason) {
        return Error{.code = ErrorCode::cannot_write,
                     .subject = path.toStdString(),
                     .text = reason.toStdString()};
    };
    // QSaveFile would put a file in the place of a device.
    if (const QFileInfo old(path); old.exists() && !old.isFile() && !old.isDir())
        return cannot_write(
            QCoreApplication::translate("ui::document::file_bytes", "it is a pipe or a device"));
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return cannot_write(file.errorString());
    return path;
}

}  // namespace ui::document
