// SPDX-License-Identifier: MIT
// Painting of the round buttons; everything else is QAbstractButton.
#include "ui/widgets/controls/transport_button.h"

#include <QPainter>

#include "ui/widgets/controls/icon.h"

namespace ui::widgets {

namespace {

constexpr double ring = 2;  // px of each of the focus ring's two colours

QColor mixed(const QColor& a, const QColor& b, float share_of_b) {
    const float rest = 1 - share_of_b;
    return QColor::fromRgbF(a.redF() * rest + b.redF() * share_of_b,
                            a.greenF() * rest + b.greenF() * share_of_b,
                            a.blueF() * rest + b.blueF() * share_of_b);
}

}  // namespace

TransportButton::TransportButton(Look look, const QString& icon, QWidget* parent)
    : QAbstractButton(parent), m_look(look), m_icon(icon) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setFocusPolicy(Qt::TabFocus);
}

void TransportButton::setAction(const QString& icon, const QString& name, const QString& keys) {
    m_icon = icon;
    setAccessibleName(name);
    setToolTip(keys.isEmpty() ? name : tr("%1 (%2)", "action (shortcut)").arg(name, keys));
    update();
}

QSize TransportButton::sizeHint() const {
    // Grows with the text, but slower: an icon is legible sooner than a word.
    const double em = fontMetrics().height();
    const double diameter = m_look == Look::prime ? 1.4 * em + 18 : 1.2 * em + 15;
    const int side = qRound(diameter + 4 * ring);
    return {side, side};
}

QRectF TransportButton::disc() const {
    const double side = std::min(width(), height()) - 4 * ring;
    QRectF result(0, 0, side, side);
    result.moveCenter(QRectF(rect()).center());
    return result;
}

bool TransportButton::hitButton(const QPoint& point) const {
    const QPointF away = QPointF(point) - disc().center();
    return QPointF::dotProduct(away, away) <= disc().width() * disc().width() / 4;
}

void TransportButton::enterEvent(QEnterEvent* event) {
    update();
    QAbstractButton::enterEvent(event);
}

void TransportButton::leaveEvent(QEvent* event) {
    update();
    QAbstractButton::leaveEvent(event);
}

void TransportButton::paintEvent(QPaintEvent*) {
    const QColor ink = palette().color(QPalette::WindowText);
    const QColor ground = palette().color(QPalette::Window);
    const bool filled = m_look == Look::prime;
    const float stress = isDown() ? 0.25F : underMouse() && isEnabled() ? 0.12F : 0;
    const QColor fill =
        filled ? mixed(ink, ground, stress) : mixed(palette().color(QPalette::Button), ink, stress);

    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (!isEnabled()) painter.setOpacity(0.4);
    painter.setPen(filled ? QPen(Qt::NoPen) : QPen(palette().color(QPalette::Mid), 1.2));
    painter.setBrush(fill);
    painter.drawEllipse(disc());
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(ground, ring));
        painter.drawEllipse(disc().adjusted(-ring / 2, -ring / 2, ring / 2, ring / 2));
        painter.setPen(QPen(palette().color(QPalette::Highlight), ring));
        painter.drawEllipse(disc().adjusted(-1.5 * ring, -1.5 * ring, 1.5 * ring, 1.5 * ring));
    }
    const double margin = disc().width() * 0.26;
    paint_icon(painter, m_icon, disc().adjusted(margin, margin, -margin, -margin),
               filled ? ground : ink);
}

}  // namespace ui::widgets
