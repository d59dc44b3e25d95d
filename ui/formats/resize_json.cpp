// SPDX-License-Identifier: MIT
#include "ui/formats/resize_json.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/layers/axis_rules.h"
#include "engine/layers/layer_definition.h"

namespace ui::formats {

namespace {

using engine::Coordinates;
using engine::ErrorCode;
using engine::Filter;
using engine::NearestMode;
using Kind = JsonValue::Kind;

constexpr std::array<std::string_view, 22> known_arguments{
    "mode",
    "out_size",
    "size",
    "sizes",
    "scales",
    "scale_factor",
    "recompute_scale_factor",
    "coordinate_transformation_mode",
    "coordinate_transformation",
    "nearest_mode",
    "align_corners",
    "cubic_coeff_a",
    "exclude_outside",
    // These are known as long as they ask for nothing.
    "antialias",
    "keep_aspect_ratio_policy",
    "extrapolation_value",
    "axes",
    "roi",
    "convention",
    "name",
    "data_format",
    "dtype",
};

void note_unknown(const JsonField& field, const std::string& name) {
    field.note({.code = ErrorCode::unknown_name, .subject = field.path(), .text = name});
}

void note_unsupported(const JsonField& field, const std::string& text) {
    field.note({.code = ErrorCode::unsupported, .subject = field.path(), .text = text});
}

void refuse_unknown(const JsonField& arguments) {
    if (!arguments.value() || arguments.value()->kind != Kind::object) return;
    for (std::size_t i = 0; i < arguments.value()->keys.size(); ++i) {
        const std::string& key = arguments.value()->keys[i];
        const bool known = std::ranges::find(known_arguments, key) != known_arguments.end();
        if (!known && arguments.value()->items[i].kind != Kind::null)
            arguments.note(engine::unknown_argument("resize", engine::Framework::onnx, key,
                                                    std::span(known_arguments).first(13)));
    }
}

/// A flag as 0 or 1, or as false or true.
bool read_flag(const JsonField& field) {
    if (!field.given()) return false;
    if (field.value()->kind == Kind::boolean) return field.boolean(false);
    return field.whole(0, 0, 1) != 0;
}

/// What ONNX knows and is not computed here, unless it is set to what it is anyway.
void refuse_unsupported(const JsonField& arguments) {
    if (const JsonField field = arguments["antialias"]; read_flag(field))
        note_unsupported(field, "1");
    if (const JsonField field = arguments["keep_aspect_ratio_policy"]; field.given())
        if (const std::string policy = field.string({}); policy != "stretch")
            note_unsupported(field, policy);
    if (const JsonField field = arguments["axes"]; field.given())
        if (field.integers() != std::vector<int>{1, 2})
            note_unsupported(field, std::string(field.value()->text));
    // Only tf_crop_and_resize, which is refused, looks at these two: roi and extrapolation_value.
}

Filter read_filter(const JsonField& field) {
    const std::string mode = lower_case(field.string("nearest"));
    if (mode == "linear" || mode == "bilinear") return Filter::triangle;
    if (mode == "cubic" || mode == "bicubic") return Filter::cubic;
    if (mode != "nearest") note_unknown(field, mode);
    return Filter::nearest;
}

template <typename Kinds>
Kinds read_choice(const JsonField& field, Kinds otherwise) {
    if (!field.given()) return otherwise;
    const std::string name = field.string({});
    const auto value = engine::value_named(engine::choice_names(otherwise), name);
    if (value) return static_cast<Kinds>(*value);
    if (lower_case(name) == "tf_crop_and_resize")
        note_unsupported(field, name);
    else
        note_unknown(field, name);
    return otherwise;
}

/// One number for both, [rows, columns], or one for each axis of the input (batch, rows, columns,
/// channels), or of ONNX's own (batch, channels, rows, columns), where those that are no side
/// are 1.
std::array<double, 2> read_pair(const JsonField& field) {
    constexpr std::array<double, 2> none{1, 1};
    if (field.value()->kind == Kind::number) {
        const double both = field.number(1);
        return {both, both};
    }
    if (field.value()->kind != Kind::numbers || field.value()->count > 4) {
        field.refuse("a number or a list of numbers");
        return none;
    }
    const std::vector<float> numbers = json_to_floats(*field.value());
    const auto at = [&](std::size_t i) { return static_cast<double>(numbers[i]); };
    if (numbers.size() == 1) return {at(0), at(0)};
    if (numbers.size() == 2) return {at(0), at(1)};
    if (numbers.size() == 4 && at(0) == 1 && at(3) == 1) return {at(1), at(2)};
    if (numbers.size() == 4 && at(0) == 1 && at(1) == 1) return {at(2), at(3)};
    field.refuse("one number for rows and columns, a pair, or four with 1 for batch and channels");
    return none;
}

engine::Ratio read_scale(const JsonField& field, double scale) {
    constexpr double most = engine::max_ratio;
    if (scale >= 1 / most && scale <= most) return engine::ratio_of(static_cast<float>(scale));
    field.note({.code = ErrorCode::out_of_range,
                .subject = field.path(),
                .given_real = {scale},
                .limit_real = {1 / most, most}});
    return {1, 1};
}

int read_scaled(const JsonField& field, int in, engine::Ratio scale) {
    const std::int64_t out = engine::scaled(in, scale);
    if (out < 1)
        field.note({.code = ErrorCode::empty_output,
                    .subject = field.path(),
                    .given = {in},
                    .limit = {in}});
    if (auto wrong = engine::in_size("output", out)) field.note(*wrong);
    return field.good() ? static_cast<int>(out) : 1;
}

/// The first of several names that is given.
JsonField either(const JsonField& arguments, std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names)
        if (JsonField field = arguments[name]; field.given()) return field;
    return arguments[*names.begin()];
}

/// The size that is asked for; `sizes` may name those of all axes.
engine::Size2D read_size(const JsonField& field, const engine::Shape& input) {
    if (field.value()->kind != Kind::numbers || field.value()->count != 4)
        return field.extent({1, 1});
    const std::vector<int> sizes = field.integers();
    if (sizes.size() != 4) return {1, 1};
    if (sizes[3] == input.channels()) return {sizes[1], sizes[2]};
    if (sizes[1] == input.channels()) return {sizes[2], sizes[3]};
    field.refuse("sizes of the output with the input’s channels");
    return {1, 1};
}

}  // namespace

Resize read_resize(const JsonField& arguments, const engine::Shape& input) {
    refuse_unknown(arguments);
    refuse_unsupported(arguments);
    engine::Sampling rule;
    rule.filter = read_filter(arguments["mode"]);
    const bool nearest = rule.filter == Filter::nearest;

    const JsonField placed =
        either(arguments, {"coordinate_transformation_mode", "coordinate_transformation"});
    const JsonField rounded = arguments["nearest_mode"];
    const JsonField aligned = arguments["align_corners"];
    bool in_onnx_words = arguments["coordinate_transformation_mode"].given() || rounded.given();
    rule.coordinates = read_choice(
        placed, nearest && !in_onnx_words ? Coordinates::asymmetric : Coordinates::half_pixel);
    in_onnx_words = in_onnx_words || rule.coordinates != Coordinates::asymmetric;
    rule.nearest_mode =
        read_choice(rounded, in_onnx_words ? NearestMode::round_prefer_floor : NearestMode::floor);
    if (aligned.given()) {
        const bool corners = read_flag(aligned);
        const auto wanted = corners ? Coordinates::align_corners : Coordinates::half_pixel;
        if (placed.given() && rule.coordinates != wanted)
            aligned.note(
                {.code = ErrorCode::given_twice, .subject = aligned.path(), .text = placed.path()});
        // PyTorch has no corners to align where nothing is interpolated.
        if (nearest && corners) note_unsupported(aligned, "true");
        if (!nearest) rule.coordinates = wanted;
    }

    const JsonField coefficient = arguments["cubic_coeff_a"];
    rule.cubic_coeff_a = static_cast<double>(coefficient.number(-0.75F));
    // Beyond, the weights that are left at the rim may add up to 0.
    if (rule.cubic_coeff_a < -1 || rule.cubic_coeff_a > 0)
        coefficient.note({.code = ErrorCode::out_of_range,
                          .subject = coefficient.path(),
                          .given_real = {rule.cubic_coeff_a},
                          .limit_real = {-1, 0}});
    if (read_flag(arguments["exclude_outside"])) rule.rim = engine::Rim::renormalise;

    Resize resize{rule, {1, 1}};
    const JsonField size = either(arguments, {"out_size", "sizes", "size"});
    const JsonField scales = either(arguments, {"scales", "scale_factor"});
    if (scales.given() && size.given()) {
        scales.note(
            {.code = ErrorCode::given_twice, .subject = scales.path(), .text = size.path()});
    } else if (scales.given()) {
        const auto [down, across] = read_pair(scales);
        const engine::Ratio rows = read_scale(scales, down);
        const engine::Ratio columns = read_scale(scales, across);
        if (input.rank() == 3 && input.is_known())
            resize.out_size = {read_scaled(scales, input.height(), rows),
                               read_scaled(scales, input.width(), columns)};
        if (!read_flag(arguments["recompute_scale_factor"])) {
            resize.sampling.rows.scale = rows;
            resize.sampling.columns.scale = columns;
        }
    } else if (size.required().given()) {
        resize.out_size = read_size(size, input);
    }
    return resize;
}

}  // namespace ui::formats
