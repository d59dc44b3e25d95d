// SPDX-License-Identifier: MIT
// `stridescope shapes`: one layer's size and crop in the words of each framework.
#include <algorithm>
#include <array>

#include "app/command.h"
#include "app/shapes_report.h"

namespace app {

namespace {

using engine::Extent;

QString interpolation_names() {
    QStringList names;
    for (const engine::Interpolation kind : engine::all_interpolations) {
        const std::string_view name = engine::name_of(kind);
        names << QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
    }
    return names.join(QStringLiteral(", "));
}

/// The options of `shapes`, read one after the other; the first that makes no sense ends it.
class Options {
public:
    explicit Options(const Command& command) : m_command(command) {}

    Extent extent(const char* name, Extent otherwise) {
        if (!m_command.has(name)) return otherwise;
        const auto value = parse_extent(m_command.value(name));
        if (!value) refuse(name, Words::tr("a number or a pair such as 3x2"));
        return value.value_or(otherwise);
    }
    int whole(const char* name, int otherwise) {
        if (!m_command.has(name)) return otherwise;
        const auto value = parse_whole(m_command.value(name));
        if (!value) refuse(name, Words::tr("a whole number"));
        return value.value_or(otherwise);
    }
    engine::Padding padding() {
        const QString text = m_command.value("padding");
        if (text.isEmpty() || text == QStringLiteral("valid")) return engine::Valid{};
        if (text == QStringLiteral("same")) return engine::Same{};
        const auto value = parse_extent(text);
        if (!value) refuse("padding", Words::tr("valid, same, or PyTorch's number such as 1"));
        return engine::Explicit{value.value_or(Extent{0, 0})};
    }
    engine::Interpolation interpolation() {
        const QString text = m_command.value("interpolation");
        if (text.isEmpty()) return engine::Interpolation::nearest;
        const auto value = engine::interpolation_named(text.toStdString());
        if (!value) refuse("interpolation", interpolation_names());
        return value.value_or(engine::Interpolation::nearest);
    }
    /// ONNX's order: both beginnings, then both ends.
    engine::Edges pads() {
        const QStringList parts = m_command.value("pads").split(u',');
        std::array<int, 4> numbers{};
        bool good = parts.size() == 4;
        for (qsizetype i = 0; good && i < parts.size(); ++i) {
            const auto number = parse_whole(parts[i]);
            numbers[static_cast<std::size_t>(i)] = number.value_or(0);
            good = number.has_value();
        }
        if (!good) refuse("pads", Words::tr("top,left,bottom,right, such as 0,0,1,1"));
        return {numbers[0], numbers[2], numbers[1], numbers[3]};
    }
    /// 2x2 or 2x2x3: rows, columns, channels.
    engine::Shape input() {
        const QStringList parts = m_command.value("input").split(u'x');
        std::array<int, 3> sizes{1, 1, 1};
        bool good = parts.size() == 2 || parts.size() == 3;
        for (qsizetype i = 0; good && i < parts.size(); ++i) {
            const auto size = parse_whole(parts[i]);
            sizes[static_cast<std::size_t>(i)] = size.value_or(0);
            good = size.has_value();
        }
        if (!good)
            refuse("input", Words::tr("rows x columns, such as 2x2, or with channels 5x5x128"));
        return {sizes[0], sizes[1], sizes[2]};
    }

    /// Keras has none in a transposed layer.
    void refuse_groups() {
        if (whole("groups", 1) != 1)
            refuse("groups", Words::tr("1, or also PyTorch's --padding or ONNX's --pads"));
    }

    std::optional<int> code() const { return m_code; }

private:
    void refuse(const char* name, const QString& wanted) {
        if (!m_code) m_code = refuse_value(name, m_command.value(name), wanted);
    }

    const Command& m_command;
    std::optional<int> m_code;
};

template <typename Convolution>
Convolution read_convolution(const Command& command, Options& options) {
    Convolution layer;
    layer.filters = options.whole("filters", 1);
    layer.kernel_size = options.extent("kernel", {1, 1});
    layer.strides = options.extent("strides", {1, 1});
    layer.padding = options.padding();
    layer.dilation_rate = options.extent("dilation", {1, 1});
    layer.groups = options.whole("groups", 1);
    if constexpr (requires { layer.output_padding; })
        if (command.has("output-padding"))
            layer.output_padding = options.extent("output-padding", {0, 0});
    return layer;
}

engine::Result<Ledger> ledger(const engine::LayerSpec& spec, const engine::Shape& input) {
    const auto geometry = engine::infer(spec, input);
    if (!geometry) return geometry.error();
    if (const auto refusal = engine::keras_refuses(spec)) return *refusal;
    return Ledger{*geometry, engine::dialects(spec, *geometry),
                  std::holds_alternative<engine::Conv2D>(spec)};
}

engine::Result<Ledger> transpose_ledger(const Command& command, Options& options) {
    const auto layer = read_convolution<engine::Conv2DTranspose>(command, options);
    if (!command.has("pads")) {
        if (!std::holds_alternative<engine::Explicit>(layer.padding)) options.refuse_groups();
        return ledger(layer, options.input());
    }
    const engine::OnnxConvTranspose onnx{
        .filters = layer.filters,
        .kernel_shape = layer.kernel_size,
        .strides = layer.strides,
        .dilations = layer.dilation_rate,
        .group = layer.groups,
        .pads = options.pads(),
        .output_padding = layer.output_padding.value_or(Extent{0, 0})};
    const auto geometry = engine::infer(onnx, options.input());
    if (!geometry) return geometry.error();
    return Ledger{*geometry, engine::dialects(onnx, *geometry), false};
}
engine::Result<Ledger> conv2d_ledger(const Command& command, Options& options) {
    return ledger(read_convolution<engine::Conv2D>(command, options), options.input());
}
engine::Result<Ledger> upsampling_ledger(const Command&, Options& options) {
    const Extent size = options.extent("size", {2, 2});
    return ledger(engine::UpSampling2D{size, options.interpolation()}, options.input());
}

/// A layer the command knows, the options it needs and those it may have.
struct LayerOptions {
    const char* name;
    engine::Result<Ledger> (*read)(const Command& command, Options& options);
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
        return fail(
            not_understood,
            Words::tr("“%1” is not one of conv2d_transpose, conv2d and upsampling2d.").arg(name));
    if (const auto code = check_options(command, *layer)) return *code;

    Options options(command);
    const auto ledger = layer->read(command, options);
    if (options.code()) return *options.code();
    if (!ledger) return fail(ledger.error());
    if (command.has("json")) return print(as_json(*ledger, name));
    return print(as_table(*ledger));
}

}  // namespace app
