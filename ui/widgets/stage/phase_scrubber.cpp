// SPDX-License-Identifier: MIT
// Layout, painting and input of the timeline's slider.
#include "ui/widgets/stage/phase_scrubber.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <QAccessible>
#include <QAccessibleWidget>
#include <QApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include "ui/widgets/stage/player.h"

namespace ui::widgets {

using diagram::Moment;

namespace {

constexpr double gap = 5;                // px between bars
constexpr double ring = 2;               // px of each of the focus ring's two colours
constexpr double roomy_step_width = 24;  // px from which a drag may stop inside a step

/// A slider whose value is the step and whose value text is the counter.
class ScrubberAccessible : public QAccessibleWidget, public QAccessibleValueInterface {
public:
    explicit ScrubberAccessible(PhaseScrubber* scrubber)
        : QAccessibleWidget(scrubber, QAccessible::Slider) {}

    QString text(QAccessible::Text kind) const override {
        if (kind == QAccessible::Value) return scrubber()->valueText();
        return QAccessibleWidget::text(kind);
    }
    void* interface_cast(QAccessible::InterfaceType type) override {
        if (type == QAccessible::ValueInterface)
            return static_cast<QAccessibleValueInterface*>(this);
        return QAccessibleWidget::interface_cast(type);
    }
    QVariant currentValue() const override { return scrubber()->step(); }
    void setCurrentValue(const QVariant& value) override { scrubber()->seek(value.toInt()); }
    QVariant minimumValue() const override { return 0; }
    QVariant maximumValue() const override { return scrubber()->stepCount(); }
    QVariant minimumStepSize() const override { return 1; }

private:
    PhaseScrubber* scrubber() const { return static_cast<PhaseScrubber*>(widget()); }
};

QAccessibleInterface* make_accessible(const QString& class_name, QObject* object) {
    if (class_name != QLatin1String(PhaseScrubber::staticMetaObject.className())) return nullptr;
    return new ScrubberAccessible(static_cast<PhaseScrubber*>(object));
}

}  // namespace

PhaseScrubber::PhaseScrubber(Player* player, QWidget* parent) : QWidget(parent), m_player(player) {
    QAccessible::installFactory(make_accessible);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Timeline"));
    setCursor(Qt::PointingHandCursor);
}

void PhaseScrubber::show(const std::vector<engine::Segment>& segments, const QStringList& names,
                         Moment moment, const QString& counter) {
    const bool same_phases = segments == m_segments && names == m_names;
    const bool same_step = same_phases && moment.step == m_moment.step && counter == m_counter;
    if (same_step && moment == m_moment) return;
    m_segments = segments;
    m_names = names;
    m_moment = moment;
    m_counter = counter;
    if (!same_phases) layOut();
    update();
    if (same_step || !QAccessible::isActive()) return;
    QAccessibleValueChangeEvent spoken(this, m_moment.step);
    QAccessible::updateAccessibility(&spoken);
}

int PhaseScrubber::stepCount() const {
    return m_bars.empty() ? 0 : m_bars.back().first + m_bars.back().count;
}

QString PhaseScrubber::valueText() const {
    const int current = currentSegment();
    if (current < 0 || current >= m_names.size()) return m_counter;
    return tr("%1, %2", "phase, counter").arg(m_names.at(current), m_counter);
}

void PhaseScrubber::seek(int step) { m_player->seek(step); }

int PhaseScrubber::currentSegment() const {
    if (m_bars.empty()) return -1;
    // The step just done, or the one that is moving.
    const double here = m_moment.step + m_moment.progress;
    for (std::size_t i = 0; i < m_bars.size(); ++i)
        if (here <= m_bars[i].first + m_bars[i].count) return static_cast<int>(i);
    return static_cast<int>(m_bars.size()) - 1;
}

double PhaseScrubber::barHeight() const { return std::max(6.0, fontMetrics().height() * 0.45); }
double PhaseScrubber::knobRadius() const { return barHeight() * 1.15; }

QFont PhaseScrubber::boldFont() const {
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    return bold;
}

/// Of each phase, with a gap behind it.
std::vector<double> PhaseScrubber::namesWidths() const {
    const QFontMetricsF metrics(boldFont());
    std::vector<double> widths;
    for (qsizetype i = 0; i < static_cast<qsizetype>(m_segments.size()); ++i) {
        const QString name = i < m_names.size() ? m_names.at(i) : QString();
        widths.push_back(metrics.horizontalAdvance(name) + metrics.averageCharWidth());
    }
    return widths;
}

int PhaseScrubber::namedWidth() const {
    const std::vector<double> names = namesWidths();
    const double gaps = gap * std::max(0.0, static_cast<double>(names.size()) - 1);
    return static_cast<int>(std::ceil(std::accumulate(names.begin(), names.end(), gaps) +
                                      2 * (knobRadius() + 2 * ring)));
}

/// Every bar gets the width of its name, the rest is shared by the square root of the steps: a
/// phase of a thousand steps is longer than one of a single step, yet leaves that one wide enough
/// to be hit. Where names do not fit, all of them are cut alike.
void PhaseScrubber::layOut() {
    m_bars.clear();
    const double edge = knobRadius() + 2 * ring;
    const auto count = static_cast<int>(m_segments.size());
    const double room = std::max(1.0, width() - 2 * edge - gap * std::max(0, count - 1));

    const std::vector<double> least = namesWidths();
    double roots = 0;
    for (const engine::Segment& segment : m_segments) roots += std::sqrt(segment.count);
    const double named = std::accumulate(least.begin(), least.end(), 0.0);

    double x = edge;
    int first = 0;
    for (std::size_t i = 0; i < m_segments.size(); ++i) {
        const double share = std::sqrt(m_segments[i].count) / std::max(roots, 1.0);
        const double length =
            named <= room ? least[i] + (room - named) * share : least[i] * room / named;
        const double y = edge - barHeight() / 2;
        m_bars.push_back({QRectF(x, y, length, barHeight()), first, m_segments[i].count});
        x += length + gap;
        first += m_segments[i].count;
    }
}

QRectF PhaseScrubber::barRect(int segment) const {
    return m_bars[static_cast<std::size_t>(segment)].rect;
}

QPointF PhaseScrubber::positionOf(Moment moment) const {
    if (m_bars.empty()) return QRectF(rect()).center();
    const double here = moment.step + moment.progress;
    for (const Bar& bar : m_bars) {
        if (here > bar.first + bar.count) continue;
        const double share = bar.count > 0 ? (here - bar.first) / bar.count : 1;
        return {bar.rect.left() + bar.rect.width() * share, bar.rect.center().y()};
    }
    return {m_bars.back().rect.right(), m_bars.back().rect.center().y()};
}

Moment PhaseScrubber::momentAt(QPointF point, bool between_steps) const {
    if (m_bars.empty()) return {};
    const auto hit = std::find_if(m_bars.begin(), m_bars.end(), [point](const Bar& bar) {
        return point.x() < bar.rect.right() + gap / 2;
    });
    if (hit == m_bars.end()) return {stepCount(), 0};
    const double share = std::clamp((point.x() - hit->rect.left()) / hit->rect.width(), 0.0, 1.0);
    const double steps = share * hit->count;
    const bool roomy = hit->count > 0 && hit->rect.width() / hit->count >= roomy_step_width;
    if (!between_steps || !roomy) return {hit->first + static_cast<int>(std::lround(steps)), 0};
    const double whole = std::floor(steps);
    return {hit->first + static_cast<int>(whole), steps - whole};
}

QSize PhaseScrubber::sizeHint() const {
    return {fontMetrics().averageCharWidth() * 56, minimumSizeHint().height()};
}

QSize PhaseScrubber::minimumSizeHint() const {
    const double height = 2 * (knobRadius() + 2 * ring) + QFontMetricsF(boldFont()).height() + 4;
    return {fontMetrics().averageCharWidth() * 24, static_cast<int>(std::ceil(height))};
}

bool PhaseScrubber::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int x = help->pos().x();
    for (std::size_t i = 0; i < m_bars.size(); ++i) {
        const QRectF& bar = m_bars[i].rect;
        if (x < bar.left() || x > bar.right() || static_cast<qsizetype>(i) >= m_names.size())
            continue;
        const QString steps = tr("%n step(s)", nullptr, m_bars[i].count);
        QToolTip::showText(
            help->globalPos(),
            tr("%1: %2", "phase: steps").arg(m_names.at(static_cast<qsizetype>(i)), steps), this,
            bar.toAlignedRect().adjusted(0, 0, 0, height()));
        return true;
    }
    QToolTip::hideText();
    return true;
}

void PhaseScrubber::paintEvent(QPaintEvent*) {
    const QColor ink = palette().color(QPalette::WindowText);
    const QColor ground = palette().color(QPalette::Window);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);

    const int current = currentSegment();
    const QPointF knob = positionOf(m_moment);
    const double round = barHeight() / 2;
    for (std::size_t i = 0; i < m_bars.size(); ++i) {
        const QRectF& bar = m_bars[i].rect;
        painter.setBrush(palette().color(QPalette::Mid));
        painter.drawRoundedRect(bar, round, round);
        QRectF done = bar;
        done.setRight(std::clamp(knob.x(), bar.left(), bar.right()));
        if (done.width() <= 0) continue;
        painter.setBrush(ink);
        painter.drawRoundedRect(done, std::min(round, done.width() / 2), round);
    }

    const double top = 2 * (knobRadius() + 2 * ring) + 2;
    for (std::size_t i = 0; i < m_bars.size(); ++i) {
        const auto index = static_cast<int>(i);
        if (index >= m_names.size()) continue;
        painter.setFont(index == current ? boldFont() : font());
        QColor colour = ink;
        if (index != current) colour.setAlphaF(0.72F);
        painter.setPen(colour);
        const QFontMetricsF metrics(painter.font());
        const double length = m_bars[i].rect.width();
        painter.drawText(QRectF(m_bars[i].rect.left(), top, length, height() - top),
                         Qt::AlignLeft | Qt::AlignTop,
                         metrics.elidedText(m_names.at(index), Qt::ElideRight, length));
    }
    if (m_bars.empty()) return;

    if (hasFocus()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(palette().color(QPalette::Highlight));
        painter.drawEllipse(knob, knobRadius() + 2 * ring, knobRadius() + 2 * ring);
        painter.setBrush(ground);
        painter.drawEllipse(knob, knobRadius() + ring, knobRadius() + ring);
    }
    painter.setPen(QPen(ink, std::max(2.0, barHeight() * 0.35)));
    painter.setBrush(ground);
    painter.drawEllipse(knob, knobRadius() - 1, knobRadius() - 1);
}

void PhaseScrubber::resizeEvent(QResizeEvent*) { layOut(); }

void PhaseScrubber::changeEvent(QEvent* event) {
    if (event->type() == QEvent::FontChange) {
        layOut();
        updateGeometry();
    }
    QWidget::changeEvent(event);
}

void PhaseScrubber::keyPressEvent(QKeyEvent* event) {
    const bool phase = event->modifiers().testFlag(Qt::ShiftModifier);
    if (event->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) return event->ignore();
    switch (event->key()) {
        case Qt::Key_Right:
        case Qt::Key_Up:
            return phase ? m_player->phaseForward() : m_player->stepForward();
        case Qt::Key_Left:
        case Qt::Key_Down:
            return phase ? m_player->phaseBack() : m_player->stepBack();
        case Qt::Key_Home:
            return m_player->first();
        case Qt::Key_End:
            return m_player->last();
        default:
            QWidget::keyPressEvent(event);
    }
}

void PhaseScrubber::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return event->ignore();
    m_pressed = event->position().toPoint();
    const bool on_name = event->position().y() > 2 * (knobRadius() + 2 * ring);
    if (!on_name) return m_player->seekTo(momentAt(event->position(), false));
    // A name leads to where its phase begins.
    for (const Bar& bar : m_bars)
        if (event->position().x() <= bar.rect.right() + gap / 2) return m_player->seek(bar.first);
}

void PhaseScrubber::mouseMoveEvent(QMouseEvent* event) {
    if (!event->buttons().testFlag(Qt::LeftButton)) return;
    const int moved = (event->position().toPoint() - m_pressed).manhattanLength();
    if (moved < QApplication::startDragDistance()) return;
    m_player->seekTo(momentAt(event->position(), !m_player->reducedMotion()));
}

void PhaseScrubber::wheelEvent(QWheelEvent* event) {
    m_wheel += event->angleDelta().y();
    const int notches = m_wheel / QWheelEvent::DefaultDeltasPerStep;
    m_wheel -= notches * QWheelEvent::DefaultDeltasPerStep;
    if (notches != 0) m_player->seek(m_moment.step - notches);
    event->accept();
}

}  // namespace ui::widgets
