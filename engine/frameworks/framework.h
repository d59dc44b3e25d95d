// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace engine {

/// Whose words a layer is written in. The Guide is Dumoulin and Visin's "A guide to convolution
/// arithmetic for deep learning": no program, but the arithmetic that the others are explained by.
enum class Framework { keras, pytorch, onnx, guide };

/// "Keras"
std::string_view name_of(Framework framework);

}  // namespace engine
