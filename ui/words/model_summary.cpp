// SPDX-License-Identifier: MIT
#include "ui/words/model_summary.h"

#include "ui/words/plain_text.h"

namespace ui::words {

namespace {

std::string printable(const std::string& name) {
    constexpr qsizetype longest = 200;
    return harmless(QString::fromStdString(name), longest).toStdString();
}

}  // namespace

engine::Summary summary_of(const engine::Lesson& lesson,
                           std::span<const engine::Geometry> geometries,
                           engine::SummaryStyle style) {
    std::vector<engine::Layer> layers = lesson.layers;
    for (engine::Layer& layer : layers) layer.config.name = printable(layer.config.name);
    return engine::summarize(layers, geometries, style, {.name = printable(lesson.name)});
}

}  // namespace ui::words
