// SPDX-License-Identifier: MIT
#include "ui/widgets/rail/ledger_card.h"

#include <algorithm>

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QStyle>
#include <QVBoxLayout>

#include "engine/frameworks/ledger.h"
#include "ui/widgets/controls/formula_label.h"
#include "ui/widgets/controls/pill_layout.h"
#include "ui/widgets/controls/style.h"
#include "ui/widgets/rail/lit_terms.h"
#include "ui/words/ledger_words.h"

namespace ui::widgets {

using engine::Agreement;
using engine::DialectRow;
using words::Along;

namespace {

int margin() { return scaled(10); }
int gap() { return scaled(8); }

bool is_resized(const engine::LayerSpec& spec) {
    return std::holds_alternative<engine::UpSampling2D>(spec);
}

/// "crop 0, 1", "crop 0, append 1", "zeros 1, 1", and of both axes where they differ; nothing where
/// nothing is cut.
QString edges_text(const DialectRow& row, const engine::LayerSpec& spec) {
    if (row.agreement == Agreement::no_form || is_resized(spec)) return {};
    const engine::Edges& e = row.edges;
    const auto ends = [](int before, int after) {
        return after >= 0 ? QStringLiteral("%1, %2").arg(before).arg(after)
                          : LedgerCard::tr("%1, append %2").arg(before).arg(-after);
    };
    const QString rows = ends(e.top, e.bottom);
    const QString columns = ends(e.left, e.right);
    const QString both = rows == columns ? rows : rows + QStringLiteral(" × ") + columns;
    return std::holds_alternative<engine::Conv2D>(spec) ? LedgerCard::tr("zeros %1").arg(both)
                                                        : LedgerCard::tr("crop %1").arg(both);
}

/// "Guide, relationship 14"
QString name_text(const DialectRow& row) {
    QString name = words::framework_name(row.framework);
    if (row.relationship == engine::Size2D{0, 0}) return name;
    return row.relationship.height == row.relationship.width
               ? LedgerCard::tr("%1, relationship %2").arg(name).arg(row.relationship.height)
               : LedgerCard::tr("%1, relationships %2 and %3")
                     .arg(name)
                     .arg(row.relationship.height)
                     .arg(row.relationship.width);
}

}  // namespace

CardHead::CardHead(QWidget* parent)
    : QPushButton(parent),
      m_name(make_label(QString(), TextRole::card_name, this)),
      m_crop(make_label(QString(), TextRole::value, this)),
      m_own(make_label(QString(), TextRole::value, this)),
      m_verdict(make_label(QString(), TextRole::verdict, this)) {
    set_button_role(this, ButtonRole::card);
    setCheckable(true);
    setAutoDefault(false);
    for (QLabel* label : {m_name, m_crop, m_own, m_verdict})
        label->setAttribute(Qt::WA_TransparentForMouseEvents);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void CardHead::show(const Lines& lines) {
    m_lines = lines;
    m_name->setText(lines.name);
    m_crop->setText(lines.crop);
    m_verdict->setText(lines.agrees ? lines.verdict : QStringLiteral("▲ ") + lines.verdict);
    m_verdict->setProperty("agrees", lines.agrees);
    polish_again(m_verdict);
    m_own->setVisible(!lines.own.isEmpty());
    m_crop->setVisible(!lines.crop.isEmpty());
    updateGeometry();
    arrange();
}

bool CardHead::isCropBelow(int width) const {
    const int room = width - 2 * margin();
    return !m_lines.own.isEmpty() && m_own->fontMetrics().horizontalAdvance(m_lines.own) + gap() +
                                             m_crop->sizeHint().width() >
                                         room;
}

int CardHead::heightForWidth(int width) const {
    const int line = m_own->fontMetrics().height() + 2;
    const bool has_second = !m_lines.own.isEmpty() || !m_lines.crop.isEmpty();
    return m_name->sizeHint().height() + (has_second ? line : 0) + (isCropBelow(width) ? line : 0) +
           2 * scaled(5);
}

QSize CardHead::sizeHint() const {
    const int wide = std::max(width(), scaled(200));
    return {scaled(200), heightForWidth(wide)};
}
QSize CardHead::minimumSizeHint() const {
    return {scaled(120), heightForWidth(std::max(width(), scaled(120)))};
}

void CardHead::arrange() {
    const int room = width() - 2 * margin();
    const auto put = [&](QLabel* label, int x, int y, int w) {
        const QRect place(margin() + x, y, std::max(w, 0), label->sizeHint().height());
        label->setGeometry(QStyle::visualRect(layoutDirection(), rect(), place));
    };
    int y = scaled(5);
    const int verdict = std::min(m_verdict->sizeHint().width(), room);
    put(m_verdict, room - verdict, y, verdict);
    put(m_name, 0, y, room - verdict - gap());
    y += m_name->sizeHint().height() + 2;
    const bool below = isCropBelow(width());
    const int crop = std::min(m_crop->sizeHint().width(), room);
    const int own = below ? room : room - crop - gap();
    m_own->setText(m_own->fontMetrics().elidedText(m_lines.own, Qt::ElideRight, std::max(own, 0)));
    put(m_own, 0, y, own);
    if (below) y += m_own->fontMetrics().height() + 2;
    put(m_crop, room - crop, y, crop);
}

/// Enter opens it as Space does.
void CardHead::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else
        QPushButton::keyPressEvent(event);
}

void CardHead::resizeEvent(QResizeEvent* event) {
    QPushButton::resizeEvent(event);
    arrange();
}

void CardHead::changeEvent(QEvent* event) {
    QPushButton::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        updateGeometry();
        arrange();
    }
}

LedgerCard::LedgerCard(QWidget* parent) : QFrame(parent), m_head(new CardHead(this)) {
    setProperty("card", true);
    setAttribute(Qt::WA_StyledBackground);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_head);
    connect(m_head, &QPushButton::toggled, this, [this](bool open) {
        if (open && m_details == nullptr) makeDetails();
        if (m_details != nullptr) m_details->setVisible(open);
        if (open) showDetails();
        emit toggled(open);
    });
}

void LedgerCard::makeDetails() {
    m_details = new QWidget(this);
    layout()->addWidget(m_details);
    auto* column = new QVBoxLayout(m_details);
    column->setContentsMargins(margin(), 0, margin(), scaled(8));
    column->setSpacing(5);
    for (std::size_t axis = 0; axis < m_sums.size(); ++axis) {
        Sum& sum = m_sums[axis];
        sum.heading = make_label(axis == 0 ? tr("rows") : tr("columns"), TextRole::note, m_details);
        sum.formula = new FormulaLabel(TextRole::formula_soft, m_details);
        sum.formula->setObjectName(QStringLiteral("ledger_sum_%1").arg(axis));
        sum.formula->setFocusPolicy(Qt::TabFocus);
        column->addWidget(sum.heading);
        column->addWidget(sum.formula);
        connect(sum.formula, &FormulaLabel::pointed, this, [this, axis](int term) {
            const auto& terms = m_sums[axis].terms;
            emit pointedAt(term < 0 ? diagram::Pointed() : terms[static_cast<std::size_t>(term)]);
        });
    }
    m_call = make_label(QString(), TextRole::code, m_details);
    m_call->setObjectName(QStringLiteral("ledger_call"));
    m_call->setWordWrap(true);
    column->addWidget(m_call);
    m_remark = make_label(QString(), TextRole::note, m_details);
    m_remark->setObjectName(QStringLiteral("ledger_remark"));
    column->addWidget(m_remark);
    auto* tools = new PillLayout(72);
    const auto add = [&](const QString& name, const char* object) {
        auto* button = new QPushButton(name, m_details);
        set_button_role(button, ButtonRole::input_pill);
        button->setObjectName(QString::fromLatin1(object));
        tools->addWidget(button);
        return button;
    };
    m_layOver = add(tr("Lay over"), "lay_over");
    m_layOver->setToolTip(tr("Both results over each other on the stage, and where they differ"));
    m_layOver->setAccessibleDescription(m_layOver->toolTip());
    m_layOver->setCheckable(true);
    m_copyCode = add(tr("Copy code"), "copy_row_code");
    QPushButton* copy_text = add(tr("Copy text"), "copy_row_text");
    column->addLayout(tools);
    connect(m_layOver, &QPushButton::clicked, this,
            [this](bool on) { emit layOverRequested(on ? m_shown.other : std::nullopt); });
    connect(m_copyCode, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(QString::fromStdString(m_shown.row.code));
    });
    connect(copy_text, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(text()); });
}

QString LedgerCard::text() const {
    const DialectRow& row = m_shown.row;
    QStringList lines{name_text(row)};
    if (!row.call.empty()) lines << QString::fromStdString(row.call);
    const auto add = [&](const engine::AxisSum& sum) {
        if (!sum.terms.empty())
            lines << QString::fromStdString(engine::symbols_of(sum)) + QStringLiteral(" = ") +
                         QString::fromStdString(engine::numbers_of(sum));
    };
    add(row.sums.rows);
    if (row.sums.columns != row.sums.rows) add(row.sums.columns);
    const QString edges = edges_text(row, m_shown.spec);
    if (!edges.isEmpty()) lines << edges;
    const QString remark = words::remark_text(row);
    if (!remark.isEmpty()) lines << remark;
    return lines.join(u'\n') + u'\n';
}

void LedgerCard::show(const Shown& shown) {
    m_shown = shown;
    const DialectRow& row = shown.row;
    CardHead::Lines lines{
        .name = name_text(row),
        .verdict = words::verdict_text(row),
        .own = row.agreement == Agreement::no_form ? QString() : QString::fromStdString(row.own),
        .crop = edges_text(row, shown.spec),
        .agrees = row.agreement == Agreement::given || row.agreement == Agreement::same};
    m_head->show(lines);
    QStringList spoken{lines.name, QString::fromStdString(row.arguments), lines.crop};
    const QString remark = words::remark_text(row);
    spoken << (remark.isEmpty() ? lines.verdict : remark);
    spoken.removeAll(QString());
    m_head->setAccessibleName(spoken.join(QStringLiteral(", ")));
    m_head->setToolTip(QString::fromStdString(row.call));
    if (isOpen()) showDetails();
}

void LedgerCard::showSum(int axis, const engine::AxisSum& sum, const engine::Axis& of,
                         Along along) {
    Sum& shown = m_sums.at(static_cast<std::size_t>(axis));
    shown.terms.clear();
    QStringList sentences;
    for (const engine::Term& term : sum.terms) {
        shown.terms.push_back(pointed_at(m_shown.spec, size_term(term), of, along));
        sentences << shown.terms.back().sentence;
    }
    const QString latex = QString::fromStdString(
        engine::latex_of(engine::symbols_of(sum) + " = " + engine::numbers_of(sum)));
    shown.formula->show(words_of(sum), sentences, latex);
}

void LedgerCard::showDetails() {
    const DialectRow& row = m_shown.row;
    const engine::SizeSums& sums = row.sums;
    const bool any = !sums.rows.terms.empty();
    const bool alike = sums.rows == sums.columns;
    // Of the framework's own form, whose crop may be another one.
    const engine::Result<engine::Geometry> own = engine::infer(row.spec, m_shown.input);
    const engine::Geometry& geometry = own ? *own : m_shown.geometry;
    if (any) {
        showSum(0, sums.rows, geometry.rows, alike ? Along::both : Along::rows);
        showSum(1, sums.columns, geometry.columns, Along::columns);
    }
    m_sums[0].heading->setVisible(any && !alike);
    m_sums[0].formula->setVisible(any);
    m_sums[1].heading->setVisible(any && !alike);
    m_sums[1].formula->setVisible(any && !alike);
    m_call->setText(QString::fromStdString(row.call));
    m_call->setVisible(!row.call.empty());
    const QString remark = words::remark_text(row);
    m_remark->setText(remark);
    m_remark->setVisible(!remark.isEmpty());
    m_layOver->setVisible(m_shown.other.has_value());
    m_layOver->setChecked(m_shown.is_laid_over);
    m_copyCode->setVisible(!row.code.empty());
}

void LedgerCard::setOpen(bool open) { m_head->setChecked(open); }
bool LedgerCard::isOpen() const { return m_head->isChecked(); }

}  // namespace ui::widgets
