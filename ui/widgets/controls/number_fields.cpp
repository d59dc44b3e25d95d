// SPDX-License-Identifier: MIT
// What Qt's spin boxes need to behave as parts of one document.
#include "ui/widgets/controls/number_fields.h"

#include <algorithm>
#include <cfloat>
#include <cmath>
#include <utility>

#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QSignalBlocker>
#include <QWheelEvent>

#include "ui/diagram/number_text.h"
#include "ui/formats/number_reader.h"
#include "ui/widgets/controls/field_note.h"
#include "ui/widgets/controls/style.h"
#include "ui/words/plain_text.h"

namespace ui::widgets {

namespace {

constexpr qsizetype longest_said = 40;

QString range_text(const QString& name, const QString& least, const QString& most,
                   const QString& written) {
    return IntField::tr("%1 goes from %2 to %3: %4 is not taken.").arg(name, least, most, written);
}

/// A line edit keeps an undo history of its own; here Ctrl+Z always means the lesson's.
bool leaves_undo_to_window(QEvent* event) {
    if (event->type() != QEvent::ShortcutOverride) return false;
    auto* key = static_cast<QKeyEvent*>(event);
    if (!key->matches(QKeySequence::Undo) && !key->matches(QKeySequence::Redo)) return false;
    event->ignore();
    return true;
}

void paint_spin_arrows(QWidget* field) {
    QPainter painter(field);
    const QColor colour = field->palette().color(QPalette::PlaceholderText);
    const double x = field->isRightToLeft() ? scaled(10) : field->width() - scaled(10);
    const double middle = field->height() / 2.0;
    paint_arrow(painter, {x, middle - scaled(5)}, Arrow::up, colour);
    paint_arrow(painter, {x, middle + scaled(5)}, Arrow::down, colour);
}

}  // namespace

IntField::IntField(int least, int most, QWidget* parent) : QSpinBox(parent) {
    setRange(least, most);
    m_least = m_leastSaid = least;
    m_most = m_mostTyped = most;
    setFocusPolicy(Qt::StrongFocus);
    setAccelerated(true);
    setKeyboardTracking(false);  // on the way to 12 lies 1: a pause tells when a number is complete
    constexpr int pause_ms = 500;
    m_typing.setSingleShot(true);
    m_typing.setInterval(pause_ms);
    connect(&m_typing, &QTimer::timeout, this, &IntField::followTyping);
    connect(lineEdit(), &QLineEdit::textEdited, this, [this] {
        FieldNote::unsay(this);
        m_typing.start();
    });
    connect(this, &QSpinBox::valueChanged, this, &IntField::edited);
    connect(this, &QSpinBox::editingFinished, this, [this] {
        m_typing.stop();
        emit finished();
    });
}

void IntField::setLimits(int least, int most) {
    m_least = m_leastSaid = least;
    m_most = m_mostTyped = most;
    setRange(std::min(least, value()), std::max(most, value()));
}

void IntField::setTyped(int least_said, int most) {
    m_leastSaid = least_said;
    m_mostTyped = std::max(m_most, most);
    setMaximum(std::max(maximum(), m_mostTyped));
}

void IntField::show(int value) {
    const QSignalBlocker blocker(this);
    setRange(std::min(m_least, value), std::max(m_mostTyped, value));
    if (value != this->value()) setValue(value);
}

namespace {

/// The whole number that a text is, if it is one of any size.
std::optional<double> whole_number(const QString& text) {
    const auto number = formats::read_typed_number(text);
    if (!number) return std::nullopt;
    const double value = static_cast<double>(number->value);
    return value == std::trunc(value) ? std::optional(value) : std::nullopt;
}

}  // namespace

QValidator::State IntField::validate(QString& text, int&) const {
    if (!specialValueText().isEmpty() && specialValueText().startsWith(text, Qt::CaseInsensitive))
        return text.size() == specialValueText().size() ? QValidator::Acceptable
                                                        : QValidator::Intermediate;
    // Anything may stand there while it is written; what is no number is said in the end.
    const auto number = whole_number(text);
    const bool fits = number && *number >= m_least && *number <= m_mostTyped;
    const bool shown = number && *number == value();
    return fits || shown ? QValidator::Acceptable : QValidator::Intermediate;
}

int IntField::valueFromText(const QString& text) const {
    if (text.compare(specialValueText(), Qt::CaseInsensitive) == 0) return minimum();
    return static_cast<int>(whole_number(text).value_or(value()));
}

void IntField::fixup(QString& text) const { sayRange(text); }

void IntField::sayRange(const QString& text) const {
    const QString written = words::harmless(text.trimmed(), longest_said);
    if (written.isEmpty()) return;
    const QString name = accessibleName();
    const auto number = formats::read_typed_number(text);
    const bool whole = number ? number->value == std::trunc(number->value)
                              : number.error().code == engine::ErrorCode::not_finite;
    const QString sentence = whole ? range_text(name, QString::number(m_leastSaid),
                                                QString::number(m_mostTyped), written)
                                   : tr("“%4” is no whole number; %1 goes from %2 to %3.")
                                         .arg(name)
                                         .arg(m_leastSaid)
                                         .arg(m_mostTyped)
                                         .arg(written);
    FieldNote::say(const_cast<IntField*>(this), sentence, true);
}

void IntField::followTyping() {
    QString text = lineEdit()->text();
    int position = 0;
    if (validate(text, position) != QValidator::Acceptable)
        sayRange(text);  // and wait for what comes
    else if (!m_patient)
        interpretText();
}

void IntField::stepBy(int steps) {
    const int to =
        std::clamp(value() + steps, std::min(m_least, value()), std::max(m_most, value()));
    FieldNote::unsay(this);
    setValue(to);
    selectAll();
}

QAbstractSpinBox::StepEnabled IntField::stepEnabled() const {
    StepEnabled enabled = StepNone;
    if (value() > m_least) enabled |= StepDownEnabled;
    if (value() < m_most) enabled |= StepUpEnabled;
    return enabled;
}

QSize IntField::sizeHint() const {
    // Wide enough for ordinary numbers, not for the largest: it may grow, and it scrolls.
    const auto wide = [this](const QString& text) {
        return fontMetrics().horizontalAdvance(text + u' ');
    };
    const int word = wide(specialValueText());
    const int longest =
        std::max({wide(QString::number(minimum())), wide(QString::number(maximum())), word});
    const QSize hint = QSpinBox::sizeHint();
    const int ordinary = std::min(longest, std::max(wide(QStringLiteral("00")), word));
    return {hint.width() - longest + ordinary, hint.height()};
}

QSize IntField::minimumSizeHint() const { return sizeHint(); }

bool IntField::event(QEvent* event) {
    return leaves_undo_to_window(event) || QSpinBox::event(event);
}

void IntField::wheelEvent(QWheelEvent* event) {
    if (hasFocus())
        QSpinBox::wheelEvent(event);
    else
        event->ignore();
}

void IntField::paintEvent(QPaintEvent* event) {
    QSpinBox::paintEvent(event);
    paint_spin_arrows(this);
}

NumberField::NumberField(QWidget* parent) : QDoubleSpinBox(parent) {
    setRange(-FLT_MAX, FLT_MAX);
    setDecimals(60);  // a float32 has as many, and none may be rounded away
    setFocusPolicy(Qt::StrongFocus);
    setAccelerated(true);
    setKeyboardTracking(false);
    connect(lineEdit(), &QLineEdit::textEdited, this, [this](const QString& text) {
        m_typed = text;
        FieldNote::unsay(this);
    });
    connect(this, &QDoubleSpinBox::valueChanged, this, [this](double value) {
        emit edited(static_cast<float>(value));
        sayOther(std::exchange(m_typed, {}));
    });
    connect(this, &QDoubleSpinBox::editingFinished, this, &NumberField::finished);
}

void NumberField::show(float value) {
    const QSignalBlocker blocker(this);
    if (value != static_cast<float>(this->value())) setValue(static_cast<double>(value));
}

/// Thousands are not obvious: they are said, with the other reading a click away.
void NumberField::sayOther(const QString& typed) {
    const auto number = formats::read_typed_number(typed);
    if (!number || !number->other || number->value != static_cast<float>(value())) return;
    FieldNote::say(this,
                   tr("“%1” is read as %2.")
                       .arg(words::harmless(typed.trimmed(), longest_said),
                            diagram::full_number_text(number->value)),
                   false, tr("Read as %1").arg(diagram::full_number_text(*number->other)),
                   [this, other = *number->other] {
                       setValue(static_cast<double>(other));
                       emit finished();
                   });
}

QSize NumberField::sizeHint() const {
    // Wide enough for ordinary numbers, not for the largest float: it may grow, and it scrolls.
    const int digits = fontMetrics().horizontalAdvance(QStringLiteral("−0.1234"));
    return {digits + scaled(30), QDoubleSpinBox::sizeHint().height()};
}

QSize NumberField::minimumSizeHint() const { return sizeHint(); }

QString NumberField::textFromValue(double value) const {
    return diagram::full_number_text(static_cast<float>(value));
}

double NumberField::valueFromText(const QString& text) const {
    const auto number = formats::read_typed_number(text);
    return number ? static_cast<double>(number->value) : value();
}

QValidator::State NumberField::validate(QString& text, int&) const {
    const auto number = formats::read_typed_number(text);
    const double value = number ? static_cast<double>(number->value) : HUGE_VAL;
    return value >= minimum() && value <= maximum() ? QValidator::Acceptable
                                                    : QValidator::Intermediate;
}

void NumberField::fixup(QString& text) const {
    if (text.trimmed().isEmpty()) return;
    const auto number = formats::read_typed_number(text);
    const QString written = words::harmless(text.trimmed(), longest_said);
    if (number) {
        FieldNote::say(
            const_cast<NumberField*>(this),
            range_text(accessibleName(), diagram::full_number_text(static_cast<float>(minimum())),
                       diagram::full_number_text(static_cast<float>(maximum())), written),
            true);
        return;
    }
    FieldNote::say(const_cast<NumberField*>(this),
                   number.error().code == engine::ErrorCode::not_finite
                       ? tr("%1 is too large for float32, which ends at 3.4e38.").arg(written)
                       : tr("“%1” is not a number. Write it like %2.")
                             .arg(written, diagram::full_number_text(-1.25F)),
                   true);
}

bool NumberField::event(QEvent* event) {
    return leaves_undo_to_window(event) || QDoubleSpinBox::event(event);
}

void NumberField::wheelEvent(QWheelEvent* event) {
    if (hasFocus())
        QDoubleSpinBox::wheelEvent(event);
    else
        event->ignore();
}

void NumberField::paintEvent(QPaintEvent* event) {
    QDoubleSpinBox::paintEvent(event);
    paint_spin_arrows(this);
}

}  // namespace ui::widgets
