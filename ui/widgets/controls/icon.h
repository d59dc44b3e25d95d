// SPDX-License-Identifier: MIT
// The project's own icons (resources/icons/*.svg), drawn in any one colour at any size.
#pragma once

#include <QColor>
#include <QPainter>
#include <QString>

namespace ui::widgets {

/// `name` is the file's stem: "play".
void paint_icon(QPainter& painter, const QString& name, const QRectF& rect, const QColor& colour);

}  // namespace ui::widgets
