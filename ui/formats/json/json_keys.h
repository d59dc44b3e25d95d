// SPDX-License-Identifier: MIT
// What a JSON text is about, without reading it.
#pragma once

#include <string_view>

#include <QByteArray>

namespace ui::formats {

/// Does the text begin with an object that has this key (which needs no escapes)? Nothing is
/// allocated, and the text need not be well formed.
bool has_top_level_key(const QByteArray& text, std::string_view key);

}  // namespace ui::formats
