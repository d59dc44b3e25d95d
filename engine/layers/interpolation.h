// SPDX-License-Identifier: MIT
// The one-dimensional sampling rules of UpSampling2D, and of the other conventions it is compared
// with. Rows and columns are sampled one after the other by the same rule.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/layers/layer_spec.h"

namespace engine {

/// One source cell and its share of an output number.
struct Sample {
    int source = 0;
    double weight = 0;
    bool operator==(const Sample&) const = default;
};

/// How much a source cell at distance x (in source cells) from an output's centre counts. Source:
/// TensorFlow, core/kernels/image/sampling_kernels.h.
enum class Filter {
    nearest,   ///< the cell at or before the centre alone
    triangle,  ///< 1 - x up to 1: linear
    cubic,     ///< Keys' family with parameter `cubic_coeff_a`, up to 2
    mitchell,  ///< Mitchell and Netravali, B = C = 1/3, up to 2
    lanczos3,
    lanczos5,
    gaussian,  ///< sigma 1/2, up to 3/2
};

/// Where the centre u of output cell j of `out` falls among `in` source cells; r = scale, out / in
/// unless it is given (ONNX Resize: coordinate_transformation_mode).
enum class Coordinates {
    half_pixel,            ///< u = (j + 1/2) / r - 1/2: TensorFlow 2, Keras 3, PyTorch
    asymmetric,            ///< u = j / r: TensorFlow 1, Keras 2.2
    align_corners,         ///< u = j (in - 1) / (out - 1): the outermost centres lie on each other
    pytorch_half_pixel,    ///< half_pixel, but 0 where the output has one cell
    half_pixel_symmetric,  ///< half_pixel + in / 2 - out / (2 r): both ends lie alike
    tf_half_pixel_for_nn,  ///< u = (j + 1/2) / r: TensorFlow's nearest
};

/// Which cell is the nearest (ONNX Resize: nearest_mode). Beyond the rim it is the outermost.
enum class NearestMode { floor, ceil, round_prefer_floor, round_prefer_ceil };

const ChoiceNames& choice_names(Coordinates);
const ChoiceNames& choice_names(NearestMode);

/// What happens to the shares of cells that would lie outside.
enum class Rim {
    hold,         ///< the outermost cell takes them
    renormalise,  ///< they are dropped, the others divided by their sum (ONNX: exclude_outside)
};

/// A positive fraction, so that centres are exact.
struct Ratio {
    std::int64_t numerator = 0;  ///< 0: not given
    std::int64_t denominator = 1;
    bool operator==(const Ratio&) const = default;
};
/// The simplest fraction that is the same number in float32. `number` lies from 1 / max_ratio to
/// max_ratio.
Ratio ratio_of(float number);
inline constexpr int max_ratio = 65536;
/// Cells that `in` cells become by a scale: the product, rounded down (ONNX Resize, scales).
std::int64_t scaled(int in, Ratio scale);

/// A rule for one axis. The defaults are Keras's nearest.
struct Sampling {
    Filter filter = Filter::nearest;
    Coordinates coordinates = Coordinates::asymmetric;
    Rim rim = Rim::hold;
    double cubic_coeff_a = -0.5;  ///< -1 to 0, so that no weights add up to 0
    NearestMode nearest_mode = NearestMode::floor;
    Ratio scale = {};  ///< output cells for each source cell; not given: as many as there are
    bool operator==(const Sampling&) const = default;
};

/// The rules of both axes.
struct Sampling2D {
    Sampling rows = {}, columns = {};
    Sampling2D() = default;
    Sampling2D(const Sampling& both) : rows(both), columns(both) {}
    Sampling2D(const Sampling& rows_, const Sampling& columns_) : rows(rows_), columns(columns_) {}
    bool operator==(const Sampling2D&) const = default;
};

/// TensorFlow 2 and Keras 3 (half-pixel centres, no antialiasing). area averages, for whole
/// factors, a piece of one cell: the cell itself.
Sampling sampling_of(Interpolation interpolation);

/// Source cells of output cell `output` when `in` cells become `out` (1 ≤ in, out; 0 ≤ output <
/// out). Sources ascending, each once, weights sum to 1, zero weights left out.
std::vector<Sample> samples(const Sampling& sampling, int in, int out, int output);

/// The same for every output cell.
std::vector<std::vector<Sample>> all_samples(const Sampling& sampling, int in, int out);

/// UpSampling2D by a whole factor.
std::vector<Sample> samples(Interpolation interpolation, int in, int factor, int output);

/// Where output cell centres fall in source coordinates with half-pixel centres: u above.
double source_position(int factor, int output);

}  // namespace engine
