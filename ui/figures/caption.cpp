// SPDX-License-Identifier: MIT
#include "ui/figures/caption.h"

#include <algorithm>
#include <array>

#include "engine/layers/layer_definition.h"
#include "engine/lessons/comparison.h"
#include "ui/diagram/builder.h"
#include "ui/diagram/comparison.h"
#include "ui/figures/words.h"

namespace ui::figures {

using diagram::Align;
using diagram::Diagram;
using diagram::FontWeight;
using diagram::Label;
using diagram::Role;

namespace {

constexpr double margin = 16;
constexpr double text_size = 11.5;  ///< in a figure as wide as a page
constexpr double page = 1040;
constexpr double narrowest = 360;  ///< that words are broken into

/// No line ends inside a pair of brackets.
const QString comma = QStringLiteral(",\u00A0");

QString in_brackets(std::initializer_list<QString> parts) {
    return QStringLiteral("(%1)").arg(QStringList(parts).join(comma));
}

QString tuple_of(std::span<const int> numbers) {
    QStringList texts;
    for (const int number : numbers) texts << QString::number(number);
    const QString open = texts.join(comma);
    return QStringLiteral("(%1%2)").arg(open, texts.size() == 1 ? QStringLiteral(",") : QString());
}

/// A value as Python writes it.
struct Written {
    QString operator()(bool value) const {
        return value ? QStringLiteral("True") : QStringLiteral("False");
    }
    QString operator()(int value) const { return QString::number(value); }
    QString operator()(float value) const {
        // Shortest digits that are this float32 again.
        for (int digits = 1;; ++digits) {
            const QString text = QString::number(static_cast<double>(value), 'g', digits);
            if (digits < 9 && text.toFloat() != value) continue;
            const bool is_whole = !text.contains(u'.') && !text.contains(u'e');
            return is_whole ? text + QStringLiteral(".0") : text;
        }
    }
    QString operator()(const engine::Size2D& value) const {
        return tuple_of(std::array{value.height, value.width});
    }
    QString operator()(const engine::Padding& value) const {
        if (std::holds_alternative<engine::Valid>(value)) return QStringLiteral("'valid'");
        if (std::holds_alternative<engine::Same>(value)) return QStringLiteral("'same'");
        return (*this)(std::get<engine::Explicit>(value).padding);
    }
    QString operator()(const engine::Edges& value) const {
        return in_brackets({tuple_of(std::array{value.top, value.bottom}),
                            tuple_of(std::array{value.left, value.right})});
    }
    QString operator()(const engine::OpenShape& value) const {
        return tuple_of(value.sizes.sizes());
    }
    QString operator()(const std::vector<int>& value) const { return tuple_of(value); }
    QString operator()(const engine::Choice& value) const {
        return QStringLiteral("'%1'").arg(text_of(engine::name_of(*value.names, value.index)));
    }
    template <typename Value>
    QString operator()(const std::optional<Value>& value) const {
        return value ? (*this)(*value) : QStringLiteral("None");
    }
};

QString sizes_text(const engine::LayerSpec& spec, const engine::Geometry& geometry) {
    QStringList parts{Words::tr("Input %1").arg(shape_text(geometry.input))};
    const engine::WeightShapes shapes = engine::weight_shapes(spec, geometry);
    for (const engine::WeightSlot& slot : engine::weight_slots())
        if (const engine::Shape& shape = shapes.*slot.shape; shape.rank() > 0)
            parts << QStringLiteral("%1 %2").arg(text_of(slot.name), shape_text(shape));
    parts << Words::tr("output %1").arg(shape_text(geometry.output));
    return Words::tr("%1.").arg(parts.join(QStringLiteral(", ")));
}

}  // namespace

QString Caption::text() const {
    QString text = lead + name + rest + QStringLiteral(". ") + sizes;
    return text.replace(u'\u00A0', u' ');
}

QString keras_arguments(const engine::LayerSpec& spec, Told told) {
    QStringList texts;
    const engine::LayerDefinition& definition = engine::definition_of(spec);
    for (const engine::Argument& argument : definition.arguments) {
        const engine::ArgumentValue value = argument.value_in(spec);
        // Keras's Conv2DTranspose has no groups, and need not be told that there is one.
        if (std::holds_alternative<engine::Conv2DTranspose>(spec) && argument.name == "groups" &&
            value == argument.value_in(definition.defaults))
            continue;
        if (told == Told::when_it_tells && argument.written != engine::Written::always &&
            value == argument.value_in(definition.defaults))
            continue;
        texts << QStringLiteral("%1=%2").arg(text_of(argument.name), std::visit(Written{}, value));
    }
    const QString listed = texts.join(QStringLiteral(", "));
    return told == Told::all ? QStringLiteral("(%1)").arg(listed) : listed;
}

std::vector<Caption> captions_of(const engine::Lesson& lesson,
                                 std::span<const engine::Run* const> runs,
                                 const diagram::View& view) {
    std::vector<Caption> captions;
    const int sides = engine::side_count(lesson);
    for (int side = 0; side < sides; ++side) {
        const engine::Lesson alone = engine::side_of(lesson, side);
        const engine::Run& run = *runs[static_cast<std::size_t>(side)];
        const int wanted = side == 0 ? view.focus : diagram::view_beside(lesson, view).focus;
        const auto focus = static_cast<std::size_t>(
            std::clamp(wanted, 0, static_cast<int>(run.layers.size()) - 1));
        const engine::LayerSpec& spec = alone.layers[focus].spec;
        Caption caption;
        if (sides > 1) caption.lead = side == 0 ? QStringLiteral("A: ") : QStringLiteral("B: ");
        if (alone.layers.size() > 1)
            caption.lead += Words::tr("Layer %1 of %2: ").arg(focus + 1).arg(alone.layers.size());
        caption.name = text_of(engine::class_name(spec));
        caption.rest = keras_arguments(spec);
        caption.sizes = sizes_text(spec, run.layers[focus].geometry);
        captions.push_back(std::move(caption));
    }
    return captions;
}

Diagram captioned(Diagram figure, std::span<const Caption> captions, const Measure& measured) {
    if (figure.size.width() < narrowest) {
        const double aside = (narrowest - figure.size.width()) / 2;
        for (diagram::Item& item : figure.items) diagram::move(item.mark, {aside, 0});
        for (diagram::GridInfo& grid : figure.grids) grid.rect.translate(aside, 0);
        figure.size.setWidth(narrowest);
    }
    figure.groups.push_back({QStringLiteral("caption"), Words::tr("Caption")});
    const int group = static_cast<int>(figure.groups.size()) - 1;
    const double size = text_size * std::max(1.0, figure.size.width() / page);
    double y = figure.size.height() + size / 2;
    for (const Caption& caption : captions) {
        const diagram::Ink soft{Role::ink_soft, 1};
        Label label{.anchor = {margin, y},
                    .size = size,
                    .runs = {diagram::words(caption.lead, soft),
                             diagram::words(caption.name, {Role::ink, 1}, FontWeight::semibold),
                             diagram::words(caption.rest + QStringLiteral(". ")),
                             diagram::words(caption.sizes, soft)},
                    .max_width = figure.size.width() - 2 * margin,
                    .wrap = true};
        std::erase_if(label.runs, [](const auto& run) { return run.text.isEmpty(); });
        const double bottom = measured(label).bottom();
        figure.items.push_back({std::move(label), group, std::nullopt});
        figure.description += QStringLiteral(" ") + caption.text();
        y = bottom + size;
    }
    figure.size.setHeight(y + margin - size);
    return figure;
}

}  // namespace ui::figures
