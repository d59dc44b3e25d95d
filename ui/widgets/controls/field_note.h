// SPDX-License-Identifier: MIT
// A sentence below a field about what was typed into it: next to its cause, and nothing moves.
#pragma once

#include <functional>

#include <QFrame>
#include <QPointer>
#include <QTimer>

class QLabel;
class QPushButton;

namespace ui::widgets {

class FieldNote : public QFrame {
    Q_OBJECT
public:
    /// One a window; what was said of another field goes. `other` is what a click does instead.
    static void say(QWidget* field, const QString& sentence, bool problem,
                    const QString& other = {}, std::function<void()> take = {});
    /// Something newer is being typed in the field's window.
    static void unsay(const QWidget* field);
    QString sentence() const;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    explicit FieldNote(QWidget* window);
    void place();

    QPointer<QWidget> m_field;
    QLabel* m_sign;
    QLabel* m_text;
    QPushButton* m_other;
    std::function<void()> m_take;
    QTimer m_while;
};

}  // namespace ui::widgets
