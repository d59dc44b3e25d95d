// SPDX-License-Identifier: MIT
// Figures beside the stage, for papers and slides: a row each, with the function that draws it.
#pragma once

#include <optional>
#include <span>

#include "engine/lessons/lesson.h"
#include "ui/diagram/diagram.h"
#include "ui/diagram/view.h"

namespace ui::figures {

/// What a figure is of: one side of a lesson, its run and where somebody looks.
struct Subject {
    const engine::Lesson& lesson;
    const engine::Run& run;
    const diagram::View& view;  ///< whose layer in focus there is
    double width = 1040;        ///< that the figure is to have, about, where it can be broken

    const engine::LayerSpec& spec() const;
    const engine::Geometry& geometry() const;
};

/// A picture of its own size, or nothing where there is nothing to say of such a layer.
using DrawFigure = std::optional<diagram::Diagram> (*)(const Subject&);

struct Region {
    const char* id;     ///< on the command line, and of the group that holds it all: "ledger"
    const char* title;  ///< translated as Figures
    DrawFigure draw;
};
std::span<const Region> regions();
/// Null if there is none of that name.
const Region* region_named(const QString& id);

std::optional<diagram::Diagram> draw_formula(const Subject&);    ///< the rule of the output's size
std::optional<diagram::Diagram> draw_ledger(const Subject&);     ///< the layer elsewhere
std::optional<diagram::Diagram> draw_summary(const Subject&);    ///< model.summary()
std::optional<diagram::Diagram> draw_touch_map(const Subject&);  ///< inputs that touch each cell
std::optional<diagram::Diagram> draw_model(const Subject&);      ///< layers as blocks, and shapes

/// The region of a lesson, of both sides where two are compared: one below the other.
std::optional<diagram::Diagram> draw_region(const Region& region, const engine::Lesson& lesson,
                                            std::span<const engine::Run* const> runs,
                                            const diagram::View& view, double width);

}  // namespace ui::figures
