// SPDX-License-Identifier: MIT
// What is fuzzed: any bytes go in, and a complaint comes out if the program answers them wrongly. libFuzzer feeds these
// functions with bytes of its own, tst_fuzz_corpus with those that are kept here.
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace fuzz {

using Bytes = std::span<const std::uint8_t>;

/// The bytes as a file for `stridescope eval`. Either it is refused in a sentence, or there is one answer a case.
std::string complaint_about_eval(Bytes bytes);

/// The bytes as a layer with any arguments on an input of any shape. Where `infer` accepts it, sizes and crops agree;
/// where it is small, every runnable target computes what the oracle does.
std::string complaint_about_layer(Bytes bytes);

}  // namespace fuzz
