// SPDX-License-Identifier: MIT
// Lesson and View ⇄ the `.stride` file (JSON), one grid row a line, our own key order.
#pragma once

#include "ui/formats/lesson_format.h"

namespace ui::formats {

const LessonFormat& stride_format();

inline constexpr int file_version = 1;

/// The layers may still not fit: run says so.
engine::Result<LessonFile> read_stride(const QByteArray& json);
/// With weights cut or filled to their layers (engine::with_fitted_weights): what is written can be
/// read.
QByteArray write_stride(const LessonFile& file);
/// Is the key one of those that such a file has by itself, at its top level?
bool is_stride_key(const QString& key);

}  // namespace ui::formats
