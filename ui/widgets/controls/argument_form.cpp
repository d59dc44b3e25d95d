// SPDX-License-Identifier: MIT
#include "ui/widgets/controls/argument_form.h"

#include <algorithm>
#include <array>
#include <string_view>

#include <QLabel>

#include "ui/widgets/controls/fields.h"
#include "ui/widgets/controls/segmented.h"
#include "ui/widgets/controls/style.h"

namespace ui::widgets {

using engine::Argument;
using engine::ArgumentValue;

namespace {

QString name_of(const Argument& argument) {
    return QString::fromLatin1(argument.name.data(), static_cast<qsizetype>(argument.name.size()));
}

/// How far the arrows of a field go, and what may be typed into it: the larger numbers are those
/// of real models. Files hold still larger ones.
struct Reach {
    std::string_view argument;
    int arrows;
    int typed;
};
constexpr std::array reaches{Reach{"kernel_size", 11, 64},  Reach{"pool_size", 11, 64},
                             Reach{"strides", 8, 32},       Reach{"size", 8, 32},
                             Reach{"block_size", 8, 32},    Reach{"output_padding", 8, 32},
                             Reach{"dilation_rate", 4, 32}, Reach{"filters", 512, 4096}};

Reach reach_of(const Argument& argument) {
    constexpr int longest = 999'999;
    const auto* known = std::ranges::find(reaches, argument.name, &Reach::argument);
    if (known != reaches.end()) return *known;
    const int most = static_cast<int>(std::min<double>(argument.limits.most, longest));
    return {argument.name, most, most};
}

/// Fields go one beyond what makes sense, so that a learner can try it and read why it is
/// impossible; what is said to make sense begins here.
int least_said(const Argument& argument) {
    constexpr int without_limit = -8;
    return static_cast<int>(std::max<double>(argument.limits.least, without_limit));
}
int least_of(const Argument& argument) { return least_said(argument) - 1; }
int most_of(const Argument& argument) { return reach_of(argument).arrows; }

/// The names that are written, each value once.
QStringList names_of(const engine::ChoiceNames& names) {
    QStringList list;
    for (const auto& [value, name] : names.names)
        if (engine::name_of(names, value) == name)
            list << QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
    return list;
}

}  // namespace

/// Makes the row of one argument; the value only tells the kind.
struct RowMaker {
    ArgumentForm& form;
    const Argument& argument;
    QString name = name_of(argument);

    /// A field that shows Value and reports it by a signal.
    template <typename Value, typename Field, typename Signal>
    void bind(Field* field, Signal edited) const {
        form.addRow(argument, name, field);
        form.m_shows.push_back([field, &a = argument](const engine::LayerSpec& spec) {
            field->show(std::get<Value>(a.value_in(spec)));
        });
        QObject::connect(field, edited, &form,
                         [&f = form, &a = argument](const Value& value) { f.change(a, value); });
    }
    template <typename Field>
    void finishes(Field* field) const {
        QObject::connect(field, &Field::finished, &form, &ArgumentForm::finished);
    }

    void operator()(bool) const {
        auto* field = new CheckBox(&form);
        form.addRow(argument, name, field);
        form.m_shows.push_back([field, &a = argument](const engine::LayerSpec& spec) {
            field->setChecked(std::get<bool>(a.value_in(spec)));
        });
        QObject::connect(field, &QCheckBox::clicked, &form,
                         [&f = form, &a = argument](bool on) { f.change(a, on); });
    }
    void operator()(int) const {
        auto* field = new IntField(least_of(argument), most_of(argument), &form);
        // Weights and channels are remade for every passing value: only the complete number counts.
        field->setPatient(true);
        field->setTyped(least_said(argument), reach_of(argument).typed);
        bind<int>(field, &IntField::edited);
        finishes(field);
    }
    void operator()(float) const {
        auto* field = new NumberField(&form);
        bind<float>(field, &NumberField::edited);
        finishes(field);
    }
    void operator()(const std::optional<float>&) const {
        auto* field = new OptionalNumberField(&form);
        field->setArgument(name);
        bind<std::optional<float>>(field, &OptionalNumberField::edited);
        finishes(field);
    }
    void operator()(const engine::Size2D&) const {
        auto* field = new Size2DField(least_of(argument), most_of(argument),
                                      Size2DField::Between::chain, &form);
        field->setArgument(name);
        field->setTyped(least_said(argument), reach_of(argument).typed);
        bind<engine::Size2D>(field, &Size2DField::edited);
        finishes(field);
    }
    void operator()(const std::optional<engine::Size2D>&) const {
        auto* field = new OptionalSize2DField(most_of(argument), &form);
        field->setArgument(name);
        field->setTyped(least_said(argument), reach_of(argument).typed);
        bind<std::optional<engine::Size2D>>(field, &OptionalSize2DField::optionalEdited);
        QObject::connect(field, &Size2DField::finished, &form, &ArgumentForm::finished);
    }
    void operator()(const std::vector<int>&) const {
        auto* field = new SizesField(&form);
        field->setToolTip(
            ArgumentForm::tr("Whole numbers with commas between them: 1, 2. May be empty."));
        bind<std::vector<int>>(field, &SizesField::edited);
        finishes(field);
    }
    void operator()(const engine::OpenShape&) const {
        auto* field = new SizesField(&form);
        field->setToolTip(ArgumentForm::tr(
            "Sizes with commas between them: 5, 5, 128. One may be -1: what is left over."));
        form.addRow(argument, name, field);
        form.m_shows.push_back([field, &a = argument](const engine::LayerSpec& spec) {
            const engine::Shape shape = std::get<engine::OpenShape>(a.value_in(spec)).sizes;
            field->show({shape.sizes().begin(), shape.sizes().end()});
        });
        QObject::connect(field, &SizesField::edited, &form,
                         [&f = form, &a = argument](std::vector<int> sizes) {
                             constexpr std::size_t most_sizes = 4;
                             sizes.resize(std::min(sizes.size(), most_sizes));
                             f.change(a, engine::OpenShape{engine::Shape(sizes)});
                         });
        finishes(field);
    }
    void operator()(const engine::Choice& kind) const {
        auto* field = new Choice(names_of(*kind.names), &form);
        form.addRow(argument, name, field);
        form.m_shows.push_back([field, &a = argument](const engine::LayerSpec& spec) {
            const auto choice = std::get<engine::Choice>(a.value_in(spec));
            const std::string_view shown = engine::name_of(*choice.names, choice.index);
            const QLatin1String written(shown.data(), static_cast<qsizetype>(shown.size()));
            field->show(static_cast<int>(names_of(*choice.names).indexOf(written)));
        });
        QObject::connect(field, &Choice::chosen, &form,
                         [&f = form, &a = argument, names = kind.names](int index) {
                             const std::string chosen = names_of(*names)[index].toStdString();
                             const int value = engine::value_named(*names, chosen).value_or(0);
                             f.change(a, engine::Choice{names, value});
                         });
    }
    /// valid or same; an explicit padding from a file is shown as a third choice.
    void operator()(const engine::Padding&) const {
        const QStringList keras{QStringLiteral("valid"), QStringLiteral("same")};
        auto* field = new Segmented(keras, &form);
        form.addRow(argument, name, field);
        form.m_shows.push_back([field, keras, &a = argument](const engine::LayerSpec& spec) {
            const auto padding = std::get<engine::Padding>(a.value_in(spec));
            QStringList options = keras;
            if (const auto* given = std::get_if<engine::Explicit>(&padding)) {
                const auto [rows, columns] = given->padding;
                options << (rows == columns ? QString::number(rows)
                                            : QStringLiteral("%1, %2").arg(rows).arg(columns));
            }
            field->setOptions(options);
            field->show(static_cast<int>(padding.index()));
        });
        QObject::connect(field, &Segmented::chosen, &form, [&f = form, &a = argument](int index) {
            if (index == 0) f.change(a, engine::Padding(engine::Valid{}));
            if (index == 1) f.change(a, engine::Padding(engine::Same{}));
        });
    }
    /// A row an edge.
    void operator()(const engine::Edges&) const {
        struct Edge {
            QString name;
            int engine::Edges::*member;
        };
        for (const auto& [edge_name, member] :
             {Edge{ArgumentForm::tr("top"), &engine::Edges::top},
              Edge{ArgumentForm::tr("bottom"), &engine::Edges::bottom},
              Edge{ArgumentForm::tr("left"), &engine::Edges::left},
              Edge{ArgumentForm::tr("right"), &engine::Edges::right}}) {
            auto* field = new IntField(0, most_of(argument), &form);
            field->setAccessibleName(ArgumentForm::tr("%1, %2").arg(name, edge_name));
            form.addRow(argument, edge_name, field);
            form.m_shows.push_back(
                [field, &a = argument, edge = member](const engine::LayerSpec& spec) {
                    field->show(std::get<engine::Edges>(a.value_in(spec)).*edge);
                });
            QObject::connect(field, &IntField::edited, &form,
                             [&f = form, &a = argument, edge = member](int value) {
                                 auto edges = std::get<engine::Edges>(a.value_in(f.m_spec));
                                 edges.*edge = value;
                                 f.change(a, edges);
                             });
            finishes(field);
        }
    }
};

FormRows::FormRows(QWidget* parent) : QFormLayout(parent) {
    setContentsMargins(0, 0, 0, 0);
    setHorizontalSpacing(8);
    setVerticalSpacing(10);
    setRowWrapPolicy(QFormLayout::WrapLongRows);
    setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    setLabelAlignment(Qt::AlignLeading | Qt::AlignVCenter);
}

void FormRows::addArgument(const QString& name, QWidget* field) {
    auto* label = make_label(name, TextRole::argument, parentWidget());
    label->setBuddy(field);
    label->setMinimumWidth(scaled(108));  // one column through all forms
    if (field->accessibleName().isEmpty()) field->setAccessibleName(name);
    if (field->objectName().isEmpty()) field->setObjectName(name);
    addRow(label, field);
}

ArgumentForm::ArgumentForm(QWidget* parent) : QWidget(parent), m_rows(new FormRows(this)) {}

void ArgumentForm::add(const Argument& argument) {
    std::visit(RowMaker{*this, argument}, argument.kind());
}

void ArgumentForm::show(const engine::LayerSpec& spec) {
    m_spec = spec;
    for (const auto& show_row : m_shows) show_row(spec);
}

void ArgumentForm::addRow(const Argument& argument, const QString& name, QWidget* field) {
    m_rows->addArgument(name, field);
    m_fields.push_back({argument.name, field});
}

bool ArgumentForm::has(std::string_view argument) const {
    return std::ranges::find(m_fields, argument, &Field::argument) != m_fields.end();
}

namespace {

/// Whose numbers are wrong: a field, or of a pair the one on that axis.
QList<QWidget*> parts_of(QWidget* field, int axis) {
    const QList<IntField*> pair = field->findChildren<IntField*>();
    if (pair.size() == 2 && axis >= 0) return {pair[axis]};
    if (pair.isEmpty()) return {field};
    return {pair.begin(), pair.end()};
}

}  // namespace

void ArgumentForm::showProblem(std::string_view argument, int axis, const QString& sentence) {
    const Problem problem =
        sentence.isEmpty() ? Problem() : Problem{std::string(argument), axis, sentence};
    if (problem == m_problem) return;
    m_problem = problem;
    if (m_problemLabel != nullptr) m_rows->removeRow(m_problemLabel);
    m_problemLabel = nullptr;
    QWidget* last = nullptr;
    for (std::size_t i = 0; i < m_fields.size(); ++i) {
        const bool is_meant = !sentence.isEmpty() && m_fields[i].argument == argument;
        if (is_meant) last = m_fields[i].widget;
        for (QWidget* part : parts_of(m_fields[i].widget, -1)) set_faulty(part, {});
        if (is_meant)
            for (QWidget* part : parts_of(m_fields[i].widget, axis)) set_faulty(part, sentence);
    }
    if (last == nullptr) return;
    m_problemLabel = make_label(QStringLiteral("▲ ") + sentence, TextRole::problem, this);
    m_problemLabel->setObjectName(QStringLiteral("argument_problem"));
    int row = 0;
    QFormLayout::ItemRole role{};
    m_rows->getWidgetPosition(last, &row, &role);
    m_rows->insertRow(row + 1, m_problemLabel);
    m_problemLabel->show();  // now, not when the layout comes to it
}

void ArgumentForm::change(const Argument& argument, const ArgumentValue& value) {
    engine::LayerSpec spec = m_spec;
    argument.put(spec, value);
    emit specEdited(spec, name_of(argument));
}

}  // namespace ui::widgets
