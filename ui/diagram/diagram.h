// SPDX-License-Identifier: MIT
// A picture as a value: boxes, labels, lines and images in order, each perhaps being a cell of a
// grid. Every device (screen, PNG, SVG) draws this and nothing else.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include <QImage>
#include <QPolygonF>
#include <QRect>
#include <QRectF>
#include <QSizeF>
#include <QString>

namespace ui::diagram {

/// What a colour means. A Theme turns a role into a colour; one meaning each: blue is input and
/// what stems from it, orange weights, green output, grey hatching inserted zeros, ink selection
/// and frames.
enum class Role {
    none,
    paper,       ///< behind everything
    panel,       ///< cards on the paper
    panel_line,  ///< their borders, dividers
    sunken,      ///< quiet fields in a panel
    ink,         ///< text, selection, crop frame
    ink_soft,    ///< secondary text
    ink_faint,   ///< rulers, cropped numbers, zeros (still legible)
    input_fill,
    input_line,
    input_text,
    weight_fill,
    weight_line,
    weight_text,
    output_fill,
    output_line,
    output_text,
    output_strong,  ///< filled badge, darkest coverage
    zero_fill,
    zero_line,
    zero_text,  ///< inserted and border zeros, cropped cells
    warning,    ///< only with a sign and words
    focus,      ///< keyboard focus ring, outer colour (ink is the inner)
    on_strong,  ///< text on output_strong or ink
};

/// A role laid on with some opacity.
struct Ink {
    Role role = Role::none;
    double alpha = 1;
    bool operator==(const Ink&) const = default;
};

enum class Stroke { solid, dashed, dotted };

/// The grids that may stand in a picture. `index` tells several of a kind apart (stamps: the number
/// of their input cell, -1 for none; inputs: 0 the channel shown, else 1 more than the channel's
/// number; weights: see weights_figure.h).
enum class Grid {
    none,
    input,
    kernel,
    stamp,
    full_output /* upper or only lane */,
    bordered_input,
    turned_kernel,
    slide_output /* lower lane */,
    coverage,
    products,
    channel_sum,
    feature_map,
    padded_input,
    difference,
    weights,
};
/// "full_output": in dumps, SVG ids and files.
QString name_of(Grid grid);
/// None for "none", which is no grid to point at.
std::optional<Grid> grid_named(std::string_view name);

struct GridRef {
    Grid grid = Grid::none;
    int index = 0;
    int pane = 0;  ///< of the session (document/session.h)
    bool operator==(const GridRef&) const = default;
};
/// Which cell of which grid an item is. Rows and columns in that grid's own coordinates.
struct CellRef {
    GridRef grid;
    int row = 0;
    int column = 0;
    bool operator==(const CellRef&) const = default;
};

struct Box {
    QRectF rect;
    Ink fill;
    Ink line;
    double line_width = 1;
    double radius = 0;
    Stroke stroke = Stroke::solid;
    bool hatched = false;  ///< diagonal lines in `line`'s ink: a material of its own, not a shade
    bool operator==(const Box&) const = default;
};

enum class Face { words /* Inter */, numbers /* DejaVu Sans Mono */ };
enum class FontWeight { regular, semibold, bold };
/// DejaVu Sans Mono's advance in em: numbers can be laid out without a font at hand.
inline constexpr double mono_advance = 1233.0 / 2048.0;

/// A stretch of text in one style.
struct TextRun {
    QString text;
    Ink ink{Role::ink, 1};
    Face face = Face::words;
    FontWeight weight = FontWeight::regular;
    bool operator==(const TextRun&) const = default;
};

enum class Align { left, centre, right };

/// One line of text, or several when wrapped. Measured only by the devices.
struct Label {
    QPointF anchor;  ///< x by `align`; y is the middle of the (first) line
    Align align = Align::left;
    double size = 12;  ///< pixel size of the font
    std::vector<TextRun> runs;
    double max_width =
        0;              ///< 0: as wide as it is. Else shrunk to fit (not below 60 %), then elided
    bool wrap = false;  ///< break at spaces to max_width instead; lines 1.35 × size apart
    bool operator==(const Label&) const = default;
    QString text() const;  ///< all runs joined
};

struct Line {
    QPolygonF points;
    Ink ink{Role::ink, 1};
    double width = 1;
    Stroke stroke = Stroke::solid;
    bool arrow = false;  ///< a head at the last point
    bool operator==(const Line&) const = default;
};

/// A large grid as an image, one pixel a cell, drawn without smoothing. Its Item's cell names the
/// grid.
struct Raster {
    QRectF rect;
    QImage image;  ///< Grayscale8: opacity of `tint` over the panel colour, so that themes apply
    Role tint = Role::ink;
    bool operator==(const Raster&) const = default;
};

using Mark = std::variant<Box, Label, Line, Raster>;

struct Item {
    Mark mark;
    int group = 0;  ///< index into Diagram::groups
    std::optional<CellRef>
        cell;  ///< the cell it is (Box), or the grid it shows (Raster; row, column ignored)
    bool operator==(const Item&) const = default;
};

/// A part of the picture with a name: a `<g>` in SVG, a region to export.
struct Group {
    QString id;     ///< "input", "stamp_lane": [a-z0-9_]+, unique
    QString title;  ///< for people
    bool operator==(const Group&) const = default;
};

/// What a cell says: words, or a number that is put into words only when somebody asks.
class Spoken {
public:
    Spoken() = default;
    Spoken(QString words) : m_words(std::move(words)) {}
    /// `%1` in the pattern becomes the number; without a pattern the number is all. A pattern that
    /// has none says it in other words: "zero, inserted".
    explicit Spoken(float number, QString pattern = {})
        : m_words(std::move(pattern)), m_number(number) {}
    bool isEmpty() const { return !m_number && m_words.isEmpty(); }
    QString text() const;          ///< its number in few digits
    QString text_in_full() const;  ///< in all digits
    /// The cell's number as it is, whatever is said about it.
    std::optional<float> number() const { return m_number; }
    bool operator==(const Spoken&) const = default;

private:
    QString with_number(const QString& number) const;

    QString m_words;
    std::optional<float> m_number;
};

/// What the cells of a large grid say, asked for one by one: nothing is listed, and it costs
/// nothing until somebody asks. It holds on to the numbers it reads, which are shared.
class CellSource {
public:
    CellSource() = default;
    /// Anything with `Spoken at(int row, int column) const` and ==.
    template <typename Numbers>
    explicit CellSource(Numbers numbers)
        : m_held(std::make_shared<const HeldNumbers<Numbers>>(std::move(numbers))) {}
    explicit operator bool() const { return m_held != nullptr; }
    Spoken at(int row, int column) const { return m_held ? m_held->at(row, column) : Spoken(); }
    /// Do they read the same numbers?
    bool operator==(const CellSource& other) const {
        if (m_held == other.m_held) return true;
        return m_held && other.m_held && m_held->equals(*other.m_held);
    }

private:
    struct Held {
        Held() = default;
        Held(const Held&) = delete;
        Held& operator=(const Held&) = delete;
        virtual ~Held() = default;
        virtual Spoken at(int row, int column) const = 0;
        virtual bool equals(const Held& other) const = 0;
    };
    template <typename Numbers>
    struct HeldNumbers final : Held {
        explicit HeldNumbers(Numbers held) : numbers(std::move(held)) {}
        Spoken at(int row, int column) const override { return numbers.at(row, column); }
        bool equals(const Held& other) const override {
            const auto* same = dynamic_cast<const HeldNumbers*>(&other);
            return same && same->numbers == numbers;
        }
        Numbers numbers;
    };

    std::shared_ptr<const Held> m_held;
};

/// A grid as a table: what screen readers, the keyboard and hit() use.
struct GridInfo {
    GridRef grid;
    QString name;  ///< "input", "kernel, filter 1, input channel 1"
    int rows = 0, columns = 0;
    QRectF rect;   ///< all cells, without rulers
    QSizeF pitch;  ///< from cell to cell; null: rect divided evenly
    QSizeF cell;   ///< of one cell; null: pitch. Smaller where zeros stand between the cells
    bool editable = false;
    QRect framed;  ///< of an image: the rows and columns that a frame stands around
    int group = 0;
    std::vector<Spoken>
        values;              ///< rows * columns: "empty", "zero, inserted", "3.5"; empty for images
    CellSource source = {};  ///< the same of an image
    QRectF cell_rect(int row, int column) const;
    /// What a cell says, listed or asked for.
    Spoken said(int row, int column) const;
    bool operator==(const GridInfo&) const = default;
};

/// The cell that the user follows through the steps.
struct Pin {
    std::vector<CellRef> cells;  ///< that stand for it in the picture, each marked
    QString text;   ///< what it holds now and in the end; empty only if there is nothing to say
    QRectF handle;  ///< beside the text: where a window may offer to let go of it
    bool operator==(const Pin&) const = default;
};

struct Diagram {
    QSizeF size;
    double least_scale = 0.6;  ///< smaller, its words are too small to read: rather scroll
    QString title;             ///< the sentence with the present numbers
    QString description;       ///< alternative text of the present state
    int digits = 4;            ///< of numbers in cells, at most; 0: all that are reliable
    std::vector<Group> groups{{QStringLiteral("stage"), QString()}};
    std::vector<Item> items;
    std::vector<GridInfo> grids;
    std::optional<Pin> pin;

    const GridInfo* grid(GridRef ref) const;
    bool operator==(const Diagram&) const = default;
};

/// The topmost cell at a point, if any.
std::optional<CellRef> hit(const Diagram& diagram, QPointF point);

/// Outline of an item's mark (labels: a point).
QRectF bounds(const Mark& mark);

void move(Mark& mark, QPointF by);

/// A rectangle that a mark and its strokes never leave: labels at a generous guess, for nothing is
/// measured here.
QRectF reach(const Mark& mark);

/// What the items of a group (by id) cover; nothing if there is no such group, or nothing in it. A
/// device passes its measure of a label, so that the margin is the same on all sides.
std::optional<QRectF> extent_of(
    const Diagram& diagram, const QString& group_id,
    const std::function<QRectF(const Label&)>& measured = [](const Label& label) {
        return reach(label);
    });
/// Only the items of one group, moved so that `extent` starts at the margin.
Diagram only(const Diagram& diagram, const QString& group_id, const QRectF& extent, double margin);

/// A readable text form, one mark a line, coordinates to 0.01, roles by name: for goldens and
/// debugging.
QString dump(const Diagram& diagram);

}  // namespace ui::diagram
