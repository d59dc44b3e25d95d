// SPDX-License-Identifier: MIT
// What a picture's file says of it beside its pixels, each format in its own way.
#pragma once

#include <QString>
#include <QStringList>

namespace ui::paint {

/// Under what others may use a picture: one of licence_names(), "none", or words of its author's.
inline const QString usual_licence = QStringLiteral("CC0-1.0");
inline const QString no_licence = QStringLiteral("none");
inline constexpr qsizetype longest_licence = 200;
/// "CC0-1.0", "CC-BY-4.0", as SPDX has them.
QStringList licence_names();
/// "Free to reuse (CC0 1.0)"; a text as it is; empty for none.
QString licence_text(const QString& licence);
/// Where its words stand; empty if nobody but its author knows.
QString licence_address(const QString& licence);

/// The same things as XMP has them, which PDF and WebP hold. Empty words are left out.
struct Metadata {
    QString title = {};
    QString description = {};
    QString licence = {};
    QString producer = {};  ///< of a PDF
};
QByteArray xmp_of(const Metadata& metadata);

/// What may be shown on one line: nothing unseen, nothing that turns the line around.
QString readable(const QString& text);

}  // namespace ui::paint
