// SPDX-License-Identifier: MIT
#include "app/long_work.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

namespace app {

namespace {

bool is_terminal() {
#ifdef Q_OS_UNIX
    return isatty(STDERR_FILENO) == 1;
#else
    return false;
#endif
}

}  // namespace

void add_limit_option(Command& command) {
    const ui::document::TimeLimit usual;
    command.option("limit",
                   Words::tr("Seconds that computing may be expected to take, or none (%1).")
                       .arg(usual.seconds),
                   QStringLiteral("S|none"));
}

void read_limit(const Command& command, OptionValues& values, ui::document::TimeLimit& limit) {
    constexpr double least = 0.001;
    constexpr double most = 1e6;  // eleven days
    limit.seconds = command.value("limit") == QStringLiteral("none")
                        ? std::numeric_limits<double>::infinity()
                        : values.number("limit", limit.seconds, least, most);
}

ProgressLine::ProgressLine(QString command) : m_command(std::move(command)) {}

ProgressLine::~ProgressLine() { wipe(); }

void ProgressLine::wipe() {
    if (m_written > 0) write(QString(m_written, u' ') % u'\r');
    m_written = 0;
    m_percent = -1;
}

engine::Watch ProgressLine::watch() {
    if (!is_terminal()) return {};
    return [this](double done) {
        say(done);
        return true;
    };
}

void ProgressLine::say(double done) {
    constexpr auto patience = std::chrono::milliseconds(500);
    if (Clock::now() - m_start < patience) return;
    const int percent = std::clamp(static_cast<int>(std::floor(100 * done)), 0, 99);
    if (percent == m_percent) return;
    m_percent = percent;
    const QString line = Words::tr("%1: %2 %").arg(m_command).arg(percent);
    m_written = std::max(m_written, line.size());
    write(line.leftJustified(m_written) % u'\r');
}

void ProgressLine::write(const QString& text) {
    const QByteArray bytes = text.toUtf8();
    std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), stderr);
    std::fflush(stderr);
}

}  // namespace app
