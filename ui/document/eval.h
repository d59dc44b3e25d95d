// SPDX-License-Identifier: MIT
// `stridescope eval`: cases in, numbers out.
#pragma once

#include <cstdint>

#include <QByteArray>

#include "engine/result.h"
#include "engine/watch.h"
#include "ui/document/time_limit.h"

namespace ui::document {

/// All answers of a file together hold at most this many numbers.
inline constexpr std::int64_t max_answer_count = std::int64_t{16} << 20;

struct EvalOptions {
    TimeLimit limit;  ///< of all cases together; a case beyond it is answered with an error
    engine::Watch watch = {};  ///< told between cases
};

/// Answers `{"cases": [...]}`, one a case, in order. Fails only if the whole file cannot be read as
/// cases, or if it is stopped.
engine::Result<QByteArray> evaluate(const QByteArray& cases_json, const EvalOptions& options = {});

}  // namespace ui::document
