// SPDX-License-Identifier: MIT
// An icon is a few hundred bytes of SVG whose currentColor is replaced before it is parsed.
#include "ui/widgets/controls/icon.h"

#include <QSvgRenderer>

#include "ui/files/file_bytes.h"

namespace ui::widgets {

void paint_icon(QPainter& painter, const QString& name, const QRectF& rect, const QColor& colour) {
    QByteArray svg =
        files::read_resource(QStringLiteral(":/icons/") + name + QStringLiteral(".svg"));
    Q_ASSERT_X(!svg.isEmpty(), "paint_icon", "no such icon");
    svg.replace("currentColor", colour.name().toLatin1());
    QSvgRenderer(svg).render(&painter, rect);
}

}  // namespace ui::widgets
