// SPDX-License-Identifier: MIT
// Buttons, scrubber with named phases, counter and speed: the timeline at the bottom.
#pragma once

#include <memory>

#include <QWidget>

#include "engine/lessons/trace.h"
#include "ui/diagram/view.h"

namespace ui::widgets {

class Player;

/// One row where there is room, else the scrubber above the rest (heightForWidth says so to a box
/// layout).
class TransportBar : public QWidget {
    Q_OBJECT
public:
    explicit TransportBar(Player* player, QWidget* parent = nullptr);
    ~TransportBar() override;

    /// Phases with their translated names; `counter` says what the present step counted.
    void show(const std::vector<engine::Segment>& segments, const QStringList& phaseNames,
              diagram::Moment moment, const QString& counter);
    using QWidget::show;

    enum class Height {
        ample,
        low,   ///< steps are rather left to keys and scrubber than a second row taken
        least  ///< speed, pauses and loop, too: the Play menu has them
    };
    void setHeight(Height height);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    bool event(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void showPlayer();
    void setFonts();
    void layOut();
    void settle();

    struct Private;
    std::unique_ptr<Private> d;
};

}  // namespace ui::widgets
