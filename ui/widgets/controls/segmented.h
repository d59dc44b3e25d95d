// SPDX-License-Identifier: MIT
// One choice out of a few, all in sight: a frame with the chosen word on a raised ground.
#pragma once

#include <vector>

#include <QStringList>
#include <QWidget>

class QButtonGroup;
class QPushButton;

namespace ui::widgets {

class Segmented : public QWidget {
    Q_OBJECT
public:
    explicit Segmented(const QStringList& options, QWidget* parent = nullptr);

    void setOptions(const QStringList& options);
    void show(int index);  ///< -1: none of them
    using QWidget::show;
    QPushButton* button(int index) const;

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void chosen(int index);  ///< by the user

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    int rowHeight() const;
    std::vector<int> widths() const;  ///< what each word needs
    int rowWidth() const;
    void arrange();

    std::vector<QPushButton*> m_buttons;
    QButtonGroup* m_group;
};

}  // namespace ui::widgets
