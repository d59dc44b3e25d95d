// SPDX-License-Identifier: MIT
// The values of a command's options as numbers and names. Digits are ASCII's: what is a number here
// is one in every locale.
#pragma once

#include <limits>
#include <vector>

#include "app/command.h"
#include "engine/values/tensor.h"

namespace app {

/// What a number may be, and the exit code if it is not: an option that cannot have such a value is
/// not understood, a layer that cannot be is understood well.
struct Range {
    int least = 0;
    int most = std::numeric_limits<int>::max();
    ExitCode code = not_understood;
};

/// Reads one option after the other; one that is not given has the value `otherwise`. The first
/// whose value is not understood, or out of its range, is said on stderr and ends the command: look
/// at code() before any of them is used.
class OptionValues {
public:
    explicit OptionValues(const Command& command) : m_command(command) {}

    /// Where nothing bounds it above, what no int holds is the largest one: at_most says what would
    /// be right.
    int whole(const char* name, int otherwise, Range range, const QString& wanted = {});
    /// 2, or 3x2: rows x columns
    engine::Size2D extent(const char* name, engine::Size2D otherwise, Range range);
    /// From `fewest` to `as_many` whole numbers between separators; `wanted` says how they are
    /// written.
    std::vector<int> list(const char* name, QChar separator, qsizetype fewest, qsizetype as_many,
                          Range range, const QString& wanted);
    double number(const char* name, double otherwise, double least, double most);
    /// What the value names; `names` lists all there are.
    template <typename Value, typename Find>
    Value named(const char* name, Value otherwise, Find find, const QString& names) {
        if (!m_command.has(name)) return otherwise;
        const std::optional<Value> value = find(m_command.value(name));
        if (!value) refuse(name, names);
        return value.value_or(otherwise);
    }

    /// For a limit that is the lesson's: could_not.
    void at_most(const char* name, int value, int most);
    /// The value is no such thing; `wanted` says what would be.
    void refuse(const char* name, const QString& wanted);

    std::optional<int> code() const { return m_code; }

private:
    int in_range(const char* name, const QString& text, Range range, const QString& wanted);
    void out_of_range(const char* name, const QString& text, bool low, Range range);

    const Command& m_command;
    std::optional<int> m_code;
};

}  // namespace app
