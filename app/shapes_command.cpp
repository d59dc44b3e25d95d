// SPDX-License-Identifier: MIT
// `stridescope shapes`: one layer's size and crop in the words of each framework.
#include <algorithm>
#include <array>

#include "app/option_values.h"
#include "app/shapes_report.h"

namespace app {

namespace {

using engine::Size2D;

QString interpolation_names() {
    QStringList names;
    for (const engine::Interpolation kind : engine::all_interpolations) {
        const std::string_view name = engine::name_of(kind);
        names << QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
    }
    return names.join(QStringLiteral(", "));
}

constexpr Range positive{1, engine::max_argument, could_not};
constexpr Range from_zero{0, engine::max_argument, could_not};

engine::Padding read_padding(const Command& command, OptionValues& values) {
    const QString text = command.value("padding");
    if (text.isEmpty() || text == QStringLiteral("valid")) return engine::Valid{};
    if (text == QStringLiteral("same")) return engine::Same{};
    const auto numbers = values.list("padding", u'x', 1, 2, from_zero,
                                     Words::tr("valid, same, or PyTorch's number such as 1"));
    if (numbers.empty()) return engine::Valid{};
    return engine::Explicit{{numbers.front(), numbers.back()}};
}

/// ONNX's order: both beginnings, then both ends.
engine::Edges read_pads(OptionValues& values) {
    const auto numbers = values.list("pads", u',', 4, 4, from_zero,
                                     Words::tr("top,left,bottom,right, such as 0,0,1,1"));
    if (numbers.empty()) return {};
    return {.top = numbers[0], .bottom = numbers[2], .left = numbers[1], .right = numbers[3]};
}

/// 2x2 or 2x2x3: rows, columns, channels.
engine::Shape read_input(OptionValues& values) {
    constexpr Range side{1, static_cast<int>(engine::max_tensor_count), could_not};
    auto sizes = values.list("input", u'x', 2, 3, side,
                             Words::tr("rows x columns, such as 2x2, or with channels 5x5x128"));
    sizes.resize(3, 1);
    return engine::Shape(sizes);
}

template <typename Convolution>
Convolution read_convolution(const Command& command, OptionValues& values) {
    Convolution layer;
    layer.filters = values.whole("filters", 1, positive);
    layer.kernel_size = values.extent("kernel", {1, 1}, positive);
    layer.strides = values.extent("strides", {1, 1}, positive);
    layer.padding = read_padding(command, values);
    layer.dilation_rate = values.extent("dilation", {1, 1}, positive);
    layer.groups = values.whole("groups", 1, positive);
    if constexpr (requires { layer.output_padding; })
        if (command.has("output-padding"))
            layer.output_padding = values.extent("output-padding", {0, 0}, from_zero);
    return layer;
}

engine::Result<Ledger> ledger(const engine::LayerSpec& spec, const engine::Shape& input) {
    const auto geometry = engine::infer(spec, input);
    if (!geometry) return geometry.error();
    if (const auto refusal = engine::keras_refuses(spec)) return *refusal;
    return Ledger{*geometry, engine::dialects(spec, *geometry),
                  std::holds_alternative<engine::Conv2D>(spec)};
}

engine::Result<Ledger> transpose_ledger(const Command& command, OptionValues& values) {
    const auto layer = read_convolution<engine::Conv2DTranspose>(command, values);
    const engine::Shape input = read_input(values);
    if (!command.has("pads")) {
        // Keras has none in a transposed layer.
        if (layer.groups != 1 && !std::holds_alternative<engine::Explicit>(layer.padding))
            values.refuse("groups", Words::tr("1, or also PyTorch's --padding or ONNX's --pads"));
        return ledger(layer, input);
    }
    const engine::OnnxConvTranspose onnx{
        .filters = layer.filters,
        .kernel_shape = layer.kernel_size,
        .strides = layer.strides,
        .dilations = layer.dilation_rate,
        .group = layer.groups,
        .pads = read_pads(values),
        .output_padding = layer.output_padding.value_or(Size2D{0, 0})};
    const auto geometry = engine::infer(onnx, input);
    if (!geometry) return geometry.error();
    return Ledger{*geometry, engine::dialects(onnx, *geometry), false};
}
engine::Result<Ledger> conv2d_ledger(const Command& command, OptionValues& values) {
    const auto layer = read_convolution<engine::Conv2D>(command, values);
    return ledger(layer, read_input(values));
}
engine::Result<Ledger> upsampling_ledger(const Command&, OptionValues& values) {
    engine::UpSampling2D layer;
    layer.size = values.extent("size", layer.size, positive);
    layer.interpolation = values.named(
        "interpolation", layer.interpolation,
        [](const QString& name) { return engine::interpolation_named(name.toStdString()); },
        interpolation_names());
    return ledger(layer, read_input(values));
}

/// A layer the command knows, the options it needs and those it may have.
struct LayerOptions {
    const char* name;
    engine::Result<Ledger> (*read)(const Command& command, OptionValues& values);
    std::initializer_list<const char*> needed;
    std::initializer_list<const char*> possible;
};

const std::array<LayerOptions, 3> layers{{
    {"conv2d_transpose",
     transpose_ledger,
     {"input", "kernel"},
     {"strides", "padding", "pads", "output-padding", "dilation", "groups", "filters"}},
    {"conv2d",
     conv2d_ledger,
     {"input", "kernel"},
     {"strides", "padding", "dilation", "groups", "filters"}},
    {"upsampling2d", upsampling_ledger, {"input"}, {"size", "interpolation"}},
}};

const LayerOptions* layer_named(const QString& name) {
    for (const LayerOptions& layer : layers)
        if (name == QLatin1String(layer.name)) return &layer;
    return nullptr;
}

bool contains(std::initializer_list<const char*> names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// Nothing missing, and nothing that the layer does not have.
std::optional<int> check_options(const Command& command, const LayerOptions& layer) {
    for (const char* name : layer.needed)
        if (!command.has(name))
            return fail(not_understood,
                        Words::tr("--%1 is missing.").arg(QString::fromLatin1(name)));
    for (const char* name : {"kernel", "strides", "padding", "pads", "output-padding", "dilation",
                             "groups", "filters", "size", "interpolation"})
        if (command.has(name) && !contains(layer.needed, name) && !contains(layer.possible, name))
            return fail(not_understood,
                        Words::tr("%1 has no --%2.")
                            .arg(QString::fromLatin1(layer.name), QString::fromLatin1(name)));
    if (command.has("padding") && command.has("pads"))
        return fail(not_understood,
                    Words::tr("--padding is Keras's or PyTorch's, --pads is ONNX's: give one."));
    return std::nullopt;
}

}  // namespace

int run_shapes(const QStringList& arguments) {
    Command command("shapes",
                    Words::tr("Print a layer's size and crop in Keras, PyTorch and ONNX."));
    command.positional(QStringLiteral("LAYER"),
                       QStringLiteral("conv2d_transpose, conv2d, upsampling2d"),
                       QStringLiteral("LAYER"));
    command.option("input", Words::tr("Rows x columns, or with channels 5x5x128."),
                   QStringLiteral("HxW"));
    command.option("kernel", Words::tr("kernel_size, such as 3 or 3x2."), QStringLiteral("K"));
    command.option("strides", Words::tr("strides (1)."), QStringLiteral("S"));
    command.option("padding", Words::tr("valid, same, or PyTorch's padding as a number."),
                   QStringLiteral("P"));
    command.option("pads", Words::tr("ONNX's pads instead: top,left,bottom,right."),
                   QStringLiteral("P,P,P,P"));
    command.option("output-padding", Words::tr("output_padding (none)."), QStringLiteral("P"));
    command.option("dilation", Words::tr("dilation_rate (1)."), QStringLiteral("D"));
    command.option("groups", Words::tr("groups (1)."), QStringLiteral("N"));
    command.option("filters", Words::tr("filters (1)."), QStringLiteral("N"));
    command.option("size", Words::tr("size of upsampling2d (2)."), QStringLiteral("S"));
    command.option("interpolation",
                   Words::tr("interpolation of upsampling2d: %1.").arg(interpolation_names()),
                   QStringLiteral("I"));
    command.flag("json", Words::tr("Print JSON."));
    if (const auto code = command.parse(arguments, 1, 1)) return *code;
    const QString name = command.argument(0);
    const LayerOptions* layer = layer_named(name);
    if (!layer)
        return fail(not_understood,
                    Words::tr("“%1” is not one of conv2d_transpose, conv2d and upsampling2d.")
                        .arg(shown(name)));
    if (const auto code = check_options(command, *layer)) return *code;

    OptionValues values(command);
    const auto ledger = layer->read(command, values);
    if (values.code()) return *values.code();
    if (!ledger) return fail(ledger.error());
    if (command.has("json")) return print(as_json(*ledger, name));
    return print(as_table(*ledger));
}

}  // namespace app
