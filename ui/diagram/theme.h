// SPDX-License-Identifier: MIT
// Roles become colours here and nowhere else.
#pragma once

#include <optional>

#include <QColor>
#include <QString>
#include <QStringList>

#include "ui/diagram/diagram.h"

namespace ui::diagram {

enum class ThemeName {
    light,
    dark,
    print,          ///< on white paper with little ink; told apart without colours, too
    high_contrast,  ///< every text at least 7 : 1 (WCAG 2 AAA)
};

struct Theme {
    ThemeName name = ThemeName::light;
    /// The opaque colour of a role; Role::none is transparent.
    QColor colour(Role role) const;
    /// With the ink's opacity.
    QColor colour(Ink ink) const;
};

QString name_of(ThemeName name);  ///< "light", "high_contrast"
std::optional<ThemeName> theme_named(const QString& name);
QStringList theme_names();
QString name_of(Role role);  ///< "input_fill": also the CSS class in SVG

/// WCAG 2 contrast ratio of two opaque colours, 1 to 21.
double contrast(const QColor& a, const QColor& b);

}  // namespace ui::diagram
