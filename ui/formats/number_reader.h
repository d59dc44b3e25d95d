// SPDX-License-Identifier: MIT
// Text becomes numbers here and nowhere else, whether it was typed or pasted.
#pragma once

#include <optional>

#include <QLocale>
#include <QStringView>

#include "engine/values/result.h"

namespace ui::formats {

/// What stands before the fraction. The other of the two may set thousands apart.
enum class DecimalSign { point, comma };

constexpr DecimalSign other_than(DecimalSign sign) {
    return sign == DecimalSign::point ? DecimalSign::comma : DecimalSign::point;
}

/// How numbers are written in one text.
struct NumberRules {
    DecimalSign decimal = DecimalSign::point;
    bool spaces = false;  ///< an ordinary space may set thousands apart
    bool operator==(const NumberRules&) const = default;
};

/// The habits of a locale. Spaces that do not break and apostrophes set thousands apart everywhere.
NumberRules rules_of(const QLocale& locale);

/// What a word says under some rules.
struct ReadNumber {
    enum class State {
        none,       ///< no number
        too_large,  ///< one that float32 does not hold
        number,
    };
    State state = State::none;
    float value = 0;
    bool grouped = false;  ///< its thousands are set apart
    bool padded = false;   ///< it begins with zeros that say nothing: 007
    bool rounded = false;  ///< a whole number that float32 holds only roughly
};

/// A finite float32, rounded once: "−1.5", "1,000.5", "1.3e-5", "1/9", "2.5f" (rules: a point).
/// Digits of any script, both minus signs.
ReadNumber read_number(QStringView word, const NumberRules& rules);

/// A number that was typed where only one fits.
struct TypedNumber {
    float value = 0;
    /// What it would be with the other decimal sign, if thousands were seen in it.
    std::optional<float> other;
};

/// As the locale writes numbers; where that makes no sense, as others do.
engine::Result<TypedNumber> read_typed_number(QStringView text, const QLocale& locale = QLocale());

}  // namespace ui::formats
