// SPDX-License-Identifier: MIT
#include "engine/layers/activation.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "engine/layers/layer_definition.h"

namespace engine {

namespace {

double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

/// Subtracting the largest keeps exp inside its range and changes nothing else.
void softmax(std::span<float> values) {
    const double largest = *std::ranges::max_element(values);
    double sum = 0;
    for (const float x : values) sum += std::exp(x - largest);
    for (float& x : values) x = static_cast<float>(std::exp(x - largest) / sum);
}

}  // namespace

double activate(ActivationKind kind, double x) {
    switch (kind) {
        case ActivationKind::linear:
            return x;
        case ActivationKind::relu:
            return std::max(x, 0.0);
        case ActivationKind::relu6:
            return std::clamp(x, 0.0, 6.0);
        case ActivationKind::leaky_relu:
            return x < 0 ? 0.2 * x : x;
        case ActivationKind::elu:
            return x < 0 ? std::expm1(x) : x;
        case ActivationKind::selu: {
            constexpr double scale = 1.0507009873554805;
            constexpr double alpha = 1.6732632423543772;
            return scale * (x < 0 ? alpha * std::expm1(x) : x);
        }
        case ActivationKind::sigmoid:
            return sigmoid(x);
        case ActivationKind::hard_sigmoid:
            return std::clamp(0.2 * x + 0.5, 0.0, 1.0);
        case ActivationKind::tanh:
            return std::tanh(x);
        case ActivationKind::softplus:
            return std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x)));
        case ActivationKind::softsign:
            return x / (1 + std::abs(x));
        case ActivationKind::softmax:
            return 1;  // of one number alone
        case ActivationKind::swish:
            return x * sigmoid(x);
        case ActivationKind::gelu:
            return 0.5 * x * (1 + std::erf(x / std::numbers::sqrt2));
        case ActivationKind::exponential:
            return std::exp(x);
        case ActivationKind::mish:
            return x * std::tanh(activate(ActivationKind::softplus, x));
    }
    return x;
}

void activate_in_place(ActivationKind kind, std::span<float> values, std::size_t length) {
    if (kind == ActivationKind::linear) return;
    if (kind == ActivationKind::softmax) {
        for (std::size_t start = 0; start < values.size(); start += length)
            softmax(values.subspan(start, length));
    } else if (kind == ActivationKind::relu) {
        // As exact in float as in double, and the one that large models run everywhere.
        for (float& x : values) x = std::max(x, 0.0F);
    } else {
        for (float& x : values) x = static_cast<float>(activate(kind, x));
    }
}

Tensor apply_activation(ActivationKind kind, const Tensor& tensor) {
    if (kind == ActivationKind::linear) return tensor;
    std::vector<float> values(tensor.values().begin(), tensor.values().end());
    activate_in_place(kind, values,
                      static_cast<std::size_t>(tensor.shape()[tensor.shape().rank() - 1]));
    return Tensor(tensor.shape(), std::move(values));
}

ActivationKind activation_of(const LayerSpec& spec) {
    const auto activation = definition_of(spec).activation;
    return activation ? activation(spec) : ActivationKind::linear;
}

}  // namespace engine
