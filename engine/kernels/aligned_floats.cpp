// SPDX-License-Identifier: MIT
#include "engine/kernels/aligned_floats.h"

#include <algorithm>

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace engine {

namespace {

constexpr std::size_t cache_line = 64;
constexpr std::size_t large_page = std::size_t{2} << 20;

}  // namespace

AlignedFloats::AlignedFloats(std::size_t count) {
    const std::size_t bytes = count * sizeof(float);
    if (bytes == 0) return;
    const std::size_t alignment = bytes < large_page ? cache_line : large_page;
    const std::size_t whole = (bytes + alignment - 1) / alignment * alignment;
    const std::align_val_t aligned{alignment};
    m_floats = {static_cast<float*>(::operator new(whole, aligned)), FreeFloats{aligned}};
#ifdef MADV_HUGEPAGE
    // A wish: where it is not granted everything works the same.
    if (alignment == large_page) madvise(m_floats.get(), whole, MADV_HUGEPAGE);
#endif
    std::fill_n(m_floats.get(), count, 0.0F);
}

}  // namespace engine
