// SPDX-License-Identifier: MIT
// `stridescope eval`: cases in, numbers out.
#pragma once

#include <cstdint>

#include <QByteArray>

#include "engine/values/result.h"
#include "engine/values/watch.h"
#include "ui/document/time_limit.h"

namespace app {

/// All answers of a file together hold at most this many numbers.
inline constexpr std::int64_t max_answer_count = std::int64_t{16} << 20;

struct EvalOptions {
    ui::document::TimeLimit
        limit;  ///< of all cases together; a case beyond it is answered with an error
    engine::Watch watch = {};  ///< told between cases
};

/// Answers `{"cases": [...]}`, one a case, in order. Fails only if the whole file cannot be read as
/// cases, or if it is stopped.
engine::Result<QByteArray> evaluate(const QByteArray& cases_json, const EvalOptions& options = {});

}  // namespace app
