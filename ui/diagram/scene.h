// SPDX-License-Identifier: MIT
// What a view's moment means for the layer in focus: where the trace stands, what is lit, what is
// known.
#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <set>
#include <vector>

#include "engine/lessons/coverage.h"
#include "engine/lessons/trace.h"
#include "ui/diagram/grid_figure.h"
#include "ui/diagram/number_text.h"
#include "ui/diagram/readings.h"
#include "ui/diagram/stage.h"

namespace ui::diagram {

/// The cell the picture is about: where the pointer is while nothing moves, else the step's own,
/// else, where the step is about all cells, the pinned one.
struct Spot {
    enum class By { step, pin, pointer };
    std::optional<engine::Cell> input;
    std::optional<engine::Cell> output;  ///< full coordinates
    std::optional<engine::Cell> tap;     ///< of the kernel as stored
    By by = By::step;

    bool is_anywhere() const { return input || output || tap; }
    bool is_chosen() const { return by != By::step; }  ///< by the user
};

/// Output cells that an input cell or a weight reaches: every lit row crossed with every lit
/// column.
struct Targets {
    std::set<int> rows, columns;
    bool contains(engine::Cell cell) const {
        return rows.contains(cell.row) && columns.contains(cell.column);
    }
    QRect around() const;  ///< columns × rows
};

/// Is it a cell of a grid of that size?
inline bool inside(engine::Cell cell, int rows, int columns) {
    return cell.row >= 0 && cell.column >= 0 && cell.row < rows && cell.column < columns;
}

/// The columns × rows that hold all these cells.
QRect cells_around(const std::vector<engine::Cell>& cells);

/// In which of the cells compared do the two lanes hold different numbers?
struct LaneDifference {
    std::vector<engine::Cell> cells;
    bool none() const { return cells.empty(); }
};

/// Everything the figures of one moment share. Built once a picture.
struct Scene {
    const engine::Lesson& lesson;
    const engine::LayerRun& layer;
    const engine::LayerSpec& spec;
    const View& view;
    StageOptions options;
    const ReadingDefinition& reading;  ///< the layer is shown in

    engine::Trace trace;
    engine::Trace lower;        ///< the sliding lane's: the same, or with the kernel left unturned
    bool kernel_turned = true;  ///< in the sliding lane
    int step = 0;
    double progress = 0;
    engine::Position now = {};         ///< of the step done
    engine::Position active = {};      ///< of the step under way; equals `now` at rest
    engine::Partial shown = {};        ///< output canvas after `step` steps
    engine::Partial shown_below = {};  ///< of the sliding lane
    Spot spot = {};
    std::optional<Spot> pin = {};            ///< what is pinned, spot or not
    std::vector<engine::Cell> sources = {};  ///< input cells that are lit
    std::vector<engine::Cell> stamped = {};  ///< input cells whose stamps are shown
    Targets targets = {};                    ///< output cells that are lit beside spot.output
    /// Two lanes: do both end in the same number in the cell the picture is about, or in every cell
    /// they show? Nothing where that was not computed (too many products for a frame) or is not all
    /// there yet.
    std::optional<LaneDifference> lanes = {};
    /// Characters that the numbers of the finished linear output ask for, so that steps do not
    /// change the type in cells of this pitch.
    int output_characters(double pitch) const;
    /// Is any number below zero that its shades stand for? Of an image only what is shown now: its
    /// finished output is not computed for every picture.
    bool has_negative(bool is_image) const;
    /// The size of the greatest number of the finished output, so that steps do not change shades.
    double greatest_output() const;
    /// The output when all is done.
    const engine::Partial& finished() const;
    mutable std::optional<engine::Partial> kept_finished = {};  ///< once it was asked for

    const engine::Geometry& geometry() const { return trace.geometry(); }
    engine::Domain domain() const;  ///< what the active step counts; whole if there is none
    double text(double size) const { return size * options.text_scale; }
    int channels() const { return trace.input().shape().channels(); }
    int channel() const { return std::min(view.channel, channels() - 1); }  ///< of trace.input()
    /// "channel 2 of 3", in the layer's own numbers; empty for a single one.
    QString channel_text() const;
    bool uses_bias() const;
    /// Of one of trace.input()'s channels, in the layer's own input.
    int channel_number(int channel) const;
    /// "channel 2"
    QString channel_name(int channel) const;

    /// How far a phase has come, 0 to 1; 1 if the reading has no such phase and `absent` says so.
    double amount(engine::Phase phase, double absent) const;
    bool has(engine::Phase phase) const;
    bool is_last_of_phase() const;  ///< the active step is
    /// Something moves: the active step is not done, and nothing may be said of its result.
    bool is_under_way() const { return progress > 0; }
    /// The same, and the number of this cell is what the step will end in.
    bool is_under_way(engine::Cell output) const {
        return is_under_way() && !spot.is_chosen() && spot.output == output;
    }
    /// All products that meet in the cell are in the number it holds.
    bool is_summed_up(engine::Cell output) const;
    /// Does the input cell count at the moment? The acts of two lanes keep only one, or the first
    /// ones; the others are 0 then.
    bool is_in(engine::Cell input) const;
    /// Those that do, in reading order: from the first number to before the second.
    std::pair<int, int> inputs_in() const;
    /// The crop frame is shown (and with what strength while it appears).
    double frame_strength() const;

    /// "out[2, 1]", or "full[2, 1]" in a layer whose output is not all of the full one; cells that
    /// are appended to that are the output's alone.
    QString name_of(engine::Cell output) const;
    /// "in[0, 1]"
    static QString name_of_input(engine::Cell input);

    /// "A" … "Z", without I, for the inputs of small grids in reading order, "1,4" (row, column)
    /// beyond.
    QString tag(engine::Cell input) const;
    /// The grid that is an input cell's stamp, whatever place it has in the picture: a pin stays
    /// with it.
    GridRef stamp_of(engine::Cell input) const;
    float input_value(engine::Cell cell) const;  ///< of the channel shown
    float kernel_value(engine::Cell tap) const;  ///< of the channel shown, as stored
    bool is_editable_input() const;

    /// Input cells whose stamps reach an output cell, in reading order.
    std::vector<engine::Cell> contributors(engine::Cell output) const;
    /// The sliding lane's sum, as its window collects it.
    float window_sum(engine::Cell output) const;
};

/// `kept`: as for build_stage.
Scene make_scene(const engine::Lesson& lesson, const engine::Run& run, const View& view,
                 const StageOptions& options, const engine::Trace* kept = nullptr);

/// "input", with the channel shown where there are several: "input, channel 2 of 3", and shorter
/// without their number.
QString input_name(const Scene& scene);
QString short_input_name(const Scene& scene);
/// How an input cell looks, lit or not, and how a weight does; without their shades.
CellLook input_look(const Scene& scene, const GridFigure& figure, engine::Cell cell);
CellLook weight_look(const GridFigure& figure, float value, bool on);
/// One channel of a feature map.
struct MapNumbers {
    engine::Tensor map;
    int channel = 0;
    Spoken at(int row, int column) const { return Spoken(map.at(row, column, channel)); }
    bool operator==(const MapNumbers&) const = default;
};
/// An output as far as it was visited.
struct OutputNumbers {
    engine::Partial partial;
    QString empty;  ///< what the other cells say
    Spoken at(int row, int column) const {
        return partial.visited_at(row, column) ? Spoken(partial.values.at(row, column, 0))
                                               : Spoken(empty);
    }
    bool operator==(const OutputNumbers& other) const {
        return partial.values == other.partial.values && partial.visited == other.partial.visited &&
               empty == other.empty;
    }
};
/// The input, its caption in `room`; `mark` adds to what cells look like.
GridFigure draw_input(Builder& builder, const Scene& scene, QPointF at, double pitch, Span room,
                      const std::function<void(CellLook&, engine::Cell)>& mark = {});

/// Counts of inputs that touch each output cell, on an input that shows the inside, beside a
/// verdict in words.
struct CoverageStrip {
    engine::Size2D input;
    engine::Coverage map;
    QString on_any_weights, on_these;
    double height = 0;  ///< that it needs in the width it is solved for
};
/// None where the map would be too large.
std::optional<CoverageStrip> solve_coverage(const Scene& scene, double width);
void draw_coverage(Builder& builder, const Scene& scene, const CoverageStrip& strip,
                   const QRectF& area);

/// The sum of an output cell written out, channel by channel; returns the height used.
struct SumStyle {
    QRectF area;
    bool as_window = false;     ///< of the sliding lane, as its window collects it
    bool counts_zeros = false;  ///< that the window covers
};
double draw_sum(Builder& builder, const Scene& scene, engine::Cell output, const SumStyle& style);

/// What the shades of an output mean stands at the foot of the column of sums. The sum has what is
/// left above it; where that is not enough for the sum the legend goes.
class FootLegend {
public:
    FootLegend(const Scene& scene, const GridFigure& output, const QRectF& column);
    QRectF above() const;
    /// `used` of the column's height are taken.
    void draw(Builder& builder, double used) const;

private:
    const GridFigure& m_output;
    QRectF m_column;
    bool m_negative;
    double m_scale;
    double m_height;
};

/// The column right of every output, in which sums are written out: as wide in all readings, so
/// that the output stands at the same place.
double sum_column_width(double room, double text_scale);
inline constexpr double sum_column_gap = 20;

/// Rounded white panel with a bold name and a soft explanation in one line.
void draw_panel(Builder& builder, const QRectF& rect, const QString& name,
                const QString& explanation, double text_scale);
/// The height its words need beyond one line.
double panel_head_growth(const QString& name, const QString& explanation, double width,
                         double text_scale);

}  // namespace ui::diagram
