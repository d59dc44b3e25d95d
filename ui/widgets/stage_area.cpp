// SPDX-License-Identifier: MIT
// Puts the parts of the middle column together and listens to the player's keys in it.
#include "ui/widgets/stage_area.h"

#include <algorithm>

#include <QEvent>
#include <QKeyEvent>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

#include "ui/widgets/banner.h"
#include "ui/widgets/canvas.h"
#include "ui/widgets/player.h"
#include "ui/widgets/style.h"
#include "ui/widgets/transport_bar.h"
#include "ui/widgets/work_banner.h"

namespace ui::widgets {

StageArea::StageArea(Canvas* canvas, Player* player, QWidget* parent)
    : QWidget(parent), m_canvas(canvas), m_player(player) {
    set_ground(this, Ground::paper);
    m_problem = new ProblemBanner(this);
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
    column->addWidget(m_problem);
    column->addWidget(m_work);
    column->addWidget(m_canvas, 1);
    column->addWidget(m_notes);
    column->addWidget(m_divider);
    column->addWidget(m_transport);

    m_turn = new QPushButton(tr("Don't turn"), this);
    m_turn->setObjectName(QStringLiteral("turn_switch"));
    set_button_role(m_turn, ButtonRole::weight_pill);
    m_turn->setCheckable(true);
    m_turn->setToolTip(tr("Shows what the sliding window paints with the kernel as it is stored"));
    m_turn->hide();
    connect(m_turn, &QPushButton::clicked, this,
            [this](bool unturned) { emit turnChosen(!unturned); });

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

void StageArea::showTurnSwitch(bool offered, bool turned) {
    m_turn->setVisible(offered);
    m_turn->setChecked(!turned);
    if (offered) placeOverlays();
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

void StageArea::resizeEvent(QResizeEvent*) { placeOverlays(); }

void StageArea::placeOverlays() {
    m_blank->setGeometry(rect());
    const int margin = scaled(14);
    const QSize turn = m_turn->sizeHint();
    m_turn->setGeometry(isRightToLeft() ? margin : width() - margin - turn.width() - scaled(12),
                        m_canvas->y() + scaled(14), turn.width() + scaled(12), turn.height());
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
