// SPDX-License-Identifier: MIT
// A button that shows one of the project's own icons (resources/icons) and says what it does.
#pragma once

#include <QPushButton>

namespace ui::widgets {

class IconButton : public QPushButton {
    Q_OBJECT
public:
    IconButton(const QString& icon, const QString& spoken, QWidget* parent = nullptr);
    /// Also: what it does is said by screen readers and in its tooltip.
    void setIcon(const QString& icon, const QString& spoken);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_icon;
};

/// A quiet word with one of the icons in front of it.
class MarkedButton : public QPushButton {
    Q_OBJECT
public:
    explicit MarkedButton(const QString& text, QWidget* parent = nullptr);
    void setMark(const QString& icon);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_icon;
};

/// Between two fields of a pair: as long as it is closed, both change together.
class ChainButton : public IconButton {
    Q_OBJECT
public:
    explicit ChainButton(QWidget* parent = nullptr);
    void show(bool closed);
    using QWidget::show;
};

}  // namespace ui::widgets
