// SPDX-License-Identifier: MIT
// The rows that need more than a member pointer.
#include "ui/widgets/argument_form.h"

#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>
#include <QSignalBlocker>

#include "ui/widgets/segmented.h"
#include "ui/widgets/style.h"

namespace ui::widgets {

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

void ArgumentForm::show(const engine::LayerSpec& spec) {
    m_spec = spec;
    for (const auto& show_row : m_shows) show_row(spec);
}

void ArgumentForm::addRow(const QString& name, QWidget* field) { m_rows->addArgument(name, field); }

void ArgumentForm::addPadding(const QString& name,
                              const std::function<engine::Padding(const engine::LayerSpec&)>& read,
                              const std::function<void(const engine::Padding&)>& write) {
    const QStringList keras{QStringLiteral("valid"), QStringLiteral("same")};
    auto* field = new Segmented(keras, this);
    addRow(name, field);
    m_shows.push_back([field, keras, read](const engine::LayerSpec& spec) {
        const engine::Padding padding = read(spec);
        QStringList options = keras;
        if (const auto* given = std::get_if<engine::Explicit>(&padding)) {
            const auto [rows, columns] = given->padding;
            options << (rows == columns ? QString::number(rows)
                                        : QStringLiteral("%1, %2").arg(rows).arg(columns));
        }
        field->setOptions(options);
        field->show(static_cast<int>(padding.index()));
    });
    connect(field, &Segmented::chosen, this, [this, read, write](int index) {
        if (index == 0) write(engine::Valid{});
        if (index == 1) write(engine::Same{});
    });
}

void ArgumentForm::addEdges(const QString& name,
                            const std::function<engine::Edges(const engine::LayerSpec&)>& read,
                            const std::function<void(const engine::Edges&)>& write) {
    struct Edge {
        QString name;
        int engine::Edges::*member;
    };
    for (const auto& [edge_name, member] :
         {Edge{tr("top"), &engine::Edges::top}, Edge{tr("bottom"), &engine::Edges::bottom},
          Edge{tr("left"), &engine::Edges::left}, Edge{tr("right"), &engine::Edges::right}}) {
        auto* field = new IntField(0, 512, this);
        field->setAccessibleName(tr("%1, %2").arg(name, edge_name));
        addRow(edge_name, field);
        m_shows.push_back([field, read, edge = member](const engine::LayerSpec& spec) {
            field->show(read(spec).*edge);
        });
        connect(field, &IntField::edited, this, [this, read, write, edge = member](int value) {
            engine::Edges edges = read(m_spec);
            edges.*edge = value;
            write(edges);
        });
        connect(field, &IntField::finished, this, &ArgumentForm::finished);
    }
}

void ArgumentForm::addInterpolation() {
    const QString name = QStringLiteral("interpolation");
    QStringList names;
    for (const engine::Interpolation kind : engine::all_interpolations)
        names << QString::fromLatin1(engine::name_of(kind).data(),
                                     static_cast<qsizetype>(engine::name_of(kind).size()));
    auto* field = new Choice(names, this);
    addRow(name, field);
    m_shows.push_back([field](const engine::LayerSpec& spec) {
        const auto kind = std::get<engine::UpSampling2D>(spec).interpolation;
        const auto found = std::ranges::find(engine::all_interpolations, kind);
        field->show(static_cast<int>(found - engine::all_interpolations.begin()));
    });
    connect(field, &Choice::chosen, this, [this, name](int index) {
        change<engine::UpSampling2D>(name, [&](engine::UpSampling2D& layer) {
            layer.interpolation = engine::all_interpolations[static_cast<std::size_t>(index)];
        });
    });
}

void ArgumentForm::addTargetShape() {
    const QString name = QStringLiteral("target_shape");
    auto* field = new QLineEdit(this);
    field->setToolTip(
        tr("Sizes with commas between them: 5, 5, 128. One may be -1: what is left over."));
    addRow(name, field);
    m_shows.push_back([field](const engine::LayerSpec& spec) {
        QStringList sizes;
        for (const int size : std::get<engine::Reshape>(spec).target_shape.sizes())
            sizes << QString::number(size);
        const QSignalBlocker blocker(field);
        field->setText(sizes.join(QStringLiteral(", ")));
    });
    connect(field, &QLineEdit::editingFinished, this, [this, name, field] {
        static const QRegularExpression between(QStringLiteral("[^0-9-]+"));
        std::vector<int> sizes;
        for (const QString& part : field->text().split(between, Qt::SkipEmptyParts)) {
            bool is_number = false;
            sizes.push_back(part.toInt(&is_number));
            if (!is_number) sizes.pop_back();
        }
        sizes.resize(std::min<std::size_t>(sizes.size(), 4));
        change<engine::Reshape>(
            name, [&](engine::Reshape& layer) { layer.target_shape = engine::Shape(sizes); });
        emit finished();
    });
}

QStringList ArgumentForm::activationNames() {
    QStringList names;
    for (int i = 0; i <= static_cast<int>(engine::ActivationKind::exponential); ++i) {
        const std::string_view name = engine::name_of(static_cast<engine::ActivationKind>(i));
        names << QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
    }
    return names;
}

}  // namespace ui::widgets
