// SPDX-License-Identifier: MIT
// Layers made ready once and run on input after input: weights made and packed, the way of
// computing chosen.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "engine/kernels/kernels.h"
#include "engine/models/model.h"

namespace engine {

/// One layer with its tensors and, if it is of a kind that has one, its plan. Immutable; may be
/// shared between threads.
class PreparedLayer {
public:
    /// The weights must fit (check_weights).
    PreparedLayer(const LayerSpec& spec, const Geometry& geometry, const Weights& weights);
    /// Makes the weights that are set; fails if one of them is not finite.
    static Result<PreparedLayer> make(const LayerSpec& spec, const Geometry& geometry,
                                      const WeightSetting& setting);
    /// UpSampling2D and the Conv2D behind it as one layer (Plan::make_merged). Nothing where they
    /// do not merge, or where that would not repay adding up the taps: each cell of the larger map
    /// that is made of one source cell has sums of its own, so there are to be as many source cells
    /// at least.
    static std::optional<PreparedLayer> make_merged(const Layer& upsampling,
                                                    const Geometry& upsampled,
                                                    const Layer& convolution,
                                                    const Geometry& convolved);

    /// Was it made of the same? Tensors that share their storage are not compared number by number.
    bool is_for(const LayerSpec& spec, const Geometry& geometry,
                const WeightSetting& setting) const;

    const LayerSpec& spec() const { return m_spec; }
    const Geometry& geometry() const { return m_geometry; }
    const Weights& weights() const { return m_weights; }
    bool has_plan() const { return m_plan.has_value(); }

    /// The output for one input (no batch axis), to the last bit the same with any pool. Fails only
    /// if a result is not finite, or if `watch` stops it.
    Result<Tensor> run(const Tensor& input, ThreadPool* pool = nullptr,
                       const Watch& watch = {}) const;

private:
    PreparedLayer(const Shape& input, const LayerSpec& spec, const Geometry& geometry,
                  WeightSetting setting, Weights weights, std::optional<Plan> plan);

    Shape m_input;  ///< of run: the geometry's, or if merged that of the layer before
    LayerSpec m_spec;
    Geometry m_geometry;
    WeightSetting m_setting;
    Weights m_weights;
    std::optional<Plan> m_plan;
};

/// Feature maps sampled by another rule than UpSampling2D's.
class PreparedSampling {
public:
    /// `output` is resized()'s.
    PreparedSampling(const Sampling2D& sampling, const Shape& input, const Shape& output);
    /// Fails as PreparedLayer::run does.
    Result<Tensor> run(const Tensor& input) const;

private:
    Shape m_input, m_output;
    Plan m_plan;
};

/// The layers of a model as far as they were made ready: each is kept until another layer, shape or
/// weight stands in its place, so another input makes nothing anew. A value; copies share what was
/// made.
class PreparedModel {
public:
    /// Layer `index`: the one kept if it is the same, else made now. The pointer is good until that
    /// changes. Fails as PreparedLayer::make does.
    Result<const PreparedLayer*> layer(std::size_t index, const Layer& layer,
                                       const Geometry& geometry);
    bool has(std::size_t index, const Layer& layer, const Geometry& geometry) const;

    /// Where only the end is asked for: UpSampling2D is merged with the Conv2D behind it, so the
    /// last output may be about 1e-6 of the largest off what the layers make one by one.
    /// `geometries` are infer_model's. Errors have the layer's index.
    Result<Tensor> end_of(std::span<const Layer> layers, std::span<const Geometry> geometries,
                          const Tensor& input, ThreadPool* pool = nullptr);

    /// Lets go of what these layers have no use for; of one layer; of all.
    void keep_only(std::span<const Layer> layers, std::span<const Geometry> geometries);
    void let_go_of(std::size_t index);
    void clear() { *this = {}; }

    std::int64_t held() const;  ///< float32 numbers of the layers' weights, as they are and packed
    int plans_made() const { return m_plans_made; }  ///< since it was empty

private:
    using Pointer = std::shared_ptr<const PreparedLayer>;
    struct Pair {
        LayerSpec upsampling;
        Geometry upsampled;
        Layer convolution;
        Geometry convolved;
        Pointer merged;  ///< null: they do not merge
        bool is_for(std::span<const Layer> layers, std::span<const Geometry> geometries,
                    std::size_t index) const;
    };
    const PreparedLayer* merged(std::size_t index, std::span<const Layer> layers,
                                std::span<const Geometry> geometries);

    std::vector<Pointer> m_layers;             ///< by index; null: not made yet, or let go of
    std::vector<std::optional<Pair>> m_pairs;  ///< by the index of the first
    int m_plans_made = 0;
};

/// Numbers that a plan of the layer packs, about: as many as its weights; 0 for layers without a
/// plan.
std::int64_t packed_count(const LayerSpec& spec, const Geometry& geometry);

}  // namespace engine
