// SPDX-License-Identifier: MIT
// Cards are kept and shown anew: the keyboard may be in one of them. One at most is open.
#include "ui/widgets/rail/ledger_panel.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include "engine/frameworks/ledger.h"
#include "ui/diagram/stage.h"
#include "ui/widgets/controls/icon_button.h"
#include "ui/widgets/controls/key_list.h"
#include "ui/widgets/controls/style.h"
#include "ui/widgets/rail/ledger_card.h"
#include "ui/widgets/rail/readers_cases.h"
#include "ui/words/ledger_words.h"

namespace ui::widgets {

using engine::Agreement;
using engine::DialectRow;

namespace {

/// Where the row's result lies in the full output, if it is another one of the same size.
std::optional<diagram::OtherCrop> other_crop(const DialectRow& row, const DialectRow& own,
                                             const document::PresentedPane& shown) {
    const bool lies_elsewhere =
        row.agreement == Agreement::shifted && row.edges.top >= 0 && row.edges.left >= 0;
    if (!lies_elsewhere || !diagram::can_lie_over(shown.spec())) return std::nullopt;
    return diagram::OtherCrop{row.edges.top, row.edges.left, words::framework_name(own.framework),
                              words::framework_name(row.framework)};
}

}  // namespace

LedgerPanel::LedgerPanel(QWidget* parent)
    : QWidget(parent), m_column(new QVBoxLayout), m_keys(new KeyList(this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    m_heading = make_label(QString(), TextRole::title, this);
    m_heading->setObjectName(QStringLiteral("ledger_heading"));
    auto* heading = new QHBoxLayout;
    heading->setSpacing(2);
    heading->addWidget(m_heading);
    auto* copy = new IconButton(QStringLiteral("copy"), tr("Copy the table"), this);
    copy->setObjectName(QStringLiteral("copy_ledger"));
    heading->addWidget(copy);
    heading->addStretch(1);
    column->addLayout(heading);
    connect(copy, &QPushButton::clicked, this, [this] {
        QString text;
        for (const QStringList& line : m_table) text += line.join(u'\t').trimmed() + u'\n';
        QGuiApplication::clipboard()->setText(text);
    });
    m_column->setSpacing(6);
    column->addLayout(m_column);
    m_fold = new MarkedButton(tr("The readers' four cases"), this);
    m_fold->setObjectName(QStringLiteral("readers_cases"));
    m_fold->setProperty("fold", true);
    m_fold->setCheckable(true);
    m_fold->setMark(QStringLiteral("folded"));
    column->addWidget(m_fold, 0, Qt::AlignLeading);
    connect(m_fold, &QPushButton::toggled, this, [this, column](bool open) {
        m_fold->setMark(open ? QStringLiteral("unfolded") : QStringLiteral("folded"));
        if (open && m_cases == nullptr) {
            m_cases = new ReadersCases(this);
            column->addWidget(m_cases);
            connect(m_cases, &ReadersCases::chosen, this, &LedgerPanel::caseChosen);
            m_cases->show(m_spec);
        }
        if (m_cases != nullptr) m_cases->setVisible(open);
    });
}

LedgerCard* LedgerPanel::card(std::size_t index) {
    while (m_cards.size() <= index) {
        auto* card = new LedgerCard(this);
        card->setObjectName(QStringLiteral("ledger_card_%1").arg(m_cards.size()));
        m_column->addWidget(card);
        connect(card, &LedgerCard::pointedAt, this, &LedgerPanel::pointedAt);
        connect(card, &LedgerCard::layOverRequested, this, &LedgerPanel::layOverRequested);
        connect(card, &LedgerCard::toggled, this, [this, card](bool open) {
            if (!open) return;
            for (LedgerCard* other : m_cards)
                if (other != card) other->setOpen(false);
        });
        m_cards.push_back(card);
    }
    return m_cards[index];
}

void LedgerPanel::show(const document::PresentedPane& shown) {
    const engine::Geometry* geometry = shown.geometry();
    std::vector<DialectRow> rows;
    if (geometry != nullptr) rows = engine::dialects(shown.spec(), *geometry);
    setVisible(!rows.empty());
    if (geometry == nullptr || rows.empty()) return;
    m_spec = shown.spec();
    m_heading->setText(
        tr("Size %1 × %2 elsewhere").arg(geometry->output.height()).arg(geometry->output.width()));
    m_table = words::ledger_table(rows, std::holds_alternative<engine::Conv2D>(shown.spec()));
    QList<QWidget*> heads;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        LedgerCard* one = card(i);
        // What was open is another framework's row now.
        if (one->isOpen() && one->framework() != rows[i].framework) one->setOpen(false);
        const auto other = other_crop(rows[i], rows.front(), shown);
        one->show({.row = rows[i],
                   .spec = shown.spec(),
                   .geometry = *geometry,
                   .input = shown.input_shape(),
                   .other = other,
                   .is_laid_over = other && shown.view.beside == other});
        one->show();
        heads << one->head();
    }
    for (std::size_t i = rows.size(); i < m_cards.size(); ++i) {
        m_cards[i]->setOpen(false);
        m_cards[i]->hide();
    }
    m_keys->setItems(heads);
    if (m_cases != nullptr) m_cases->show(m_spec);
}

}  // namespace ui::widgets
