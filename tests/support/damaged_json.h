// SPDX-License-Identifier: MIT
// JSON with a few things gone wrong, always the same for one state of the generator.
#pragma once

#include <array>
#include <random>

#include <QByteArray>

namespace support {

/// One to four edits: a byte changed, bytes lost, a piece of JSON put in, or a part of the text
/// doubled.
inline QByteArray damaged(QByteArray bytes, std::mt19937& random) {
    constexpr std::array pieces{"[",
                                "]",
                                "{",
                                "}",
                                "\"",
                                ",",
                                ":",
                                "-",
                                "1e999",
                                "0",
                                "null",
                                "-1",
                                "true",
                                "\\u",
                                "0.5",
                                "[1, 1]",
                                "\\ud800",
                                "NaN",
                                "\xC3",
                                "9999999999",
                                "1.5",
                                "[[[[",
                                "{\"shape\": [1], \"data\": [1]}",
                                "\"seed\": 1"};
    const auto below = [&random](std::size_t bound) {
        return static_cast<qsizetype>(random() % bound);
    };
    for (qsizetype edits = below(4) + 1; edits > 0 && !bytes.isEmpty(); --edits) {
        const auto size = static_cast<std::size_t>(bytes.size());
        const qsizetype at = below(size);
        switch (below(4)) {
            case 0:
                bytes[at] = static_cast<char>(random());
                break;
            case 1:
                bytes.remove(at, below(20) + 1);
                break;
            case 2:
                bytes.insert(at, pieces[static_cast<std::size_t>(below(pieces.size()))]);
                break;
            default:
                bytes.insert(at, bytes.mid(below(size), below(40)));
                break;
        }
    }
    return bytes;
}

}  // namespace support
