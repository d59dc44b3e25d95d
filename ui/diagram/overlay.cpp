// SPDX-License-Identifier: MIT
#include "ui/diagram/overlay.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/layers/activation.h"
#include "ui/diagram/stage.h"

namespace ui::diagram {

using engine::Cell;
using engine::Tensor;

namespace {

/// What a cell holds that no input reaches.
float bias_only(const Scene& scene) {
    const auto& layer = std::get<engine::Conv2DTranspose>(scene.spec);
    const float bias = layer.use_bias ? scene.layer.weights.bias.at(scene.view.filter) : 0.0F;
    return static_cast<float>(engine::activate(layer.activation, static_cast<double>(bias)));
}

/// The finished output, with as many rows and columns as the results need.
Tensor whole(const Scene& scene, int rows, int columns) {
    const Tensor& there = scene.finished().values;
    const engine::Shape& shape = there.shape();
    if (shape.height() == rows && shape.width() == columns) return there;
    return there.resized({rows, columns, 1}, bias_only(scene));
}

Tensor window(const Tensor& full, Cell first, int rows, int columns) {
    std::vector<float> values;
    values.reserve(static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns));
    for (int row = 0; row < rows; ++row)
        for (int column = 0; column < columns; ++column)
            values.push_back(full.at(first.row + row, first.column + column, 0));
    return {engine::Shape{rows, columns, 1}, std::move(values)};
}

/// "rows 0–3 and columns 0–3"
QString kept_text(Cell first, const engine::Geometry& g) {
    const auto range = [](int from, int count) {
        return count == 1 ? QString::number(from)
                          : QStringLiteral("%1–%2").arg(from).arg(from + count - 1);
    };
    return Stage::tr("rows %1 and columns %2")
        .arg(range(first.row, g.rows.out), range(first.column, g.columns.out));
}

Heading heading_of(const Scene& scene, const Overlay& overlay) {
    const engine::Geometry& g = scene.geometry();
    const auto cells = std::int64_t{g.rows.out} * g.columns.out;
    const QString title =
        overlay.differing == 0
            ? Stage::tr("%1 and %2 cut elsewhere, and still hold the same %n number(s)", nullptr,
                        static_cast<int>(cells))
            : Stage::tr("%1 and %2, the same size: %3 of %n number(s) differ", nullptr,
                        static_cast<int>(cells))
                  .arg(overlay.own_name, overlay.other_name)
                  .arg(overlay.differing);
    QString subtitle = Stage::tr("Of the full output %1 keeps %2, %3 %4.")
                           .arg(overlay.own_name, kept_text(overlay.own, g), overlay.other_name,
                                kept_text(overlay.other, g));
    if (g.output.channels() > 1)
        subtitle = Stage::tr("Filter %1. ").arg(scene.view.filter) + subtitle;
    return {overlay.differing == 0 ? title.arg(overlay.own_name, overlay.other_name) : title,
            subtitle};
}

/// How the cells of a grid look: of an output by its numbers, of a difference by what is not 0.
enum class Kind { full, result, difference };

struct Drawn {
    Kind kind;
    const Tensor& values;
    QString name;     ///< of the grid
    QString caption;  ///< below it
    int index = 0;    ///< among the feature maps
};

class OverlayFigure {
public:
    OverlayFigure(Builder& builder, const Scene& scene, const Overlay& overlay)
        : m_builder(builder), m_scene(scene), m_overlay(overlay) {}

    void draw(const QRectF& area) {
        const engine::Geometry& g = m_scene.geometry();
        m_panel = area;
        draw_panel(
            m_builder, area, Stage::tr("Laid over each other"),
            Stage::tr("solid frame: %1, dashed: %2").arg(m_overlay.own_name, m_overlay.other_name),
            m_scene.options.text_scale);
        const double head = m_scene.text(44);
        const QRectF room = area.adjusted(18, head, -18, -m_scene.text(14));
        const std::array<Drawn, 4> drawn{
            Drawn{Kind::full, m_overlay.full, Stage::tr("full output, laid over"),
                  Stage::tr("full output %1").arg(size_text(g.rows.full, g.columns.full)), 0},
            Drawn{Kind::result, m_overlay.own_result,
                  Stage::tr("output, %1").arg(m_overlay.own_name), m_overlay.own_name, 1},
            Drawn{Kind::result, m_overlay.other_result,
                  Stage::tr("output, %1").arg(m_overlay.other_name), m_overlay.other_name, 2},
            Drawn{Kind::difference, m_overlay.difference, Stage::tr("difference"),
                  Stage::tr("%1 − %2").arg(m_overlay.own_name, m_overlay.other_name), 3}};

        // In one row, or the full output above the others: whatever leaves the cells larger.
        const double beside =
            pitch_for(room, {drawn[0].values, drawn[1].values, drawn[2].values, drawn[3].values});
        const QRectF upper(room.left(), room.top(), room.width(), room.height() / 2);
        const QRectF lower = upper.translated(0, room.height() / 2);
        const double above =
            std::min(pitch_for(upper, {drawn[0].values}),
                     pitch_for(lower, {drawn[1].values, drawn[2].values, drawn[3].values}));
        if (beside >= above) {
            draw_row(room, beside, drawn);
        } else {
            draw_row(upper, above, std::span(drawn).first(1));
            draw_row(lower, above, std::span(drawn).subspan(1));
        }
    }

private:
    double gap() const { return m_scene.text(46); }
    double ruler() const { return m_scene.text(18); }
    double caption() const { return m_scene.text(26); }

    double pitch_for(const QRectF& room, std::initializer_list<Tensor> grids) const {
        int columns = 0;
        int rows = 0;
        for (const Tensor& grid : grids) {
            columns += grid.shape().width();
            rows = std::max(rows, grid.shape().height());
        }
        const double gaps = gap() * (static_cast<double>(grids.size()) - 1) + ruler();
        const double pitch =
            std::min({(room.width() - gaps) / columns, (room.height() - ruler() - caption()) / rows,
                      m_scene.text(52)});
        return pitch >= 8 ? std::floor(pitch) : std::max(pitch, smallest_pitch);
    }

    void draw_row(const QRectF& room, double pitch, std::span<const Drawn> grids) {
        double wide = gap() * (static_cast<double>(grids.size()) - 1);
        for (const Drawn& one : grids) wide += one.values.shape().width() * pitch;
        double x = std::round(room.center().x() - wide / 2 + ruler() / 2);
        const double middle = room.top() + ruler() + (room.height() - ruler() - caption()) / 2;
        for (std::size_t i = 0; i < grids.size(); ++i) {
            const engine::Shape& shape = grids[i].values.shape();
            const QPointF at(x, std::round(middle - shape.height() * pitch / 2));
            draw_one(grids[i], at, pitch);
            x += shape.width() * pitch;
            const bool is_minuend = grids[i].index == 1;
            if ((is_minuend || grids[i].index == 2) && i + 1 < grids.size())
                m_builder.label({x + gap() / 2, middle}, m_scene.text(17),
                                {words(is_minuend ? QStringLiteral("−") : QStringLiteral("="),
                                       {Role::ink_soft, 1})},
                                Align::centre);
            x += gap();
        }
    }

    bool is_in(Cell first, int row, int column) const {
        const engine::Geometry& g = m_scene.geometry();
        return row >= first.row && row < first.row + g.rows.out && column >= first.column &&
               column < first.column + g.columns.out;
    }

    CellLook look_of(const Drawn& drawn, const GridFigure& figure, int row, int column) const {
        CellLook look;
        const float value = drawn.values.at(row, column, 0);
        figure.say(look, value);
        look.fill = {Role::output_fill, 1};
        look.ink = {Role::output_text, 1};
        look.line = {Role::output_line, 0.75};
        const bool plain = drawn.kind == Kind::difference
                               ? value == 0
                               : drawn.kind == Kind::full && !is_in(m_overlay.own, row, column) &&
                                     !is_in(m_overlay.other, row, column);
        if (plain) {
            look.fill = {};
            look.ink = {Role::zero_text, 1};
            look.line = {Role::zero_line, 1};
            look.stroke = Stroke::dotted;
            look.strength = 0.25;
        } else if (drawn.kind == Kind::difference) {
            look.line = {Role::output_line, 1};
            look.line_width = 2;
            look.weight = FontWeight::bold;
        }
        if (drawn.kind == Kind::full) {
            const bool own = is_in(m_overlay.own, row, column);
            const bool other = is_in(m_overlay.other, row, column);
            if (own != other)
                look.spoken =
                    Spoken(value, Stage::tr("%1, only %2 keeps it")
                                      .arg(QStringLiteral("%1"),
                                           own ? m_overlay.own_name : m_overlay.other_name));
            if (!own && !other) look.spoken = Spoken(value, Stage::tr("%1, cropped"));
        }
        return look;
    }

    void draw_one(const Drawn& drawn, QPointF at, double pitch) {
        const engine::Shape& shape = drawn.values.shape();
        m_builder.group(QStringLiteral("overlay_%1").arg(drawn.index), drawn.name);
        // The full output is the stage's own grid: what is lit in it is lit here.
        const GridRef ref = drawn.kind == Kind::full ? GridRef{Grid::full_output, 0}
                                                     : GridRef{Grid::feature_map, drawn.index};
        GridFigure figure = grid_at(ref, drawn.name, shape.height(), shape.width(), at, pitch);
        figure.tint = Role::output_strong;
        const Shade shade(drawn.values.values());
        if (!figure.is_image()) figure.greatest = shade.greatest();
        figure.look = [&](int row, int column) { return look_of(drawn, figure, row, column); };
        figure.shade = [&](int row, int column) { return shade(drawn.values.at(row, column, 0)); };
        if (figure.is_image()) figure.source = CellSource(MapNumbers{drawn.values, 0});
        draw_grid(m_builder, figure);
        draw_rulers(m_builder, figure, m_scene.text(11));
        draw_caption(m_builder, figure, drawn.caption, m_scene.text(11),
                     {m_panel.left() + 8, m_panel.right() - 8});
        if (drawn.kind != Kind::full) return;
        draw_frame(figure, m_overlay.own, 2.4, Stroke::solid);
        draw_frame(figure, m_overlay.other, 2, Stroke::dashed);
    }

    void draw_frame(const GridFigure& figure, Cell first, double width, Stroke stroke) {
        const engine::Geometry& g = m_scene.geometry();
        const QRectF cells =
            figure.cell_rect(first.row, first.column) |
            figure.cell_rect(first.row + g.rows.out - 1, first.column + g.columns.out - 1);
        const double air = stroke == Stroke::solid ? 2 : 4;
        m_builder.add(
            Box{cells.adjusted(-air, -air, air, air), {}, {Role::ink, 1}, width, 5, stroke, false});
    }

    Builder& m_builder;
    const Scene& m_scene;
    const Overlay& m_overlay;
    QRectF m_panel;
};

}  // namespace

bool can_lie_over(const engine::LayerSpec& spec) {
    const auto* layer = std::get_if<engine::Conv2DTranspose>(&spec);
    // Of the bias of one filter alone softmax makes nothing.
    return layer != nullptr && layer->activation != engine::ActivationKind::softmax;
}

std::optional<Overlay> overlay_of(const Scene& scene) {
    const std::optional<OtherCrop>& asked = scene.view.beside;
    if (!asked || !can_lie_over(scene.spec) || scene.trace.step_count() == 0) return std::nullopt;
    const engine::Geometry& g = scene.geometry();
    Overlay overlay{.own_name = asked->own_name,
                    .other_name = asked->name,
                    .own = {g.rows.crop_before, g.columns.crop_before},
                    .other = {asked->row, asked->column}};
    if (overlay.other == overlay.own || overlay.other.row < 0 || overlay.other.column < 0 ||
        overlay.other.row > g.rows.full || overlay.other.column > g.columns.full)
        return std::nullopt;
    const int rows = std::max(g.rows.canvas(), overlay.other.row + g.rows.out);
    const int columns = std::max(g.columns.canvas(), overlay.other.column + g.columns.out);
    overlay.full = whole(scene, rows, columns);
    overlay.own_result = window(overlay.full, overlay.own, g.rows.out, g.columns.out);
    overlay.other_result = window(overlay.full, overlay.other, g.rows.out, g.columns.out);
    std::vector<float> difference;
    const auto own = overlay.own_result.values();
    const auto other = overlay.other_result.values();
    for (std::size_t i = 0; i < own.size(); ++i) {
        difference.push_back(own[i] - other[i]);
        overlay.differing += own[i] != other[i] ? 1 : 0;
    }
    overlay.difference = {overlay.own_result.shape(), std::move(difference)};
    overlay.heading = heading_of(scene, overlay);
    return overlay;
}

void draw_overlay(Builder& builder, const Scene& scene, const Overlay& overlay,
                  const QRectF& area) {
    OverlayFigure(builder, scene, overlay).draw(area);
}

}  // namespace ui::diagram
