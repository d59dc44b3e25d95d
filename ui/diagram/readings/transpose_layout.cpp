// SPDX-License-Identifier: MIT
// First what a lane holds, in cells; from it what the lane needs at a pitch, from that the pitch,
// and from both where everything stands.
#include "ui/diagram/readings/transpose_layout.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

namespace ui::diagram {

namespace {

constexpr double panel_pad = 16;
constexpr double panel_gap = 12;
constexpr double output_gap = 46;
constexpr double readable_kernel_pitch = 22;
/// With large text cells are at least this wide, and at most so wide as the picture grows for it.
constexpr double readable_pitch = 15;
constexpr double comfortable_pitch = 20;

/// What stands in the lanes, in cells.
struct Cells {
    int in_wide, in_high, kernel_wide, kernel_high, bordered_wide, bordered_high, out_wide,
        out_high;
    int stamp_columns = 1, stamp_rows = 1;  ///< stamps shown side by side
    double stamps_wide() const { return stamp_columns * kernel_wide + 0.6 * (stamp_columns - 1); }
    double stamps_high() const {
        return stamp_rows > 1 ? 2 * (kernel_high + 0.9) * two_rows_scale : kernel_high + 0.9;
    }
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

/// Cells and fixed lengths a lane needs; from them follows the pitch at which it fits.
struct LaneNeeds {
    double cells_wide = 0, cells_high = 0;
    double fixed_wide = 0, fixed_high = 0;
    double pitch(double width, double height) const {
        return std::min((width - fixed_wide) / cells_wide, (height - fixed_high) / cells_high);
    }
    double height(double pitch) const { return fixed_high + cells_high * pitch; }
};

/// The lanes of a picture with the lengths that do not grow with their cells; what is still open is
/// set on the way.
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
    /// Kernel and stamps keep this pitch where the feature maps need a smaller one; 0: all alike.
    double kernel_pitch = 0;
    double pitch = 0;

    /// `tight`: little height for what must be shown.
    Arrangement(const Scene& of, Lanes shown, double room_width, bool tight)
        : scene(&of),
          lanes(shown),
          cells(cells_of(of.geometry(), shown)),
          stamp_head(head_of_stamp_lane(of)),
          slide_head(head_of_slide_lane(of)),
          width(room_width),
          header(text(tight ? 27 : 38)),
          caption(text(tight ? 18 : 24)),
          ruler(text(tight ? 12 : 16)),
          sum_width(text(std::clamp(width * 0.165, 118.0, 168.0))),
          sum_height(text(lanes.both() || scene->channels() > 1 ? 164 : 124)),
          sign_width(text(30)) {
        header +=
            std::max(lanes.stamp ? growth(stamp_head) : 0, lanes.slide ? growth(slide_head) : 0);
    }

    double text(double size) const { return scene->text(size); }
    double growth(const LaneHead& head) const {
        return panel_head_growth(head.name, head.explanation, width, scene->options.text_scale);
    }
    double beside_output() const { return sum_below ? 0 : sum_width + 20; }
    double below_output() const { return sum_below ? sum_height : 0; }
    int signs() const { return stamp_stacked ? 1 : 2; }  ///< between the grids of a row
    /// Of the sliding lane: alone, it shows the upright one too.
    int kernels() const { return lanes.stamp ? 1 : 2; }
    double small() const { return std::max(pitch, kernel_pitch); }

    LaneNeeds stamp_needs() const;
    LaneNeeds slide_needs() const;
    /// Of the lane that is alone, or of the upper one.
    LaneNeeds needs() const { return lanes.stamp ? stamp_needs() : slide_needs(); }

    OutputPlace place_output(const QRectF& panel) const;
    StampLane place_stamp_lane(const QRectF& panel) const;
    SlideLane place_slide_lane(const QRectF& panel) const;
};

LaneNeeds Arrangement::stamp_needs() const {
    LaneNeeds needs;
    needs.fixed_wide = 2 * panel_pad + signs() * sign_width + output_gap + beside_output();
    needs.fixed_high =
        header + ruler + caption + (stamp_stacked ? caption : 0) + 8 + below_output();
    if (cells.stamp_rows > 1) needs.fixed_high += text(12);  // the upper stamps' titles
    needs.cells_wide = cells.in_wide + cells.out_wide;
    needs.cells_high = std::max(cells.in_high, cells.out_high);
    if (kernel_pitch > 0) {
        const double beside =
            stamp_stacked && cells.in_wide >= 2 * cells.kernel_wide ? 0 : cells.kernel_wide;
        needs.fixed_wide += (beside + cells.stamps_wide()) * kernel_pitch;
        if (stamp_stacked) needs.fixed_high += (cells.kernel_high + 0.4) * kernel_pitch;
        return needs;
    }
    needs.cells_wide +=
        cells.stamps_wide() +
        (stamp_stacked ? std::max(0, cells.kernel_wide - cells.in_wide) : cells.kernel_wide);
    const double left_high = stamp_stacked ? cells.in_high + cells.kernel_high + 0.4
                                           : std::max(cells.in_high, cells.kernel_high);
    needs.cells_high = std::max({needs.cells_high, left_high, cells.stamps_high()});
    return needs;
}

LaneNeeds Arrangement::slide_needs() const {
    const bool alone = !lanes.stamp;
    LaneNeeds needs;
    needs.cells_wide = cells.bordered_wide + cells.out_wide;
    needs.cells_high = std::max(cells.bordered_high, cells.out_high);
    needs.fixed_wide = 2 * panel_pad + output_gap + beside_output();
    needs.fixed_high = header + ruler + caption + 8 + below_output();
    if (slide_stacked) {
        needs.cells_high =
            std::max(cells.bordered_high + kernels() * cells.kernel_high, cells.out_high);
        // Under it its caption, and the longest note across half the panel.
        constexpr int longest_reason = 130;
        const double note =
            kernel_note_height(*scene, QString(longest_reason, u'x'), width * 0.5 - 2 * panel_pad);
        needs.fixed_high -= below_output();
        needs.fixed_high += std::max(below_output(), caption + text(20 + 32 * kernels()) + note);
        return needs;
    }
    needs.cells_wide += kernel_pitch > 0 ? 0 : cells.kernel_wide;
    needs.cells_high =
        std::max(needs.cells_high, alone ? 2.0 * cells.kernel_high : cells.kernel_high + 1.0);
    needs.fixed_wide += 2 * 30 + std::max(0.0, text(116) - cells.kernel_wide * 24.0) +
                        std::max(0.0, text(130) - cells.bordered_wide * text(18)) +
                        cells.kernel_wide * kernel_pitch;
    needs.fixed_high += alone ? text(40) : 0;
    return needs;
}

OutputPlace Arrangement::place_output(const QRectF& panel) const {
    const double wide = cells.out_wide * pitch;
    const double high = cells.out_high * pitch;
    const double narrow = sum_below ? std::max(0.0, sum_width - wide) : 0;
    const double inner = panel.height() - header - caption - ruler - below_output();
    OutputPlace place;
    place.at = {std::round(panel.right() - panel_pad - beside_output() - narrow - wide),
                std::round(panel.top() + header + ruler + std::max(0.0, (inner - high) / 2))};
    const bool free = !lanes.slide && scene->options.text_scale == 1;
    place.caption = {place.at.x() - output_gap / 2 - 8 - (free ? 60 : 0),
                     sum_below ? panel.right() - 8 : place.at.x() + wide + 30};
    if (sum_below) {
        const double top = place.at.y() + high + caption + 2;
        place.sum = {place.at.x(), top, std::max(sum_width, wide), panel.bottom() - top - 6};
    } else {
        place.sum = {panel.right() - panel_pad - sum_width, panel.top() + header + 6, sum_width,
                     panel.height() - header - 16};
    }
    return place;
}

StampLane Arrangement::place_stamp_lane(const QRectF& panel) const {
    StampLane lane;
    lane.panel = panel;
    lane.head = stamp_head;
    lane.output = place_output(panel);
    const double in_wide = cells.in_wide * pitch;
    const double in_high = cells.in_high * pitch;
    const double kernel_wide = cells.kernel_wide * small();
    const double kernel_high = cells.kernel_high * small();
    const double left_wide = stamp_stacked ? std::max(in_wide, kernel_wide) : in_wide + kernel_wide;
    const double used = left_wide + cells.stamps_wide() * small() + signs() * sign_width;
    const double out = lane.output.at.x();
    const double spare = std::max(0.0, out - output_gap - panel.left() - panel_pad - used);
    const double gap = std::min(spare / 4, 16.0);
    const double top = panel.top() + header + ruler;
    const double middle = top + (panel.bottom() - caption - top) / 2;
    const auto centred = [&](double height) { return std::round(middle - height / 2); };

    double x = panel.left() + panel_pad + std::min(spare / 3, 14.0);
    if (stamp_stacked) {
        const double together = in_high + kernel_high + caption + sign_width * 0.6;
        lane.input = {x + (left_wide - in_wide) / 2, centred(together)};
        lane.kernel = {x + (left_wide - kernel_wide) / 2,
                       lane.input.y() + in_high + caption + sign_width * 0.6};
        lane.times = {x + left_wide / 2, lane.kernel.y() - sign_width * 0.35};
        lane.times_size = text(15);
        x += left_wide;
    } else {
        lane.input = {x, centred(in_high)};
        x += in_wide + gap;
        lane.times = {x + sign_width / 2, middle};
        lane.times_size = text(17);
        x += sign_width + gap;
        lane.kernel = {x, centred(kernel_high)};
        x += kernel_wide;
    }
    const double between = stamp_stacked ? lane.kernel.x() + left_wide + sign_width
                                         : (lane.input.x() + in_wide + lane.kernel.x()) / 2;
    lane.input_caption = {panel.left() + 8, between - 3};
    lane.kernel_caption = {stamp_stacked ? panel.left() + 8 : between + 3,
                           lane.kernel.x() + kernel_wide + sign_width};
    x += gap;
    const double row = stamp_stacked ? lane.kernel.y() + kernel_high / 2 : middle;
    lane.equals = {x + sign_width / 2, row};
    x += sign_width + gap;
    lane.stamps = {QPointF(x, row + (cells.stamp_rows > 1 ? text(6) : 0)), cells.stamp_columns,
                   cells.stamp_rows};
    const auto digits_of_ruler = static_cast<double>(std::to_string(cells.out_high).size());
    const double ruler_wide = text(11) * mono_advance * digits_of_ruler;
    lane.arrow_end = out - std::max(text(22), ruler_wide + 8);
    return lane;
}

SlideLane Arrangement::place_slide_lane(const QRectF& panel) const {
    SlideLane lane;
    lane.panel = panel;
    lane.head = slide_head;
    lane.output = place_output(panel);
    const double wide = cells.bordered_wide * pitch;
    const double high = cells.bordered_high * pitch;
    const double kernel_wide = cells.kernel_wide * small();
    const double out = lane.output.at.x();
    const double left = panel.left() + panel_pad;
    const double top = panel.top() + header;
    const double middle = top + (panel.bottom() - caption - top) / 2 + ruler / 4;
    const double spare = std::max(0.0, out - output_gap - left - wide - kernel_wide - 34);
    lane.bordered_input = {left + std::min(spare / 4, 16.0),
                           slide_stacked ? top + ruler : std::round(middle - high / 2)};
    // Beside the kernel its caption must leave room for the other's.
    const double right = lane.bordered_input.x() + wide;
    lane.input_caption = {panel.left() + 8, slide_stacked ? out - output_gap / 2 : right + 14};

    TurningKernelPlace& kernel = lane.kernel;
    kernel.with_upright = !lanes.stamp;
    if (slide_stacked) {
        const double under = lane.bordered_input.y() + high + caption + 8;
        kernel.column = {left, under, out - output_gap - left, panel.bottom() - under - 6};
        kernel.x = std::round(lane.bordered_input.x() + (wide - kernel_wide) / 2);
        kernel.middle =
            kernel.with_upright ? under + cells.kernel_high * small() + text(22) : under;
    } else {
        const double room = out - output_gap * 0.6 - right;
        kernel.column = {right + 14, top, room - 28, panel.bottom() - top - 6};
        kernel.x = std::round(right + (room - kernel_wide) / 2);
        kernel.middle = middle;
    }
    return lane;
}

/// Lets the kernel keep a legible size, but no more than the lane is high anyway.
void keep_kernel_legible(Arrangement& arrangement, double width, double height) {
    const double lane_high = arrangement.needs().cells_high * arrangement.pitch;
    const double legible =
        std::min(arrangement.text(readable_kernel_pitch),
                 lane_high / (arrangement.kernels() * arrangement.cells.kernel_high + 1.0));
    if (arrangement.pitch >= legible) return;
    arrangement.kernel_pitch = legible;
    const double readable = arrangement.needs().pitch(width, height);
    if (readable >= 0.6 * arrangement.pitch)
        arrangement.pitch = readable;
    else
        arrangement.kernel_pitch = 0;
}

/// One lane, or the upper of two, in a room of this height: what makes its cells largest.
Arrangement best_arrangement(const Arrangement& open, double width, double height) {
    std::optional<Arrangement> best;
    for (const bool below : {false, true}) {
        for (const bool stacked : {false, true}) {
            if ((stacked && !open.lanes.stamp) || (below && open.lanes.both())) continue;
            Arrangement arrangement = open;
            arrangement.sum_below = below;
            arrangement.stamp_stacked = stacked;
            arrangement.pitch = arrangement.needs().pitch(width, height);
            keep_kernel_legible(arrangement, width, height);
            // The plain row reads as an equation: leave it only for clearly larger cells.
            const double worth = stacked ? 1.25 : 1.08;
            if (!best || arrangement.pitch > worth * best->pitch) best = arrangement;
        }
    }
    return *best;
}

/// Where text is large, a picture that would squeeze its numbers grows beyond the room's height
/// instead and is scrolled: the one whose cells are widest.
Arrangement tall_arrangement(const Arrangement& open, double width) {
    constexpr double endless = std::numeric_limits<double>::max();
    std::optional<Arrangement> best;
    for (const bool stacked : {false, true}) {
        for (const bool below : {false, true}) {
            Arrangement arrangement = open;
            arrangement.sum_below = below;
            arrangement.stamp_stacked = arrangement.slide_stacked = stacked;
            // The sum may be wider than the output it stands under.
            const double least = arrangement.cells.out_wide * arrangement.text(readable_pitch);
            const double room = width - (below ? std::max(0.0, arrangement.sum_width - least) : 0);
            arrangement.pitch = arrangement.text(comfortable_pitch);
            if (arrangement.lanes.stamp)
                arrangement.pitch =
                    std::min(arrangement.pitch, arrangement.stamp_needs().pitch(room, endless));
            if (arrangement.lanes.slide)
                arrangement.pitch =
                    std::min(arrangement.pitch, arrangement.slide_needs().pitch(room, endless));
            if (!best || arrangement.pitch > 1.1 * best->pitch) best = arrangement;
        }
    }
    return *best;
}

}  // namespace

TransposeLayout solve(const Scene& scene, Lanes lanes, const QRectF& room) {
    const double ts = scene.options.text_scale;
    const bool both = lanes.both();
    const double width = room.width();
    std::optional<CoverageStrip> coverage = solve_coverage(scene, width);
    const double strip = coverage ? coverage->height : 0;
    bool with_coverage = room.height() - strip >= (both ? 420 : 330) * ts;
    const double height = room.height() - (with_coverage ? strip + panel_gap : 0);
    const bool tight = height < (both ? 440 : 250) * ts;

    Arrangement arrangement = best_arrangement(Arrangement(scene, lanes, width, tight), width,
                                               both ? height * 0.46 : height);
    if (both) {
        constexpr double endless = 1e9;
        const LaneNeeds above = arrangement.stamp_needs();
        const LaneNeeds below = arrangement.slide_needs();
        arrangement.pitch = std::min({(height - panel_gap - above.fixed_high - below.fixed_high) /
                                          (above.cells_high + below.cells_high),
                                      above.pitch(width, endless), below.pitch(width, endless)});
    }
    if (ts > 1 && arrangement.pitch < scene.text(readable_pitch)) {
        const Arrangement tall = tall_arrangement(Arrangement(scene, lanes, width, false), width);
        if (tall.pitch > arrangement.pitch) {
            arrangement = tall;
            with_coverage = true;
        }
    }
    arrangement.pitch = std::min(arrangement.pitch, (both ? 36 : 48) * ts);
    arrangement.pitch = arrangement.pitch >= 8 ? std::floor(arrangement.pitch)
                                               : std::max(arrangement.pitch, smallest_pitch);

    TransposeLayout layout;
    layout.pitch = arrangement.pitch;
    layout.kernel_pitch = arrangement.small();
    const double needed = arrangement.needs().height(arrangement.pitch);
    QRectF panel(room.left(), room.top(), width, std::max(height, needed));
    if (both) {
        const double below = arrangement.slide_needs().height(arrangement.pitch);
        const double spare = std::max(0.0, height - panel_gap - needed - below);
        panel.setHeight(needed + spare / 2);
        layout.stamp = arrangement.place_stamp_lane(panel);
        layout.threads_top = arrangement.sum_below ? panel.bottom() : 0;
        panel = QRectF(room.left(), panel.bottom() + panel_gap, width,
                       below + (panel.height() - needed));
        layout.slide = arrangement.place_slide_lane(panel);
    } else if (lanes.stamp) {
        layout.stamp = arrangement.place_stamp_lane(panel);
    } else {
        layout.slide = arrangement.place_slide_lane(panel);
    }
    layout.bottom = panel.bottom();
    if (with_coverage) {
        layout.coverage = std::move(coverage);
        layout.coverage_area = {room.left(), layout.bottom + panel_gap, width, strip};
        layout.bottom += panel_gap + strip;
    }
    return layout;
}

}  // namespace ui::diagram
