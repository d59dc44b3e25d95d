// SPDX-License-Identifier: MIT
// One row where the width holds it, else two: nothing is cut at any size of window or text.
#include "ui/widgets/header.h"

#include <algorithm>

#include <QAction>
#include <QEvent>
#include <QLabel>
#include <QMenuBar>
#include <QPainter>
#include <QPushButton>
#include <QStyle>

#include "ui/widgets/segmented.h"
#include "ui/widgets/style.h"

namespace ui::widgets {

namespace {
constexpr int margin = 20;
constexpr int gap = 8;
}  // namespace

Header::Header(QMenuBar* menus, const HeaderActions& actions, QWidget* parent)
    : QWidget(parent), m_menus(menus) {
    set_ground(this, Ground::panel);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);

    m_name = make_label(QStringLiteral("Stridescope"), TextRole::wordmark, this);
    m_menus->setParent(this);
    m_title = make_label(QString(), TextRole::soft, this);
    m_title->setWordWrap(false);
    m_title->setObjectName(QStringLiteral("lesson_title"));
    m_readings = new Segmented({tr("Stamp"), tr("Slide"), tr("Why equal")}, this);
    m_readings->setObjectName(QStringLiteral("readings"));
    connect(m_readings, &Segmented::chosen, this,
            [this](int index) { emit readingChosen(static_cast<engine::Reading>(index)); });

    addButton(actions.undo);
    addButton(actions.redo);
    m_rail = addButton(actions.rail);
    m_rail->setCheckable(true);
    connect(actions.rail, &QAction::toggled, m_rail, &QPushButton::setChecked);
    set_button_role(addButton(actions.export_picture), ButtonRole::primary);
}

QPushButton* Header::addButton(QAction* action) {
    auto* button = new QPushButton(this);
    button->setFocusPolicy(Qt::TabFocus);
    const auto follow = [button, action] {
        // iconText is the short form without mnemonic and shortcut.
        button->setText(action->iconText());
        button->setToolTip(action->toolTip());
        button->setEnabled(action->isEnabled());
    };
    follow();
    connect(action, &QAction::changed, button, follow);
    connect(button, &QPushButton::clicked, action, [action] { action->trigger(); });
    m_buttons.push_back(button);
    return button;
}

void Header::show(const QString& title, std::optional<engine::Reading> reading) {
    m_fullTitle = title;
    m_readings->setVisible(reading.has_value());
    if (reading) m_readings->show(static_cast<int>(*reading));
    updateGeometry();
    place(width(), true);
}

void Header::setRailFolded(bool folded) {
    m_rail->setVisible(folded);
    updateGeometry();
    place(width(), true);
}

int Header::place(int width, bool apply) const {
    const int row = scaled(56);
    const auto shown = [](const QWidget* widget) { return !widget->isHidden(); };
    const int name_width = m_name->sizeHint().width();
    const int menus_width = m_menus->sizeHint().width();
    const int readings_width =
        shown(m_readings) ? std::max(m_readings->sizeHint().width(), scaled(252)) : 0;
    int buttons_width = 0;
    for (const QPushButton* button : m_buttons)
        if (shown(button)) buttons_width += std::max(button->sizeHint().width(), scaled(60)) + gap;
    const int left_width = margin + name_width + gap + menus_width + gap;
    const bool one_row = left_width + readings_width + gap + buttons_width + margin <= width;
    const bool buttons_above = one_row || left_width + buttons_width + margin <= width;
    const int height = one_row ? row : row + scaled(46);
    if (!apply) return height;

    const bool mirrored = isRightToLeft();
    const auto put = [&](QWidget* widget, int x, int top, int item_width, int item_height,
                         int row_height) {
        const QRect place(x, top + (row_height - item_height) / 2, item_width, item_height);
        widget->setGeometry(mirrored ? QStyle::visualRect(Qt::RightToLeft, rect(), place) : place);
    };
    put(m_name, margin, 0, name_width, m_name->sizeHint().height(), row);
    const int room_for_menus = width - margin - name_width - 2 * gap;
    put(m_menus, margin + name_width + gap, 0, std::min(menus_width, room_for_menus),
        m_menus->sizeHint().height(), row);

    const int second = row - scaled(5), second_row = scaled(46);
    int x = width - margin - buttons_width + gap;
    const int buttons_left = buttons_above ? x : width;
    for (QPushButton* button : m_buttons) {
        if (!shown(button)) continue;
        const int button_width = std::max(button->sizeHint().width(), scaled(60));
        put(button, x, buttons_above ? 0 : second, button_width, button->sizeHint().height(),
            buttons_above ? row : second_row);
        x += button_width + gap;
    }

    // The reading stands in the middle if it can, so that it does not move with the title.
    int title_end = buttons_left - gap;
    if (shown(m_readings)) {
        const int wanted = std::max(readings_width, std::min(scaled(330), width / 3));
        if (one_row) {
            const int room_right = buttons_left - gap - left_width;
            const int reading_width = std::min(wanted, room_right);
            const int start = std::clamp((width - reading_width) / 2, left_width,
                                         buttons_left - gap - reading_width);
            put(m_readings, start, 0, reading_width, m_readings->sizeHint().height(), row);
            title_end = start - gap;
        } else {
            const int free_width =
                buttons_above ? width - 2 * margin : x - margin - buttons_width - margin;
            put(m_readings, margin, second, std::min(wanted, std::max(free_width, readings_width)),
                m_readings->sizeHint().height(), second_row);
        }
    }
    const int title_width = title_end - left_width - gap;
    m_title->setVisible(title_width > scaled(60));
    m_title->setText(m_title->fontMetrics().elidedText(m_fullTitle, Qt::ElideRight, title_width));
    m_title->setToolTip(m_fullTitle);
    put(m_title, left_width + gap, 0, std::max(title_width, 0), m_title->sizeHint().height(), row);
    return height;
}

int Header::heightForWidth(int width) const { return place(width, false); }
QSize Header::sizeHint() const { return {scaled(1000), place(std::max(width(), 1), false)}; }
QSize Header::minimumSizeHint() const { return {scaled(300), sizeHint().height()}; }

void Header::resizeEvent(QResizeEvent*) {
    place(width(), true);
    updateGeometry();
}

bool Header::event(QEvent* event) {
    if ((event->type() == QEvent::LayoutRequest || event->type() == QEvent::StyleChange ||
         event->type() == QEvent::LayoutDirectionChange) &&
        !m_placing) {
        m_placing = true;
        updateGeometry();
        place(width(), true);
        m_placing = false;
    }
    return QWidget::event(event);
}

void Header::paintEvent(QPaintEvent* event) {
    QWidget::paintEvent(event);
    QPainter painter(this);
    painter.fillRect(0, height() - 1, width(), 1, palette().color(QPalette::Mid));
}

}  // namespace ui::widgets
