// SPDX-License-Identifier: MIT
// DepthToSpace: the channels of a cell move into a block of cells.
#include <algorithm>
#include <cmath>

#include "ui/diagram/readings/upsampling.h"

namespace ui::diagram {

using engine::Cell;
using engine::DepthToSpace;

namespace {

/// Blocks too large to be played are shown on a card.
bool is_rearranged(const engine::LayerSpec& spec) {
    return std::holds_alternative<DepthToSpace>(spec) && engine::has_trace(spec);
}

constexpr engine::Reading::Steps steps{
    [](const engine::Geometry& g) -> std::vector<engine::Segment> {
        return {{engine::Phase::accumulate, g.rows.in * g.columns.in, engine::Domain::input_cell,
                 g.columns.in}};
    }};

const DepthToSpace& layer_of(const Scene& scene) { return std::get<DepthToSpace>(scene.spec); }

QString mode_name(engine::DepthMode mode) {
    const std::string_view name =
        engine::name_of(engine::choice_names(mode), static_cast<int>(mode));
    return QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
}

/// The one number that moves into an output cell.
engine::Tap move_into(const Scene& scene, Cell output) {
    for (const engine::Tap& tap : scene.trace.taps_into(output))
        if (tap.weight != 0) return tap;
    return {};
}

/// The numbers that move from an input cell, in the reading order of the block.
std::vector<engine::Tap> moves_from(const Scene& scene, Cell input) {
    std::vector<engine::Tap> moves;
    for (const engine::Tap& tap : scene.trace.taps_from(input))
        if (tap.weight != 0) moves.push_back(tap);
    return moves;
}

/// "(1 × 2 + 0) × 2 + 1", as the mode counts the channels of a cell.
QString counted(const Scene& scene, Cell in_block) {
    const DepthToSpace& layer = layer_of(scene);
    const int filters = scene.layer.geometry.output.channels();
    const int filter = scene.view.filter;
    return layer.mode == engine::DepthMode::dcr ? Stage::tr("(%1 × %2 + %3) × %4 + %5")
                                                      .arg(in_block.row)
                                                      .arg(layer.block_size)
                                                      .arg(in_block.column)
                                                      .arg(filters)
                                                      .arg(filter)
                                                : Stage::tr("(%1 × %2 + %3) × %2 + %4")
                                                      .arg(filter)
                                                      .arg(layer.block_size)
                                                      .arg(in_block.row)
                                                      .arg(in_block.column);
}

QString channel_list(const Scene& scene) {
    constexpr std::size_t most = 9;
    const std::vector<int>& channels = scene.trace.channels();
    QStringList names;
    for (const int channel : channels) names << QString::number(channel);
    if (channels.size() > most) names = {names[0], names[1], QStringLiteral("…"), names.last()};
    return names.join(QStringLiteral(", "));
}

Heading heading_of_output(const Scene& scene, Cell output) {
    const engine::Tap move = move_into(scene, output);
    const bool there = scene.shown.visited_at(output.row, output.column);
    return {(there ? Stage::tr("%1 %4, taken from %2, channel %3")
                   : Stage::tr("%1 will be %4, taken from %2, channel %3"))
                .arg(scene.name_of(output), Scene::name_of_input(move.input))
                .arg(scene.channel_number(move.channel))
                .arg(there ? equals_number(move.value) : said_number(move.value)),
            Stage::tr("Row %1, column %2 of its block takes channel %3 = %4 in mode %5.")
                .arg(move.kernel.row)
                .arg(move.kernel.column)
                .arg(counted(scene, move.kernel))
                .arg(scene.channel_number(move.channel))
                .arg(mode_name(layer_of(scene).mode))};
}

Heading heading_of_input(const Scene& scene, Cell input) {
    const int block = layer_of(scene).block_size;
    return {Stage::tr("%1: %n channel(s) become a block of %2", nullptr,
                      static_cast<int>(scene.trace.channels().size()))
                .arg(Scene::name_of_input(input), size_text(block, block)),
            Stage::tr("Channels %1 go to the block in reading order; nothing is computed.")
                .arg(channel_list(scene))};
}

Heading heading(const Scene& scene) {
    if (scene.spot.by != Spot::By::pin) {  // which has its own line
        if (scene.spot.output) return heading_of_output(scene, *scene.spot.output);
        if (scene.spot.input) return heading_of_input(scene, *scene.spot.input);
    }
    const engine::Geometry& geometry = scene.layer.geometry;
    const bool tensorflow = layer_of(scene).mode == engine::DepthMode::dcr;
    return {Stage::tr("%1, and %n channel(s) become %2", nullptr, geometry.input.channels())
                .arg(growth_text(scene.geometry()))
                .arg(geometry.output.channels()),
            tensorflow ? Stage::tr("Every number moves, none changes. Mode DCR is "
                                   "tf.nn.depth_to_space; PyTorch’s PixelShuffle is CRD.")
                       : Stage::tr("Every number moves, none changes. Mode CRD is PyTorch’s "
                                   "PixelShuffle; tf.nn.depth_to_space is DCR.")};
}

/// Where everything stands: the channels' maps lie as their numbers will in every block.
struct Layout {
    double pitch = 0;
    double gap = 0, label = 0;  ///< between two maps; above each
    QPointF maps, output;
    Span arrow, output_caption;
    double middle = 0;
    QPointF map_at(const engine::Geometry& g, int row, int column) const {
        return {maps.x() + column * (g.columns.in * pitch + gap),
                maps.y() + row * (g.rows.in * pitch + gap + label) + label};
    }
};

Layout solve(const Scene& scene, const QRectF& room, double header) {
    constexpr double pad = 18;
    const engine::Geometry& g = scene.geometry();
    const int block = layer_of(scene).block_size;
    const double ruler = scene.text(18);
    const double caption = scene.text(28);
    Layout layout;
    layout.gap = scene.text(10);
    layout.label = scene.text(18);
    const double arrow = 84;
    const double wide = room.width() - 2 * pad - arrow - ruler - (block - 1) * layout.gap;
    const double high = room.height() - header - caption -
                        std::max(ruler, block * layout.label + (block - 1) * layout.gap) - 10;
    const double pitch = std::min(
        {wide / (2.0 * block * g.columns.in), high / (1.0 * block * g.rows.in), scene.text(54)});
    layout.pitch = pitch >= 8 ? std::floor(pitch) : std::max(pitch, smallest_pitch);

    const double maps_wide = block * g.columns.in * layout.pitch + (block - 1) * layout.gap;
    const double maps_high =
        block * (g.rows.in * layout.pitch + layout.label) + (block - 1) * layout.gap;
    const double out_wide = g.columns.out * layout.pitch;
    const double out_high = g.rows.out * layout.pitch;
    const double spare =
        std::max(0.0, room.width() - 2 * pad - arrow - ruler - maps_wide - out_wide);
    layout.middle = room.top() + header + (room.height() - header - caption) / 2;
    layout.maps = {std::round(room.left() + pad + spare / 3),
                   std::round(layout.middle - maps_high / 2)};
    layout.output = {std::round(room.right() - pad - spare / 3 - out_wide),
                     std::round(layout.middle - out_high / 2 + ruler / 2)};
    layout.arrow = {layout.maps.x() + maps_wide + 16, layout.output.x() - ruler - 16};
    layout.output_caption = {layout.arrow.right, room.right() - 8};
    return layout;
}

GridFigure draw_channel(Builder& builder, const Scene& scene, int channel, QPointF at,
                        double pitch) {
    const engine::Geometry& g = scene.geometry();
    const engine::Tensor& input = scene.trace.input();
    GridFigure figure = grid_at({Grid::input, 1 + scene.channel_number(channel)},
                                Stage::tr("input, %1").arg(scene.channel_name(channel)), g.rows.in,
                                g.columns.in, at, pitch);
    figure.editable = scene.is_editable_input();
    figure.text_columns = scene.output_characters(pitch);
    const Shade shade(input.values());
    figure.greatest = shade.greatest();
    if (figure.is_image()) figure.source = CellSource(MapNumbers{input, channel});
    // Of an output cell only the channel that it takes.
    std::optional<Cell> lit = scene.spot.input;
    if (scene.spot.output) {
        const engine::Tap move = move_into(scene, *scene.spot.output);
        if (move.channel == channel) lit = move.input;
    }
    figure.lit = lit ? cells_around({*lit}) : QRect();
    figure.shade = [&](int row, int column) { return shade(input.at(row, column, channel)); };
    figure.look = [&](int row, int column) {
        const bool on = lit && *lit == Cell{row, column};
        const float value = input.at(row, column, channel);
        CellLook look;
        figure.say(look, value);
        look.ink = {Role::input_text, 1};
        look.fill = {Role::input_fill, 1};
        look.line = {Role::input_line, on ? 1 : 0.75};
        look.line_width = on ? 2.2 : 1;
        look.weight = on ? FontWeight::bold : FontWeight::regular;
        return look;
    };
    builder.label({figure.rect().left(), at.y() - scene.text(9)}, scene.text(11),
                  {words(scene.channel_name(channel), {lit ? Role::input_text : Role::ink_soft, 1},
                         lit ? FontWeight::semibold : FontWeight::regular)},
                  Align::left, std::max(figure.rect().width(), scene.text(60)));
    draw_grid(builder, figure);
    return figure;
}

/// Numbers on their way from their channels to their block.
void draw_flight(Builder& builder, const Scene& scene, const std::vector<GridFigure>& maps,
                 const GridFigure& output) {
    if (!scene.is_under_way() || scene.spot.is_chosen() || scene.active.segment < 0) return;
    if (output.is_image()) return;
    builder.group(QStringLiteral("flight"), Stage::tr("Numbers on their way"));
    const double way = std::clamp((scene.progress - 0.25) / 0.75, 0.0, 1.0);
    const int characters = scene.output_characters(output.pitch_x);
    for (const engine::Tap& move : moves_from(scene, scene.active.cell)) {
        const QRectF from = maps[static_cast<std::size_t>(move.channel)].cell_rect(
            move.input.row, move.input.column);
        const QRectF to = output.cell_rect(move.output.row, move.output.column);
        const QRectF rect(from.topLeft() + (to.topLeft() - from.topLeft()) * way, to.size());
        builder.add(Box{
            rect, {Role::input_fill, 0.9}, {Role::input_line, 0.9}, 1, 4, Stroke::solid, false});
        draw_moving_number(builder, rect, move.value, characters, {Role::input_text, 1});
    }
}

void draw(Builder& builder, const Scene& scene, const QRectF& area) {
    builder.group(QStringLiteral("depth_lane"), Stage::tr("DepthToSpace"));
    const engine::Geometry& g = scene.geometry();
    const int block = layer_of(scene).block_size;
    const QString name = Stage::tr("DepthToSpace");
    const QString explanation =
        Stage::tr("the channels of a cell become a block of %1 × %1; there is nothing to learn")
            .arg(block);
    const double ts = scene.options.text_scale;
    const double header = scene.text(40) + panel_head_growth(name, explanation, area.width(), ts);
    draw_panel(builder, area, name, explanation, ts);
    const Layout layout = solve(scene, area, header);

    builder.group(QStringLiteral("channels"), Stage::tr("Channels of the input"));
    std::vector<GridFigure> maps;
    maps.reserve(static_cast<std::size_t>(block) * static_cast<std::size_t>(block));
    for (int channel = 0; channel < block * block; ++channel)
        maps.push_back(draw_channel(builder, scene, channel,
                                    layout.map_at(g, channel / block, channel % block),
                                    layout.pitch));
    if (layout.arrow.width() > 14) {
        const double centre = (layout.arrow.left + layout.arrow.right) / 2;
        const double half = std::min(layout.arrow.width() / 2, 26.0);
        builder.line({centre - half, layout.middle}, {centre + half, layout.middle},
                     {Role::ink_faint, 1}, 1.6, Stroke::solid, true);
    }
    const GridFigure output =
        draw_output(builder, scene, layout.output, layout.pitch, layout.output_caption,
                    [&](CellLook& look, Cell cell) {
                        const bool lit = scene.targets.contains(cell) ||
                                         (scene.spot.output && *scene.spot.output == cell);
                        if (!lit) return;
                        const engine::Tap move = move_into(scene, cell);
                        look.tag = QString::number(scene.channel_number(move.channel));
                    });
    draw_flight(builder, scene, maps, output);
}

}  // namespace

extern const ReadingDefinition rearrange_reading;
constinit const ReadingDefinition rearrange_reading{
    .applies_to = is_rearranged,
    .steps = engine::Reading(steps),
    .linear_part_name = QT_TRANSLATE_NOOP("Stage", "Rearrange"),
    .heading = heading,
    .draw = draw,
    .shows_every_channel = true,
};

}  // namespace ui::diagram
