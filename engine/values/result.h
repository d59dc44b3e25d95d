// SPDX-License-Identifier: MIT
// A value or the reason why there is none: the engine never throws, prints or aborts.
#pragma once

#include <cassert>
#include <cstdint>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace engine {

/// What kind of mistake it was. The engine words nothing: ui/document/error_text turns a code
/// and its numbers into one translated sentence, for the window and the command line alike.
enum class ErrorCode {
    not_positive,  ///< given[0] must be at least limit[0]
    too_large,     ///< given[0] must be at most limit[0]
    over_budget,   ///< given[0] numbers asked for, at most limit[0] allowed
    /// given = milliseconds, products; limit[0] milliseconds. Of "kernel": taps × cells, limit[0]
    too_much_work,
    output_padding_too_large,  ///< given[0] = output_padding, must be less than limit[0]
    strides_with_dilation,     ///< given = strides then dilation_rate; Keras refuses the pair
    empty_output,              ///< nothing is left: `subject` takes given[0] of limit[0] cells
    rank_mismatch,             ///< given[0] = rank found, limit = ranks accepted
    shape_mismatch,            ///< given = shape found, limit = shape needed; `text`: wrong axes
    size_mismatch,             ///< given[0] = numbers found, limit[0] = numbers needed
    indivisible_channels,      ///< given[0] channels do not split into limit[0] groups
    missing_weights,           ///< subject is the tensor that is needed
    not_finite,    ///< a number in `subject` is infinite or not a number; given[0] = index
    out_of_range,  ///< given_real[0] must lie from limit_real[0] to limit_real[1]
    unknown_name,  ///< `text` is not a known value of `subject`
    /// `subject` has no argument `text`; `meant`, if known, is its name in `dialect`
    unknown_argument,
    unknown_size,    ///< a size of `subject` is None, but this layer needs to know it
    unsupported,     ///< known, but not computed by this program; `text` says what
    no_such_item,    ///< `text` names nothing that exists (a lesson, a file)
    bad_syntax,      ///< `text` cannot be read; given = line, column (both from 1) if known
    duplicate_key,   ///< `text` is a key that stands twice in one object; given = line, column
    given_twice,     ///< `subject` and `text` are two names of one thing
    wrong_type,      ///< `subject` must be of another kind; `text` names the kind
    newer_version,   ///< given[0] = version found, limit[0] = newest understood
    not_a_chain,     ///< the layer `text` of a model has not one before and one behind it
    not_in_dialect,  ///< `dialect` cannot say `text` of the layer `subject`, or has no such layer
    unknown_format,  ///< a file seems to be `text`; `meant` are the formats that can be read
    // These are said of what is done all the same.
    left_out,     ///< `subject` of a lesson is not in the file that was written of it
    assumed,      ///< sizes of `subject` are not known; given is what is taken
    computed_as,  ///< `subject` is computed as `text` does, and other releases do otherwise
    unfolded,     ///< the model `text` inside the model stands as its layers
    // The system's part.
    cannot_read,    ///< `subject` is the file, `text` the system's reason
    cannot_write,   ///< `subject` is the file, `text` the system's reason
    out_of_memory,  ///< the system gives no more
    cancelled,      ///< the user stopped it
};

/// A user's mistake as a value.
struct Error {
    ErrorCode code = ErrorCode::unsupported;
    std::string subject{};  ///< argument or tensor, spelled as in Keras: "output_padding"
    std::vector<std::int64_t> given{};  ///< the numbers found
    std::vector<std::int64_t> limit{};  ///< the numbers that would have been right
    std::string text{};                 ///< a name or fragment the user wrote, if the code uses it
    std::vector<double> given_real{};   ///< a number found that need not be whole
    std::vector<double> limit_real{};   ///< the least and the most that would have been right
    std::string meant{};                ///< the name that was probably meant, …
    std::string dialect{};              ///< … in these words: "Keras"
    int axis = -1;                      ///< 0 rows, 1 columns, -1 neither
    int layer = -1;                     ///< index of the layer in its model, -1 if it stands alone

    bool operator==(const Error&) const = default;
};

/// The stable spelling of a code ("output_padding_too_large"), used by `eval` and in tests.
const char* code_name(ErrorCode code);

/// A T or an Error; the same member names as std::expected, so that it can be swapped later.
template <typename T>
class [[nodiscard]] Result {
public:
    Result(T value)
        : m_state(std::in_place_index<0>, std::move(value)) {}  // NOLINT: implicit on purpose
    Result(Error error)
        : m_state(std::in_place_index<1>, std::move(error)) {}  // NOLINT: implicit on purpose

    bool has_value() const { return m_state.index() == 0; }
    explicit operator bool() const { return has_value(); }

    const T& value() const& {
        assert(has_value());
        return *std::get_if<0>(&m_state);
    }
    T& value() & {
        assert(has_value());
        return *std::get_if<0>(&m_state);
    }
    T&& value() && {
        assert(has_value());
        return std::move(*std::get_if<0>(&m_state));
    }
    const T& operator*() const& { return value(); }
    T& operator*() & { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    const T* operator->() const { return &value(); }
    T* operator->() { return &value(); }
    const Error& error() const {
        assert(!has_value());
        return *std::get_if<1>(&m_state);
    }

    /// f: T -> Result<U>. The error passes through untouched.
    template <typename F>
    auto and_then(F&& f) const -> std::invoke_result_t<F, const T&> {
        if (has_value()) return std::forward<F>(f)(value());
        return error();
    }
    /// f: T -> U. The error passes through untouched.
    template <typename F>
    auto transform(F&& f) const -> Result<std::invoke_result_t<F, const T&>> {
        if (has_value()) return std::forward<F>(f)(value());
        return error();
    }

private:
    std::variant<T, Error> m_state;
};

}  // namespace engine
