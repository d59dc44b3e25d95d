// SPDX-License-Identifier: MIT
// Names in braces, one after the other: whose they are, what they stand for, what they cover.
#include "ui/words/lesson_notes.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>
#include <optional>

#include <QLocale>
#include <QRegularExpression>
#include <QStringList>

#include "engine/layers/layer_definition.h"

namespace ui::words {

namespace {

using engine::Geometry;
using engine::Layer;
using engine::Lesson;
using engine::Shape;
using engine::Size2D;

const QString unknown_yet = QStringLiteral("…");

QString number(std::int64_t value) { return QLocale().toString(qlonglong{value}); }

/// The shortest decimal that is this float32, in the locale's words.
QString number(float value) {
    std::array<char, 32> digits{};
    const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), value);
    double shortest = 0;
    std::from_chars(digits.data(), written.ptr, shortest);
    return QLocale().toString(shortest, 'g', QLocale::FloatingPointShortest);
}

QString word(std::string_view ascii) {
    return QString::fromLatin1(ascii.data(), static_cast<qsizetype>(ascii.size()));
}

/// A size that does not follow yet is 0 or less.
QString size(std::int64_t cells) { return cells < 1 ? unknown_yet : number(cells); }

QString area(const QStringList& sizes) { return sizes.join(QStringLiteral(" × ")); }

/// "3 × 3", or once where both are the same and `together` allows it.
QString pair(Size2D both, bool once) {
    if (once && both.height == both.width) return number(std::int64_t{both.height});
    return area({number(std::int64_t{both.height}), number(std::int64_t{both.width})});
}

enum class Part { all, rows, columns, channels, top, bottom, left, right };

std::optional<Part> part_named(const QString& name) {
    static const std::array names{"",    "rows",   "columns", "channels",
                                  "top", "bottom", "left",    "right"};
    for (std::size_t i = 1; i < names.size(); ++i)
        if (name == QLatin1String(names[i])) return static_cast<Part>(i);
    return std::nullopt;
}

std::optional<QString> text_of(Size2D both, Part part, bool once) {
    if (part == Part::all) return pair(both, once);
    if (part == Part::rows) return number(std::int64_t{both.height});
    if (part == Part::columns) return number(std::int64_t{both.width});
    return std::nullopt;
}

std::optional<QString> text_of(const engine::Edges& edges, Part part) {
    switch (part) {
        case Part::all:
            if (edges.top == edges.bottom && edges.top == edges.left && edges.top == edges.right)
                return number(std::int64_t{edges.top});
            return QStringLiteral("((%1, %2), (%3, %4))")
                .arg(edges.top)
                .arg(edges.bottom)
                .arg(edges.left)
                .arg(edges.right);
        case Part::top:
            return number(std::int64_t{edges.top});
        case Part::bottom:
            return number(std::int64_t{edges.bottom});
        case Part::left:
            return number(std::int64_t{edges.left});
        case Part::right:
            return number(std::int64_t{edges.right});
        default:
            return std::nullopt;
    }
}

/// Rows × columns of a feature map; a vector's or a sequence's sizes as they are.
std::optional<QString> text_of(const Shape& shape, Part part) {
    const bool is_map = shape.rank() == 3;
    switch (part) {
        case Part::all: {
            QStringList sizes;
            for (int i = 0; i < (is_map ? 2 : shape.rank()); ++i) sizes << size(shape[i]);
            return shape.rank() == 0 ? unknown_yet : area(sizes);
        }
        case Part::rows:
            return is_map ? std::optional(size(shape.height())) : std::nullopt;
        case Part::columns:
            return is_map ? std::optional(size(shape.width())) : std::nullopt;
        case Part::channels:
            return is_map ? std::optional(size(shape.channels())) : std::nullopt;
        default:
            return std::nullopt;
    }
}

/// What an argument's value is as words; `once`: both axes in one number where they agree.
struct ArgumentText {
    Part part;
    bool once;
    using Text = std::optional<QString>;

    Text whole(const QString& text) const {
        return part == Part::all ? std::optional(text) : std::nullopt;
    }
    Text operator()(bool value) const {
        return whole(value ? QStringLiteral("True") : QStringLiteral("False"));
    }
    Text operator()(int value) const { return whole(number(std::int64_t{value})); }
    Text operator()(float value) const { return whole(number(value)); }
    template <typename Value>
    Text operator()(const std::optional<Value>& value) const {
        return value ? (*this)(*value) : whole(QStringLiteral("None"));
    }
    Text operator()(Size2D value) const { return text_of(value, part, once); }
    Text operator()(const engine::Padding& value) const {
        if (std::holds_alternative<engine::Valid>(value)) return whole(QStringLiteral("valid"));
        if (std::holds_alternative<engine::Same>(value)) return whole(QStringLiteral("same"));
        return text_of(std::get<engine::Explicit>(value).padding, part, true);
    }
    Text operator()(const engine::Edges& value) const { return text_of(value, part); }
    Text operator()(const engine::OpenShape& value) const {
        QStringList sizes;
        for (int i = 0; i < value.sizes.rank(); ++i) sizes << number(std::int64_t{value.sizes[i]});
        return whole(sizes.isEmpty() ? QStringLiteral("()") : area(sizes));
    }
    Text operator()(const std::vector<int>& values) const {
        QStringList numbers;
        for (const int value : values) numbers << number(std::int64_t{value});
        return whole(values.empty() ? QStringLiteral("None") : numbers.join(QStringLiteral(", ")));
    }
    Text operator()(const engine::Choice& value) const {
        return whole(word(engine::name_of(*value.names, value.index)));
    }
};

/// A kernel covers an area; everything else that is a pair is a step or a factor.
bool is_area(std::string_view argument) { return argument.ends_with("_size"); }

bool is_transposed(const Layer& layer) {
    return engine::definition_of(layer.spec).window == engine::LayerDefinition::Window::stamps;
}

/// A name in braces, taken apart: whose it is, what it names, which part of that.
struct Name {
    QString owner;  ///< a class, a layer's number from 1, or nothing
    QString subject;
    Part part = Part::all;
};

std::optional<Name> name_in(const QString& inside) {
    static const QRegularExpression grammar(
        QStringLiteral("^(?:([A-Z][A-Za-z0-9]*|[1-9][0-9]{0,3})\\.)?([a-z][a-z_0-9]*)"
                       "(?:\\.([a-z]+))?$"));
    const QRegularExpressionMatch match = grammar.match(inside);
    if (!match.hasMatch()) return std::nullopt;
    Name name{match.captured(1), match.captured(2), Part::all};
    if (match.captured(3).isEmpty()) return name;
    const auto part = part_named(match.captured(3));
    if (!part) return std::nullopt;
    name.part = *part;
    return name;
}

/// The layers that a name may belong to, in order.
std::vector<std::size_t> layers_of(const Name& name, const std::vector<Layer>& layers) {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        const bool named = name.owner.isEmpty() || name.owner == QString::number(i + 1) ||
                           name.owner == word(engine::definition_of(layers[i].spec).class_name);
        if (named) found.push_back(i);
        // The first of its class, or the one with that number.
        if (named && !name.owner.isEmpty()) break;
    }
    return found;
}

const engine::Argument* argument_of(const Layer& layer, const QString& subject) {
    for (const engine::Argument& argument : engine::definition_of(layer.spec).arguments)
        if (word(argument.name) == subject) return &argument;
    return nullptr;
}

std::int64_t weights_in(const Layer& layer, const Geometry& geometry) {
    const Shape kernel = engine::weight_shapes(layer.spec, geometry).kernel;
    return kernel.rank() == 0 ? 0 : kernel.count();
}

bool has_weights(const Layer& layer) { return !engine::definition_of(layer.spec).tensors.empty(); }

/// What follows from one layer's sizes; nothing: the layer has no such thing.
std::optional<QString> derived_text(const Name& name, const Layer& layer,
                                    const Geometry* geometry) {
    const auto of = [&](auto&& text) -> std::optional<QString> {
        return geometry ? text(*geometry) : std::optional(unknown_yet);
    };
    const auto between = [&](auto length) {
        return of([&](const Geometry& g) {
            return text_of(Size2D{length(g.rows), length(g.columns)}, name.part, false);
        });
    };
    const QString& subject = name.subject;
    const bool counts =
        subject == QLatin1String("weights") || subject == QLatin1String("parameters");
    if (counts && (!has_weights(layer) || name.part != Part::all)) return std::nullopt;
    if (subject == QLatin1String("weights"))
        return of([&](const Geometry& g) { return std::optional(number(weights_in(layer, g))); });
    if (subject == QLatin1String("parameters"))
        return of([&](const Geometry& g) {
            return std::optional(number(engine::parameter_count(layer.spec, g).total));
        });
    if (!is_transposed(layer)) return std::nullopt;
    if (subject == QLatin1String("full"))
        return between([](const engine::Axis& axis) { return axis.full; });
    if (subject == QLatin1String("inserted"))
        return between([](const engine::Axis& axis) { return axis.stretched(); });
    if (subject == QLatin1String("crop"))
        return of([&](const Geometry& g) {
            const auto cut = [](int cells) { return std::max(cells, 0); };
            return text_of(engine::Edges{cut(g.rows.crop_before), cut(g.rows.crop_after),
                                         cut(g.columns.crop_before), cut(g.columns.crop_after)},
                           name.part);
        });
    return std::nullopt;
}

std::optional<QString> meaning(const Name& name, const Lesson& lesson,
                               std::span<const Geometry> geometries) {
    const auto& layers = lesson.layers;
    const auto geometry_of = [&](std::size_t i) {
        return i < geometries.size() ? &geometries[i] : nullptr;
    };
    const bool is_input = name.subject == QLatin1String("input");
    if (is_input || name.subject == QLatin1String("output")) {
        if (name.owner.isEmpty() && is_input) return text_of(lesson.input.shape(), name.part);
        const auto owners = name.owner.isEmpty() && !layers.empty()
                                ? std::vector<std::size_t>{layers.size() - 1}
                                : layers_of(name, layers);
        if (owners.empty()) return std::nullopt;
        const Geometry* geometry = geometry_of(owners.front());
        if (geometry == nullptr) return unknown_yet;
        return text_of(is_input ? geometry->input : geometry->output, name.part);
    }
    if (name.subject == QLatin1String("parameters") && name.owner.isEmpty()) {
        if (name.part != Part::all) return std::nullopt;
        std::int64_t sum = 0;
        for (std::size_t i = 0; i < layers.size(); ++i) {
            if (geometry_of(i) == nullptr) return unknown_yet;
            sum += engine::parameter_count(layers[i].spec, *geometry_of(i)).total;
        }
        return number(sum);
    }
    for (const std::size_t i : layers_of(name, layers)) {
        if (const engine::Argument* argument = argument_of(layers[i], name.subject))
            return std::visit(ArgumentText{name.part, !is_area(argument->name)},
                              argument->value_in(layers[i].spec));
        if (auto text = derived_text(name, layers[i], geometry_of(i))) return text;
    }
    return std::nullopt;
}

/// Calls `replace` with what stands in each innermost pair of braces; none: it stays as it is.
QString with_names(const QString& notes,
                   const std::function<std::optional<QString>(const QString&)>& replace) {
    QString text;
    qsizetype done = 0;
    for (qsizetype open = notes.indexOf(u'{'); open >= 0;) {
        const qsizetype next = notes.indexOf(u'{', open + 1);
        const qsizetype close = notes.indexOf(u'}', open + 1);
        if (close < 0) break;
        if (next < 0 || close < next) {
            if (const auto words = replace(notes.mid(open + 1, close - open - 1))) {
                text += notes.mid(done, open - done) + *words;
                done = close + 1;
            }
        }
        open = next;
    }
    return text + notes.mid(done);
}

/// What looks like a name and is none is told; lists and sets in braces are just text.
bool looks_like_a_name(const QString& inside) {
    static const QRegularExpression letters(
        QStringLiteral("^[A-Za-z_][A-Za-z0-9_.]*$"
                       "|^[0-9]+\\.[A-Za-z_][A-Za-z0-9_.]*$"));
    return letters.match(inside).hasMatch();
}

}  // namespace

FilledNotes filled_notes(const QString& notes, const Lesson& lesson,
                         std::span<const Geometry> geometries) {
    FilledNotes filled;
    filled.text = with_names(notes, [&](const QString& inside) {
        const auto name = name_in(inside);
        auto text = name ? meaning(*name, lesson, geometries) : std::nullopt;
        if (!text && looks_like_a_name(inside)) filled.unknown.push_back(u'{' % inside % u'}');
        return text;
    });
    return filled;
}

bool notes_hold(const QString& notes, const Lesson& written_for, const Lesson& shown) {
    if (written_for.layers.size() != shown.layers.size()) return false;
    Lesson expected = written_for;
    expected.title = shown.title;
    expected.notes = shown.notes;
    expected.name = shown.name;
    for (std::size_t i = 0; i < shown.layers.size(); ++i)
        expected.layers[i].config = shown.layers[i].config;
    with_names(notes, [&](const QString& inside) -> std::optional<QString> {
        const auto name = name_in(inside);
        if (!name) return std::nullopt;
        const bool of_lesson = name->owner.isEmpty();
        if (of_lesson && name->subject == QLatin1String("input")) expected.input = shown.input;
        const bool counted = name->subject == QLatin1String("weights") ||
                             name->subject == QLatin1String("parameters");
        const bool all = of_lesson && name->subject == QLatin1String("parameters");
        for (const std::size_t i : layers_of(*name, written_for.layers)) {
            Layer& layer = expected.layers[i];
            const engine::LayerSpec& now = shown.layers[i].spec;
            const engine::Argument* argument = argument_of(layer, name->subject);
            const auto* definition = &engine::definition_of(layer.spec);
            if (argument != nullptr && definition == &engine::definition_of(now))
                argument->put(layer.spec, argument->value_in(now));
            else if (all || (counted && has_weights(layer)))
                layer.weights = shown.layers[i].weights;
            else
                continue;
            if (!all) break;
        }
        return std::nullopt;
    });
    return expected == shown;
}

}  // namespace ui::words
