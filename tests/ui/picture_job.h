// SPDX-License-Identifier: MIT
#pragma once

#include "ui/formats/shipped_lessons.h"
#include "ui/paint/export_job.h"
#include "ui/paint/picture_format.h"

namespace support {

/// A shipped lesson at a step of a reading, as the picture file of that name.
inline ui::paint::ExportJob job_of(const char* lesson, engine::Reading reading, int step,
                                   const char* picture) {
    const auto file = ui::formats::shipped_lesson(QString::fromLatin1(lesson));
    ui::paint::ExportJob job;
    job.lesson = file->lesson;
    job.run = engine::run(job.lesson).value();
    job.view = file->view;
    job.view.reading = reading;
    job.view.moment = {step, 0};
    job.format = ui::paint::picture_format_of(QString::fromLatin1(picture));
    job.size = {840, 716};
    return job;
}

}  // namespace support
