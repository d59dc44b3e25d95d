// SPDX-License-Identifier: MIT
// Rewriting arguments. Sizes and crops are never computed here: every rewritten layer goes through
// infer, and the row says what came out.
#include "engine/dialect.h"

#include <algorithm>
#include <utility>

namespace engine {

namespace {

std::string pair_code(int first, int second) {
    std::string text = "(";
    text.append(std::to_string(first)).append(", ").append(std::to_string(second)).append(")");
    return text;
}

/// 3 or (3, 2)
std::string code(Extent extent) {
    if (extent.height == extent.width) return std::to_string(extent.height);
    return pair_code(extent.height, extent.width);
}

/// Arguments in a row; one that has the framework's default is left out.
class Code {
public:
    void add(const char* name, const std::string& value) {
        if (!m_text.empty()) m_text += ", ";
        m_text += std::string(name) + '=' + value;
    }
    void add_unless(Extent otherwise, const char* name, Extent value) {
        if (value != otherwise) add(name, code(value));
    }
    const std::string& text() const { return m_text; }

private:
    std::string m_text;
};

std::string code(const Padding& padding) {
    if (std::holds_alternative<Valid>(padding)) return "'valid'";
    if (std::holds_alternative<Same>(padding)) return "'same'";
    return code(std::get<Explicit>(padding).padding);
}

template <typename Convolution>
Code keras_code(const Convolution& layer) {
    Code text;
    text.add("kernel_size", code(layer.kernel_size));
    text.add("strides", code(layer.strides));
    text.add("padding", code(layer.padding));
    if constexpr (requires { layer.output_padding; })
        if (layer.output_padding) text.add("output_padding", code(*layer.output_padding));
    text.add_unless({1, 1}, "dilation_rate", layer.dilation_rate);
    return text;
}

template <typename Convolution>
Code pytorch_code(const Convolution& layer) {
    Code text;
    text.add("kernel_size", code(layer.kernel_size));
    text.add("stride", code(layer.strides));
    text.add("padding", code(std::get<Explicit>(layer.padding).padding));
    if constexpr (requires { layer.output_padding; })
        text.add_unless({0, 0}, "output_padding", layer.output_padding.value_or(Extent{0, 0}));
    text.add_unless({1, 1}, "dilation", layer.dilation_rate);
    if (layer.groups != 1) text.add("groups", std::to_string(layer.groups));
    return text;
}

Edges crops(const Geometry& geometry) {
    return {geometry.rows.crop_before, geometry.rows.crop_after, geometry.columns.crop_before,
            geometry.columns.crop_after};
}
Edges zeros(const Geometry& geometry) {
    return {geometry.rows.pad_before, geometry.rows.pad_after, geometry.columns.pad_before,
            geometry.columns.pad_after};
}

/// Says how a row compares with the one that was asked for.
std::string quoted(std::string_view name) {
    return std::string(1, '\'').append(name).append(1, '\'');
}

DialectRow compared(DialectRow row, const DialectRow& given) {
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

/// Arguments of nn.ConvTranspose2d along one axis.
struct Cut {
    int padding = 0;
    int output_padding = 0;
};

/// What cuts exactly `before` and `after`, if PyTorch has it: padding cuts both ends, output_padding
/// gives back at the second.
Cut exact(const Axis& axis) { return {axis.crop_before, axis.crop_before - axis.crop_after}; }

/// What keeps the size where the ends cannot be cut so: the odd cell is given back.
Cut same_size(const Axis& axis) {
    const int cut = std::max(axis.crop_before + axis.crop_after, 0);
    const int padding = (cut + 1) / 2;
    return {padding, 2 * padding - axis.crop_before - axis.crop_after};
}

Conv2DTranspose in_pytorch(Conv2DTranspose layer, Cut rows, Cut columns) {
    layer.padding = Explicit{{rows.padding, columns.padding}};
    layer.output_padding = Extent{rows.output_padding, columns.output_padding};
    return layer;
}

/// What is cut from `whole` to leave `kept`; both start at the same natural cell.
Edges cut_between(const Geometry& whole, const Geometry& kept) {
    const auto after = [](const Axis& all, const Axis& some) {
        return all.out - some.crop_before - some.out;
    };
    return {kept.rows.crop_before, after(whole.rows, kept.rows), kept.columns.crop_before,
            after(whole.columns, kept.columns)};
}

/// "[:, :, 0:4, 1:5]"
std::string slice_code(const Geometry& kept) {
    const auto range = [](const Axis& axis) {
        return std::to_string(axis.crop_before) + ':' + std::to_string(axis.crop_before + axis.out);
    };
    return "[:, :, " + range(kept.rows) + ", " + range(kept.columns) + ']';
}

/// PyTorch's forms of a Keras layer: the exact one if there is one, and the plain one where PyTorch's
/// default says something else; otherwise the one of equal size and the one cut by hand.
void add_pytorch(const Conv2DTranspose& layer, const Geometry& geometry,
                 std::vector<DialectRow>& rows) {
    const DialectRow given = rows.front();
    const auto add = [&](Cut down, Cut across) {
        const Conv2DTranspose other = in_pytorch(layer, down, across);
        const Result<Geometry> result = infer(other, geometry.input);
        if (!result) return false;
        rows.push_back(compared({.framework = Framework::pytorch,
                                 .spec = other,
                                 .arguments = pytorch_code(other).text(),
                                 .output = result->output,
                                 .edges = crops(*result)},
                                given));
        return true;
    };
    const Cut down = exact(geometry.rows);
    const Cut across = exact(geometry.columns);
    if (add(down, across)) {  // infer refuses what is negative
        const bool gives_back = down.output_padding > 0 || across.output_padding > 0;
        if (gives_back && std::holds_alternative<Valid>(layer.padding)) add({}, {});
        return;
    }
    add(same_size(geometry.rows), same_size(geometry.columns));

    const auto appended = [](const Axis& axis) { return Cut{0, std::max(-axis.crop_after, 0)}; };
    const Conv2DTranspose whole =
        in_pytorch(layer, appended(geometry.rows), appended(geometry.columns));
    const Result<Geometry> result = infer(whole, geometry.input);
    if (!result) return;
    rows.push_back(
        compared({.framework = Framework::pytorch,
                  .spec = whole,
                  .cut_after = cut_between(*result, geometry),
                  .arguments = pytorch_code(whole).text() + ", then " + slice_code(geometry),
                  .output = geometry.output,
                  .edges = given.edges},
                 given));
}

/// Keras's form of PyTorch's layer: valid, with zeros appended where more is given back than was cut,
/// then Cropping2D.
void add_keras(const Conv2DTranspose& layer, const Geometry& geometry,
               std::vector<DialectRow>& rows) {
    if (layer.groups != 1) return;
    Conv2DTranspose other = layer;
    other.padding = Valid{};
    other.output_padding =
        Extent{std::max(-geometry.rows.crop_after, 0), std::max(-geometry.columns.crop_after, 0)};
    const Result<Geometry> whole = infer(other, geometry.input);
    if (!whole || keras_refuses(other)) return;
    // Where 0 is as good as none, none reads better.
    Conv2DTranspose plain = other;
    plain.output_padding.reset();
    if (const Result<Geometry> same = infer(plain, geometry.input); same && *same == *whole)
        other = plain;

    std::string text = keras_code(other).text();
    const Edges cut = cut_between(*whole, geometry);
    if (cut != Edges{})
        text.append(", then Cropping2D((")
            .append(pair_code(cut.top, cut.bottom))
            .append(", ")
            .append(pair_code(cut.left, cut.right))
            .append("))");
    rows.push_back(compared({.framework = Framework::keras,
                             .spec = other,
                             .cut_after = cut,
                             .arguments = text,
                             .output = geometry.output,
                             .edges = crops(geometry)},
                            rows.front()));
}

/// The layer as it was given.
template <typename Convolution>
DialectRow given_row(const Convolution& layer, const Geometry& geometry, const Edges& edges) {
    const bool pytorch = std::holds_alternative<Explicit>(layer.padding);
    return {.framework = pytorch ? Framework::pytorch : Framework::keras,
            .spec = layer,
            .arguments = (pytorch ? pytorch_code(layer) : keras_code(layer)).text(),
            .output = geometry.output,
            .edges = edges};
}

struct Dialects {
    const Geometry& geometry;

    std::vector<DialectRow> operator()(const Conv2DTranspose& layer) const {
        std::vector<DialectRow> rows{given_row(layer, geometry, crops(geometry))};
        if (rows.front().framework == Framework::pytorch)
            add_keras(layer, geometry, rows);
        else
            add_pytorch(layer, geometry, rows);
        return rows;
    }

    std::vector<DialectRow> operator()(const Conv2D& layer) const {
        const Edges edges = zeros(geometry);
        std::vector<DialectRow> rows{given_row(layer, geometry, edges)};
        if (rows.front().framework == Framework::pytorch) return rows;
        // PyTorch pads both ends alike; an odd zero has to be put there by hand.
        const bool even = edges.top == edges.bottom && edges.left == edges.right;
        Conv2D other = layer;
        other.padding = Explicit{even ? Extent{edges.top, edges.left} : Extent{0, 0}};
        std::string text = pytorch_code(other).text();
        if (!even)
            text = "F.pad(x, (" + std::to_string(edges.left) + ", " + std::to_string(edges.right) +
                   ", " + std::to_string(edges.top) + ", " + std::to_string(edges.bottom) +
                   ")), then " + text;
        rows.push_back(compared({.framework = Framework::pytorch,
                                 .spec = other,
                                 .pad_first = even ? Edges{} : edges,
                                 .arguments = text,
                                 .output = geometry.output,
                                 .edges = edges},
                                rows.front()));
        return rows;
    }

    std::vector<DialectRow> operator()(const UpSampling2D& layer) const {
        Code keras;
        keras.add("size", code(layer.size));
        keras.add("interpolation", quoted(name_of(layer.interpolation)));
        const DialectRow row{.spec = layer, .arguments = keras.text(), .output = geometry.output};

        Code pytorch;
        pytorch.add("scale_factor", code(layer.size));
        Agreement agreement = Agreement::same;
        switch (layer.interpolation) {
            case Interpolation::nearest:
            case Interpolation::area:  // by whole factors, area is nearest
                pytorch.add("mode", "'nearest'");
                break;
            case Interpolation::
                bicubic:  // a = -0.75 and the rim held; Keras has -0.5, renormalised
                agreement = Agreement::other_numbers;
                [[fallthrough]];
            case Interpolation::bilinear:
                pytorch.add("mode", quoted(name_of(layer.interpolation)));
                pytorch.add("align_corners", "False");
                break;
            default:
                return {row};
        }
        DialectRow other = row;
        other.framework = Framework::pytorch;
        other.arguments = pytorch.text();
        other.agreement = agreement;
        return {row, other};
    }

    template <typename Other>
    std::vector<DialectRow> operator()(const Other&) const {
        return {};
    }
};

}  // namespace

std::vector<DialectRow> dialects(const LayerSpec& spec, const Geometry& geometry) {
    return std::visit(Dialects{geometry}, spec);
}

}  // namespace engine
