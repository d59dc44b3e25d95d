// SPDX-License-Identifier: MIT
// The layers as plain structs with Keras's names and defaults, and the variant that holds any one.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/values/tensor.h"

namespace engine {

struct LayerDefinition;
/// The rows of a layer in the table of layers (layers/layer_definition.h); one struct may serve
/// several classes.
using Definitions = std::span<const LayerDefinition>;

/// The names of an enumeration's values. The first of each value is the one written.
struct ChoiceNames {
    struct Name {
        int value = 0;
        std::string_view name;
    };
    std::span<const Name> names;
};
template <typename Kind>
constexpr ChoiceNames::Name named(Kind kind, std::string_view name) {
    return {static_cast<int>(kind), name};
}
std::string_view name_of(const ChoiceNames& names, int value);
/// Case-insensitive, in ASCII.
std::optional<int> value_named(const ChoiceNames& names, std::string_view name);

/// Keras's activation strings. hard_sigmoid is Keras 2's clip(0.2x + 0.5, 0, 1); leaky_relu as a
/// string has slope 0.2; softmax runs over the last axis; gelu is the exact (erf) form; silu is
/// another name of swish.
enum class ActivationKind {
    linear,
    relu,
    relu6,
    leaky_relu,
    elu,
    selu,
    sigmoid,
    hard_sigmoid,
    tanh,
    softplus,
    softsign,
    softmax,
    swish,
    gelu,
    exponential,
    mish,
};
const ChoiceNames& choice_names(ActivationKind);

enum class Interpolation {
    nearest,
    bilinear,
    bicubic,
    lanczos3,
    lanczos5,
    gaussian,
    mitchellcubic,
    area
};
inline constexpr std::array all_interpolations{
    Interpolation::nearest,       Interpolation::bilinear, Interpolation::bicubic,
    Interpolation::lanczos3,      Interpolation::lanczos5, Interpolation::gaussian,
    Interpolation::mitchellcubic, Interpolation::area};

const ChoiceNames& choice_names(Interpolation);

/// padding="valid"
struct Valid {
    bool operator==(const Valid&) const = default;
};
/// padding="same"
struct Same {
    bool operator==(const Same&) const = default;
};
/// PyTorch's dialect: `padding` zeros on both sides (for a transposed layer: crop on both sides).
struct Explicit {
    Size2D padding{0, 0};
    bool operator==(const Explicit&) const = default;
};
using Padding = std::variant<Valid, Same, Explicit>;

struct UpSampling2D {
    Size2D size{2, 2};  ///< (rows, columns): (2, 3) doubles the height and triples the width
    Interpolation interpolation = Interpolation::nearest;
    static Definitions definitions();
    bool operator==(const UpSampling2D&) const = default;
};

/// Weights: kernel (kh, kw, in / groups, filters), bias (filters).
struct Conv2D {
    int filters = 1;
    Size2D kernel_size{1, 1};
    Size2D strides{1, 1};
    Padding padding = Valid{};
    Size2D dilation_rate{1, 1};
    int groups = 1;
    ActivationKind activation = ActivationKind::linear;
    bool use_bias = true;
    static Definitions definitions();
    bool operator==(const Conv2D&) const = default;
};

/// Weights: kernel (kh, kw, filters / groups, in), out before in; bias (filters). Input channel c
/// belongs to group c / (in / groups). Keras has groups = 1 only; with Explicit padding and groups
/// the struct is PyTorch's ConvTranspose2d. output_padding: none is not the same as 0 (Keras);
/// with Explicit padding none means 0.
struct Conv2DTranspose {
    int filters = 1;
    Size2D kernel_size{1, 1};
    Size2D strides{1, 1};
    Padding padding = Valid{};
    std::optional<Size2D> output_padding = {};
    Size2D dilation_rate{1, 1};
    int groups = 1;
    ActivationKind activation = ActivationKind::linear;
    bool use_bias = true;
    static Definitions definitions();
    bool operator==(const Conv2DTranspose&) const = default;
};

/// Weights: kernel (in, units), bias (units).
struct Dense {
    int units = 1;
    ActivationKind activation = ActivationKind::linear;
    bool use_bias = true;
    static Definitions definitions();
    bool operator==(const Dense&) const = default;
};

/// One size may be -1: what is left over.
struct Reshape {
    Shape target_shape = {};
    static Definitions definitions();
    bool operator==(const Reshape&) const = default;
};

struct Flatten {
    static Definitions definitions();
    bool operator==(const Flatten&) const = default;
};

struct Activation {
    ActivationKind activation = ActivationKind::relu;
    static Definitions definitions();
    bool operator==(const Activation&) const = default;
};

struct LeakyReLU {
    float negative_slope = 0.3F;
    static Definitions definitions();
    bool operator==(const LeakyReLU&) const = default;
};

/// Class ReLU (summary name re_lu): with t = threshold, m = max_value and s = negative_slope,
///
///     m for x > m, x for t < x, else s (x - t)
///
/// Source: keras 3, backend/tensorflow/nn.py and activations/activations.py, whose code compares x
/// > t; its page says x >= t. None of the three may be negative.
struct ReLU {
    std::optional<float> max_value = {};
    float negative_slope = 0.0F;
    float threshold = 0.0F;
    static Definitions definitions();
    bool operator==(const ReLU&) const = default;
};

/// x, and alpha (exp x - 1) below 0.
struct ELU {
    float alpha = 1.0F;
    static Definitions definitions();
    bool operator==(const ELU&) const = default;
};

/// x, and alpha x below 0, where alpha is learned: one for every number of the input, or one for
/// all along the axes in shared_axes (1 is the first after the batch).
struct PReLU {
    std::vector<int> shared_axes = {};
    static Definitions definitions();
    bool operator==(const PReLU&) const = default;
};

/// Over one axis; the batch is axis 0.
struct Softmax {
    int axis = -1;
    static Definitions definitions();
    bool operator==(const Softmax&) const = default;
};

/// No mathematics: a model's input where it is listed as a layer.
struct InputLayer {
    static Definitions definitions();
    bool operator==(const InputLayer&) const = default;
};

/// At inference: gamma * (x - moving_mean) / sqrt(moving_variance + epsilon) + beta, per channel.
struct BatchNormalization {
    float epsilon = 1e-3F;
    bool center = true;  ///< has beta
    bool scale = true;   ///< has gamma
    int axis = -1;       ///< only the last, whose number is also the input's rank
    static Definitions definitions();
    bool operator==(const BatchNormalization&) const = default;
};

/// The identity at inference.
struct Dropout {
    float rate = 0.5F;
    static Definitions definitions();
    bool operator==(const Dropout&) const = default;
};

enum class PoolKind { max, average };

/// MaxPooling2D, AveragePooling2D. Average with padding same divides by the number of real cells.
struct Pooling2D {
    PoolKind kind = PoolKind::max;
    Size2D pool_size{2, 2};
    std::optional<Size2D> strides = {};  ///< none: pool_size
    Padding padding = Valid{};
    static Definitions definitions();
    bool operator==(const Pooling2D&) const = default;
};

/// GlobalMaxPooling2D, GlobalAveragePooling2D: (height, width, channels) -> (channels), or with
/// keepdims (1, 1, channels).
struct GlobalPooling2D {
    PoolKind kind = PoolKind::average;
    bool keepdims = false;
    static Definitions definitions();
    bool operator==(const GlobalPooling2D&) const = default;
};

/// Rows or columns at the four edges.
struct Edges {
    int top = 0, bottom = 0, left = 0, right = 0;
    bool operator==(const Edges&) const = default;
};
struct ZeroPadding2D {
    Edges padding{1, 1, 1, 1};
    static Definitions definitions();
    bool operator==(const ZeroPadding2D&) const = default;
};
struct Cropping2D {
    Edges cropping = {};
    static Definitions definitions();
    bool operator==(const Cropping2D&) const = default;
};

/// How the channels of a cell are counted when they become a block: see DepthToSpace.
enum class DepthMode {
    dcr,  ///< depth, column, row: TensorFlow
    crd,  ///< column, row, depth: PyTorch
};
const ChoiceNames& choice_names(DepthMode);

/// The channels of a cell become a block of cells, b = block_size along both sides, with n =
/// channels / b² channels each. Channel f of the block's cell (row, column) is, of the cell it
/// comes from, channel
///
///     DCR    (row b + column) n + f      tf.nn.depth_to_space, ONNX's default
///     CRD    (f b + row) b + column      torch.nn.PixelShuffle
///
/// Source: ONNX operator documentation, DepthToSpace-13. Keras has no such layer.
struct DepthToSpace {
    int block_size = 2;
    DepthMode mode = DepthMode::dcr;
    static Definitions definitions();
    bool operator==(const DepthToSpace&) const = default;
};

using LayerSpec =
    std::variant<UpSampling2D, Conv2DTranspose, Conv2D, Dense, Reshape, Flatten, Activation,
                 LeakyReLU, ReLU, BatchNormalization, Dropout, Pooling2D, GlobalPooling2D,
                 ZeroPadding2D, Cropping2D, ELU, PReLU, Softmax, InputLayer, DepthToSpace>;

/// Keras's class name: "Conv2DTranspose", "MaxPooling2D".
std::string class_name(const LayerSpec& spec);

std::string_view name_of(ActivationKind kind);
std::string_view name_of(Interpolation kind);
std::optional<ActivationKind> activation_named(std::string_view name);    ///< case-insensitive
std::optional<Interpolation> interpolation_named(std::string_view name);  ///< case-insensitive

}  // namespace engine
