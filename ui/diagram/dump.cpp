// SPDX-License-Identifier: MIT
// A Diagram as text: one mark a line, for goldens and for reading a change in a review.
#include <array>
#include <cmath>
#include <cstdint>

#include "ui/diagram/diagram.h"
#include "ui/diagram/theme.h"

namespace ui::diagram {

namespace {

QString number(double value) {
    const double rounded = std::round(value * 100) / 100;
    return QString::number(rounded == 0 ? 0 : rounded, 'g', 9);
}

QString point(QPointF p) { return number(p.x()) + QLatin1Char(',') + number(p.y()); }

QString rectangle(const QRectF& r) {
    return point(r.topLeft()) + QLatin1Char(' ') + number(r.width()) + QLatin1Char('x') +
           number(r.height());
}

QString ink(Ink ink) {
    if (ink.role == Role::none) return QStringLiteral("-");
    return ink.alpha < 1 ? name_of(ink.role) + QLatin1Char('*') + number(ink.alpha)
                         : name_of(ink.role);
}

QString reference(GridRef ref) {
    return ref.index == 0 ? name_of(ref.grid)
                          : name_of(ref.grid) + QLatin1Char('#') + QString::number(ref.index);
}

QString stroke(Stroke stroke) {
    switch (stroke) {
        case Stroke::solid:
            return {};
        case Stroke::dashed:
            return QStringLiteral(" dashed");
        case Stroke::dotted:
            return QStringLiteral(" dotted");
    }
    return {};
}

/// Tells two images apart without printing them (FNV-1a over the pixels).
QString pixel_hash(const QImage& image) {
    std::uint32_t hash = 2166136261U;
    for (int y = 0; y < image.height(); ++y) {
        const uchar* line = image.constScanLine(y);
        for (qsizetype i = 0; i < static_cast<qsizetype>(image.width()) * image.depth() / 8; ++i)
            hash = (hash ^ line[i]) * 16777619U;
    }
    return QString::number(hash, 16);
}

struct MarkText {
    QString operator()(const Box& box) const {
        QString text = QStringLiteral("box ") + rectangle(box.rect) + QStringLiteral(" fill ") +
                       ink(box.fill) + QStringLiteral(" line ") + ink(box.line) + QLatin1Char(' ') +
                       number(box.line_width);
        if (box.radius > 0) text += QStringLiteral(" radius ") + number(box.radius);
        text += stroke(box.stroke);
        if (box.hatched) text += QStringLiteral(" hatched");
        return text;
    }
    QString operator()(const Label& label) const {
        static constexpr std::array aligns{"left", "centre", "right"};
        QString text = QStringLiteral("label ") + point(label.anchor) + QLatin1Char(' ') +
                       QLatin1String(aligns[static_cast<std::size_t>(label.align)]) +
                       QStringLiteral(" size ") + number(label.size);
        if (label.max_width > 0) text += QStringLiteral(" within ") + number(label.max_width);
        if (label.wrap) text += QStringLiteral(" wrapped");
        for (const TextRun& run : label.runs) {
            text += QStringLiteral(" \"") + run.text + QStringLiteral("\" ") + ink(run.ink);
            if (run.face == Face::numbers) text += QStringLiteral(" mono");
            if (run.weight == FontWeight::semibold) text += QStringLiteral(" semibold");
            if (run.weight == FontWeight::bold) text += QStringLiteral(" bold");
        }
        return text;
    }
    QString operator()(const Line& line) const {
        QString text = QStringLiteral("line");
        for (const QPointF& p : line.points) text += QLatin1Char(' ') + point(p);
        text += QStringLiteral(" ink ") + ink(line.ink) + QLatin1Char(' ') + number(line.width) +
                stroke(line.stroke);
        if (line.arrow) text += QStringLiteral(" arrow");
        return text;
    }
    QString operator()(const Raster& raster) const {
        return QStringLiteral("raster ") + rectangle(raster.rect) +
               QStringLiteral(" pixels %1x%2 tint %3 hash %4")
                   .arg(raster.image.width())
                   .arg(raster.image.height())
                   .arg(name_of(raster.tint), pixel_hash(raster.image));
    }
};

}  // namespace

QString dump(const Diagram& diagram) {
    QString text = QStringLiteral("diagram %1 x %2\ntitle %3\ndescription %4\n")
                       .arg(number(diagram.size.width()), number(diagram.size.height()),
                            diagram.title, diagram.description);
    int open = -1;
    for (const Item& item : diagram.items) {
        if (item.group != open) {
            open = item.group;
            text += QStringLiteral("group ") + diagram.groups[static_cast<std::size_t>(open)].id +
                    QLatin1Char('\n');
        }
        text += QStringLiteral("  ") + std::visit(MarkText{}, item.mark);
        if (item.cell)
            text += QStringLiteral(" cell %1 %2,%3")
                        .arg(reference(item.cell->grid))
                        .arg(item.cell->row)
                        .arg(item.cell->column);
        text += QLatin1Char('\n');
    }
    for (const GridInfo& grid : diagram.grids) {
        text += QStringLiteral("grid %1 \"%2\" %3 x %4 at %5%6\n")
                    .arg(reference(grid.grid), grid.name)
                    .arg(grid.rows)
                    .arg(grid.columns)
                    .arg(rectangle(grid.rect))
                    .arg(grid.editable ? QStringLiteral(" editable") : QString());
    }
    return text;
}

}  // namespace ui::diagram
