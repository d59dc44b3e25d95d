// SPDX-License-Identifier: MIT
// Several files at once into one folder: all of them or none.
#pragma once

#include <vector>

#include <QByteArray>
#include <QString>
#include <QStringList>

#include "engine/values/result.h"

namespace ui::files {

struct NamedBytes {
    QString name;  ///< within the folder
    QByteArray bytes;
};

/// Whether files of these names that are in the folder may be replaced. Others are left alone.
enum class OldFiles { keep, replace };

/// Why write_folder will refuse this folder, as far as that can be seen before there are bytes.
std::optional<engine::Error> refusal_to_write_folder(const QString& path, const QStringList& names,
                                                     OldFiles old);

/// Afterwards the folder, which is made if it is not there, holds all of them and they are on the
/// disk; or it is as it was. Returns the path.
engine::Result<QString> write_folder(const QString& path, const std::vector<NamedBytes>& files,
                                     OldFiles old);

}  // namespace ui::files
