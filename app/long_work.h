// SPDX-License-Identifier: MIT
// Commands that may take long: their limit, and what they say meanwhile.
#pragma once

#include <chrono>

#include <QString>

#include "app/option_values.h"
#include "engine/values/watch.h"
#include "ui/document/time_limit.h"

namespace app {

/// Adds --limit to a command's options.
void add_limit_option(Command& command);
/// Reads it: seconds, or none.
void read_limit(const Command& command, OptionValues& values, ui::document::TimeLimit& limit);

/// From half a second on a line on the terminal, "render: 40 %", overwritten as the work goes on
/// and wiped at the end. Nothing where standard error is no terminal.
class ProgressLine {
public:
    explicit ProgressLine(QString command);
    ~ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    void wipe();  ///< so that something else can be said; it comes back

    /// To be told how far the work is; never stops it, for that is what Ctrl+C does.
    engine::Watch watch();

private:
    void say(double done);
    void write(const QString& text);

    using Clock = std::chrono::steady_clock;
    QString m_command;
    Clock::time_point m_start = Clock::now();
    qsizetype m_written = 0;  ///< characters of the line
    int m_percent = -1;       ///< said last
};

}  // namespace app
