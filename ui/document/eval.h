// SPDX-License-Identifier: MIT
// `stridescope eval`: cases in, numbers out.
#pragma once

#include <cstdint>

#include <QByteArray>

#include "engine/result.h"

namespace ui::document {

/// All answers of a file together hold at most this many numbers.
inline constexpr std::int64_t max_answer_count = std::int64_t{16} << 20;

/// Answers `{"cases": [...]}`, one a case, in order. Fails only if the whole file cannot be read as cases.
engine::Result<QByteArray> evaluate(const QByteArray& cases_json);

}  // namespace ui::document
