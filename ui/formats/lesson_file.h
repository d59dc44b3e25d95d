// SPDX-License-Identifier: MIT
// What a file that holds a lesson holds, whatever its format (lesson_format.h).
#pragma once

#include <QJsonObject>

#include "engine/lessons/lesson.h"
#include "ui/diagram/view.h"

namespace ui::formats {

/// Everything a file holds. Keys we do not know are kept and written back.
struct LessonFile {
    engine::Lesson lesson;
    diagram::View view;
    /// What its pictures may be used under, as ui/paint/metadata.h has it; empty: as usual. "none"
    /// where the input is somebody else's picture.
    std::string licence = {};
    /// The notes are about a lesson that this one once was; what they do not name has changed
    /// since.
    bool notes_outdated = false;
    QJsonObject unknown;        ///< top level
    QJsonObject unknown_view;   ///< inside "view"
    QJsonObject unknown_input;  ///< inside "input"
    /// Inside a layer and inside its weights. They stay with the layer as long as its class stays
    /// in place.
    struct UnknownInLayer {
        std::string class_name;
        QJsonObject layer;
        QJsonObject weights;
        bool operator==(const UnknownInLayer&) const = default;
    };
    std::vector<UnknownInLayer> unknown_layers;
    std::vector<UnknownInLayer> unknown_against_layers;
    QJsonObject unknown_against;  ///< inside "against"
    bool operator==(const LessonFile&) const = default;
};

/// Unknown keys of one of the layers, if one of the class that they came with stands in its place.
LessonFile::UnknownInLayer unknown_in_layer(const std::vector<LessonFile::UnknownInLayer>& unknown,
                                            const std::vector<engine::Layer>& layers,
                                            std::size_t index);
/// Nothing at all where no layer has any: a file without is the same as one never asked.
void forget_empty(std::vector<LessonFile::UnknownInLayer>& unknown_layers);

/// Arguments that are kept although their layers do not have them, so that the numbers are not
/// those that the file asks for: a refusal each, with its layer. What changes nothing at inference
/// is not among them.
std::vector<engine::Error> warnings_of(const LessonFile& file);

inline constexpr qint64 max_file_size = qint64{128} << 20;
inline constexpr int max_layers = 256;

}  // namespace ui::formats
