// SPDX-License-Identifier: MIT
#include "app/locale.h"

#include "ui/diagram/number_text.h"

namespace app {

std::optional<QLocale> locale_named(const QString& name) {
    if (name == QStringLiteral("C")) return ui::diagram::plain_locale();
    const QLocale locale(name);
    if (locale.language() == QLocale::C) return std::nullopt;
    // de_XX is taken for de_DE: what is named must come back.
    const QString written = QString(name).replace(u'-', u'_');
    const bool known = written == locale.name() ||
                       written == locale.bcp47Name().replace(u'-', u'_') ||
                       written == QLocale::languageToCode(locale.language());
    return known ? std::optional(locale) : std::nullopt;
}

void use_locale(const QLocale& locale) {
    QLocale::setDefault(ui::diagram::with_latin_digits(locale));
}

}  // namespace app
