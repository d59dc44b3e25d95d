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

Shade::Shade(std::span<const float> values) {
    for (const float value : values)
        m_greatest = std::max(m_greatest, std::abs(static_cast<double>(value)));
}

namespace {

constexpr double legend_line = 16;

/// Lines of cells that are not lit, and at least of those that the words are about; cells that are
/// lit as a stretch lie between.
constexpr double plain_line = 1;
constexpr double chosen_line = 2.2;

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
        builder.add(Box{image_frame(lit), {}, {Role::ink, 1}, 1.6, 3, Stroke::solid, false});
    }
}

/// Where a cell's words stand: its number, above it in one line the tag and what the window lays on
/// it, or that below. What has no room is left out, the number last.
struct CellWords {
    QString number, laid, tag;
    double number_y = 0, small = 0;
    bool tag_beside = false;  ///< the number, instead of above it
};

double advance(const QString& text, double size) {
    return static_cast<double>(text.size()) * mono_advance * size;
}

CellWords words_of(const CellLook& look, double cell, const CellType& type, int digits) {
    CellWords words;
    words.small = std::clamp(0.27 * cell, smallest_cell_type, 12.0);
    words.number = look.number ? cut_number(*look.number, type.characters, digits) : look.text;
    words.number_y = cell / 2;
    words.tag = look.tag;
    const double room = 0.96 * cell;
    if (look.laid) {
        const auto most = static_cast<int>(room / (words.small * mono_advance));
        const QString weight = cut_number(*look.laid, most - 1, digits);
        if (!weight.isEmpty()) words.laid = QChar(u'×') + weight;
    }
    const double capitals = 0.37 * type.size;  // half of a number's height
    const double line = 1.28 * words.small;    // what a line of small words takes
    const double number_high = words.number.isEmpty() ? 0 : 2 * capitals + 1;
    const double number_wide = advance(words.number, type.size);
    const double tag_wide = 0.8 * words.small * static_cast<double>(words.tag.size());
    const bool below = look.laid_below && !words.laid.isEmpty();
    if (line + number_high > cell || (below && 2 * line + number_high > cell)) words.laid.clear();
    // A short number leaves room beside it, and stays in the middle.
    const bool clear = tag_wide + 2 <= (cell - number_wide) / 2;
    const bool above = !look.laid_below && !words.laid.isEmpty();
    const double apart = 0.5 * words.small;
    if (above && advance(words.laid, words.small) + apart + tag_wide > room) {
        words.tag_beside = clear;
        if (!clear) words.tag.clear();
    } else if (!above && !clear && line + number_high > cell) {
        words.tag.clear();
    }
    if (above || (!words.tag.isEmpty() && !clear))
        words.number_y = std::max(words.number_y, line + capitals + 0.5);
    if (below) words.number_y = std::min(words.number_y, cell - line - capitals - 0.5);
    return words;
}

void draw_words(Builder& builder, const CellWords& words, const CellLook& look, Ink ink,
                const QRectF& rect, double type) {
    if (!words.number.isEmpty()) {
        builder.label({rect.center().x(), rect.top() + words.number_y}, type,
                      {digits(words.number, ink, look.weight)}, Align::centre, rect.width());
    }
    const double side = std::max(1.5, rect.width() * 0.06);
    const double line = words.small * 0.72 + 0.8;
    if (!words.laid.isEmpty()) {
        const QPointF at = look.laid_below ? QPointF(rect.center().x(), rect.bottom() - line)
                                           : QPointF(rect.right() - side * 0.6, rect.top() + line);
        builder.label(at, words.small,
                      {digits(words.laid, {Role::weight_text, 1}, FontWeight::bold)},
                      look.laid_below ? Align::centre : Align::right);
    }
    if (!words.tag.isEmpty()) {
        const double x = look.tag_right ? rect.right() - side : rect.left() + side;
        const double y = words.tag_beside ? words.number_y : line;
        builder.label({x, rect.top() + y}, words.small,
                      {ui::diagram::words(words.tag, {Role::input_text, 1}, FontWeight::bold)},
                      look.tag_right ? Align::right : Align::left);
    }
}

/// What a cell that the words are about says where it is too small for its number: on a plate that
/// is wider than the cell, but stays in the grid; of a grid that is smaller than one, nothing.
class Plates {
public:
    explicit Plates(const QRectF& grid) : m_grid(grid) {}
    void add(const CellRef& ref, const QRectF& cell, const CellLook& look, int most_digits) {
        const QString number = cut_number(*look.number, most_characters, most_digits);
        if (number.isEmpty()) return;
        QRectF rect(0, 0, advance(number, smallest_cell_type) + 5, 1.5 * smallest_cell_type);
        rect.moveCenter(cell.center());
        if (rect.width() > m_grid.width() || rect.height() > m_grid.height()) return;
        rect.moveLeft(std::clamp(rect.left(), m_grid.left(), m_grid.right() - rect.width()));
        rect.moveTop(std::clamp(rect.top(), m_grid.top(), m_grid.bottom() - rect.height()));
        if (!hides(rect)) m_plates.push_back({ref, rect, number, look.line, look.line_width});
    }
    /// More of them would hide the grid.
    void keepFew() {
        if (m_plates.size() > 4) m_plates.clear();
    }
    bool hides(const QRectF& rect) const {
        return std::ranges::any_of(m_plates,
                                   [&](const Plate& plate) { return plate.rect.intersects(rect); });
    }
    void draw(Builder& builder) const {
        for (const Plate& plate : m_plates) {
            builder.add(Box{plate.rect,
                            {Role::panel, 1},
                            plate.line,
                            plate.line_width,
                            3,
                            Stroke::solid,
                            false},
                        plate.ref);
            builder.label(plate.rect.center(), smallest_cell_type,
                          {digits(plate.number, {Role::ink, 1}, FontWeight::bold)}, Align::centre);
        }
    }

private:
    static constexpr int most_characters = 6;
    struct Plate {
        CellRef ref;
        QRectF rect;
        QString number;
        Ink line;
        double line_width;
    };
    QRectF m_grid;
    std::vector<Plate> m_plates;
};

/// The opacity of the tint that a part of the greatest value is shaded with: pale enough for a
/// number to be read on it.
double shade_of(double part, bool with_numbers) {
    constexpr double least = 0.06;
    const double most = with_numbers ? 0.5 : 0.95;
    return least + (most - least) * std::min(part, 1.0);
}

/// Shades a cell by its number; hatched where that is below zero.
void shade_cell(const GridFigure& figure, CellLook& look, bool with_numbers) {
    const double part = std::abs(static_cast<double>(*look.number)) / figure.greatest;
    look.fill = {figure.tint, look.strength * shade_of(part, with_numbers)};
    if (look.strength == 1) look.ink = {Role::ink, 1};
    look.hatched = *look.number < 0;
    if (look.line_width > plain_line) return;
    if (look.hatched)
        look.line = {figure.tint, 0.4 * look.strength};
    else if (look.stroke == Stroke::solid)
        look.line = figure.cell >= 14 ? Ink{figure.tint, 0.4} : Ink{};
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
    const int most_digits = builder.diagram().digits;
    if (figure.is_image()) {
        info.framed = figure.lit;
        draw_as_image(builder, figure);
        info.source = figure.source;
        builder.grid(std::move(info));
        return;
    }

    std::vector<CellLook> looks;
    looks.reserve(static_cast<std::size_t>(figure.rows * figure.columns));
    info.values.reserve(looks.capacity());
    const bool numbered = figure.is_numbered();
    // In small cells the type is the smallest, whatever stands in them.
    const bool measured =
        numbered && figure.text_columns == 0 && cell_type(figure.cell, 1).size > smallest_cell_type;
    int widest = std::max(figure.text_columns, 2);
    for (int row = 0; row < figure.rows; ++row) {
        for (int column = 0; column < figure.columns; ++column) {
            const CellLook& look = looks.emplace_back(figure.look(row, column));
            if (measured && look.number)
                widest = std::max(widest, wanted_characters(*look.number, most_digits));
        }
    }
    const CellType type = cell_type(figure.cell, widest, most_digits);
    const double radius = figure.cell >= 14 ? std::min(4.0, figure.cell / 7) : 0;
    std::vector<CellWords> all_words(numbered ? looks.size() : 0);
    Plates plates(figure.rect());
    const bool is_spread = figure.pitch_x > 1.5 * figure.cell || figure.pitch_y > 1.5 * figure.cell;
    std::size_t index = 0;
    for (int row = 0; row < figure.rows; ++row) {
        for (int column = 0; column < figure.columns; ++column, ++index) {
            CellLook& look = looks[index];
            if (numbered) all_words[index] = words_of(look, figure.cell, type, most_digits);
            const bool unsaid = look.number && (!numbered || all_words[index].number.isEmpty());
            const QRectF rect = figure.cell_rect(row, column);
            // Between cells that are spread stand others' zeros.
            if (unsaid && !is_spread && look.line_width >= chosen_line)
                plates.add({figure.ref, row, column}, rect, look, most_digits);
            if (look.number && figure.greatest > 0 && (figure.is_shaded() || unsaid))
                shade_cell(figure, look, numbered);
        }
    }
    plates.keepFew();
    index = 0;
    for (int row = 0; row < figure.rows; ++row) {
        for (int column = 0; column < figure.columns; ++column, ++index) {
            const CellLook& look = looks[index];
            const QRectF rect = figure.cell_rect(row, column);
            builder.add(
                Box{rect, look.fill, look.line, look.line_width, radius, look.stroke, look.hatched},
                CellRef{figure.ref, row, column});
            if (numbered && !plates.hides(rect))
                draw_words(builder, all_words[index], look, look.ink, rect, type.size);
            info.values.push_back(look.spoken.isEmpty() ? Spoken(look.text) : look.spoken);
        }
    }
    plates.draw(builder);
    builder.grid(std::move(info));
}

double legend_height(const GridFigure& figure, bool with_negative, double text_scale) {
    if (figure.greatest <= 0 || !figure.is_shaded()) return 0;
    return (with_negative ? 2 : 1) * legend_line * text_scale;
}

void draw_legend(Builder& builder, const GridFigure& figure, bool with_negative, QPointF bottom,
                 double text_scale) {
    if (legend_height(figure, with_negative, text_scale) <= 0) return;
    builder.group(QStringLiteral("legend"), QCoreApplication::translate("Stage", "Shades"));
    constexpr int swatches = 5;
    const double size = 10.5 * text_scale;
    const double line = legend_line * text_scale;
    const QSizeF swatch(13 * text_scale, 11 * text_scale);
    double y = bottom.y() - line / 2;
    const auto box = [&](double x, double part, bool hatched) {
        const Ink edge{figure.tint, 0.4};
        builder.add(Box{QRectF(QPointF(x, y - swatch.height() / 2), swatch),
                        {figure.tint, shade_of(part, figure.is_numbered())},
                        edge,
                        1,
                        2,
                        Stroke::solid,
                        hatched});
    };
    const auto say = [&](double x, TextRun run) { builder.label({x, y}, size, {std::move(run)}); };
    const Ink soft{Role::ink_soft, 1};
    if (with_negative && figure.is_image()) {
        say(bottom.x(), words(QCoreApplication::translate("Stage", "whatever their sign"), soft));
        y -= line;
    } else if (with_negative) {
        box(bottom.x(), 0.5, true);
        say(bottom.x() + swatch.width() + 6 * text_scale,
            words(QCoreApplication::translate("Stage", "below 0"), soft));
        y -= line;
    }
    say(bottom.x(), digits(QStringLiteral("0"), soft));
    double x = bottom.x() + mono_advance * size + 5 * text_scale;
    for (int i = 0; i < swatches; ++i, x += swatch.width() + 1) box(x, i / (swatches - 1.0), false);
    say(x + 4 * text_scale, digits(number_text(static_cast<float>(figure.greatest), 3), soft));
}

void draw_moving_number(Builder& builder, const QRectF& cell, float value, int characters,
                        Ink ink) {
    if (cell.width() < smallest_numbered_cell) return;
    const int most_digits = builder.diagram().digits;
    const CellType type = cell_type(cell.width(), characters, most_digits);
    const QString text = cut_number(value, type.characters, most_digits);
    if (text.isEmpty()) return;
    builder.label(cell.center(), type.size, {digits(text, ink)}, Align::centre, cell.width());
}

int ruler_step(double pitch, int count, double size) {
    const double wide =
        size * mono_advance * (static_cast<double>(std::to_string(count).size()) + 0.8);
    for (int step = 1;; step *= 10) {
        for (const int nice : {step, 2 * step, 5 * step}) {
            if (nice * pitch >= wide) return nice;
        }
    }
}

void draw_rulers(Builder& builder, const GridFigure& figure, double largest_size,
                 const std::set<int>& lit_rows, const std::set<int>& lit_columns) {
    const double smaller = std::min(figure.pitch_x, figure.pitch_y);
    const double size = std::clamp(smaller * 0.3, 7.0, largest_size);
    const double gap = std::max(6.0, size * 0.5);  // the crop frame passes between
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
    const int every_column = ruler_step(figure.pitch_x, figure.columns, size);
    for (int column = 0; column < figure.columns; ++column) {
        if (!shown(column, every_column, lit_columns)) continue;
        put(QPointF(figure.centre(0, column).x(), figure.origin.y() - gap - size * 0.4), column,
            lit_columns.contains(column), Align::centre);
    }
    const int every_row = ruler_step(figure.pitch_y * row_pitch_worth, figure.rows, size);
    for (int row = 0; row < figure.rows; ++row) {
        if (!shown(row, every_row, lit_rows)) continue;
        put(QPointF(figure.origin.x() - gap, figure.centre(row, 0).y()), row,
            lit_rows.contains(row), Align::right);
    }
}

void draw_caption(Builder& builder, const GridFigure& figure, const QString& text, double size,
                  Span room, int line) {
    const QRectF rect = figure.rect();
    const double half = std::min(about_width(text, size), room.width()) / 2;
    const double centre = std::clamp(rect.center().x(), room.left + half, room.right - half);
    builder.label(QPointF(centre, rect.bottom() + size * (1.15 + 1.27 * line)), size,
                  {words(text, {Role::ink_soft, 1})}, Align::centre, room.width());
}

void draw_tick(Builder& builder, QPointF at, bool equal, const QString& word, double text_scale) {
    const QRectF rect(
        at, QSizeF(std::max(96.0, 44 + about_width(word, 12.5)) * text_scale, 26 * text_scale));
    builder.add(Box{rect,
                    {equal ? Role::output_fill : Role::sunken, 1},
                    {equal ? Role::output_line : Role::warning, 1},
                    1.4,
                    rect.height() / 2,
                    Stroke::solid,
                    false});
    const Ink ink{equal ? Role::output_text : Role::warning, 1};
    builder.label(
        rect.center(), 12.5 * text_scale,
        {digits(equal ? QStringLiteral("✓ ") : QStringLiteral("≠ "), ink, FontWeight::bold),
         words(word, ink, FontWeight::bold)},
        Align::centre, rect.width() - 12);
}

}  // namespace ui::diagram
