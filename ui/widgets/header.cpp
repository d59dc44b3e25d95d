// SPDX-License-Identifier: MIT
// One row where the width holds it, else two: nothing is cut at any size of window or text.
#include "ui/widgets/header.h"

#include <algorithm>

#include <QAction>
#include <QCoreApplication>
#include <QEvent>
#include <QLabel>
#include <QMenuBar>
#include <QPainter>
#include <QPushButton>
#include <QStyle>

#include "ui/widgets/controls/segmented.h"
#include "ui/widgets/controls/style.h"

namespace ui::widgets {

namespace {
constexpr int margin = 20;
constexpr int gap = 8;

QStringList names_of(const std::vector<const diagram::ReadingDefinition*>& readings) {
    QStringList names;
    for (const auto* reading : readings)
        names << QCoreApplication::translate("Stage", reading->name);
    return names;
}

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
    m_choice = diagram::named_readings();
    m_readings = new Segmented(names_of(m_choice), this);
    m_readings->setObjectName(QStringLiteral("readings"));
    connect(m_readings, &Segmented::chosen, this, [this](int index) {
        emit readingChosen(m_choice[static_cast<std::size_t>(index)]->steps);
    });

    m_undo = addButton(actions.undo);
    m_redo = addButton(actions.redo);
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

void Header::show(const QString& title,
                  const std::vector<const diagram::ReadingDefinition*>& choice,
                  engine::Reading reading) {
    m_fullTitle = title;
    m_readings->setVisible(!choice.empty());
    if (!choice.empty()) {
        if (choice != m_choice) m_readings->setOptions(names_of(choice));
        m_choice = choice;
        const auto chosen = std::ranges::find(choice, reading, &diagram::ReadingDefinition::steps);
        m_readings->show(static_cast<int>(chosen - choice.begin()));
    }
    placeAgain();
}

void Header::setRailFolded(bool folded) {
    m_rail->setVisible(folded);
    placeAgain();
}

int Header::place(int width, bool apply) const {
    const auto shown = [](const QWidget* widget) { return !widget->isHidden(); };
    const auto width_of = [](const QPushButton* button) {
        return std::max(button->sizeHint().width(), scaled(60));
    };
    const int name_width = m_name->sizeHint().width();
    const int menus_width = m_menus->sizeHint().width();
    const int readings_width = shown(m_readings) ? m_readings->sizeHint().width() : 0;
    const int left_width = margin + name_width + gap + menus_width + gap;
    const auto width_of_all = [&](bool with_history) {
        int sum = margin - gap;
        for (const QPushButton* button : m_buttons)
            if ((shown(button) || isHistory(button)) && (with_history || !isHistory(button)))
                sum += width_of(button) + gap;
        return sum;
    };
    const bool one_row = left_width + readings_width + gap + width_of_all(true) <= width;
    // Where even two rows are short of room, undo and redo are left to the menu and their keys.
    const bool history = one_row || margin + readings_width + gap + width_of_all(true) <= width;
    const int buttons_width = width_of_all(history);
    const bool buttons_above = one_row || left_width + buttons_width <= width;
    const int first_row = one_row ? scaled(56) : scaled(46);
    const int second_row = one_row || (buttons_above && !shown(m_readings)) ? 0 : scaled(42);
    const int height = first_row + second_row;
    if (!apply) return height;

    const auto put = [&](QWidget* widget, int x, int item_width, bool above) {
        const int item_height = widget->sizeHint().height();
        const int top = above ? (first_row - item_height) / 2
                              : first_row + (second_row - item_height) / 2 - scaled(3);
        widget->setGeometry(
            QStyle::visualRect(layoutDirection(), rect(), QRect(x, top, item_width, item_height)));
    };
    put(m_name, margin, name_width, true);
    put(m_menus, margin + name_width + gap,
        std::min(menus_width, width - margin - name_width - 2 * gap), true);

    int x = width - buttons_width;
    const int buttons_left = x;
    for (QPushButton* button : m_buttons) {
        if (isHistory(button)) button->setVisible(history);
        if (!shown(button)) continue;
        put(button, x, width_of(button), buttons_above);
        x += width_of(button) + gap;
    }

    int title_end = buttons_above ? buttons_left - gap : width - margin;
    if (shown(m_readings)) {
        const int wanted = std::max(readings_width, scaled(330));
        const int left = one_row ? left_width : margin;
        const int right = one_row || !buttons_above ? buttons_left - gap : width - margin;
        const int reading_width = std::min(wanted, right - left);
        // Nothing that is shown moves it: the title takes what is left.
        const int start =
            one_row ? std::clamp((width - reading_width) / 2, left, right - reading_width) : left;
        put(m_readings, start, reading_width, one_row);
        if (one_row) title_end = start - gap;
    }
    const int title_width = title_end - left_width - gap;
    m_title->setVisible(title_width > scaled(60));
    m_title->setText(m_title->fontMetrics().elidedText(m_fullTitle, Qt::ElideRight, title_width));
    m_title->setToolTip(m_fullTitle);
    put(m_title, left_width + gap, std::max(title_width, 0), true);
    return height;
}

bool Header::isHistory(const QPushButton* button) const {
    return button == m_undo || button == m_redo;
}

int Header::heightForWidth(int width) const { return place(width, false); }
QSize Header::sizeHint() const { return {scaled(1000), heightForWidth(std::max(width(), 1))}; }
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
        placeAgain();
        m_placing = false;
    }
    return QWidget::event(event);
}

void Header::placeAgain() {
    updateGeometry();
    // Before it is polished its words have no style yet; showing then resizes it.
    if (testAttribute(Qt::WA_WState_Polished)) place(width(), true);
}

void Header::paintEvent(QPaintEvent* event) {
    QWidget::paintEvent(event);
    QPainter painter(this);
    painter.fillRect(0, height() - 1, width(), 1, palette().color(QPalette::Mid));
}

}  // namespace ui::widgets
