// SPDX-License-Identifier: MIT
#pragma once

namespace engine {

/// Whose words a layer is written in.
enum class Framework { keras, pytorch, onnx };

}  // namespace engine
