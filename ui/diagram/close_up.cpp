// SPDX-License-Identifier: MIT
#include "ui/diagram/close_up.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <utility>

#include "ui/diagram/grid_figure.h"

namespace ui::diagram {

namespace {

/// Opacity of a tint up to which ink is read on it (as shades of numbered cells are, too).
constexpr double legible_shade = 0.5;

/// The first to the last row or column; none if the last is before the first.
struct Range {
    int first = 0;
    int last = -1;
    bool empty() const { return last < first; }
};

/// Which of `count` cells along an axis reach into [low, high].
Range reaching(double begin, double pitch, double cell, int count, double low, double high) {
    if (pitch <= 0) return {};
    const double most = count - 1.0;
    const double first = std::clamp(std::ceil((low - begin - cell) / pitch), 0.0, most + 1);
    const double last = std::clamp(std::floor((high - begin) / pitch), -1.0, most);
    return {static_cast<int>(first), static_cast<int>(last)};
}

QSizeF pitch_of(const GridInfo& grid) {
    return grid.pitch.isEmpty()
               ? QSizeF(grid.rect.width() / grid.columns, grid.rect.height() / grid.rows)
               : grid.pitch;
}
QSizeF cell_of(const GridInfo& grid) { return grid.cell.isEmpty() ? pitch_of(grid) : grid.cell; }
double side_of(const GridInfo& grid) {
    return std::min(cell_of(grid).width(), cell_of(grid).height());
}

struct Cells {
    Range rows, columns;
    bool empty() const { return rows.empty() || columns.empty(); }
    bool contains(int row, int column) const {
        return row >= rows.first && row <= rows.last && column >= columns.first &&
               column <= columns.last;
    }
};

Cells cells_in(const GridInfo& grid, const QRectF& visible) {
    const QSizeF pitch = pitch_of(grid);
    const QSizeF cell = cell_of(grid);
    return {reaching(grid.rect.top(), pitch.height(), cell.height(), grid.rows, visible.top(),
                     visible.bottom()),
            reaching(grid.rect.left(), pitch.width(), cell.width(), grid.columns, visible.left(),
                     visible.right())};
}

/// Which cell of a grid has its middle in this column at this height?
std::optional<std::pair<int, int>> cell_at(const GridInfo& grid, QPointF point) {
    const QSizeF pitch = pitch_of(grid);
    const int row = static_cast<int>(std::floor((point.y() - grid.rect.top()) / pitch.height()));
    const int column = static_cast<int>(std::floor((point.x() - grid.rect.left()) / pitch.width()));
    if (row < 0 || column < 0 || row >= grid.rows || column >= grid.columns) return std::nullopt;
    constexpr double exactly = 0.01;
    if (std::abs(grid.cell_rect(row, column).center().x() - point.x()) > exactly)
        return std::nullopt;
    return std::pair(row, column);
}

/// Characters that a grid's numbers ask for; of a large one as many are asked as of a small one,
/// from everywhere, so that the type does not change while one scrolls.
int widest_number(const GridInfo& grid, int digits) {
    const int every_row = (grid.rows + largest_cell_grid - 1) / largest_cell_grid;
    const int every_column = (grid.columns + largest_cell_grid - 1) / largest_cell_grid;
    int widest = 1;
    for (int row = 0; row < grid.rows; row += every_row)
        for (int column = 0; column < grid.columns; column += every_column)
            if (const auto number = grid.said(row, column).number())
                widest = std::max(widest, wanted_characters(*number, digits));
    return widest;
}

class CloseUpMaker {
public:
    CloseUpMaker(const Diagram& picture, const QRectF& visible, double scale)
        : m_picture(picture), m_visible(visible), m_scale(scale), m_unit(1 / scale) {
        m_result.marks.size = picture.size;
        m_result.marks.digits = picture.digits;
    }

    CloseUp made() {
        // What stands on top of another comes first: of a number that both hold it is the one seen.
        for (auto grid = m_picture.grids.rbegin(); grid != m_picture.grids.rend(); ++grid)
            put_numbers(*grid);
        for (const GridInfo& grid : m_picture.grids) put_frame(grid);
        m_result.replaced.assign(m_replaced.begin(), m_replaced.end());
        const double top = put_title();
        for (std::size_t i = 0; i < m_picture.grids.size(); ++i)
            if (!stands_in_another(i)) put_rulers(m_picture.grids[i], top);
        return std::move(m_result);
    }

private:
    void add(Mark mark) {
        m_result.marks.items.push_back({.mark = std::move(mark), .group = 0, .cell = {}});
    }

    /// Text of so many pixels.
    void put_text(QPointF at, double pixels, TextRun run, Align align, double max_width = 0) {
        add(Label{at, align, pixels * m_unit, {std::move(run)}, max_width, false});
    }

    /// The frame around cells of an image stays as thin as it was and covers none of them.
    void put_frame(const GridInfo& grid) {
        if (grid.framed.isEmpty() || m_scale <= 1) return;
        const QRectF cells = grid.cell_rect(grid.framed.top(), grid.framed.left()) |
                             grid.cell_rect(grid.framed.bottom(), grid.framed.right());
        const QRectF frame = image_frame(cells);
        for (std::size_t i = 0; i < m_picture.items.size(); ++i) {
            const auto* box = std::get_if<Box>(&m_picture.items[i].mark);
            if (!box || m_picture.items[i].cell || box->rect != frame) continue;
            m_replaced.insert(i);
            Box thin = *box;
            const double beside = 1.5 * m_unit;
            thin.rect = cells.adjusted(-beside, -beside, beside, beside);
            thin.line_width *= 1.5 * m_unit;
            thin.radius *= m_unit;
            add(thin);
        }
    }

    // Numbers

    void put_numbers(const GridInfo& grid) {
        const double pixels = side_of(grid) * m_scale;
        if (grid.rows < 1 || grid.columns < 1 || pixels < smallest_numbered_cell) return;
        const Cells cells = cells_in(grid, m_visible);
        if (cells.empty()) return;
        const bool written = !grid.values.empty() && side_of(grid) >= smallest_numbered_cell;
        if (!written)
            put_missing_numbers(grid, cells, pixels);
        else if (m_scale > 1)  // else the picture has all that there is room for
            put_more_digits(grid, cells, pixels);
    }

    void put_missing_numbers(const GridInfo& grid, const Cells& cells, double pixels) {
        const int digits = m_picture.digits;
        const CellType type = cell_type(pixels, widest_number(grid, digits), digits);
        const std::vector<Ground> grounds = grounds_of(grid, cells);
        for (int row = cells.rows.first; row <= cells.rows.last; ++row) {
            for (int column = cells.columns.first; column <= cells.columns.last; ++column) {
                const auto number = grid.said(row, column).number();
                if (!number) continue;
                const QString text = cut_number(*number, type.characters, digits);
                if (text.isEmpty()) continue;
                const QRectF rect = grid.cell_rect(row, column);
                if (!m_taken.insert(key_of(rect.center())).second) continue;
                const Ground& ground = grounds[index_of(cells, row, column)];
                const bool nothing = *number == 0 && ground.shade == 0;
                put_number(rect, ground,
                           number_label(rect, type.size, text,
                                        {nothing ? Role::zero_text : Role::ink, 1}));
            }
        }
    }

    static std::size_t index_of(const Cells& cells, int row, int column) {
        const int wide = cells.columns.last - cells.columns.first + 1;
        return static_cast<std::size_t>((row - cells.rows.first) * wide + column -
                                        cells.columns.first);
    }

    /// A sixteenth of a unit apart is the same place.
    static std::pair<int, int> key_of(QPointF point) {
        return {qRound(16 * point.x()), qRound(16 * point.y())};
    }

    /// What a number stands on.
    struct Ground {
        double shade = 0;  ///< how dark it is, from 0 to 1
        bool hatched = false;
    };

    /// Of the visible cells.
    std::vector<Ground> grounds_of(const GridInfo& grid, const Cells& cells) const {
        const auto high = static_cast<std::size_t>(cells.rows.last - cells.rows.first + 1);
        const auto wide = static_cast<std::size_t>(cells.columns.last - cells.columns.first + 1);
        std::vector<Ground> grounds(high * wide);
        for (const Item& item : m_picture.items) {
            if (!item.cell || item.cell->grid != grid.grid) continue;
            if (const auto* raster = std::get_if<Raster>(&item.mark)) {
                if (raster->rect != grid.rect || raster->image.height() != grid.rows ||
                    raster->image.width() != grid.columns)
                    continue;
                for (int row = cells.rows.first; row <= cells.rows.last; ++row) {
                    const uchar* pixels = raster->image.constScanLine(row);
                    for (int column = cells.columns.first; column <= cells.columns.last; ++column)
                        grounds[index_of(cells, row, column)].shade = pixels[column] / 255.0;
                }
            } else if (const auto* box = std::get_if<Box>(&item.mark)) {
                const auto& [ref, row, column] = *item.cell;
                if (!cells.contains(row, column) ||
                    key_of(box->rect.center()) != key_of(grid.cell_rect(row, column).center()))
                    continue;
                const Role role = box->fill.role;
                const bool dark = role == Role::input_line || role == Role::weight_line ||
                                  role == Role::output_strong;
                grounds[index_of(cells, row, column)] = {dark ? box->fill.alpha : 0, box->hatched};
            }
        }
        return grounds;
    }

    /// A number is read on a paler middle of its cell, whose edge keeps its shade; among strokes,
    /// on a plate.
    void put_ground(const QRectF& cell, const Ground& ground, const Label& number) {
        Box box;
        box.line_width = 0;
        box.radius = 2 * m_unit;
        if (ground.shade > legible_shade) {
            const double edge = std::max(m_unit, 0.1 * cell.width());
            box.rect = cell.adjusted(edge, edge, -edge, -edge);
            box.fill = {Role::panel, 1 - legible_shade / ground.shade};
            add(box);
        }
        if (ground.hatched) {
            const QSizeF size(
                number.size * mono_advance * static_cast<double>(number.text().size()),
                1.15 * number.size);
            box.rect =
                QRectF(number.anchor - QPointF(size.width() / 2, size.height() / 2), size) & cell;
            box.fill = {Role::panel, 0.65};
            add(box);
        }
    }
    void put_number(const QRectF& cell, const Ground& ground, Label label) {
        put_ground(cell, ground, label);
        add(std::move(label));
    }
    Label number_label(const QRectF& cell, double pixels, const QString& text, Ink ink) const {
        return {cell.center(), Align::centre, pixels * m_unit, {ui::diagram::digits(text, ink)},
                cell.width(),  false};
    }

    /// The number's label of a cell that the picture has written.
    struct Written {
        std::size_t item;
        int row, column;
        float number;
    };

    /// −0.98 is "−1" where four characters fit.
    bool is_cut_of(const QString& text, float number) const {
        const auto size = static_cast<int>(text.size());
        for (int characters = size; characters <= size + 3; ++characters)
            if (cut_number(number, characters, m_picture.digits) == text) return true;
        return false;
    }

    std::vector<Written> numbers_written(const GridInfo& grid) const {
        std::vector<Written> found;
        for (std::size_t i = 0; i < m_picture.items.size(); ++i) {
            const auto* label = std::get_if<Label>(&m_picture.items[i].mark);
            if (!label || label->align != Align::centre || label->runs.size() != 1 ||
                label->runs.front().face != Face::numbers || !grid.rect.contains(label->anchor))
                continue;
            const auto cell = cell_at(grid, label->anchor);
            const auto number = cell ? grid.said(cell->first, cell->second).number() : std::nullopt;
            if (number && is_cut_of(label->runs.front().text, *number))
                found.push_back({i, cell->first, cell->second, *number});
        }
        return found;
    }

    /// Where one number of a grid was cut, all of them are set anew, in one type, as far as that
    /// brings back digits.
    void put_more_digits(const GridInfo& grid, const Cells& cells, double pixels) {
        const int digits = m_picture.digits;
        const CellType type = cell_type(pixels, widest_number(grid, digits), digits);
        const auto now = [&](float number) { return cut_number(number, type.characters, digits); };
        const std::vector<Written> written = numbers_written(grid);
        const std::vector<Ground> grounds = grounds_of(grid, cells);
        const auto label_of = [&](const Written& one) -> const Label& {
            return std::get<Label>(m_picture.items[one.item].mark);
        };
        std::set<std::pair<int, int>> has_label;
        bool longer = false;
        for (const Written& one : written) {
            has_label.insert({one.row, one.column});
            longer = longer || now(one.number).size() > label_of(one).runs.front().text.size();
        }
        for (const Written& one : written) {
            if (!longer) break;
            const QString text = now(one.number);
            if (text.isEmpty() || !cells.contains(one.row, one.column)) continue;
            Label label = label_of(one);
            label.runs.front().text = text;
            label.size = std::min(label.size, type.size * m_unit);
            // A copy of a grid in another one has the same numbers.
            if (!m_replaced.insert(one.item).second) continue;
            const auto& ground = grounds[index_of(cells, one.row, one.column)];
            put_number(grid.cell_rect(one.row, one.column), ground, std::move(label));
        }
        for (int row = cells.rows.first; row <= cells.rows.last; ++row) {
            for (int column = cells.columns.first; column <= cells.columns.last; ++column) {
                const QRectF rect = grid.cell_rect(row, column);
                if (has_label.contains({row, column})) {
                    m_taken.insert(key_of(rect.center()));
                    continue;
                }
                const auto number = grid.said(row, column).number();
                const QString text = number ? now(*number) : QString();
                if (text.isEmpty() || !m_taken.insert(key_of(rect.center())).second) continue;
                put_number(rect, grounds[index_of(cells, row, column)],
                           number_label(rect, type.size, text, {Role::ink, 1}));
            }
        }
    }

    // Strips

    /// Over what it covers, to beyond the edge of what is seen, with a line where it ends.
    void put_strip(const QRectF& strip, QPointF from, QPointF to) {
        Box box;
        box.rect = strip;
        if (strip.left() <= m_visible.left()) box.rect.setLeft(strip.left() - 2 * m_unit);
        if (strip.top() <= m_visible.top()) box.rect.setTop(strip.top() - 2 * m_unit);
        box.fill = {Role::paper, 1};
        box.line_width = 0;
        add(box);
        add(Line{QPolygonF({from, to}), {Role::panel_line, 1}, m_unit, Stroke::solid, false});
        m_result.strips.push_back(strip);
    }

    const Label* heading() const {
        for (const Item& item : m_picture.items) {
            if (m_picture.groups[static_cast<std::size_t>(item.group)].id !=
                QLatin1String("heading"))
                continue;
            if (const auto* label = std::get_if<Label>(&item.mark)) return label;
        }
        return nullptr;
    }

    /// The title in one line if it is scrolled out; returns where what is below begins.
    double put_title() {
        const Label* title = heading();
        if (!title) return m_visible.top();
        const double half = title->size / 2;
        const bool seen = title->anchor.y() - half >= m_visible.top() - m_unit &&
                          title->anchor.x() >= m_visible.left() - m_unit;
        if (seen) return m_visible.top();
        const double pixels = 0.65 * title->size;
        const double high = 1.9 * pixels * m_unit;
        const double bottom = m_visible.top() + high;
        put_strip({m_visible.topLeft(), QSizeF(m_visible.width(), high)},
                  {m_visible.left(), bottom}, {m_visible.right(), bottom});
        const double margin = 12 * m_unit;
        put_text({m_visible.left() + margin, m_visible.top() + high / 2}, pixels,
                 words(m_picture.title, {Role::ink, 1}, FontWeight::bold), Align::left,
                 m_visible.width() - 2 * margin);
        return bottom;
    }

    /// A copy, or a grid between whose cells another one's lie: one ruler for both.
    bool stands_in_another(std::size_t index) const {
        const QRectF& own = m_picture.grids[index].rect;
        for (std::size_t i = 0; i < m_picture.grids.size(); ++i) {
            const QRectF& other = m_picture.grids[i].rect;
            if (i != index && other.contains(own) && (other != own || i < index)) return true;
        }
        return false;
    }

    void put_rulers(const GridInfo& grid, double top) {
        if (grid.rows * grid.columns <= 1 || !grid.rect.intersects(m_visible)) return;
        const QSizeF pitch = pitch_of(grid);
        const double pixels =
            std::clamp(0.3 * std::min(pitch.width(), pitch.height()) * m_scale, 9.0, 12.0);
        const double size = pixels * m_unit;
        constexpr double gap = 6;  // between a grid and its own ruler
        const double high = 1.6 * size;
        const auto wide_of = [&](int count) {
            return size * mono_advance * static_cast<double>(QString::number(count - 1).size());
        };
        const double wide = wide_of(grid.rows) + size;
        const QRectF seen = grid.rect & m_visible;
        const bool above = m_visible.top() > 0 && grid.rect.top() - gap < top + high;
        const bool beside =
            m_visible.left() > 0 && grid.rect.left() - gap < m_visible.left() + wide;
        const double left = m_visible.left();
        const double first_y = above ? top + high : top;
        const double first_x = beside ? left + wide : left;
        const Ink ink{Role::ink_soft, 1};

        if (above) {
            const double half = wide_of(grid.columns) / 2;
            const std::vector<int> numbered = every_nth(
                grid.columns, ruler_step(pitch.width(), grid.columns, size), [&](int column) {
                    const double x = grid.cell_rect(0, column).center().x();
                    return x - half >= first_x && x + half <= m_visible.right();
                });
            if (!numbered.empty() && seen.bottom() > first_y) {
                put_strip({QPointF(seen.left(), top), QPointF(seen.right(), top + high)},
                          {seen.left(), top + high}, {seen.right(), top + high});
                for (const int column : numbered)
                    put_text({grid.cell_rect(0, column).center().x(), top + high / 2}, pixels,
                             digits(QString::number(column), ink), Align::centre);
            }
        }
        if (beside) {
            const double half = size / 2;
            const std::vector<int> numbered =
                every_nth(grid.rows, ruler_step(pitch.height() * row_pitch_worth, grid.rows, size),
                          [&](int row) {
                              const double y = grid.cell_rect(row, 0).center().y();
                              return y - half >= first_y && y + half <= m_visible.bottom();
                          });
            const double begin = std::max(seen.top(), first_y);
            if (!numbered.empty() && seen.right() > first_x) {
                put_strip({QPointF(left, begin), QPointF(left + wide, seen.bottom())},
                          {left + wide, begin}, {left + wide, seen.bottom()});
                for (const int row : numbered)
                    put_text({left + wide - size / 2, grid.cell_rect(row, 0).center().y()}, pixels,
                             digits(QString::number(row), ink), Align::right);
            }
        }
    }

    template <typename Shown>
    static std::vector<int> every_nth(int count, int step, Shown shown) {
        std::vector<int> numbers;
        for (int i = 0; i < count; i += step)
            if (shown(i)) numbers.push_back(i);
        return numbers;
    }

    const Diagram& m_picture;
    QRectF m_visible;
    double m_scale;
    double m_unit;  ///< of a pixel
    CloseUp m_result;
    std::set<std::size_t> m_replaced;
    std::set<std::pair<int, int>> m_taken;  ///< middles of cells whose number is there
};

}  // namespace

CloseUp close_up(const Diagram& picture, const QRectF& visible, double scale) {
    return CloseUpMaker(picture, visible, scale).made();
}

}  // namespace ui::diagram
