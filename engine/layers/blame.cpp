// SPDX-License-Identifier: MIT
#include "engine/layers/blame.h"

#include <array>

namespace engine {

const Argument* argument_behind(const LayerDefinition& definition, const Error& error) {
    struct Alias {
        ErrorCode code;
        std::string_view subject, argument;
    };
    // What an error calls otherwise, or blames on the input that does not suit.
    constexpr std::array aliases{Alias{ErrorCode::empty_output, "kernel", "kernel_size"},
                                 Alias{ErrorCode::too_large, "kernel", "kernel_size"},
                                 Alias{ErrorCode::too_much_work, "kernel", "kernel_size"},
                                 Alias{ErrorCode::indivisible_channels, "input", "groups"},
                                 Alias{ErrorCode::indivisible_channels, "input", "block_size"}};
    if (const Argument* named = argument_named(definition, Framework::keras, error.subject))
        return named;
    for (const Alias& alias : aliases)
        if (alias.code == error.code && alias.subject == error.subject)
            if (const Argument* meant =
                    argument_named(definition, Framework::keras, alias.argument))
                return meant;
    return nullptr;
}

}  // namespace engine
