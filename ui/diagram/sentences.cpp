// SPDX-License-Identifier: MIT
#include "ui/diagram/sentences.h"

namespace ui::diagram {

QString growth_text(const engine::Geometry& g) {
    const QString from = size_text(g.rows.in, g.columns.in);
    const QString to = size_text(g.rows.out, g.columns.out);
    if (from == to) return Stage::tr("%1 stays %1").arg(from);
    if (g.rows.out < g.rows.in || g.columns.out < g.columns.in)
        return Stage::tr("%1 becomes %2").arg(from, to);
    return Stage::tr("%1 grows to %2").arg(from, to);
}

}  // namespace ui::diagram
