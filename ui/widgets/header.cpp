// SPDX-License-Identifier: MIT
// One row where the width holds it, else two: nothing is cut at any size of window or text, and the
// title of the lesson is always there. First the program's name is given up, which the window has
// above, then undo and redo, which the menu has.
#include "ui/widgets/header.h"

#include <algorithm>
#include <array>

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
    m_inspector = addButton(actions.inspector);
    m_inspector->setObjectName(QStringLiteral("inspector_button"));
    m_rail = addButton(actions.rail);
    for (const auto& [button, action] :
         {std::pair(m_inspector, actions.inspector), std::pair(m_rail, actions.rail)}) {
        button->setCheckable(true);
        connect(action, &QAction::toggled, button, &QPushButton::setChecked);
    }
    m_export = addButton(actions.export_picture);
    set_button_role(m_export, ButtonRole::primary);
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

void Header::setFolded(bool inspector, bool rail) {
    m_inspector->setVisible(inspector);
    m_rail->setVisible(rail);
    placeAgain();
}

/// What the parts take, with the gaps behind them.
struct Header::Widths {
    int name, menus;
    int title;  ///< at least
    int readings;
    int buttons, history, exports;
};

namespace {
bool shown(const QWidget* widget) { return !widget->isHidden(); }
int width_of(const QPushButton* button) { return std::max(button->sizeHint().width(), scaled(60)); }
}  // namespace

Header::Widths Header::widths() const {
    Widths widths{};
    widths.name = m_name->sizeHint().width() + gap;
    widths.menus = m_menus->sizeHint().width() + gap;
    // The switch keeps its place whatever the title is, and whether the layer has one.
    widths.title = scaled(110) + gap;
    widths.readings = m_readings->sizeHint().width() + gap;
    for (const QPushButton* button : m_buttons) {
        if (isHistory(button))
            widths.history += width_of(button) + gap;
        else if (button == m_export)
            widths.exports += width_of(button) + gap;
        else if (shown(button))
            widths.buttons += width_of(button) + gap;
    }
    return widths;
}

int Header::buttonsWidth(const Plan& plan, const Widths& widths) {
    return widths.buttons + (plan.history ? widths.history : 0) +
           (plan.exports ? widths.exports : 0);
}

Header::Plan Header::planFor(int width, const Widths& widths) const {
    constexpr std::array plans{Plan{true, true, true},
                               Plan{true, false, true},
                               Plan{true, false, false},
                               Plan{false, true, true},
                               Plan{false, false, true},
                               Plan{false, false, false},
                               Plan{false, false, true, false},
                               Plan{false, false, false, false},
                               Plan{false, false, false, false, false}};
    const int room = width - 2 * margin + gap;
    for (const Plan plan : plans) {
        const int left = (plan.name ? widths.name : 0) + widths.menus + widths.title;
        const int buttons = buttonsWidth(plan, widths);
        const int first = left + (plan.one_row || plan.buttons_above ? buttons : 0) +
                          (plan.one_row ? widths.readings : 0);
        const int second = plan.one_row ? 0 : widths.readings + (plan.buttons_above ? 0 : buttons);
        if (first <= room && second <= room) return plan;
    }
    return plans.back();
}

int Header::place(int width, bool apply) const {
    const Widths wide = widths();
    const Plan plan = planFor(width, wide);
    const int first_row = plan.one_row ? line_height(52) : line_height(44);
    const bool has_second = !plan.one_row && (shown(m_readings) || !plan.buttons_above);
    const int height = first_row + (has_second ? line_height(42) : 0);
    if (!apply) return height;

    const auto put = [&](QWidget* widget, int x, int item_width, bool above) {
        const int item_height = widget->sizeHint().height();
        const int top = above ? (first_row - item_height) / 2
                              : first_row + (line_height(42) - item_height) / 2 - 3;
        widget->setGeometry(
            QStyle::visualRect(layoutDirection(), rect(), QRect(x, top, item_width, item_height)));
    };
    int x = margin;
    m_name->setVisible(plan.name);
    if (plan.name) {
        put(m_name, x, wide.name - gap, true);
        x += wide.name;
    }
    // The words of the menus stand where the words below them do.
    put(m_menus, plan.name ? x : x - scaled(8), wide.menus - gap, true);
    x += wide.menus;

    const int buttons_left = width - margin + gap - buttonsWidth(plan, wide);
    int button_x = buttons_left;
    for (QPushButton* button : m_buttons) {
        if (isHistory(button)) button->setVisible(plan.history);
        if (button == m_export) button->setVisible(plan.exports);
        if (!shown(button)) continue;
        put(button, button_x, width_of(button), plan.buttons_above);
        button_x += width_of(button) + gap;
    }

    int title_end = plan.buttons_above ? buttons_left - gap : width - margin;
    const int right = plan.one_row || !plan.buttons_above ? buttons_left - gap : width - margin;
    const int left = plan.one_row ? x + wide.title : margin;
    const int reading_width = std::min(std::max(wide.readings - gap, scaled(330)), right - left);
    // In the middle, or further on for a usual title; the same for every one.
    const int middle = std::max((width - reading_width) / 2, x + scaled(210));
    const int start = plan.one_row ? std::clamp(middle, left, right - reading_width) : left;
    if (shown(m_readings)) {
        put(m_readings, start, reading_width, plan.one_row);
        if (plan.one_row) title_end = start - gap;
    }
    const int title_width = std::max(title_end - x - gap, 0);
    m_title->setText(m_title->fontMetrics().elidedText(m_fullTitle, Qt::ElideRight, title_width));
    m_title->setToolTip(m_fullTitle);
    put(m_title, x + gap, title_width, true);
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
