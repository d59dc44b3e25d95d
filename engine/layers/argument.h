// SPDX-License-Identifier: MIT
// A layer's arguments as data: each is declared once, and read, written, shown, checked and fuzzed
// from there.
#pragma once

#include <limits>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "engine/frameworks/framework.h"
#include "engine/layers/layer_spec.h"

namespace engine {

/// One of the names of an enumeration.
struct Choice {
    const ChoiceNames* names = nullptr;
    int index = 0;  ///< the enumeration's value
    bool operator==(const Choice&) const = default;
};

/// Sizes of which one may be -1, what is left over: target_shape.
struct OpenShape {
    Shape sizes = {};
    bool operator==(const OpenShape&) const = default;
};

/// What an argument can be. Its alternative is its kind; one that is optional may be None.
using ArgumentValue =
    std::variant<bool, int, float, std::optional<float>, Size2D, std::optional<Size2D>, Padding,
                 Edges, OpenShape, std::vector<int>, Choice>;

/// What each number of an argument may be, both ends included.
struct Limits {
    double least = std::numeric_limits<double>::lowest();
    double most = std::numeric_limits<double>::max();
    bool operator==(const Limits&) const = default;
};

enum class Written {
    always,         ///< it defines the layer
    when_it_tells,  ///< when it is not the default
};

/// Spelling of an argument that a framework's layer does not have.
inline constexpr std::string_view no_name = "-";

struct Argument {
    std::string_view name;  ///< Keras 3's
    /// Other spellings; empty where it has the same name, no_name where there is none.
    struct Spellings {
        std::string_view keras_2 = {}, pytorch = {}, onnx = {};
    } spellings = {};
    bool required = false;       ///< Keras has no default for it
    bool may_be_listed = false;  ///< also as a list of one number
    Written written = Written::when_it_tells;
    Limits limits = {};
    ArgumentValue (*value_in)(const LayerSpec&) = nullptr;
    /// The value must be of the argument's kind.
    void (*put)(LayerSpec&, const ArgumentValue&) = nullptr;
    /// A value of its kind, no matter which.
    ArgumentValue (*kind)() = nullptr;
};

/// Its name in a framework's words.
std::string_view name_in(Framework framework, const Argument& argument);

// How a member of a layer becomes a value, and back.

template <typename Member>
ArgumentValue to_argument(const Member& member) {
    if constexpr (std::is_enum_v<Member>)
        return Choice{&choice_names(member), static_cast<int>(member)};
    else if constexpr (std::is_same_v<Member, Shape>)
        return OpenShape{member};
    else
        return member;
}

template <typename Member>
Member from_argument(const ArgumentValue& value) {
    if constexpr (std::is_enum_v<Member>)
        return static_cast<Member>(std::get<Choice>(value).index);
    else if constexpr (std::is_same_v<Member, Shape>)
        return std::get<OpenShape>(value).sizes;
    else
        return std::get<Member>(value);
}

template <typename Pointer>
struct MemberOf;
template <typename LayerType, typename MemberType>
struct MemberOf<MemberType LayerType::*> {
    using Holder = LayerType;
    using Member = MemberType;
};

/// The argument held by a member: argument<&Dense::units>("units").
template <auto member>
Argument argument(std::string_view name, Limits limits = {}, Argument::Spellings spellings = {}) {
    using Holder = typename MemberOf<decltype(member)>::Holder;
    using Member = typename MemberOf<decltype(member)>::Member;
    return {.name = name,
            .spellings = spellings,
            .limits = limits,
            .value_in =
                [](const LayerSpec& spec) { return to_argument(std::get<Holder>(spec).*member); },
            .put =
                [](LayerSpec& spec, const ArgumentValue& value) {
                    std::get<Holder>(spec).*member = from_argument<Member>(value);
                },
            .kind = []() -> ArgumentValue { return to_argument(Member{}); }};
}

/// It defines the layer, so it is always written.
Argument defining(Argument argument);
/// The same, and Keras has no default for it.
Argument required(Argument argument);

/// TensorFlow 2 saves an axis as a list of one.
Argument listed(Argument argument);

/// Is every number of the layer's argument within its limits?
std::optional<Error> check_limits(const Argument& argument, const LayerSpec& spec);

}  // namespace engine
