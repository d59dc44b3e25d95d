// SPDX-License-Identifier: MIT
// Rewriting arguments. Sizes and crops are never computed here: every rewritten layer goes through
// infer, and the row says what came out.
#include "engine/frameworks/dialect.h"

#include <algorithm>
#include <array>

#include "engine/frameworks/dialect_rows.h"

namespace engine {

namespace {

/// The rows of the ledger. A framework more is a file, its row here and its name in framework.h.
constexpr std::array<const Dialect*, 4> table{&keras_dialect, &pytorch_dialect, &onnx_dialect,
                                              &guide_dialect};

/// Says how a row compares with the one that was asked for.
DialectRow compared(DialectRow row, const DialectRow& given) {
    mark_differences(row.sums.rows, of_axis(row.edges, 0), of_axis(given.edges, 0));
    mark_differences(row.sums.columns, of_axis(row.edges, 1), of_axis(given.edges, 1));
    if (row.agreement != Agreement::given) return row;
    if (row.output != given.output) {
        row.agreement = Agreement::other_size;
    } else if (row.edges == given.edges) {
        row.agreement = Agreement::same;
    } else {
        row.agreement = Agreement::shifted;
        row.shift_down = given.edges.top - row.edges.top;
        row.shift_right = given.edges.left - row.edges.left;
    }
    return row;
}

/// The given row, then all those that are compared with it.
class Rows {
public:
    explicit Rows(DialectRow given) : m_rows{std::move(given)} {}
    const DialectRow& given() const { return m_rows.front(); }
    void add(DialectRows rows) {
        for (DialectRow& row : rows) m_rows.push_back(compared(std::move(row), m_rows.front()));
    }
    DialectRows all() && { return std::move(m_rows); }

private:
    DialectRows m_rows;
};

/// Nothing but its kernel, its strides and what every framework has.
Told plain(const Conv2DTranspose& layer) {
    return {.filters = layer.filters,
            .kernel_size = layer.kernel_size,
            .strides = layer.strides,
            .dilation = layer.dilation_rate,
            .groups = layer.groups};
}

/// A transposed layer in all other words, and where it is a plain one, these words as they are.
DialectRows transposed_rows(DialectRow given, const Conv2DTranspose& layer,
                            const Geometry& geometry) {
    Rows rows(std::move(given));
    const Told words = plain(layer);
    const Framework own = rows.given().framework;
    const auto own_plain = row_as_told(dialect_of(own), words, geometry.input);
    const bool is_plain = own_plain && own_plain->arguments == rows.given().arguments;
    for (const Dialect* dialect : table) {
        if (dialect->framework == own) continue;
        rows.add(dialect->transposed(layer, geometry));
        if (!is_plain) continue;
        const auto other = row_as_told(*dialect, words, geometry.input);
        if (other && other->output != geometry.output) rows.add({*other});
    }
    return std::move(rows).all();
}

/// A layer as it stands.
struct AsGiven {
    const Dialect& dialect;
    const Geometry& geometry;

    DialectRow operator()(const Conv2DTranspose& layer) const {
        return dialect.given_transposed ? dialect.given_transposed(layer, geometry)
                                        : dialect.transposed(layer, geometry).front();
    }
    DialectRow operator()(const Conv2D& layer) const {
        return dialect.given_convolution ? dialect.given_convolution(layer, geometry)
                                         : dialect.convolution(layer, geometry).front();
    }
    DialectRow operator()(const UpSampling2D& layer) const {
        return dialect.upsampling(layer, geometry).front();
    }
    template <typename Other>
    DialectRow operator()(const Other&) const {
        return {};
    }
};

struct Dialects {
    Framework given;
    const LayerSpec& spec;
    const Geometry& geometry;

    DialectRow own() const { return given_row(dialect_of(given), spec, geometry); }
    template <typename Layer, typename Forms>
    DialectRows in_all(const Layer& layer, Forms Dialect::*forms) const {
        Rows rows(own());
        for (const Dialect* dialect : table)
            if (dialect->framework != given) rows.add((dialect->*forms)(layer, geometry));
        return std::move(rows).all();
    }

    DialectRows operator()(const Conv2DTranspose& layer) const {
        return transposed_rows(own(), layer, geometry);
    }
    DialectRows operator()(const Conv2D& layer) const {
        return in_all(layer, &Dialect::convolution);
    }
    DialectRows operator()(const UpSampling2D& layer) const {
        return in_all(layer, &Dialect::upsampling);
    }
    template <typename Other>
    DialectRows operator()(const Other&) const {
        return {};
    }
};

template <typename Convolution>
bool is_explicit(const LayerSpec& spec) {
    const auto* layer = std::get_if<Convolution>(&spec);
    return layer && std::holds_alternative<Explicit>(layer->padding);
}

}  // namespace

std::span<const Dialect* const> all_dialects() { return table; }

const Dialect& dialect_of(Framework framework) {
    return **std::ranges::find(table, framework, &Dialect::framework);
}

DialectRow given_row(const Dialect& dialect, const LayerSpec& spec, const Geometry& geometry) {
    return std::visit(AsGiven{dialect, geometry}, spec);
}

Conv2DTranspose told_layer(const Told& told, const Padding& otherwise) {
    return {.filters = told.filters,
            .kernel_size = told.kernel_size,
            .strides = told.strides,
            .padding = told.padding.value_or(otherwise),
            .output_padding = told.output_padding,
            .dilation_rate = told.dilation,
            .groups = told.groups};
}

std::optional<DialectRow> row_as_told(const Dialect& dialect, const Told& told,
                                      const Shape& input) {
    for (const Word word : all_words) {
        const bool told_it = (word == Word::groups && told.groups != 1) ||
                             (word == Word::dilation && told.dilation != Size2D{1, 1});
        if (told_it && !has_word(dialect.framework, word)) return std::nullopt;
    }
    const Result<Wording> wording = dialect.read(told);
    if (!wording) return std::nullopt;
    if (const auto* onnx = std::get_if<OnnxConvTranspose>(&*wording)) {
        const Result<Geometry> geometry = infer(*onnx, input);
        return geometry ? std::optional(onnx_row(*onnx, *geometry)) : std::nullopt;
    }
    const LayerSpec spec = std::get<Conv2DTranspose>(*wording);
    const Result<Geometry> geometry = infer(spec, input);
    if (!geometry || keras_refuses(spec)) return std::nullopt;
    return given_row(dialect, spec, *geometry);
}

std::vector<DialectRow> dialects(const LayerSpec& spec, const Geometry& geometry) {
    const bool pytorch = is_explicit<Conv2DTranspose>(spec) || is_explicit<Conv2D>(spec);
    return dialects(pytorch ? Framework::pytorch : Framework::keras, spec, geometry);
}

std::vector<DialectRow> dialects(Framework given, const LayerSpec& spec, const Geometry& geometry) {
    return std::visit(Dialects{given, spec, geometry}, spec);
}

std::vector<DialectRow> dialects(const OnnxConvTranspose& layer, const Geometry& geometry) {
    return transposed_rows(onnx_row(layer, geometry), uncut_layer(layer), geometry);
}

Edges crops(const Geometry& geometry) {
    return {geometry.rows.crop_before, geometry.rows.crop_after, geometry.columns.crop_before,
            geometry.columns.crop_after};
}
Edges zeros(const Geometry& geometry) {
    return {geometry.rows.pad_before, geometry.rows.pad_after, geometry.columns.pad_before,
            geometry.columns.pad_after};
}

SizeSums scaled_sums(const Geometry& geometry, const char* scale) {
    return sums_of(geometry, [scale](const Axis& axis, int) {
        return std::move(SumLine(axis).blocks(scale)).equals(axis.out);
    });
}

DialectRow no_form(Framework framework, Lack lack) {
    return {.framework = framework, .agreement = Agreement::no_form, .lack = lack};
}

namespace {
void append(std::string& list, const char* name, const std::string& value) {
    if (!list.empty()) list += ", ";
    list += std::string(name) + '=' + value;
}
}  // namespace

void Arguments::add(const char* name, const std::string& value) {
    add_window(name, value);
    append(m_own, name, value);
}

void Arguments::add_window(const char* name, const std::string& value) {
    append(m_text, name, value);
}

void Arguments::add_unless(Size2D otherwise, const char* name, Size2D value) {
    if (value != otherwise) add(name, code(value));
}

DialectRow worded(DialectRow row, std::string_view name, const Said& said) {
    const auto beside = [&said](const std::string& layer) {
        std::string text;
        for (const std::string& part : {said.first, layer, said.then})
            if (!part.empty()) text += (text.empty() ? "" : ", then ") + part;
        return text;
    };
    row.own = beside(said.arguments.own());
    row.arguments = beside(said.arguments.text());
    row.call = beside(std::string(name) + '(' + said.arguments.text() + ')');
    return row;
}

std::string pair_code(const std::string& first, const std::string& second) {
    std::string text = "(";
    return text.append(first).append(", ").append(second).append(")");
}

std::string pair_code(int first, int second) {
    return pair_code(std::to_string(first), std::to_string(second));
}

std::string code(Size2D extent) {
    if (extent.height == extent.width) return std::to_string(extent.height);
    return pair_code(extent.height, extent.width);
}

std::string quoted(std::string_view name) {
    return std::string(1, '\'').append(name).append(1, '\'');
}

}  // namespace engine
