// SPDX-License-Identifier: MIT
// The summary of the package torchinfo: the model as an nn.Sequential of PyTorch's modules.
#include <algorithm>
#include <cassert>

#include "engine/dialect.h"
#include "engine/summary.h"

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
    }
    return "";
}

/// The modules one layer becomes.
struct Modules {
    const Geometry& geometry;
    std::vector<SummaryRow>& rows;

    void add(const char* type, const Shape& output, std::int64_t parameters = 0) const {
        rows.push_back({.type = type, .output = output, .parameters = parameters});
    }
    void add(const char* type) const { add(type, geometry.output); }
    void add_activation(ActivationKind kind) const {
        if (kind != ActivationKind::linear) add(module_of(kind));
    }
    std::int64_t parameters(const LayerSpec& spec) const {
        return parameter_count(spec, geometry).total;
    }

    /// The layer exactly, with what has to be put around or cut by hand as modules of their own.
    template <typename Convolution>
    void add_convolution(const char* type, const Convolution& layer) const {
        const std::vector<DialectRow> forms = dialects(layer, geometry);
        const auto form = std::ranges::find_if(forms, [](const DialectRow& row) {
            return row.framework == Framework::pytorch &&
                   (row.agreement == Agreement::given || row.agreement == Agreement::same);
        });
        assert(form != forms.end());
        Shape input = geometry.input;
        if (form->pad_first != Edges{}) {
            input = infer(ZeroPadding2D{form->pad_first}, input)->output;
            add("ZeroPad2d", input);
        }
        add(type, infer(form->spec, input)->output, parameters(layer));
        if (form->cut_after != Edges{}) add("ZeroPad2d");
        add_activation(layer.activation);
    }

    void operator()(const UpSampling2D& layer) const {
        const std::vector<DialectRow> forms = dialects(layer, geometry);
        const bool exists = forms[1].agreement != Agreement::no_form;
        add(exists ? "Upsample" : "UpSampling2D");
    }
    void operator()(const Conv2DTranspose& layer) const {
        add_convolution("ConvTranspose2d", layer);
    }
    void operator()(const Conv2D& layer) const { add_convolution("Conv2d", layer); }
    /// Dense looks along the channels, which PyTorch does not have last: a convolution by one cell.
    void operator()(const Dense& layer) const {
        constexpr std::array types{"Linear", "Conv1d", "Conv2d"};
        const auto rank = static_cast<std::size_t>(geometry.output.rank());
        add(types[rank - 1], geometry.output, parameters(layer));
        add_activation(layer.activation);
    }
    void operator()(const Reshape&) const {
        const bool to_one_axis = geometry.output.rank() == 1;
        const Shape flat{static_cast<int>(geometry.output.count())};
        if (geometry.input.rank() > 1 || to_one_axis) add("Flatten", flat);
        if (!to_one_axis) add("Unflatten");
    }
    void operator()(const Flatten&) const { add("Flatten"); }
    void operator()(const Activation& layer) const { add(module_of(layer.activation)); }
    void operator()(const LeakyReLU&) const { add("LeakyReLU"); }
    void operator()(const ReLU&) const { add("ReLU"); }
    /// Moving mean and variance are buffers in PyTorch: no parameters.
    void operator()(const BatchNormalization& layer) const {
        const ParameterCount count = parameter_count(layer, geometry);
        add(geometry.output.rank() == 3 ? "BatchNorm2d" : "BatchNorm1d", geometry.output,
            count.total - count.non_trainable);
    }
    void operator()(const Dropout&) const { add("Dropout"); }
    void operator()(const Pooling2D& layer) const {
        add(layer.kind == PoolKind::max ? "MaxPool2d" : "AvgPool2d");
    }
    void operator()(const GlobalPooling2D& layer) const {
        add(layer.kind == PoolKind::max ? "AdaptiveMaxPool2d" : "AdaptiveAvgPool2d",
            {1, 1, geometry.input.channels()});
        add("Flatten");
    }
    void operator()(const ZeroPadding2D&) const { add("ZeroPad2d"); }
    void operator()(const Cropping2D&) const { add("ZeroPad2d"); }
};

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

std::vector<SummaryRow> torchinfo_rows(std::span<const Layer> layers,
                                       std::span<const Geometry> geometries) {
    std::vector<SummaryRow> rows;
    for (std::size_t i = 0; i < layers.size(); ++i)
        std::visit(Modules{geometries[i], rows}, layers[i].spec);
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
    const std::int64_t parameters = bytes * summary.total;
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
