// SPDX-License-Identifier: MIT
// What authors put beside a figure.
#pragma once

#include "ui/paint/export_job.h"

namespace ui::paint {

/// For who does not see it: what it shows, in whole sentences.
QString alternative_text(const diagram::Diagram& picture);
/// The lines below it: the lesson's title, what the picture says, and each layer that it shows with
/// every argument and its sizes.
QString caption_of(const ExportJob& job, const diagram::Diagram& picture);

}  // namespace ui::paint
