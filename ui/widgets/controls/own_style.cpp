// SPDX-License-Identifier: MIT
// An icon is painted when it is shown, in the colours of that moment.
#include "ui/widgets/controls/own_style.h"

#include <QApplication>
#include <QIconEngine>
#include <QPixmap>

#include "ui/widgets/controls/icon.h"

namespace ui::widgets {

namespace {

class OwnIcon : public QIconEngine {
public:
    explicit OwnIcon(QString name) : m_name(std::move(name)) {}
    QIconEngine* clone() const override { return new OwnIcon(*this); }
    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override {
        const auto group = mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active;
        painter->setRenderHint(QPainter::Antialiasing);
        paint_icon(*painter, m_name, rect,
                   QApplication::palette().color(group, QPalette::ButtonText));
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        QPixmap picture(size);
        picture.fill(Qt::transparent);
        QPainter painter(&picture);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return picture;
    }

private:
    QString m_name;
};

/// The name of the icon; empty: none of ours says it.
QString name_of(QStyle::StandardPixmap which) {
    switch (which) {
        case QStyle::SP_ArrowBack:
        case QStyle::SP_ArrowLeft:
            return QStringLiteral("left");
        case QStyle::SP_ArrowForward:
        case QStyle::SP_ArrowRight:
            return QStringLiteral("right");
        case QStyle::SP_FileDialogToParent:
        case QStyle::SP_ArrowUp:
            return QStringLiteral("up");
        case QStyle::SP_FileDialogNewFolder:
            return QStringLiteral("folder_new");
        case QStyle::SP_FileDialogListView:
            return QStringLiteral("list");
        case QStyle::SP_FileDialogDetailedView:
            return QStringLiteral("details");
        case QStyle::SP_DirIcon:
        case QStyle::SP_DirOpenIcon:
        case QStyle::SP_DirClosedIcon:
        case QStyle::SP_DirLinkIcon:
        case QStyle::SP_DirLinkOpenIcon:
            return QStringLiteral("folder");
        case QStyle::SP_FileIcon:
        case QStyle::SP_FileLinkIcon:
            return QStringLiteral("file");
        case QStyle::SP_DirHomeIcon:
            return QStringLiteral("home");
        case QStyle::SP_ComputerIcon:
        case QStyle::SP_DesktopIcon:
        case QStyle::SP_DriveHDIcon:
        case QStyle::SP_DriveNetIcon:
            return QStringLiteral("computer");
        case QStyle::SP_LineEditClearButton:
        case QStyle::SP_TitleBarCloseButton:
        case QStyle::SP_DockWidgetCloseButton:
            return QStringLiteral("close");
        default:
            return {};
    }
}

}  // namespace

OwnStyle::OwnStyle() : QProxyStyle(QStringLiteral("Fusion")) {}

int OwnStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                        QStyleHintReturn* answer) const {
    if (hint == SH_DialogButtonBox_ButtonsHaveIcons) return 0;
    return QProxyStyle::styleHint(hint, option, widget, answer);
}

QIcon OwnStyle::standardIcon(StandardPixmap which, const QStyleOption* option,
                             const QWidget* widget) const {
    const QString name = name_of(which);
    if (!name.isEmpty()) return QIcon(new OwnIcon(name));
    return QProxyStyle::standardIcon(which, option, widget);
}

}  // namespace ui::widgets
