// SPDX-License-Identifier: MIT
// Reading, running and writing batches.
#include "app/batch.h"

#include "engine/models/prepared_model.h"

namespace app {

using engine::Error;
using engine::ErrorCode;
using engine::Shape;
using engine::Tensor;

namespace {

/// A matrix (rows, columns) becomes (columns, rows).
std::vector<float> transposed(std::span<const float> data, std::int64_t rows,
                              std::int64_t columns) {
    std::vector<float> out;
    out.reserve(data.size());
    for (std::int64_t column = 0; column < columns; ++column)
        for (std::int64_t row = 0; row < rows; ++row)
            out.push_back(data[static_cast<std::size_t>(row * columns + column)]);
    return out;
}

/// One item's feature map from (channels, height, width) to (height, width, channels) and back.
Tensor channels_to_end(const Tensor& item) {
    const Shape& s = item.shape();
    return {{s[1], s[2], s[0]}, transposed(item.values(), s[0], std::int64_t{s[1]} * s[2])};
}
Tensor channels_to_front(const Tensor& item) {
    const Shape& s = item.shape();
    return {{s[2], s[0], s[1]}, transposed(item.values(), std::int64_t{s[0]} * s[1], s[2])};
}

std::vector<Tensor> split(std::vector<float> data, int count, const Shape& shape) {
    if (count == 1) return {Tensor(shape, std::move(data))};
    std::vector<Tensor> items;
    const auto step = static_cast<std::ptrdiff_t>(shape.count());
    for (auto first = data.begin(); first != data.end(); first += step)
        items.emplace_back(shape, std::vector<float>(first, first + step));
    return items;
}

}  // namespace

Batch read_batch(const ui::formats::JsonField& field, bool channels_first) {
    ui::formats::JsonTensor tensor = ui::formats::read_tensor(field, 2, 4);
    if (!field.good()) return {};
    Batch batch{tensor.sizes[0], Shape(std::span(tensor.sizes).subspan(1)), std::nullopt};
    if (tensor.data) batch.items = split(*std::move(tensor.data), batch.size, batch.shape);
    if (!channels_first || batch.shape.rank() != 3) return batch;
    if (batch.items)
        for (Tensor& item : *batch.items) item = channels_to_end(item);
    batch.shape = {batch.shape[1], batch.shape[2], batch.shape[0]};
    return batch;
}

QByteArray output_text(const Batch& batch, bool channels_first) {
    const bool turned = channels_first && batch.shape.rank() == 3;
    const Shape shape =
        turned ? Shape{batch.shape[2], batch.shape[0], batch.shape[1]} : batch.shape;
    std::vector<int> sizes{batch.size};
    sizes.insert(sizes.end(), shape.sizes().begin(), shape.sizes().end());
    QByteArray text = "{\"shape\": " + ui::formats::write_shape(sizes);
    if (!batch.items) return text + '}';
    text += ", \"data\": [";
    for (const Tensor& item : *batch.items) {
        const Tensor ordered = turned ? channels_to_front(item) : item;
        for (const float value : ordered.values()) {
            ui::formats::append_json_number(text, value);
            text += ", ";
        }
    }
    text.chop(2);
    return text + "]}";
}

engine::Effort effort_of(const Batch& batch, std::span<const engine::Layer> layers,
                         std::span<const engine::Geometry> geometries) {
    engine::Effort effort;
    if (!batch.items || batch.items->empty()) return effort;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        effort += engine::layer_effort(layers[i].spec, geometries[i]);
        effort += engine::forward_effort(layers[i].spec, geometries[i]) * (batch.size - 1);
    }
    return effort;
}

std::optional<Error> run_batch(Batch& batch, std::span<const engine::Layer> layers,
                               std::span<const engine::Geometry> geometries,
                               engine::ThreadPool* pool) {
    batch.shape = geometries.back().output;
    if (!batch.items) return std::nullopt;
    engine::PreparedModel model;
    for (Tensor& item : *batch.items) {
        auto result = model.end_of(layers, geometries, item, pool);
        if (!result) {
            Error error = result.error();
            if (layers.size() == 1) error.layer = -1;  // it stands alone
            return error;
        }
        item = *std::move(result);
    }
    return std::nullopt;
}

std::optional<Error> resample_batch(Batch& batch, const engine::Sampling2D& sampling,
                                    const Shape& output) {
    if (batch.items) {
        const engine::PreparedSampling prepared(sampling, batch.shape, output);
        for (Tensor& item : *batch.items) {
            auto result = prepared.run(item);
            if (!result) return result.error();
            item = *std::move(result);
        }
    }
    batch.shape = output;
    return std::nullopt;
}

}  // namespace app
