// SPDX-License-Identifier: MIT
// Texts of a picture as templates: which of their numbers follow from the lesson's numbers, and
// which are geometry.
#pragma once

#include <functional>
#include <vector>

#include <QString>

#include "ui/paint/live_numbers.h"

namespace ui::paint {

/// A stretch of text: as it is, or what a quantity says.
struct Part {
    enum class Kind {
        text,
        number,  ///< number_text
        said,    ///< said_number: "≈ 0.3333"
        cut,     ///< cut_number, to `characters`
        sign,    ///< equals_sign of several quantities
    };
    Kind kind = Kind::text;
    QString text = {};  ///< as it is now, of every kind
    std::vector<Quantity> of = {};
    int digits = 4;
    int characters = 0;
    bool operator==(const Part&) const = default;
};
using ValueOf = std::function<float(const Quantity&)>;
/// A number written as the part has it, whatever it is of.
QString number_in(const Part& way, float value);
QString text_of(const Part& part, const ValueOf& value);
QString text_of(const std::vector<Part>& parts, const ValueOf& value);

/// What a text is made of, as far as it can be seen in the text.
struct Token {
    enum class Kind { words, number, sign };
    enum class Mark { none, equal, almost };
    Kind kind = Kind::words;
    QString text = {};       ///< without the mark
    Mark mark = Mark::none;  ///< "= " or "≈ " before a number; what a sign alone is
    bool operator==(const Token&) const = default;
};
std::vector<Token> tokens_of(const QString& text);
/// The text without its numbers: "input[#, #] = #".
QString skeleton_of(const std::vector<Token>& tokens);

}  // namespace ui::paint
