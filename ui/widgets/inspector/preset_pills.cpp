// SPDX-License-Identifier: MIT
// Pills are checkable so that screen readers say which one is in use; the value decides, not the
// click.
#include "ui/widgets/inspector/preset_pills.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include "ui/widgets/controls/fields.h"
#include "ui/widgets/controls/pill_layout.h"

namespace ui::widgets {

PresetPills::PresetPills(const QStringList& names, ButtonRole role, const QString& subject,
                         QWidget* parent)
    : QWidget(parent) {
    auto* layout = new PillLayout(72);
    for (const QString& name : names) {
        auto* pill = new QPushButton(name, this);
        set_button_role(pill, role);
        pill->setCheckable(true);
        pill->setAccessibleName(tr("%1: %2").arg(subject, name));
        const int index = static_cast<int>(m_pills.size());
        connect(pill, &QPushButton::clicked, this, [this, pill, index] {
            pill->setChecked(!pill->isChecked());  // as it was: show() marks what is true
            emit chosen(index);
        });
        m_pills.push_back(pill);
        layout->addWidget(pill);
    }
    m_seedRow = new QWidget(this);
    auto* row = new QHBoxLayout(m_seedRow);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    auto* label = make_label(tr("seed"), TextRole::note, m_seedRow);
    label->setWordWrap(false);
    m_seed = new IntField(0, 999999, m_seedRow);
    m_seed->setAccessibleName(tr("%1: seed of the random numbers").arg(subject));
    label->setBuddy(m_seed);
    row->addWidget(label);
    row->addWidget(m_seed);
    layout->addWidget(m_seedRow);
    m_seedRow->hide();
    connect(m_seed, &IntField::edited, this, &PresetPills::seedEdited);
    connect(m_seed, &IntField::finished, this, &PresetPills::finished);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(layout);
}

void PresetPills::setOffered(const std::vector<bool>& offered) {
    for (std::size_t i = 0; i < m_pills.size(); ++i) m_pills[i]->setVisible(offered[i]);
}

void PresetPills::show(int current, std::optional<std::uint64_t> seed) {
    for (std::size_t i = 0; i < m_pills.size(); ++i)
        m_pills[i]->setChecked(static_cast<int>(i) == current);
    m_seedRow->setVisible(seed.has_value());
    if (seed) m_seed->show(static_cast<int>(std::min<std::uint64_t>(*seed, 999999)));
}

}  // namespace ui::widgets
