// SPDX-License-Identifier: MIT
// Two results of one size, cut from the same full output at different places: laid over each other,
// and subtracted.
#pragma once

#include "ui/diagram/scene.h"
#include "ui/diagram/sentences.h"

namespace ui::diagram {

struct Overlay {
    Heading heading = {};
    QString own_name = {}, other_name = {};
    engine::Cell own = {}, other = {};  ///< first cells of the results, of the full output
    engine::Tensor full = {};           ///< with the cells that either of them appends
    engine::Tensor own_result = {}, other_result = {}, difference = {};  ///< own - other
    int differing = 0;                                                   ///< cells of the results
};

/// None where nothing is laid over the result, or it is cut where the layer cuts it.
std::optional<Overlay> overlay_of(const Scene& scene);

void draw_overlay(Builder& builder, const Scene& scene, const Overlay& overlay, const QRectF& area);

}  // namespace ui::diagram
