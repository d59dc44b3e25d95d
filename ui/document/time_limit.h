// SPDX-License-Identifier: MIT
// How long work would take on this machine, and whether that is asked for.
#pragma once

#include <optional>

#include "engine/lessons/effort.h"
#include "engine/values/result.h"

namespace ui::document {

/// Seconds on one thread with the SIMD target in use, good to a factor of two. The pace of the
/// target is measured when first needed, in some hundredths of a second; what takes a few
/// milliseconds anyway is not worth measuring.
double expected_seconds(const engine::Effort& effort);

/// Seconds; infinite: no limit.
struct TimeLimit {
    double seconds = 10;
    /// too_much_work if the effort is beyond it: given = {milliseconds, multiply-adds}, limit =
    /// {milliseconds}, text = the option that sets it.
    std::optional<engine::Error> refuses(const engine::Effort& effort) const;
};

}  // namespace ui::document
