// SPDX-License-Identifier: MIT
#include "ui/paint/colour_palette.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace ui::paint {

namespace {

struct Counted {
    QRgb colour = 0;
    std::int64_t pixels = 0;
};

int channel_of(QRgb colour, int channel) { return static_cast<int>(colour >> (8 * channel)) & 255; }

/// Colours next to each other, and how much would be won by cutting them.
struct ColourBox {
    std::size_t first = 0, last = 0;  ///< of the list of all
    int widest = 0;                   ///< channel
    int width = 0;                    ///< in it
    std::int64_t pixels = 0;
    double worth() const { return static_cast<double>(pixels) * width * width; }
};

class MedianCut {
public:
    explicit MedianCut(std::vector<Counted> colours) : m_colours(std::move(colours)) {}

    std::vector<ColourBox> boxes(std::size_t most) {
        std::vector<ColourBox> boxes{box_of(0, m_colours.size())};
        while (boxes.size() < most) {
            const auto worst = std::ranges::max_element(boxes, {}, &ColourBox::worth);
            if (worst->width == 0) break;
            const std::size_t middle = cut(*worst);
            const ColourBox before = *worst;
            *worst = box_of(before.first, middle);
            boxes.push_back(box_of(middle, before.last));
        }
        return boxes;
    }
    const Counted& operator[](std::size_t i) const { return m_colours[i]; }

    QRgb colour_of(const ColourBox& box) const {
        const auto begin = m_colours.begin() + static_cast<std::ptrdiff_t>(box.first);
        const auto end = m_colours.begin() + static_cast<std::ptrdiff_t>(box.last);
        const auto usual = std::max_element(
            begin, end, [](const Counted& a, const Counted& b) { return a.pixels < b.pixels; });
        if (2 * usual->pixels >= box.pixels) return usual->colour;
        std::array<double, 3> sum{};
        for (auto it = begin; it != end; ++it)
            for (int channel = 0; channel < 3; ++channel)
                sum.at(static_cast<std::size_t>(channel)) +=
                    static_cast<double>(it->pixels) * channel_of(it->colour, channel);
        QRgb mean = 0xff000000;
        for (int channel = 0; channel < 3; ++channel)
            mean |= static_cast<QRgb>(std::lround(sum.at(static_cast<std::size_t>(channel)) /
                                                  static_cast<double>(box.pixels)))
                    << (8 * channel);
        return mean;
    }

private:
    ColourBox box_of(std::size_t first, std::size_t last) const {
        ColourBox box{first, last};
        for (int channel = 0; channel < 3; ++channel) {
            int least = 255;
            int most = 0;
            for (std::size_t i = first; i < last; ++i) {
                const int value = channel_of(m_colours[i].colour, channel);
                least = std::min(least, value);
                most = std::max(most, value);
            }
            if (most - least <= box.width) continue;
            box.width = most - least;
            box.widest = channel;
        }
        for (std::size_t i = first; i < last; ++i) box.pixels += m_colours[i].pixels;
        return box;
    }

    /// Half of the pixels on each side, and a colour at least. Returns where the second begins.
    std::size_t cut(const ColourBox& box) {
        const auto begin = m_colours.begin() + static_cast<std::ptrdiff_t>(box.first);
        const auto end = m_colours.begin() + static_cast<std::ptrdiff_t>(box.last);
        // By the colour itself where the channel is the same: the order is the same everywhere.
        std::sort(begin, end, [&](const Counted& a, const Counted& b) {
            const int one = channel_of(a.colour, box.widest);
            const int other = channel_of(b.colour, box.widest);
            return one != other ? one < other : a.colour < b.colour;
        });
        std::int64_t pixels = 0;
        std::size_t middle = box.first;
        while (2 * pixels < box.pixels) pixels += m_colours[middle++].pixels;
        return std::clamp(middle, box.first + 1, box.last - 1);
    }

    std::vector<Counted> m_colours;
};

/// By colour: the order is the same on every machine.
std::vector<Counted> counted(const Changes& changes) {
    std::unordered_map<QRgb, std::int64_t> counts;
    for (const Change& change : changes.all()) {
        const int width = change.image.width();
        for (int y = 0; y < change.image.height(); ++y) {
            const auto* line = reinterpret_cast<const QRgb*>(change.image.constScanLine(y));
            for (int x = 0; x < width;) {  // runs of one colour are looked up once
                const QRgb colour = line[x];
                const int begin = x;
                while (x < width && line[x] == colour) ++x;
                if (colour != 0) counts[colour] += x - begin;
            }
        }
    }
    std::vector<Counted> list;
    list.reserve(counts.size());
    for (const auto& [colour, pixels] : counts) list.push_back({colour, pixels});
    std::ranges::sort(list, {}, &Counted::colour);
    return list;
}

}  // namespace

ColourPalette::ColourPalette(const Changes& changes, std::size_t most) {
    std::vector<Counted> colours = counted(changes);
    m_index.reserve(colours.size());
    if (colours.size() <= most) {
        for (const Counted& one : colours) {
            m_index[one.colour] = static_cast<std::uint8_t>(m_colours.size());
            m_colours.push_back(one.colour);
        }
        return;
    }
    MedianCut cut(std::move(colours));
    for (const ColourBox& box : cut.boxes(most)) {
        for (std::size_t i = box.first; i < box.last; ++i)
            m_index[cut[i].colour] = static_cast<std::uint8_t>(m_colours.size());
        m_colours.push_back(cut.colour_of(box));
    }
}

}  // namespace ui::paint
