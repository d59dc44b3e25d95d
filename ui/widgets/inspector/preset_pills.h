// SPDX-License-Identifier: MIT
// A wrapping row of presets; the one that makes the present numbers is marked.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <QStringList>
#include <QWidget>

#include "ui/widgets/controls/style.h"

class QPushButton;

namespace ui::widgets {

class IntField;

/// A seed field stands beside the pills while the preset in use has a seed.
class PresetPills : public QWidget {
    Q_OBJECT
public:
    PresetPills(const QStringList& names, ButtonRole role, const QString& subject,
                QWidget* parent = nullptr);

    /// `current` is marked (-1: none). A seed makes its field appear.
    void show(int current, std::optional<std::uint64_t> seed);
    void setOffered(const std::vector<bool>& offered);
    using QWidget::show;

signals:
    void chosen(int index);
    void seedEdited(int seed);
    void finished();

private:
    std::vector<QPushButton*> m_pills;
    QWidget* m_seedRow;
    IntField* m_seed;
};

}  // namespace ui::widgets
