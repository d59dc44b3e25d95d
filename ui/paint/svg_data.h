// SPDX-License-Identifier: MIT
// Numbers, points, paths and texts in the words of SVG, the same in every locale.
#pragma once

#include <QPainterPath>
#include <QPointF>
#include <QString>
#include <QStringList>

#include "ui/paint/strokes.h"

namespace ui::paint::svg {

/// No trailing zeros, always with a point.
QString number(double value, int decimals = 2);

QString point(QPointF p);

/// "x y x y …" of a polyline.
template <typename Points>
QString points(const Points& list) {
    QStringList texts;
    for (const QPointF& p : list) texts << point(p);
    return texts.join(QLatin1Char(' '));
}

QString path_data(const QPainterPath& path);

/// The data of path_of(outline), by arcs instead of curves.
QString outline_data(const Outline& outline);

/// Without the control characters that XML cannot hold.
QString legal(const QString& text);

}  // namespace ui::paint::svg
