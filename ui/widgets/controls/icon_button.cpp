// SPDX-License-Identifier: MIT
// The button is the style sheet's; only its icon is painted here, in the colour of its words.
#include "ui/widgets/controls/icon_button.h"

#include <algorithm>

#include "ui/widgets/controls/icon.h"
#include "ui/widgets/controls/style.h"

namespace ui::widgets {

IconButton::IconButton(const QString& icon, const QString& spoken, QWidget* parent)
    : QPushButton(parent) {
    set_button_role(this, ButtonRole::icon);
    setAutoDefault(false);  // Enter is the dialog's
    setIcon(icon, spoken);
}

void IconButton::setIcon(const QString& icon, const QString& spoken) {
    m_icon = icon;
    setAccessibleName(spoken);
    setToolTip(spoken);
    update();
}

void IconButton::paintEvent(QPaintEvent* event) {
    QPushButton::paintEvent(event);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QRectF place(0, 0, scaled(16), scaled(16));
    place.moveCenter(QRectF(rect()).center());
    const auto colour = !isEnabled()   ? palette().color(QPalette::Disabled, QPalette::ButtonText)
                        : underMouse() ? palette().color(QPalette::ButtonText)
                                       : palette().color(QPalette::PlaceholderText);
    paint_icon(painter, m_icon, place, colour);
}

MarkedButton::MarkedButton(const QString& text, QWidget* parent) : QPushButton(text, parent) {
    set_button_role(this, ButtonRole::quiet);
    setProperty("marked", true);
}

void MarkedButton::setMark(const QString& icon) {
    m_icon = icon;
    update();
}

void MarkedButton::paintEvent(QPaintEvent* event) {
    QPushButton::paintEvent(event);
    if (m_icon.isEmpty()) return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QRectF place(-scaled(4), 0, scaled(14), scaled(14));
    if (isRightToLeft()) place.moveRight(width() + scaled(4));
    place.moveTop((height() - place.height()) / 2);
    paint_icon(painter, m_icon, place, palette().color(QPalette::ButtonText));
}

ChainButton::ChainButton(QWidget* parent) : IconButton({}, {}, parent) {
    set_button_role(this, ButtonRole::chain);
    setCheckable(true);
    show(true);
}

void ChainButton::show(bool closed) {
    setChecked(closed);
    if (closed)
        setIcon(QStringLiteral("chain"), tr("Rows and columns change together"));
    else
        setIcon(QStringLiteral("chain_open"), tr("Rows and columns change by themselves"));
}

}  // namespace ui::widgets
