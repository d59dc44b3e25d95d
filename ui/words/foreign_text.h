// SPDX-License-Identifier: MIT
// The words for files of other programs.
#pragma once

#include <string_view>

#include <QString>
#include <QStringList>

namespace ui::words {

/// What it is and what to do with it, for a kind of ui/formats/foreign_file.h.
QString foreign_text(std::string_view kind);
/// All kinds there are words for.
QStringList foreign_kinds();

}  // namespace ui::words
