// SPDX-License-Identifier: MIT
// An icon is a few hundred bytes of SVG whose currentColor is replaced before it is parsed.
#include "ui/widgets/icon.h"

#include <QFile>
#include <QSvgRenderer>

namespace ui::widgets {

void paint_icon(QPainter& painter, const QString& name, const QRectF& rect, const QColor& colour) {
    QFile file(QStringLiteral(":/icons/") + name + QStringLiteral(".svg"));
    const bool opened = file.open(QIODevice::ReadOnly);
    Q_ASSERT_X(opened, "paint_icon", "no such icon");
    if (!opened) return;
    QByteArray svg = file.readAll();
    svg.replace("currentColor", colour.name().toLatin1());
    QSvgRenderer(svg).render(&painter, rect);
}

}  // namespace ui::widgets
