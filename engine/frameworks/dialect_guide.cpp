// SPDX-License-Identifier: MIT
// Layers in the words of Dumoulin and Visin's guide: sizes only, one axis at a time. In its
// relationships 8 to 14 i' is the input of the transposed layer and o' its output; k, s and p
// belong to the convolution that it is the transpose of. a is free: the sizes s (i' - 1) + k - 2 p
// + a for a = 0 … s - 1 are all those that this convolution takes back to i'.
#include <algorithm>
#include <array>

#include "engine/frameworks/dialect_rows.h"
#include "engine/layers/axis_rules.h"

namespace engine {

namespace {

/// The arguments along one axis.
struct Arithmetic {
    int k = 1, s = 1, p = 0, a = 0;
    bool exists(int dilation) const { return dilation == 1 && p >= 0 && p < k && a >= 0 && a < s; }
    int border() const { return k - 1 - p; }  ///< p'
    int relationship() const {
        if (a > 0) return 14;
        if (s > 1) return p == 0 ? 12 : 13;
        if (p == 0) return 8;
        if (2 * p == k - 1) return 10;
        return p == k - 1 ? 11 : 9;
    }
};

/// The axis as it is cut, if that is a relationship …
Arithmetic exact(const Axis& axis) {
    return {axis.kernel, axis.stride, axis.crop_before, axis.crop_before - axis.crop_after};
}
/// … otherwise what has its size.
Arithmetic same_size(const Axis& axis) {
    const int cut = axis.crop_before + axis.crop_after;
    const int p = std::max(cut + 1, 0) / 2;
    return {axis.kernel, axis.stride, p, 2 * p - cut};
}

std::string product(const std::string& a, const std::string& b) {
    return a + ' ' + signs::times + ' ' + b;
}
std::string less_one(const std::string& name) { return '(' + name + ' ' + signs::minus + " 1)"; }

AxisSum transposed_sum(const Axis& axis, const Arithmetic& of) {
    SumLine line(axis);
    const std::string in = digits(axis.in);
    const std::string k = digits(of.k);
    const int last = axis.full - axis.extent;
    const auto add_input = [&](int first) {
        line.add(Purpose::blocks, "i'", in, axis.in, {cells_from(first, axis.in)});
    };
    switch (const int number = of.relationship()) {
        case 10:
            add_input(of.p);
            break;
        case 11:  // of the full output, in + k - 1, the stamps of both ends are cut
            add_input(0);
            line.subtract(Purpose::cut_begin, less_one("k"), less_one(k), of.k - 1,
                          {cells_from(0, of.k - 1)});
            break;
        case 8:
        case 9:
            add_input(0);
            line.add(Purpose::rest_of_stamp, less_one("k"), less_one(k), of.k - 1,
                     rest_of_stamp_cells(axis));
            if (number == 9) line.cut_both(product("2", "p"), of.p);
            break;
        default:
            line.add(Purpose::steps, product("s", less_one("i'")),
                     product(digits(of.s), less_one(in)), last, steps_cells(axis));
            if (number == 14)
                line.add(Purpose::given_back, "a", digits(of.a), of.a,
                         given_back_cells(axis, of.p, of.a));
            line.last_stamp("k", k);
            if (number != 12) line.cut_both(product("2", "p"), of.p);
    }
    AxisSum sum = std::move(line).equals(axis.out);
    sum.least = std::max(axis.out - of.a, 1);
    sum.most = axis.out - of.a + of.s - 1;
    return sum;
}

/// "k=3", or "k=(3, 2)"; what has its default on both axes is left out.
void add_unless(int otherwise, Arguments& text, const char* name, int down, int across) {
    if (down != otherwise || across != otherwise) text.add(name, code({down, across}));
}

/// The row in the Guide's words, which call nothing: "relationship 14: k=3, s=2, p=1, a=1".
DialectRow guide_row(DialectRow row, const Arguments& arguments) {
    row.framework = Framework::guide;
    row = worded(std::move(row), {}, {arguments});
    row.arguments =
        (row.relationship.height == row.relationship.width ? "relationship " : "relationships ") +
        code(row.relationship) + ": " + row.arguments;
    row.call = row.arguments;
    return row;
}

Arguments arguments_of(const Arithmetic& down, const Arithmetic& across) {
    Arguments text;
    text.add_window("k", code({down.k, across.k}));
    text.add_window("s", code({down.s, across.s}));
    text.add("p", code({down.p, across.p}));
    add_unless(0, text, "a", down.a, across.a);
    return text;
}

DialectRows transposed(const Conv2DTranspose& layer, const Geometry& geometry) {
    const Axis& rows = geometry.rows;
    const Axis& columns = geometry.columns;
    if (layer.dilation_rate != Size2D{1, 1}) return {no_form(Framework::guide, Lack::dilation)};
    Arithmetic down = exact(rows);
    Arithmetic across = exact(columns);
    if (!down.exists(rows.dilation) || !across.exists(columns.dilation)) {
        down = same_size(rows);
        across = same_size(columns);
    }
    for (const Arithmetic& axis : {down, across}) {
        if (axis.p >= axis.k) return {no_form(Framework::guide, Lack::border)};
        if (!axis.exists(1)) return {no_form(Framework::guide, Lack::appended_cells)};
    }
    Conv2DTranspose form = layer;
    form.padding = Explicit{{down.p, across.p}};
    form.output_padding = Size2D{down.a, across.a};
    const Result<Geometry> result = infer(form, geometry.input);
    if (!result) return {no_form(Framework::guide, Lack::border)};
    const auto sum = [&](const Axis& axis, int index) {
        return transposed_sum(axis, index == 0 ? down : across);
    };
    return {guide_row({.spec = form,
                       .output = result->output,
                       .edges = crops(*result),
                       .sums = sums_of(*result, sum),
                       .relationship = {down.relationship(), across.relationship()}},
                      arguments_of(down, across))};
}

/// Relationships 1 to 6, and 15 with dilation.
int relationship(const Axis& axis) {
    const int p = axis.pad_before;
    if (axis.dilation != 1) return 15;
    if (axis.stride > 1) return p == 0 ? 5 : 6;
    if (p == 0) return 1;
    if (2 * p == axis.kernel - 1) return 3;
    return p == axis.kernel - 1 ? 4 : 2;
}

AxisSum convolution_sum(const Axis& axis) {
    SumLine line(axis);
    const std::string p = digits(axis.pad_before);
    const std::string k = digits(axis.kernel);
    const auto spread = [](const std::string& kernel, const std::string& d) {
        return kernel + ' ' + signs::minus + ' ' + product(less_one(kernel), less_one(d));
    };
    line.input("\u230a(");
    if (axis.pad_before > 0)
        line.zeros(Purpose::zeros_both, product("2", "p"), product("2", p), axis.pad_before,
                   axis.pad_after);
    if (axis.dilation == 1)
        line.windows("k", k, "s");
    else
        line.windows(spread("k", "d"), spread(k, digits(axis.dilation)), "s");
    return std::move(line).equals(axis.out);
}

DialectRows convolution(const Conv2D& layer, const Geometry& geometry) {
    const Edges edges = zeros(geometry);
    if (edges.top != edges.bottom || edges.left != edges.right)
        return {no_form(Framework::guide, Lack::uneven_zeros)};
    Conv2D form = layer;
    form.padding = Explicit{{edges.top, edges.left}};
    const Size2D numbers{relationship(geometry.rows), relationship(geometry.columns)};
    Arguments text;
    text.add_window("k", code(layer.kernel_size));
    text.add_window("s", code(layer.strides));
    text.add("p", code({edges.top, edges.left}));
    add_unless(1, text, "d", layer.dilation_rate.height, layer.dilation_rate.width);
    const auto sum = [](const Axis& axis, int) { return convolution_sum(axis); };
    return {guide_row({.spec = form,
                       .output = geometry.output,
                       .edges = edges,
                       .sums = sums_of(geometry, sum),
                       .relationship = numbers},
                      text)};
}

DialectRows upsampling(const UpSampling2D&, const Geometry&) {
    return {no_form(Framework::guide, Lack::resizing)};
}

/// What PyTorch's layer of these numbers is, as long as there is a convolution that it transposes.
Result<Wording> read(const Told& told) {
    const Explicit* given = told.padding ? std::get_if<Explicit>(&*told.padding) : nullptr;
    const Size2D p = given ? given->padding : Size2D{0, 0};
    for (const int axis : {0, 1}) {
        const int s = along(told.strides, axis);
        if (along(told.a, axis) >= s)
            return mistake(ErrorCode::output_padding_too_large, "a", along(told.a, axis), s, axis);
        const int largest = along(told.kernel_size, axis) - 1;
        if (along(p, axis) > largest)
            return mistake(ErrorCode::too_large, "padding", along(p, axis), largest, axis);
    }
    Conv2DTranspose layer = told_layer(told, Explicit{p});
    layer.output_padding = told.a;
    return Wording(layer);
}

constexpr std::array words{Word::padding, Word::a};

}  // namespace

constinit const Dialect guide_dialect{.framework = Framework::guide,
                                      .key = "guide",
                                      .name = "Guide",
                                      .words = words,
                                      .transposed = transposed,
                                      .convolution = convolution,
                                      .upsampling = upsampling,
                                      .read = read};

}  // namespace engine
