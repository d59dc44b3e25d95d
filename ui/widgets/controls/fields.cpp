// SPDX-License-Identifier: MIT
// Fields put together from others, and what Qt's do not draw themselves.
#include "ui/widgets/controls/fields.h"

#include <algorithm>

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPolygonF>
#include <QRegularExpression>
#include <QSignalBlocker>
#include <QStandardItemModel>
#include <QStyleOptionButton>
#include <QStyledItemDelegate>
#include <QWheelEvent>

#include "ui/widgets/controls/icon_button.h"
#include "ui/widgets/controls/style.h"

namespace ui::widgets {

void CheckBox::paintEvent(QPaintEvent* event) {
    QCheckBox::paintEvent(event);
    if (!isChecked()) return;
    QStyleOptionButton option;
    initStyleOption(&option);
    const QRectF box = style()->subElementRect(QStyle::SE_CheckBoxIndicator, &option, this);
    const auto at = [&](double x, double y) {
        return box.topLeft() + QPointF(x * box.width(), y * box.height());
    };
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(palette().color(QPalette::HighlightedText), box.width() / 8, Qt::SolidLine,
                        Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(QPolygonF{at(0.26, 0.53), at(0.43, 0.7), at(0.75, 0.33)});
}

Size2DField::Size2DField(int least, int most, Between between, QWidget* parent)
    : QWidget(parent),
      m_rows(new IntField(least, most, this)),
      m_columns(new IntField(least, most, this)) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(between == Between::times ? 4 : 1);
    row->addWidget(m_rows, 1);
    if (between == Between::times) {
        row->addWidget(make_label(QStringLiteral("×"), TextRole::value));
    } else {
        m_chain = new ChainButton(this);
        row->addWidget(m_chain);
        connect(m_chain, &QPushButton::clicked, this, &Size2DField::turnChain);
    }
    row->addWidget(m_columns, 1);
    setFocusProxy(m_rows);
    const auto pass_on = [this](IntField* from, IntField* to) {
        connect(from, &IntField::edited, this, [this, from, to] {
            if (m_chain != nullptr && m_chain->isChecked()) to->show(from->value());
            emit edited({m_rows->value(), m_columns->value()});
        });
        connect(from, &IntField::finished, this, &Size2DField::finished);
    };
    pass_on(m_rows, m_columns);
    pass_on(m_columns, m_rows);
}

Size2DField::~Size2DField() {
    // A field that is deleted while it has the keyboard says that its editing is finished: too late
    // for a pair of which only the widget is left.
    for (IntField* field : {m_rows, m_columns}) field->disconnect(this);
}

void Size2DField::showChain() {
    if (m_chain == nullptr) return;
    if (m_rows->value() != m_columns->value()) m_isOpened = true;
    m_chain->show(!m_isOpened);
}

void Size2DField::closeChain() {
    m_isOpened = false;
    showChain();
}

/// Closing it over a pair that is not equal makes the columns follow the rows.
void Size2DField::turnChain() {
    m_isOpened = !m_isOpened;
    if (!m_isOpened && m_rows->value() != m_columns->value()) {
        m_columns->show(m_rows->value());
        emit edited({m_rows->value(), m_columns->value()});
        emit finished();
    }
    showChain();
}

void Size2DField::setArgument(const QString& argument, const QString& name) {
    const QString stem = name.isEmpty() ? argument : name;
    m_rows->setAccessibleName(tr("%1, rows").arg(argument));
    m_columns->setAccessibleName(tr("%1, columns").arg(argument));
    m_rows->setToolTip(m_rows->accessibleName());
    m_columns->setToolTip(m_columns->accessibleName());
    m_rows->setObjectName(stem + QStringLiteral("_rows"));
    m_columns->setObjectName(stem + QStringLiteral("_columns"));
    if (m_chain != nullptr) m_chain->setObjectName(stem + QStringLiteral("_chain"));
}

void Size2DField::setPatient(bool patient) {
    m_rows->setPatient(patient);
    m_columns->setPatient(patient);
}

void Size2DField::setTyped(int least_said, int most) {
    m_rows->setTyped(least_said, most);
    m_columns->setTyped(least_said, most);
}

void Size2DField::show(engine::Size2D extent) {
    m_rows->show(extent.height);
    m_columns->show(extent.width);
    showChain();
}

OptionalSize2DField::OptionalSize2DField(int most, QWidget* parent)
    : Size2DField(-1, most, Between::chain, parent) {
    for (IntField* field : {m_rows, m_columns}) {
        field->setSpecialValueText(tr("none"));
        field->setProperty("wordy", true);  // smaller: a word among numbers
    }
    connect(this, &Size2DField::edited, this, [this](engine::Size2D extent) {
        // There is no half of it: the place just changed decides for both.
        const bool was_none = !m_shown;
        const bool none = was_none ? extent.height < 0 && extent.width < 0
                                   : extent.height < 0 || extent.width < 0;
        if (none)
            emit optionalEdited(std::nullopt);
        else
            emit optionalEdited(
                engine::Size2D{std::max(extent.height, 0), std::max(extent.width, 0)});
    });
}

void OptionalSize2DField::show(std::optional<engine::Size2D> extent) {
    m_shown = extent;
    Size2DField::show(extent.value_or(engine::Size2D{-1, -1}));
}

OptionalNumberField::OptionalNumberField(QWidget* parent)
    : QWidget(parent), m_given(new CheckBox(this)), m_number(new NumberField(this)) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    row->addWidget(m_given);
    row->addWidget(m_number, 1);
    setFocusProxy(m_given);
    connect(m_given, &QCheckBox::clicked, this, [this](bool given) {
        emit edited(given ? std::optional(static_cast<float>(m_number->value())) : std::nullopt);
        emit finished();
    });
    connect(m_number, &NumberField::edited, this, &OptionalNumberField::edited);
    connect(m_number, &NumberField::finished, this, &OptionalNumberField::finished);
}

void OptionalNumberField::setArgument(const QString& argument) {
    m_given->setAccessibleName(tr("%1, given").arg(argument));
    m_given->setToolTip(m_given->accessibleName());
    m_number->setAccessibleName(argument);
}

void OptionalNumberField::show(std::optional<float> value) {
    m_given->setChecked(value.has_value());
    m_number->setEnabled(value.has_value());
    if (value) m_number->show(*value);
}

SizesField::SizesField(QWidget* parent) : QLineEdit(parent) {
    connect(this, &QLineEdit::editingFinished, this, [this] {
        static const QRegularExpression between(QStringLiteral("[^0-9-]+"));
        std::vector<int> sizes;
        for (const QString& part : text().split(between, Qt::SkipEmptyParts)) {
            bool is_number = false;
            sizes.push_back(part.toInt(&is_number));
            if (!is_number) sizes.pop_back();
        }
        emit edited(sizes);
        emit finished();
    });
}

void SizesField::show(const std::vector<int>& sizes) {
    QStringList parts;
    for (const int size : sizes) parts << QString::number(size);
    const QSignalBlocker blocker(this);
    setText(parts.join(QStringLiteral(", ")));
}

Choice::Choice(const QStringList& options, QWidget* parent) : QComboBox(parent) {
    setOptions(options);
    setItemDelegate(new QStyledItemDelegate(this));  // the style sheet's, not the style's menu
    setFocusPolicy(Qt::StrongFocus);
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(6);
    connect(this, &QComboBox::activated, this, &Choice::chosen);
}

void Choice::setOptions(const QStringList& options) {
    const QSignalBlocker blocker(this);
    clear();
    addItems(options);
    m_count = static_cast<int>(options.size());
}

void Choice::show(int index) {
    const QSignalBlocker blocker(this);
    const bool none = index < 0 && !m_none.isEmpty();
    // A line that cannot be chosen, as what a menu shows beside its lines is not read aloud.
    if (none && count() == m_count) {
        addItem(m_none);
        const QModelIndex line = model()->index(m_count, 0);
        static_cast<QStandardItemModel*>(model())->itemFromIndex(line)->setEnabled(false);
    }
    setCurrentIndex(none ? m_count : index);
    if (!none && count() > m_count) removeItem(m_count);
}

void Choice::wheelEvent(QWheelEvent* event) {
    if (hasFocus())
        QComboBox::wheelEvent(event);
    else
        event->ignore();
}

void Choice::paintEvent(QPaintEvent* event) {
    QComboBox::paintEvent(event);
    QPainter painter(this);
    const double x = isRightToLeft() ? scaled(11) : width() - scaled(11);
    paint_arrow(painter, {x, height() / 2.0}, Arrow::down,
                palette().color(QPalette::PlaceholderText));
}

}  // namespace ui::widgets
