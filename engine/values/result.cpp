// SPDX-License-Identifier: MIT
#include "engine/values/result.h"

namespace engine {

const char* code_name(ErrorCode code) {
    switch (code) {
        case ErrorCode::not_positive:
            return "not_positive";
        case ErrorCode::too_large:
            return "too_large";
        case ErrorCode::over_budget:
            return "over_budget";
        case ErrorCode::too_much_work:
            return "too_much_work";
        case ErrorCode::output_padding_too_large:
            return "output_padding_too_large";
        case ErrorCode::strides_with_dilation:
            return "strides_with_dilation";
        case ErrorCode::empty_output:
            return "empty_output";
        case ErrorCode::rank_mismatch:
            return "rank_mismatch";
        case ErrorCode::shape_mismatch:
            return "shape_mismatch";
        case ErrorCode::size_mismatch:
            return "size_mismatch";
        case ErrorCode::indivisible_channels:
            return "indivisible_channels";
        case ErrorCode::missing_weights:
            return "missing_weights";
        case ErrorCode::not_finite:
            return "not_finite";
        case ErrorCode::out_of_range:
            return "out_of_range";
        case ErrorCode::unknown_argument:
            return "unknown_argument";
        case ErrorCode::unknown_size:
            return "unknown_size";
        case ErrorCode::unknown_name:
            return "unknown_name";
        case ErrorCode::unsupported:
            return "unsupported";
        case ErrorCode::no_such_item:
            return "no_such_item";
        case ErrorCode::bad_syntax:
            return "bad_syntax";
        case ErrorCode::duplicate_key:
            return "duplicate_key";
        case ErrorCode::given_twice:
            return "given_twice";
        case ErrorCode::wrong_type:
            return "wrong_type";
        case ErrorCode::newer_version:
            return "newer_version";
        case ErrorCode::not_a_chain:
            return "not_a_chain";
        case ErrorCode::not_in_dialect:
            return "not_in_dialect";
        case ErrorCode::assumed:
            return "assumed";
        case ErrorCode::computed_as:
            return "computed_as";
        case ErrorCode::unfolded:
            return "unfolded";
        case ErrorCode::unknown_format:
            return "unknown_format";
        case ErrorCode::left_out:
            return "left_out";
        case ErrorCode::cannot_read:
            return "cannot_read";
        case ErrorCode::cannot_write:
            return "cannot_write";
        case ErrorCode::out_of_memory:
            return "out_of_memory";
        case ErrorCode::cancelled:
            return "cancelled";
    }
    return "unknown";
}

}  // namespace engine
