// SPDX-License-Identifier: MIT
#include "ui/paint/page.h"

#include <algorithm>

#include "ui/paint/fonts.h"
#include "ui/paint/paint.h"

namespace ui::paint {

QPageLayout::Orientation orientation_of(const diagram::Diagram& picture) {
    return picture.size.width() > picture.size.height() ? QPageLayout::Landscape
                                                        : QPageLayout::Portrait;
}

bool paint_on_page(QPagedPaintDevice& page, const diagram::Diagram& picture) {
    load_fonts();
    QPainter painter;
    if (!painter.begin(&page)) return false;
    // The origin is where the margins end, and a unit is a dot of the printer.
    const QSizeF room(painter.viewport().size());
    const double fit =
        std::min(room.width() / picture.size.width(), room.height() / picture.size.height());
    const QSizeF left = room - picture.size * fit;
    painter.translate(left.width() / 2, left.height() / 2);
    PaintOptions options;
    options.scale = fit;
    options.paper = false;  // it is there
    options.theme = {diagram::ThemeName::light};
    paint(painter, picture, options);
    return painter.end();
}

}  // namespace ui::paint
