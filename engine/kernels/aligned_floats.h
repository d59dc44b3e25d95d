// SPDX-License-Identifier: MIT
// Numbers that begin on a cache line, so that no vector of packed weights straddles two.
#pragma once

#include <cstddef>
#include <memory>
#include <new>

namespace engine {

struct FreeFloats {
    std::align_val_t alignment{};
    void operator()(float* floats) const { ::operator delete(floats, alignment); }
};

class AlignedFloats {
public:
    AlignedFloats() = default;
    /// `count` zeros. Many of them lie in large pages where the system has such: handing out small
    /// ones takes longer than packing what they hold, and finding them again takes time in every
    /// run.
    explicit AlignedFloats(std::size_t count);
    /// For whoever writes every one of them before it is read.
    static AlignedFloats for_overwrite(std::size_t count);

    float* data() { return m_floats.get(); }
    const float* data() const { return m_floats.get(); }

private:
    std::unique_ptr<float[], FreeFloats> m_floats;
};

}  // namespace engine
