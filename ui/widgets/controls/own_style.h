// SPDX-License-Identifier: MIT
// Fusion with the project's own icons, and no others: also in Qt's own dialogs.
#pragma once

#include <QProxyStyle>

namespace ui::widgets {

class OwnStyle : public QProxyStyle {
    Q_OBJECT
public:
    OwnStyle();
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* answer) const override;
    QIcon standardIcon(StandardPixmap which, const QStyleOption* option,
                       const QWidget* widget) const override;
};

}  // namespace ui::widgets
