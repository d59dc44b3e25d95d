// SPDX-License-Identifier: MIT
// Tensors written and printed as text: rows parted by '/', numbers by spaces.
#pragma once

#include <limits>

#include <QByteArray>
#include <QByteArrayList>
#include <span>
#include <utility>
#include <vector>

#include "engine/values/result.h"
#include "engine/values/tensor.h"

namespace support {

/// "1 2 / 3 4" is a feature map (2, 2, 1).
inline engine::Tensor grid(const char* text) {
    std::vector<float> values;
    const QByteArrayList rows = QByteArray(text).split('/');
    for (const QByteArray& row : rows) {
        for (const QByteArray& number : row.simplified().split(' ')) {
            bool is_number = false;
            values.push_back(number.toFloat(&is_number));
            if (!is_number) qFatal("not a number in a grid: '%s'", number.constData());
        }
    }
    const int height = static_cast<int>(rows.size());
    const int width = static_cast<int>(values.size()) / height;
    return {{height, width, 1}, std::move(values)};
}

/// "1 2 / 3 4" as the kernel (2, 2, 1, 1) of one filter on one channel.
inline engine::Tensor kernel(const char* text) {
    const engine::Tensor map = grid(text);
    return map.reshaped({map.shape().height(), map.shape().width(), 1, 1});
}

/// (values.size())
inline engine::Tensor vector(std::vector<float> values) {
    const int size = static_cast<int>(values.size());
    return {{size}, std::move(values)};
}

inline QByteArray text_of(std::span<const float> values) {
    QByteArrayList numbers;
    for (const float value : values) {
        numbers << QByteArray::number(static_cast<double>(value), 'g', 9);
    }
    return numbers.join(' ');
}

/// "(2, 2, 1)"
inline QByteArray text_of(const engine::Shape& shape) {
    QByteArrayList sizes;
    for (const int size : shape.sizes()) sizes << QByteArray::number(size);
    return '(' + sizes.join(", ") + ')';
}

/// A one-channel feature map as the text that makes it, anything else with its shape in front.
inline QByteArray text_of(const engine::Tensor& tensor) {
    const engine::Shape& shape = tensor.shape();
    if (shape.rank() != 3 || shape.channels() != 1) {
        return text_of(shape) + ": " + text_of(tensor.values());
    }
    QByteArrayList rows;
    const auto width = static_cast<std::size_t>(shape.width());
    for (std::size_t start = 0; start < tensor.values().size(); start += width) {
        rows << text_of(tensor.values().subspan(start, width));
    }
    return rows.join(" / ");
}

/// "output_padding_too_large output_padding given 2 limit 2 axis 0"
inline QByteArray text_of(const engine::Error& error) {
    const auto list = [](const std::vector<std::int64_t>& numbers) {
        QByteArray text;
        for (const std::int64_t number : numbers) text += ' ' + QByteArray::number(qint64{number});
        return text;
    };
    QByteArray text = QByteArray(engine::code_name(error.code)) + ' ' + error.subject.c_str();
    if (!error.given.empty()) text += " given" + list(error.given);
    if (!error.limit.empty()) text += " limit" + list(error.limit);
    const auto reals = [](const std::vector<double>& numbers) {
        QByteArray text_of_all;
        for (const double number : numbers)
            text_of_all +=
                ' ' + (number == std::numeric_limits<double>::max() ? QByteArray("any")
                                                                    : QByteArray::number(number));
        return text_of_all;
    };
    if (!error.given_real.empty()) text += " given" + reals(error.given_real);
    if (!error.limit_real.empty()) text += " limit" + reals(error.limit_real);
    if (!error.text.empty()) text += " text " + QByteArray(error.text.c_str());
    if (error.axis >= 0) text += " axis " + QByteArray::number(error.axis);
    if (error.layer >= 0) text += " layer " + QByteArray::number(error.layer);
    return text;
}

}  // namespace support

// Found by QCOMPARE through the types' namespace: a failure prints both grids.
namespace engine {
inline char* toString(const Tensor& tensor) {
    return qstrdup(support::text_of(tensor).constData());
}
inline char* toString(const Shape& shape) { return qstrdup(support::text_of(shape).constData()); }
inline char* toString(const Error& error) { return qstrdup(support::text_of(error).constData()); }
}  // namespace engine
