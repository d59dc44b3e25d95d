// SPDX-License-Identifier: MIT
#include "ui/widgets/export_presets.h"

#include <algorithm>

#include <QCoreApplication>

#include "ui/paint/animation.h"
#include "ui/widgets/export_format.h"

namespace ui::widgets {

namespace {

using diagram::ThemeName;

const ExportPreset presets[]{
    {.name = QT_TRANSLATE_NOOP("ExportPreset", "The window as it is")},
    {.name = QT_TRANSLATE_NOOP("ExportPreset", "Slide, 16:9"),
     .size = paint::PictureSize{1280, 720},
     .scale = 1.5},
    // The narrowest stage: its numbers are the largest in a column.
    {.name = QT_TRANSLATE_NOOP("ExportPreset", "Paper, a column of 85 mm"),
     .size = paint::PictureSize{560, 460},
     .printed_width = "85mm",
     .theme = ThemeName::print,
     .caption = true},
    {.name = QT_TRANSLATE_NOOP("ExportPreset", "Poster, 80 cm wide"),
     .size = paint::PictureSize{1040, 740},
     .printed_width = "80cm",
     .theme = ThemeName::light},
    {.name = QT_TRANSLATE_NOOP("ExportPreset", "README"),
     .size = paint::PictureSize{880, 620},
     .scale = 2,
     .theme = ThemeName::light},
};

const QString format_key = QStringLiteral("format");
const QString scale_key = QStringLiteral("scale");
const QString width_key = QStringLiteral("width");
const QString dpi_key = QStringLiteral("dpi");
const QString caption_key = QStringLiteral("caption");
const QString transparent_key = QStringLiteral("transparent");
const QString speed_key = QStringLiteral("speed");
const QString rate_key = QStringLiteral("rate");
const QString repeats_key = QStringLiteral("repeats");

}  // namespace

std::span<const ExportPreset> export_presets() { return presets; }

QJsonObject ExportChoices::json() const {
    return {{format_key, format}, {scale_key, scale},     {width_key, printed_width},
            {dpi_key, dpi},       {caption_key, caption}, {transparent_key, transparent},
            {speed_key, speed},   {rate_key, rate},       {repeats_key, repeats}};
}

ExportChoices ExportChoices::of(const QJsonObject& kept) {
    const ExportChoices fresh;
    ExportChoices choices;
    const auto within = [&](const QString& key, double usual, double least, double most) {
        const double value = kept.value(key).toDouble(usual);
        return value >= least && value <= most ? value : usual;
    };
    const QString name = kept.value(format_key).toString();
    if (std::ranges::find(export_formats(), name, &ExportFormat::name) != export_formats().end())
        choices.format = name;
    choices.scale = within(scale_key, 0, paint::smallest_scale, paint::largest_scale);
    const QString width = kept.value(width_key).toString();
    if (paint::length_named(width)) choices.printed_width = width;
    choices.dpi = static_cast<int>(within(dpi_key, fresh.dpi, paint::least_dpi, paint::most_dpi));
    choices.caption = kept.value(caption_key).toBool();
    choices.transparent = kept.value(transparent_key).toBool();
    choices.speed = within(speed_key, fresh.speed, paint::least_speed, paint::most_speed);
    choices.rate =
        static_cast<int>(within(rate_key, fresh.rate, paint::least_rate, paint::most_rate));
    choices.repeats = kept.value(repeats_key).toBool(fresh.repeats);
    return choices;
}

}  // namespace ui::widgets
