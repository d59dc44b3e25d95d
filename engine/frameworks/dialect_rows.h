// SPDX-License-Identifier: MIT
// Behind dialect.h: what each framework says, a file each. Rows come without a verdict (agreement
// given); dialects compares them with the layer that was asked for.
#pragma once

#include <string>
#include <utility>

#include "engine/frameworks/dialect.h"

namespace engine {

using DialectRows = std::vector<DialectRow>;

/// The layer in the framework's words; the exact form last, if there are several.
DialectRows keras_rows(const Conv2DTranspose& layer, const Geometry& geometry);
DialectRows keras_rows(const Conv2D& layer, const Geometry& geometry);
DialectRows keras_rows(const UpSampling2D& layer, const Geometry& geometry);
DialectRows pytorch_rows(const Conv2DTranspose& layer, const Geometry& geometry);
DialectRows pytorch_rows(const Conv2D& layer, const Geometry& geometry);
DialectRows pytorch_rows(const UpSampling2D& layer, const Geometry& geometry);
DialectRows onnx_rows(const Conv2DTranspose& layer, const Geometry& geometry);
DialectRows onnx_rows(const Conv2D& layer, const Geometry& geometry);
DialectRows onnx_rows(const UpSampling2D& layer, const Geometry& geometry);

/// A layer's own arguments, as they were given.
std::string keras_arguments(const Conv2DTranspose& layer);
std::string keras_arguments(const Conv2D& layer);
std::string pytorch_arguments(const Conv2DTranspose& layer);
std::string pytorch_arguments(const Conv2D& layer);
std::string onnx_arguments(const OnnxConvTranspose& layer);

/// What a transposed layer cuts, what a convolution puts around its input.
Edges crops(const Geometry& geometry);
Edges zeros(const Geometry& geometry);

DialectRow no_form(Framework framework, Lack lack);

/// Arguments in a row: name=value, name=value.
class Arguments {
public:
    void add(const char* name, const std::string& value);
    /// Left out where it has the framework's default.
    void add_unless(Size2D otherwise, const char* name, Size2D value);
    const std::string& text() const { return m_text; }

private:
    std::string m_text;
};

/// "(3, 2)"
std::string pair_code(const std::string& first, const std::string& second);
std::string pair_code(int first, int second);
/// "3", or "(3, 2)" where rows and columns differ
std::string code(Size2D extent);
/// "'same'"
std::string quoted(std::string_view name);

}  // namespace engine
