// SPDX-License-Identifier: MIT
// Where a picture stands in a widget: fit, zoom and scroll as one value.
#pragma once

#include <QPointF>
#include <QRectF>
#include <QSizeF>

namespace ui::widgets {

/// All lengths in device-independent pixels except `diagram`, which is in diagram units.
class Viewport {
public:
    static constexpr double least_zoom = 0.5;
    static constexpr double most_zoom = 16;        ///< enough for most pictures
    static constexpr double farthest_zoom = 1024;  ///< where cells are tiny

    /// `least_fit`: what does not fit at that scale is scrolled. `bar` is the thickness of a scroll
    /// bar, taken from the room where one is needed.
    void resize(QSizeF room, QSizeF diagram, double least_fit, double bar);

    QSizeF room() const { return m_room; }
    QSizeF visible() const { return m_visible; }  ///< the room without scroll bars
    double zoom() const { return m_zoom; }
    double scale() const;    ///< diagram units to pixels
    QPointF offset() const;  ///< where the diagram's origin goes
    QPointF scroll() const { return m_scroll; }
    QPointF farthest() const;  ///< largest scroll on each axis, 0 where everything is visible

    /// As close as one comes: not less than most_zoom, nor beyond farthest_zoom.
    void allowZoom(double most);
    void scrollTo(QPointF scroll);
    void zoomAt(QPointF point, double zoom);  ///< what is under the point stays there
    void reveal(QRectF diagram_rect);         ///< the shortest scroll that shows it

    QPointF toDiagram(QPointF point) const { return (point - offset()) / scale(); }
    QRectF toDiagram(QRectF rect) const;
    QRectF toWidget(QRectF rect) const;

    bool operator==(const Viewport&) const = default;

private:
    QSizeF content() const { return m_diagram * scale(); }
    void settle();

    QSizeF m_room;
    QSizeF m_visible;
    QSizeF m_diagram;
    double m_leastFit = 1;
    double m_bar = 0;
    double m_zoom = 1;
    double m_mostZoom = most_zoom;
    QPointF m_scroll;
};

}  // namespace ui::widgets
