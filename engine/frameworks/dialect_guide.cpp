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
        line.add(Purpose::blocks, "i'", in, axis.in, {{first, first + axis.in - 1}});
    };
    switch (const int number = of.relationship()) {
        case 10:
            add_input(of.p);
            break;
        case 11:  // of the full output, in + k - 1, the stamps of both ends are cut
            add_input(0);
            line.subtract(Purpose::cut_begin, less_one("k"), less_one(k), of.k - 1,
                          {{0, of.k - 2}});
            break;
        case 8:
        case 9:
            add_input(0);
            line.add(Purpose::rest_of_stamp, less_one("k"), less_one(k), of.k - 1,
                     {{last + 1, axis.full - 1}});
            if (number == 9) line.cut_both(product("2", "p"), of.p);
            break;
        default:
            line.add(Purpose::steps, product("s", less_one("i'")),
                     product(digits(of.s), less_one(in)), last, {{0, last - 1}});
            if (number == 14)
                line.add(Purpose::given_back, "a", digits(of.a), of.a,
                         {{axis.full - of.p, axis.full - of.p + of.a - 1}});
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

std::string arguments_of(const char* kind, Size2D relationship, const Arithmetic& down,
                         const Arithmetic& across) {
    Arguments text;
    text.add("k", code({down.k, across.k}));
    text.add("s", code({down.s, across.s}));
    text.add("p", code({down.p, across.p}));
    add_unless(0, text, "a", down.a, across.a);
    return kind + code(relationship) + ": " + text.text();
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
    const Size2D relationship{down.relationship(), across.relationship()};
    return {{.framework = Framework::guide,
             .spec = form,
             .arguments = arguments_of("relationship ", relationship, down, across),
             .output = result->output,
             .edges = crops(*result),
             .sums = sums_of(*result,
                             [&](const Axis& axis, int index) {
                                 return transposed_sum(axis, index == 0 ? down : across);
                             }),
             .relationship = relationship}};
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
    text.add("k", code(layer.kernel_size));
    text.add("s", code(layer.strides));
    text.add("p", code({edges.top, edges.left}));
    add_unless(1, text, "d", layer.dilation_rate.height, layer.dilation_rate.width);
    return {{.framework = Framework::guide,
             .spec = form,
             .arguments = "relationship " + code(numbers) + ": " + text.text(),
             .output = geometry.output,
             .edges = edges,
             .sums = sums_of(geometry, [](const Axis& axis, int) { return convolution_sum(axis); }),
             .relationship = numbers}};
}

DialectRows upsampling(const UpSampling2D&, const Geometry&) {
    return {no_form(Framework::guide, Lack::resizing)};
}

DialectRow given(const LayerSpec& spec, const Geometry& geometry) {
    if (const auto* layer = std::get_if<Conv2DTranspose>(&spec))
        return transposed(*layer, geometry).front();
    if (const auto* layer = std::get_if<Conv2D>(&spec))
        return convolution(*layer, geometry).front();
    return no_form(Framework::guide, Lack::resizing);
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
    return Wording(Conv2DTranspose{.filters = told.filters,
                                   .kernel_size = told.kernel_size,
                                   .strides = told.strides,
                                   .padding = Explicit{p},
                                   .output_padding = told.a});
}

constexpr std::array words{Word::padding, Word::a};

}  // namespace

constinit const Dialect guide_dialect{.framework = Framework::guide,
                                      .key = "guide",
                                      .name = "Guide",
                                      .words = words,
                                      .given = given,
                                      .transposed = transposed,
                                      .convolution = convolution,
                                      .upsampling = upsampling,
                                      .read = read};

}  // namespace engine
