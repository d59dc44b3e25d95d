// SPDX-License-Identifier: MIT
// Two stages in one picture, with a map of the difference between their outputs below.
#pragma once

#include <array>

#include "engine/lessons/comparison.h"
#include "ui/diagram/stage.h"

namespace ui::diagram {

/// One of the two that are compared.
struct ComparedSide {
    QString name;            ///< "Conv2DTranspose(kernel_size=3, strides=2)"
    const Diagram* picture;  ///< null: there is none
    QString problem = {};    ///< why it is not of this setting, if it is not
    engine::Costs costs = {};
    bool is_current = false;  ///< the costs, and the output compared, are of this setting
};

/// How a room is shared: side by side where that leaves both wide enough, else one above the other.
struct ComparisonRooms {
    bool stacked = false;
    QSizeF side;       ///< for each picture
    double strip = 0;  ///< height of what stands below them
};
ComparisonRooms comparison_rooms(QSizeF room, double text_scale);

/// The picture of both. Marks and grids of the second side are in pane 1, and its groups' ids begin
/// with "b_".
Diagram compare(const std::array<ComparedSide, 2>& sides, const engine::Difference& difference,
                QSizeF room, double text_scale);

/// A model in a line: "UpSampling2D(size 2) → Conv2D(kernel_size 3, padding same)".
QString model_name(const std::vector<engine::Layer>& layers);

/// How the second side is looked at while the first is looked at so: at the moment that stands
/// beside (engine::beside_place); channel, filter, hover and pin are the same.
View view_beside(const engine::Lesson& lesson, const View& view);

/// build_stage of a lesson that is compared; the runs are of its sides.
Diagram build_comparison(const engine::Lesson& lesson, const std::array<engine::Run, 2>& runs,
                         const View& view, const StageOptions& options);

}  // namespace ui::diagram
