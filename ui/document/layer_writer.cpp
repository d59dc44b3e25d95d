// SPDX-License-Identifier: MIT
// Layers and tensors → JSON, to be read by people and by diff.
#include <QStringList>

#include "ui/document/layer_json.h"

namespace ui::document {

namespace {

QByteArray text_of(std::string_view name) { return json_string(name); }
QByteArray text_of(engine::Extent extent) {
    return '[' + QByteArray::number(extent.height) + ", " + QByteArray::number(extent.width) + ']';
}
QByteArray text_of(bool value) { return value ? "true" : "false"; }

QByteArray text_of(const engine::Padding& padding) {
    if (std::holds_alternative<engine::Valid>(padding)) return text_of(std::string_view("valid"));
    if (std::holds_alternative<engine::Same>(padding)) return text_of(std::string_view("same"));
    return text_of(std::get<engine::Explicit>(padding).padding);
}

QByteArray text_of(const engine::Edges& edges) {
    return '[' + text_of(engine::Extent{edges.top, edges.bottom}) + ", " +
           text_of(engine::Extent{edges.left, edges.right}) + ']';
}

QByteArray text_of(float value) { return json_number(value); }

/// One overload a layer: its arguments onto the line.
struct Arguments {
    JsonLine& line;

    template <typename Value>
    void unless_default(std::string_view key, const Value& value, const Value& otherwise) const {
        if (value != otherwise) line.add(key, text_of(value));
    }

    void activation(engine::ActivationKind kind) const {
        if (kind != engine::ActivationKind::linear) line.add("activation", text_of(name_of(kind)));
    }

    template <typename Convolution>
    void convolution(const Convolution& layer) const {
        line.add("filters", QByteArray::number(layer.filters));
        line.add("kernel_size", text_of(layer.kernel_size));
        line.add("strides", text_of(layer.strides));
        line.add("padding", text_of(layer.padding));
    }
    template <typename Convolution>
    void rarer(const Convolution& layer) const {
        unless_default("dilation_rate", layer.dilation_rate, {1, 1});
        if (layer.groups != 1) line.add("groups", QByteArray::number(layer.groups));
        activation(layer.activation);
        unless_default("use_bias", layer.use_bias, true);
    }

    void operator()(const engine::UpSampling2D& layer) const {
        line.add("size", text_of(layer.size));
        line.add("interpolation", text_of(name_of(layer.interpolation)));
    }
    void operator()(const engine::Conv2DTranspose& layer) const {
        convolution(layer);
        if (layer.output_padding) line.add("output_padding", text_of(*layer.output_padding));
        rarer(layer);
    }
    void operator()(const engine::Conv2D& layer) const {
        convolution(layer);
        rarer(layer);
    }
    void operator()(const engine::Dense& layer) const {
        line.add("units", QByteArray::number(layer.units));
        activation(layer.activation);
        unless_default("use_bias", layer.use_bias, true);
    }
    void operator()(const engine::Reshape& layer) const {
        line.add("target_shape", write_sizes(layer.target_shape.sizes()));
    }
    void operator()(const engine::Activation& layer) const {
        line.add("activation", text_of(name_of(layer.activation)));
    }
    void operator()(const engine::LeakyReLU& layer) const {
        line.add("alpha", text_of(layer.negative_slope));
    }
    void operator()(const engine::BatchNormalization& layer) const {
        line.add("epsilon", text_of(layer.epsilon));
        unless_default("center", layer.center, true);
        unless_default("scale", layer.scale, true);
    }
    void operator()(const engine::Dropout& layer) const { line.add("rate", text_of(layer.rate)); }
    void operator()(const engine::Pooling2D& layer) const {
        line.add("pool_size", text_of(layer.pool_size));
        if (layer.strides) line.add("strides", text_of(*layer.strides));
        line.add("padding", text_of(layer.padding));
    }
    void operator()(const engine::ZeroPadding2D& layer) const {
        line.add("padding", text_of(layer.padding));
    }
    void operator()(const engine::Cropping2D& layer) const {
        line.add("cropping", text_of(layer.cropping));
    }
    void operator()(const engine::Flatten&) const {}
    void operator()(const engine::ReLU&) const {}
    void operator()(const engine::GlobalPooling2D&) const {}
};

/// Numbers on one line: a grid's row, or all channels of a cell where there are several; a vector whole.
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

QByteArray write_layer(const engine::LayerSpec& spec, const QJsonObject& unknown) {
    JsonLine line;
    line.add("class_name", json_string(engine::class_name(spec)));
    std::visit(Arguments{line}, spec);
    line.add_all(unknown);
    return line.text();
}

bool is_layer_key(const QString& key) {
    static const QStringList keys = [] {
        QStringList names;
        for (const char* name :
             {"class_name",     "filters",       "kernel_size", "strides",      "padding",
              "output_padding", "dilation_rate", "groups",      "activation",   "use_bias",
              "size",           "interpolation", "units",       "target_shape", "alpha",
              "negative_slope", "axis",          "epsilon",     "center",       "scale",
              "rate",           "pool_size",     "cropping",    "data_format"})
            names << QString::fromLatin1(name);
        return names;
    }();
    return keys.contains(key);
}

QByteArray write_sizes(std::span<const int> sizes) {
    QByteArrayList parts;
    for (const int size : sizes) parts << QByteArray::number(size);
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

void JsonLine::add(std::string_view key, const QByteArray& value) {
    if (!m_members.isEmpty()) m_members += ", ";
    m_members += json_string(key) + ": " + value;
}

void JsonLine::add_all(const QJsonObject& members) {
    for (auto it = members.begin(); it != members.end(); ++it)
        add(it.key().toStdString(), json_from_qt(it.value()));
}

}  // namespace ui::document
