// SPDX-License-Identifier: MIT
// `stridescope eval`: cases in, numbers out.
#pragma once

#include <QByteArray>

#include "engine/result.h"

namespace ui::document {

/// Answers `{"cases": [...]}`, one a case, in order. Fails only if the whole file cannot be read as cases.
engine::Result<QByteArray> evaluate(const QByteArray& cases_json);

}  // namespace ui::document
