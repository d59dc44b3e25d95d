// SPDX-License-Identifier: MIT
// Puts the parts of the middle column together and listens to the player's keys in it.
#include "ui/widgets/stage/stage_area.h"

#include <algorithm>

#include <QCoreApplication>
#include <QEvent>
#include <QKeyEvent>
#include <QPushButton>
#include <QShortcut>
#include <QStyle>
#include <QVBoxLayout>

#include "ui/widgets/canvas/canvas.h"
#include "ui/widgets/controls/style.h"
#include "ui/widgets/stage/banner.h"
#include "ui/widgets/stage/player.h"
#include "ui/widgets/stage/transport_bar.h"
#include "ui/widgets/stage/work_banner.h"

namespace ui::widgets {

namespace {
QSize sizeOf(const QPushButton& button) { return button.sizeHint() + QSize(scaled(12), 0); }
}  // namespace

StageArea::StageArea(Canvas* canvas, Player* player, QWidget* parent)
    : QWidget(parent), m_canvas(canvas), m_player(player) {
    set_ground(this, Ground::paper);
    m_work = new WorkBanner(this);
    set_ground(m_work, Ground::panel);
    m_notes = new NotesBanner(this);
    set_ground(m_notes, Ground::panel);
    m_divider = make_divider(this);
    m_transport = new TransportBar(player, this);
    set_ground(m_transport, Ground::panel);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_work);
    m_strip = new QSpacerItem(0, 0, QSizePolicy::Minimum, QSizePolicy::Fixed);
    column->addItem(m_strip);
    column->addWidget(m_canvas, 1);
    column->addWidget(m_notes);
    column->addWidget(m_divider);
    column->addWidget(m_transport);

    addSwitches();

    m_message = new MessageBanner(this);
    m_blank = new QWidget(this);
    m_blank->setObjectName(QStringLiteral("blank"));
    m_blank->setAttribute(Qt::WA_StyledBackground);
    m_blank->setFocusPolicy(Qt::StrongFocus);
    m_blank->setAccessibleName(tr("The stage is covered; any key uncovers it"));
    m_blank->installEventFilter(this);
    m_canvas->installEventFilter(this);
    m_blank->hide();
    addKeys();
}

void StageArea::addSwitches() {
    for (const diagram::ReadingDefinition* reading : diagram::all_readings()) {
        for (const diagram::ReadingSwitch& one : reading->switches) {
            auto* button = new QPushButton(QCoreApplication::translate("Stage", one.text), this);
            button->setObjectName(
                QString::fromUtf8(one.key.data(), static_cast<qsizetype>(one.key.size())));
            set_button_role(button, ButtonRole::weight_pill);
            button->setCheckable(true);
            button->setToolTip(QCoreApplication::translate("Stage", one.explanation));
            button->hide();
            connect(button, &QPushButton::clicked, this, [this, &one](bool pressed) {
                emit switched(one, pressed == one.when_pressed);
            });
            m_switches.emplace_back(&one, button);
        }
    }
}

void StageArea::addKeys() {
    // Bound to this column, so that the same keys still edit in the inspector; a grid that has the
    // keyboard claims them for itself. Space is not among them: it presses the button in focus.
    const auto bind = [this](std::initializer_list<QKeySequence> keys, auto slot) {
        for (const QKeySequence& key : keys) {
            auto* shortcut = new QShortcut(key, this);
            shortcut->setContext(Qt::WidgetWithChildrenShortcut);
            connect(shortcut, &QShortcut::activated, m_player, slot);
        }
    };
    bind({Qt::Key_Right, Qt::Key_PageDown}, &Player::stepForward);
    bind({Qt::Key_Left, Qt::Key_PageUp}, &Player::stepBack);
    bind({Qt::SHIFT | Qt::Key_Right}, &Player::phaseForward);
    bind({Qt::SHIFT | Qt::Key_Left}, &Player::phaseBack);
    bind({Qt::Key_Home}, &Player::first);
    bind({Qt::Key_End}, &Player::last);
    bind({Qt::Key_Plus, Qt::Key_Equal}, &Player::faster);
    bind({Qt::Key_Minus}, &Player::slower);
    for (const QKeySequence& key : {QKeySequence(Qt::Key_B), QKeySequence(Qt::Key_Period)}) {
        auto* shortcut = new QShortcut(key, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, &StageArea::toggleBlank);
    }
}

void StageArea::showSwitches(const std::vector<const diagram::ReadingSwitch*>& offered,
                             const diagram::View& view) {
    for (const auto& [one, button] : m_switches) {
        button->setVisible(std::ranges::find(offered, one) != offered.end());
        button->setChecked(view.*one->value == one->when_pressed);
    }
    if (!offered.empty()) placeOverlays();
}

void StageArea::setReading(const diagram::ReadingDefinition& reading) {
    if (m_hasSwitches == !reading.switches.empty()) return;
    m_hasSwitches = !reading.switches.empty();
    placeOverlays();
}

void StageArea::setPlayable(bool playable) {
    m_divider->setVisible(playable);
    m_transport->setVisible(playable);
}

void StageArea::toggleBlank() {
    const bool cover = m_blank->isHidden();
    m_blank->setVisible(cover);
    if (cover) {
        placeOverlays();
        m_blank->raise();
        m_blank->setFocus();
    } else {
        m_canvas->setFocus();
    }
}

void StageArea::resizeEvent(QResizeEvent*) {
    constexpr int low = 620;
    m_notes->words()->setLow(height() < scaled(low));
    constexpr int very_low = 480;
    constexpr int lowest = 330;
    m_transport->setHeight(height() < scaled(lowest)     ? TransportBar::Height::least
                           : height() < scaled(very_low) ? TransportBar::Height::low
                                                         : TransportBar::Height::ample);
    placeOverlays();
}

/// Switches stand at the end of the picture's title where that leaves room, else above it; where
/// height is short they lie over the end of the picture, which scrolls there.
void StageArea::placeOverlays() {
    m_blank->setGeometry(rect());
    int wide = 0;
    int high = 0;
    for (const auto& [one, button] : m_switches) {
        wide = std::max(wide, sizeOf(*button).width());
        high = std::max(high, sizeOf(*button).height());
    }
    // A usual title, which grows less than the text (draw_heading).
    constexpr double title = 600;
    const double scale = text_scale();
    const bool beside = width() >= title * (1.2 - 0.2 * scale) * scale + wide + scaled(30);
    const bool is_low = height() < scaled(400);
    const int strip = m_hasSwitches && !beside && !is_low ? high + scaled(8) : 0;
    if (m_strip->sizeHint().height() != strip) {
        m_strip->changeSize(0, strip, QSizePolicy::Minimum, QSizePolicy::Fixed);
        layout()->invalidate();
    }
    const int margin = scaled(14);
    const int top = beside   ? m_canvas->y() + margin
                    : is_low ? m_canvas->geometry().bottom() - high - scaled(8)
                             : m_canvas->y() - high;
    int end = width() - margin;
    QRect free = m_canvas->geometry();
    for (const auto& [one, button] : m_switches) {
        if (button->isHidden()) continue;
        if (!beside && is_low) free.setBottom(top);  // what is said does not cover them
        const QSize needs = sizeOf(*button);
        end -= needs.width();
        button->setGeometry(QStyle::visualRect(layoutDirection(), rect(),
                                               QRect(end, top, needs.width(), needs.height())));
        end -= scaled(8);
    }
    m_message->place(free);
}

void StageArea::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Space && event->modifiers() == Qt::NoModifier)
        m_player->toggle();
    else
        QWidget::keyPressEvent(event);
}

bool StageArea::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_canvas && (event->type() == QEvent::Move || event->type() == QEvent::Resize))
        placeOverlays();
    if (watched == m_blank) {
        // Claimed before the shortcuts see it: the key that uncovers does nothing else.
        if (event->type() == QEvent::ShortcutOverride) event->accept();
        if (event->type() == QEvent::KeyPress || event->type() == QEvent::MouseButtonPress) {
            toggleBlank();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

}  // namespace ui::widgets
