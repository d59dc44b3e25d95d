// SPDX-License-Identifier: MIT
// What there is to play, and what each step is about: from a layer's shape alone, without any
// number.
#pragma once

#include <array>
#include <vector>

#include "engine/layers/geometry.h"

namespace engine {

enum class Phase {
    /// slide, one step, always present: stride - 1 zeros (or none) between the cells
    insert_zeros,
    /// slide, one step, always present: extent - 1 zeros (or none) around; window: the padding, if
    /// there is any
    pad_border,
    turn_kernel,  ///< slide, one step, always present: the kernel turns by 180°
    /// stamp, copy: a step an input cell; slide, window, sample: a step a full output cell
    accumulate,
    /// why_equal: only one input cell is non-zero; a step a kernel tap that the window paints
    one_input,
    add_inputs,  ///< why_equal: a step an input cell; both lanes grow, equal at each
    one_output,  ///< why_equal: a step a full output cell, see OutputOrder
    add_bias,    ///< one step, present when the layer uses a bias that is not zero
    activate,    ///< one step, present when the activation is not linear
    crop,        ///< one step, present when anything is cut or appended
};

/// What the steps of a phase count.
enum class Domain {
    input_cell,
    output_cell,  ///< of the full output, before cropping
    tap,          ///< of the kernel, not turned
    whole,        ///< nothing: the one step changes the picture as a whole
};

/// Phases of one kind in a row. A timeline is a list of segments; step numbers run through all.
struct Segment {
    Phase phase = Phase::accumulate;
    int count = 0;
    Domain domain = Domain::whole;
    int row = 1;  ///< cells in a row of what is counted
    bool operator==(const Segment&) const = default;
};

struct Cell {
    int row = 0;
    int column = 0;
    bool operator==(const Cell&) const = default;
};

/// Cell number i in reading order.
inline Cell cell_at(int i, int width) { return {i / width, i % width}; }

/// How a layer is read: the steps of its linear part. Bias, activation and crop follow in every
/// reading. A reading is known by its Steps, an object that stays where it is; one that is added is
/// one more of those, and nothing here changes.
class Reading {
public:
    struct Steps {
        std::vector<Segment> (*linear_part)(const Geometry&);
    };

    constexpr Reading() = default;  ///< nothing to play
    constexpr explicit Reading(const Steps& steps) : m_steps(&steps) {}
    bool operator==(const Reading&) const = default;

    std::vector<Segment> linear_part(const Geometry& geometry) const;

    // Of Conv2DTranspose:
    static const Reading
        stamp;  ///< input cell × kernel = stamp, laid on the output every `strides` cells, added
    static const Reading
        slide;  ///< zeros inserted, border, kernel turned by 180°, window moved by 1
    static const Reading why_equal;  ///< both side by side, in acts
    // Of Conv2D:
    static const Reading
        window;  ///< a border of zeros, then the window moved by `strides`; nothing is turned
    // Of UpSampling2D:
    static const Reading copy;  ///< nearest: an input cell is copied into its block
    static const Reading
        sample;  ///< the interpolations: an output cell looks at the inputs around it

private:
    const Steps* m_steps = nullptr;
};

extern const Reading::Steps stamp_steps, slide_steps, why_equal_steps, window_steps, copy_steps,
    sample_steps;
inline constexpr Reading Reading::stamp{stamp_steps};
inline constexpr Reading Reading::slide{slide_steps};
inline constexpr Reading Reading::why_equal{why_equal_steps};
inline constexpr Reading Reading::window{window_steps};
inline constexpr Reading Reading::copy{copy_steps};
inline constexpr Reading Reading::sample{sample_steps};

/// Where a step number lies. Step 0 is the picture before anything happened; step k the picture
/// after k steps, at which the k-th step is the one just done.
struct Position {
    int segment = -1;  ///< -1 at step 0
    Phase phase = Phase::accumulate;
    int index = -1;  ///< the step just done, counted from 0 inside its segment
    Cell cell;       ///< of the segment's domain; {0, 0} for the whole
    bool operator==(const Position&) const = default;
};

/// Full output cells as the act one_output visits them: first one touched once, twice, four
/// times (each the first of its kind in reading order, if any), then the rest in reading order.
class OutputOrder {
public:
    OutputOrder() = default;
    explicit OutputOrder(const Geometry& geometry);
    Cell at(int index) const;
    bool operator==(const OutputOrder&) const = default;

private:
    std::array<int, 3> m_chosen{};  ///< numbers in reading order, as visited
    int m_count = 0;
    int m_width = 1;
};

class Timeline {
public:
    Timeline() = default;  ///< nothing to play
    /// `bias`: of the filter shown; 0 if the layer has none. `reading`: one that the layer has.
    Timeline(const LayerSpec& spec, const Geometry& geometry, Reading reading, float bias);

    const std::vector<Segment>& segments() const { return m_segments; }
    int step_count() const { return m_step_count; }  ///< the last step's number
    int first_step(int segment) const;  ///< number of the first step of a segment, from 1
    Position at(int step) const;        ///< clamped to 0 … step_count()
    /// What the step just done (or, at 0, the first) counts.
    Domain domain_at(int step) const;

    bool operator==(const Timeline&) const = default;

private:
    void add(const Segment& segment);

    std::vector<Segment> m_segments;
    OutputOrder m_output_order;
    int m_step_count = 0;
};

/// Is there something to play? Layers with filters that stamp or slide (Conv2DTranspose, Conv2D and
/// their like), and UpSampling2D.
bool has_trace(const LayerSpec& spec);

/// Where a step lies in another timeline, after an edit: in the same phase, at the same cell, as
/// far as they still exist. The finished picture stays the finished picture.
int kept_step(const Timeline& before, int step, const Timeline& after);

}  // namespace engine
