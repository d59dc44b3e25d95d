// SPDX-License-Identifier: MIT
#include "ui/document/translations.h"

#include <QCoreApplication>
#include <QTranslator>

static void register_resources() { Q_INIT_RESOURCE(translations); }

namespace ui::document {

void install_translations() {
    register_resources();
    static QTranslator plurals;
    if (!plurals.isEmpty()) return;
    if (plurals.load(QStringLiteral(":/translations/stridescope_en.qm"))) {
        QCoreApplication::installTranslator(&plurals);
    }
}

}  // namespace ui::document
