// SPDX-License-Identifier: MIT
// The only place that words errors: one clear sentence with the numbers in it, and what would be right.
#pragma once

#include <QString>

#include "engine/result.h"

namespace ui::document {

/// "output_padding 2 must be less than strides 2; use 0 or 1." Translated.
QString error_text(const engine::Error& error);

}  // namespace ui::document
