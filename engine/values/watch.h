// SPDX-License-Identifier: MIT
// How long work says how far it is, and is stopped.
#pragma once

#include <functional>

namespace engine {

/// Told some times a second how far the work is, 0 to 1; the answer false stops it, with
/// ErrorCode::cancelled. Empty: nobody looks. Called by the thread that asked for the work.
using Watch = std::function<bool(double)>;

/// A part of a longer work: from `begin` to `end` of it.
inline Watch part_of(const Watch& whole, double begin, double end) {
    if (!whole) return {};
    return [&whole, begin, end](double done) { return whole(begin + (end - begin) * done); };
}

}  // namespace engine
