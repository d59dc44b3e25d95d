// SPDX-License-Identifier: MIT
#include "engine/lessons/trace.h"

#include <algorithm>
#include <cassert>

#include "engine/kernels/kernels.h"
#include "engine/layers/activation.h"
#include "engine/layers/layer_definition.h"
#include "engine/lessons/joins.h"
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

/// The linear part and bias of a layer with filters, with nothing cut away: appended cells and
/// holes hold the bias.
Tensor canvas_with_bias(const LayerSpec& spec, const Geometry& geometry, const Weights& weights,
                        const Tensor& input) {
    const Geometry whole = without_crop(geometry);
    std::vector<float> values(index(whole.output.count()));
    if (const auto* convolution = std::get_if<Conv2D>(&spec))
        reference::conv2d(*convolution, whole, weights, input.data(), values.data());
    else
        reference::conv2d_transpose(std::get<Conv2DTranspose>(spec), whole, weights, input.data(),
                                    values.data());
    return Tensor(whole.output, std::move(values));
}

/// A kernel (kh, kw, 1, channels) in the order of the layer's own axes: the numbers of one filter
/// lie alike in either.
Tensor in_own_order(const LayerSpec& spec, const Tensor& kernel) {
    if (!std::holds_alternative<Conv2D>(spec)) return kernel;
    const Shape& shape = kernel.shape();
    return kernel.reshaped({shape[0], shape[1], shape[3], 1});
}

/// The same filter alone, with a bias.
LayerSpec with_bias(LayerSpec spec) {
    if (auto* convolution = std::get_if<Conv2D>(&spec)) convolution->use_bias = true;
    if (auto* transposed = std::get_if<Conv2DTranspose>(&spec)) transposed->use_bias = true;
    return spec;
}

/// The layer with its whole full output and nothing appended.
LayerSpec nothing_cut(LayerSpec spec) {
    if (auto* transposed = std::get_if<Conv2DTranspose>(&spec)) {
        transposed->padding = Explicit{};
        transposed->output_padding = std::nullopt;
    }
    return spec;
}

/// Each of which takes all taps: what is stamped, or what the window stands for.
std::int64_t traced_cells(const LayerSpec& spec, const Geometry& geometry) {
    const bool slides = definition_of(spec).window == LayerDefinition::Window::slides;
    const Shape& cells = slides ? geometry.output : geometry.input;
    return std::int64_t{cells.height()} * cells.width();
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
    if (!plays_filters(spec)) return 0;
    return std::int64_t{geometry.rows.kernel} * geometry.columns.kernel *
           definition_of(spec).filter_channels(spec, geometry);
}

std::int64_t traced_products(const LayerSpec& spec, const Geometry& geometry) {
    if (plays_filters(spec))
        return saturated_product(traced_cells(spec, geometry), taps_of_a_step(spec, geometry));
    if (!has_trace(spec)) return 0;
    const auto along = [&](const Axis& axis) {
        const auto in_the_middle = joins_into(spec, axis, axis.out / 2);
        return std::int64_t{axis.out} * static_cast<std::int64_t>(in_the_middle.size());
    };
    return along(geometry.rows) * along(geometry.columns);
}

Trace::Trace(const LayerSpec& spec, const Geometry& geometry, const Weights& weights,
             const Tensor& input, int filter, Reading reading)
    : m_spec(spec), m_geometry(geometry) {
    if (!has_trace(spec)) return;
    assert(filter >= 0 && filter < geometry.output.channels());
    if (plays_filters(spec)) {
        OneFilter alone = definition_of(spec).one_filter(spec, geometry, weights, filter);
        m_spec = alone.layer;
        m_kernel = std::move(alone.kernel);
        m_weights.kernel = in_own_order(m_spec, m_kernel);
        m_channels = std::move(alone.channels);
        m_input = channels_of(input, m_channels);
        m_bias = alone.bias;
        m_activation = activation_of(spec);
        if (m_activation == ActivationKind::softmax)
            m_softmax =
                apply_activation(m_activation, canvas_with_bias(spec, geometry, weights, input))
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
    if (plays_filters(m_spec)) {
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
    const LayerSpec spec = nothing_cut(m_spec);
    const Geometry geometry = infer(spec, input.shape()).value();
    if (traced_products(m_spec, m_geometry) <= max_exact_products)
        return linear_full(spec, geometry, m_weights, input);
    std::vector<float> out(index(geometry.output.count()));
    Plan::make(spec, geometry, m_weights).run(input.data(), out.data(), nullptr, watch);
    return {geometry.output, std::move(out)};
}

Tensor Trace::lone_stamp() const {
    const Shape shape = m_geometry.full();
    std::vector<double> sums(index(shape.count()), 0.0);
    for (const Tap& tap : taps_from(lone_input()))
        sums[index(std::int64_t{tap.output.row} * shape.width() + tap.output.column)] +=
            tap.product;
    return Tensor(shape, std::vector<float>(sums.begin(), sums.end()));
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
        Weights weights = m_weights;
        weights.bias = Tensor(Shape{1}, {m_bias});
        return canvas_with_bias(with_bias(m_spec), m_geometry, weights, m_input);
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
    if (m_lone_input) return *m_lone_input;
    if (m_input.empty()) return {};
    const auto values = m_input.values();
    const auto found =
        std::find_if(values.begin(), values.end(), [](float value) { return value != 0; });
    if (found == values.end()) return {};
    const auto cell = (found - values.begin()) / m_input.shape().channels();
    return cell_at(static_cast<int>(cell), m_input.shape().width());
}

// The kernel as a whole for one channel after the other.
std::vector<Tap> Trace::taps_from(Cell input) const {
    std::vector<Tap> taps;
    if (segments().empty()) return taps;
    const std::vector<Join> rows = joins_from(m_spec, m_geometry.rows, input.row);
    const std::vector<Join> columns = joins_from(m_spec, m_geometry.columns, input.column);
    for (int channel = 0; channel < m_input.shape().channels(); ++channel)
        for (const Join& row : rows)
            for (const Join& column : columns) taps.push_back(tap_of(row, column, channel));
    return taps;
}

// All channels for one input after the other.
std::vector<Tap> Trace::taps_into(Cell output) const {
    std::vector<Tap> taps;
    if (segments().empty()) return taps;
    const std::vector<Join> columns = joins_into(m_spec, m_geometry.columns, output.column);
    for (const Join& row : joins_into(m_spec, m_geometry.rows, output.row))
        for (const Join& column : columns)
            for (int channel = 0; channel < m_input.shape().channels(); ++channel)
                taps.push_back(tap_of(row, column, channel));
    return taps;
}

Tap Trace::tap_of(const Join& row, const Join& column, int channel) const {
    Tap tap;
    tap.input = {row.input, column.input};
    tap.channel = channel;
    tap.kernel = {row.tap, column.tap};
    tap.output = {row.output, column.output};
    tap.value = m_input.at(row.input, column.input, channel);
    const double weight = m_kernel.empty() ? row.share * column.share
                                           : double{m_kernel.at(row.tap, column.tap, 0, channel)};
    tap.weight = static_cast<float>(weight);
    tap.product = weight * double{tap.value};
    return tap;
}

Trace::Landings Trace::landings_of(Cell kernel) const {
    Landings landings;
    if (segments().empty()) return landings;
    for (const Join& row : joins_by(m_spec, m_geometry.rows, kernel.row))
        landings.rows.push_back(row.output);
    for (const Join& column : joins_by(m_spec, m_geometry.columns, kernel.column))
        landings.columns.push_back(column.output);
    return landings;
}

std::int64_t Trace::cells_without_taps() const {
    if (segments().empty()) return 0;
    const auto with_taps = [&](const Axis& axis) {
        std::int64_t count = 0;
        for (int cell = 0; cell < axis.full; ++cell)
            count += joins_into(m_spec, axis, cell).empty() ? 0 : 1;
        return count;
    };
    return m_geometry.canvas().count() - with_taps(m_geometry.rows) * with_taps(m_geometry.columns);
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

SlideCell padded_cell(const Geometry& geometry, int row, int column) {
    const Cell input{row - geometry.rows.pad_before, column - geometry.columns.pad_before};
    const bool is_inside = input.row >= 0 && input.row < geometry.rows.in && input.column >= 0 &&
                           input.column < geometry.columns.in;
    return is_inside ? SlideCell{Material::value, input} : SlideCell{};
}

Cell cell_in_padded(const Geometry& geometry, Cell input) {
    return {input.row + geometry.rows.pad_before, input.column + geometry.columns.pad_before};
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
