// SPDX-License-Identifier: MIT
// What the stage of a Conv2DTranspose may say at a moment, computed again from the lesson alone:
// every product by itself, no trace, no timeline, no scene.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "engine/lessons/lesson.h"
#include "ui/diagram/stage.h"

namespace support {

using Place = std::pair<int, int>;  ///< row, column

/// An output as it should stand there; a cell that is missing is empty.
using Map = std::map<Place, float>;

class StageOracle {
public:
    enum class Act {
        start,
        zeros,
        border,
        turn,
        stamps,
        window,
        painting,
        adding,
        asking,
        bias,
        activation,
        crop
    };
    struct Now {
        Act act = Act::start;  ///< under way, else just done
        int index = -1;        ///< of the step in its act, from 0
        int count = 0;         ///< of steps in that act
        bool under_way = false;
        int done() const { return under_way ? index : index + 1; }  ///< steps of the act
    };

    StageOracle(const engine::Conv2DTranspose& layer, const engine::Geometry& geometry,
                const engine::Weights& weights, const engine::Tensor& input,
                const ui::diagram::View& view)
        : m_layer(layer), m_weights(weights), m_input(input), m_view(view) {
        rows = layer.kernel_size.height;
        columns = layer.kernel_size.width;
        in_rows = input.shape().height();
        in_columns = input.shape().width();
        out_rows = geometry.output.height();
        out_columns = geometry.output.width();
        full_rows = (in_rows - 1) * layer.strides.height + span(rows, layer.dilation_rate.height);
        full_columns =
            (in_columns - 1) * layer.strides.width + span(columns, layer.dilation_rate.width);
        before_rows = geometry.rows.crop_before;
        before_columns = geometry.columns.crop_before;
        const int in_group = input.shape().channels() / layer.groups;
        const int out_group = layer.filters / layer.groups;
        m_first_channel = view.filter / out_group * in_group;
        channels = in_group;
        m_filter = view.filter % out_group;
        bias = layer.use_bias ? weights.bias.at(view.filter) : 0;
        for (const Place& input_cell : inputs())
            for (const Place& tap : places(rows, columns))
                m_meeting[landing(input_cell, tap)].push_back({input_cell, tap});
        order();
        plan();
    }

    int rows, columns;  ///< of the kernel
    int in_rows, in_columns, out_rows, out_columns, full_rows, full_columns;
    int before_rows, before_columns;
    int channels = 1;  ///< that the filter looks at
    float bias = 0;

    int step_count() const {
        int count = 0;
        for (const auto& [act, steps] : m_acts) count += steps;
        return count;
    }
    /// The last step of each act.
    std::vector<int> ends() const {
        std::vector<int> found;
        int step = 0;
        for (const auto& [act, steps] : m_acts) found.push_back(step += steps);
        return found;
    }
    Now now() const { return at(m_view.moment.step, m_view.moment.progress > 0); }

    float value(Place cell, int channel) const {
        return m_input.at(cell.first, cell.second, m_first_channel + channel);
    }
    float weight(Place tap, int channel) const {
        return m_weights.kernel.at(tap.first, tap.second, m_filter, m_first_channel + channel);
    }
    Place lone() const {
        for (const Place& cell : inputs())
            for (int c = 0; c < channels; ++c)
                if (value(cell, c) != 0) return cell;
        return {0, 0};
    }
    std::vector<Place> inputs() const { return places(in_rows, in_columns); }
    bool is_in(Place cell) const {
        const Now n = now();
        if (n.act == Act::painting) return cell == lone();
        if (n.act == Act::adding) return cell.first * in_columns + cell.second < n.done();
        return true;
    }
    /// How many inputs reach a cell.
    int touching(Place cell) const { return static_cast<int>(meeting(cell).size()); }
    /// The cell that the step is about, if it is an output's.
    std::optional<Place> own_output() const {
        const Now n = now();
        if (n.act == Act::window) return Place{n.index / full_columns, n.index % full_columns};
        if (n.act == Act::asking) return m_order[static_cast<std::size_t>(n.index)];
        return std::nullopt;
    }

    /// All products of a cell, of these inputs.
    template <typename Counts>
    float sum(Place output, Counts counts, bool turned = true) const {
        double total = 0;
        for (const auto& [input, tap] : meeting(output)) {
            if (!counts(input)) continue;
            const Place used = turned ? tap : Place{rows - 1 - tap.first, columns - 1 - tap.second};
            for (int c = 0; c < channels; ++c)
                total +=
                    static_cast<double>(value(input, c)) * static_cast<double>(weight(used, c));
        }
        return static_cast<float>(total);
    }
    float sum(Place output) const {
        return sum(output, [](Place) { return true; });
    }
    /// Whether what the window paints is the kernel as it is stored: in its own act alone.
    bool is_turned() const { return m_view.turn_kernel || !is_painted(); }

    /// What the upper, or only, output and the lower one hold.
    Map above() const { return output(false); }
    Map below() const { return output(true); }
    Map in_the_end() const {
        Map map;
        const int canvas_rows = std::max(full_rows, before_rows + out_rows);
        const int canvas_columns = std::max(full_columns, before_columns + out_columns);
        for (const Place& cell : places(canvas_rows, canvas_columns))
            map[cell] = finished(cell, true);
        return map;
    }
    /// Cells in which the two lanes differ when the act's step is done; nothing where they are not
    /// compared.
    std::optional<int> differing() const {
        const Now n = now();
        if (n.under_way || n.act == Act::start) return std::nullopt;
        if (n.act == Act::painting && n.done() < n.count) return std::nullopt;
        if (own_output()) return 0;
        int count = 0;
        for (const Place& cell : places(full_rows, full_columns)) {
            const auto in = [&](Place input) { return is_in(input); };
            count += sum(cell, in) != sum(cell, in, is_turned()) ? 1 : 0;
        }
        return count;
    }
    bool keeps_all() const {
        return before_rows == 0 && before_columns == 0 && out_rows == full_rows &&
               out_columns == full_columns;
    }
    bool is_kept(Place cell) const {
        return cell.first >= before_rows && cell.first < before_rows + out_rows &&
               cell.second >= before_columns && cell.second < before_columns + out_columns;
    }

    static std::vector<Place> places(int rows, int columns) {
        std::vector<Place> found;
        for (int row = 0; row < rows; ++row)
            for (int column = 0; column < columns; ++column) found.push_back({row, column});
        return found;
    }
    Place landing(Place input, Place tap) const {
        return {input.first * m_layer.strides.height + tap.first * m_layer.dilation_rate.height,
                input.second * m_layer.strides.width + tap.second * m_layer.dilation_rate.width};
    }

private:
    static int span(int kernel, int dilation) { return (kernel - 1) * dilation + 1; }

    /// Inputs and the taps that join them with an output cell.
    const std::vector<std::pair<Place, Place>>& meeting(Place output) const {
        static const std::vector<std::pair<Place, Place>> none;
        const auto found = m_meeting.find(output);
        return found == m_meeting.end() ? none : found->second;
    }
    void order() {
        std::vector<Place> rest = places(full_rows, full_columns);
        for (const int wanted : {1, 2, 4}) {
            const auto first =
                std::ranges::find_if(rest, [&](Place cell) { return touching(cell) == wanted; });
            if (first == rest.end()) continue;
            m_order.push_back(*first);
            rest.erase(first);
        }
        m_order.insert(m_order.end(), rest.begin(), rest.end());
    }
    void plan() {
        const int in = in_rows * in_columns;
        const int out = full_rows * full_columns;
        if (m_view.reading == engine::Reading::stamp) m_acts = {{Act::stamps, in}};
        if (m_view.reading == engine::Reading::slide)
            m_acts = {{Act::zeros, 1}, {Act::border, 1}, {Act::turn, 1}, {Act::window, out}};
        if (m_view.reading == engine::Reading::why_equal)
            m_acts = {{Act::painting, rows * columns}, {Act::adding, in}, {Act::asking, out}};
        if (bias != 0) m_acts.push_back({Act::bias, 1});
        if (m_layer.activation != engine::ActivationKind::linear)
            m_acts.push_back({Act::activation, 1});
        if (out_rows != full_rows || out_columns != full_columns || before_rows > 0 ||
            before_columns > 0)
            m_acts.push_back({Act::crop, 1});
    }
    Now at(int step, bool under_way) const {
        under_way = under_way && step < step_count();
        int left = under_way ? step : step - 1;
        if (left < 0) return {};
        for (const auto& [act, steps] : m_acts) {
            if (left < steps) return {act, left, steps, under_way};
            left -= steps;
        }
        return {};
    }
    /// Act one, or the picture before it.
    bool is_painted() const {
        const Now n = now();
        return m_view.reading == engine::Reading::why_equal &&
               (n.act == Act::painting || n.act == Act::start) && rows * columns > 1;
    }
    float finished(Place cell, bool activated) const {
        double total = static_cast<double>(bias);
        for (const auto& [input, tap] : meeting(cell))
            for (int c = 0; c < channels; ++c)
                total += static_cast<double>(value(input, c)) * static_cast<double>(weight(tap, c));
        const auto number = static_cast<float>(total);
        const bool relu = activated && m_layer.activation == engine::ActivationKind::relu;
        return relu ? std::max(number, 0.0F) : number;
    }
    Map output(bool below) const {
        const Now n = now();
        Map map;
        const auto stamp = [&](Place input, int first_taps) {
            int taps = 0;
            for (const Place& tap : places(rows, columns))
                if (taps++ < first_taps) {
                    const auto in = [&](Place other) { return is_in(other); };
                    map[landing(input, tap)] = sum(landing(input, tap), in, !below || is_turned());
                }
        };
        switch (n.act) {
            case Act::start:
            case Act::zeros:
            case Act::border:
            case Act::turn:
                break;
            case Act::painting:
                if (n.done() > 0) stamp(lone(), below ? n.done() : rows * columns);
                break;
            case Act::stamps:
            case Act::adding: {
                const auto in = [&](Place other) {
                    return other.first * in_columns + other.second < n.done();
                };
                for (const Place& cell : places(full_rows, full_columns)) {
                    const bool touched_yet = std::ranges::any_of(
                        meeting(cell), [&](const auto& product) { return in(product.first); });
                    if (touched_yet || n.done() == n.count) map[cell] = sum(cell, in);
                }
                break;
            }
            case Act::window:
                for (int i = 0; i < n.done(); ++i) {
                    const Place cell{i / full_columns, i % full_columns};
                    map[cell] = sum(cell);
                }
                break;
            case Act::asking:
                for (int i = 0; i < n.done(); ++i) {
                    const Place cell = m_order[static_cast<std::size_t>(i)];
                    map[cell] = sum(cell);
                }
                break;
            case Act::bias:
            case Act::activation:
            case Act::crop:
                return after_sums(n);
        }
        return map;
    }
    /// Bias, activation and crop see every cell, once they are done.
    Map after_sums(Now n) const {
        Act done = n.act;
        if (n.under_way) {
            const Now before = at(m_view.moment.step, false);
            done = before.act;
        }
        Map map;
        if (done != Act::bias && done != Act::activation && done != Act::crop) {
            for (const Place& cell : places(full_rows, full_columns)) map[cell] = sum(cell);
            return map;
        }
        for (const auto& [cell, number] : in_the_end())
            map[cell] = done == Act::bias ? finished(cell, false) : number;
        return map;
    }
    engine::Conv2DTranspose m_layer;
    engine::Weights m_weights;
    engine::Tensor m_input;
    ui::diagram::View m_view;
    int m_first_channel = 0;
    int m_filter = 0;
    std::map<Place, std::vector<std::pair<Place, Place>>> m_meeting;
    std::vector<Place> m_order;
    std::vector<std::pair<Act, int>> m_acts;
};

}  // namespace support
