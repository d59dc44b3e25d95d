// SPDX-License-Identifier: MIT
// A list view for keyboard and screen readers, a delegate for the looks.
#include "ui/widgets/rail/way_list.h"

#include <algorithm>

#include <QAbstractListModel>
#include <QApplication>
#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>

#include "ui/paint/fonts.h"
#include "ui/widgets/controls/icon.h"
#include "ui/widgets/controls/style.h"
#include "ui/words/ledger_words.h"
#include "ui/words/way_words.h"

namespace ui::widgets {

namespace {

enum DataRole {
    setting_role = Qt::UserRole,
    verdict_role,
    agrees_role,
    costs_role,
    pinned_role,
    current_role
};

constexpr int row_gap = 5;       // px between rows
constexpr int rows_at_once = 8;  // before they scroll

int margin() { return scaled(6); }
int pin_size() { return scaled(22); }

struct Fonts {
    QFont setting =
        paint::font_of(diagram::Face::numbers, diagram::FontWeight::regular, 11.5 * text_scale());
    QFont verdict =
        paint::font_of(diagram::Face::words, diagram::FontWeight::semibold, 11.5 * text_scale());
    QFont costs =
        paint::font_of(diagram::Face::words, diagram::FontWeight::regular, 11.5 * text_scale());
};

class WayDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const override {
        const Fonts fonts;
        return {option.rect.width(), QFontMetrics(fonts.setting).height() +
                                         QFontMetrics(fonts.costs).height() + 2 * margin() +
                                         row_gap};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        const Fonts fonts;
        const QPalette palette = QApplication::palette();
        const bool current = index.data(current_role).toBool();
        const bool pinned = index.data(pinned_role).toBool();
        const bool reached =
            (option.state & (QStyle::State_HasFocus | QStyle::State_MouseOver)) != 0;
        const QRectF card = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5 - row_gap);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const bool strong = current || pinned;
        painter->setPen(QPen(palette.color(strong    ? QPalette::WindowText
                                           : reached ? QPalette::Dark
                                                     : QPalette::Mid),
                             strong ? 1.4 : 1));
        painter->setBrush(palette.color(QPalette::Base));
        painter->drawRoundedRect(card, scaled(6), scaled(6));
        if ((option.state & QStyle::State_HasFocus) != 0)
            paint_focus_ring(*painter, QRectF(option.rect).adjusted(0, 0, 0, -row_gap), scaled(6),
                             palette.color(QPalette::WindowText));

        const QRect room =
            option.rect.adjusted(scaled(10), margin(), -scaled(10), -margin() - row_gap);
        const QRect top(room.left(), room.top(), room.width(),
                        QFontMetrics(fonts.setting).height());
        QRect below(room.left(), top.bottom() + 1, room.width(),
                    QFontMetrics(fonts.costs).height());
        const auto flags = [&](Qt::Alignment side) {
            return static_cast<int>(QStyle::visualAlignment(option.direction, side) |
                                    Qt::AlignVCenter);
        };
        const QString verdict = index.data(verdict_role).toString();
        painter->setFont(fonts.verdict);
        painter->setPen(index.data(agrees_role).toBool()
                            ? option.widget->property("good").value<QColor>()
                            : palette.color(QPalette::WindowText));
        painter->drawText(top, flags(Qt::AlignRight), verdict);
        painter->setFont(fonts.setting);
        painter->setPen(palette.color(QPalette::WindowText));
        const int left =
            top.width() - QFontMetrics(fonts.verdict).horizontalAdvance(verdict) - scaled(8);
        painter->drawText(
            top, flags(Qt::AlignLeft),
            QFontMetrics(fonts.setting)
                .elidedText(index.data(setting_role).toString(), Qt::ElideRight, left));
        painter->setFont(fonts.costs);
        painter->setPen(palette.color(QPalette::PlaceholderText));
        const int pin_room = reached || pinned ? pin_size() : 0;
        painter->drawText(below, flags(Qt::AlignLeft),
                          QFontMetrics(fonts.costs)
                              .elidedText(index.data(costs_role).toString(), Qt::ElideRight,
                                          below.width() - pin_room));
        if (pin_room > 0)
            paint_icon(*painter, pinned ? QStringLiteral("pinned") : QStringLiteral("pin"),
                       QRectF(pin_rect(option)).adjusted(3, 3, -3, -3),
                       palette.color(pinned ? QPalette::WindowText : QPalette::PlaceholderText));
        painter->restore();
    }

    static QRect pin_rect(const QStyleOptionViewItem& option) {
        const QRect rect(option.rect.right() - pin_size() - scaled(4),
                         option.rect.bottom() - row_gap - pin_size() - scaled(2), pin_size(),
                         pin_size());
        return QStyle::visualRect(option.direction, option.rect, rect);
    }
};

}  // namespace

class WayModel : public QAbstractListModel {
public:
    using QAbstractListModel::QAbstractListModel;

    void show(std::vector<engine::Way> ways, std::vector<std::vector<engine::LayerSpec>> layers,
              const std::vector<engine::LayerSpec>& current) {
        beginResetModel();
        m_ways = std::move(ways);
        m_layers = std::move(layers);
        m_current = current;
        m_pinned.clear();
        endResetModel();
    }
    void setCurrent(const std::vector<engine::LayerSpec>& current) {
        if (current == m_current) return;
        m_current = current;
        if (!m_ways.empty()) emit dataChanged(index(0), index(rowCount() - 1));
    }
    const std::vector<engine::LayerSpec>& layers(int row) const {
        return m_layers[static_cast<std::size_t>(row)];
    }
    std::vector<int>& pinned() { return m_pinned; }
    void changed(int row) { emit dataChanged(index(row), index(row)); }

    int rowCount(const QModelIndex& parent = {}) const override {
        return parent.isValid() ? 0 : static_cast<int>(m_ways.size());
    }
    QVariant data(const QModelIndex& index, int role) const override {
        if (!index.isValid()) return {};
        const engine::Way& way = m_ways[static_cast<std::size_t>(index.row())];
        const bool pinned = std::ranges::count(m_pinned, index.row()) > 0;
        switch (role) {
            case setting_role:
            case Qt::DisplayRole:
                return words::setting_text(layers(index.row()));
            case verdict_role:
                return way.overlap ? (agrees(way) ? QString() : QStringLiteral("▲ ")) +
                                         words::overlap_text(*way.overlap)
                                   : QString();
            case agrees_role:
                return agrees(way);
            case costs_role:
                return words::costs_text(way);
            case Qt::ToolTipRole:
                return QString(
                    words::setting_text(layers(index.row())) + u'\n' +
                    words::badges(way).join(u'\n') + u'\n' +
                    WayList::tr("Click or Enter: put it on the stage. Pin two (P) to compare "
                                "them."));
            case pinned_role:
                return pinned;
            case current_role:
                return layers(index.row()) == m_current;
            case Qt::AccessibleTextRole: {
                QString text = words::setting_text(layers(index.row())) + QStringLiteral(", ") +
                               words::badges(way).join(QStringLiteral(", "));
                if (data(index, current_role).toBool())
                    text = WayList::tr("on the stage: %1").arg(text);
                return pinned ? WayList::tr("pinned: %1").arg(text) : text;
            }
            default:
                return {};
        }
    }

private:
    static bool agrees(const engine::Way& way) {
        return !way.overlap || *way.overlap == engine::Tiling::tiles ||
               *way.overlap == engine::Tiling::even;
    }

    std::vector<engine::Way> m_ways;
    std::vector<std::vector<engine::LayerSpec>> m_layers;  ///< of each
    std::vector<engine::LayerSpec> m_current;
    std::vector<int> m_pinned;  ///< one at most: a second is compared with it
};

WayList::WayList(QWidget* parent) : QListView(parent), m_model(new WayModel(this)) {
    setModel(m_model);
    setItemDelegate(new WayDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setProperty("bare", true);
    setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_Hover);
    setUniformItemSizes(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setSelectionMode(QAbstractItemView::NoSelection);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setObjectName(QStringLiteral("ways"));
    setAccessibleName(tr("Ways from size to size"));
}

void WayList::show(const std::vector<engine::Way>& ways, std::optional<engine::Framework> framework,
                   const std::vector<engine::LayerSpec>& current) {
    std::vector<std::vector<engine::LayerSpec>> layers;
    layers.reserve(ways.size());
    for (const engine::Way& way : ways) layers.push_back(engine::layers_of(way, framework));
    m_model->show(ways, std::move(layers), current);
    updateGeometry();
}

void WayList::setCurrent(const std::vector<engine::LayerSpec>& current) {
    m_model->setCurrent(current);
}

void WayList::take(int row) {
    if (row < 0 || row >= m_model->rowCount()) return;
    emit taken(m_model->layers(row));
}

void WayList::pin(int row) {
    if (row < 0 || row >= m_model->rowCount()) return;
    std::vector<int>& pinned = m_model->pinned();
    if (pinned.empty()) {
        pinned.push_back(row);
    } else if (pinned.front() == row) {
        pinned.clear();
    } else {
        const int first = pinned.front();
        pinned.clear();
        m_model->changed(first);
        emit compared(m_model->layers(first), m_model->layers(row));
        return;
    }
    m_model->changed(row);
}

QRect WayList::pinRect(const QModelIndex& index) const {
    QStyleOptionViewItem option;
    option.rect = visualRect(index);
    option.direction = layoutDirection();
    return WayDelegate::pin_rect(option);
}

void WayList::keyPressEvent(QKeyEvent* event) {
    const int row = currentIndex().row();
    switch (event->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_Space:
            take(row);
            break;
        case Qt::Key_P:
            pin(row);
            break;
        default:
            QListView::keyPressEvent(event);
    }
}

/// A click is no selection: what is on the stage is marked.
void WayList::mousePressEvent(QMouseEvent* event) { event->accept(); }

void WayList::mouseReleaseEvent(QMouseEvent* event) {
    const QModelIndex index = indexAt(event->position().toPoint());
    if (!index.isValid() || event->button() != Qt::LeftButton) return;
    if (pinRect(index).contains(event->position().toPoint()))
        pin(index.row());
    else
        take(index.row());
}

void WayList::focusInEvent(QFocusEvent* event) {
    QListView::focusInEvent(event);
    if (!currentIndex().isValid() && m_model->rowCount() > 0) setCurrentIndex(m_model->index(0));
}

QSize WayList::sizeHint() const {
    const int rows = std::min(m_model->rowCount(), rows_at_once);
    return {scaled(200), rows * std::max(sizeHintForRow(0), 0) + 1};
}
QSize WayList::minimumSizeHint() const { return {scaled(120), sizeHint().height()}; }

void WayList::resizeEvent(QResizeEvent* event) {
    QListView::resizeEvent(event);
    if (event->size().width() != event->oldSize().width()) scheduleDelayedItemsLayout();
}

void WayList::changeEvent(QEvent* event) {
    QListView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        scheduleDelayedItemsLayout();
        updateGeometry();
    }
}

}  // namespace ui::widgets
