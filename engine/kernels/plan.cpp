// SPDX-License-Identifier: MIT
// A layer prepared for one shape: which way of computing it is the cheapest, and the numbers it
// needs.
#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <variant>

#include "engine/kernels/kernels.h"
#include "engine/kernels/thread_pool.h"
#include "engine/kernels/work.h"
#include "engine/layers/interpolation.h"

namespace engine {

struct Plan::State {
    std::string target;

    State() : target(active_target()) {}
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    virtual ~State() = default;
    virtual void run(const float* input, float* output, ThreadPool* pool,
                     const Watch& watch) const = 0;
    virtual int shares(int threads) const = 0;
};

namespace {

/// The inputs of one run, and into how many shares they can be divided.
struct Job {
    int items = 1;
    std::ptrdiff_t item_in = 0, item_out = 0;  ///< floats from one to the next
    double nanoseconds = 0;                    ///< of all items on one thread, roughly
    int dividable = 1;                         ///< into so many shares at most
    bool stays_alone = false;                  ///< one thread does it, whatever the pool

    /// `item_nanoseconds` of one item on one thread. More shares than `most` of one item would
    /// repeat too much of each other's work.
    Job(const PlanOptions& options, std::int64_t in, std::int64_t out, double item_nanoseconds,
        int most = std::numeric_limits<int>::max())
        : items(options.batch),
          item_in(in),
          item_out(out),
          nanoseconds(item_nanoseconds * options.batch),
          dividable(std::max(most, options.batch)) {}

    /// A share that is shorter than some microseconds would not repay waking a thread; of longer
    /// work each thread gets several, for the others may be held back.
    int shares(int threads) const {
        constexpr double least_share = 4000;
        constexpr int shares_of_thread = 4;
        if (threads < 2 || stays_alone) return 1;
        const int worthwhile = static_cast<int>(std::min(
            {nanoseconds / least_share, 1.0 * shares_of_thread * threads, 1.0 * dividable}));
        return worthwhile > 1 ? worthwhile - worthwhile % std::min(worthwhile, threads) : 1;
    }

    /// One after another, each in `shares`, where somebody watches.
    int pieces(int shares) const {
        constexpr double piece = 20e6;
        constexpr double most_pieces = 4096;
        return static_cast<int>(
            std::max(1.0, std::min({nanoseconds / piece, 1.0 * dividable / shares, most_pieces})));
    }
};

/// A kernel and the work it was chosen for.
template <typename Work>
struct Prepared final : Plan::State {
    Work work;
    Kernel<Work> kernel;
    Job job;

    Prepared(Work work_, Kernel<Work> kernel_, const Job& job_)
        : work(std::move(work_)), kernel(kernel_), job(job_) {}
    int shares(int threads) const override { return job.shares(threads); }
    void run(const float* input, float* output, ThreadPool* pool,
             const Watch& watch) const override {
        const int parts = pool ? job.shares(pool->threads()) : 1;
        const int pieces = watch ? job.pieces(parts) : 1;
        for (int piece = 0; piece < pieces; ++piece) {
            if (watch && !watch(1.0 * piece / pieces)) return;
            const auto part = [&](int index) {
                run_share(input, output, {piece * parts + index, pieces * parts});
            };
            parts == 1 ? part(0) : pool->run(parts, part);
        }
    }

private:
    /// Whole items if there are enough of them, else a part of each.
    void run_share(const float* input, float* output, Share share) const {
        const bool whole_items = job.items >= share.count;
        const std::ptrdiff_t begin = whole_items ? share.begin(job.items) : 0;
        const std::ptrdiff_t end = whole_items ? share.end(job.items) : job.items;
        for (std::ptrdiff_t item = begin; item < end; ++item)
            kernel(work, whole_items ? Share{} : share, input + item * job.item_in,
                   output + item * job.item_out);
    }
};

using StatePointer = std::shared_ptr<const Plan::State>;

template <typename Work>
StatePointer prepared(Work work, Kernel<Work> kernel, const Job& job) {
    return std::make_shared<const Prepared<Work>>(std::move(work), kernel, job);
}

Kernel<FilterWork> kernel_for(const FilterWork&) { return filter_kernel(); }
Kernel<ChannelWork> kernel_for(const ChannelWork& work) { return channel_kernel(work.lanes); }
Kernel<ColumnWork> kernel_for(const ColumnWork&) { return column_kernel(); }
Kernel<StampWork> kernel_for(const StampWork&) { return stamp_kernel(); }
Kernel<MatrixWork> kernel_for(const MatrixWork& work) { return matrix_kernel(work.lanes); }
Kernel<ShuffleWork> kernel_for(const ShuffleWork& work) { return shuffle_kernel(work.lanes); }
Kernel<PatternWork> kernel_for(const PatternWork& work) {
    return pattern_kernel(work.lanes, work.shuffles);
}

template <typename Work>
int most_shares(const Work&, const Convolution&) {
    return std::numeric_limits<int>::max();
}
/// Neighbouring shares make the stamps of the same ring_rows - 1 input rows.
int most_shares(const StampWork& work, const Convolution& convolution) {
    return std::max(1, convolution.in_rows / (8 * std::max(1, work.ring_rows - 1)));
}
/// Their kernels do the whole.
int most_shares(const MatrixWork&, const Convolution&) { return 1; }
int most_shares(const ShuffleWork&, const Convolution&) { return 1; }

/// An instruction of those that costs are counted in.
constexpr double nanoseconds_per_instruction = 0.25;

/// The cheapest way of computing a convolution, not yet packed.
struct Choice {
    std::variant<FilterWork, ChannelWork, ColumnWork, StampWork, MatrixWork, ShuffleWork,
                 PatternWork>
        work;
    double nanoseconds = 0;  ///< of one item on one thread, roughly
};

Choice cheapest(const Convolution& convolution) {
    const VectorUnit unit = vector_unit();
    Choice choice{arrange_filters(convolution, unit)};
    double least = cost(std::get<FilterWork>(choice.work), convolution, unit);
    const auto consider = [&](auto work) {
        if (!work) return;
        const double found = cost(*work, convolution, unit);
        if (found >= least) return;
        least = found;
        choice.work = *std::move(work);
    };
    consider(arrange_channels(convolution, unit));
    consider(arrange_columns(convolution, unit));
    consider(arrange_stamps(convolution, unit));
    consider(arrange_matrix(convolution, unit));
    consider(arrange_shuffles(convolution, unit));
    consider(arrange_patterns(convolution, unit));
    choice.nanoseconds = least * convolution.groups * nanoseconds_per_instruction;
    return choice;
}

StatePointer plan_convolution(const Convolution& convolution, const PlanOptions& options) {
    Choice choice = cheapest(convolution);
    return std::visit(
        [&](auto& work) {
            const Job job(options, std::int64_t{convolution.input_row} * convolution.in_rows,
                          std::int64_t{convolution.output_row} * convolution.out_rows,
                          choice.nanoseconds, most_shares(work, convolution));
            fill(work, convolution);
            const auto kernel = kernel_for(work);
            return prepared(std::move(work), kernel, job);
        },
        choice.work);
}

struct ReferenceWork {
    LayerSpec spec;
    Geometry geometry;
    Weights weights;
};

/// The plain loops read the weights where they are, so they are kept.
ReferenceWork reference_work(const LayerSpec& spec, const Geometry& geometry,
                             const WeightsView& weights) {
    const WeightShapes shapes = weight_shapes(spec, geometry);
    const auto kept = [](const Shape& shape, std::span<const float> values) {
        return shape.rank() == 0 ? Tensor()
                                 : Tensor(shape, std::vector<float>(values.begin(), values.end()));
    };
    return {
        spec,
        geometry,
        {.kernel = kept(shapes.kernel, weights.kernel), .bias = kept(shapes.bias, weights.bias)}};
}

void run_reference(const ReferenceWork& work, Share share, const float* input, float* output) {
    const auto& [spec, geometry, weights] = work;
    if (const auto* convolution = std::get_if<Conv2D>(&spec))
        reference::conv2d(*convolution, geometry, weights, input, output, share);
    else if (const auto* transposed = std::get_if<Conv2DTranspose>(&spec))
        reference::conv2d_transpose(*transposed, geometry, weights, input, output, share);
    else if (const auto* upsampling = std::get_if<UpSampling2D>(&spec))
        reference::upsampling2d(*upsampling, geometry, input, output, share);
    else if (const auto* dense = std::get_if<Dense>(&spec))
        reference::dense(*dense, geometry, weights, input, output, share);
}

struct ReferenceResampling {
    Sampling2D sampling;
    Shape in, out;
};

void resample_by_reference(const ReferenceResampling& work, Share share, const float* input,
                           float* output) {
    reference::resample(work.sampling, work.in, work.out, input, output, share);
}

/// The plain loops of `products` stay on one thread: what is compared with should be as plain as it
/// can be.
Job reference_job(const PlanOptions& options, const Shape& in, const Shape& out,
                  std::int64_t products) {
    Job job(options, in.count(), out.count(),
            nominal_plain_product * static_cast<double>(products));
    job.stays_alone = true;
    return job;
}

/// Of kernels whose time goes with what they write.
constexpr double nanoseconds_per_written_number = 0.2;

Job writing_job(const PlanOptions& options, const Shape& in, const Shape& out) {
    return {options, in.count(), out.count(),
            static_cast<double>(out.count()) * nanoseconds_per_written_number};
}

StatePointer plan_resampling(const Sampling2D& sampling, const Shape& in, const Shape& out,
                             const PlanOptions& options) {
    if (active_target() == "reference")
        return prepared(ReferenceResampling{sampling, in, out}, &resample_by_reference,
                        reference_job(options, in, out, out.count()));
    return prepared(prepare_resampling(sampling, in, out), resample_kernel(),
                    writing_job(options, in, out));
}

StatePointer plan_upsampling(const UpSampling2D& spec, const Geometry& geometry,
                             const PlanOptions& options) {
    const int channels = geometry.input.channels();
    const Job job = writing_job(options, geometry.input, geometry.output);
    switch (spec.interpolation) {
        case Interpolation::nearest:
        case Interpolation::area:  // whole factors
            return prepared(prepare_nearest(geometry, spec.size, vector_unit()),
                            nearest_kernel(channels), job);
        case Interpolation::bilinear:
            return prepared(prepare_bilinear(geometry, spec.size, vector_unit()),
                            bilinear_kernel(channels), job);
        default:
            return plan_resampling(sampling_of(spec.interpolation), geometry.input, geometry.output,
                                   options);
    }
}

/// The vectors of all inputs at once, as far as they are one map.
StatePointer plan_dense(const Dense& spec, const Geometry& geometry, const WeightsView& weights,
                        const PlanOptions& options) {
    const std::int64_t vectors = geometry.output.count() / spec.units;
    if (options.batch < 1 || vectors * options.batch > max_side)
        return plan_convolution(describe(spec, geometry, weights), options);
    return plan_convolution(describe(spec, geometry, weights, options.batch), {});
}

StatePointer plan(const LayerSpec& spec, const Geometry& geometry, const WeightsView& weights,
                  const PlanOptions& options) {
    if (active_target() != "reference") {
        if (const auto* convolution = std::get_if<Conv2D>(&spec))
            return plan_convolution(describe(*convolution, geometry, weights), options);
        if (const auto* transposed = std::get_if<Conv2DTranspose>(&spec))
            return plan_convolution(describe(*transposed, geometry, weights), options);
        if (const auto* upsampling = std::get_if<UpSampling2D>(&spec))
            return plan_upsampling(*upsampling, geometry, options);
        if (const auto* dense = std::get_if<Dense>(&spec))
            return plan_dense(*dense, geometry, weights, options);
    }
    return prepared(reference_work(spec, geometry, weights), &run_reference,
                    reference_job(options, geometry.input, geometry.output, work(spec, geometry)));
}

/// The two layers one after the other.
struct ReferencePair {
    ReferenceWork first, second;
};

void run_pair(const ReferencePair& pair, Share, const float* input, float* output) {
    std::vector<float> between(static_cast<std::size_t>(pair.first.geometry.output.count()));
    run_reference(pair.first, {}, input, between.data());
    run_reference(pair.second, {}, between.data(), output);
}

}  // namespace

Plan Plan::make(const LayerSpec& spec, const Geometry& geometry, const WeightsView& weights,
                const PlanOptions& options) {
    return Plan(plan(spec, geometry, weights, options));
}

Plan Plan::make(const Sampling2D& sampling, const Shape& in, const Shape& out,
                const PlanOptions& options) {
    return Plan(plan_resampling(sampling, in, out, options));
}

std::optional<Plan> Plan::make_merged(const UpSampling2D& upsampling, const Geometry& upsampled,
                                      const Conv2D& convolution, const Geometry& convolved,
                                      const WeightsView& weights, const PlanOptions& options) {
    if (upsampling.interpolation != Interpolation::nearest || convolution.strides != Size2D{1, 1})
        return std::nullopt;
    if (active_target() == "reference")
        return Plan(prepared(ReferencePair{reference_work(upsampling, upsampled, {}),
                                           reference_work(convolution, convolved, weights)},
                             &run_pair,
                             reference_job(options, upsampled.input, convolved.output, 0)));
    const auto merged = describe(upsampling, upsampled, convolution, convolved, weights);
    if (!merged) return std::nullopt;
    return Plan(plan_convolution(merged->convolution, options));
}

void Plan::run(const float* input, float* output, ThreadPool* pool, const Watch& watch) const {
    m_state->run(input, output, pool, watch);
}

const std::string& Plan::target() const { return m_state->target; }

int Plan::shares(int threads) const { return m_state->shares(threads); }

namespace {

/// Costs are there to choose by. As times they are too short where the weights of one output no
/// longer stay in the first caches; measured for kernels of 3x3 to 255x255 on avx512 and scalar.
double as_time(const Choice& choice, const Convolution& convolution) {
    constexpr double cached_taps = 1024;
    const double taps = convolution.taps();
    const bool streamed = std::holds_alternative<ColumnWork>(choice.work) && taps > cached_taps;
    return choice.nanoseconds * (streamed ? 1 + 0.4 * std::log2(taps / cached_taps) : 1);
}

double nominal_time(const Convolution& convolution) {
    return as_time(cheapest(convolution), convolution);
}

}  // namespace

double nominal_nanoseconds(const LayerSpec& spec, const Geometry& geometry) {
    const auto outputs = static_cast<double>(geometry.output.count());
    // A widened row is blended from as many rows as the rule takes samples.
    const auto* upsampling = std::get_if<UpSampling2D>(&spec);
    const double taps =
        upsampling ? static_cast<double>(samples(upsampling->interpolation, geometry.rows.in,
                                                 geometry.rows.stride, geometry.rows.out / 2)
                                             .size())
                   : 1;
    if (active_target() == "reference")
        return nominal_plain_product * taps * taps * static_cast<double>(work(spec, geometry));
    const WeightsView none;
    if (const auto* convolution = std::get_if<Conv2D>(&spec))
        return nominal_time(describe(*convolution, geometry, none));
    if (const auto* transposed = std::get_if<Conv2DTranspose>(&spec))
        return nominal_time(describe(*transposed, geometry, none));
    if (const auto* dense = std::get_if<Dense>(&spec))
        return nominal_time(describe(*dense, geometry, none));
    const bool copied = taps <= 2;
    return outputs * (copied ? 1.5 : 2 + 4 * taps / vector_unit().lanes);
}

bool can_plan(const LayerSpec& spec) {
    return std::holds_alternative<Conv2D>(spec) || std::holds_alternative<Conv2DTranspose>(spec) ||
           std::holds_alternative<UpSampling2D>(spec) || std::holds_alternative<Dense>(spec);
}

}  // namespace engine
