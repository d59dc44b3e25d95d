// SPDX-License-Identifier: MIT
// What a file seems to be, for those that no format recognises.
#pragma once

#include <QByteArray>

namespace ui::formats {

struct FileKind {
    const char* words;     ///< "a picture (PNG)", to be translated by ui/words/error_text
    bool is_json = false;  ///< or begins as if it were
};

/// By the first bytes, as far as they tell.
FileKind kind_of_file(const QByteArray& bytes);

}  // namespace ui::formats
