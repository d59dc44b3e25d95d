// SPDX-License-Identifier: MIT
// Tensors and weights ⇄ JSON.
#pragma once

#include "engine/layers/weights.h"
#include "ui/formats/json/json_field.h"

namespace ui::formats {

/// {"shape": […], "data": […]}; without data only the shape is asked for, and a size may be null:
/// unknown.
struct JsonTensor {
    std::vector<int> sizes;
    std::optional<std::vector<float>> data;
    engine::Tensor tensor() const;  ///< with data, rank 1 to 4
};
/// Positive sizes and as many finite numbers as they need, inside the budget; without data up to
/// engine::max_shape_count.
JsonTensor read_tensor(const JsonField& field, std::int64_t min_rank, std::int64_t max_rank);
/// [2, null, 3]; a null is engine::Shape::unknown.
std::vector<int> read_sizes(const JsonField& field);
/// The named tensors of a layer; a vector may also be a plain list.
engine::Weights read_weights(const JsonField& field);

/// One grid row a line, each line after `indent` blanks; a tensor of one line stands on one.
QByteArray write_tensor(const engine::Tensor& tensor, int indent);
/// [2, 3]
QByteArray write_sizes(std::span<const int> sizes);
/// [null, 3]: the same of a shape, where an unknown size is null.
QByteArray write_shape(std::span<const int> sizes);

}  // namespace ui::formats
