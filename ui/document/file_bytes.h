// SPDX-License-Identifier: MIT
// Whole files in and out, with a limit and with errors as values.
#pragma once

#include <QByteArray>
#include <QString>

#include "engine/result.h"

namespace ui::document {

/// Everything in a file ("-": standard input), unless it is longer than `most` bytes.
engine::Result<QByteArray> read_file(const QString& path, qint64 most);

/// The file is there whole or not at all; an old one stays until the new one is complete. Returns the path.
engine::Result<QString> write_file(const QString& path, const QByteArray& bytes);

}  // namespace ui::document
