// SPDX-License-Identifier: MIT
#include "ui/paint/svg_data.h"

#include <algorithm>
#include <cmath>

namespace ui::paint::svg {

QString number(double value, int decimals) {
    const double unit = std::pow(10, decimals);
    const double rounded = std::round(value * unit) / unit;
    return QString::number(rounded == 0 ? 0 : rounded, 'g', 10);
}

QString point(QPointF p) { return number(p.x()) + QLatin1Char(' ') + number(p.y()); }

QString legal(const QString& text) {
    QString kept = text;
    kept.removeIf(
        [](QChar c) { return (c < u' ' && c != u'\n' && c != u'\t') || c.unicode() >= 0xFFFE; });
    return kept;
}

QString path_data(const QPainterPath& path) {
    QString data;
    for (int i = 0; i < path.elementCount(); ++i) {
        const QPainterPath::Element e = path.elementAt(i);
        switch (e.type) {
            case QPainterPath::MoveToElement:
                data += QLatin1Char('M') + point(e);
                break;
            case QPainterPath::LineToElement:
                data += QLatin1Char('L') + point(e);
                break;
            case QPainterPath::CurveToElement:
                data += QLatin1Char('C') + point(e) + QLatin1Char(' ') +
                        point(path.elementAt(i + 1)) + QLatin1Char(' ') +
                        point(path.elementAt(i + 2));
                i += 2;
                break;
            case QPainterPath::CurveToDataElement:
                break;
        }
    }
    return data;
}

QString outline_data(const Outline& outline) {
    const QRectF& r = outline.rect;
    const double radius = std::min({outline.radius, r.width() / 2, r.height() / 2});
    const auto arc_to = [&](QPointF to) -> QString {
        if (radius <= 0) return {};
        return QLatin1Char('A') + number(radius) + QLatin1Char(' ') + number(radius) +
               QStringLiteral(" 0 0 1 ") + point(to);
    };
    QString data = QLatin1Char('M') + point({r.left() + radius, r.top()});
    data += QLatin1Char('H') + number(r.right() - radius) + arc_to({r.right(), r.top() + radius});
    data +=
        QLatin1Char('V') + number(r.bottom() - radius) + arc_to({r.right() - radius, r.bottom()});
    data += QLatin1Char('H') + number(r.left() + radius) + arc_to({r.left(), r.bottom() - radius});
    data += QLatin1Char('V') + number(r.top() + radius) + arc_to({r.left() + radius, r.top()});
    return data + QLatin1Char('Z');
}

}  // namespace ui::paint::svg
