// SPDX-License-Identifier: MIT
// What the commands that draw a lesson share: which lesson, where to look, how to draw, and what is
// computed for it.
#pragma once

#include <optional>

#include "app/option_values.h"
#include "app/pictures.h"
#include "ui/document/time_limit.h"
#include "ui/paint/export_job.h"

namespace app {

/// Options that say where to look; what is not given the lesson says itself. Filters and channels
/// are counted from 0, as the stage writes them.
struct Look {
    std::optional<engine::Reading> reading;
    std::optional<int> filter;
    std::optional<int> channel;
    std::optional<int> step;
    std::optional<int> digits;
    bool last_step = false;
};

/// A picture as it is asked for.
struct PictureRequest {
    ui::paint::ExportJob job;
    Look look;
    ui::document::TimeLimit limit;
};

/// --reading, --filter, --channel, --digits, --against, --region, --theme and --size.
void add_look_options(Command& command);
/// --limit, --locale, --licence and --force.
void add_work_options(Command& command);

/// All of these but the files: the job's, the look and the limit; the locale is taken. An exit code
/// after saying what is wrong; `values` holds none yet, and may hold what it read itself.
std::optional<int> read_options(const Command& command, OptionValues& values,
                                PictureRequest& request);
/// Opens the lesson, computes what the picture is made of, and looks where the options say.
std::optional<int> open_picture(const Command& command, const Picture& picture, Turn& turn,
                                OptionValues& values, PictureRequest& request);
/// The bytes to the file, or to standard output: an exit code, after saying what is wrong.
int write_picture(const Command& command, const engine::Result<QByteArray>& bytes,
                  const ui::paint::ExportJob& job);

}  // namespace app
