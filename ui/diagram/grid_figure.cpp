// SPDX-License-Identifier: MIT
#include "ui/diagram/grid_figure.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "ui/diagram/number_text.h"

namespace ui::diagram {

GridFigure grid_at(GridRef ref, QString name, int rows, int columns, QPointF origin, double pitch) {
    GridFigure figure;
    figure.ref = ref;
    figure.name = std::move(name);
    figure.rows = rows;
    figure.columns = columns;
    figure.origin = origin;
    figure.pitch_x = figure.pitch_y = pitch;
    figure.cell = pitch >= 6 ? pitch - std::clamp(std::round(pitch / 15), 1.0, 3.0) : pitch;
    return figure;
}

Shade::Shade(std::span<const float> values) : m_greatest(1e-30) {
    for (const float value : values)
        m_greatest = std::max(m_greatest, std::abs(static_cast<double>(value)));
}

void GridFigure::say(CellLook& cell_look, float value) const {
    cell_look.spoken = Spoken(value);
    if (is_numbered()) cell_look.text = cell_text(value, cell);
}

double number_size(double cell, int columns) {
    // Small cells give more of their height to the number.
    const double by_height = std::max(0.42 * cell, std::min(0.65 * cell, 9.0));
    const double by_width = 0.9 * cell / (std::max(columns, 1) * mono_advance);
    return std::clamp(std::min(by_height, by_width), 3.0, 30.0);
}

namespace {

/// Smaller numbers cannot be read, not even zoomed in: then colours tell.
constexpr double smallest_number = 3.6;
/// Lines of cells that are not lit.
constexpr double plain_line = 1;

void draw_as_image(Builder& builder, const GridFigure& figure) {
    QImage image(figure.columns, figure.rows, QImage::Format_Grayscale8);
    for (int row = 0; row < figure.rows; ++row) {
        uchar* pixels = image.scanLine(row);
        for (int column = 0; column < figure.columns; ++column) {
            pixels[column] =
                static_cast<uchar>(qRound(255 * std::clamp(figure.shade(row, column), 0.0, 1.0)));
        }
    }
    builder.add(Raster{figure.rect(), image, figure.tint}, CellRef{figure.ref, 0, 0});
    builder.add(Box{figure.rect(), {}, {figure.tint, 0.6}, 1, 0, Stroke::solid, false});
    if (!figure.lit.isEmpty()) {
        const QRectF lit = figure.cell_rect(figure.lit.top(), figure.lit.left()) |
                           figure.cell_rect(figure.lit.bottom(), figure.lit.right());
        builder.add(
            Box{lit.adjusted(-3, -3, 3, 3), {}, {Role::ink, 1}, 1.6, 3, Stroke::solid, false});
    }
}

/// Of marks and tags in the corners of a cell; those that would be smaller are left out.
constexpr double smallest_corner_text = 7;

double corner_text_size(double cell) { return std::min(cell * 0.27, 11.0); }

bool shows_mark(const CellLook& look, double cell) {
    const double size = corner_text_size(cell);
    return size >= smallest_corner_text &&
           static_cast<double>(look.mark.size()) * mono_advance * size <= 0.92 * cell &&
           !look.mark.isEmpty();
}

void draw_corner_texts(Builder& builder, double cell, const QRectF& rect, const CellLook& look) {
    const double size = corner_text_size(cell);
    if (size < smallest_corner_text) return;
    double taken = 0;
    if (shows_mark(look, cell)) {
        const QPointF at = look.mark_below ? rect.bottomLeft() + QPointF(cell / 2, -size * 0.72)
                                           : rect.topLeft() + QPointF(cell * 0.06, size * 0.72);
        builder.label(at, size, {digits(look.mark, {Role::weight_text, 1}, FontWeight::bold)},
                      look.mark_below ? Align::centre : Align::left);
        if (!look.mark_below) taken = static_cast<double>(look.mark.size()) * mono_advance * size;
    }
    const double wide = 0.75 * size * static_cast<double>(look.tag.size());
    if (!look.tag.isEmpty() && taken + wide <= 0.86 * cell) {
        builder.label(rect.topRight() + QPointF(-cell * 0.08, size * 0.78), size,
                      {words(look.tag, {Role::input_text, 1}, FontWeight::bold)}, Align::right);
    }
}

/// Where a cell's number stands: a mark pushes it away.
QPointF number_place(double cell, const QRectF& rect, const CellLook& look) {
    if (!shows_mark(look, cell)) return rect.center();
    return rect.center() + QPointF(0, (look.mark_below ? -0.13 : 0.13) * cell);
}

}  // namespace

void draw_grid(Builder& builder, const GridFigure& figure) {
    GridInfo info;
    info.grid = figure.ref;
    info.name = figure.name;
    info.rows = figure.rows;
    info.columns = figure.columns;
    info.rect = figure.rect();
    info.pitch = QSizeF(figure.pitch_x, figure.pitch_y);
    info.cell = QSizeF(figure.cell, figure.cell);
    info.editable = figure.editable;
    if (figure.is_image()) {
        draw_as_image(builder, figure);
        builder.grid(std::move(info));
        return;
    }

    std::vector<CellLook> looks;
    looks.reserve(static_cast<std::size_t>(figure.rows * figure.columns));
    info.values.reserve(looks.capacity());
    int widest = std::max(figure.text_columns, 2);
    for (int row = 0; row < figure.rows; ++row) {
        for (int column = 0; column < figure.columns; ++column) {
            looks.push_back(figure.look(row, column));
            widest = std::max(widest, static_cast<int>(looks.back().text.size()));
        }
    }
    const double size = number_size(figure.cell, widest);
    const bool numbered = figure.is_numbered() && size >= smallest_number;
    const double radius = figure.cell >= 14 ? std::min(4.0, figure.cell / 7) : 0;
    std::size_t index = 0;
    for (int row = 0; row < figure.rows; ++row) {
        for (int column = 0; column < figure.columns; ++column, ++index) {
            CellLook& look = looks[index];
            const QRectF rect = figure.cell_rect(row, column);
            const CellRef ref{figure.ref, row, column};
            Ink fill = look.fill;
            if (!numbered && look.shade > 0) {
                fill = {figure.tint, look.shade};
                if (look.line_width <= plain_line) look.line = {};
            }
            builder.add(
                Box{rect, fill, look.line, look.line_width, radius, look.stroke, look.hatched},
                ref);
            if (numbered && !look.text.isEmpty()) {
                builder.label(number_place(figure.cell, rect, look), size,
                              {digits(look.text, look.ink, look.weight)}, Align::centre,
                              figure.cell * 0.96);
            }
            draw_corner_texts(builder, figure.cell, rect, look);
            info.values.push_back(look.spoken.isEmpty() ? Spoken(look.text) : look.spoken);
        }
    }
    builder.grid(std::move(info));
}

void draw_rulers(Builder& builder, const GridFigure& figure, double largest_size,
                 const std::set<int>& lit_rows, const std::set<int>& lit_columns) {
    const double smaller = std::min(figure.pitch_x, figure.pitch_y);
    const double size = std::clamp(smaller * 0.3, 7.0, largest_size);
    const double gap = std::max(6.0, size * 0.5);  // the crop frame passes between
    const auto every = [&](double pitch, int count) {
        const double wide =
            size * mono_advance * (static_cast<double>(std::to_string(count).size()) + 0.8);
        for (int step = 1;; step *= 10) {
            for (const int nice : {step, 2 * step, 5 * step}) {
                if (nice * pitch >= wide) return nice;
            }
        }
    };
    const auto put = [&](QPointF at, int number, bool lit, Align align) {
        builder.label(at, size,
                      {digits(QString::number(number), {lit ? Role::ink : Role::ink_faint, 1},
                              lit ? FontWeight::bold : FontWeight::regular)},
                      align);
    };
    // A lit number keeps its neighbours away.
    const auto shown = [](int number, int step, const std::set<int>& lit) {
        if (lit.contains(number)) return true;
        return number % step == 0 && std::ranges::none_of(lit, [&](int other) {
                   return std::abs(other - number) < step;
               });
    };
    for (int column = 0; column < figure.columns; ++column) {
        if (!shown(column, every(figure.pitch_x, figure.columns), lit_columns)) continue;
        put(QPointF(figure.centre(0, column).x(), figure.origin.y() - gap - size * 0.4), column,
            lit_columns.contains(column), Align::centre);
    }
    for (int row = 0; row < figure.rows; ++row) {
        if (!shown(row, every(figure.pitch_y * 1.6, figure.rows), lit_rows)) continue;
        put(QPointF(figure.origin.x() - gap, figure.centre(row, 0).y()), row,
            lit_rows.contains(row), Align::right);
    }
}

void draw_caption(Builder& builder, const GridFigure& figure, const QString& text, double size,
                  Span room) {
    const QRectF rect = figure.rect();
    const double half = std::min(about_width(text, size), room.width()) / 2;
    const double centre = std::clamp(rect.center().x(), room.left + half, room.right - half);
    builder.label(QPointF(centre, rect.bottom() + size * 1.15), size,
                  {words(text, {Role::ink_soft, 1})}, Align::centre, room.width());
}

}  // namespace ui::diagram
