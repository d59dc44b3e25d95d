// SPDX-License-Identifier: MIT
// A model as Keras's to_json() writes it ⇄ a lesson: what layers there are and how they are set,
// without weights. Read are Keras 2 (tf.keras too) and Keras 3, a Sequential or a functional model
// that is one chain; models inside the model are unfolded. Written is Keras 2's layout, which
// model_from_json of both understands.
#pragma once

#include "ui/formats/json/json_field.h"
#include "ui/formats/lesson_format.h"

namespace ui::formats {

const LessonFormat& keras_json_format();

/// The input is a ready one. As in our own files, the layers may still not fit: run says so.
engine::Result<OpenedLesson> read_keras_json(const QByteArray& json);
/// Refused is what Keras has no words for.
engine::Result<WrittenLesson> write_keras_json(const LessonFile& file);

// What both sides share.

/// Where an opened file keeps what else the InputLayer of a Sequential says: it is no layer there.
inline constexpr const char* input_layer_key = "input_layer";

/// Is the key one of those that every model is written with?
bool is_model_key(const QString& key);

/// What a model of this input begins with, since such files hold no numbers.
engine::Tensor ready_input(const engine::Shape& shape);
/// The recipe that Keras calls so; what is not ours is drawn as Keras draws by default.
engine::WeightRecipe recipe_of(const JsonField& initializer);

/// The layers of a functional model from its input to its output, as places in "layers"; an error
/// is noted if they are no chain.
std::vector<std::size_t> chain_of(const JsonField& config);

}  // namespace ui::formats
