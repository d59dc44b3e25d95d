// SPDX-License-Identifier: MIT
// A lesson is a value: a model, its weights and an input. Everything shown is a pure function of
// it.
#pragma once

#include <string>
#include <vector>

#include "engine/models/forward.h"
#include "engine/models/prepared_model.h"

namespace engine {

/// What is true and undoable. A single layer is a model of one.
struct Lesson {
    std::string title = {};  ///< UTF-8
    std::string notes = {};  ///< UTF-8, one or two sentences for the learner
    Tensor input = {};       ///< of the first layer, rank 1 to 3
    std::vector<Layer> layers = {};
    std::string name = {};  ///< of the model, UTF-8; empty: as Keras calls it
    /// Another model on the same input, which stands beside this one (comparison.h); empty: none.
    std::vector<Layer> against = {};
    bool operator==(const Lesson&) const = default;
};

struct LayerRun {
    Geometry geometry;
    Weights weights;  ///< materialized
    Tensor input;
    Tensor output;
    /// Without tensors: the layer was computed, but what it held was let go of.
    bool is_kept() const { return !output.empty(); }
};

/// What follows from a lesson: derived, never stored.
struct Run {
    std::vector<LayerRun> layers;
};

/// The tensors that a lesson itself holds, compared ones included: its input and stored weights,
/// none of them empty.
std::vector<Tensor> tensors_of(const Lesson& lesson);

/// How a lesson is run.
struct RunOptions {
    /// All layers are kept as long as there is room. Else only this one is: its tensors are what a
    /// picture shows.
    int focus = 0;
    std::int64_t max_numbers = max_held_count;  ///< float32 numbers held at the same time, at most
    std::int64_t besides = 0;  ///< of them are for what is made of the run: a picture
    Watch watch = {};
    /// What an earlier run made ready, to be used again; afterwards what this one did, or nothing
    /// if there is no room to keep it. Null: what is made ready is let go of at once.
    PreparedModel* prepared = nullptr;
    ThreadPool* pool = nullptr;  ///< shares the work; the numbers are the same with any
};

/// Why a run would fail before anything is computed: the first layer that does not fit, an input
/// that is not finite, too many numbers. `shapes` are infer_model's.
std::optional<Error> check_run(const Lesson& lesson, const ModelShapes& shapes,
                               const RunOptions& options = {});

/// Fails with the index of the layer that does not fit, cannot be computed, or passes the limit; or
/// if it is stopped. How long it takes nobody asks here: see run_effort.
Result<Run> run(const Lesson& lesson, const RunOptions& options = {});

/// Numbers that a run holds when it holds the most, the lesson's own input and weights included.
struct Held {
    std::int64_t all = 0;                               ///< if every layer is kept
    std::int64_t focus = 0;                             ///< if only the layer in focus is
    std::int64_t all_prepared = 0, focus_prepared = 0;  ///< the same, with all weights and plans
};
Held held_by_run(const Lesson& lesson, std::span<const Geometry> geometries, int focus);
/// Has such a run room to keep what it makes ready?
bool keeps_prepared(const Lesson& lesson, std::span<const Geometry> geometries,
                    const RunOptions& options);

/// Of one side alone: are all stored weights of the shapes that their layers need, as far as
/// arguments and inputs tell? For lessons from outside: run would cut and fill them as it does
/// after an edit. The error has the layer's index.
std::optional<Error> check_stored(const Lesson& lesson);
/// The lesson as a file holds it: without the numbers that a larger kernel set aside. It runs the
/// same.
Lesson with_fitted_weights(Lesson lesson);

/// `to` with every argument that `from` has, too; UpSampling2D's size is the others' strides.
LayerSpec carried_over(const LayerSpec& from, LayerSpec to);

/// Whole new lessons with one thing changed. A stored kernel keeps its numbers for every input
/// channel and filter where Conv2D becomes Conv2DTranspose or comes back, whose axes are swapped.
Lesson with_layer(Lesson lesson, int index, LayerSpec spec);
/// Other layers in the place of `count` of them: each that has a kernel begins with the weights of
/// the first that had one, and the last keeps the activation of the last.
Lesson with_layers(Lesson lesson, int index, int count, const std::vector<LayerSpec>& specs);
Lesson with_weights(Lesson lesson, int index, WeightSetting weights);
Lesson with_input(Lesson lesson, Tensor input);

/// Inputs a click away; all (height, width, channels), every channel alike unless said.
Tensor counting_input(const Shape& shape);      ///< 1, 2, 3, …, on from channel to channel
Tensor one_hot_input(const Shape& shape);       ///< 1 in the middle cell
Tensor checkerboard_input(const Shape& shape);  ///< 1 and 0
Tensor gradient_input(const Shape& shape);      ///< 0 to 1 from the top left to the bottom right
Tensor digit_input(const Shape& shape);         ///< a drawn 3, scaled to the grid, 0 to 1
/// Whole numbers 0 to 9, each drawn anew (rank 1: normal, a latent vector).
Tensor random_input(const Shape& shape, std::uint64_t seed);

}  // namespace engine
