// SPDX-License-Identifier: MIT
// libFuzzer's door to complaint_about_layer.
#include <cstdio>
#include <cstdlib>

#include "tests/fuzz/entry_points.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string complaint = fuzz::complaint_about_layer({bytes, size});
    if (complaint.empty()) return 0;
    std::fprintf(stderr, "%s\n", complaint.c_str());
    std::abort();
}
