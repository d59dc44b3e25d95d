// SPDX-License-Identifier: MIT
// Rewriting arguments. Sizes and crops are never computed here: every rewritten layer goes through
// infer, and the row says what came out.
#include "engine/frameworks/dialect.h"

#include "engine/frameworks/dialect_rows.h"

namespace engine {

namespace {

/// Says how a row compares with the one that was asked for.
DialectRow compared(DialectRow row, const DialectRow& given) {
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
class Ledger {
public:
    explicit Ledger(DialectRow given) : m_rows{std::move(given)} {}
    void add(DialectRows rows) {
        for (DialectRow& row : rows) m_rows.push_back(compared(std::move(row), m_rows.front()));
    }
    DialectRows rows() && { return std::move(m_rows); }

private:
    DialectRows m_rows;
};

/// A convolution in the words it was given in, then in the others.
template <typename Convolution>
DialectRows ledger(const Convolution& layer, const Geometry& geometry, const Edges& edges) {
    const bool pytorch = std::holds_alternative<Explicit>(layer.padding);
    Ledger all({.framework = pytorch ? Framework::pytorch : Framework::keras,
                .spec = layer,
                .arguments = pytorch ? pytorch_arguments(layer) : keras_arguments(layer),
                .output = geometry.output,
                .edges = edges});
    all.add(pytorch ? keras_rows(layer, geometry) : pytorch_rows(layer, geometry));
    all.add(onnx_rows(layer, geometry));
    return std::move(all).rows();
}

struct Dialects {
    const Geometry& geometry;

    DialectRows operator()(const Conv2DTranspose& layer) const {
        return ledger(layer, geometry, crops(geometry));
    }
    DialectRows operator()(const Conv2D& layer) const {
        return ledger(layer, geometry, zeros(geometry));
    }
    DialectRows operator()(const UpSampling2D& layer) const {
        Ledger all(keras_rows(layer, geometry).front());
        all.add(pytorch_rows(layer, geometry));
        all.add(onnx_rows(layer, geometry));
        return std::move(all).rows();
    }
    template <typename Other>
    DialectRows operator()(const Other&) const {
        return {};
    }
};

}  // namespace

std::vector<DialectRow> dialects(const LayerSpec& spec, const Geometry& geometry) {
    return std::visit(Dialects{geometry}, spec);
}

std::vector<DialectRow> dialects(const OnnxConvTranspose& layer, const Geometry& geometry) {
    const Conv2DTranspose uncut = uncut_layer(layer);
    DialectRow given = onnx_rows(uncut, geometry).front();
    given.arguments = onnx_arguments(layer);
    Ledger all(std::move(given));
    all.add(keras_rows(uncut, geometry));
    all.add(pytorch_rows(uncut, geometry));
    return std::move(all).rows();
}

Edges crops(const Geometry& geometry) {
    return {geometry.rows.crop_before, geometry.rows.crop_after, geometry.columns.crop_before,
            geometry.columns.crop_after};
}
Edges zeros(const Geometry& geometry) {
    return {geometry.rows.pad_before, geometry.rows.pad_after, geometry.columns.pad_before,
            geometry.columns.pad_after};
}

DialectRow no_form(Framework framework, Lack lack) {
    return {.framework = framework, .agreement = Agreement::no_form, .lack = lack};
}

void Arguments::add(const char* name, const std::string& value) {
    if (!m_text.empty()) m_text += ", ";
    m_text += std::string(name) + '=' + value;
}

void Arguments::add_unless(Size2D otherwise, const char* name, Size2D value) {
    if (value != otherwise) add(name, code(value));
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
