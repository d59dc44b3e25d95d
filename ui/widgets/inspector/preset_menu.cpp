// SPDX-License-Identifier: MIT
// What is named follows the value, never the click.
#include "ui/widgets/inspector/preset_menu.h"

#include <algorithm>

#include "ui/widgets/controls/argument_form.h"
#include "ui/widgets/controls/fields.h"

namespace ui::widgets {

PresetMenu::PresetMenu(Of of, const QStringList& names, const QString& subject, QWidget* parent)
    : QWidget(parent), m_names(names), m_rows(new FormRows(this)) {
    m_menu = new Choice({}, this);
    m_menu->setProperty("presets",
                        of == Of::input ? QStringLiteral("input") : QStringLiteral("weights"));
    m_menu->setNone(tr("Own numbers"));
    m_menu->setAccessibleName(tr("%1, ready-made numbers").arg(subject));
    m_menu->setToolTip(tr("Ready-made numbers; random ones chosen again are others"));
    m_rows->addArgument(tr("preset"), m_menu);
    m_seed = new IntField(0, 999999, this);
    m_seed->setAccessibleName(tr("%1: seed of the random numbers").arg(subject));
    m_rows->addArgument(tr("seed"), m_seed);
    m_rows->setRowVisible(m_seed, false);

    connect(m_menu, &Choice::chosen, this,
            [this](int line) { emit chosen(m_offered[static_cast<std::size_t>(line)]); });
    connect(m_seed, &IntField::edited, this, &PresetMenu::seedEdited);
    connect(m_seed, &IntField::finished, this, &PresetMenu::finished);
}

void PresetMenu::show(const std::vector<bool>& offered, int current,
                      std::optional<std::uint64_t> seed) {
    std::vector<int> lines;
    for (std::size_t i = 0; i < offered.size(); ++i)
        if (offered[i]) lines.push_back(static_cast<int>(i));
    if (lines != m_offered) {
        m_offered = lines;
        QStringList names;
        for (const int index : lines) names << m_names[index];
        m_menu->setOptions(names);
    }
    const auto line = std::ranges::find(lines, current);
    m_menu->show(line != lines.end() ? static_cast<int>(line - lines.begin()) : -1);
    m_rows->setRowVisible(m_seed, seed.has_value());
    if (seed) m_seed->show(static_cast<int>(std::min<std::uint64_t>(*seed, 999999)));
}

}  // namespace ui::widgets
