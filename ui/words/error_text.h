// SPDX-License-Identifier: MIT
// The only place that words errors: one clear sentence with the numbers in it, and what would be
// right.
#pragma once

#include <span>

#include <QString>

#include "engine/values/result.h"

namespace ui::words {

/// "output_padding 2 must be less than strides 2; use 0 or 1." Translated.
QString error_text(const engine::Error& error);

/// The same of what is to be said of a file that was opened all the same: what it holds and nothing
/// is made of, so that it is only kept.
QString warning_text(const engine::Error& warning);
/// Of several at once, for where there is room for a few sentences. Not empty.
QString warnings_text(std::span<const engine::Error> warnings);

/// What a file that was written could not hold (ErrorCode::left_out, not empty), and which format
/// does.
QString left_out_text(const QString& file, std::span<const engine::Error> left_out,
                      const QString& format_of_all);

/// "0.6 s", "12 s", "3 min", "5 h", "40 days", "years": as exact as an estimate deserves.
/// Translated.
QString duration_text(std::int64_t milliseconds);

}  // namespace ui::words
