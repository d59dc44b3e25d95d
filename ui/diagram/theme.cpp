// SPDX-License-Identifier: MIT
#include "ui/diagram/theme.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace ui::diagram {

namespace {

struct ThemeRow {
    ThemeName name;
    const char* id;
};
/// In the order of ThemeName, which is that of a role's colours.
constexpr std::array themes{
    ThemeRow{ThemeName::light, "light"},
    ThemeRow{ThemeName::dark, "dark"},
    ThemeRow{ThemeName::print, "print"},
    ThemeRow{ThemeName::high_contrast, "high_contrast"},
};

struct RoleColours {
    Role role;
    const char* name;
    std::array<QRgb, themes.size()> colours;
};

constexpr std::array role_table{
    RoleColours{Role::none, "none", {0x00000000, 0x00000000, 0x00000000, 0x00000000}},
    RoleColours{Role::paper, "paper", {0xFFF6F7F9, 0xFF12161D, 0xFFFFFFFF, 0xFFFFFFFF}},
    RoleColours{Role::panel, "panel", {0xFFFFFFFF, 0xFF1A2029, 0xFFFFFFFF, 0xFFFFFFFF}},
    RoleColours{Role::panel_line, "panel_line", {0xFFD9DEE7, 0xFF323B49, 0xFFC8C8C8, 0xFF000000}},
    RoleColours{Role::sunken, "sunken", {0xFFF1F3F6, 0xFF232B37, 0xFFF7F7F7, 0xFFF2F2F2}},
    RoleColours{Role::ink, "ink", {0xFF18212F, 0xFFE9EDF3, 0xFF000000, 0xFF000000}},
    RoleColours{Role::ink_soft, "ink_soft", {0xFF586476, 0xFFA9B4C4, 0xFF3A3A3A, 0xFF262626}},
    RoleColours{Role::ink_faint, "ink_faint", {0xFF7C889A, 0xFF7F8B9D, 0xFF6B6B6B, 0xFF4A4A4A}},
    RoleColours{Role::input_fill, "input_fill", {0xFFE5EEFD, 0xFF16305A, 0xFFF4F8FF, 0xFFEAF1FF}},
    RoleColours{Role::input_line, "input_line", {0xFF1F62D0, 0xFF6FA3F5, 0xFF1F55B0, 0xFF0033A0}},
    RoleColours{Role::input_text, "input_text", {0xFF164CA8, 0xFFBBD5FF, 0xFF0F3A85, 0xFF002678}},
    RoleColours{Role::weight_fill, "weight_fill", {0xFFFDECDF, 0xFF4A2A12, 0xFFF6DFC9, 0xFFFFF0E2}},
    RoleColours{Role::weight_line, "weight_line", {0xFFB9500A, 0xFFF0944D, 0xFF9A4408, 0xFF7A2E00}},
    RoleColours{Role::weight_text, "weight_text", {0xFFA24305, 0xFFFFC79B, 0xFF6E2E00, 0xFF5C2200}},
    RoleColours{Role::output_fill, "output_fill", {0xFFDFF4ED, 0xFF0E3B2F, 0xFFBFDDCF, 0xFFE2F6EC}},
    RoleColours{Role::output_line, "output_line", {0xFF3F9F80, 0xFF4DBF9A, 0xFF1E6B52, 0xFF00573F}},
    RoleColours{Role::output_text, "output_text", {0xFF0A6A4F, 0xFFA5EBD2, 0xFF00432F, 0xFF003D2B}},
    RoleColours{
        Role::output_strong, "output_strong", {0xFF0B7658, 0xFF2FA581, 0xFF0B5C45, 0xFF00452F}},
    RoleColours{Role::zero_fill, "zero_fill", {0xFFF1F3F6, 0xFF202733, 0xFFFFFFFF, 0xFFFFFFFF}},
    RoleColours{Role::zero_line, "zero_line", {0xFFC3CBD6, 0xFF465162, 0xFF9A9A9A, 0xFF8C8C8C}},
    RoleColours{Role::zero_text, "zero_text", {0xFF7C889A, 0xFF8591A3, 0xFF6B6B6B, 0xFF4A4A4A}},
    RoleColours{Role::warning, "warning", {0xFFA3261B, 0xFFFF9C8F, 0xFF8F1A10, 0xFF8A0000}},
    RoleColours{Role::focus, "focus", {0xFFFFFFFF, 0xFF12161D, 0xFFFFFFFF, 0xFFFFFFFF}},
    RoleColours{Role::on_strong, "on_strong", {0xFFFFFFFF, 0xFF06140F, 0xFFFFFFFF, 0xFFFFFFFF}},
};

constexpr bool is_in_order() {
    for (std::size_t i = 0; i < role_table.size(); ++i) {
        if (static_cast<std::size_t>(role_table[i].role) != i) return false;
    }
    return true;
}
static_assert(is_in_order(), "the table is indexed by role");
static_assert(std::ranges::is_sorted(themes, {}, &ThemeRow::name), "colours are indexed by theme");

const RoleColours& entry(Role role) { return role_table[static_cast<std::size_t>(role)]; }

double luminance(const QColor& colour) {
    const auto linear = [](double channel) {
        return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(static_cast<double>(colour.redF())) +
           0.7152 * linear(static_cast<double>(colour.greenF())) +
           0.0722 * linear(static_cast<double>(colour.blueF()));
}

}  // namespace

QColor Theme::colour(Role role) const {
    return QColor::fromRgba(entry(role).colours[static_cast<std::size_t>(name)]);
}

QColor Theme::colour(Ink ink) const {
    QColor result = colour(ink.role);
    if (ink.role != Role::none)
        result.setAlphaF(static_cast<float>(std::clamp(ink.alpha, 0.0, 1.0)));
    return result;
}

QString name_of(ThemeName name) {
    return QString::fromLatin1(themes[static_cast<std::size_t>(name)].id);
}

std::optional<ThemeName> theme_named(const QString& name) {
    for (const ThemeRow& theme : themes)
        if (name == QLatin1String(theme.id)) return theme.name;
    return std::nullopt;
}

QStringList theme_names() {
    QStringList names;
    for (const ThemeRow& theme : themes) names << QString::fromLatin1(theme.id);
    return names;
}

QString name_of(Role role) { return QString::fromLatin1(entry(role).name); }

double contrast(const QColor& a, const QColor& b) {
    const double first = luminance(a);
    const double second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

}  // namespace ui::diagram
