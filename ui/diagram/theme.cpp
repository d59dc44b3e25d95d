// SPDX-License-Identifier: MIT
#include "ui/diagram/theme.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace ui::diagram {

namespace {

struct RoleColours {
    Role role;
    const char* name;
    QRgb light;
    QRgb dark;
};

constexpr std::array role_table{
    RoleColours{Role::none, "none", 0x00000000, 0x00000000},
    RoleColours{Role::paper, "paper", 0xFFF6F7F9, 0xFF12161D},
    RoleColours{Role::panel, "panel", 0xFFFFFFFF, 0xFF1A2029},
    RoleColours{Role::panel_line, "panel_line", 0xFFD9DEE7, 0xFF323B49},
    RoleColours{Role::sunken, "sunken", 0xFFF1F3F6, 0xFF232B37},
    RoleColours{Role::ink, "ink", 0xFF18212F, 0xFFE9EDF3},
    RoleColours{Role::ink_soft, "ink_soft", 0xFF586476, 0xFFA9B4C4},
    RoleColours{Role::ink_faint, "ink_faint", 0xFF7C889A, 0xFF7F8B9D},
    RoleColours{Role::input_fill, "input_fill", 0xFFE5EEFD, 0xFF16305A},
    RoleColours{Role::input_line, "input_line", 0xFF1F62D0, 0xFF6FA3F5},
    RoleColours{Role::input_text, "input_text", 0xFF164CA8, 0xFFBBD5FF},
    RoleColours{Role::weight_fill, "weight_fill", 0xFFFDECDF, 0xFF4A2A12},
    RoleColours{Role::weight_line, "weight_line", 0xFFB9500A, 0xFFF0944D},
    RoleColours{Role::weight_text, "weight_text", 0xFFA24305, 0xFFFFC79B},
    RoleColours{Role::output_fill, "output_fill", 0xFFDFF4ED, 0xFF0E3B2F},
    RoleColours{Role::output_line, "output_line", 0xFF3F9F80, 0xFF4DBF9A},
    RoleColours{Role::output_text, "output_text", 0xFF0A6A4F, 0xFFA5EBD2},
    RoleColours{Role::output_strong, "output_strong", 0xFF0B7658, 0xFF2FA581},
    RoleColours{Role::zero_fill, "zero_fill", 0xFFF1F3F6, 0xFF202733},
    RoleColours{Role::zero_line, "zero_line", 0xFFC3CBD6, 0xFF465162},
    RoleColours{Role::zero_text, "zero_text", 0xFF7C889A, 0xFF8591A3},
    RoleColours{Role::warning, "warning", 0xFFA3261B, 0xFFFF9C8F},
    RoleColours{Role::focus, "focus", 0xFFFFFFFF, 0xFF12161D},
    RoleColours{Role::on_strong, "on_strong", 0xFFFFFFFF, 0xFF06140F},
};

constexpr bool is_in_order() {
    for (std::size_t i = 0; i < role_table.size(); ++i) {
        if (static_cast<std::size_t>(role_table[i].role) != i) return false;
    }
    return true;
}
static_assert(is_in_order(), "the table is indexed by role");

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
    const RoleColours& colours = entry(role);
    return QColor::fromRgba(name == ThemeName::light ? colours.light : colours.dark);
}

QColor Theme::colour(Ink ink) const {
    QColor result = colour(ink.role);
    if (ink.role != Role::none)
        result.setAlphaF(static_cast<float>(std::clamp(ink.alpha, 0.0, 1.0)));
    return result;
}

QString name_of(ThemeName name) {
    return name == ThemeName::light ? QStringLiteral("light") : QStringLiteral("dark");
}

std::optional<ThemeName> theme_named(const QString& name) {
    for (const ThemeName theme : {ThemeName::light, ThemeName::dark}) {
        if (name_of(theme) == name) return theme;
    }
    return std::nullopt;
}

QStringList theme_names() { return {name_of(ThemeName::light), name_of(ThemeName::dark)}; }

QString name_of(Role role) { return QString::fromLatin1(entry(role).name); }

double contrast(const QColor& a, const QColor& b) {
    const double first = luminance(a);
    const double second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

}  // namespace ui::diagram
