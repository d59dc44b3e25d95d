// SPDX-License-Identifier: MIT
// Buttons, scrubber with named phases, counter and speed: the timeline at the bottom.
#pragma once

#include <memory>

#include <QWidget>

#include "engine/trace.h"
#include "ui/diagram/view.h"

namespace ui::widgets {

class Player;

class TransportBar : public QWidget {
    Q_OBJECT
public:
    explicit TransportBar(Player* player, QWidget* parent = nullptr);
    ~TransportBar() override;

    /// Phases with their translated names; `counter` says what the present step counted.
    void show(const std::vector<engine::Segment>& segments, const QStringList& phaseNames,
              diagram::Moment moment, const QString& counter);
    using QWidget::show;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

}  // namespace ui::widgets
