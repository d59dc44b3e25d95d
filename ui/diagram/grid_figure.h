// SPDX-License-Identifier: MIT
// A feature map or kernel as a grid of cells with rulers: the one way a grid is drawn.
#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>
#include <set>
#include <span>

#include "ui/diagram/builder.h"
#include "ui/diagram/cell_numbers.h"

namespace ui::diagram {

/// How one cell looks and what it says.
struct CellLook {
    std::optional<float> number;  ///< what it holds: cut to the cell, and its shade
    QString text;                 ///< instead of a number
    Ink ink{Role::ink, 1};
    FontWeight weight = FontWeight::regular;
    Ink fill;
    Ink line;
    double line_width = 1;
    Stroke stroke = Stroke::solid;
    bool hatched = false;
    Spoken spoken;              ///< for screen readers, if not `text`
    std::optional<float> laid;  ///< small, "×20" in the weights' colour: what the window lays on it
    bool laid_below = false;    ///< which stands at the bottom instead, and may be long
    QString tag;                ///< small, in the input's colour: the letter of an input cell
    bool tag_right = false;     ///< top right instead of top left
    double strength = 1;        ///< of its shade: less where it does not count
};

/// Grids of more cells along an axis are shaded by value.
inline constexpr int largest_plain_grid = 5;
/// Grids of more cells along an axis are drawn as an image.
inline constexpr int largest_cell_grid = 64;

/// Thousands of cells share the room of one picture; a pitch must only stay above 0.
inline constexpr double smallest_pitch = 0.001;

/// Around cells of an image, at some distance as these may be smaller than a pixel.
inline QRectF image_frame(const QRectF& cells) { return cells.adjusted(-3, -3, 3, 3); }

struct GridFigure {
    GridRef ref;
    QString name;
    int rows = 0, columns = 0;
    QPointF origin;
    double pitch_x = 30, pitch_y = 30;  ///< from cell to cell
    double cell = 29;                   ///< side of a cell
    bool editable = false;
    int text_columns = 0;  ///< characters the widest number may have; 0: as found
    Role tint =
        Role::input_line;  ///< of shades, and of the image that stands for more than 64 cells
    double greatest = 0;   ///< size of the number with the full shade; 0: none is shaded
    std::function<CellLook(int row, int column)> look;      ///< of a cell, if there are cells
    std::function<double(int row, int column)> shade = {};  ///< of a pixel, if it is an image
    CellSource source = {};                                 ///< what the cells of an image say
    QRect lit = {};  ///< rows and columns that are framed, if it is an image

    bool is_image() const { return std::max(rows, columns) > largest_cell_grid; }
    bool is_numbered() const { return !is_image() && cell >= smallest_numbered_cell; }
    /// Its cells tell their numbers by shades, too.
    bool is_shaded() const {
        return greatest > 0 && (std::max(rows, columns) > largest_plain_grid || !is_numbered());
    }
    /// A number, where it can be read, spoken wherever cells are cells.
    void say(CellLook& cell_look, float value) const {
        cell_look.number = value;
        cell_look.spoken = Spoken(value);
    }

    QRectF cell_rect(int row, int column) const {
        return {origin.x() + column * pitch_x, origin.y() + row * pitch_y, cell, cell};
    }
    QPointF centre(int row, int column) const { return cell_rect(row, column).center(); }
    QRectF rect() const {
        return {origin.x(), origin.y(), (columns - 1) * pitch_x + cell,
                (rows - 1) * pitch_y + cell};
    }
};

/// Opacity of a number beside the greatest of its tensor: faint for 0, full for the greatest.
class Shade {
public:
    explicit Shade(std::span<const float> values);
    double operator()(float value) const {
        const double part = m_greatest > 0 ? std::abs(static_cast<double>(value)) / m_greatest : 0;
        return 0.08 + 0.92 * part;
    }
    double greatest() const { return m_greatest; }  ///< 0: nothing but zeros

private:
    double m_greatest = 0;
};

/// A square grid whose cells leave a gap of about a fifteenth.
GridFigure grid_at(GridRef ref, QString name, int rows, int columns, QPointF origin, double pitch);

void draw_grid(Builder& builder, const GridFigure& figure);

/// Row and column numbers above and to the left, smaller beside small cells; the lit ones bold.
void draw_rulers(Builder& builder, const GridFigure& figure, double largest_size,
                 const std::set<int>& lit_rows = {}, const std::set<int>& lit_columns = {});

/// Every how manyth row or column is numbered in type of this size, so that the numbers of a grid
/// of `count` keep apart.
int ruler_step(double pitch, int count, double size);
/// Rows are lower than their numbers are wide.
inline constexpr double row_pitch_worth = 1.6;

/// From left to right.
struct Span {
    double left = 0, right = 0;
    double width() const { return right - left; }
};

/// A line of small text centred below the grid, but inside `room`; `line`: the second is 1.
void draw_caption(Builder& builder, const GridFigure& figure, const QString& text, double size,
                  Span room, int line = 0);

/// What shades mean, in a column whose foot is at `bottom`. Each grid is shaded up to its own
/// greatest number; `with_negative`: some are below zero, and hatched where cells are cells.
void draw_legend(Builder& builder, const GridFigure& figure, bool with_negative, QPointF bottom,
                 double text_scale);
/// The height it takes; 0 where no cell of the grid is shaded, and nothing is drawn.
double legend_height(const GridFigure& figure, bool with_negative, double text_scale);

/// A number on its way from one cell to another, in the type of numbers of so many characters.
void draw_moving_number(Builder& builder, const QRectF& cell, float value, int characters, Ink ink);

/// A pill: "✓ equal", or "≠" and a word.
void draw_tick(Builder& builder, QPointF at, bool equal, const QString& word, double text_scale);

}  // namespace ui::diagram
