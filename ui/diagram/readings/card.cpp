// SPDX-License-Identifier: MIT
// A layer that nobody reads in another way, as a card: shapes, parameters and, where they have
// values, its feature maps.
#include <algorithm>
#include <cmath>

#include "engine/layers/formula.h"
#include "engine/models/summary.h"
#include "ui/diagram/scene.h"
#include "ui/diagram/sentences.h"

namespace ui::diagram {

namespace {

QString text_of(const std::string& text) { return QString::fromStdString(text); }

/// Shade of a value between the tensor's least and greatest.
struct Range {
    double low = 0, high = 1;
    explicit Range(std::span<const float> values) {
        if (values.empty()) return;
        const auto [least, greatest] = std::ranges::minmax(values);
        low = static_cast<double>(least);
        high = static_cast<double>(greatest);
    }
    double shade(float value) const {
        return high > low ? 0.06 + 0.94 * (static_cast<double>(value) - low) / (high - low) : 0.4;
    }
};

/// The first numbers of a vector, row by row.
struct VectorNumbers {
    engine::Tensor vector;
    int columns = 1;
    int shown = 0;
    Spoken at(int row, int column) const {
        const int i = row * columns + column;
        return i < shown ? Spoken(vector.at(i)) : Spoken();
    }
    bool operator==(const VectorNumbers&) const = default;
};

CellLook look_of(const GridFigure& figure, float value) {
    CellLook look;
    figure.say(look, value);
    const bool input = figure.tint == Role::input_line;
    look.fill = {input ? Role::input_fill : Role::output_fill, 1};
    look.line = {input ? Role::input_line : Role::output_line, 0.75};
    look.ink = {input ? Role::input_text : Role::output_text, 1};
    return look;
}

void draw_vector(Builder& builder, const engine::Tensor& vector, GridRef ref, const QString& name,
                 Role tint, const QRectF& area) {
    const int count = vector.shape()[0];
    constexpr int most = 4096;
    const int shown = std::min(count, most);
    const int columns = std::clamp(
        static_cast<int>(std::ceil(std::sqrt(shown * area.width() / std::max(area.height(), 1.0)))),
        1, shown);
    const int rows = (shown + columns - 1) / columns;
    const double pitch = std::min({area.width() / columns, area.height() / rows, 36.0});
    GridFigure figure = grid_at(ref, name, rows, columns, area.topLeft(), pitch);
    figure.tint = tint;
    const Range range(vector.values());
    figure.look = [&](int row, int column) {
        const int i = row * columns + column;
        if (i >= shown) return CellLook{};
        return look_of(figure, vector.at(i));
    };
    figure.greatest = Shade(vector.values()).greatest();
    if (figure.is_image()) figure.source = CellSource(VectorNumbers{vector, columns, shown});
    figure.shade = [&](int row, int column) {
        const int i = row * columns + column;
        return i < shown ? range.shade(vector.at(i)) : 0.0;
    };
    draw_grid(builder, figure);
}

/// The first channels side by side, each as large as fits.
void draw_maps(Builder& builder, const engine::Tensor& map, Role tint, int first_index,
               const QRectF& area) {
    const engine::Shape& shape = map.shape();
    constexpr int most = 8;
    const int shown = std::min(shape.channels(), most);
    const Range range(map.values());
    const double greatest = Shade(map.values()).greatest();
    const double gap = 12;
    int columns = std::min(shown, 4);
    const auto pitch_for = [&](int per_row) {
        const int rows = (shown + per_row - 1) / per_row;
        return std::min({(area.width() - gap * (per_row - 1)) / per_row / shape.width(),
                         (area.height() - gap * (rows - 1)) / rows / shape.height(), 36.0});
    };
    for (int candidate = 1; candidate <= shown; ++candidate) {
        if (pitch_for(candidate) > pitch_for(columns)) columns = candidate;
    }
    const double pitch = std::max(pitch_for(columns), smallest_pitch);
    for (int c = 0; c < shown; ++c) {
        const int map_row = c / columns;
        const QPointF at(area.left() + (c % columns) * (shape.width() * pitch + gap),
                         area.top() + map_row * (shape.height() * pitch + gap));
        GridFigure figure = grid_at({Grid::feature_map, first_index + c},
                                    Stage::tr("feature map, channel %1").arg(c), shape.height(),
                                    shape.width(), at, pitch);
        figure.tint = tint;
        figure.look = [&](int row, int column) { return look_of(figure, map.at(row, column, c)); };
        figure.greatest = greatest;
        if (figure.is_image()) figure.source = CellSource(MapNumbers{map, c});
        figure.shade = [&](int row, int column) { return range.shade(map.at(row, column, c)); };
        draw_grid(builder, figure);
    }
}

void draw_tensor(Builder& builder, const engine::Tensor& tensor, const QString& title, Role tint,
                 int first_index, const QRectF& area, double ts) {
    builder.label({area.left(), area.top() + 10 * ts}, 12.5 * ts,
                  {words(title + QStringLiteral("  "), {Role::ink, 1}, FontWeight::bold),
                   digits(text_of(engine::keras_shape(tensor.shape())), {Role::ink_soft, 1})},
                  Align::left, area.width());
    QRectF inner = area.adjusted(0, 30 * ts, 0, 0);
    const int rank = tensor.shape().rank();
    if (rank == 3 && tensor.shape().channels() > 8) {
        builder.label({area.left(), area.top() + 28 * ts}, 11 * ts,
                      {words(Stage::tr("the first 8 of %1 channels").arg(tensor.shape().channels()),
                             {Role::ink_soft, 1})});
        inner.setTop(inner.top() + 14 * ts);
    }
    if (rank == 1)
        draw_vector(builder, tensor, {Grid::feature_map, first_index}, title, tint, inner);
    if (rank == 3) draw_maps(builder, tensor, tint, first_index, inner);
}

Heading heading(const Scene& scene) {
    const engine::Geometry& geometry = scene.layer.geometry;
    return {
        Stage::tr("%1: %2 becomes %3")
            .arg(text_of(engine::class_name(scene.spec)),
                 text_of(engine::keras_shape(geometry.input)),
                 text_of(engine::keras_shape(geometry.output))),
        Stage::tr("The first size is the batch; None stands for any number of inputs at once.")};
}

void draw(Builder& builder, const Scene& scene, const QRectF& area) {
    const engine::LayerSpec& spec = scene.spec;
    const engine::LayerRun& layer = scene.layer;
    const double ts = scene.options.text_scale;
    builder.group(QStringLiteral("card"), Stage::tr("Layer"));
    const engine::ParameterCount count = engine::parameter_count(spec, layer.geometry);
    draw_panel(builder, area, text_of(engine::class_name(spec)),
               count.total == 0 ? Stage::tr("nothing to learn")
               : count.total == 1
                   ? Stage::tr("1 parameter")
                   : Stage::tr("%1 parameters").arg(text_of(engine::with_thousands(count.total))),
               ts);
    const double half = (area.width() - 32 - 70) / 2;
    const double top = area.top() + 56 * ts;
    const double bottom = area.bottom() - 20 * ts;
    const QRectF left(area.left() + 16, top, half, bottom - top - 30 * ts);
    const QRectF right(area.right() - 16 - half, top, half, bottom - top - 30 * ts);
    builder.group(QStringLiteral("input"), Stage::tr("Input"));
    draw_tensor(builder, layer.input, Stage::tr("input"), Role::input_line, 0, left, ts);
    builder.line({left.right() + 18, top + 11 * ts}, {right.left() - 18, top + 11 * ts},
                 {Role::ink_faint, 1}, 1.6, Stroke::solid, true);
    builder.group(QStringLiteral("output"), Stage::tr("Output"));
    draw_tensor(builder, layer.output, Stage::tr("output"), Role::output_strong, 100, right, ts);
    if (count.total > 0) {
        builder.group(QStringLiteral("parameters"), Stage::tr("Parameters"));
        const std::string product =
            engine::text_of(engine::explain(spec, layer.geometry).parameters.symbols) + " = " +
            engine::with_thousands(count.total);
        builder.label({area.left() + 16, bottom}, 12 * ts,
                      {digits(text_of(product), {Role::ink_soft, 1})}, Align::left,
                      area.width() - 32);
    }
}

}  // namespace

extern const ReadingDefinition card_reading;
constinit const ReadingDefinition card_reading{
    .applies_to = [](const engine::LayerSpec&) { return true; },
    .heading = heading,
    .draw = draw,
};

}  // namespace ui::diagram
