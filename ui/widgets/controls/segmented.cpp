// SPDX-License-Identifier: MIT
// Lays the words side by side, or one below the other where the width does not hold them.
#include "ui/widgets/controls/segmented.h"

#include <algorithm>
#include <numeric>

#include <QButtonGroup>
#include <QEvent>
#include <QFontMetrics>
#include <QPainter>
#include <QPushButton>
#include <QStyle>

#include "ui/widgets/controls/style.h"

namespace ui::widgets {

namespace {
constexpr int inset = 2;  // between the frame and the raised ground
}

Segmented::Segmented(const QStringList& options, QWidget* parent)
    : QWidget(parent), m_group(new QButtonGroup(this)) {
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setOptions(options);
    connect(m_group, &QButtonGroup::idClicked, this, &Segmented::chosen);
}

void Segmented::setOptions(const QStringList& options) {
    while (m_buttons.size() > static_cast<std::size_t>(options.size())) {
        delete m_buttons.back();
        m_buttons.pop_back();
    }
    while (m_buttons.size() < static_cast<std::size_t>(options.size())) {
        auto* button = new QPushButton(this);
        set_button_role(button, ButtonRole::segment);
        button->setCheckable(true);
        button->setAutoDefault(false);   // Enter is the dialog's
        button->setAutoExclusive(true);  // the group sees to it; this tells screen readers
        button->installEventFilter(this);
        m_group->addButton(button, static_cast<int>(m_buttons.size()));
        m_buttons.push_back(button);
        button->show();
    }
    for (std::size_t i = 0; i < m_buttons.size(); ++i)
        m_buttons[i]->setText(options[static_cast<qsizetype>(i)]);
    updateGeometry();
    arrange();
}

void Segmented::show(int index) {
    const bool known = index >= 0 && index < static_cast<int>(m_buttons.size());
    if (known) {
        m_buttons[static_cast<std::size_t>(index)]->setChecked(true);
    } else if (m_group->checkedButton() != nullptr) {
        m_group->setExclusive(false);
        m_group->checkedButton()->setChecked(false);
        m_group->setExclusive(true);
    }
    // Tab leads to the chosen word, arrows lead on to the others; a click leaves the keyboard where
    // it is.
    const QAbstractButton* entered = known ? m_group->checkedButton() : m_group->button(0);
    for (QPushButton* button : m_buttons)
        button->setFocusPolicy(button == entered ? Qt::TabFocus : Qt::NoFocus);
    update();
}

QPushButton* Segmented::button(int index) const {
    return m_buttons[static_cast<std::size_t>(index)];
}

int Segmented::rowHeight() const {
    int height = 0;
    for (const QPushButton* button : m_buttons)
        height = std::max(height, button->sizeHint().height());
    return height;
}

std::vector<int> Segmented::widths() const {
    // The chosen word is bold: every word is given the room it needs when it is chosen.
    std::vector<int> widths;
    for (const QPushButton* button : m_buttons) {
        QFont bold = button->font();
        bold.setWeight(QFont::DemiBold);
        widths.push_back(QFontMetrics(bold).horizontalAdvance(button->text()) + scaled(14));
    }
    return widths;
}

int Segmented::rowWidth() const {
    const std::vector<int> all = widths();
    return std::accumulate(all.begin(), all.end(), 2 * inset);
}

int Segmented::heightForWidth(int width) const {
    const int rows = width >= rowWidth() ? 1 : static_cast<int>(m_buttons.size());
    return rows * rowHeight() + 2 * inset;
}

QSize Segmented::sizeHint() const { return {rowWidth(), rowHeight() + 2 * inset}; }

QSize Segmented::minimumSizeHint() const {
    const std::vector<int> all = widths();
    const int widest = all.empty() ? 0 : *std::max_element(all.begin(), all.end());
    return {widest + 2 * inset, rowHeight() + 2 * inset};
}

void Segmented::arrange() {
    const int count = static_cast<int>(m_buttons.size());
    // Before it is polished its words have no style yet; showing then resizes it.
    if (count == 0 || !testAttribute(Qt::WA_WState_Polished)) return;
    const QRect room = rect().adjusted(inset, inset, -inset, -inset);
    const std::vector<int> needed = widths();
    const int spare = width() - rowWidth();
    // Equal shares if every word fits its share, else to each what it needs and a part of the rest.
    const bool equal = *std::max_element(needed.begin(), needed.end()) * count <= room.width();
    int x = room.left();
    for (int i = 0; i < count; ++i) {
        QRect slot(room.left(), room.top() + room.height() * i / count, room.width(),
                   room.height() / count);
        if (spare >= 0) {
            const int end = equal ? room.left() + room.width() * (i + 1) / count
                                  : x + needed[static_cast<std::size_t>(i)] +
                                        spare * (i + 1) / count - spare * i / count;
            slot = QStyle::visualRect(layoutDirection(), rect(),
                                      QRect(x, room.top(), end - x, room.height()));
            x = end;
        }
        m_buttons[static_cast<std::size_t>(i)]->setGeometry(slot);
    }
    update();
}

void Segmented::resizeEvent(QResizeEvent*) { arrange(); }

bool Segmented::event(QEvent* event) {
    if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::StyleChange ||
        event->type() == QEvent::LayoutDirectionChange) {
        updateGeometry();
        arrange();
    }
    return QWidget::event(event);
}

bool Segmented::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) update();
    return QWidget::eventFilter(watched, event);
}

void Segmented::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double radius = scaled(8);
    const bool faulty = property("faulty").toBool();
    painter.setPen(faulty ? QPen(palette().color(QPalette::WindowText), 2, Qt::DashLine)
                          : QPen(palette().color(QPalette::Mid), 1));
    painter.setBrush(palette().color(QPalette::AlternateBase));
    const double half = faulty ? 1 : 0.5;
    painter.drawRoundedRect(QRectF(rect()).adjusted(half, half, -half, -half), radius, radius);
    const QAbstractButton* checked = m_group->checkedButton();
    if (checked != nullptr) {
        painter.setPen(QPen(palette().color(QPalette::WindowText), 1.4));
        painter.setBrush(palette().color(QPalette::Base));
        painter.drawRoundedRect(QRectF(checked->geometry()).adjusted(0.7, 0.7, -0.7, -0.7),
                                radius - 2, radius - 2);
    }
    for (const QPushButton* button : m_buttons) {
        if (!button->hasFocus()) continue;
        paint_focus_ring(painter, button->geometry(), radius - 2,
                         palette().color(QPalette::WindowText));
    }
}

}  // namespace ui::widgets
