// SPDX-License-Identifier: MIT
// Kernel and bias as code: what Keras, NumPy and PyTorch take and print.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include <QString>

#include "engine/layers/kernel_axes.h"
#include "engine/layers/weights.h"
#include "engine/values/result.h"

namespace ui::formats {

/// One way to write them; a further one is a row in weights_text.cpp.
struct WeightsForm {
    const char* id;    ///< "set_weights"
    const char* name;  ///< for people: title() is its translation
    engine::KernelOrder order;
    /// `kernel` in the form's order; without a bias that is empty.
    QString (*write)(const engine::Tensor& kernel, const engine::Tensor& bias);
    QString title() const;
};
std::span<const WeightsForm> weights_forms();

/// Of a layer with four axes (engine::has_kernel_axes), its kernel in Keras's order.
QString write_weights(const WeightsForm& form, const engine::LayerSpec& spec,
                      const engine::Weights& weights);

struct ReadWeights {
    engine::Tensor kernel;                                   ///< in Keras's order
    engine::Tensor bias;                                     ///< empty: the text has none
    engine::KernelOrder order = engine::KernelOrder::keras;  ///< that the text was taken to be in
};
/// What any form wrote, and what get_weights() and print(weight) print. Words of PyTorch say that
/// it is in PyTorch's order, else the shape does; where both fit, it is Keras's. `wanted`: the
/// layer's shapes, in Keras's order. Rows and columns may be others, up to max_kernel_side: the
/// kernel brings its size. Channels that do not fit are refused with both shapes.
engine::Result<ReadWeights> read_weights(const QString& text, const engine::LayerSpec& spec,
                                         const engine::WeightShapes& wanted);
inline constexpr int max_kernel_side = 64;

/// Numbers and the sizes of their axes, the outermost first; none: one number.
struct ReadArray {
    std::vector<std::size_t> sizes;
    std::vector<float> values;
};
/// The order in which an array of these sizes is the layer's kernel, `exact`: with as many rows and
/// columns as it has by now. `first` and `only` as below.
struct KernelFit {
    engine::KernelOrder order;
    bool exact;
};
std::optional<KernelFit> fit_of(const std::vector<std::size_t>& sizes,
                                const engine::LayerSpec& spec, const engine::WeightShapes& wanted,
                                engine::KernelOrder first, bool only);
/// A kernel, then a bias if there is one, as somebody else's arrays: `first` is the order taken
/// where both fit, `only`: no other is.
engine::Result<ReadWeights> fit_weights(std::span<const ReadArray> arrays,
                                        const engine::LayerSpec& spec,
                                        const engine::WeightShapes& wanted,
                                        engine::KernelOrder first, bool only);

}  // namespace ui::formats
