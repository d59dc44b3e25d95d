// SPDX-License-Identifier: MIT
// Layers, tensors and weights ⇄ JSON, spelled with Keras's class names and snake-case arguments.
#pragma once

#include <QJsonObject>

#include "engine/interpolation.h"
#include "engine/weights.h"
#include "ui/document/json_field.h"

namespace ui::document {

/// A layer from its arguments; missing ones have Keras's defaults. `padding` may also be a number or a
/// pair (PyTorch's). Nothing, and an error noted, if the class is unknown.
std::optional<engine::LayerSpec> read_layer(const std::string& class_name,
                                            const JsonField& arguments);
/// torch.nn.ConvTranspose2d's arguments.
engine::Conv2DTranspose read_torch_layer(const JsonField& arguments);
/// ONNX Resize's mode (nearest), coordinate_transformation (half_pixel; of nearest asymmetric, the only one it has
/// here: floor), cubic_coeff_a (-0.75) and exclude_outside (0).
engine::Sampling read_sampling(const JsonField& arguments);
/// Reads an argument's activation, also where it stands alone (the layer Activation).
engine::ActivationKind read_activation(const JsonField& field, engine::ActivationKind fallback);

/// {"class_name": …, …} on one line: what defines the layer, then what is not the default.
QByteArray write_layer(const engine::LayerSpec& spec, const QJsonObject& unknown = {});
bool is_layer_key(const QString& key);  ///< an argument of some layer, or class_name

/// {"shape": […], "data": […]}; without data only the shape is asked for.
struct JsonTensor {
    std::vector<int> sizes;
    std::optional<std::vector<float>> data;
    engine::Tensor tensor() const;  ///< with data, rank 1 to 4
};
/// Positive sizes inside the budget, as many finite numbers as they need.
JsonTensor read_tensor(const JsonField& field, std::int64_t min_rank, std::int64_t max_rank);
/// The named tensors of a layer; a vector may also be a plain list.
engine::Weights read_weights(const JsonField& field);

/// One grid row a line, each line after `indent` blanks; a tensor of one line stands on one.
QByteArray write_tensor(const engine::Tensor& tensor, int indent);
/// [2, 3]
QByteArray write_sizes(std::span<const int> sizes);

/// Keys and values collected for one `{…}` line.
class JsonLine {
public:
    void add(std::string_view key, const QByteArray& value);
    void add_all(const QJsonObject& members);
    bool empty() const { return m_members.isEmpty(); }
    QByteArray text() const { return '{' + m_members + '}'; }

private:
    QByteArray m_members;
};

/// The keys of an object that `known` does not name, to be written back as they are.
template <typename Known>
QJsonObject unknown_keys(const JsonField& object, Known known) {
    QJsonObject unknown;
    if (!object.value() || object.value()->kind != JsonValue::Kind::object) return unknown;
    for (std::size_t i = 0; i < object.value()->keys.size(); ++i) {
        const QString key = QString::fromStdString(object.value()->keys[i]);
        if (!known(key)) unknown.insert(key, json_to_qt(object.value()->items[i]));
    }
    return unknown;
}

}  // namespace ui::document
