// SPDX-License-Identifier: MIT
// The pictures of all frames as one: every item once, and in which frames it is seen.
#pragma once

#include <unordered_map>
#include <vector>

#include "ui/diagram/diagram.h"

namespace ui::paint {

/// Frames of one size, laid over each other. The items stand in an order in which those of each
/// frame are, so that what covers what stays; only an item that changes its place in the order
/// stands there more than once.
class TimedItems {
public:
    struct Timed {
        int item = 0;             ///< index into items()
        std::vector<int> change;  ///< frames at which it appears, disappears, appears again …
        bool is_seen() const { return change.size() % 2 == 1; }  ///< in the frame added last
    };

    void add(const diagram::Diagram& frame);
    int frame_count() const { return m_frames; }
    const std::vector<Timed>& order() const { return m_order; }
    const std::vector<diagram::Item>& items() const { return m_items; }
    const std::vector<diagram::Group>& groups() const { return m_groups; }

private:
    struct Hash {
        std::size_t operator()(const diagram::Item& item) const;
    };
    int index_of(diagram::Item item, const diagram::Diagram& frame);

    int m_frames = 0;
    std::vector<diagram::Group> m_groups;  ///< of all frames: items point into these
    std::vector<diagram::Item> m_items;    ///< distinct ones
    std::unordered_map<diagram::Item, int, Hash> m_known;
    std::vector<Timed> m_order;
};

}  // namespace ui::paint
