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
/// From here on clearing a large page takes less time than handing out that many small ones.
constexpr std::size_t worth_a_large_page = std::size_t{512} << 10;

}  // namespace

AlignedFloats::AlignedFloats(std::size_t count) : AlignedFloats(for_overwrite(count)) {
    std::fill_n(m_floats.get(), count, 0.0F);
}

AlignedFloats AlignedFloats::for_overwrite(std::size_t count) {
    AlignedFloats floats;
    const std::size_t bytes = count * sizeof(float);
    if (bytes == 0) return floats;
    const std::size_t alignment = bytes < worth_a_large_page ? cache_line : large_page;
    const std::size_t whole = (bytes + alignment - 1) / alignment * alignment;
    const std::align_val_t aligned{alignment};
    floats.m_floats = {static_cast<float*>(::operator new(whole, aligned)), FreeFloats{aligned}};
#ifdef MADV_HUGEPAGE
    // A wish: where it is not granted everything works the same.
    if (alignment == large_page) madvise(floats.m_floats.get(), whole, MADV_HUGEPAGE);
#endif
    return floats;
}

}  // namespace engine
