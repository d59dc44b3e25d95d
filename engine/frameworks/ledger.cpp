// SPDX-License-Identifier: MIT
#include "engine/frameworks/ledger.h"

#include <algorithm>

#include "engine/frameworks/dialect_rows.h"

namespace engine {

Result<Ledger> ledger_of(Framework given, const LayerSpec& spec, const Shape& input) {
    const Result<Geometry> geometry = infer(spec, input);
    if (!geometry) return geometry.error();
    if (given == Framework::keras)
        if (const auto refusal = keras_refuses(spec)) return *refusal;
    return Ledger{*geometry, dialects(given, spec, *geometry),
                  std::holds_alternative<Conv2D>(spec)};
}

Result<Ledger> ledger_of(Framework given, const Told& told, const Shape& input) {
    const Result<Wording> wording = dialect_of(given).read(told);
    if (!wording) return wording.error();
    if (const auto* layer = std::get_if<Conv2DTranspose>(&*wording))
        return ledger_of(given, *layer, input);
    const auto& layer = std::get<OnnxConvTranspose>(*wording);
    const Result<Geometry> geometry = infer(layer, input);
    if (!geometry) return geometry.error();
    return Ledger{*geometry, dialects(layer, *geometry), false};
}

std::string_view name_of(Word word) {
    switch (word) {
        case Word::padding:
            return "padding";
        case Word::output_padding:
            return "output_padding";
        case Word::dilation:
            return "dilation";
        case Word::groups:
            return "groups";
        case Word::pads:
            return "pads";
        case Word::auto_pad:
            return "auto_pad";
        case Word::output_shape:
            return "output_shape";
        case Word::a:
            return "a";
    }
    return "";
}

std::string_view name_of(Framework framework) { return dialect_of(framework).name; }

std::span<const Framework> all_frameworks() {
    static const std::vector<Framework> all = [] {
        std::vector<Framework> list;
        for (const Dialect* dialect : all_dialects()) list.push_back(dialect->framework);
        return list;
    }();
    return all;
}

std::string_view key_of(Framework framework) { return dialect_of(framework).key; }

std::optional<Framework> framework_with_key(std::string_view key) {
    for (const Dialect* dialect : all_dialects())
        if (dialect->key == key) return dialect->framework;
    return std::nullopt;
}

bool has_word(Framework framework, Word word) {
    return std::ranges::find(dialect_of(framework).words, word) !=
           dialect_of(framework).words.end();
}

bool has_named_padding(Framework framework) { return dialect_of(framework).padding_is_named; }

std::vector<DialectRow> plain_rows(Size2D kernel_size, Size2D strides, const Shape& input) {
    std::vector<DialectRow> rows;
    for (const Dialect* dialect : all_dialects())
        if (auto row =
                row_as_told(*dialect, {.kernel_size = kernel_size, .strides = strides}, input))
            rows.push_back(std::move(*row));
    return rows;
}

}  // namespace engine
