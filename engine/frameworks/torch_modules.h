// SPDX-License-Identifier: MIT
// The modules of PyTorch that one layer becomes in an nn.Sequential that computes the same.
#pragma once

#include "engine/layers/layer_definition.h"
#include "engine/models/summary.h"

namespace engine {

class TorchModules {
public:
    TorchModules(const LayerSpec& spec, const Geometry& geometry, std::vector<SummaryRow>& rows);

    const Geometry& geometry;         ///< of the layer
    const ParameterCount parameters;  ///< of the layer

    void add(const char* type, const Shape& output, std::int64_t count = 0);
    void add(const char* type) { add(type, geometry.output); }
    void add_activation(ActivationKind kind);

private:
    std::vector<SummaryRow>& m_rows;
};

}  // namespace engine
