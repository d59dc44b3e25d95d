// SPDX-License-Identifier: MIT
// The labels of a picture, so that those of other pictures of the same moment can be laid beside
// them, whatever their numbers are.
#pragma once

#include <optional>
#include <vector>

#include <QHash>
#include <QString>

#include "ui/diagram/diagram.h"
#include "ui/paint/live_words.h"

namespace ui::paint {

/// A label as it is found in a picture.
struct Found {
    const diagram::Label* label = nullptr;
    std::size_t item = 0;
    std::optional<diagram::CellRef> cell = {};  ///< that it stands in
    double cell_width = 0;
    std::vector<std::vector<Token>> tokens = {};  ///< of each run
    QString key = {};                             ///< what it is, whatever the numbers
};

/// A text that stands nowhere.
Found found_words(const QString& text);

/// What stands in cells is known by the cell; the rest comes in the order of the picture.
struct FoundLabels {
    std::vector<Found> free;
    QHash<QString, Found> in_cells;
};
FoundLabels labels_of(const diagram::Diagram& picture);
QString key_of(const diagram::CellRef& cell);

/// For each of the first list its counterpart in the second: the longest common sequence of keys.
std::vector<const Found*> counterparts(const std::vector<Found>& list,
                                       const std::vector<Found>& other);

bool has_word(const QString& text);
bool says_number(const Found& found);

/// How many characters a number is cut to that is all of a label, or that the window lays on a
/// cell.
int characters_of(const diagram::Label& label);
int characters_laid(const Found& found);

}  // namespace ui::paint
