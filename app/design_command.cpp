// SPDX-License-Identifier: MIT
// `stridescope design`: the layers that lead from a size to a size.
#include <array>

#include <QRegularExpression>

#include "app/option_values.h"
#include "app/shapes_report.h"
#include "engine/frameworks/design.h"
#include "engine/layers/layer_definition.h"
#include "ui/formats/layer_json.h"
#include "ui/words/error_text.h"
#include "ui/words/ledger_words.h"
#include "ui/words/way_words.h"

namespace app {

namespace {

using engine::Framework;
using engine::Size2D;
using engine::Way;
using ui::words::NamedClaim;

constexpr Range any_number{1, std::numeric_limits<int>::max(), could_not};
constexpr Range from_zero{0, std::numeric_limits<int>::max(), could_not};

QString text_of(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString size_text(Size2D size) { return QStringLiteral("%1x%2").arg(size.height).arg(size.width); }
/// What --fix may name, each with where its number goes.
struct Fixable {
    const char* name;
    std::optional<Size2D> engine::DesignQuestion::*place;
    Range range;
};
constexpr std::array<Fixable, 4> fixables{{
    {"kernel", &engine::DesignQuestion::kernel, any_number},
    {"strides", &engine::DesignQuestion::strides, any_number},
    {"padding", &engine::DesignQuestion::padding, from_zero},
    {"output_padding", &engine::DesignQuestion::output_padding, from_zero},
}};

QString frameworks() {
    QStringList keys;
    for (const Framework framework : engine::all_frameworks())
        keys << text_of(engine::key_of(framework));
    return keys.join(QStringLiteral(", "));
}

/// kernel=4, strides=2x1, framework=pytorch, in one value or as further words.
std::optional<int> read_fixed(const QStringList& words, engine::DesignQuestion& question) {
    QStringList seen;
    for (const QString& word : words) {
        const QString name = word.section(u'=', 0, 0);
        const QString value = word.section(u'=', 1);
        const auto wrong = [&] {
            return fail(not_understood,
                        Words::tr("--fix does not understand “%1”; give kernel, strides, padding, "
                                  "output_padding or framework with its value, such as kernel=4.")
                            .arg(shown(word)));
        };
        if (seen.contains(name))
            return fail(not_understood,
                        Words::tr("--fix has %1 twice; give it once.").arg(shown(name)));
        seen << name;
        if (name == QStringLiteral("framework")) {
            question.framework = engine::framework_with_key(value.toStdString());
            if (question.framework) continue;
            return fail(not_understood, Words::tr("“%1” is no framework; give one of these: %2.")
                                            .arg(shown(value), frameworks()));
        }
        const auto* fixable = std::ranges::find_if(
            fixables, [&](const Fixable& row) { return name == QLatin1String(row.name); });
        if (fixable == fixables.end()) return wrong();
        static const QRegularExpression pair(
            QStringLiteral("^(-?[0-9]{1,9})(?:x(-?[0-9]{1,9}))?$"));
        const auto match = pair.match(value);
        if (!match.hasMatch()) return wrong();
        const int first = match.captured(1).toInt();
        question.*(fixable->place) =
            Size2D{first, match.captured(2).isEmpty() ? first : match.captured(2).toInt()};
    }
    return std::nullopt;
}

/// What is claimed; said on stderr if it is no setting, or none that a layer can have.
std::optional<int> read_claims(const QString& text, const engine::DesignQuestion& question,
                               std::vector<NamedClaim>& claims) {
    ui::words::ReadClaims read = ui::words::read_claims(text, question.from);
    if (!read.not_understood.isNull())
        return fail(not_understood, Words::tr("--claim does not understand “%1”; give kernels with "
                                              "their strides and padding, such as k4 s2 p1, k5 s1 "
                                              "p0.")
                                        .arg(shown(read.not_understood)));
    if (read.error) return fail(*read.error);
    claims = std::move(read.claims);
    return std::nullopt;
}

QByteArray claims_text(const std::vector<NamedClaim>& claims, Size2D to) {
    QString text;
    for (const QString& sentence : ui::words::claim_sentences(claims, to)) text += sentence % u'\n';
    return text.toUtf8();
}

/// One layer exactly as a framework says it: "Conv2d(kernel_size=3, …)"; nothing if it does not.
QString layer_text(Framework framework, const engine::DesignLayer& layer,
                   const engine::Geometry& geometry) {
    const auto* transposed = std::get_if<engine::OnnxConvTranspose>(&layer);
    const auto* resize = std::get_if<engine::UpSampling2D>(&layer);
    engine::LayerSpec spec = engine::Conv2DTranspose{};
    if (resize) spec = *resize;
    if (const auto* window = std::get_if<engine::Conv2D>(&layer)) spec = *window;
    const auto rows =
        transposed ? engine::forms(*transposed, geometry) : engine::dialects(spec, geometry);
    for (const engine::DialectRow& row : rows) {
        const bool exact =
            row.agreement == engine::Agreement::given || row.agreement == engine::Agreement::same;
        if (row.framework != framework || !exact) continue;
        QString arguments = QString::fromStdString(row.arguments);
        if (row.relationship != Size2D{0, 0}) return arguments;
        const engine::LayerDefinition& definition = engine::definition_of(spec);
        std::string_view name = definition.class_name;
        if (framework == Framework::pytorch)
            name = resize ? std::string_view("Upsample") : definition.name_in_pytorch;
        if (framework == Framework::onnx) name = definition.name_in_onnx;
        // What is done by hand stands beside the call, not in it.
        const QString then = QStringLiteral(", then ");
        const qsizetype by_hand = arguments.indexOf(then);
        if (by_hand < 0) return text_of(name) % u'(' % arguments % u')';
        if (arguments.startsWith(QStringLiteral("F.pad")) ||
            arguments.startsWith(QStringLiteral("ZeroPadding2D")))
            return arguments.left(by_hand) % then % text_of(name) % u'(' %
                   arguments.mid(by_hand + then.size()) % u')';
        return text_of(name) % u'(' % arguments.left(by_hand) % u')' % arguments.mid(by_hand);
    }
    return {};
}

/// All layers of a way; nothing where the framework lacks one.
QString way_text(Framework framework, const Way& way) {
    QStringList layers;
    for (std::size_t i = 0; i < way.layers.size(); ++i) {
        layers << layer_text(framework, way.layers[i], way.geometries[i]);
        if (layers.last().isEmpty()) return {};
    }
    return layers.join(Words::tr(", then "));
}

const char* overlap_name(engine::Tiling overlap) {
    constexpr std::array names{"tiles", "even", "uneven", "holes"};
    return names.at(static_cast<std::size_t>(overlap));
}
const char* kind_name(engine::WayKind kind) {
    constexpr std::array names{"transposed", "resized", "twice"};
    return names.at(static_cast<std::size_t>(kind));
}

QByteArray as_table(const engine::Design& design, const engine::DesignQuestion& question) {
    QString head;
    const Size2D to = design.nearest.value_or(question.to);
    if (design.count == 0 || design.nearest) {
        const QString from = size_text(question.from);
        const QString wanted = size_text(question.to);
        head = design.nearest ? Words::tr("Nothing leads from %1 to %2; the nearest is %3.\n")
                                    .arg(from, wanted, size_text(*design.nearest))
                              : Words::tr("Nothing leads from %1 to %2.\n").arg(from, wanted);
    }
    if (design.cut_by_hand)
        head += Words::tr("%1 has no such transposed layer by itself: it is cut by hand.\n")
                    .arg(text_of(engine::name_of(*question.framework)));
    if (design.ways.empty()) return head.toUtf8();
    head += Words::tr("%1 of %2 ways from %3 to %4\n")
                .arg(design.ways.size())
                .arg(design.count)
                .arg(size_text(question.from), size_text(to));
    QList<QStringList> lines;
    int number = 0;
    for (const Way& way : design.ways) {
        QString first = QString::number(++number);
        for (const Framework framework : engine::all_frameworks()) {
            const QString text = way_text(framework, way);
            if (text.isEmpty()) continue;
            lines << QStringList{first, text_of(engine::name_of(framework)), text};
            first.clear();
        }
        lines << QStringList{QString(), QString(),
                             ui::words::badges(way).join(QStringLiteral(", "))};
    }
    return head.toUtf8() + aligned(lines);
}

QByteArray as_json(const engine::Design& design, const engine::DesignQuestion& question,
                   const std::vector<NamedClaim>& claims) {
    using ui::formats::json_string;
    using ui::formats::JsonLine;
    using ui::formats::write_sizes;
    const auto pair = [](Size2D size) { return write_sizes(std::array{size.height, size.width}); };
    const auto yes = [](bool value) { return value ? "true" : "false"; };
    QByteArrayList list;
    for (const Way& way : design.ways) {
        JsonLine forms;
        for (const Framework framework : engine::all_frameworks()) {
            const QString text = way_text(framework, way);
            if (!text.isEmpty())
                forms.add(engine::key_of(framework), json_string(text.toStdString()));
        }
        JsonLine line;
        line.add("kind", json_string(kind_name(way.kind)));
        line.add("forms", forms.text());
        if (way.overlap) line.add("overlap", json_string(overlap_name(*way.overlap)));
        line.add("symmetric", yes(way.symmetric));
        line.add("needs_output_padding", yes(way.needs_output_padding));
        line.add("parameters", QByteArray::number(qlonglong{way.parameters}));
        line.add("multiply_adds", QByteArray::number(qlonglong{way.multiply_adds}));
        line.add("output_sees", pair(way.reach.output_sees));
        line.add("input_reaches", pair(way.reach.input_touches));
        list << "    " + line.text();
    }
    QByteArrayList claimed;
    for (const NamedClaim& named : claims) {
        JsonLine line;
        line.add("setting", json_string(named.name.toStdString()));
        line.add("gives",
                 pair({named.claim.geometry->rows.out, named.claim.geometry->columns.out}));
        line.add("holds", yes(named.claim.holds(question.to)));
        claimed << "    " + line.text();
    }
    QByteArray text = "{\n  \"from\": " + pair(question.from) + ",\n  \"to\": " + pair(question.to);
    if (design.nearest) text += ",\n  \"nearest\": " + pair(*design.nearest);
    text += ",\n  \"count\": " + QByteArray::number(qlonglong{design.count}) +
            ",\n  \"cut_by_hand\": " + yes(design.cut_by_hand);
    if (!claimed.isEmpty()) text += ",\n  \"claims\": [\n" + claimed.join(",\n") + "\n  ]";
    return text + ",\n  \"ways\": [\n" + list.join(",\n") + "\n  ]\n}\n";
}

}  // namespace

int run_design(const QStringList& arguments) {
    Command command("design", Words::tr("List the layers that lead from a size to a size."));
    command.option("from", Words::tr("Rows x columns of the input, or one number."),
                   QStringLiteral("HxW"));
    command.option("to", Words::tr("Rows x columns of the output, or one number."),
                   QStringLiteral("HxW"));
    command.option("fix",
                   Words::tr("What stays: kernel=4 strides=2 padding=1 output_padding=0 "
                             "framework=NAME, of which there are %1.")
                       .arg(frameworks()),
                   QStringLiteral("NAME=VALUE..."));
    command.option("claim", Words::tr("Settings said to lead there: k4 s2 p1, k5 s1 p0."),
                   QStringLiteral("SETTINGS"));
    command.option("largest-kernel", Words::tr("Kernels are tried up to it (64)."),
                   QStringLiteral("N"));
    command.option("largest-strides", Words::tr("Strides are tried up to it (32)."),
                   QStringLiteral("N"));
    command.option("channels", Words::tr("Channels of the input (1)."), QStringLiteral("N"));
    command.option("filters", Words::tr("Filters of each layer (1)."), QStringLiteral("N"));
    command.option("most", Words::tr("How many ways are listed (20)."), QStringLiteral("N"));
    command.flag("json", Words::tr("Print JSON."));
    // kernel, strides, padding, output_padding and framework, the first of them with --fix
    constexpr int most_words = 4;
    if (const auto code = command.parse(arguments, 0, most_words)) return *code;
    QStringList words =
        command.value("fix").split(QRegularExpression(QStringLiteral("[ ,]+")), Qt::SkipEmptyParts);
    for (int i = 0; i < most_words && !command.argument(i).isEmpty(); ++i)
        words << command.argument(i);
    if (!command.has("fix") && !words.isEmpty())
        return fail(not_understood, Words::tr("“%1” needs --fix before it.").arg(shown(words[0])));
    for (const char* name : {"from", "to"})
        if (!command.has(name))
            return fail(not_understood,
                        Words::tr("--%1 is missing.").arg(QString::fromLatin1(name)));

    OptionValues values(command);
    engine::DesignQuestion question;
    const Range side{1, engine::max_design_size, could_not};
    question.from = values.extent("from", question.from, side);
    question.to = values.extent("to", question.to, side);
    question.largest_kernel =
        values.whole("largest-kernel", question.largest_kernel, {1, 64, could_not});
    question.largest_strides =
        values.whole("largest-strides", question.largest_strides, {1, 32, could_not});
    question.channels = values.whole("channels", 1, side);
    question.filters = values.whole("filters", 1, side);
    question.most = values.whole("most", question.most, {1, engine::max_design_rows, could_not});
    if (values.code()) return *values.code();
    if (const auto code = read_fixed(words, question)) return *code;
    std::vector<NamedClaim> claims;
    if (const auto code = read_claims(command.value("claim"), question, claims)) return *code;

    const auto design = engine::design(question);
    if (!design) return fail(design.error());
    if (command.has("json")) return print(as_json(*design, question, claims));
    return print(claims_text(claims, question.to) + as_table(*design, question));
}

}  // namespace app
