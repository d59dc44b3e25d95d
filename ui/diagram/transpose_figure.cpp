// SPDX-License-Identifier: MIT
// Conv2DTranspose on the stage: the stamping lane, the sliding lane, or both one above the other.
#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "ui/diagram/sentences.h"
#include "ui/diagram/transpose_parts.h"

namespace ui::diagram {

using engine::Cell;
using engine::Phase;
using engine::Reading;

namespace {

constexpr double panel_pad = 16;
constexpr double panel_gap = 12;

QString strides_text(const Scene& scene) {
    const engine::Geometry& g = scene.geometry();
    return by_axis(g.rows.stride, g.columns.stride);
}

QString stamp_name() { return Stage::tr("Stamp"); }
QString stamp_explanation(const Scene& scene) {
    const engine::Geometry& g = scene.geometry();
    return g.rows.stride == g.columns.stride
               ? Stage::tr("each input × kernel, laid down every %n cell(s), added up", nullptr,
                           g.rows.stride)
               : Stage::tr(
                     "each input × kernel, laid down every %1 cells (rows × columns), added up")
                     .arg(strides_text(scene));
}

QString slide_name() { return Stage::tr("Slide"); }
QString slide_explanation(const Scene& scene) {
    const engine::Geometry& g = scene.geometry();
    const bool turned = scene.view.turn_kernel || scene.view.reading == Reading::slide;
    return QStringList{
        g.rows.stride == 1 && g.columns.stride == 1 ? Stage::tr("strides 1: no zeros between")
                                                    : Stage::tr("zeros inserted between"),
        g.rows.border() == 0 && g.columns.border() == 0 ? Stage::tr("no border")
        : g.rows.border() == g.columns.border()
            ? Stage::tr("border of %1").arg(g.rows.border())
            : Stage::tr("border of %1 and %2").arg(g.rows.border()).arg(g.columns.border()),
        turned ? Stage::tr("kernel turned by 180°") : Stage::tr("kernel not turned"),
        Stage::tr("window moves by 1")}
        .join(QStringLiteral(", "));
}

/// Lengths that do not grow with the cells.
struct Measures {
    double panel_width;
    double header, caption, ruler, sum_width, sum_height, operator_width, output_gap = 46;
    double kernel_pitch =
        0;  ///< kernel and stamps keep this pitch where the feature maps need a smaller one; 0: all alike
    bool sum_below = false;  ///< the sum stands under the output instead of beside it

    /// `tight`: little height for what must be shown.
    Measures(const Scene& scene, double width, bool tight)
        : panel_width(width),
          header(scene.text(tight ? 27 : 38)),
          caption(scene.text(tight ? 18 : 24)),
          ruler(scene.text(tight ? 12 : 16)),
          sum_width(scene.text(std::clamp(width * 0.165, 118.0, 168.0))),
          sum_height(scene.text(
              scene.view.reading == Reading::why_equal || scene.channels() > 1 ? 164 : 124)),
          operator_width(scene.text(30)) {
        const double ts = scene.options.text_scale;
        const bool stamps = scene.view.reading != Reading::slide;
        const bool slides = scene.view.reading != Reading::stamp;
        header += std::max(
            stamps ? panel_head_growth(stamp_name(), stamp_explanation(scene), width, ts) : 0,
            slides ? panel_head_growth(slide_name(), slide_explanation(scene), width, ts) : 0);
    }
    double beside_output() const { return sum_below ? 0 : sum_width + 20; }
    double below_output() const { return sum_below ? sum_height : 0; }
};

/// Cells and fixed lengths a lane needs; from them follows the pitch at which it fits.
struct LaneNeeds {
    double cells_wide = 0, cells_high = 0;
    double fixed_wide = 0, fixed_high = 0;
    double pitch(double width, double height) const {
        return std::min((width - fixed_wide) / cells_wide, (height - fixed_high) / cells_high);
    }
    double height(double pitch) const { return fixed_high + cells_high * pitch; }
};

/// Stamps shown side by side: enough for the cells most inputs reach, where the room allows.
struct StampBlock {
    int columns = 1, rows = 1;
};
StampBlock stamps_that_fit(const Scene& scene, int most) {
    const engine::Geometry& g = scene.geometry();
    if (scene.view.reading == Reading::stamp) return {};
    return {most >= 2 && g.columns.kernel <= 5 ? 2 : 1, most > 2 && g.rows.kernel <= 4 ? 2 : 1};
}

LaneNeeds stamp_needs(const Scene& scene, const Measures& m, StampBlock stamps, bool stacked) {
    const engine::Geometry& g = scene.geometry();
    LaneNeeds needs;
    const double stamps_wide = stamps.columns * g.columns.kernel + 0.6 * (stamps.columns - 1);
    const double stamps_high =
        stamps.rows > 1 ? 2 * (g.rows.kernel + 0.9) * two_rows_scale : g.rows.kernel + 0.9;
    needs.fixed_wide =
        2 * panel_pad + (stacked ? 1 : 2) * m.operator_width + m.output_gap + m.beside_output();
    needs.fixed_high =
        m.header + m.ruler + m.caption + (stacked ? m.caption : 0) + 8 + m.below_output();
    if (stamps.rows > 1) needs.fixed_high += scene.text(12);  // the upper stamps' titles
    needs.cells_wide = g.columns.in + g.columns.canvas();
    needs.cells_high = std::max(g.rows.in, g.rows.canvas());
    if (m.kernel_pitch > 0) {
        const double beside =
            stacked && g.columns.in >= 2 * g.columns.kernel ? 0 : g.columns.kernel;
        needs.fixed_wide += (beside + stamps_wide) * m.kernel_pitch;
        if (stacked) needs.fixed_high += (g.rows.kernel + 0.4) * m.kernel_pitch;
        return needs;
    }
    needs.cells_wide +=
        stamps_wide + (stacked ? std::max(0, g.columns.kernel - g.columns.in) : g.columns.kernel);
    const double left_high =
        stacked ? g.rows.in + g.rows.kernel + 0.4 : std::max(g.rows.in, g.rows.kernel);
    needs.cells_high = std::max({needs.cells_high, left_high, stamps_high});
    return needs;
}

/// Height of the note on the turn, in the lines it takes at this width.
double note_height(const Scene& scene, double width) {
    constexpr int longest_reason = 130;
    return lines_of(QString(longest_reason, u'x'), scene.text(10.5), width) * line_spacing *
           scene.text(10.5);
}

/// `stacked`: the kernel stands under the input with its zeros instead of beside it.
LaneNeeds slide_needs(const Scene& scene, const Measures& m, bool stacked) {
    const engine::Geometry& g = scene.geometry();
    const bool alone = scene.view.reading == Reading::slide;
    const double kernels = alone ? 2 : 1;
    LaneNeeds needs;
    needs.cells_wide = g.columns.bordered() + g.columns.canvas();
    needs.cells_high =
        std::max(static_cast<double>(g.rows.bordered()), static_cast<double>(g.rows.canvas()));
    needs.fixed_wide = 2 * panel_pad + m.output_gap + m.beside_output();
    needs.fixed_high = m.header + m.ruler + m.caption + 8 + m.below_output();
    if (stacked) {
        needs.cells_high = std::max(g.rows.bordered() + kernels * g.rows.kernel,
                                    static_cast<double>(g.rows.canvas()));
        // Under it its caption, and the note across half the panel.
        needs.fixed_high -= m.below_output();
        needs.fixed_high +=
            std::max(m.below_output(), m.caption + scene.text(20 + 32 * kernels) +
                                           note_height(scene, m.panel_width * 0.5 - 2 * panel_pad));
        return needs;
    }
    needs.cells_wide += m.kernel_pitch > 0 ? 0 : g.columns.kernel;
    needs.cells_high =
        std::max(needs.cells_high, alone ? 2.0 * g.rows.kernel : g.rows.kernel + 1.0);
    needs.fixed_wide += 2 * 30 + std::max(0.0, scene.text(116) - g.columns.kernel * 24.0) +
                        std::max(0.0, scene.text(130) - g.columns.bordered() * scene.text(18)) +
                        g.columns.kernel * m.kernel_pitch;
    needs.fixed_high += alone ? scene.text(40) : 0;
    return needs;
}

/// The output stands at the same place and size in every lane: from the right edge.
QPointF output_origin(const Scene& scene, const Measures& m, const QRectF& panel, double pitch) {
    const engine::Geometry& g = scene.geometry();
    const double wide = g.columns.canvas() * pitch;
    const double narrow = m.sum_below ? std::max(0.0, m.sum_width - wide) : 0;
    const double x = panel.right() - panel_pad - m.beside_output() - narrow - wide;
    const double inner = panel.height() - m.header - m.caption - m.ruler - m.below_output();
    const double y =
        panel.top() + m.header + m.ruler + std::max(0.0, (inner - g.rows.canvas() * pitch) / 2);
    return {std::round(x), std::round(y)};
}

QRectF sum_area(const Scene& scene, const Measures& m, const QRectF& panel, QPointF output,
                double pitch) {
    if (!m.sum_below) {
        return {panel.right() - panel_pad - m.sum_width, panel.top() + m.header + 6, m.sum_width,
                panel.height() - m.header - 16};
    }
    const engine::Geometry& g = scene.geometry();
    const double top = output.y() + g.rows.canvas() * pitch + m.caption + 2;
    return {output.x(), top, std::max(m.sum_width, g.columns.canvas() * pitch),
            panel.bottom() - top - 6};
}

/// Room for the caption of the output.
Span under_output(const Scene& scene, const Measures& m, const QRectF& panel, QPointF output,
                  double pitch) {
    const double right = output.x() + scene.geometry().columns.canvas() * pitch;
    const bool free = scene.view.reading == Reading::stamp && scene.options.text_scale == 1;
    const double left = free ? 60 : 0;
    return {output.x() - m.output_gap / 2 - 8 - left, m.sum_below ? panel.right() - 8 : right + 30};
}

void draw_stamp_lane(Builder& builder, const Scene& scene, const Measures& m, const QRectF& panel,
                     double pitch, StampBlock fit, bool stacked) {
    const engine::Geometry& g = scene.geometry();
    builder.group(QStringLiteral("stamp_lane"), Stage::tr("Stamp"));
    draw_panel(builder, panel, stamp_name(), stamp_explanation(scene), scene.options.text_scale);

    const double small = std::max(pitch, m.kernel_pitch);
    const QPointF out = output_origin(scene, m, panel, pitch);
    const double stamps_wide = (fit.columns * g.columns.kernel + 0.6 * (fit.columns - 1)) * small;
    const double left_wide = stacked ? std::max(g.columns.in * pitch, g.columns.kernel * small)
                                     : g.columns.in * pitch + g.columns.kernel * small;
    const double used = left_wide + stamps_wide + (stacked ? 1 : 2) * m.operator_width;
    const double spare = std::max(0.0, out.x() - m.output_gap - panel.left() - panel_pad - used);
    const double top = panel.top() + m.header + m.ruler;
    const double middle = top + (panel.bottom() - m.caption - top) / 2;
    double x = panel.left() + panel_pad + std::min(spare / 3, 14.0);
    const double gap = std::min(spare / 4, 16.0);

    const auto centred = [&](double height) { return std::round(middle - height / 2); };
    QPointF input_at, kernel_at;
    if (stacked) {
        const double together =
            g.rows.in * pitch + g.rows.kernel * small + m.caption + m.operator_width * 0.6;
        input_at = {x + (left_wide - g.columns.in * pitch) / 2, centred(together)};
        kernel_at = {x + (left_wide - g.columns.kernel * small) / 2,
                     input_at.y() + g.rows.in * pitch + m.caption + m.operator_width * 0.6};
        builder.label({x + left_wide / 2, kernel_at.y() - m.operator_width * 0.35}, scene.text(15),
                      {words(QStringLiteral("×"), {Role::ink_soft, 1})}, Align::centre);
        x += left_wide;
    } else {
        input_at = {x, centred(g.rows.in * pitch)};
        x += g.columns.in * pitch + gap;
        builder.label({x + m.operator_width / 2, middle}, scene.text(17),
                      {words(QStringLiteral("×"), {Role::ink_soft, 1})}, Align::centre);
        x += m.operator_width + gap;
        kernel_at = {x, centred(g.rows.kernel * small)};
        x += g.columns.kernel * small;
    }
    const double between = stacked ? kernel_at.x() + left_wide + m.operator_width
                                   : (input_at.x() + g.columns.in * pitch + kernel_at.x()) / 2;
    const double kernel_right = kernel_at.x() + g.columns.kernel * small;
    draw_input(builder, scene, input_at, pitch, {panel.left() + 8, between - 3});
    draw_kernel(builder, scene, kernel_at, small,
                {stacked ? panel.left() + 8 : between + 3, kernel_right + m.operator_width});

    x += gap;
    builder.label(
        {x + m.operator_width / 2, stacked ? kernel_at.y() + g.rows.kernel * small / 2 : middle},
        scene.text(17), {words(QStringLiteral("="), {Role::ink_soft, 1})}, Align::centre);
    x += m.operator_width + gap;
    const double stamps_middle = (stacked ? kernel_at.y() + g.rows.kernel * small / 2 : middle) +
                                 (fit.rows > 1 ? scene.text(6) : 0);
    const StampPlaces places{QPointF(x, stamps_middle), fit.columns, fit.rows};
    const std::vector<GridFigure> stamps = draw_stamps(builder, scene, places, small);

    const double ruler_wide =
        scene.text(11) * mono_advance * static_cast<double>(std::to_string(g.rows.canvas()).size());
    const Span gap_before_output{stamps.back().rect().right() + 8,
                                 out.x() - std::max(scene.text(22), ruler_wide + 8)};
    if (gap_before_output.width() > 12) {
        const double centre = (gap_before_output.left + gap_before_output.right) / 2;
        const double half = std::min(gap_before_output.width() / 2, 17.0);
        builder.line({centre - half, stamps_middle}, {centre + half, stamps_middle},
                     {Role::ink_faint, 1}, 1.4, Stroke::solid, true);
    }
    const GridFigure output = draw_output(builder, scene, scene.shown, {Grid::full_output, 0}, out,
                                          pitch, under_output(scene, m, panel, out, pitch));
    draw_flight(builder, scene, stamps, output);
    draw_lane_sum(builder, scene, {sum_area(scene, m, panel, out, pitch), false});
}

void draw_slide_lane(Builder& builder, const Scene& scene, const Measures& m, const QRectF& panel,
                     double pitch, bool stacked) {
    const engine::Geometry& g = scene.geometry();
    const bool alone = scene.view.reading == Reading::slide;
    builder.group(QStringLiteral("slide_lane"), Stage::tr("Slide"));
    draw_panel(builder, panel, slide_name(), slide_explanation(scene), scene.options.text_scale);

    const double small = std::max(pitch, m.kernel_pitch);
    const QPointF out = output_origin(scene, m, panel, pitch);
    const double top = panel.top() + m.header;
    const double middle = top + (panel.bottom() - m.caption - top) / 2 + m.ruler / 4;
    const double bordered_wide = g.columns.bordered() * pitch;
    const double left = panel.left() + panel_pad;
    const double spare = std::max(
        0.0, out.x() - m.output_gap - left - bordered_wide - g.columns.kernel * small - 34);
    const QPointF bordered_at{
        left + std::min(spare / 4, 16.0),
        stacked ? top + m.ruler : std::round(middle - g.rows.bordered() * pitch / 2)};
    // Beside the kernel its caption must leave room for the other's.
    const Span under_input{panel.left() + 8, stacked ? out.x() - m.output_gap / 2
                                                     : bordered_at.x() + bordered_wide + 14};
    draw_bordered_input(builder, scene, bordered_at, pitch, under_input);
    draw_output(builder, scene, scene.shown_below, {Grid::slide_output, 0}, out, pitch,
                under_output(scene, m, panel, out, pitch));
    draw_lane_sum(builder, scene, {sum_area(scene, m, panel, out, pitch), true});

    if (stacked) {
        const double under = bordered_at.y() + g.rows.bordered() * pitch + m.caption + 8;
        const QRectF below(left, under, out.x() - m.output_gap - left, panel.bottom() - under - 6);
        const double high = g.rows.kernel * small;
        const double x = bordered_at.x() + (bordered_wide - g.columns.kernel * small) / 2;
        draw_turning_kernel(builder, scene, below, std::round(x),
                            alone ? under + high + scene.text(22) : under, small, alone);
        return;
    }
    const double kernel_left = bordered_at.x() + bordered_wide;
    const double room = out.x() - m.output_gap * 0.6 - kernel_left;
    const double kernel_x = kernel_left + (room - g.columns.kernel * small) / 2;
    const QRectF column(kernel_left + 14, top, room - 28, panel.bottom() - top - 6);
    draw_turning_kernel(builder, scene, column, std::round(kernel_x), middle, small, alone);
}

constexpr double readable_kernel_pitch = 22;
/// With large text cells are at least this wide, and at most so wide as the picture grows for it.
constexpr double readable_pitch = 15;
constexpr double comfortable_pitch = 20;

/// How a lane, or both, are laid out.
struct Arrangement {
    Measures measures;
    LaneNeeds needs;
    bool stacked = false;
    double pitch = 0;
};

/// One lane in a room of this width and height: what makes its cells largest.
Arrangement best_arrangement(const Scene& scene, StampBlock stamps, double width, double height,
                             bool may_stand_below, bool tight) {
    const bool slides = scene.view.reading == Reading::slide;
    std::optional<Arrangement> best;
    for (const bool below : {false, true}) {
        for (const bool stacked : {false, true}) {
            if ((slides && stacked) || (below && !may_stand_below)) continue;
            Measures measures(scene, width, tight);
            measures.sum_below = below;
            const auto needs_now = [&] {
                return slides ? slide_needs(scene, measures, false)
                              : stamp_needs(scene, measures, stamps, stacked);
            };
            LaneNeeds needs = needs_now();
            double pitch = needs.pitch(width, height);
            // The kernel may keep a legible size, but no more than the lane is high anyway.
            const double lane_high = needs.cells_high * pitch;
            const double legible =
                std::min(scene.text(readable_kernel_pitch),
                         lane_high / ((slides ? 2.0 : 1.0) * scene.geometry().rows.kernel + 1.0));
            if (pitch < legible) {
                measures.kernel_pitch = legible;
                const LaneNeeds readable = needs_now();
                if (readable.pitch(width, height) >= 0.6 * pitch) {
                    needs = readable;
                    pitch = needs.pitch(width, height);
                } else {
                    measures.kernel_pitch = 0;
                }
            }
            // The plain row reads as an equation: leave it only for clearly larger cells.
            const double worth = stacked ? 1.25 : 1.08;
            if (!best || pitch > worth * best->pitch)
                best = Arrangement{measures, needs, stacked, pitch};
        }
    }
    return *best;
}

/// Where text is large, a picture that would squeeze its numbers grows beyond the room's height instead and is
/// scrolled: the arrangement whose cells are widest.
Arrangement tall_arrangement(const Scene& scene, StampBlock stamps, double width) {
    const Reading reading = scene.view.reading;
    std::optional<Arrangement> best;
    for (const bool stacked : {false, true}) {
        for (const bool below : {false, true}) {
            Measures measures(scene, width, false);
            measures.sum_below = below;
            LaneNeeds stamp = stamp_needs(scene, measures, stamps, stacked);
            LaneNeeds slide = slide_needs(scene, measures, stacked);
            if (below) {  // the sum may be wider than the output it stands under
                const double least = scene.geometry().columns.canvas() * scene.text(readable_pitch);
                const double wider = std::max(0.0, measures.sum_width - least);
                stamp.fixed_wide += wider;
                slide.fixed_wide += wider;
            }
            const double endless = std::numeric_limits<double>::max();
            const double stamp_pitch = stamp.pitch(width, endless);
            const double slide_pitch = slide.pitch(width, endless);
            const double pitch = std::min({reading == Reading::slide ? endless : stamp_pitch,
                                           reading == Reading::stamp ? endless : slide_pitch,
                                           scene.text(comfortable_pitch)});
            if (!best || pitch > 1.1 * best->pitch) {
                best = Arrangement{measures, reading == Reading::slide ? slide : stamp, stacked,
                                   pitch};
            }
        }
    }
    return *best;
}

}  // namespace

void draw_transpose(Builder& builder, const Scene& scene, const QRectF& area) {
    const double ts = scene.options.text_scale;
    const int most = engine::most_inputs_reaching(scene.geometry().rows) *
                     engine::most_inputs_reaching(scene.geometry().columns);
    const StampBlock stamps = stamps_that_fit(scene, most);
    const Reading reading = scene.view.reading;
    const bool both = reading == Reading::why_equal;

    const double strip = coverage_height(scene, area.width());
    bool with_coverage = area.height() - strip >= (both ? 420 : 330) * ts;
    const double height = area.height() - (with_coverage ? strip + panel_gap : 0);
    const bool tight = height < (both ? 440 : 250) * ts;

    Arrangement lanes =
        best_arrangement(scene, stamps, area.width(), both ? height * 0.46 : height, !both, tight);
    LaneNeeds slide = slide_needs(scene, lanes.measures, false);
    if (both) {
        const double by_height = (height - panel_gap - lanes.needs.fixed_high - slide.fixed_high) /
                                 (lanes.needs.cells_high + slide.cells_high);
        lanes.pitch = std::min(
            {by_height, lanes.needs.pitch(area.width(), 1e9), slide.pitch(area.width(), 1e9)});
    }
    bool slide_stacked = false;
    if (ts > 1 && lanes.pitch < scene.text(readable_pitch)) {
        const Arrangement tall = tall_arrangement(scene, stamps, area.width());
        if (tall.pitch > lanes.pitch) {
            lanes = tall;
            with_coverage = true;
            slide_stacked = tall.stacked;
            slide = slide_needs(scene, lanes.measures, slide_stacked);
        }
    }
    lanes.pitch = std::min(lanes.pitch, (both ? 36 : 48) * ts);
    const double pitch =
        lanes.pitch >= 8 ? std::floor(lanes.pitch) : std::max(lanes.pitch, smallest_pitch);
    const Measures& m = lanes.measures;

    QRectF panel(area.left(), area.top(), area.width(),
                 std::max(height, lanes.needs.height(pitch)));
    if (both) {
        const double spare =
            std::max(0.0, height - panel_gap - lanes.needs.height(pitch) - slide.height(pitch));
        panel.setHeight(lanes.needs.height(pitch) + spare / 2);
    }
    if (reading != Reading::slide)
        draw_stamp_lane(builder, scene, m, panel, pitch, stamps, lanes.stacked);
    if (both) {
        const double spare = panel.height() - lanes.needs.height(pitch);
        panel = QRectF(area.left(), panel.bottom() + panel_gap, area.width(),
                       slide.height(pitch) + spare);
    }
    if (reading != Reading::stamp) draw_slide_lane(builder, scene, m, panel, pitch, slide_stacked);
    if (both) {
        draw_threads(builder, scene,
                     panel_head_words(panel, slide_name(), slide_explanation(scene), ts),
                     m.sum_below ? panel.top() - panel_gap : 0);
    }

    double bottom = panel.bottom();
    if (with_coverage) {
        draw_coverage(builder, scene, QRectF(area.left(), bottom + panel_gap, area.width(), strip));
        bottom += panel_gap + strip;
    }
    if (bottom > area.bottom()) {
        QSizeF& size = builder.diagram().size;
        size.setHeight(size.height() + bottom - area.bottom());
    }
}

}  // namespace ui::diagram
