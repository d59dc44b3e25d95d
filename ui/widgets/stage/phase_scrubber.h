// SPDX-License-Identifier: MIT
// The timeline's slider: one bar a phase with its name below, and a knob at the present moment.
#pragma once

#include <vector>

#include <QStringList>
#include <QWidget>

#include "engine/lessons/trace.h"
#include "ui/diagram/view.h"

namespace ui::widgets {

class Player;

/// Time runs from left to right in every language, as on every player.
class PhaseScrubber : public QWidget {
    Q_OBJECT
public:
    explicit PhaseScrubber(Player* player, QWidget* parent = nullptr);

    void show(const std::vector<engine::Segment>& segments, const QStringList& names,
              diagram::Moment moment, const QString& counter);
    using QWidget::show;

    int stepCount() const;
    int step() const { return m_moment.step; }
    QString valueText() const;  ///< phase and counter, as spoken
    void seek(int step);

    /// Where a phase is drawn, and the moment a point means: a step, or inside one where a step is
    /// wide.
    QRectF barRect(int segment) const;
    QPointF positionOf(diagram::Moment moment) const;
    diagram::Moment momentAt(QPointF point, bool between_steps) const;
    int currentSegment() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    int namedWidth() const;  ///< from which on every phase can be named in full

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    struct Bar {
        QRectF rect;
        int first = 0;  ///< steps done before it
        int count = 0;
    };
    void layOut();
    std::vector<double> namesWidths() const;
    double barHeight() const;
    double knobRadius() const;
    QFont boldFont() const;

    Player* m_player;
    std::vector<engine::Segment> m_segments;
    QStringList m_names;
    diagram::Moment m_moment;
    QString m_counter;
    std::vector<Bar> m_bars;
    QPoint m_pressed;
    int m_wheel = 0;  ///< eighths of a degree not yet spent
};

}  // namespace ui::widgets
