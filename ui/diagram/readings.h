// SPDX-License-Identifier: MIT
// Ways of showing a layer on the stage. A new one is a file in readings/ and a row in readings.cpp:
// how it is saved, chosen, played, worded and drawn follows from its row, and nobody else asks
// which reading it is.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/layers/layer_spec.h"
#include "engine/lessons/trace.h"
#include "ui/diagram/view.h"

namespace ui::diagram {

class Builder;
struct Heading;
struct Scene;
struct Spot;

/// A button on the stage that changes one thing of what is looked at.
struct ReadingSwitch {
    std::string_view key;  ///< in files
    bool View::*value;
    bool when_pressed;               ///< the value while the button is down
    const char *text, *explanation;  ///< translated as Stage's
    /// Is there something to see of it? Elsewhere it does nothing.
    bool (*is_offered)(const engine::Trace& trace, Moment moment);
};

struct ReadingDefinition {
    /// In files and on the command line; empty: its layers have no other, and nobody asks for it.
    std::string_view id = {};
    bool (*applies_to)(const engine::LayerSpec&);
    engine::Reading steps = {};  ///< what there is to play

    // Words, translated as Stage's; the first two only if it has an id.
    const char* name = "";
    const char* menu_name = "";         ///< with its mnemonic
    const char* linear_part_name = "";  ///< of the phase in which products are added up
    Heading (*heading)(const Scene&);

    /// What its outputs hold at the moment; null: all what the trace says.
    void (*fill)(Scene&) = nullptr;
    /// What a cell stands for, if its grid is one that this reading draws of its own; null: it has
    /// none.
    std::optional<Spot> (*spot_of)(const CellRef&, const Scene&) = nullptr;
    /// The way back: which cell of such a grid stands for a spot, if one does.
    std::optional<engine::Cell> (*cell_of)(GridRef, const Spot&, const Scene&) = nullptr;
    /// The picture below the heading, inside `area`; it may grow downwards.
    void (*draw)(Builder&, const Scene&, const QRectF& area);
    std::span<const ReadingSwitch> switches = {};
    /// Every channel that the filter looks at; else one of them, which the user chooses.
    bool shows_every_channel = false;
};

/// In the order they are offered in.
std::span<const ReadingDefinition* const> all_readings();
/// Those with an id.
std::vector<const ReadingDefinition*> named_readings();

/// What a layer is shown as when `wanted` is asked for: that, if the layer can be read so, else the
/// first way it can.
const ReadingDefinition& reading_of(const engine::LayerSpec& layer, engine::Reading wanted);
/// What the user can choose from for a layer; empty where there is no choice.
std::vector<const ReadingDefinition*> choice_of(const engine::LayerSpec& layer);

/// "stamp", "slide", "why_equal": as in files and on the command line.
std::string_view name_of(engine::Reading reading);
std::optional<engine::Reading> reading_named(std::string_view name);

}  // namespace ui::diagram
