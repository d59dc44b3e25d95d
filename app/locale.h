// SPDX-License-Identifier: MIT
// Whose decimal signs numbers have.
#pragma once

#include <optional>

#include <QLocale>

namespace app {

/// de_DE, pt_BR, de or C (plain_locale); nothing if there is no such locale. (QLocale takes any
/// other name for C.)
std::optional<QLocale> locale_named(const QString& name);

/// Every number of sentences and pictures from here on, in Latin digits; the only place that sets
/// it.
void use_locale(const QLocale& locale);

}  // namespace app
