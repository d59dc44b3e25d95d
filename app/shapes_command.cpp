// SPDX-License-Identifier: MIT
// `stridescope shapes`: one layer's size and crop in the words of each framework, given in any.
#include <algorithm>
#include <array>

#include "app/option_values.h"
#include "app/shapes_report.h"

namespace app {

namespace {

using engine::Framework;
using engine::Ledger;

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

constexpr const char* keras_padding = QT_TRANSLATE_NOOP("app", "valid or same");
constexpr const char* number_padding =
    QT_TRANSLATE_NOOP("app", "the padding as a number such as 1");
constexpr const char* any_padding =
    QT_TRANSLATE_NOOP("app", "valid, same, or PyTorch's number such as 1");

bool is_named_padding(const QString& text) {
    return text == QStringLiteral("valid") || text == QStringLiteral("same");
}

std::optional<engine::Padding> read_padding(const Command& command, OptionValues& values,
                                            const char* wanted) {
    const QString text = command.value("padding");
    if (text.isEmpty()) return std::nullopt;
    if (is_named_padding(text)) {
        if (wanted == number_padding) values.refuse("padding", Words::tr(wanted));
        if (text == QStringLiteral("same")) return engine::Same{};
        return engine::Valid{};
    }
    const bool named_only = wanted == keras_padding;
    if (named_only) values.refuse("padding", Words::tr(wanted));
    const auto numbers = values.list("padding", u'x', 1, 2, from_zero, Words::tr(wanted));
    if (numbers.empty()) return std::nullopt;
    return engine::Explicit{{numbers.front(), numbers.back()}};
}

/// ONNX's order: both beginnings, then both ends.
engine::Edges read_pads(const Command& command, OptionValues& values) {
    if (!command.has("pads")) return {};
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

QString text_of(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// The option that says a word: "output-padding".
QByteArray option_of(engine::Word word) {
    const std::string_view name = engine::name_of(word);
    return QByteArray(name.data(), static_cast<qsizetype>(name.size())).replace('_', '-');
}
bool tells(const Command& command, engine::Word word) {
    return command.has(option_of(word).constData());
}

/// The framework a flag names; none if there is no flag.
std::optional<Framework> named_framework(const Command& command) {
    for (const Framework framework : engine::all_frameworks())
        if (command.has(std::string(engine::key_of(framework)).c_str())) return framework;
    return std::nullopt;
}

/// Whose words the options are: a flag says it, or a word that others do not have.
Framework framework_of(const Command& command) {
    if (const auto named = named_framework(command)) return *named;
    if (tells(command, engine::Word::a)) return Framework::guide;
    for (const engine::Word word :
         {engine::Word::pads, engine::Word::auto_pad, engine::Word::output_shape})
        if (tells(command, word)) return Framework::onnx;
    const QString padding = command.value("padding");
    return padding.isEmpty() || is_named_padding(padding) ? Framework::keras : Framework::pytorch;
}

std::optional<engine::AutoPad> auto_pad_named(const QString& name) {
    using engine::AutoPad;
    constexpr std::array kinds{AutoPad::notset, AutoPad::same_upper, AutoPad::same_lower,
                               AutoPad::valid};
    for (const AutoPad kind : kinds)
        if (name.compare(text_of(engine::name_of(kind)), Qt::CaseInsensitive) == 0) return kind;
    return std::nullopt;
}

engine::Result<Ledger> transpose_ledger(const Command& command, OptionValues& values) {
    const Framework given = framework_of(command);
    const char* padding = any_padding;
    if (named_framework(command))
        padding = engine::has_named_padding(given) ? keras_padding : number_padding;
    engine::Told told{.filters = values.whole("filters", 1, positive),
                      .kernel_size = values.extent("kernel", {1, 1}, positive),
                      .strides = values.extent("strides", {1, 1}, positive),
                      .padding = read_padding(command, values, padding),
                      .dilation = values.extent("dilation", {1, 1}, positive),
                      .groups = values.whole("groups", 1, positive),
                      .pads = read_pads(command, values),
                      .a = values.extent("a", {0, 0}, from_zero)};
    told.auto_pad = values.named("auto-pad", told.auto_pad, auto_pad_named,
                                 QStringLiteral("NOTSET, SAME_UPPER, SAME_LOWER, VALID"));
    if (command.has("output-padding"))
        told.output_padding = values.extent("output-padding", {0, 0}, from_zero);
    if (command.has("output-shape"))
        told.output_shape = values.extent("output-shape", {1, 1}, positive);
    const engine::Shape input = read_input(values);
    // Keras has none in a transposed layer.
    if (told.groups != 1 && !engine::has_word(given, engine::Word::groups))
        values.refuse("groups", Words::tr("1, or also PyTorch's --padding or ONNX's --pads"));
    if (values.code()) return engine::Error{};
    return engine::ledger_of(given, told, input);
}

engine::Result<Ledger> conv2d_ledger(const Command& command, OptionValues& values) {
    engine::Conv2D layer;
    const auto named = named_framework(command);
    const bool pytorch = named && !engine::has_named_padding(*named);
    layer.filters = values.whole("filters", 1, positive);
    layer.kernel_size = values.extent("kernel", {1, 1}, positive);
    layer.strides = values.extent("strides", {1, 1}, positive);
    const auto padding =
        read_padding(command, values, named && !pytorch ? keras_padding : any_padding);
    layer.padding = padding.value_or(pytorch ? engine::Padding(engine::Explicit{})
                                             : engine::Padding(engine::Valid{}));
    layer.dilation_rate = values.extent("dilation", {1, 1}, positive);
    layer.groups = values.whole("groups", 1, positive);
    const engine::Shape input = read_input(values);
    if (values.code()) return engine::Error{};
    const bool numbered = std::holds_alternative<engine::Explicit>(layer.padding);
    return engine::ledger_of(named.value_or(numbered ? Framework::pytorch : Framework::keras),
                             layer, input);
}

engine::Result<Ledger> upsampling_ledger(const Command&, OptionValues& values) {
    engine::UpSampling2D layer;
    layer.size = values.extent("size", layer.size, positive);
    layer.interpolation = values.named(
        "interpolation", layer.interpolation,
        [](const QString& name) { return engine::interpolation_named(name.toStdString()); },
        interpolation_names());
    const engine::Shape input = read_input(values);
    if (values.code()) return engine::Error{};
    return engine::ledger_of(Framework::keras, layer, input);
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
     {"strides", "padding", "pads", "output-padding", "dilation", "groups", "filters", "auto-pad",
      "output-shape", "a", "keras", "pytorch", "onnx", "guide"}},
    {"conv2d",
     conv2d_ledger,
     {"input", "kernel"},
     {"strides", "padding", "dilation", "groups", "filters", "keras", "pytorch"}},
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

/// One framework, and nothing that it does not have.
std::optional<int> check_words(const Command& command) {
    QStringList flags;
    for (const Framework framework : engine::all_frameworks())
        if (command.has(std::string(engine::key_of(framework)).c_str()))
            flags << text_of(engine::key_of(framework));
    if (flags.size() > 1)
        return fail(not_understood,
                    Words::tr("--%1 and --%2 are two ways to say a layer: give one.")
                        .arg(flags[0], flags[1]));
    if (command.argument(0) != QStringLiteral("conv2d_transpose")) return std::nullopt;
    const Framework framework = framework_of(command);
    for (const engine::Word word : engine::all_words) {
        // What groups Keras has, their own sentence says.
        if (word == engine::Word::groups || !tells(command, word) ||
            engine::has_word(framework, word))
            continue;
        return fail(not_understood, Words::tr("%1 has no --%2.")
                                        .arg(text_of(engine::name_of(framework)),
                                             QString::fromLatin1(option_of(word))));
    }
    return std::nullopt;
}

/// Nothing missing, and nothing that the layer does not have.
std::optional<int> check_options(const Command& command, const LayerOptions& layer) {
    for (const char* name : layer.needed)
        if (!command.has(name))
            return fail(not_understood,
                        Words::tr("--%1 is missing.").arg(QString::fromLatin1(name)));
    QList<QByteArray> names{"kernel",   "strides", "padding",     "pads", "output-padding",
                            "dilation", "groups",  "filters",     "size", "interpolation",
                            "auto-pad", "a",       "output-shape"};
    for (const Framework framework : engine::all_frameworks())
        names << text_of(engine::key_of(framework)).toLatin1();
    for (const QByteArray& given : names) {
        const char* name = given.constData();
        if (command.has(name) && !contains(layer.needed, name) && !contains(layer.possible, name))
            return fail(not_understood,
                        Words::tr("%1 has no --%2.")
                            .arg(QString::fromLatin1(layer.name), QString::fromLatin1(name)));
    }
    if (command.has("padding") && command.has("pads"))
        return fail(not_understood,
                    Words::tr("--padding is Keras's or PyTorch's, --pads is ONNX's: give one."));
    return check_words(command);
}

int print_readers_cases(const Command& command) {
    for (const QString& name : command.given())
        if (name != QStringLiteral("json"))
            return fail(not_understood,
                        Words::tr("%1 has no --%2.").arg(command.argument(0), name));
    return print(command.has("json") ? readers_json() : readers_table());
}

}  // namespace

int run_shapes(const QStringList& arguments) {
    Command command(
        "shapes",
        Words::tr("Print a layer's size and crop in Keras, PyTorch, ONNX and the Guide to "
                  "convolution arithmetic."));
    command.positional(QStringLiteral("LAYER"),
                       Words::tr("conv2d_transpose, conv2d, upsampling2d; or readers_cases: four "
                                 "settings whose sizes differ."),
                       QStringLiteral("LAYER"));
    command.option("input", Words::tr("Rows x columns, or with channels 5x5x128."),
                   QStringLiteral("HxW"));
    command.option("kernel", Words::tr("kernel_size, such as 3 or 3x2."), QStringLiteral("K"));
    command.option("strides", Words::tr("strides (1)."), QStringLiteral("S"));
    command.option("padding", Words::tr("valid, same, or PyTorch's padding as a number."),
                   QStringLiteral("P"));
    for (const Framework framework : engine::all_frameworks())
        command.flag(std::string(engine::key_of(framework)).c_str(),
                     Words::tr("The layer is given in the words of: %1.")
                         .arg(text_of(engine::name_of(framework))));
    command.option("pads", Words::tr("ONNX's pads instead: top,left,bottom,right."),
                   QStringLiteral("P,P,P,P"));
    command.option("auto-pad", Words::tr("ONNX's auto_pad: SAME_UPPER, SAME_LOWER, VALID."),
                   QStringLiteral("NAME"));
    command.option("output-shape", Words::tr("ONNX's output_shape: rows x columns."),
                   QStringLiteral("HxW"));
    command.option("a", Words::tr("The Guide's a: rows and columns added at the end (0)."),
                   QStringLiteral("A"));
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
    if (name == QStringLiteral("readers_cases")) return print_readers_cases(command);
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
