// SPDX-License-Identifier: MIT
// A model as blocks from above to below: what each layer is told, what it has learned, and the
// shapes between them.
#include <algorithm>

#include <QLocale>

#include "ui/figures/caption.h"
#include "ui/figures/regions.h"
#include "ui/figures/table.h"
#include "ui/figures/words.h"

namespace ui::figures {

using diagram::Align;
using diagram::FontWeight;
using diagram::Role;

namespace {

constexpr double block_width = 460;
constexpr double name_line = 22;
constexpr double small_size = 11.5;
constexpr double padding = 12;
constexpr double arrow = 44;  ///< between blocks
constexpr double shape_height = 28;

QString count_text(std::int64_t parameters) {
    return parameters == 0
               ? Words::tr("no parameters")
               : Words::tr("%n parameter(s)", nullptr, static_cast<int>(parameters))
                     .replace(QString::number(parameters), QLocale().toString(qint64{parameters}));
}

class Chain {
public:
    explicit Chain(diagram::Builder& builder, double top) : m_builder(builder), m_y(top) {}

    void shape(const QString& text, Role fill, Role line, Role ink) {
        const double wide = mono_width(text.size(), 13) + 2 * padding;
        const QRectF box(middle() - wide / 2, m_y, wide, shape_height);
        m_builder.add(diagram::Box{box, {fill, 1}, {line, 1}, 1, shape_height / 2});
        m_builder.label(box.center(), 13, {diagram::digits(text, {ink, 1}, FontWeight::bold)},
                        Align::centre);
        m_y = box.bottom();
    }

    void down(const QString& beside = {}) {
        m_builder.line({middle(), m_y + 3}, {middle(), m_y + arrow - 5}, {Role::ink_soft, 1}, 1.4,
                       diagram::Stroke::solid, true);
        if (!beside.isEmpty())
            m_builder.label({middle() + 14, m_y + arrow / 2}, 12,
                            {diagram::digits(beside, {Role::ink_soft, 1})});
        m_y += arrow;
    }

    /// `is_focus`: the layer that stands on the stage.
    void layer(const QString& name, const QString& arguments, const QString& count,
               bool has_weights, bool is_focus) {
        const double inside = block_width - 2 * padding;
        const int lines =
            arguments.isEmpty() ? 0 : diagram::lines_of(arguments, small_size, inside);
        const double height = 2 * padding + name_line + lines * diagram::line_spacing * small_size;
        const QRectF box(margin, m_y, block_width, height);
        const Role fill = has_weights ? Role::weight_fill : Role::panel;
        const Role line = has_weights ? Role::weight_line : Role::panel_line;
        m_builder.add(diagram::Box{
            box, {fill, 1}, {is_focus ? Role::ink : line, 1}, is_focus ? 2.0 : 1.0, 8});
        const double first = box.top() + padding + name_line / 2 - 2;
        m_builder.label({box.left() + padding, first}, 14,
                        {diagram::words(name, {Role::ink, 1}, FontWeight::bold)}, Align::left,
                        inside * 0.62);
        m_builder.label({box.right() - padding, first}, 12,
                        {diagram::words(count, {Role::ink_soft, 1})}, Align::right, inside * 0.36);
        if (lines > 0)
            m_builder.label(
                {box.left() + padding, box.top() + padding + name_line + small_size * 0.6},
                small_size, {diagram::words(arguments)}, Align::left, inside, true);
        m_y = box.bottom();
    }

    double bottom() const { return m_y; }

private:
    static double middle() { return margin + block_width / 2; }

    diagram::Builder& m_builder;
    double m_y;
};

}  // namespace

std::optional<diagram::Diagram> draw_model(const Subject& subject) {
    const auto& layers = subject.lesson.layers;
    diagram::Builder builder({});
    const QString title = subject.lesson.title.empty() ? Words::tr("Whole model")
                                                       : text_of(subject.lesson.title).simplified();
    builder.group(QStringLiteral("model"), Words::tr("Whole model"));
    Chain chain(builder, put_heading(builder, title));
    QStringList said;
    const engine::Shape& input = subject.run.layers.front().geometry.input;
    chain.shape(shape_text(input), Role::input_fill, Role::input_line, Role::input_text);
    chain.down();
    std::int64_t total = 0;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        const engine::Geometry& geometry = subject.run.layers[i].geometry;
        const std::int64_t parameters = engine::parameter_count(layers[i].spec, geometry).total;
        total += parameters;
        const QString name = text_of(engine::class_name(layers[i].spec));
        chain.layer(name, keras_arguments(layers[i].spec, Told::when_it_tells),
                    count_text(parameters), parameters > 0,
                    static_cast<int>(i) == subject.view.focus && layers.size() > 1);
        const bool is_last = i + 1 == layers.size();
        chain.down(is_last ? QString() : shape_text(geometry.output));
        said << Words::tr("%1 makes %2, %3.")
                    .arg(name, shape_text(geometry.output), count_text(parameters));
    }
    chain.shape(shape_text(subject.run.layers.back().geometry.output), Role::output_fill,
                Role::output_line, Role::output_text);
    const double foot = chain.bottom() + 24;
    builder.label(
        {margin + block_width / 2, foot}, 12.5,
        {diagram::words(Words::tr("Together: %1").arg(count_text(total)), {Role::ink_soft, 1})},
        Align::centre);
    return finished(builder, {2 * margin + block_width, foot + 12.5 + margin}, title,
                    said.join(u' '));
}

}  // namespace ui::figures
