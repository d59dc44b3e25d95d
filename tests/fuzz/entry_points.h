// SPDX-License-Identifier: MIT
// What is fuzzed: any bytes go in, and a complaint comes out if the program answers them wrongly.
// libFuzzer feeds these functions with bytes of its own (door.cpp), tst_fuzz_corpus with those that
// are kept here.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>

namespace fuzz {

using Bytes = std::span<const std::uint8_t>;

/// The bytes as a file for `stridescope eval`. Either it is refused in a sentence, or there is one
/// answer a case.
std::string complaint_about_eval(Bytes bytes);

/// The bytes as a layer with any arguments on an input of any shape. Where `infer` accepts it,
/// sizes and crops agree; where it is small, every runnable target computes what the oracle does.
std::string complaint_about_layer(Bytes bytes);

/// The bytes as a file that holds a lesson, of any format. Either it is refused in a sentence, or
/// what is written of it reads as the same lesson and is written the same once more; so in every
/// format that does not refuse it.
std::string complaint_about_lesson(Bytes bytes);

/// The bytes as a recipe for a lesson of any layers, weights, input and view, written, then changed
/// in a few places. As complaint_about_lesson; and what was not changed comes back as it was.
std::string complaint_about_made_lesson(Bytes bytes);

/// The bytes as text on the clipboard. Either it is refused in a sentence, or it is a grid that
/// comes back from each form in which grids are copied.
std::string complaint_about_clipboard(Bytes bytes);

/// The bytes as a command line, an argument a line, in a folder that holds a few files. It ends
/// with one of the three exit codes; a failure is one sentence and leaves the folder as it was.
std::string complaint_about_arguments(Bytes bytes);

/// The bytes as the file in which the window's settings are kept. Whatever it holds, the window can
/// be opened with it.
std::string complaint_about_settings(Bytes bytes);

/// The bytes as a file of weights, for layers with and without a bias. Either it is refused in a
/// sentence, or its kernel fits and comes back bit for bit from every format in both orders.
std::string complaint_about_weights(Bytes bytes);

struct EntryPoint {
    const char* name;  ///< of its folder in corpus/, and behind "fuzz_" of its program
    std::string (*complaint_about)(Bytes bytes);
};

inline constexpr std::array<EntryPoint, 8> entry_points{{
    {"eval", complaint_about_eval},
    {"layer", complaint_about_layer},
    {"lesson", complaint_about_lesson},
    {"made_lesson", complaint_about_made_lesson},
    {"clipboard", complaint_about_clipboard},
    {"arguments", complaint_about_arguments},
    {"settings", complaint_about_settings},
    {"weights", complaint_about_weights},
}};

}  // namespace fuzz
