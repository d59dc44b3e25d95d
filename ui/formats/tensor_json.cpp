// SPDX-License-Identifier: MIT
// Tensors and weights ⇄ JSON, to be read by people and by diff.
#include "ui/formats/tensor_json.h"

#include <algorithm>
#include <array>

namespace ui::formats {

namespace {

using engine::ErrorCode;
using Kind = JsonValue::Kind;

void check_positive(const JsonField& field, int size) {
    if (size >= 1) return;
    field.note(
        {.code = ErrorCode::not_positive, .subject = field.path(), .given = {size}, .limit = {1}});
}

enum class Asked {
    numbers,  ///< that are there: every size is known, inside the budget
    shape,    ///< alone: a size may be unknown, the count anything that can be counted
};

/// Sizes that are positive and stay inside what is asked; else an error is noted.
void check_sizes(const JsonField& field, const std::vector<int>& sizes, std::int64_t min_rank,
                 std::int64_t max_rank, Asked asked) {
    const auto rank = static_cast<std::int64_t>(sizes.size());
    if (rank < min_rank || rank > max_rank) {
        engine::Error error{
            .code = ErrorCode::rank_mismatch, .subject = field.path(), .given = {rank}};
        for (std::int64_t good = min_rank; good <= max_rank; ++good) error.limit.push_back(good);
        return field.note(std::move(error));
    }
    const std::int64_t most =
        asked == Asked::numbers ? engine::max_tensor_count : engine::max_shape_count;
    std::int64_t count = 1;
    for (const int size : sizes) {
        if (size == engine::Shape::unknown && asked == Asked::shape) continue;
        if (size < 1) return check_positive(field, size);
        count = engine::saturated_product(count, size);
        if (count > most)
            return field.note({.code = ErrorCode::over_budget,
                               .subject = field.path(),
                               .given = {count},
                               .limit = {most}});
    }
}

/// The numbers of a list, counted before they are made.
std::vector<float> read_numbers(const JsonField& field, std::int64_t count) {
    const JsonValue& value = *field.value();
    const bool empty = value.kind == Kind::array && value.items.empty();
    if (value.kind != Kind::numbers && !empty) {
        field.refuse("a list of numbers");
        return {};
    }
    if (static_cast<std::int64_t>(value.count) != count) {
        field.note({.code = ErrorCode::size_mismatch,
                    .subject = field.path(),
                    .given = {static_cast<std::int64_t>(value.count)},
                    .limit = {count}});
        return {};
    }
    std::vector<float> numbers = json_to_floats(value);
    if (const std::int64_t index = engine::first_not_finite(numbers); index >= 0)
        field.note({.code = ErrorCode::not_finite, .subject = field.path(), .given = {index}});
    return numbers;
}

std::int64_t product(const std::vector<int>& sizes) {
    std::int64_t count = 1;
    for (const int size : sizes) count *= size;
    return count;
}

engine::Tensor read_weight(const JsonField& field) {
    if (!field.given() || !field.good()) return {};
    if (field.value()->kind == Kind::numbers) {
        const auto count = static_cast<std::int64_t>(field.value()->count);
        const std::vector<int> sizes{static_cast<int>(std::min<std::int64_t>(count, INT32_MAX))};
        check_sizes(field, sizes, 1, 1, Asked::numbers);
        if (!field.good()) return {};
        std::vector<float> numbers = read_numbers(field, count);
        return field.good() ? engine::Tensor(engine::Shape(sizes), std::move(numbers))
                            : engine::Tensor();
    }
    const JsonTensor tensor = read_tensor(field, 1, 4);
    if (!tensor.data) field["data"].required();
    return field.good() ? tensor.tensor() : engine::Tensor();
}

/// Numbers on one line: a grid's row, or all channels of a cell where there are several; a vector
/// whole.
std::size_t numbers_a_line(const engine::Shape& shape) {
    const auto size = [&shape](int axis) { return static_cast<std::size_t>(shape[axis]); };
    switch (shape.rank()) {
        case 2:
            return size(1);
        case 3:
            return size(1) * size(2);
        case 4: {
            const std::size_t slices = size(2) * size(3);
            return slices == 1 ? size(1) : slices;
        }
        default:
            return static_cast<std::size_t>(shape.count());
    }
}

}  // namespace

engine::Tensor JsonTensor::tensor() const { return {engine::Shape(sizes), *data}; }

JsonTensor read_tensor(const JsonField& field, std::int64_t min_rank, std::int64_t max_rank) {
    JsonTensor tensor;
    field.require_object();
    const JsonField shape = field["shape"];
    const JsonField data = field["data"];
    tensor.sizes = read_sizes(shape.required());
    const Asked asked = data.given() ? Asked::numbers : Asked::shape;
    if (field.good()) check_sizes(shape, tensor.sizes, min_rank, max_rank, asked);
    if (field.good() && data.given()) tensor.data = read_numbers(data, product(tensor.sizes));
    return tensor;
}

std::vector<int> read_sizes(const JsonField& field) {
    constexpr std::size_t longest = 16;
    const auto is_null = [](const JsonValue& item) { return item.kind == Kind::null; };
    std::vector<int> sizes;
    if (field.given() && std::ranges::any_of(field.value()->items, is_null) &&
        field.value()->kind == Kind::array) {
        const std::size_t count = field.length(longest);
        for (std::size_t i = 0; i < count; ++i) {
            const JsonField size = field.at(i);
            sizes.push_back(size.given() ? size.integer(1) : engine::Shape::unknown);
            if (size.given()) check_positive(field, sizes.back());
        }
        return sizes;
    }
    sizes = field.integers(engine::max_size);
    for (const int size : sizes) check_positive(field, size);
    return sizes;
}

engine::Weights read_weights(const JsonField& field) {
    engine::Weights weights;
    for (const engine::WeightSlot& slot : engine::weight_slots())
        weights.*slot.tensor = read_weight(field[slot.name]);
    return weights;
}

QByteArray write_sizes(std::span<const int> sizes) {
    QByteArrayList parts;
    for (const int size : sizes) parts << QByteArray::number(size);
    return '[' + parts.join(", ") + ']';
}

QByteArray write_shape(std::span<const int> sizes) {
    QByteArrayList parts;
    for (const int size : sizes)
        parts << (size == engine::Shape::unknown ? QByteArray("null") : QByteArray::number(size));
    return '[' + parts.join(", ") + ']';
}

QByteArray write_tensor(const engine::Tensor& tensor, int indent) {
    const std::span<const float> values = tensor.values();
    const std::size_t width = numbers_a_line(tensor.shape());
    const bool one_line = width >= values.size();
    const QByteArray outer = '\n' + QByteArray(indent, ' ');
    const QByteArray row_break = outer + "    ";
    QByteArray data;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!one_line && i % width == 0)
            data += row_break;
        else if (i > 0)
            data += ' ';
        append_json_number(data, values[i]);
        if (i + 1 < values.size()) data += ',';
    }
    const QByteArray shape = "\"shape\": " + write_sizes(tensor.shape().sizes());
    if (one_line) return '{' + shape + ", \"data\": [" + data + "]}";
    return '{' + outer + "  " + shape + ',' + outer + "  \"data\": [" + data + outer + "  ]" +
           outer + '}';
}

}  // namespace ui::formats
