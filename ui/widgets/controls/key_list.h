// SPDX-License-Identifier: MIT
// Widgets below each other that are one stop for Tab: the arrows go from one to the next.
#pragma once

#include <QList>
#include <QObject>
#include <QPointer>
#include <QWidget>

namespace ui::widgets {

class KeyList : public QObject {
    Q_OBJECT
public:
    explicit KeyList(QObject* parent);
    /// Those that take the keyboard at all, from top to bottom. Where the keyboard is it stays.
    void setItems(const QList<QWidget*>& items);
    /// The one that Tab leads to; null if there is none.
    QWidget* current() const { return m_current; }

signals:
    void currentChanged(QWidget* current);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void setCurrent(QWidget* item);

    QList<QWidget*> m_items;
    QPointer<QWidget> m_current;
};

}  // namespace ui::widgets
