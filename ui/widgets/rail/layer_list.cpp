// SPDX-License-Identifier: MIT
// A list widget for keyboard and screen readers, a delegate for the looks.
#include "ui/widgets/rail/layer_list.h"

#include <algorithm>

#include <QApplication>
#include <QEvent>
#include <QPainter>
#include <QResizeEvent>
#include <QSignalBlocker>
#include <QStyledItemDelegate>

#include "engine/models/summary.h"
#include "ui/paint/fonts.h"
#include "ui/widgets/controls/style.h"
#include "ui/words/plain_text.h"

namespace ui::widgets {

namespace {

enum DataRole { name_role = Qt::UserRole, shape_role, count_role, problem_role };

QFont row_font(diagram::Face face, diagram::FontWeight weight, double size) {
    return paint::font_of(face, weight, size * text_scale());
}

/// The class, and in front of it the layer's own name if it has one: "encoder (Conv2D)".
QString title_of(const engine::Layer& layer) {
    constexpr qsizetype longest = 40;
    const QString class_name = QString::fromStdString(engine::class_name(layer.spec));
    const QString own = words::harmless(QString::fromStdString(layer.config.name), longest);
    return own.isEmpty() ? class_name : QStringLiteral("%1 (%2)").arg(own, class_name);
}

class RowDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const Fonts fonts;
        int height =
            2 * margin() + QFontMetrics(fonts.name).height() + QFontMetrics(fonts.detail).height();
        const QString problem = index.data(problem_role).toString();
        const int width = option.rect.width() > 0
                              ? option.rect.width()
                              : static_cast<const QWidget*>(option.widget)->width();
        if (!problem.isEmpty())
            height += problem_rect(QRect(0, 0, width, 0), problem, fonts).height() + 4;
        return {width, height + gap};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        const Fonts fonts;
        const QPalette palette =
            QApplication::palette();  // the view's own has a transparent ground
        const bool chosen = (option.state & QStyle::State_Selected) != 0;
        const QRectF card = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5 - gap);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(
            QPen(palette.color(chosen ? QPalette::WindowText : QPalette::Mid), chosen ? 1.4 : 1));
        painter->setBrush(palette.color(chosen ? QPalette::Base : QPalette::AlternateBase));
        painter->drawRoundedRect(card, scaled(8), scaled(8));
        if ((option.state & QStyle::State_HasFocus) != 0)
            paint_focus_ring(*painter, QRectF(option.rect).adjusted(0, 0, 0, -gap), scaled(8),
                             palette.color(QPalette::WindowText));

        const QRect room = option.rect.adjusted(scaled(12), margin(), -scaled(12), -margin() - gap);
        const QRect top(room.left(), room.top(), room.width(), QFontMetrics(fonts.name).height());
        const QRect below(room.left(), top.bottom() + 1, room.width(),
                          QFontMetrics(fonts.detail).height());
        const auto flags = [&](Qt::Alignment side) {
            return static_cast<int>(QStyle::visualAlignment(option.direction, side) |
                                    Qt::AlignVCenter);
        };
        painter->setFont(fonts.name);
        painter->setPen(palette.color(QPalette::WindowText));
        const QString count = index.data(count_role).toString();
        const int count_width = QFontMetrics(fonts.detail).horizontalAdvance(count);
        painter->drawText(
            top, flags(Qt::AlignLeft),
            QFontMetrics(fonts.name)
                .elidedText(index.data(name_role).toString(), Qt::ElideRight, top.width()));
        painter->setFont(fonts.detail);
        painter->setPen(palette.color(QPalette::PlaceholderText));
        painter->drawText(below, flags(Qt::AlignRight), count);
        painter->drawText(below, flags(Qt::AlignLeft),
                          QFontMetrics(fonts.detail)
                              .elidedText(index.data(shape_role).toString(), Qt::ElideRight,
                                          below.width() - count_width - scaled(8)));
        const QString problem = index.data(problem_role).toString();
        if (!problem.isEmpty()) {
            painter->setFont(fonts.words);
            painter->setPen(palette.color(QPalette::WindowText));
            painter->drawText(
                problem_rect(option.rect, problem, fonts).translated(0, below.bottom() + 4),
                flags(Qt::AlignLeft) | Qt::TextWordWrap, problem);
        }
        painter->restore();
    }

private:
    static constexpr int gap = 6;  // between the rows

    struct Fonts {
        QFont name = row_font(diagram::Face::words, diagram::FontWeight::semibold, 12);
        QFont detail = row_font(diagram::Face::numbers, diagram::FontWeight::regular, 10.5);
        QFont words = row_font(diagram::Face::words, diagram::FontWeight::regular, 11);
    };
    static int margin() { return scaled(7); }
    static QRect problem_rect(const QRect& row, const QString& problem, const Fonts& fonts) {
        const QRect room(row.left() + scaled(12), 0, row.width() - 2 * scaled(12), 10000);
        const QRect text = QFontMetrics(fonts.words).boundingRect(room, Qt::TextWordWrap, problem);
        return {room.left(), 0, room.width(), text.height()};
    }
};

}  // namespace

LayerList::LayerList(QWidget* parent) : QListWidget(parent) {
    setItemDelegate(new RowDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setProperty("bare", true);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Layers of the model"));
    connect(this, &QListWidget::currentRowChanged, this, [this](int row) {
        if (row >= 0) emit layerChosen(row);
    });
}

void LayerList::show(const document::PresentedPane& shown) {
    const QSignalBlocker blocker(this);
    const auto& layers = shown.lesson.layers;
    while (count() > static_cast<int>(layers.size())) delete takeItem(count() - 1);
    while (count() < static_cast<int>(layers.size())) addItem(new QListWidgetItem);
    for (std::size_t i = 0; i < layers.size(); ++i) {
        QListWidgetItem* row = item(static_cast<int>(i));
        const bool fits = i < shown.shapes.geometries.size();
        const bool wrong = static_cast<int>(i) == shown.problem_layer;
        const QString name = title_of(layers[i]);
        const QString shape =
            fits ? QString::fromStdString(engine::keras_shape(shown.shapes.geometries[i].output))
                 : QStringLiteral("–");
        const QString parameters =
            fits ? QString::fromStdString(engine::with_thousands(
                       engine::parameter_count(layers[i].spec, shown.shapes.geometries[i]).total))
                 : QString();
        const QString problem = wrong ? QStringLiteral("▲ ") + shown.problem : QString();
        row->setData(name_role, name);
        row->setData(shape_role, shape);
        row->setData(count_role, parameters);
        row->setData(problem_role, problem);
        const QString spoken = wrong ? tr("layer %1, %2: %3").arg(i + 1).arg(name, shown.problem)
                                     : tr("layer %1, %2, output %3, %4 parameters")
                                           .arg(i + 1)
                                           .arg(name, shape, parameters);
        row->setData(Qt::AccessibleTextRole, spoken);
    }
    setCurrentRow(shown.view.focus);
    scheduleDelayedItemsLayout();
    updateGeometry();
}

QSize LayerList::sizeHint() const {
    int height = 2;
    for (int i = 0; i < count(); ++i) height += std::max(sizeHintForRow(i), 0);
    return {scaled(200), height};
}

QSize LayerList::minimumSizeHint() const { return {scaled(120), sizeHint().height()}; }

void LayerList::resizeEvent(QResizeEvent* event) {
    QListWidget::resizeEvent(event);
    if (event->size().width() != event->oldSize().width()) {
        scheduleDelayedItemsLayout();
        updateGeometry();  // a problem wraps differently now
    }
}

void LayerList::changeEvent(QEvent* event) {
    QListWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        scheduleDelayedItemsLayout();
        updateGeometry();
    }
}

}  // namespace ui::widgets
