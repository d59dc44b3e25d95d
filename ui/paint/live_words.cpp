// SPDX-License-Identifier: MIT
#include "ui/paint/live_words.h"

#include <algorithm>

#include <QLocale>

#include "ui/diagram/cell_numbers.h"
#include "ui/diagram/number_text.h"

namespace ui::paint {

namespace {

constexpr QChar minus(u'−');
constexpr QChar almost_sign(u'≈');
constexpr QChar equal_sign(u'=');

bool is_digit(QChar c) { return c >= u'0' && c <= u'9'; }

/// Behind a number that begins at `begin`, as number_text writes them; `begin` if there is none.
qsizetype end_of_number(const QString& text, qsizetype begin, const QString& decimal_sign) {
    qsizetype i = begin;
    const auto digits = [&] {
        const qsizetype first = i;
        while (i < text.size() && is_digit(text[i])) ++i;
        return i > first;
    };
    if (i < text.size() && text[i] == minus) ++i;
    if (!digits()) return begin;
    const qsizetype whole = i;
    i += QStringView(text).mid(i).startsWith(decimal_sign) ? decimal_sign.size() : 0;
    if (i > whole && !digits()) i = whole;
    const qsizetype plain = i;
    if (i < text.size() && text[i] == u'e') {
        ++i;
        if (i < text.size() && text[i] == minus) ++i;
        if (!digits()) return plain;
    }
    return i;
}

}  // namespace

QString number_in(const Part& way, float value) {
    switch (way.kind) {
        case Part::Kind::number:
            return diagram::number_text(value, way.digits);
        case Part::Kind::said:
            return diagram::said_number(value, way.digits);
        case Part::Kind::cut:
            return diagram::cut_number(value, way.characters, way.digits);
        case Part::Kind::text:
        case Part::Kind::sign:
            break;
    }
    return {};
}

QString text_of(const Part& part, const ValueOf& value) {
    switch (part.kind) {
        case Part::Kind::text:
            return part.text;
        case Part::Kind::number:
        case Part::Kind::said:
        case Part::Kind::cut:
            return number_in(part, value(part.of.front()));
        case Part::Kind::sign: {
            const bool exact = std::ranges::all_of(part.of, [&](const Quantity& quantity) {
                return diagram::is_shown_exactly(value(quantity), part.digits);
            });
            return exact ? QString(equal_sign) : QString(almost_sign);
        }
    }
    return {};
}

QString text_of(const std::vector<Part>& parts, const ValueOf& value) {
    QString text;
    for (const Part& part : parts) text += text_of(part, value);
    return text;
}

std::vector<Token> tokens_of(const QString& text) {
    const QString decimal_sign = diagram::with_latin_digits(QLocale()).decimalPoint();
    std::vector<Token> tokens;
    QString words;
    const auto put = [&](Token token) {
        if (!words.isEmpty()) tokens.push_back({Token::Kind::words, words});
        words.clear();
        tokens.push_back(std::move(token));
    };
    for (qsizetype i = 0; i < text.size();) {
        const Token::Mark mark = text[i] == almost_sign  ? Token::Mark::almost
                                 : text[i] == equal_sign ? Token::Mark::equal
                                                         : Token::Mark::none;
        const bool marks = mark != Token::Mark::none && text.mid(i + 1, 1) == QLatin1String(" ");
        const qsizetype begin = marks ? i + 2 : i;
        const qsizetype end = end_of_number(text, begin, decimal_sign);
        if (end > begin) {
            put({Token::Kind::number, text.mid(begin, end - begin), mark});
            i = end;
        } else if (mark != Token::Mark::none) {
            put({Token::Kind::sign, text.mid(i, 1), mark});
            ++i;
        } else {
            words += text[i++];
        }
    }
    if (!words.isEmpty()) tokens.push_back({Token::Kind::words, words});
    return tokens;
}

QString skeleton_of(const std::vector<Token>& tokens) {
    QString skeleton;
    for (const Token& token : tokens)
        skeleton += token.kind == Token::Kind::words    ? token.text
                    : token.kind == Token::Kind::number ? QStringLiteral("#")
                                                        : QStringLiteral("=");
    return skeleton;
}

}  // namespace ui::paint
