// SPDX-License-Identifier: MIT
// A layout of equal columns that wraps: as many columns as fit, a wide item takes two.
#pragma once

#include <vector>

#include <QLayout>

namespace ui::widgets {

class PillLayout : public QLayout {
public:
    /// `columnWidth` is the narrowest column, at text scale 1.
    explicit PillLayout(int columnWidth = 76, QWidget* parent = nullptr);
    ~PillLayout() override;

    void addItem(QLayoutItem* item) override;
    int count() const override;
    QLayoutItem* itemAt(int index) const override;
    QLayoutItem* takeAt(int index) override;

    Qt::Orientations expandingDirections() const override { return {}; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSize() const override;
    void setGeometry(const QRect& rect) override;

private:
    int place(const QRect& rect, bool apply) const;  ///< returns the height needed

    std::vector<QLayoutItem*> m_items;
    int m_columnWidth;
};

}  // namespace ui::widgets
