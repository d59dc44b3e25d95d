// SPDX-License-Identifier: MIT
// The arguments of resizing in ONNX's words (Resize) or PyTorch's (interpolate) → a sampling rule.
#pragma once

#include "engine/layers/interpolation.h"
#include "ui/formats/json/json_field.h"

namespace ui::formats {

struct Resize {
    engine::Sampling2D sampling;
    engine::Size2D out_size;
};

/// `input` is (height, width, channels).
///
/// mode                   nearest (the default), linear or bilinear, cubic or bicubic
/// out_size, size         [rows, columns] of the output; `sizes` also one for each axis of the
///                        input
/// scales, scale_factor   in their place a number, [rows, columns], or one for each axis of the
///                        input: the output is the product, rounded down, and what is sampled goes
///                        by the scale, not by the sizes (by these with recompute_scale_factor)
/// coordinate_transformation_mode (coordinate_transformation), nearest_mode
///                        ONNX's names; tf_crop_and_resize is refused. By default half_pixel; of
///                        nearest, where neither is given, asymmetric and floor, as Keras has it,
///                        and round_prefer_floor where the coordinates are given in ONNX's words
/// align_corners          PyTorch's: true is align_corners, false half_pixel
/// cubic_coeff_a (-0.75), exclude_outside (0)
///
/// Anything else that would change a number is refused.
Resize read_resize(const JsonField& arguments, const engine::Shape& input);

}  // namespace ui::formats
