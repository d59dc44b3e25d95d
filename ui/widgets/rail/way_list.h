// SPDX-License-Identifier: MIT
// Ways from size to size as rows: the setting, how its stamps lie, and what it costs. A row is
// taken by a click or Enter, two that are pinned are compared.
#pragma once

#include <optional>
#include <vector>

#include <QListView>

#include "engine/frameworks/design.h"

namespace ui::widgets {

class WayModel;

class WayList : public QListView {
    Q_OBJECT
    Q_PROPERTY(QColor good MEMBER m_good)  ///< of a verdict that agrees: the style sheet's
public:
    explicit WayList(QWidget* parent = nullptr);
    /// `current`: the layers that are on the stage; the way that is the same is marked. Layers are
    /// in the words of a framework that is kept to.
    void show(const std::vector<engine::Way>& ways, std::optional<engine::Framework> framework,
              const std::vector<engine::LayerSpec>& current);
    using QWidget::show;
    void setCurrent(const std::vector<engine::LayerSpec>& current);
    void pin(int row);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void taken(const std::vector<engine::LayerSpec>& layers);
    void compared(const std::vector<engine::LayerSpec>& first,
                  const std::vector<engine::LayerSpec>& second);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;

private:
    QRect pinRect(const QModelIndex& index) const;
    void take(int row);

    QColor m_good;
    WayModel* m_model;
};

}  // namespace ui::widgets
