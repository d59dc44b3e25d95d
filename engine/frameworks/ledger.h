// SPDX-License-Identifier: MIT
// One layer in every framework, and a layer read in any framework's words.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "engine/frameworks/dialect.h"

namespace engine {

/// A layer's size, and what each framework says of it.
struct Ledger {
    Geometry geometry;
    std::vector<DialectRow> rows;  ///< as dialects gives them: the layer itself first
    bool edges_are_zeros = false;  ///< put around the input; otherwise cut from the output
};

/// Of a layer in the words of `given`; errors are infer's, and what Keras refuses of itself.
Result<Ledger> ledger_of(Framework given, const LayerSpec& spec, const Shape& input);

/// What a transposed layer may be told beside its filters, kernel and strides.
enum class Word { padding, output_padding, dilation, groups, pads, auto_pad, output_shape, a };
inline constexpr std::array all_words{
    Word::padding, Word::output_padding, Word::dilation,     Word::groups,
    Word::pads,    Word::auto_pad,       Word::output_shape, Word::a};
/// "output_padding"
std::string_view name_of(Word word);

/// A transposed layer as somebody told it, in no framework's words yet.
struct Told {
    int filters = 1;
    Size2D kernel_size{1, 1};
    Size2D strides{1, 1};
    std::optional<Padding> padding = {};
    std::optional<Size2D> output_padding = {};
    Size2D dilation{1, 1};
    int groups = 1;
    Edges pads{};
    AutoPad auto_pad = AutoPad::notset;
    std::optional<Size2D> output_shape = {};
    Size2D a{0, 0};  ///< the Guide's: rows and columns added at the end
};

/// A transposed layer in one framework's words.
using Wording = std::variant<Conv2DTranspose, OnnxConvTranspose>;

/// Of a transposed layer told in the words of `given`, which has them all.
Result<Ledger> ledger_of(Framework given, const Told& told, const Shape& input);

/// The frameworks, in the order of the ledger.
std::span<const Framework> all_frameworks();
std::string_view key_of(Framework framework);  ///< "pytorch"
std::optional<Framework> framework_with_key(std::string_view key);
/// Does a transposed layer have this in the framework's words?
bool has_word(Framework framework, Word word);
/// Is its padding valid or same, rather than a number?
bool has_named_padding(Framework framework);

/// The same kernel and strides in every framework's words, nothing else given: where their four
/// formulas part. One row a framework, none of them compared.
std::vector<DialectRow> plain_rows(Size2D kernel_size, Size2D strides, const Shape& input);

/// The readers' four cases, each over an input of 2 × 2: kernel, then strides.
inline constexpr std::array<std::array<int, 2>, 4> readers_cases{{{1, 1}, {3, 1}, {1, 2}, {3, 2}}};
inline constexpr int readers_input = 2;

}  // namespace engine
