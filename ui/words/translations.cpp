// SPDX-License-Identifier: MIT
#include "ui/words/translations.h"

#include <QCoreApplication>
#include <QTranslator>

static void register_resources() { Q_INIT_RESOURCE(translations); }

namespace ui::words {

void install_translations() {
    register_resources();
    static QTranslator plurals;
    if (!plurals.isEmpty()) return;
    if (plurals.load(QStringLiteral(":/translations/stridescope_en.qm"))) {
        QCoreApplication::installTranslator(&plurals);
    }
}

}  // namespace ui::words
