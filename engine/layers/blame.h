// SPDX-License-Identifier: MIT
// Which argument of a layer a mistake lies in.
#pragma once

#include "engine/layers/layer_definition.h"

namespace engine {

/// The argument that an error of inferring the layer (infer) speaks of, by whatever name; null if
/// it is about sizes that several of them make together, or about the input alone.
const Argument* argument_behind(const LayerDefinition& definition, const Error& error);

}  // namespace engine
