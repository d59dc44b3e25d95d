// SPDX-License-Identifier: MIT
// Whole files in and out, with a limit and with errors as values. Nothing else in the program reads
// or writes one.
#pragma once

#include <optional>

#include <QByteArray>
#include <QString>

#include "engine/values/result.h"

namespace ui::files {

/// Everything in a file ("-": standard input), unless it is longer than `most` bytes. Pipes,
/// devices, sockets and folders are refused at once; only standard input may be one.
engine::Result<QByteArray> read_file(const QString& path, qint64 most);

/// A file that is compiled into the program (":/lessons/…"); empty if there is none.
QByteArray read_resource(const QString& name);

/// Why write_file will refuse this path, as far as that can be seen before there are bytes.
std::optional<engine::Error> refusal_to_write(const QString& path);

/// Who may read and write a new file, as chmod has it, less the caller's umask.
enum class NewFile { as_usual = 0666, mine_alone = 0600 };

/// Afterwards the file holds the bytes and is on the disk, or the old one is as it was and there is
/// none beside it. An old file's permissions are kept, and symbolic links are followed. Returns the
/// path.
///
/// A file stays refused if it may be written but its folder may not: it could only be overwritten
/// in place, and a disk that fills up in the middle would leave neither the old file nor the new
/// one.
///
/// Only if the folder cannot be brought to the disk at the very end is there an error although the
/// new file stands, whole, in the place of the old one.
engine::Result<QString> write_file(const QString& path, const QByteArray& bytes,
                                   NewFile permissions = NewFile::as_usual);

/// To standard output. An error if somebody did not get it all.
std::optional<engine::Error> write_output(const QByteArray& bytes);

}  // namespace ui::files
