// SPDX-License-Identifier: MIT
// Behind dialect.h: what each framework says, a file each. Rows come without a verdict (agreement
// given); dialects compares them with the layer that was asked for.
#pragma once

#include <span>
#include <string>
#include <utility>

#include "engine/frameworks/ledger.h"

namespace engine {

using DialectRows = std::vector<DialectRow>;

/// A framework: how it says each layer, and what it makes of arguments in its words.
struct Dialect {
    Framework framework;
    std::string_view key;   ///< "pytorch"
    std::string_view name;  ///< "PyTorch"
    /// Of the arguments of a transposed layer that Told has, those that the framework has beside
    /// filters, kernel and strides.
    std::span<const Word> words;
    bool padding_is_named = false;  ///< valid, same; else it is a number

    /// A layer exactly as it stands, which the framework has; none: the first of its forms.
    DialectRow (*given_transposed)(const Conv2DTranspose&, const Geometry&) = nullptr;
    DialectRow (*given_convolution)(const Conv2D&, const Geometry&) = nullptr;
    /// The layer in the framework's words; the exact form last, if there are several.
    DialectRows (*transposed)(const Conv2DTranspose&, const Geometry&) = nullptr;
    DialectRows (*convolution)(const Conv2D&, const Geometry&) = nullptr;
    DialectRows (*upsampling)(const UpSampling2D&, const Geometry&) = nullptr;
    /// A transposed layer as it was told. None of its words is missing from `words`.
    Result<Wording> (*read)(const Told&) = nullptr;
};

// A file each. The table of them is dialect.cpp's.
extern const Dialect keras_dialect;
extern const Dialect pytorch_dialect;
extern const Dialect onnx_dialect;
extern const Dialect guide_dialect;
std::span<const Dialect* const> all_dialects();
const Dialect& dialect_of(Framework framework);

/// A layer exactly as it stands, in words of a framework that has it; an empty row for layers that
/// the ledger does not know.
DialectRow given_row(const Dialect& dialect, const LayerSpec& spec, const Geometry& geometry);

/// The layer that Keras's, PyTorch's and the Guide's words come to.
Conv2DTranspose told_layer(const Told& told, const Padding& otherwise);

/// ONNX's transposed layer as its row, and in its own arguments.
DialectRow onnx_row(const OnnxConvTranspose& layer, const Geometry& geometry);

/// A transposed layer as it was told, by itself; none if it cannot be.
std::optional<DialectRow> row_as_told(const Dialect& dialect, const Told& told, const Shape& input);

/// What a transposed layer cuts, what a convolution puts around its input.
Edges crops(const Geometry& geometry);
Edges zeros(const Geometry& geometry);

DialectRow no_form(Framework framework, Lack lack);

/// A sum for each axis: write(axis, 0 for rows and 1 for columns).
template <typename Write>
SizeSums sums_of(const Geometry& geometry, Write write) {
    return {write(geometry.rows, 0), write(geometry.columns, 1)};
}
/// The number of a pair that belongs to an axis.
inline int of_axis(Size2D pair, int axis) { return axis == 0 ? pair.height : pair.width; }
inline Ends of_axis(const Edges& edges, int axis) {
    return axis == 0 ? Ends{edges.top, edges.bottom} : Ends{edges.left, edges.right};
}

/// ⌊in × scale⌋, whatever the scale is called.
SizeSums scaled_sums(const Geometry& geometry, const char* scale);

/// Arguments in a row: name=value, name=value.
class Arguments {
public:
    void add(const char* name, const std::string& value);
    /// The kernel and its strides, which every framework has.
    void add_window(const char* name, const std::string& value);
    /// Left out where it has the framework's default.
    void add_unless(Size2D otherwise, const char* name, Size2D value);
    const std::string& text() const { return m_text; }
    const std::string& own() const { return m_own; }

private:
    std::string m_text;
    std::string m_own;
};

/// What a row says: a call's arguments, and what is done by hand before and after it.
struct Said {
    Arguments arguments;
    std::string first{};
    std::string then{};
};
/// The row with these words; `name` is the layer's in the framework, empty where nothing is called.
DialectRow worded(DialectRow row, std::string_view name, const Said& said);

/// "(3, 2)"
std::string pair_code(const std::string& first, const std::string& second);
std::string pair_code(int first, int second);
/// "3", or "(3, 2)" where rows and columns differ
std::string code(Size2D extent);
/// "'same'"
std::string quoted(std::string_view name);

}  // namespace engine
