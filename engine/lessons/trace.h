// SPDX-License-Identifier: MIT
// Any step of a layer by index, without recording: scrubbing backwards costs what forwards costs,
// and the animation cannot disagree with the result, because it is the result of a masked input.
//
// A trace shows one filter (all input channels summed). Its arithmetic is the linear part of the
// layer on the full output, before cropping; bias, activation and crop follow as segments of their
// own.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/lessons/timeline.h"
#include "engine/models/forward.h"
#include "engine/values/watch.h"

namespace engine {

/// One product: value × weight lands in an output cell.
struct Tap {
    Cell input;
    int channel = 0;
    Cell kernel{-1, -1};  ///< as stored, not turned; {-1, -1} for UpSampling2D
    Cell output;          ///< in full (uncropped) coordinates
    float value = 0;
    float weight = 0;  ///< UpSampling2D: the share, which `product` uses unrounded
    double product = 0;
    bool operator==(const Tap&) const = default;
};

/// Sum of the products in double, in the order given, rounded once to float32. Stamps arrive in the
/// reading order of the input and the window meets the inputs in the same order, so of taps_into()
/// both readings make the very same number, and it is the one in the picture.
float sum(const std::vector<Tap>& taps);

/// The output canvas of one filter at a step. A cell is visited
///  - stamp, add_inputs, nearest: when a stamp covers it; with the last input all full cells
///  are,
///    so that a hole (no tap reaches it) then shows its 0;
///  - slide, window, one_output, interpolations: when its own step has been, holes included;
///  - one_input: when its tap has been painted;
///  - appended cells (beyond the full output): from the first phase after the linear part on, be
///  it
///    add_bias, activate or crop. Those phases see every cell; crop changes no number.
struct Partial {
    Tensor values;                      ///< (canvas height, canvas width, 1); 0 where not visited
    std::vector<std::uint8_t> visited;  ///< one per cell; 0: it is empty, not 0
    bool visited_at(int row, int column) const {
        return visited[static_cast<std::size_t>(row * values.shape().width() + column)] != 0;
    }
};

struct Join;

class Trace {
public:
    Trace() = default;  ///< empty: no step, no tap
    /// `filter` is the output channel, 0 … geometry.output.channels() - 1, `reading` one that the
    /// layer has. Layers without a reading (has_trace) give an empty trace: no step, no tap, an
    /// empty Partial.
    Trace(const LayerSpec& spec, const Geometry& geometry, const Weights& weights,
          const Tensor& input, int filter, Reading reading);

    const Timeline& timeline() const { return m_timeline; }
    const std::vector<Segment>& segments() const { return m_timeline.segments(); }
    int step_count() const { return m_timeline.step_count(); }
    Position at(int step) const { return m_timeline.at(step); }

    /// Output canvas after `step` steps. For why_equal and its act one_input: of the input masked
    /// to that one cell; add_inputs: the first k cells; one_output: cells seen so far.
    Partial partial(int step) const;

    /// Computes the finished picture now and keeps it: each later partial() then adds up a few rows
    /// and not the whole map. Changes no number. Stopped by `watch`, it keeps nothing and answers
    /// false.
    bool keep_sums(const Watch& watch = {});

    /// The input cell the act one_input keeps: the first that is not zero in any channel, else the
    /// first.
    Cell lone_input() const;
    /// From now on it is this one: of other numbers the same picture.
    void keep_lone_input(Cell cell) { m_lone_input = cell; }
    /// All products that start in an input cell (its stamp), channel by channel, kernel in reading
    /// order.
    std::vector<Tap> taps_from(Cell input) const;
    /// Where a weight's products land, in full coordinates: every row crossed with every column.
    struct Landings {
        std::vector<int> rows, columns;
    };
    Landings landings_of(Cell kernel) const;
    /// Cells of the canvas in which no product lands: holes, appended cells, windows on padding.
    std::int64_t cells_without_taps() const;
    /// All products that meet in an output cell: the inputs in reading order, and for each its
    /// channels in order. None for holes and appended cells. UpSampling2D: the source samples and
    /// their weights.
    std::vector<Tap> taps_into(Cell output) const;

    const Geometry& geometry() const { return m_geometry; }  ///< of the one-filter layer
    /// (kh, kw, 1, channels that the filter looks at); empty for UpSampling2D.
    const Tensor& kernel() const { return m_kernel; }
    /// Only the channels that the filter looks at, those of its group; UpSampling2D: the one
    /// channel.
    const Tensor& input() const { return m_input; }
    /// Numbers of those channels in the layer's own input.
    const std::vector<int>& channels() const { return m_channels; }
    float bias() const { return m_bias; }  ///< of this filter, 0 if unused

private:
    /// Does the step lay down an input cell?
    bool lays_down_input(const Position& position) const;
    /// The linear part at a step, full rows and columns: right wherever visited_at says so.
    Tensor linear_at(const Position& position) const;
    /// The linear part of an input with the layer's weights; exact unless that would take too long.
    Tensor linear_of(const Tensor& input, const Watch& watch = {}) const;
    /// What one_input's single cell leaves on the full output.
    Tensor lone_stamp() const;
    /// The same while input cells are laid down, from the kept sums.
    Tensor linear_after(int inputs) const;
    Tensor input_at(const Position& position) const;
    std::vector<std::uint8_t> visited_at(const Position& position) const;
    Tensor finished(Phase phase) const;  ///< the canvas once bias and activation have been
    Tensor biased(const Tensor& linear) const;
    Tap tap_of(const Join& row, const Join& column, int channel) const;

    LayerSpec m_spec;  ///< with filters = 1, groups = 1, no bias, linear
    Geometry m_geometry;
    Weights m_weights;  ///< in the order of m_spec's axes
    Tensor m_kernel;    ///< in Conv2DTranspose's
    Tensor m_input;
    std::vector<int> m_channels;
    Timeline m_timeline;
    ActivationKind m_activation = ActivationKind::linear;
    float m_bias = 0;
    std::optional<Cell> m_lone_input;
    /// The finished canvas under softmax, which alone needs the other filters and so is made at
    /// once.
    Tensor m_softmax;
    /// What keep_sums keeps; `linear` in full rows and columns, the others on the canvas.
    struct Sums {
        Tensor linear;
        Tensor biased;
        Tensor activated;
    };
    std::optional<Sums> m_sums;
};

/// Products behind a trace's finished picture: those of all uncropped cells of one filter.
std::int64_t traced_products(const LayerSpec& spec, const Geometry& geometry);
/// Products that start in one input cell, its stamp; 0 for UpSampling2D, whose cells have few.
std::int64_t taps_of_a_step(const LayerSpec& spec, const Geometry& geometry);
/// Numbers that a trace and a picture of one of its steps hold: sums, marks and shades of every
/// cell.
std::int64_t held_by_picture(const LayerSpec& spec, const Geometry& geometry);
/// Up to so many the numbers of a trace are added in double and rounded once, like the sums that
/// are written out beside them. Beyond, they are those of the kernels, within the error that a Plan
/// states: such maps are seen as shades.
inline constexpr std::int64_t max_exact_products = std::int64_t{1} << 24;

/// What stands in a cell of the sliding lane's bordered input.
enum class Material { value, inserted_zero, border_zero };
struct SlideCell {
    Material material = Material::border_zero;
    Cell input;  ///< for Material::value
};
/// (row, column) in the bordered input, 0 … rows.bordered() - 1.
SlideCell slide_cell(const Geometry& geometry, int row, int column);
/// The same of a convolution's padded input, 0 … rows.padded() - 1, which has no zeros inserted.
SlideCell padded_cell(const Geometry& geometry, int row, int column);
/// The way back: where an input cell stands in the padded input.
Cell cell_in_padded(const Geometry& geometry, Cell input);

/// A copy of a feature map with only the first `count` spatial cells (reading order) kept, others 0
/// / only one cell kept.
Tensor keep_first(const Tensor& input, int count);
Tensor keep_only(const Tensor& input, Cell cell);

}  // namespace engine
