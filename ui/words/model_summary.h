// SPDX-License-Identifier: MIT
// A lesson's model.summary() for a terminal or a window.
#pragma once

#include <span>

#include "engine/lessons/lesson.h"
#include "engine/models/summary.h"

namespace ui::words {

/// With names that are harmless to print (plain_text.h); else to the character. `geometries` are
/// infer_model's.
engine::Summary summary_of(const engine::Lesson& lesson,
                           std::span<const engine::Geometry> geometries,
                           engine::SummaryStyle style);

}  // namespace ui::words
