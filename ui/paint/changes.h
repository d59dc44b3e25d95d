// SPDX-License-Identifier: MIT
// What changes from one image to the next: all that a file that moves has to hold.
#pragma once

#include <cstdint>
#include <vector>

#include <QImage>

namespace ui::paint {

/// A part of an image that becomes another, and how long it then stands.
struct Change {
    QPoint at;     ///< of its top left corner
    QImage image;  ///< ARGB32; pixels that stay as they were are 0, all others opaque
    int milliseconds = 0;
};

/// Images of one size, one after the other; only what changes is kept of them.
class Changes {
public:
    /// Opaque, in Format_RGB32. The first is a change as a whole; one that is the same as the one
    /// before lets that stand longer.
    void add(const QImage& image, int milliseconds);
    /// What came of other images, which follow these.
    void append(Changes&& others);
    const std::vector<Change>& all() const { return m_changes; }
    QSize size() const { return m_before.size(); }
    std::int64_t pixels() const { return m_pixels; }  ///< that are kept

private:
    QImage m_before;
    std::vector<Change> m_changes;
    std::int64_t m_pixels = 0;
};

}  // namespace ui::paint
