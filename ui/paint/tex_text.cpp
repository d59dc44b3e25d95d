// SPDX-License-Identifier: MIT
#include "ui/paint/tex_text.h"

#include <algorithm>
#include <span>

namespace ui::paint::tex {

namespace {

struct Spelling {
    char32_t character;
    const char* tex;
};

/// In the order of their codes. What TeX takes for a command, and signs that are none of a letter's
/// parts; the signs of mathematics are in every TeX, whatever faces there are.
constexpr Spelling spellings[]{
    {U'"', "''"},
    {U'#', "\\#"},
    {U'$', "\\$"},
    {U'%', "\\%"},
    {U'&', "\\&"},
    {U'<', "$<$"},
    {U'>', "$>$"},
    {U'\\', "$\\backslash$"},
    {U'^', "\\textasciicircum{}"},
    {U'_', "\\_"},
    {U'{', "$\\{$"},
    {U'|', "$\\vert$"},
    {U'}', "$\\}$"},
    {U'~', "\\textasciitilde{}"},
    {U'\u00A0', "~"},
    {U'¬', "$\\neg$"},
    {U'°', "$^{\\circ}$"},
    {U'±', "$\\pm$"},
    {U'²', "$^{2}$"},
    {U'³', "$^{3}$"},
    {U'·', "$\\cdot$"},
    {U'¹', "$^{1}$"},
    {U'¼', "$\\frac{1}{4}$"},
    {U'½', "$\\frac{1}{2}$"},
    {U'¾', "$\\frac{3}{4}$"},
    {U'Æ', "\\AE{}"},
    {U'×', "$\\times$"},
    {U'Ø', "\\O{}"},
    {U'ß', "\\ss{}"},
    {U'æ', "\\ae{}"},
    {U'÷', "$\\div$"},
    {U'ø', "\\o{}"},
    {U'ı', "\\i{}"},
    {U'Ł', "\\L{}"},
    {U'ł', "\\l{}"},
    {U'Œ', "\\OE{}"},
    {U'œ', "\\oe{}"},
    {U'Δ', "$\\Delta$"},
    {U'Σ', "$\\Sigma$"},
    {U'α', "$\\alpha$"},
    {U'β', "$\\beta$"},
    {U'μ', "$\\mu$"},
    {U'π', "$\\pi$"},
    {U'σ', "$\\sigma$"},
    {U'\u2009', "\\,"},
    {U'–', "--"},
    {U'—', "---"},
    {U'‘', "`"},
    {U'’', "'"},
    {U'“', "``"},
    {U'”', "''"},
    {U'•', "$\\bullet$"},
    {U'…', "\\dots{}"},
    {U'\u202F', "\\,"},
    {U'₀', "$_{0}$"},
    {U'₁', "$_{1}$"},
    {U'₂', "$_{2}$"},
    {U'₃', "$_{3}$"},
    {U'←', "$\\leftarrow$"},
    {U'↑', "$\\uparrow$"},
    {U'→', "$\\rightarrow$"},
    {U'↓', "$\\downarrow$"},
    {U'↔', "$\\leftrightarrow$"},
    {U'∑', "$\\Sigma$"},
    {U'−', "$-$"},
    {U'∞', "$\\infty$"},
    {U'≈', "$\\approx$"},
    {U'≠', "$\\neq$"},
    {U'≤', "$\\leq$"},
    {U'≥', "$\\geq$"},
    {U'⌈', "$\\lceil$"},
    {U'⌉', "$\\rceil$"},
    {U'⌊', "$\\lfloor$"},
    {U'⌋', "$\\rfloor$"},
    {U'█', "\\rule[-0.2em]{0.6em}{1em}"},
};
static_assert(std::ranges::is_sorted(spellings, {}, &Spelling::character));

/// Marks over and under letters, in the order of their codes.
constexpr Spelling accents[]{
    {0x300, "\\`"}, {0x301, "\\'"},  {0x302, "\\^"}, {0x303, "\\~"}, {0x304, "\\="}, {0x306, "\\u"},
    {0x307, "\\."}, {0x308, "\\\""}, {0x30A, "\\r"}, {0x30B, "\\H"}, {0x30C, "\\v"}, {0x327, "\\c"},
};
static_assert(std::ranges::is_sorted(accents, {}, &Spelling::character));

const Spelling* find(std::span<const Spelling> table, char32_t character) {
    const auto found = std::ranges::lower_bound(table, character, {}, &Spelling::character);
    return found != table.end() && found->character == character ? &*found : nullptr;
}

bool is_letter(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z'); }

/// "é" as "\'{e}"; TeX's i and j lose their dots for it by themselves.
std::optional<QString> accented(char32_t character) {
    const auto parts =
        QString::fromUcs4(&character, 1).normalized(QString::NormalizationForm_D).toStdU32String();
    if (parts.size() != 2 || !is_letter(parts[0])) return std::nullopt;
    const Spelling* accent = find(accents, parts[1]);
    if (accent == nullptr) return std::nullopt;
    const QString letter = QString::fromUcs4(&parts[0], 1);
    const bool dotted = letter == QStringLiteral("i") || letter == QStringLiteral("j");
    return QLatin1String(accent->tex) + QStringLiteral("{") +
           (dotted ? QStringLiteral("\\") : QString()) + letter + QStringLiteral("}");
}

/// Two of these in a row are another sign: "--", "''", "?`".
bool joins(char32_t before, char32_t character) {
    return (character == U'-' && before == U'-') || (character == U'\'' && before == U'\'') ||
           (character == U'`' && (before == U'`' || before == U'?' || before == U'!'));
}

}  // namespace

std::optional<QString> set_text(const QString& text) {
    QString set;
    char32_t before = U' ';  // TeX drops a space that begins a box
    for (const char32_t character : text.toStdU32String()) {
        if (const Spelling* known = find(spellings, character)) {
            set += QLatin1String(known->tex);
        } else if (character == U' ' || character == U'\n' || character == U'\t') {
            set += before == U' ' ? QStringLiteral("\\ ") : QStringLiteral(" ");
        } else if (character > U' ' && character <= U'~') {
            if (joins(before, character)) set += QStringLiteral("{}");
            set += QChar::fromUcs4(character);
        } else if (const auto letter = accented(character)) {
            set += *letter;
        } else {
            return std::nullopt;
        }
        before = character == U'\n' || character == U'\t' ? U' ' : character;
    }
    // And one that ends it, where something in braces follows.
    if (set.endsWith(u' ') && !set.endsWith(QStringLiteral("\\ "))) {
        set.chop(1);
        set += QStringLiteral("\\ ");
    }
    return set;
}

QString remark(const QString& text) {
    QString kept;
    for (const char32_t c : text.toStdU32String())
        kept += QStringView(QChar::fromUcs4(QChar::isPrint(c) ? c : U' '));
    return kept.simplified();
}

}  // namespace ui::paint::tex
