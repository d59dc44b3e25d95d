// SPDX-License-Identifier: MIT
// libFuzzer's door to one of the entry points: FUZZ_ENTRY, of entry_points.h.
#include <cstdio>
#include <cstdlib>

#include "tests/fuzz/entry_points.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string complaint = fuzz::FUZZ_ENTRY({bytes, size});
    if (complaint.empty()) return 0;
    std::fprintf(stderr, "%s\n", complaint.c_str());
    std::abort();
}
