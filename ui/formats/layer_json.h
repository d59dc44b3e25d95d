// SPDX-License-Identifier: MIT
// Layers ⇄ JSON, spelled with Keras's class names and snake-case arguments. What arguments there
// are, the table of layers says (engine/layers/layer_definition.h).
#pragma once

#include <QJsonObject>

#include "engine/layers/interpolation.h"
#include "engine/layers/layer_definition.h"
#include "engine/models/model.h"
#include "ui/formats/json/json_line.h"
#include "ui/formats/tensor_json.h"

namespace ui::formats {

/// A layer as it was written.
struct ReadLayer {
    engine::LayerSpec spec;
    engine::LayerConfig config;
    /// Its arguments that it does not have, and that would change its numbers if it had: a refusal
    /// each.
    std::vector<engine::Error> unknown;
};

/// A layer from its arguments; missing ones have Keras's defaults. `padding` may also be a number
/// or a pair (PyTorch's). Nothing, and an error noted, if the class is unknown.
std::optional<ReadLayer> read_layer(const std::string& class_name, const JsonField& arguments);
ReadLayer read_layer(const engine::LayerDefinition& definition, const JsonField& arguments);
/// torch.nn.ConvTranspose2d's arguments; in_channels is the caller's to look at.
ReadLayer read_torch_layer(const JsonField& arguments);

/// A layer's or a model's name: any text, not too long.
std::string read_name(const JsonField& field);
/// [null, 28, 28, 1] → the batch and one to three sizes; `with_batch` or without.
std::optional<engine::BatchShape> read_batch_shape(const JsonField& field, bool with_batch);
/// Notes an error if the layer has its channels in front: that is not computed.
void refuse_channels_first(const JsonField& arguments);

/// Is the key read for a layer of this class? Others are kept as they are.
bool is_layer_key(const engine::LayerDefinition& definition, const QString& key);

enum class Spelling { keras_3, keras_2 };
/// The arguments that define the layer, and those that are not the default. The older spelling is
/// the one that both understand.
void add_arguments(JsonLine& line, const engine::LayerSpec& spec, Spelling spelling);

/// {"class_name": …, …} on one line: what defines the layer, then what is not the default.
QByteArray write_layer(const engine::LayerSpec& spec, const engine::LayerConfig& config = {},
                       const QJsonObject& unknown = {});

}  // namespace ui::formats
