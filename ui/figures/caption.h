// SPDX-License-Identifier: MIT
// What stands below a figure in a paper: the layer with every argument, and the sizes.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "engine/lessons/lesson.h"
#include "ui/diagram/diagram.h"
#include "ui/diagram/view.h"

namespace ui::figures {

/// One layer's part of a caption.
struct Caption {
    QString lead;   ///< "A: ", "Layer 2 of 3: "; empty where there is but one layer
    QString name;   ///< "Conv2DTranspose"
    QString rest;   ///< "(filters=1, kernel_size=(3, 3), …)": every argument as in Keras
    QString sizes;  ///< "Input 2 × 2 × 1, kernel 3 × 3 × 1 × 1, output 4 × 4 × 1."
    QString text() const;
    bool operator==(const Caption&) const = default;
};

enum class Told {
    all,            ///< every argument, the defaults too
    when_it_tells,  ///< those that define the layer, or are not the default
};
/// "(filters=1, kernel_size=(3, 3), strides=(2, 2), padding='same', output_padding=None, …)", in
/// Keras's order and spelling; without brackets if not all are told.
QString keras_arguments(const engine::LayerSpec& spec, Told told = Told::all);

/// Of the layer on the stage, and of the one that it is compared with. `runs` are one of each side.
std::vector<Caption> captions_of(const engine::Lesson& lesson,
                                 std::span<const engine::Run* const> runs,
                                 const diagram::View& view);

using Measure = std::function<QRectF(const diagram::Label&)>;

/// The figure with its caption below, in lines that are not longer than the figure is wide; a
/// figure too narrow for words stands in the middle of them. `measured` as for extent_of.
diagram::Diagram captioned(diagram::Diagram figure, std::span<const Caption> captions,
                           const Measure& measured);

}  // namespace ui::figures
