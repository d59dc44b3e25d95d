// SPDX-License-Identifier: MIT
// One menu of presets; it names the one that makes the present numbers.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <QStringList>
#include <QWidget>

namespace ui::widgets {

class Choice;
class FormRows;
class IntField;

/// A seed field stands below the menu while the preset in use has a seed.
class PresetMenu : public QWidget {
    Q_OBJECT
public:
    /// What the numbers are: their name and their colour.
    enum class Of { input, weights };
    PresetMenu(Of of, const QStringList& names, const QString& subject, QWidget* parent = nullptr);

    /// Only those with true can be chosen. `current` is named (-1: none of them). A seed makes its
    /// field appear.
    void show(const std::vector<bool>& offered, int current, std::optional<std::uint64_t> seed);
    using QWidget::show;

signals:
    void chosen(int index);
    void seedEdited(int seed);
    void finished();

private:
    QStringList m_names;
    FormRows* m_rows;
    std::vector<int> m_offered;  ///< the preset behind each line of the menu
    Choice* m_menu;
    IntField* m_seed;
};

}  // namespace ui::widgets
