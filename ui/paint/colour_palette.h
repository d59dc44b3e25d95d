// SPDX-License-Identifier: MIT
// A few colours that stand for all there are in a moving picture.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "ui/paint/changes.h"

namespace ui::paint {

/// One palette for all frames: the colours themselves where they are no more than `most`; else by
/// median cut (P. Heckbert, "Color image quantization for frame buffer display", 1982), where a
/// colour that most pixels of its box have stands for it unchanged.
class ColourPalette {
public:
    ColourPalette(const Changes& changes, std::size_t most);
    const std::vector<QRgb>& colours() const { return m_colours; }
    /// Of a colour that occurs in the changes.
    std::uint8_t index_of(QRgb colour) const { return m_index.at(colour); }

private:
    std::vector<QRgb> m_colours;
    std::unordered_map<QRgb, std::uint8_t> m_index;
};

}  // namespace ui::paint
