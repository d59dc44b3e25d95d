// SPDX-License-Identifier: MIT
// Text of the rail and of the terminal as figures: the layer elsewhere, and model.summary().
#include "engine/frameworks/dialect.h"
#include "ui/figures/regions.h"
#include "ui/figures/table.h"
#include "ui/figures/words.h"
#include "ui/words/ledger_words.h"
#include "ui/words/model_summary.h"

namespace ui::figures {

std::optional<diagram::Diagram> draw_ledger(const Subject& subject) {
    const auto rows = engine::dialects(subject.spec(), subject.geometry());
    if (rows.empty()) return std::nullopt;
    const engine::Shape& output = subject.geometry().output;
    const QString heading =
        Words::tr("Size %1 × %2 elsewhere").arg(output.height()).arg(output.width());
    const bool edges_are_zeros = std::holds_alternative<engine::Conv2D>(subject.spec());
    // The formula stands below the arguments that it is of: a page is not as wide as a terminal.
    QList<QStringList> table = words::ledger_table(rows, edges_are_zeros);
    constexpr qsizetype arguments = 1, size = 5;
    for (qsizetype i = 0; i < table.size(); ++i) {
        QStringList& row = table[i];
        if (i > 0 && row[size] != QStringLiteral("-")) row[arguments] += u'\n' + row[size];
        row.removeAt(size);
    }
    return table_figure(QStringLiteral("ledger"), heading, table);
}

std::optional<diagram::Diagram> draw_summary(const Subject& subject) {
    std::vector<engine::Geometry> geometries;
    for (const engine::LayerRun& layer : subject.run.layers) geometries.push_back(layer.geometry);
    const engine::Summary summary =
        words::summary_of(subject.lesson, geometries, engine::SummaryStyle::keras_2_2);
    QStringList lines = text_of(engine::summary_text(summary)).split(u'\n');
    while (!lines.isEmpty() && lines.back().isEmpty()) lines.removeLast();
    for (QString& line : lines)
        while (line.endsWith(u' ')) line.chop(1);
    return text_figure(QStringLiteral("summary"), QStringLiteral("model.summary()"), lines);
}

}  // namespace ui::figures
