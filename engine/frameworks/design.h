// SPDX-License-Identifier: MIT
// From a size to a size: every layer, and every two layers one behind the other, that lead there.
#pragma once

#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "engine/frameworks/ledger.h"
#include "engine/layers/counts.h"

namespace engine {

/// What leads from one size to another.
enum class WayKind {
    transposed,  ///< one Conv2DTranspose
    resized,     ///< UpSampling2D, then a Conv2D of stride 1
    twice,       ///< two steps, each of which doubles the size
};

inline constexpr int max_design_size = 1 << 20;
inline constexpr int max_design_argument = 4096;  ///< of what is fixed
inline constexpr int max_design_rows = 10000;

/// What is asked for. Everything that is fixed is kept; rows and columns each have their number.
struct DesignQuestion {
    Size2D from{1, 1};
    Size2D to{1, 1};
    std::optional<Size2D> kernel = {};
    std::optional<Size2D> strides = {};  ///< the size of an UpSampling2D
    std::optional<Size2D> padding = {};  ///< PyTorch's: cut before each axis
    std::optional<Size2D> output_padding = {};
    /// It says the layer without a slice behind it, if there is any such layer.
    std::optional<Framework> framework = {};
    int largest_kernel = 64;
    int largest_strides = 32;
    int channels = 1;  ///< of the input
    int filters = 1;   ///< of every layer
    int most = 20;     ///< ways that are listed
    bool operator==(const DesignQuestion&) const = default;
};

/// A layer of a way; a transposed one in ONNX's words, which say any crop.
using DesignLayer = std::variant<OnnxConvTranspose, UpSampling2D, Conv2D>;

/// How stamps lie on each other: see CoverageVerdict, of which these are the rules of dilation 1.
enum class Tiling { tiles, even, uneven, holes };

struct Way {
    WayKind kind = WayKind::transposed;
    std::vector<DesignLayer> layers;
    std::vector<Geometry> geometries;
    // Badges. Of two steps the worse of both.
    std::optional<Tiling> overlap = {};  ///< none: no layer lays stamps
    bool symmetric = true;               ///< as much is cut before as after
    bool needs_output_padding = false;   ///< for PyTorch to say it
    std::int64_t parameters = 0;
    std::int64_t multiply_adds = 0;
    Reach reach;
};

struct Design {
    std::int64_t count = 0;  ///< of all ways
    std::vector<Way> ways;   ///< the first of them: the best of each kind in turn
    /// No transposed layer does it alone in the framework that is fixed: those listed are cut by
    /// hand behind it.
    bool cut_by_hand = false;
    /// Where nothing leads to the size: the nearest that something leads to, of whose ways these
    /// are.
    std::optional<Size2D> nearest = {};
};

/// Single transposed layers are those that Keras, PyTorch or ONNX say with dilation 1, a kernel and
/// strides up to the largest, padding less than the kernel and output_padding less than the
/// strides: Keras's valid and same, PyTorch's padding with output_padding, ONNX's auto_pad and
/// output_shape, which split an odd crop either way. ONNX's pads could cut further apart; these
/// only shift what is listed. One way for each kernel, strides and crop; where rows and columns
/// lead between the same sizes they have the same numbers, else any numbers of each.
/// UpSampling2D + Conv2D are valid, same and PyTorch's padding. Two steps are any two ways to
/// double the size, where that is asked for.
Result<Design> design(const DesignQuestion& question);

/// The transposed layer of a way in every framework's words.
std::vector<DialectRow> forms(const OnnxConvTranspose& layer, const Geometry& geometry);

/// The layers of a way as a lesson holds them: in Keras's words or, where these would need a
/// Cropping2D behind, in PyTorch's; with that layer where both would. `in_words_of` Keras: always
/// in its words, and PyTorch: in its words where it has any.
std::vector<LayerSpec> layers_of(const Way& way, std::optional<Framework> in_words_of = {});

/// A setting that somebody says leads to the size.
struct Claim {
    Conv2DTranspose layer;
    Result<Geometry> geometry;
    bool holds(Size2D to) const;
};
/// In PyTorch's words; padding and output_padding are 0 where they are not told.
Claim claimed(const Told& told, Size2D from);

}  // namespace engine
