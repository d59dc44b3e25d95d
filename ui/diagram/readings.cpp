// SPDX-License-Identifier: MIT
#include "ui/diagram/readings.h"

#include <algorithm>
#include <array>

namespace ui::diagram {

// Each in a file of its own in readings/.
extern const ReadingDefinition stamp_reading, slide_reading, why_equal_reading;
extern const ReadingDefinition window_reading;
extern const ReadingDefinition copy_reading, sample_reading;
extern const ReadingDefinition rearrange_reading;
extern const ReadingDefinition card_reading;

namespace {

/// The card is last: it takes every layer that nobody else shows.
constexpr std::array rows{&stamp_reading, &slide_reading,  &why_equal_reading, &window_reading,
                          &copy_reading,  &sample_reading, &rearrange_reading, &card_reading};

template <typename Wanted>
std::vector<const ReadingDefinition*> those(Wanted wanted) {
    std::vector<const ReadingDefinition*> found;
    for (const ReadingDefinition* row : rows)
        if (!row->id.empty() && wanted(*row)) found.push_back(row);
    return found;
}

}  // namespace

std::span<const ReadingDefinition* const> all_readings() { return rows; }

std::vector<const ReadingDefinition*> named_readings() {
    return those([](const ReadingDefinition&) { return true; });
}

const ReadingDefinition& reading_of(const engine::LayerSpec& layer, engine::Reading wanted) {
    for (const ReadingDefinition* row : rows)
        if (row->steps == wanted && row->applies_to(layer)) return *row;
    // The last row is for every layer.
    return **std::ranges::find_if(rows, [&](const auto* row) { return row->applies_to(layer); });
}

std::vector<const ReadingDefinition*> choice_of(const engine::LayerSpec& layer) {
    auto choice = those([&](const ReadingDefinition& row) { return row.applies_to(layer); });
    if (choice.size() < 2) choice.clear();
    return choice;
}

std::string_view name_of(engine::Reading reading) {
    for (const ReadingDefinition* row : rows)
        if (row->steps == reading) return row->id;
    return {};
}

std::optional<engine::Reading> reading_named(std::string_view name) {
    for (const ReadingDefinition* row : named_readings())
        if (row->id == name) return row->steps;
    return std::nullopt;
}

}  // namespace ui::diagram
