// SPDX-License-Identifier: MIT
// The words of the stage's headings: sentences with the present numbers, never more than is
// computed.
#pragma once

#include "ui/diagram/scene.h"

namespace ui::diagram {

inline QString size_text(int rows, int columns) {
    return Stage::tr("%1 × %2").arg(rows).arg(columns);
}

/// "2" where rows and columns agree, else "2 × 3".
inline QString by_axis(int rows, int columns) {
    return rows == columns ? QString::number(rows) : size_text(rows, columns);
}

/// "2 × 2 grows to 5 × 5"
QString growth_text(const engine::Geometry& geometry);

/// Title and the line below it.
struct Heading {
    QString title;
    QString subtitle;
};

}  // namespace ui::diagram
