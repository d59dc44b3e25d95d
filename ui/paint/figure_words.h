// SPDX-License-Identifier: MIT
// What authors put beside a figure.
#pragma once

#include "engine/lessons/lesson.h"
#include "ui/diagram/diagram.h"

namespace ui::paint {

/// For who does not see it: what it shows, in whole sentences.
QString alternative_text(const diagram::Diagram& picture);
/// The line below it: the lesson's title and what the picture says.
QString caption_of(const engine::Lesson& lesson, const diagram::Diagram& picture);

}  // namespace ui::paint
