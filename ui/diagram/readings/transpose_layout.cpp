// SPDX-License-Identifier: MIT
// What a lane needs at a pitch is added up, the largest pitch that fits is found, and from it
// follows where everything stands. Nothing here depends on the moment that is shown.
#include "ui/diagram/readings/transpose_layout.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

namespace ui::diagram {

namespace {

constexpr double panel_pad = 16;
constexpr double panel_gap = 12;
constexpr double panel_foot = 6;
constexpr double output_gap = 46;
/// With large text, or where little height squeezes them below the third, cells are at least this
/// wide, and at most so wide as the picture grows for it.
constexpr double readable_pitch = 15;
constexpr double comfortable_pitch = 20;
constexpr double squeezed_pitch = 13;
/// In smaller cells a kernel's numbers of two digits are not written any more (cell_numbers.h).
constexpr double two_digits_pitch = 12.5;
/// Larger cells only leave less white.
constexpr double largest_pitch_alone = 56;
constexpr double largest_pitch_of_two = 40;

/// What stands in the lanes, in cells.
struct Cells {
    int in_wide, in_high, kernel_wide, kernel_high, bordered_wide, bordered_high, out_wide,
        out_high;
    int stamp_columns = 1, stamp_rows = 1;  ///< stamps shown side by side
    double stamps_wide() const { return stamp_columns * kernel_wide + 0.6 * (stamp_columns - 1); }
};

Cells cells_of(const engine::Geometry& g, Lanes lanes) {
    Cells cells{g.columns.in,         g.rows.in,         g.columns.kernel,   g.rows.kernel,
                g.columns.bordered(), g.rows.bordered(), g.columns.canvas(), g.rows.canvas()};
    if (!lanes.both()) return cells;
    // Enough stamps for the cells most inputs reach, where the room allows.
    const int most = engine::most_inputs_reaching(g.rows) * engine::most_inputs_reaching(g.columns);
    cells.stamp_columns = most >= 2 && cells.kernel_wide <= 5 ? 2 : 1;
    cells.stamp_rows = most > 2 && cells.kernel_high <= 4 ? 2 : 1;
    return cells;
}

/// Of a lane: its width, and its heights above and below the row on which all grids are centred.
struct Extent {
    double wide = 0;
    double above = 0, below = 0;
    double column = 0;  ///< the height of what is not centred
    double high() const { return std::max(above + below, column); }
};

/// The lanes of a picture and the lengths that do not grow with their cells; the pitches are what
/// is solved for.
struct Arrangement {
    const Scene* scene;
    Lanes lanes;
    Cells cells;
    LaneHead stamp_head, slide_head;
    double width;
    double header, caption, ruler, sum_width, sum_height, sign_width;

    bool sum_below = false;      ///< the sum stands under the output instead of beside it
    bool stamp_stacked = false;  ///< the kernel stands under the input instead of beside it
    bool slide_stacked = false;  ///< the same for the input with its zeros
    bool scrolled = false;       ///< the page may be as high as its sums need
    double pitch = 0;            ///< of the input and the output
    double kernel_ratio = 1;     ///< to it, of the kernel and the stamps
    double bordered_ratio = 1;   ///< to it, of the input with its zeros

    /// `tight`: little height for what must be shown.
    Arrangement(const Scene& of, Lanes shown, double room_width, bool tight)
        : scene(&of),
          lanes(shown),
          cells(cells_of(of.geometry(), shown)),
          stamp_head(head_of_stamp_lane(of)),
          slide_head(head_of_slide_lane(of)),
          width(room_width),
          header((tight ? 14.5 : 20.5) + text(12.5)),
          caption(text(tight ? 18 : 21)),
          ruler(text(tight ? 13 : 17)),
          sum_width(sum_column_width(width, of.options.text_scale)),
          sum_height(text(lanes.both() || scene->channels() > 1 ? 190 : 124)),
          sign_width(text(30)) {
        header += std::max(growth(stamp_head), growth(slide_head));
        // Cells that no input reaches are counted in a line of their own.
        if (engine::unreached_cells(of.geometry()) > 0) caption += text(14);
    }

    double text(double size) const { return scene->text(size); }
    double growth(const LaneHead& head) const {
        return panel_head_growth(head.name, head.explanation, width, scene->options.text_scale);
    }
    double beside_output() const { return sum_below ? 0 : sum_width + sum_column_gap; }
    double below_output() const { return sum_below ? sum_height : 0; }
    /// Of the column of sums: a short one is cut to a few lines and a total.
    double least_sum() const { return scrolled ? sum_height : text(110); }
    int signs() const { return stamp_stacked ? 1 : 2; }  ///< between the grids of a row
    /// Of the sliding lane: alone, it shows the upright one too.
    int kernels() const { return lanes.stamp ? 1 : 2; }
    /// Pitches are whole pixels where cells have some.
    static double whole(double pitch) {
        return pitch >= 8 ? std::floor(pitch) : std::max(pitch, smallest_pitch);
    }
    double small() const { return whole(pitch * kernel_ratio); }
    double bordered() const { return whole(pitch * bordered_ratio); }

    double stamp_title() const { return text(19); }
    /// From one row of stamps to the next where there are two.
    double stamp_step(double kernel) const {
        return cells.kernel_high * two_rows_scale * kernel + stamp_title();
    }
    /// Under the turned kernel why it is turned, in the column's width.
    double note_height(double wide) const {
        constexpr int longest_reason = 130;
        return kernel_note_height(*scene, QString(longest_reason, u'x'), wide) + text(16);
    }
    double kernel_column(double kernel) const {
        return std::max(cells.kernel_wide * kernel, text(132));
    }

    Extent stamp_extent(double p) const;
    Extent slide_extent(double p) const;
    double stamp_high(double p) const { return header + stamp_extent(p).high() + panel_foot; }
    double slide_high(double p) const { return header + slide_extent(p).high() + panel_foot; }
    bool fits(double p, double height) const;
    /// The largest pitch that fits, up to `most`.
    double largest(double height, double most) const;
    /// How well its cells are seen.
    double worth() const;

    /// The row on which all grids of a panel are centred, given the lane's own heights and those
    /// of all that share the place of the output.
    double row_of(const QRectF& panel, const Extent& own, double above, double below) const;
    OutputPlace place_output(const QRectF& panel, double row) const;
    StampLane place_stamp_lane(const QRectF& panel, double row) const;
    SlideLane place_slide_lane(const QRectF& panel, double row) const;
};

Extent Arrangement::stamp_extent(double p) const {
    const double k = p * kernel_ratio;
    const double in_wide = cells.in_wide * p;
    const double in_high = cells.in_high * p;
    const double kernel_wide = cells.kernel_wide * k;
    const double kernel_high = cells.kernel_high * k;
    Extent extent;
    extent.wide = 2 * panel_pad + signs() * sign_width + output_gap + beside_output() +
                  (stamp_stacked ? std::max(in_wide, kernel_wide) : in_wide + kernel_wide) +
                  cells.stamps_wide() * k + cells.out_wide * p;
    if (sum_below) extent.wide += std::max(0.0, sum_width - cells.out_wide * p);
    const double out = cells.out_high * p / 2;
    const double left = stamp_stacked ? (in_high + kernel_high + caption + 0.6 * sign_width) / 2
                                      : std::max(in_high, kernel_high) / 2;
    const bool two_rows = cells.stamp_rows > 1;
    const double stamps_above = two_rows ? stamp_step(k) + stamp_title() / 2 : kernel_high / 2;
    const double stamps_below = two_rows ? stamp_step(k) - stamp_title() / 2 : kernel_high / 2;
    // Stacked, what is multiplied out stands beside the kernel.
    const double lower = stamp_stacked ? left - kernel_high / 2 : 0;
    extent.above = std::max({ruler + out, left, stamps_above + (two_rows ? 0 : stamp_title())});
    extent.below = std::max({out + caption + below_output(), left + caption, lower + stamps_below});
    if (!sum_below) extent.column = least_sum();
    return extent;
}

Extent Arrangement::slide_extent(double p) const {
    const double k = p * kernel_ratio;
    const double kernel_high = cells.kernel_high * k;
    const double bordered_wide = cells.bordered_wide * p * bordered_ratio;
    const double bordered_high = cells.bordered_high * p * bordered_ratio;
    const double out = cells.out_high * p / 2;
    Extent extent;
    extent.wide = 2 * panel_pad + output_gap + beside_output() + cells.out_wide * p;
    if (sum_below) extent.wide += std::max(0.0, sum_width - cells.out_wide * p);
    extent.above = ruler + out;
    extent.below = out + caption + below_output();
    if (slide_stacked) {
        // Under the input its caption, the kernels with theirs, and the note across half the panel.
        const double left = bordered_high + caption + text(28) +
                            kernels() * (kernel_high + text(32)) +
                            note_height(width * 0.5 - 2 * panel_pad);
        extent.wide += std::max({bordered_wide, cells.kernel_wide * k, text(110)});
        extent.column = ruler + left;
        return extent;
    }
    extent.wide += std::max(bordered_wide, text(140)) + 14 + kernel_column(k) + 28;
    extent.above = std::max(extent.above, bordered_high / 2);
    extent.below = std::max(extent.below, bordered_high / 2 + caption);
    const double column = kernel_column(k) + std::max(0.0, width - extent.wide) * 0.8;
    extent.column = kernels() * (kernel_high + caption) + note_height(column);
    if (!sum_below) extent.column = std::max(extent.column, least_sum());
    return extent;
}

bool Arrangement::fits(double p, double height) const {
    double high = 0;
    if (lanes.stamp) {
        const Extent extent = stamp_extent(p);
        if (extent.wide > width) return false;
        high += header + extent.high() + panel_foot;
    }
    if (lanes.slide) {
        const Extent extent = slide_extent(p);
        if (extent.wide > width) return false;
        high += header + extent.high() + panel_foot;
    }
    if (lanes.both()) high += panel_gap;
    return high <= height;
}

double Arrangement::largest(double height, double most) const {
    if (fits(most, height)) return most;
    double low = 0;
    double high = most;
    for (int i = 0; i < 20; ++i) {
        const double middle = (low + high) / 2;
        (fits(middle, height) ? low : high) = middle;
    }
    return low;
}

double Arrangement::worth() const {
    // Beyond what is easily read, larger cells count for less.
    const auto seen = [](double p) {
        constexpr double easy = 26;
        return p <= easy ? std::log(p / easy) : 0.5 * std::log(p / easy);
    };
    const double kernel = pitch * kernel_ratio;
    const double zeros = pitch * bordered_ratio;
    double sum = 0.5 * seen(pitch);
    if (lanes.stamp) sum += (lanes.slide ? 0.25 : 0.5) * seen(kernel);
    if (lanes.slide)
        sum += (lanes.stamp ? 0.25 : 0.35) * seen(zeros) + (lanes.stamp ? 0 : 0.15) * seen(kernel);
    // Grids of one pitch are calmer, and the plain row reads as an equation: leave them only for
    // clearly larger cells.
    if (kernel_ratio != 1) sum -= 0.01;
    if (bordered_ratio != 1) sum -= 0.01;
    if (stamp_stacked) sum -= 0.15;
    return sum;
}

double Arrangement::row_of(const QRectF& panel, const Extent& own, double above,
                           double below) const {
    const double top = panel.top() + header;
    const double bottom = panel.bottom() - panel_foot;
    const double row = top + above + (bottom - top - above - below) / 2;
    return std::round(std::max(std::min(row, bottom - own.below), top + own.above));
}

OutputPlace Arrangement::place_output(const QRectF& panel, double row) const {
    const double wide = cells.out_wide * pitch;
    const double high = cells.out_high * pitch;
    const double narrow = sum_below ? std::max(0.0, sum_width - wide) : 0;
    OutputPlace place;
    place.at = {std::round(panel.right() - panel_pad - beside_output() - narrow - wide),
                std::round(row - high / 2)};
    place.caption = {place.at.x() - output_gap + 8,
                     sum_below ? panel.right() - 8 : place.at.x() + wide + sum_column_gap - 4};
    if (sum_below) {
        const double top = place.at.y() + high + caption + 2;
        place.sum = {place.at.x(), top, std::max(sum_width, wide), panel.bottom() - top - 6};
    } else {
        // Beside the output's first row, where there is room for all of it below that.
        const double first = panel.top() + header + 4;
        const double top = std::max(first, std::min(place.at.y(), panel.bottom() - sum_height - 8));
        place.sum = {panel.right() - panel_pad - sum_width, top, sum_width,
                     panel.bottom() - top - 8};
    }
    return place;
}

StampLane Arrangement::place_stamp_lane(const QRectF& panel, double row) const {
    StampLane lane;
    lane.panel = panel;
    lane.head = stamp_head;
    lane.output = place_output(panel, row);
    const double in_wide = cells.in_wide * pitch;
    const double in_high = cells.in_high * pitch;
    const double kernel_wide = cells.kernel_wide * small();
    const double kernel_high = cells.kernel_high * small();
    const double left_wide = stamp_stacked ? std::max(in_wide, kernel_wide) : in_wide + kernel_wide;
    const double used = left_wide + cells.stamps_wide() * small() + signs() * sign_width;
    const double out = lane.output.at.x();
    const double spare = std::max(0.0, out - output_gap - panel.left() - panel_pad - used);
    const double gap = std::min(spare / 5, 20.0);
    const auto centred = [&](double height) { return std::round(row - height / 2); };

    double x = std::round(panel.left() + panel_pad + std::min(spare / 4, 24.0));
    const double left = x;
    if (stamp_stacked) {
        const double between = caption + sign_width * 0.6;
        lane.input = {std::round(x + (left_wide - in_wide) / 2),
                      centred(in_high + kernel_high + between)};
        lane.kernel = {std::round(x + (left_wide - kernel_wide) / 2),
                       std::round(lane.input.y() + in_high + between)};
        lane.times = {x + left_wide / 2, lane.kernel.y() - sign_width * 0.35};
        lane.times_size = text(15);
        x += left_wide;
    } else {
        lane.input = {x, centred(in_high)};
        x += in_wide + gap;
        lane.times = {x + sign_width / 2, row};
        lane.times_size = text(17);
        x = std::round(x + sign_width + gap);
        lane.kernel = {x, centred(kernel_high)};
        x += kernel_wide;
    }
    const double between = stamp_stacked ? left + left_wide + sign_width
                                         : (lane.input.x() + in_wide + lane.kernel.x()) / 2;
    lane.input_caption = {panel.left() + 8, between - 3};
    lane.kernel_caption = {stamp_stacked ? panel.left() + 8 : between + 3,
                           lane.kernel.x() + kernel_wide + sign_width};
    x += gap;
    const double beside = stamp_stacked ? lane.kernel.y() + kernel_high / 2 : row;
    lane.equals = {x + sign_width / 2, beside};
    x = std::round(x + sign_width + gap);
    const auto digits_of_ruler = static_cast<double>(std::to_string(cells.out_high).size());
    const double ruler_wide = text(11) * mono_advance * digits_of_ruler;
    lane.arrow_end = out - std::max(text(22), ruler_wide + 8);
    lane.stamps = {QPointF(x, beside), cells.stamp_columns, cells.stamp_rows};
    // Alone, a step has one stamp; several of a cell that is pointed at stand where there is room.
    if (!lanes.both()) {
        const double stamp_wide = cells.kernel_wide * small();
        const double two_wide = 2 * stamp_wide + 0.6 * small() + text(24);
        if (x + two_wide <= lane.arrow_end) lane.stamps.columns = 2;
        const double half = stamp_step(small());
        const double above = beside - panel.top() - header;
        const double below = panel.bottom() - panel_foot - beside;
        if (std::min(above, below) >= half + stamp_title() / 2) lane.stamps.rows = 2;
    }
    return lane;
}

SlideLane Arrangement::place_slide_lane(const QRectF& panel, double row) const {
    SlideLane lane;
    lane.panel = panel;
    lane.head = slide_head;
    lane.output = place_output(panel, row);
    const double wide = cells.bordered_wide * bordered();
    const double high = cells.bordered_high * bordered();
    const double kernel_wide = cells.kernel_wide * small();
    const double out = lane.output.at.x();
    const double left = panel.left() + panel_pad;
    const double top = panel.top() + header;
    const double spare =
        std::max(0.0, out - output_gap - left - wide - kernel_column(small()) - 42);
    const double narrow = std::max(0.0, std::min(text(140) - wide, spare)) / 2;
    lane.bordered_input = {std::round(left + std::max(narrow, std::min(spare / 4, 24.0))),
                           slide_stacked ? top + ruler : std::round(row - high / 2)};
    // Beside the kernel its caption must leave room for the other's.
    const double right = lane.bordered_input.x() + wide;
    lane.input_caption = {panel.left() + 8,
                          slide_stacked ? out - output_gap + 4 : right + narrow + 14};

    TurningKernelPlace& kernel = lane.kernel;
    kernel.with_upright = !lanes.stamp;
    if (slide_stacked) {
        const double under = lane.bordered_input.y() + high + caption + 8;
        kernel.column = {left, under, out - output_gap - left, panel.bottom() - under - 6};
        kernel.x = std::round(lane.bordered_input.x() + (wide - kernel_wide) / 2);
        kernel.middle =
            kernel.with_upright ? under + cells.kernel_high * small() + text(22) : under;
    } else {
        const double from = right + narrow + 14;
        kernel.column = {from, top, out - output_gap * 0.6 - 14 - from, panel.bottom() - top - 6};
        kernel.x = std::round(kernel.column.center().x() - kernel_wide / 2);
        kernel.middle = row;
    }
    return lane;
}

/// What of the lanes' cells is seen best in a room of this height.
Arrangement best_arrangement(const Arrangement& open, double height, double most) {
    constexpr std::array ratios{0.6, 0.7, 0.8, 0.9, 1.0, 1.2,  1.4, 1.7,
                                2.0, 2.5, 3.2, 4.0, 6.0, 10.0, 16.0};
    constexpr std::array zeros{0.7, 0.8, 0.9, 1.0};
    // Kernel and stamps are larger than the maps only to stay legible.
    const double legible = open.text(26);
    std::optional<Arrangement> best;
    for (const bool stacked : {false, true}) {
        if (stacked && !open.lanes.stamp) continue;
        for (const double kernel : ratios) {
            for (const double bordered : zeros) {
                if (!open.lanes.slide && bordered != 1) continue;
                Arrangement arrangement = open;
                arrangement.stamp_stacked = stacked;
                arrangement.kernel_ratio = kernel;
                arrangement.bordered_ratio = bordered;
                const double limit = kernel > 1 ? std::min(most, legible / kernel) : most;
                arrangement.pitch = std::max(arrangement.largest(height, limit), smallest_pitch);
                if (!best || arrangement.worth() > best->worth() + 1e-9) best = arrangement;
            }
        }
    }
    return *best;
}

/// Where text is large or height is little, a picture that would squeeze its numbers grows beyond
/// the room's height instead and is scrolled: the one whose cells are widest.
Arrangement tall_arrangement(const Arrangement& open) {
    constexpr double endless = 1e9;
    std::optional<Arrangement> best;
    for (const bool stacked : {false, true}) {
        for (const bool below : {false, true}) {
            Arrangement arrangement = open;
            arrangement.sum_below = below;
            arrangement.scrolled = true;
            arrangement.stamp_stacked = arrangement.slide_stacked = stacked;
            arrangement.pitch = arrangement.largest(endless, arrangement.text(comfortable_pitch));
            if (!best || arrangement.pitch > 1.1 * best->pitch) best = arrangement;
        }
    }
    return *best;
}

/// One lane: the output stands where it would in the other, whose place is the same.
struct Alone {
    Arrangement arrangement;
    double above = 0, below = 0;
};

Alone solve_alone(const Scene& scene, Lanes lanes, double width, double height, bool tight) {
    const double most = scene.text(largest_pitch_alone);
    const Arrangement stamp(scene, {.stamp = true}, width, tight);
    const Arrangement slide(scene, {.slide = true}, width, tight);
    const double shared = std::min(best_arrangement(stamp, height, most).pitch,
                                   best_arrangement(slide, height, most).pitch);
    std::optional<std::pair<Arrangement, Arrangement>> best;
    for (const double part : {1.0, 0.94, 0.88, 0.82}) {
        std::pair both{best_arrangement(stamp, height, part * shared),
                       best_arrangement(slide, height, part * shared)};
        if (!best || both.first.worth() + both.second.worth() >
                         best->first.worth() + best->second.worth() + 1e-9)
            best = std::move(both);
    }
    auto& [first, second] = *best;
    first.pitch = second.pitch = std::min(first.pitch, second.pitch);
    const Extent a = first.stamp_extent(first.pitch);
    const Extent b = second.slide_extent(second.pitch);
    return {lanes.stamp ? first : second, std::max(a.above, b.above), std::max(a.below, b.below)};
}

/// What a solution follows from.
struct Question {
    engine::Axis rows, columns;
    bool stamp, slide;
    int channels;
    double width, height, text_scale;
    QString stamp_head, slide_head;
    bool operator==(const Question&) const = default;
};

struct Solution {
    Arrangement arrangement;
    double above = 0, below = 0;
    bool is_tall = false;  ///< beyond the height
};

Solution solution_for(const Scene& scene, Lanes lanes, double width, double height) {
    const double ts = scene.options.text_scale;
    const bool tight = height < (lanes.both() ? 440 : 250) * ts;
    const Alone alone = lanes.both()
                            ? Alone{best_arrangement(Arrangement(scene, lanes, width, tight),
                                                     height, scene.text(largest_pitch_of_two))}
                            : solve_alone(scene, lanes, width, height, tight);
    const double readable = scene.text(readable_pitch);
    // Of one lane alone only the map counts: its place is the same in every reading.
    const bool is_squeezed = alone.arrangement.pitch < scene.text(squeezed_pitch) ||
                             (lanes.both() && alone.arrangement.small() < two_digits_pitch);
    if (is_squeezed) {
        const Arrangement tall =
            tall_arrangement(Arrangement(scene, lanes, width, tight && ts > 1));
        // Maps of many cells stay small however high the picture is.
        if (tall.pitch >= (ts > 1 ? alone.arrangement.pitch : readable)) return {tall, 0, 0, true};
    }
    return {alone.arrangement, alone.above, alone.below, false};
}

/// Solved once for a layer and a room: the steps of a lesson find it as it was.
Solution kept_solution(const Scene& scene, Lanes lanes, double width, double height) {
    // Of a low window two: whether its height is enough, and what is drawn if not.
    thread_local std::array<std::optional<std::pair<Question, Solution>>, 2> all_kept;
    thread_local std::size_t next = 0;
    const engine::Geometry& g = scene.geometry();
    Question question{g.rows,
                      g.columns,
                      lanes.stamp,
                      lanes.slide,
                      scene.channels(),
                      width,
                      height,
                      scene.options.text_scale,
                      head_of_stamp_lane(scene).explanation,
                      head_of_slide_lane(scene).explanation};
    auto kept = std::ranges::find_if(
        all_kept, [&](const auto& one) { return one && one->first == question; });
    if (kept == all_kept.end()) {
        kept = all_kept.begin() + static_cast<std::ptrdiff_t>(next);
        next = 1 - next;
        kept->emplace(std::move(question), solution_for(scene, lanes, width, height));
    }
    Solution solution = (*kept)->second;
    solution.arrangement.scene = &scene;
    return solution;
}

}  // namespace

TransposeLayout solve(const Scene& scene, Lanes lanes, const QRectF& room) {
    const double ts = scene.options.text_scale;
    const bool both = lanes.both();
    const double width = room.width();
    std::optional<CoverageStrip> coverage;
    if (scene.options.alone) coverage = solve_coverage(scene, width);
    const double strip = coverage ? coverage->height : 0;
    // Where height is short the lanes have all of it, and the touch map is scrolled to.
    const bool makes_room = room.height() - strip >= (both ? 420 : 330) * ts;
    double height = room.height() - (coverage && makes_room ? strip + panel_gap : 0);

    Solution solved = kept_solution(scene, lanes, width, height);
    // A picture is never very low; but where one lane's cells are readable in the height there is,
    // it need not be scrolled.
    const double seen = scene.options.size.height() - room.top() - panel_foot;
    if (!both && seen < height && seen > 100 * ts) {
        const Solution low = kept_solution(scene, lanes, width, seen);
        if (!low.is_tall && low.arrangement.pitch >= scene.text(readable_pitch)) {
            solved = low;
            height = seen;
        }
    }
    Arrangement& arrangement = solved.arrangement;
    arrangement.pitch = Arrangement::whole(arrangement.pitch);

    TransposeLayout layout;
    layout.pitch = arrangement.pitch;
    layout.kernel_pitch = arrangement.small();
    layout.bordered_pitch = arrangement.bordered();
    const Extent above = arrangement.stamp_extent(arrangement.pitch);
    const Extent below = arrangement.slide_extent(arrangement.pitch);
    const double upper = arrangement.stamp_high(arrangement.pitch);
    const double lower = arrangement.slide_high(arrangement.pitch);
    const auto row = [&](const QRectF& panel, const Extent& own) {
        return arrangement.row_of(panel, own, std::max(own.above, solved.above),
                                  std::max(own.below, solved.below));
    };
    // A page that is scrolled is no higher than its reading needs.
    const double needed = lanes.stamp ? upper : lower;
    QRectF panel(room.left(), room.top(), width,
                 solved.is_tall && ts > 1 ? needed : std::max(height, needed));
    if (both) {
        const double spare = std::max(0.0, height - panel_gap - upper - lower);
        panel.setHeight(std::round(upper + spare / 2));
        layout.stamp = arrangement.place_stamp_lane(panel, row(panel, above));
        layout.threads_top = arrangement.sum_below ? panel.bottom() : 0;
        const double top = panel.bottom() + panel_gap;
        panel = QRectF(room.left(), top, width, std::max(lower, room.top() + height - top));
        layout.slide = arrangement.place_slide_lane(panel, row(panel, below));
    } else if (lanes.stamp) {
        layout.stamp = arrangement.place_stamp_lane(panel, row(panel, above));
    } else {
        layout.slide = arrangement.place_slide_lane(panel, row(panel, below));
    }
    layout.bottom = panel.bottom();
    if (coverage) {
        layout.coverage = std::move(coverage);
        layout.coverage_area = {room.left(), layout.bottom + panel_gap, width, strip};
        layout.bottom += panel_gap + strip;
    }
    return layout;
}

}  // namespace ui::diagram
