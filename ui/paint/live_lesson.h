// SPDX-License-Identifier: MIT
// Which numbers of a lesson's pictures follow from its input, kernel and bias, and how.
//
// Nothing in the pictures says so, and nothing needs to: the same moment is drawn of lessons of the
// same geometry with other numbers. What is the same in all of them is geometry. A number that
// differs is the one quantity that has its value in every one of them. What fits none, or says
// other words for other numbers, is true of the lesson's own numbers alone.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "ui/paint/export_job.h"
#include "ui/paint/live_words.h"

namespace ui::paint {

struct LiveLabel {
    std::vector<std::vector<Part>> runs;  ///< of each run of the label
    bool only_own = false;  ///< true of the lesson's own numbers, perhaps not of others
    bool operator==(const LiveLabel&) const = default;
};

/// How opaque a cell's fill is: strength × (least_shade + (most - least_shade) × |value| / the
/// product of the greatest).
struct LiveShade {
    std::vector<Quantity> greatest;
    double most = 1;
    double strength = 1;
    bool operator==(const LiveShade&) const = default;
};
inline constexpr double least_shade = 0.06;

struct LiveBox {
    std::optional<Quantity> value;   ///< that the cell holds
    std::optional<LiveShade> shade;  ///< none: the fill is what it is
    bool only_own = false;           ///< the fill is of the lesson's own numbers
    bool operator==(const LiveBox&) const = default;
};

/// A picture, and of each of its items what follows the numbers.
struct LivePicture {
    diagram::Diagram picture;
    std::vector<LiveLabel> labels;  ///< one an item; empty but for labels
    std::vector<LiveBox> boxes;     ///< one an item; empty but for cells
    LiveLabel title, description;   ///< one run each
};

class LiveLesson {
public:
    explicit LiveLesson(const ExportJob& job);
    ~LiveLesson();
    LiveLesson(const LiveLesson&) = delete;
    LiveLesson& operator=(const LiveLesson&) = delete;

    /// Else its pictures are as they are, and nothing in them follows.
    bool is_live() const;
    const LiveNumbers& numbers() const;
    LiveInputs inputs() const;  ///< the lesson's own
    /// The whole stage at a moment.
    LivePicture at(diagram::Moment moment);

private:
    struct Held;
    std::unique_ptr<Held> m_held;
};

}  // namespace ui::paint
