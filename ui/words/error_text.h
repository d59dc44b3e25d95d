// SPDX-License-Identifier: MIT
// The only place that words errors: one clear sentence with the numbers in it, and what would be
// right.
#pragma once

#include <QString>

#include "engine/values/result.h"

namespace ui::words {

/// "output_padding 2 must be less than strides 2; use 0 or 1." Translated.
QString error_text(const engine::Error& error);

/// The same of what a file holds and nothing is made of: it was opened all the same, and it is
/// kept.
QString kept_text(const engine::Error& warning);

/// "0.6 s", "12 s", "3 min", "5 h", "40 days", "years": as exact as an estimate deserves.
/// Translated.
QString duration_text(std::int64_t milliseconds);

}  // namespace ui::words
