// SPDX-License-Identifier: MIT
#include "ui/diagram/stage.h"

#include <algorithm>

#include "engine/layers/layer_definition.h"
#include "ui/diagram/lit.h"
#include "ui/diagram/overlay.h"
#include "ui/diagram/pin.h"
#include "ui/diagram/readings.h"
#include "ui/diagram/sentences.h"

namespace ui::diagram {

using engine::Phase;

namespace {

constexpr double margin = 14;
constexpr double narrowest = 560;
constexpr double lowest = 380;
constexpr double lowest_of_two = 240;
/// Large text stays legible at this scale.
constexpr double large_text_scale = 0.8;

std::size_t focus_of(const View& view) { return static_cast<std::size_t>(view.focus); }

/// Title and subtitle, the latter in as many lines as it needs; returns the height they take. While
/// a cell is pinned, or something beside the picture is pointed at, the second line is about that:
/// the picture stays where it is.
double draw_heading(Builder& builder, const Heading& heading, const QString& pointed,
                    double text_scale, bool is_low) {
    builder.group(QStringLiteral("heading"), Stage::tr("Heading"));
    const double width = builder.diagram().size.width() - 2 * margin;
    // A title is large already: it grows less than the text, 32 where that doubles; and what is
    // white around it does not grow.
    const double title_size = (24 - 4 * text_scale) * text_scale;
    const double size = 12.5 * text_scale;
    const double title_middle = 14 + 0.55 * title_size;
    const double second_middle = title_middle + title_size / 2 + 7.75 + size / 2;
    // Large text is broken instead of shrunk, with room for a usual subtitle so that the picture
    // stands still; where height is short the picture has that room.
    const bool broken = text_scale > 1 && !is_low;
    const auto growth = [&](const QString& text, double em, double line_size, qsizetype usual) {
        const QString longest = text.leftJustified(usual);
        return broken ? (lines_of(longest, em, width) - 1) * line_spacing * line_size : 0;
    };
    const double more_title = growth(heading.title, title_size, title_size, 0);
    std::optional<Pin>& pin = builder.diagram().pin;
    const QString usual = pin ? pin->text : heading.subtitle;
    const QString second = pointed.isEmpty() ? usual : pointed;
    const double more = growth(usual, size, size, 90);
    builder.label({margin + 2, title_middle}, title_size,
                  {words(heading.title, {Role::ink, 1}, FontWeight::bold)}, Align::left, width,
                  broken);
    QPointF at{margin + 2, second_middle + more_title};
    if (pin) {
        const double side = 15 * text_scale;
        pin->handle = {at.x(), at.y() - side / 2, side, side};
        draw_pin_head(builder, pin->handle.center(), 0.3 * side);
        at += {side + 6 * text_scale, 0};
    }
    const bool plain = !pin && pointed.isEmpty();
    builder.label(at, size, {words(second, {plain ? Role::ink_soft : Role::ink, 1})}, Align::left,
                  margin + 2 + width - at.x(), broken);
    builder.group(QStringLiteral("stage"), {});
    return second_middle + size / 2 + 6.75 + more_title + more;
}

}  // namespace

double sum_column_width(double room, double text_scale) {
    return text_scale * std::clamp(room * 0.2, 130.0, 200.0);
}

void draw_panel(Builder& builder, const QRectF& rect, const QString& name,
                const QString& explanation, double text_scale) {
    builder.add(Box{rect, {Role::panel, 1}, {Role::panel_line, 1}, 1, 10, Stroke::solid, false});
    builder.label({rect.left() + 16, rect.top() + 13.75 + 6.25 * text_scale}, 12.5 * text_scale,
                  {words(name, {Role::ink, 1}, FontWeight::bold),
                   words(QStringLiteral("   ") + explanation, {Role::ink_soft, 1})},
                  Align::left, rect.width() - 32, true);
}

double panel_head_growth(const QString& name, const QString& explanation, double width,
                         double text_scale) {
    const double size = 12.5 * text_scale;
    const int lines = lines_of(name + QStringLiteral("   ") + explanation, size, width - 32);
    return (lines - 1) * line_spacing * size;
}

Diagram build_stage(const engine::Lesson& lesson, const engine::Run& run, const View& view,
                    const StageOptions& options, const engine::Trace* kept) {
    const View valid = clamped(view, lesson, run);
    // White and grids need not grow with the text.
    const double least = (options.alone ? lowest : lowest_of_two) * (1 + options.text_scale) / 2;
    const QSizeF size(std::max(options.size.width(), narrowest),
                      std::max(options.size.height(), least));
    Builder builder(size);
    builder.diagram().least_scale =
        std::min(large_text_scale, builder.diagram().least_scale * options.text_scale);

    builder.diagram().digits = valid.digits;

    const Scene scene = make_scene(lesson, run, valid, options, kept);
    const std::optional<Overlay> overlay = overlay_of(scene);
    const Heading heading = overlay ? overlay->heading : scene.reading.heading(scene);
    if (!overlay) builder.diagram().pin = pin_of(scene);
    const double top = draw_heading(builder, heading, valid.pointed.sentence, options.text_scale,
                                    options.size.height() < least) +
                       4;
    const QRectF area(margin, top, size.width() - 2 * margin, size.height() - top - margin);
    if (overlay)
        draw_overlay(builder, scene, *overlay, area);
    else
        scene.reading.draw(builder, scene, area);

    draw_lit(builder, valid.pointed.lit);
    draw_pin(builder, scene);
    Diagram& diagram = builder.diagram();
    diagram.title = heading.title;
    diagram.description = heading.subtitle;
    if (diagram.pin) diagram.description += QStringLiteral(" ") + diagram.pin->text;
    if (!valid.pointed.sentence.isEmpty())
        diagram.description += QStringLiteral(" ") + valid.pointed.sentence;
    return std::move(diagram);
}

engine::Trace trace_of(const engine::Lesson& lesson, const engine::Run& run, const View& view) {
    const View valid = clamped(view, lesson, run);
    const engine::LayerRun& layer = run.layers[focus_of(valid)];
    const engine::LayerSpec& spec = lesson.layers[focus_of(valid)].spec;
    return engine::Trace(spec, layer.geometry, layer.weights, layer.input, valid.filter,
                         reading_of(spec, valid.reading).steps);
}

engine::Timeline timeline_of(const engine::Layer& layer, const engine::Geometry& geometry,
                             const View& view) {
    return {layer.spec, geometry, reading_of(layer.spec, view.reading).steps,
            engine::bias_of(layer.weights, layer.spec, geometry, view.filter)};
}

View clamped(View view, const engine::Lesson& lesson, const engine::Run& run) {
    view.focus = std::clamp(view.focus, 0, static_cast<int>(run.layers.size()) - 1);
    return clamped(view, lesson.layers[focus_of(view)], run.layers[focus_of(view)].geometry);
}

View clamped(View view, const engine::Layer& layer, const engine::Geometry& geometry) {
    const engine::LayerSpec& spec = layer.spec;
    const auto channels = [](const engine::Shape& shape) {
        return shape.rank() == 3 ? shape.channels() : 1;
    };
    view.filter = std::clamp(view.filter, 0, channels(geometry.output) - 1);
    const auto filter_channels = engine::definition_of(spec).filter_channels;
    const int inputs = filter_channels ? filter_channels(spec, geometry) : channels(geometry.input);
    view.channel = std::clamp(view.channel, 0, inputs - 1);
    const int last = timeline_of(layer, geometry, view).step_count();
    if (view.moment.step >= last) view.moment = {last, 0};
    if (view.moment.step < 0) view.moment = {};
    if (view.pinned &&
        (view.pinned->row < 0 || view.pinned->column < 0 || view.pinned->grid.index < 0))
        view.pinned.reset();
    return view;
}

QString phase_name(Phase phase, const engine::LayerSpec& spec, engine::Reading reading) {
    switch (phase) {
        case Phase::insert_zeros:
            return Stage::tr("Insert zeros");
        case Phase::pad_border:
            return Stage::tr("Border");
        case Phase::turn_kernel:
            return Stage::tr("Turn");
        case Phase::accumulate:
            return Stage::tr(reading_of(spec, reading).linear_part_name);
        case Phase::one_input:
            return Stage::tr("One input");
        case Phase::add_inputs:
            return Stage::tr("Add inputs");
        case Phase::one_output:
            return Stage::tr("One output");
        case Phase::add_bias:
            return Stage::tr("Bias");
        case Phase::activate:
            return Stage::tr("Activation");
        case Phase::crop:
            return Stage::tr("Crop");
    }
    return {};
}

namespace {

/// What the crop makes of the full output.
QString crop_counter(const engine::Geometry& g, bool under_way) {
    const bool cuts = g.rows.crop_before > 0 || g.rows.crop_after > 0 ||
                      g.columns.crop_before > 0 || g.columns.crop_after > 0;
    const bool appends = g.rows.crop_after < 0 || g.columns.crop_after < 0;
    const QString text = !appends    ? under_way ? Stage::tr("keeping %1") : Stage::tr("%1 kept")
                            : cuts ? under_way ? Stage::tr("cutting and appending to %1")
                                               : Stage::tr("cut and appended to %1")
                            : under_way ? Stage::tr("appending to %1")
                                     : Stage::tr("appended to %1");
    return text.arg(size_text(g.rows.out, g.columns.out));
}

}  // namespace

QString counter_text(const engine::Timeline& timeline, const engine::Geometry& g, Moment moment) {
    const bool under_way = moment.progress > 0 && moment.step < timeline.step_count();
    const engine::Position at = timeline.at(under_way ? moment.step + 1 : moment.step);
    if (timeline.step_count() == 0) return {};
    if (at.segment < 0) return Stage::tr("%n step(s)", nullptr, timeline.step_count());
    const engine::Segment& segment = timeline.segments()[static_cast<std::size_t>(at.segment)];
    const auto counted = [&](const QString& words) {
        return words.arg(at.index + 1).arg(segment.count);
    };
    const bool is_cropped = std::ranges::find(timeline.segments(), Phase::crop,
                                              &engine::Segment::phase) != timeline.segments().end();
    switch (segment.domain) {
        case engine::Domain::input_cell:
            return counted(Stage::tr("input %1 of %2"));
        case engine::Domain::output_cell:
            return counted(is_cropped ? Stage::tr("full output %1 of %2")
                                      : Stage::tr("output %1 of %2"));
        case engine::Domain::tap:
            return counted(Stage::tr("weight %1 of %2"));
        case engine::Domain::whole:
            break;
    }
    switch (at.phase) {
        case Phase::accumulate:
        case Phase::one_input:
        case Phase::add_inputs:
        case Phase::one_output:
            break;
        case Phase::insert_zeros:
            if (g.rows.stretched() == g.rows.in && g.columns.stretched() == g.columns.in)
                return Stage::tr("no zeros inserted");
            return under_way ? Stage::tr("inserting zeros") : Stage::tr("zeros inserted");
        case Phase::pad_border:
            if (!engine::has_border(g)) return Stage::tr("no border");
            return under_way ? Stage::tr("adding a border") : Stage::tr("border added");
        case Phase::turn_kernel:
            return under_way ? Stage::tr("turning the kernel") : Stage::tr("kernel turned");
        case Phase::add_bias:
            return under_way ? Stage::tr("adding the bias") : Stage::tr("bias added");
        case Phase::activate:
            return under_way ? Stage::tr("applying the activation")
                             : Stage::tr("activation applied");
        case Phase::crop:
            return crop_counter(g, under_way);
    }
    return {};
}

QString step_sentence(const engine::Lesson& lesson, const engine::Run& run, const View& view) {
    const View valid = clamped(view, lesson, run);
    const Scene scene = make_scene(lesson, run, valid, {});
    const Heading heading = scene.reading.heading(scene);
    if (scene.trace.step_count() == 0) return heading.title;
    const std::optional<Pin> pin = pin_of(scene);
    return heading.title + QStringLiteral(". ") + heading.subtitle +
           (pin ? QStringLiteral(" ") + pin->text : QString());
}

}  // namespace ui::diagram
