// SPDX-License-Identifier: MIT
// A row of the ledger: a framework, its arguments and crop, and how its picture compares; opened,
// how its documentation adds the size up, and what can be done with it.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include <QFrame>
#include <QPushButton>

#include "engine/frameworks/dialect.h"
#include "ui/diagram/view.h"
#include "ui/words/size_words.h"

class QLabel;

namespace ui::widgets {

class FormulaLabel;

/// A button with two lines: what stands left and right in each.
class CardHead : public QPushButton {
    Q_OBJECT
public:
    explicit CardHead(QWidget* parent = nullptr);
    struct Lines {
        QString name;     ///< bold
        QString verdict;  ///< right of it
        QString own;      ///< mono, below
        QString crop;     ///< mono, right of that, or below where there is no room
        bool agrees = true;
        bool operator==(const Lines&) const = default;
    };
    void show(const Lines& lines);
    using QWidget::show;

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    bool isCropBelow(int width) const;
    void arrange();

    Lines m_lines;
    QLabel* m_name;
    QLabel* m_crop;
    QLabel* m_own;
    QLabel* m_verdict;
};

class LedgerCard : public QFrame {
    Q_OBJECT
public:
    explicit LedgerCard(QWidget* parent = nullptr);

    struct Shown {
        engine::DialectRow row = {};
        engine::LayerSpec spec = {};  ///< of the layer that is shown everywhere else
        engine::Geometry geometry = {};
        engine::Shape input = {};
        /// Its result cut otherwise, which can be laid over the layer's own; none: it cannot.
        std::optional<diagram::OtherCrop> other = {};
        bool is_laid_over = false;
    };
    void show(const Shown& shown);
    using QWidget::show;
    void setOpen(bool open);
    bool isOpen() const;
    CardHead* head() const { return m_head; }
    engine::Framework framework() const { return m_shown.row.framework; }

signals:
    void toggled(bool open);
    void pointedAt(const ui::diagram::Pointed& pointed);
    /// The layer's result and this one laid over each other; none: not any more.
    void layOverRequested(const std::optional<ui::diagram::OtherCrop>& other);

private:
    void makeDetails();
    void showDetails();
    void showSum(int axis, const engine::AxisSum& sum, const engine::Axis& of, words::Along along);
    QString text() const;

    struct Sum {
        QLabel* heading = nullptr;
        FormulaLabel* formula = nullptr;
        std::vector<diagram::Pointed> terms = {};
    };
    Shown m_shown;
    CardHead* m_head;
    QWidget* m_details = nullptr;  ///< made when first opened
    std::array<Sum, 2> m_sums;
    QLabel* m_call = nullptr;
    QLabel* m_remark = nullptr;
    QPushButton* m_layOver = nullptr;
    QPushButton* m_copyCode = nullptr;
};

}  // namespace ui::widgets
