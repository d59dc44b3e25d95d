// SPDX-License-Identifier: MIT
// Drawn numbers and cells kept as images, for screen speed.
#pragma once

#include <QCache>
#include <QColor>
#include <QImage>
#include <QPainter>

#include "ui/paint/strokes.h"
#include "ui/paint/text_layout.h"

namespace ui::paint {

/// How a box is painted, in the painter's units.
struct Cell {
    Outline outline;
    QRgb fill = 0;
    QRgb line = 0;
    double line_width = 1;
    diagram::Stroke stroke = diagram::Stroke::solid;
    bool hatched = false;
    double scale = 1;  ///< painter's units per diagram unit, for dashes and hatching
    double phase = 0;  ///< of the hatching
    bool operator==(const Cell&) const = default;
    friend std::size_t qHash(const Cell& cell, std::size_t seed) {
        return qHashMulti(seed, cell.outline.rect.width(), cell.outline.rect.height(), cell.fill,
                          cell.line, cell.line_width);
    }
};

void draw_cell(QPainter& painter, const Cell& cell);

/// Draws one run as live text from its baseline's start. The painter's unit is a pixel; `scale`:
/// pixels per diagram unit.
void draw_run(QPainter& painter, QPointF baseline, const PlacedRun& run, const QColor& colour,
              double scale);

/// Bounded in bytes. Colours and sizes in pixels are part of what an image is known by, so that a
/// change of theme or of screen needs no clearing.
class ImageCache {
public:
    /// Both paint in pixels, at whole ones, and draw the thing itself if it is not worth keeping.
    void number(QPainter& painter, QPoint baseline, const PlacedRun& run, const QColor& colour,
                double scale);
    void cell(QPainter& painter, const Cell& cell);

private:
    /// `corner`: where the image begins, from the baseline's start or the outline's corner.
    struct Drawn {
        QImage image;
        QPoint corner;
    };
    struct NumberKey {
        QString text;
        double pixel_size = 0;
        QRgb colour = 0;
        diagram::FontWeight weight = diagram::FontWeight::regular;
        bool operator==(const NumberKey&) const = default;
        friend std::size_t qHash(const NumberKey& key, std::size_t seed) {
            return qHashMulti(seed, key.text, key.pixel_size, key.colour);
        }
    };

    static constexpr qsizetype bytes_for_numbers = 16 << 20;
    static constexpr qsizetype bytes_for_cells = 8 << 20;
    QCache<NumberKey, Drawn> m_numbers{bytes_for_numbers};
    QCache<Cell, Drawn> m_cells{bytes_for_cells};
};

}  // namespace ui::paint
