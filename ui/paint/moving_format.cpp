// SPDX-License-Identifier: MIT
#include "ui/paint/moving_format.h"

#include <QFileInfo>

#include "ui/paint/apng_writer.h"
#include "ui/paint/gif_writer.h"
#include "ui/paint/webp_writer.h"

namespace ui::paint {

namespace {

const MovingFormat formats[]{
    {.name = "GIF", .endings = {"gif"}, .write = write_gif},
    {.name = "WebP", .endings = {"webp"}, .write = write_webp},
    {.name = "APNG", .endings = {"apng"}, .write = write_apng},
};

}  // namespace

std::span<const MovingFormat> moving_formats() { return formats; }

const MovingFormat* moving_format_of(const QString& path) {
    const QString ending = QFileInfo(path).suffix().toLower();
    for (const MovingFormat& format : formats)
        for (const char* known : format.endings)
            if (ending == QLatin1String(known)) return &format;
    return nullptr;
}

QString moving_format_names() {
    QStringList names;
    for (const MovingFormat& format : formats) names << QString::fromLatin1(format.name);
    return names.join(QStringLiteral(", "));
}

QString moving_endings() {
    QStringList endings;
    for (const MovingFormat& format : formats)
        for (const char* ending : format.endings)
            endings << QLatin1Char('.') + QLatin1String(ending);
    return endings.join(QStringLiteral(", "));
}

}  // namespace ui::paint
