// SPDX-License-Identifier: MIT
// Any step of a layer by index, without recording: scrubbing backwards costs what forwards costs,
// and the animation cannot disagree with the result, because it is the result of a masked input.
//
// A trace shows one filter (all input channels summed). Its arithmetic is the linear part of the
// layer on the full, uncropped output; bias, activation and crop follow as segments of their own.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/forward.h"

namespace engine {

/// How a transposed convolution is read. UpSampling2D has one reading; the value is ignored there.
enum class Reading {
    stamp,      ///< input cell × kernel = stamp, laid on the output every `strides` cells, added
    slide,      ///< zeros inserted, border, kernel turned by 180°, window moved by 1
    why_equal,  ///< both side by side, in acts
};

enum class Phase {
    insert_zeros,  ///< slide, one step, always present: stride - 1 zeros (or none) between the cells
    pad_border,    ///< slide, one step, always present: extent - 1 zeros (or none) around
    turn_kernel,   ///< slide, one step, always present: the kernel turns by 180°
    accumulate,    ///< stamp: a step an input cell; slide: a step a natural output cell;
    ///< UpSampling2D: nearest a step an input cell, interpolations a step an output cell
    one_input,  ///< why_equal: only one input cell is non-zero; a step a kernel tap that the window paints
    add_inputs,  ///< why_equal: a step an input cell; both lanes grow, equal at each
    one_output,  ///< why_equal: a step a natural output cell, see output_order()
    add_bias,    ///< one step, present when the layer uses a bias that is not zero
    activate,    ///< one step, present when the activation is not linear
    crop,        ///< one step, present when anything is cut or appended
};

/// Phases of one kind in a row. A trace is a list of segments; step numbers run through all.
struct Segment {
    Phase phase = Phase::accumulate;
    int count = 0;
    bool operator==(const Segment&) const = default;
};

struct Cell {
    int row = 0;
    int column = 0;
    bool operator==(const Cell&) const = default;
};

/// Where a step number lies. Step 0 is the picture before anything happened; step k the picture
/// after k steps, at which the k-th step is the one just done.
struct Position {
    int segment = -1;  ///< -1 at step 0
    Phase phase = Phase::accumulate;
    int index = -1;  ///< the step just done, counted from 0 inside its segment
    /// The cell it is about: input cell (stamp, add_inputs, nearest), output cell (slide, one_output,
    /// interpolations), kernel tap not turned (one_input); {0, 0} for phases of one step.
    Cell cell;
    bool operator==(const Position&) const = default;
};

/// One product: value × weight lands in an output cell.
struct Tap {
    Cell input;
    int channel = 0;
    Cell kernel{-1, -1};  ///< as stored, not turned; {-1, -1} for UpSampling2D
    Cell output;          ///< in natural (uncropped) coordinates
    float value = 0;
    float weight = 0;  ///< UpSampling2D: the share, which `product` uses unrounded
    double product = 0;
    bool operator==(const Tap&) const = default;
};

/// Sum of the products in double, in the order given, rounded once to float32. Stamps arrive in the
/// reading order of the input and the window meets the inputs in the same order, so of taps_into() both
/// readings make the very same number, and it is the one in the picture.
float sum(const std::vector<Tap>& taps);

/// The output canvas of one filter at a step. A cell is visited
///  - stamp, add_inputs, nearest: when a stamp covers it; with the last input all natural cells are,
///    so that a hole (no tap reaches it) then shows its 0;
///  - slide, one_output, interpolations: when its own step has been, holes included;
///  - one_input: when its tap has been painted;
///  - appended cells (beyond the natural output): from the first phase after the linear part on, be it
///    add_bias, activate or crop. Those phases see every cell; crop changes no number.
struct Partial {
    Tensor values;                      ///< (canvas height, canvas width, 1); 0 where not visited
    std::vector<std::uint8_t> visited;  ///< one per cell; 0: it is empty, not 0
    bool visited_at(int row, int column) const {
        return visited[static_cast<std::size_t>(row * values.shape().width() + column)] != 0;
    }
};

class Trace {
public:
    /// `filter` is the output channel, 0 … geometry.output.channels() - 1. Layers without a reading
    /// (has_trace) give an empty trace: no step, no tap, an empty Partial.
    Trace(const LayerSpec& spec, const Geometry& geometry, const Weights& weights,
          const Tensor& input, int filter, Reading reading);

    const std::vector<Segment>& segments() const { return m_segments; }
    int step_count() const { return m_step_count; }  ///< the last step's number
    Reading reading() const { return m_reading; }
    int first_step(int segment) const;  ///< number of the first step of a segment, from 1
    Position at(int step) const;        ///< clamped to 0 … step_count()

    /// Output canvas after `step` steps. For why_equal and its act one_input: of the input masked to
    /// that one cell; add_inputs: the first k cells; one_output: cells seen so far.
    Partial partial(int step) const;

    /// Computes the finished picture now and keeps it: each later partial() then adds up a few rows and not the
    /// whole map. Changes no number.
    void keep_sums();

    /// The input cell the act one_input keeps: the first that is not zero in any channel, else the first.
    Cell lone_input() const;
    /// Natural output cells in the order one_output visits them: first one touched once, twice, four
    /// times (each the first of its kind in reading order, if any), then the rest in reading order.
    /// Empty for the other readings.
    const std::vector<Cell>& output_order() const { return m_output_order; }

    /// All products that start in an input cell (its stamp), channel by channel, kernel in reading order.
    std::vector<Tap> taps_from(Cell input) const;
    /// All products that meet in an output cell: the inputs in reading order, and for each its channels
    /// in order. None for holes and appended cells. UpSampling2D: the source samples and their weights.
    std::vector<Tap> taps_into(Cell output) const;

    const Geometry& geometry() const { return m_geometry; }  ///< of the one-filter layer
    /// (kh, kw, 1, input channels of the filter's group); empty for UpSampling2D.
    const Tensor& kernel() const { return m_weights.kernel; }
    /// Channels of the filter's group only; UpSampling2D: the one channel.
    const Tensor& input() const { return m_input; }
    /// Number of that first channel in the layer's own input.
    int first_channel() const { return m_first_channel; }
    float bias() const { return m_bias; }  ///< of this filter, 0 if unused

private:
    void lay_out_segments();
    Cell cell_of(Phase phase, int step) const;
    bool steps_over_inputs(Phase phase) const;  ///< does a step of it lay down an input cell
    /// The linear part at a step, natural rows and columns: right wherever visited_at says so.
    Tensor linear_at(const Position& position) const;
    /// The same while input cells are laid down, from the kept sums.
    Tensor linear_after(int inputs) const;
    Tensor input_at(const Position& position) const;
    std::vector<std::uint8_t> visited_at(const Position& position) const;
    Tensor finished(Phase phase) const;  ///< the canvas once bias and activation have been
    Tensor biased() const;
    Tap product_tap(Cell input, int channel, Cell kernel) const;
    Tap sample_tap(Cell input, Cell output, double weight) const;

    LayerSpec m_spec;  ///< with filters = 1, groups = 1, no bias, linear
    Geometry m_geometry;
    Weights m_weights;
    Tensor m_input;
    int m_first_channel = 0;
    Reading m_reading;
    ActivationKind m_activation = ActivationKind::linear;
    float m_bias = 0;
    /// The finished canvas under softmax, which alone needs the other filters and so is made at once.
    Tensor m_softmax;
    /// What keep_sums keeps; `linear` in natural rows and columns, the others on the canvas.
    struct Sums {
        Tensor linear;
        Tensor biased;
        Tensor activated;
    };
    std::optional<Sums> m_sums;
    bool m_steps_over_outputs = false;  ///< what accumulate counts: output cells, or input cells
    std::vector<Segment> m_segments;
    std::vector<Cell> m_output_order;
    int m_step_count = 0;
};

/// Is there something to play? Conv2DTranspose and UpSampling2D.
bool has_trace(const LayerSpec& spec);

/// What stands in a cell of the sliding lane's bordered input.
enum class Material { value, inserted_zero, border_zero };
struct SlideCell {
    Material material = Material::border_zero;
    Cell input;  ///< for Material::value
};
/// (row, column) in the bordered input, 0 … rows.bordered() - 1.
SlideCell slide_cell(const Geometry& geometry, int row, int column);

/// A copy of a feature map with only the first `count` spatial cells (reading order) kept, others 0 / only one cell kept.
Tensor keep_first(const Tensor& input, int count);
Tensor keep_only(const Tensor& input, Cell cell);

}  // namespace engine
