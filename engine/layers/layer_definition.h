// SPDX-License-Identifier: MIT
// What the program knows about a class of layers, in one row. A layer is a struct in the list of
// LayerSpec and a file with its definition beside this one; nothing else names it. (Layers with a
// stage of their own have a reading, too.)
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/layers/argument.h"
#include "engine/layers/formula.h"
#include "engine/layers/geometry.h"
#include "engine/layers/weights.h"
#include "engine/values/watch.h"

namespace engine {

class TorchModules;

/// What a layer is computed from.
struct LayerInput {
    const Geometry& geometry;
    const Weights& weights;
    const Tensor& input;
    const Watch& watch;
};

/// One filter of a layer as a layer that computes the same. What there is to play of it.
struct OneFilter {
    /// Conv2DTranspose lays stamps, Conv2D slides a window: filters = 1, groups = 1, no bias,
    /// linear.
    LayerSpec layer = Conv2DTranspose{};
    Tensor kernel = {};              ///< (kh, kw, 1, channels)
    std::vector<int> channels = {};  ///< of the layer's input, in the order of the kernel's
    float bias = 0;
};

struct LayerDefinition {
    std::string_view class_name;                 ///< Keras's
    bool is_in_keras = true;                     ///< else Keras has no such class
    std::vector<std::string_view> aliases = {};  ///< the same class by other names in Keras
    LayerSpec defaults = {};                     ///< Keras's; 1 where it has none
    LayerSpec example = {};  ///< does something useful at once: what a new layer begins as
    std::vector<Argument> arguments = {};  ///< in Keras's order
    /// Of arguments that change nothing at inference, those that only this class has.
    std::vector<std::string_view> harmless = {};
    /// Names of its tensors; each brings an initializer, a regularizer and a constraint, which are
    /// harmless, too.
    std::vector<std::string_view> tensors = {};
    std::string_view name_in_pytorch = {}, name_in_onnx = {};

    /// Is this the row of a layer, where one struct serves several classes? None: of every one of
    /// its struct.
    bool (*describes)(const LayerSpec&) = nullptr;
    /// The arguments have passed their limits, the input has 1 to 3 sizes.
    Result<Geometry> (*infer)(const LayerSpec&, const Shape& input) = nullptr;
    /// As weight_shapes: sizes that do not follow are 0. None: no weights.
    WeightShapes (*weight_shapes)(const LayerSpec&, const Shape& input) = nullptr;
    /// Multiply-adds on real inputs. None: 0.
    std::int64_t (*multiply_adds)(const LayerSpec&, const Geometry&) = nullptr;
    /// Products at most (see work). None: the multiply-adds, or the outputs if they are more.
    std::int64_t (*work)(const LayerSpec&, const Geometry&) = nullptr;
    /// Without a plan: what it goes through takes of nominal nanoseconds (effort.h). None: nothing
    /// beside its outputs.
    double (*loop_nanoseconds)(const LayerSpec&, const Geometry&) = nullptr;
    /// Applied to what a plan makes. None: linear.
    ActivationKind (*activation)(const LayerSpec&) = nullptr;
    /// None: a Plan computes it (kernels.h).
    Tensor (*forward)(const LayerSpec&, const LayerInput&) = nullptr;
    /// None: it has no filters to be played. is_played, if there, says which settings are.
    bool (*is_played)(const LayerSpec&) = nullptr;
    OneFilter (*one_filter)(const LayerSpec&, const Geometry&, const Weights&,
                            int filter) = nullptr;
    /// Input channels that one filter looks at.
    int (*filter_channels)(const LayerSpec&, const Geometry&) = nullptr;
    bool passes_on = false;  ///< its output is its input, perhaps under another shape
    enum class Window { none, slides, stamps } window = Window::none;
    /// Rules of the output size. None: no rule of its axes.
    Formula (*sizes)(const LayerSpec&, const Geometry&) = nullptr;
    /// The product that counts the parameters; its result is filled in. None: no parameters.
    Equation (*parameters)(const LayerSpec&, const Geometry&) = nullptr;
    /// Its modules in PyTorch, in order (torch_modules.h).
    void (*torch_modules)(const LayerSpec&, TorchModules&) = nullptr;
};

/// All of them, in the order of LayerSpec.
std::span<const LayerDefinition* const> layer_definitions();
const LayerDefinition& definition_of(const LayerSpec& spec);
/// By class name or alias; none if it is unknown.
const LayerDefinition* definition_named(std::string_view name);
/// However it is written: "conv2d_transpose", "Conv2DTranspose", "leaky_relu", "MaxPool2D".
const LayerDefinition* definition_like(std::string_view name);

/// The argument with this name in a framework's words (Keras: of any release).
const Argument* argument_named(const LayerDefinition& definition, Framework framework,
                               std::string_view name);
/// Changes nothing at inference: initializers, regularizers, constraints, a seed, …
bool is_harmless(const LayerDefinition& definition, std::string_view name);
/// The refusal of an argument that the class does not have, with the name meant where one is near.
Error unknown_argument(const LayerDefinition& definition, Framework framework,
                       std::string_view name);

/// The same, of names alone: for what is no layer of this program but is spoken to in a framework's
/// words.
Error unknown_argument(std::string_view class_name, Framework framework, std::string_view name,
                       std::span<const std::string_view> known);

/// Is one filter of it a convolution or a transposed one that can be played?
bool plays_filters(const LayerSpec& spec);

/// Is every argument within its limits?
std::optional<Error> check_limits(const LayerSpec& spec);

/// A function of one layer's struct as a function of any layer.
template <auto function>
struct Erased;
template <typename Answer, typename Struct, typename... Rest,
          Answer (*function)(const Struct&, Rest...)>
struct Erased<function> {
    static Answer call(const LayerSpec& spec, Rest... rest) {
        return function(std::get<Struct>(spec), rest...);
    }
};
template <auto function>
inline constexpr auto erased = &Erased<function>::call;

}  // namespace engine
