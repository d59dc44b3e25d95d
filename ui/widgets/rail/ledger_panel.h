// SPDX-License-Identifier: MIT
// The layer's size in the words of each framework, and where their four formulas part.
#pragma once

#include <vector>

#include <QStringList>
#include <QWidget>

#include "ui/document/present.h"

class QLabel;
class QVBoxLayout;

namespace ui::widgets {

class KeyList;
class LedgerCard;
class MarkedButton;
class ReadersCases;

class LedgerPanel : public QWidget {
    Q_OBJECT
public:
    explicit LedgerPanel(QWidget* parent = nullptr);
    void show(const document::PresentedPane& shown);
    using QWidget::show;

signals:
    void pointedAt(const ui::diagram::Pointed& pointed);
    void layOverRequested(const std::optional<ui::diagram::OtherCrop>& other);
    /// One of the readers' cases: its kernel and strides.
    void caseChosen(engine::Size2D kernel_size, engine::Size2D strides);

private:
    LedgerCard* card(std::size_t index);

    QLabel* m_heading;
    QVBoxLayout* m_column;
    std::vector<LedgerCard*> m_cards;
    KeyList* m_keys;
    MarkedButton* m_fold;
    ReadersCases* m_cases = nullptr;  ///< made when first asked for
    engine::LayerSpec m_spec;
    QList<QStringList> m_table;
};

}  // namespace ui::widgets
