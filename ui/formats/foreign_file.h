// SPDX-License-Identifier: MIT
// What a file is that holds no lesson: another program's, known by its first bytes.
#pragma once

#include <string>

#include <QByteArray>

namespace ui::formats {

/// A name for the kind, worded in ui/words/foreign_text.h: "png", "hdf5", … Empty if the bytes tell
/// nothing.
std::string foreign_kind(const QByteArray& bytes);

}  // namespace ui::formats
