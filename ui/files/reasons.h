// SPDX-License-Identifier: MIT
// Why the system refused, in words: what stands behind the colon of "… cannot be written: the disk
// is full."
#pragma once

#include <sys/types.h>

#include <optional>

#include <QString>

namespace ui::files {

enum class Access { read, write };

/// The words for an errno. Translated.
QString reason_of(int error, Access access);

/// Why something with this mode is no file to read or write; nothing for a plain file. Translated.
std::optional<QString> refused_kind(mode_t mode);

}  // namespace ui::files
