// SPDX-License-Identifier: MIT
// Says that something takes long, how far it is, and offers to begin or to stop it.
#pragma once

#include <QFrame>

#include "ui/document/presenter.h"

class QLabel;
class QProgressBar;
class QPushButton;
class QTimer;

namespace ui::widgets {

/// Short work is not spoken of: the banner comes when half a second has passed.
class WorkBanner : public QFrame {
    Q_OBJECT
public:
    explicit WorkBanner(QWidget* parent = nullptr);

    /// `products`: multiply-adds of what is or would be computed.
    void show(document::Presenter::Activity activity, double expectedSeconds,
              std::int64_t products);
    using QWidget::show;
    void setProgress(double done);  ///< 0 to 1
    QString sentence() const;

signals:
    void computeRequested();
    void stopRequested();

private:
    QLabel* m_text;
    QProgressBar* m_progress;
    QPushButton* m_button;
    QTimer* m_patience;
    document::Presenter::Activity m_activity = document::Presenter::Activity::none;
    bool m_asks = true;
};

}  // namespace ui::widgets
