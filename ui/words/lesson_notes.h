// SPDX-License-Identifier: MIT
// A lesson's notes, and whether they still speak of the lesson that is shown.
#pragma once

#include <span>
#include <vector>

#include <QString>

#include "engine/lessons/lesson.h"

namespace ui::words {

/// Words with the numbers of a lesson in place of their names.
struct FilledNotes {
    QString text;
    std::vector<QString> unknown;  ///< names that there are not, as written: "{kernel}"
    bool operator==(const FilledNotes&) const = default;
};

/// A name stands alone in braces: `{kernel_size}` becomes "3 × 3". It is an argument of a layer, or
/// one of the sizes that follow:
///
///     {input} {output}                   of the lesson, or of the layer that is named before it
///     {full} {inserted}                  full output and zero-inserted input of a transposed layer
///     {crop.top} … {crop.right}          rows and columns that its padding cuts away
///     {weights} {parameters}             how many there are, without and with all others
///
/// A name belongs to the first layer that has it, else `{Conv2D.strides}` to the first layer of
/// that class and `{2.strides}` to the second of all; `.rows`, `.columns` and `.channels` are parts
/// of a size. A kernel is written as an area, "3 × 3"; a step, factor or edge once where both axes
/// have the same. Other braces stay as they are, names that there are not as well, and are told.
/// `geometries` are the layers' as far as they fit: what follows beyond is "…".
FilledNotes filled_notes(const QString& notes, const engine::Lesson& lesson,
                         std::span<const engine::Geometry> geometries);

/// Do the notes hold for `shown`, when they were written for another lesson? Whatever they name may
/// have changed, since it is filled in: an argument, the numbers of `{input}`, and those of the
/// layers of `{weights}` or `{parameters}`. All else must be as it was.
bool notes_hold(const QString& notes, const engine::Lesson& written_for,
                const engine::Lesson& shown);

}  // namespace ui::words
