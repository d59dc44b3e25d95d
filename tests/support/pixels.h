// SPDX-License-Identifier: MIT
// Pictures compared by their pixels.
#pragma once

#include <algorithm>
#include <cstdlib>

#include <QImage>

namespace support {

/// Share of pixels whose largest channel difference exceeds `tolerance`; the pictures are of one
/// size.
inline double share_that_differs(const QImage& a, const QImage& b, int tolerance) {
    qint64 differing = 0;
    for (int y = 0; y < a.height(); ++y) {
        for (int x = 0; x < a.width(); ++x) {
            const QRgb p = a.pixel(x, y);
            const QRgb q = b.pixel(x, y);
            const int worst =
                std::max({std::abs(qRed(p) - qRed(q)), std::abs(qGreen(p) - qGreen(q)),
                          std::abs(qBlue(p) - qBlue(q))});
            if (worst > tolerance) ++differing;
        }
    }
    return static_cast<double>(differing) / (static_cast<double>(a.width()) * a.height());
}

}  // namespace support
