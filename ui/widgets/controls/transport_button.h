// SPDX-License-Identifier: MIT
// A round button with one of our icons, sized by the font, coloured by the palette.
#pragma once

#include <QAbstractButton>

namespace ui::widgets {

class TransportButton : public QAbstractButton {
    Q_OBJECT
public:
    enum class Look { prime /* large, filled with ink */, plain };
    TransportButton(Look look, const QString& icon, QWidget* parent);

    /// "play", and what it does for the tool tip and screen readers.
    void setAction(const QString& icon, const QString& name, const QString& keys);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;
    bool hitButton(const QPoint& point) const override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    QRectF disc() const;

    Look m_look;
    QString m_icon;
};

}  // namespace ui::widgets
