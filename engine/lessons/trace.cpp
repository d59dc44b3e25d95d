// SPDX-License-Identifier: MIT
#include "engine/lessons/trace.h"

#include <algorithm>
#include <cassert>

#include "engine/kernels/kernels.h"
#include "engine/layers/activation.h"
#include "engine/layers/interpolation.h"
#include "engine/layers/layer_definition.h"
#include "engine/lessons/visits.h"

namespace engine {

namespace {

std::size_t index(std::int64_t i) { return static_cast<std::size_t>(i); }

/// Some channels of a feature map.
Tensor channels_of(const Tensor& map, const std::vector<int>& channels) {
    const Shape& shape = map.shape();
    const auto count = static_cast<int>(channels.size());
    // All of them are in their order.
    if (count == shape.channels() && std::ranges::is_sorted(channels)) return map;
    std::vector<float> values;
    values.reserve(index(std::int64_t{shape.height()} * shape.width() * count));
    for (const float* cell = map.data(); cell != map.data() + shape.count();
         cell += shape.channels())
        for (const int channel : channels) values.push_back(cell[channel]);
    return Tensor(Shape{shape.height(), shape.width(), count}, std::move(values));
}

/// The layer's linear part and bias with nothing cut away: appended cells and holes hold the bias.
Tensor canvas_with_bias(const Conv2DTranspose& layer, const Geometry& geometry,
                        const Weights& weights, const Tensor& input) {
    const Geometry whole = without_crop(geometry);
    std::vector<float> values(index(whole.output.count()));
    reference::conv2d_transpose(layer, whole, weights, input.data(), values.data());
    return Tensor(whole.output, std::move(values));
}

/// An output cell along one axis of UpSampling2D and the share a source cell has in it.
struct Weighted {
    int output = 0;
    double weight = 0;
};

/// The outputs along an axis that a source cell has a share in.
std::vector<Weighted> shares_of(Interpolation interpolation, const Axis& axis, int source) {
    // The widest rule, lanczos5, reaches 5 cells from an output's centre; edges are clamped or cut.
    constexpr int reach = 6;
    const int factor = axis.stride;
    const int first = std::max(source - reach, 0) * factor;
    const int last = std::min(source + reach + 1, axis.in) * factor;
    std::vector<Weighted> shares;
    for (int output = first; output < last; ++output)
        for (const Sample& sample : samples(interpolation, axis.in, factor, output))
            if (sample.source == source) shares.push_back({output, sample.weight});
    return shares;
}

/// The layer with its whole full output and nothing appended.
Conv2DTranspose nothing_cut(Conv2DTranspose layer) {
    layer.padding = Explicit{};
    layer.output_padding = std::nullopt;
    return layer;
}

bool is_after_linear_part(Phase phase) {
    return phase == Phase::add_bias || phase == Phase::activate || phase == Phase::crop;
}

}  // namespace

float sum(const std::vector<Tap>& taps) {
    double total = 0;
    for (const Tap& tap : taps) total += tap.product;
    return static_cast<float>(total);
}

std::int64_t held_by_picture(const LayerSpec& spec, const Geometry& geometry) {
    const std::int64_t shades = geometry.input.count() + geometry.output.count();
    if (!has_trace(spec)) return shades / 2;  // a byte a cell, twice
    constexpr int of_cell = 5;  // linear, biased, activated, shown; marks and shades are bytes
    const Shape canvas = geometry.canvas();
    // A list of taps grows by doubling.
    constexpr std::int64_t of_tap = 2 * sizeof(Tap) / sizeof(float);
    return shades / 2 + of_cell * std::int64_t{canvas.height()} * canvas.width() +
           of_tap * taps_of_a_step(spec, geometry);
}

std::int64_t taps_of_a_step(const LayerSpec& spec, const Geometry& geometry) {
    if (!lays_stamps(spec)) return 0;
    return std::int64_t{geometry.rows.kernel} * geometry.columns.kernel *
           definition_of(spec).stamp_channels(spec, geometry);
}

std::int64_t traced_products(const LayerSpec& spec, const Geometry& geometry) {
    if (lays_stamps(spec))
        return saturated_product(std::int64_t{geometry.rows.in} * geometry.columns.in,
                                 taps_of_a_step(spec, geometry));
    if (const auto* layer = std::get_if<UpSampling2D>(&spec)) {
        const auto along = [&](const Axis& axis) {
            const auto middle = samples(layer->interpolation, axis.in, axis.stride, axis.out / 2);
            return std::int64_t{axis.out} * static_cast<std::int64_t>(middle.size());
        };
        return along(geometry.rows) * along(geometry.columns);
    }
    return 0;
}

Trace::Trace(const LayerSpec& spec, const Geometry& geometry, const Weights& weights,
             const Tensor& input, int filter, Reading reading)
    : m_spec(spec), m_geometry(geometry) {
    if (!has_trace(spec)) return;
    assert(filter >= 0 && filter < geometry.output.channels());
    if (lays_stamps(spec)) {
        Stamps stamps = definition_of(spec).stamps(spec, geometry, weights, filter);
        m_spec = stamps.layer;
        m_weights.kernel = std::move(stamps.kernel);
        m_channels = std::move(stamps.channels);
        m_input = channels_of(input, m_channels);
        m_bias = stamps.bias;
        m_activation = activation_of(spec);
        if (const auto* layer = std::get_if<Conv2DTranspose>(&spec);
            layer && m_activation == ActivationKind::softmax)
            m_softmax =
                apply_activation(m_activation, canvas_with_bias(*layer, geometry, weights, input))
                    .channel(filter);
    } else {
        m_channels = {filter};
        m_input = input.channel(filter);
    }
    m_timeline = Timeline(spec, geometry, reading, m_bias);
    m_geometry.input = m_input.shape();
    m_geometry.output = Shape{geometry.output.height(), geometry.output.width(), 1};
}

Partial Trace::partial(int step) const {
    if (segments().empty()) return {};
    const Position position = at(step);
    const Shape canvas = m_geometry.canvas();
    if (position.segment >= 0 && is_after_linear_part(position.phase))
        return {finished(position.phase), std::vector<std::uint8_t>(index(canvas.count()), 1)};

    std::vector<std::uint8_t> visited = visited_at(position);
    const Tensor linear = linear_at(position);
    if (linear.shape() == canvas && std::ranges::find(visited, 0) == visited.end())
        return {linear, std::move(visited)};
    std::vector<float> values(visited.size(), 0.0F);
    const int width = linear.shape().width();
    const float* from = linear.data();
    for (int row = 0; row < linear.shape().height(); ++row) {
        const std::size_t first = index(std::int64_t{row} * canvas.width());
        for (std::size_t cell = first; cell < first + index(width); ++cell, ++from)
            if (visited[cell] != 0) values[cell] = *from;
    }
    return {Tensor(canvas, std::move(values)), std::move(visited)};
}

bool Trace::keep_sums(const Watch& watch) {
    if (segments().empty()) return true;
    Sums sums;
    sums.linear = linear_of(m_input, watch);
    if (watch && !watch(1)) return false;
    if (std::holds_alternative<Conv2DTranspose>(m_spec)) {
        sums.biased = biased(sums.linear);
        sums.activated =
            m_softmax.empty() ? apply_activation(m_activation, sums.biased) : m_softmax;
    }
    m_sums = std::move(sums);
    return true;
}

Tensor Trace::linear_at(const Position& position) const {
    if (position.phase == Phase::one_input) return lone_stamp();
    if (m_sums && lays_down_input(position)) return linear_after(position.index + 1);
    if (m_sums) return m_sums->linear;
    return linear_of(input_at(position));
}

Tensor Trace::linear_of(const Tensor& input, const Watch& watch) const {
    const auto* transposed = std::get_if<Conv2DTranspose>(&m_spec);
    const LayerSpec spec = transposed ? LayerSpec(nothing_cut(*transposed)) : m_spec;
    const Geometry geometry = infer(spec, input.shape()).value();
    if (traced_products(m_spec, m_geometry) <= max_exact_products)
        return linear_full(spec, geometry, m_weights, input);
    std::vector<float> out(index(geometry.output.count()));
    Plan::make(spec, geometry, m_weights).run(input.data(), out.data(), nullptr, watch);
    return {geometry.output, std::move(out)};
}

Tensor Trace::lone_stamp() const {
    const Cell lone = lone_input();
    const Shape shape = m_geometry.full();
    std::vector<float> values(index(shape.count()), 0.0F);
    for (int row = 0; row < m_geometry.rows.kernel; ++row)
        for (int column = 0; column < m_geometry.columns.kernel; ++column) {
            double sum = 0;
            for (int channel = 0; channel < m_input.shape().channels(); ++channel)
                sum += product_tap(lone, channel, {row, column}).product;
            const std::int64_t cell =
                std::int64_t{landing(m_geometry.rows, lone.row, row)} * shape.width() +
                landing(m_geometry.columns, lone.column, column);
            values[index(cell)] = static_cast<float>(sum);
        }
    return Tensor(shape, std::move(values));
}

// Rows above the stamps of the row that is being laid down are finished; its own and those below
// come from it and the rows that still reach into it.
Tensor Trace::linear_after(int inputs) const {
    const auto* layer = std::get_if<Conv2DTranspose>(&m_spec);
    // UpSampling2D's nearest copies: what is visited is finished.
    if (!layer || inputs == 0 || inputs == m_geometry.rows.in * m_geometry.columns.in)
        return m_sums->linear;
    const Axis& rows = m_geometry.rows;
    const int last = cell_at(inputs - 1, m_geometry.columns.in).row;
    const int begin = landing(rows, last, 0);
    const int first = inputs_spanning(rows, begin).first;

    const Shape& shape = m_input.shape();
    const std::int64_t row_count = std::int64_t{shape.width()} * shape.channels();
    std::vector<float> values(index((last - first + 1) * row_count), 0.0F);
    std::copy(m_input.data() + first * row_count,
              m_input.data() + std::int64_t{inputs} * shape.channels(), values.begin());
    const Tensor strip({last - first + 1, shape.width(), shape.channels()}, std::move(values));
    const Tensor stamps = linear_of(strip);

    const std::int64_t width = m_geometry.columns.full;
    std::vector<float> sums(index(m_sums->linear.shape().count()), 0.0F);
    const auto out = std::copy_n(m_sums->linear.data(), begin * width, sums.begin());
    const std::int64_t done = (begin - landing(rows, first, 0)) * width;
    std::copy(stamps.values().begin() + done, stamps.values().end(), out);
    return Tensor(m_sums->linear.shape(), std::move(sums));
}

bool Trace::lays_down_input(const Position& position) const {
    return segments()[index(std::max(position.segment, 0))].domain == Domain::input_cell;
}

Tensor Trace::input_at(const Position& position) const {
    return lays_down_input(position) ? keep_first(m_input, position.index + 1) : m_input;
}

std::vector<std::uint8_t> Trace::visited_at(const Position& position) const {
    const Axis& rows = m_geometry.rows;
    const Axis& columns = m_geometry.columns;
    const int done = position.index + 1;
    Visits visits(m_geometry.canvas());
    if (position.segment < 0) return std::move(visits).take();
    const int before = m_timeline.first_step(position.segment);
    switch (segments()[index(position.segment)].domain) {
        case Domain::input_cell:
            visits.mark_stamps(m_geometry, done);
            if (done == rows.in * columns.in)
                visits.mark_first(m_geometry, rows.full * columns.full);
            break;
        case Domain::output_cell:
            for (int i = 0; i < done; ++i) visits.mark(at(before + i).cell);
            break;
        case Domain::tap: {
            const Cell lone = lone_input();
            for (int i = 0; i < done; ++i) {
                const Cell tap = at(before + i).cell;
                visits.mark(
                    {landing(rows, lone.row, tap.row), landing(columns, lone.column, tap.column)});
            }
            break;
        }
        case Domain::whole:
            break;
    }
    return std::move(visits).take();
}

Tensor Trace::finished(Phase phase) const {
    if (m_sums) return phase == Phase::add_bias ? m_sums->biased : m_sums->activated;
    if (phase != Phase::add_bias && !m_softmax.empty()) return m_softmax;
    const Tensor sums = biased(linear_of(m_input));
    return phase == Phase::add_bias ? sums : apply_activation(m_activation, sums);
}

// The sums are exact before the bias is added, too, where the linear part is: see linear_of.
Tensor Trace::biased(const Tensor& linear) const {
    const Shape canvas = m_geometry.canvas();
    if (traced_products(m_spec, m_geometry) <= max_exact_products) {
        Conv2DTranspose layer = std::get<Conv2DTranspose>(m_spec);
        layer.use_bias = true;
        Weights weights = m_weights;
        weights.bias = Tensor(Shape{1}, {m_bias});
        return canvas_with_bias(layer, m_geometry, weights, m_input);
    }
    if (m_bias == 0 && linear.shape() == canvas) return linear;
    std::vector<float> values(index(canvas.count()), m_bias);
    const int width = linear.shape().width();
    for (int row = 0; row < linear.shape().height(); ++row) {
        float* to = values.data() + std::int64_t{row} * canvas.width();
        const float* from = linear.data() + std::int64_t{row} * width;
        std::transform(from, from + width, to, [this](float sum) { return sum + m_bias; });
    }
    return Tensor(canvas, std::move(values));
}

Cell Trace::lone_input() const {
    if (m_input.empty()) return {};
    const auto values = m_input.values();
    const auto found =
        std::find_if(values.begin(), values.end(), [](float value) { return value != 0; });
    if (found == values.end()) return {};
    const auto cell = (found - values.begin()) / m_input.shape().channels();
    return cell_at(static_cast<int>(cell), m_input.shape().width());
}

std::vector<Tap> Trace::taps_from(Cell input) const {
    std::vector<Tap> taps;
    if (segments().empty()) return taps;
    if (const auto* upsampling = std::get_if<UpSampling2D>(&m_spec)) {
        const auto columns = shares_of(upsampling->interpolation, m_geometry.columns, input.column);
        for (const Weighted& y : shares_of(upsampling->interpolation, m_geometry.rows, input.row))
            for (const Weighted& x : columns)
                taps.push_back(sample_tap(input, {y.output, x.output}, y.weight * x.weight));
        return taps;
    }
    for (int channel = 0; channel < m_input.shape().channels(); ++channel)
        for (int row = 0; row < m_geometry.rows.kernel; ++row)
            for (int column = 0; column < m_geometry.columns.kernel; ++column)
                taps.push_back(product_tap(input, channel, {row, column}));
    return taps;
}

std::vector<Tap> Trace::taps_into(Cell output) const {
    std::vector<Tap> taps;
    if (segments().empty()) return taps;
    const Axis& rows = m_geometry.rows;
    const Axis& columns = m_geometry.columns;
    if (const auto* upsampling = std::get_if<UpSampling2D>(&m_spec)) {
        const Interpolation rule = upsampling->interpolation;
        const auto column_samples = samples(rule, columns.in, columns.stride, output.column);
        for (const Sample& y : samples(rule, rows.in, rows.stride, output.row))
            for (const Sample& x : column_samples)
                taps.push_back(sample_tap({y.source, x.source}, output, y.weight * x.weight));
        return taps;
    }
    const CellRange row_range = inputs_spanning(rows, output.row);
    const CellRange column_range = inputs_spanning(columns, output.column);
    for (int row = row_range.first; row <= row_range.last; ++row) {
        const int row_tap = tap_joining(rows, row, output.row);
        for (int column = column_range.first; row_tap >= 0 && column <= column_range.last;
             ++column) {
            const int column_tap = tap_joining(columns, column, output.column);
            for (int channel = 0; column_tap >= 0 && channel < m_input.shape().channels();
                 ++channel)
                taps.push_back(product_tap({row, column}, channel, {row_tap, column_tap}));
        }
    }
    return taps;
}

Tap Trace::product_tap(Cell input, int channel, Cell kernel) const {
    Tap tap;
    tap.input = input;
    tap.channel = channel;
    tap.kernel = kernel;
    tap.output = {landing(m_geometry.rows, input.row, kernel.row),
                  landing(m_geometry.columns, input.column, kernel.column)};
    tap.value = m_input.at(input.row, input.column, channel);
    tap.weight = m_weights.kernel.at(kernel.row, kernel.column, 0, channel);
    tap.product = static_cast<double>(tap.value) * static_cast<double>(tap.weight);
    return tap;
}

Tap Trace::sample_tap(Cell input, Cell output, double weight) const {
    Tap tap;
    tap.input = input;
    tap.output = output;
    tap.value = m_input.at(input.row, input.column, 0);
    tap.weight = static_cast<float>(weight);
    tap.product = weight * static_cast<double>(tap.value);
    return tap;
}

SlideCell slide_cell(const Geometry& geometry, int row, int column) {
    const auto place = [](const Axis& axis, int cell) { return cell - axis.border(); };
    const int y = place(geometry.rows, row);
    const int x = place(geometry.columns, column);
    if (y < 0 || y >= geometry.rows.stretched() || x < 0 || x >= geometry.columns.stretched())
        return {Material::border_zero, {}};
    if (y % geometry.rows.stride != 0 || x % geometry.columns.stride != 0)
        return {Material::inserted_zero, {}};
    return {Material::value, {y / geometry.rows.stride, x / geometry.columns.stride}};
}

Tensor keep_first(const Tensor& input, int count) {
    const Shape& shape = input.shape();
    const std::int64_t kept = std::int64_t{std::max(count, 0)} * shape.channels();
    if (kept >= shape.count()) return input;
    std::vector<float> values(index(shape.count()), 0.0F);
    std::copy_n(input.data(), kept, values.begin());
    return Tensor(shape, std::move(values));
}

Tensor keep_only(const Tensor& input, Cell cell) {
    const Shape& shape = input.shape();
    std::vector<float> values(index(shape.count()), 0.0F);
    const std::int64_t first =
        (std::int64_t{cell.row} * shape.width() + cell.column) * shape.channels();
    std::copy_n(input.data() + first, shape.channels(), values.begin() + first);
    return Tensor(shape, std::move(values));
}

}  // namespace engine
