// SPDX-License-Identifier: MIT
#include "ui/figures/regions.h"

#include <algorithm>
#include <array>

#include "engine/lessons/comparison.h"
#include "ui/diagram/builder.h"
#include "ui/diagram/comparison.h"
#include "ui/figures/words.h"

namespace ui::figures {

using diagram::Diagram;

namespace {

constexpr Region table[]{
    {"formula", QT_TRANSLATE_NOOP("Figures", "Formula of the size"), draw_formula},
    {"ledger", QT_TRANSLATE_NOOP("Figures", "Size elsewhere"), draw_ledger},
    {"summary", QT_TRANSLATE_NOOP("Figures", "Summary"), draw_summary},
    {"touch_map", QT_TRANSLATE_NOOP("Figures", "Touch map"), draw_touch_map},
    {"model", QT_TRANSLATE_NOOP("Figures", "Whole model"), draw_model},
};

constexpr double letter_room = 30;  ///< above a side that is compared

/// Two figures, each below its letter.
Diagram stacked(const std::array<std::optional<Diagram>, 2>& sides) {
    Diagram whole;
    for (std::size_t side = 0; side < sides.size(); ++side) {
        if (!sides[side]) continue;
        Diagram figure = *sides[side];
        const QString letter = side == 0 ? QStringLiteral("A") : QStringLiteral("B");
        const double top = whole.size.height() + letter_room;
        const int groups = static_cast<int>(whole.groups.size());
        for (diagram::Group& group : figure.groups) {
            if (side > 0) group.id.prepend(QStringLiteral("b_"));
            whole.groups.push_back(std::move(group));
        }
        whole.items.push_back(
            {diagram::Label{.anchor = {16, top - 10},
                            .size = 13,
                            .runs = {diagram::words(letter, {diagram::Role::ink, 1},
                                                    diagram::FontWeight::bold)}},
             groups, std::nullopt});
        for (diagram::Item& item : figure.items) {
            diagram::move(item.mark, {0, top});
            item.group += groups;
            if (item.cell) item.cell->grid.pane = static_cast<int>(side);
            whole.items.push_back(std::move(item));
        }
        for (diagram::GridInfo& grid : figure.grids) {
            grid.rect.translate(0, top);
            grid.group += groups;
            grid.grid.pane = static_cast<int>(side);
            whole.grids.push_back(std::move(grid));
        }
        whole.size = {std::max(whole.size.width(), figure.size.width()),
                      top + figure.size.height()};
        if (whole.title.isEmpty()) whole.title = figure.title;
        whole.description += letter + QStringLiteral(": ") + figure.description + u' ';
    }
    return whole;
}

}  // namespace

const engine::LayerSpec& Subject::spec() const {
    return lesson.layers[static_cast<std::size_t>(view.focus)].spec;
}
const engine::Geometry& Subject::geometry() const {
    return run.layers[static_cast<std::size_t>(view.focus)].geometry;
}

std::span<const Region> regions() { return table; }

const Region* region_named(const QString& id) {
    for (const Region& region : table)
        if (id == QLatin1String(region.id)) return &region;
    return nullptr;
}

std::optional<Diagram> draw_region(const Region& region, const engine::Lesson& lesson,
                                   std::span<const engine::Run* const> runs,
                                   const diagram::View& view, double width) {
    std::array<std::optional<Diagram>, 2> drawn;
    const int sides = engine::side_count(lesson);
    for (int side = 0; side < sides; ++side) {
        const engine::Lesson alone = engine::side_of(lesson, side);
        const engine::Run& run = *runs[static_cast<std::size_t>(side)];
        const diagram::View looks =
            diagram::clamped(side == 0 ? view : diagram::view_beside(lesson, view), alone, run);
        drawn[static_cast<std::size_t>(side)] = region.draw({alone, run, looks, width});
    }
    if (sides == 1 || (!drawn[0] && !drawn[1])) return drawn[0];
    return stacked(drawn);
}

}  // namespace ui::figures
