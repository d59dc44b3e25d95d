// SPDX-License-Identifier: MIT
#include "engine/layers/argument.h"

#include "engine/layers/axis_rules.h"

namespace engine {

namespace {

/// One overload a kind of argument.
struct WithinLimits {
    std::string_view name;
    const Limits& limits;

    Check whole(std::int64_t value, int axis = -1) const {
        const auto number = static_cast<double>(value);
        if (number < limits.least)
            return mistake(ErrorCode::not_positive, name, value,
                           static_cast<std::int64_t>(limits.least), axis);
        if (number > limits.most)
            return mistake(ErrorCode::too_large, name, value,
                           static_cast<std::int64_t>(limits.most), axis);
        return std::nullopt;
    }

    Check operator()(bool) const { return std::nullopt; }
    Check operator()(int value) const { return whole(value); }
    Check operator()(float value) const {
        const double number = value;
        if (number >= limits.least && number <= limits.most) return std::nullopt;
        return Error{.code = ErrorCode::out_of_range,
                     .subject = std::string(name),
                     .given_real = {number},
                     .limit_real = {limits.least, limits.most}};
    }
    Check operator()(const Size2D& value) const {
        return first_of(whole(value.height, 0), whole(value.width, 1));
    }
    Check operator()(const Padding& value) const {
        const auto* given = std::get_if<Explicit>(&value);
        return given ? (*this)(given->padding) : std::nullopt;
    }
    Check operator()(const Edges& value) const {
        return first_of(whole(value.top, 0), whole(value.bottom, 0), whole(value.left, 1),
                        whole(value.right, 1));
    }
    template <typename Value>
    Check operator()(const std::optional<Value>& value) const {
        return value ? (*this)(*value) : std::nullopt;
    }
    Check operator()(const OpenShape&) const { return std::nullopt; }  // its layer knows the input
    Check operator()(const std::vector<int>&) const { return std::nullopt; }  // likewise
    Check operator()(const Choice&) const { return std::nullopt; }
};

}  // namespace

std::string_view name_in(Framework framework, const Argument& argument) {
    const Argument::Spellings& other = argument.spellings;
    if (framework == Framework::pytorch && !other.pytorch.empty()) return other.pytorch;
    if (framework == Framework::onnx && !other.onnx.empty()) return other.onnx;
    return argument.name;
}

Argument defining(Argument argument) {
    argument.written = Written::always;
    return argument;
}

Argument required(Argument argument) {
    argument.required = true;
    return defining(argument);
}

Argument listed(Argument argument) {
    argument.may_be_listed = true;
    return argument;
}

std::optional<Error> check_limits(const Argument& argument, const LayerSpec& spec) {
    return std::visit(WithinLimits{argument.name, argument.limits}, argument.value_in(spec));
}

}  // namespace engine
