// SPDX-License-Identifier: MIT
// Which files the commands that draw write from which lessons: one, or many at once.
#pragma once

#include <functional>
#include <limits>
#include <vector>

#include "app/command.h"
#include "app/memory_share.h"

namespace app {

/// What -o may hold, and what stands for it in each file's name.
inline const QString name_place = QStringLiteral("{name}");
inline const QString step_place = QStringLiteral("{step}");
/// Standard input as a lesson, standard output as a picture.
inline const QString stream = QStringLiteral("-");

inline constexpr int most_arguments = std::numeric_limits<int>::max();

/// One lesson to draw, and where.
struct Picture {
    QString input;  ///< a file, a shipped lesson, or "-"
    QString path;   ///< to write, {step} still in it; or "-"
};

/// FILE|LESSON…, --output and --format: `endings` are of what the command writes.
void add_files(Command& command, const QString& endings);

/// A name that ends as the files to write do: --output, or what --format says in its place. An exit
/// code after saying why there is none.
struct FormatName {
    QString name;
    std::optional<int> code = {};
};
FormatName format_name(const Command& command, const QString& endings);

/// All that is asked for, the lesson files of a folder by name. An exit code after saying what is
/// wrong, before anything is drawn: that two would write one file, or one a lesson.
struct Pictures {
    std::vector<Picture> all;
    std::optional<int> code = {};
};
Pictures pictures_of(const Command& command);

/// What one picture is drawn with.
struct Turn {
    bool is_alone = true;  ///< then the line of progress and all cores are its own
    MemoryShare memory = {};
};

/// Draws them, on all cores if they are many: then what is wrong with one is said with its name, in
/// the order of the inputs, and stops no other. The one's exit code, or could_not if any failed.
int draw_all(const Command& command, const std::vector<Picture>& pictures,
             const std::function<int(const Picture&, Turn&)>& draw);

}  // namespace app
