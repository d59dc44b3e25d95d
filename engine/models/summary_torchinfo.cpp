// SPDX-License-Identifier: MIT
// The summary of the package torchinfo: the model as an nn.Sequential of PyTorch's modules.
#include "engine/frameworks/torch_modules.h"

namespace engine {

namespace {

/// Exponential is Keras's name: PyTorch has no module for it.
const char* module_of(ActivationKind kind) {
    switch (kind) {
        case ActivationKind::linear:
            return "Identity";
        case ActivationKind::relu:
            return "ReLU";
        case ActivationKind::relu6:
            return "ReLU6";
        case ActivationKind::leaky_relu:
            return "LeakyReLU";
        case ActivationKind::elu:
            return "ELU";
        case ActivationKind::selu:
            return "SELU";
        case ActivationKind::sigmoid:
            return "Sigmoid";
        case ActivationKind::hard_sigmoid:
            return "Hardsigmoid";
        case ActivationKind::tanh:
            return "Tanh";
        case ActivationKind::softplus:
            return "Softplus";
        case ActivationKind::softsign:
            return "Softsign";
        case ActivationKind::softmax:
            return "Softmax";
        case ActivationKind::swish:
            return "SiLU";
        case ActivationKind::gelu:
            return "GELU";
        case ActivationKind::exponential:
            return "Exponential";
        case ActivationKind::mish:
            return "Mish";
    }
    return "";
}

/// "[1, 128, 5, 5]": one item, then the channels, which the engine has last.
std::string pytorch_shape(const Shape& shape) {
    std::string text = "[1";
    const std::span<const int> sizes = shape.sizes();
    if (!sizes.empty()) text += ", " + std::to_string(sizes.back());
    for (std::size_t i = 0; i + 1 < sizes.size(); ++i) text += ", " + std::to_string(sizes[i]);
    return text + ']';
}

/// What torchinfo counts: in a convolution, all its parameters once for each output cell; elsewhere
/// all of them once.
std::int64_t torchinfo_multiply_adds(const SummaryRow& row) {
    if (row.type.find("Conv") == std::string::npos) return row.parameters;
    return row.parameters * (row.output.count() / row.output.sizes().back());
}

/// " (M): 0.46", without decimals where there is nothing behind the point.
std::string in_large_units(std::int64_t number) {
    constexpr std::int64_t million = 1'000'000, billion = 1000 * million;
    const std::int64_t unit = number < billion          ? million
                              : number < 1000 * billion ? billion
                                                        : 1000 * billion;
    const char* name = unit == million ? " (M): " : unit == billion ? " (G): " : " (T): ";
    if (number % unit == 0) return name + with_thousands(number / unit);
    return name + two_decimals(static_cast<double>(number) / static_cast<double>(unit));
}

}  // namespace

TorchModules::TorchModules(const LayerSpec& spec, const Geometry& geometry_,
                           std::vector<SummaryRow>& rows)
    : geometry(geometry_), parameters(parameter_count(spec, geometry_)), m_rows(rows) {}

void TorchModules::add(const char* type, const Shape& output, std::int64_t count) {
    m_rows.push_back({.type = type, .output = output, .parameters = count});
}

void TorchModules::add_activation(ActivationKind kind) {
    if (kind != ActivationKind::linear) add(module_of(kind));
}

std::vector<SummaryRow> torchinfo_rows(std::span<const Layer> layers,
                                       std::span<const Geometry> geometries) {
    std::vector<SummaryRow> rows;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        TorchModules modules(layers[i].spec, geometries[i], rows);
        if (const auto add = definition_of(layers[i].spec).torch_modules)
            add(layers[i].spec, modules);
    }
    return rows;
}

std::string torchinfo_text(const Summary& summary) {
    constexpr std::size_t name_columns = 40;
    constexpr std::size_t columns = 25;
    const std::string rule = std::string(name_columns + 2 * columns, '=') + '\n';
    // `drawn` takes two columns but more bytes.
    const auto line = [](std::string_view drawn, std::string name, std::string shape,
                         const std::string& parameters) {
        name.resize(name_columns - (drawn.empty() ? 0 : 2), ' ');
        shape.resize(columns, ' ');
        return std::string(drawn) + name + ' ' + shape + ' ' + parameters + '\n';
    };
    const auto megabytes = [](std::int64_t bytes) {
        return two_decimals(static_cast<double>(bytes) / 1e6) + '\n';
    };

    std::int64_t products = 0;
    std::int64_t kept_for_gradients = 0;
    const Shape output = summary.rows.empty() ? summary.input : summary.rows.back().output;
    std::string text = rule + line("", "Layer (type:depth-idx)", "Output Shape", "Param #") + rule +
                       line("", "Sequential", pytorch_shape(output), "--");
    for (std::size_t i = 0; i < summary.rows.size(); ++i) {
        const SummaryRow& row = summary.rows[i];
        const bool learns = row.parameters > 0;
        text += line("├─", row.type + ": 1-" + std::to_string(i + 1), pytorch_shape(row.output),
                     learns ? with_thousands(row.parameters) : "--");
        products += torchinfo_multiply_adds(row);
        if (learns) kept_for_gradients += 2 * row.output.count();
    }
    constexpr std::int64_t bytes = 4;
    const std::int64_t input = bytes * summary.input.count();
    const std::int64_t passes = bytes * kept_for_gradients;
    const std::int64_t parameters = summary.total_bytes;
    text += rule;
    text += "Total params: " + with_thousands(summary.total) + '\n';
    text += "Trainable params: " + with_thousands(summary.trainable) + '\n';
    text += "Non-trainable params: " + with_thousands(summary.non_trainable) + '\n';
    text += "Total mult-adds" + in_large_units(products) + '\n' + rule;
    text += "Input size (MB): " + megabytes(input);
    text += "Forward/backward pass size (MB): " + megabytes(passes);
    text += "Params size (MB): " + megabytes(parameters);
    text += "Estimated Total Size (MB): " + megabytes(input + passes + parameters);
    return text + rule;
}

}  // namespace engine
