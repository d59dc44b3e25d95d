// SPDX-License-Identifier: MIT
// Any text in the words of TeX: what plain pdflatex sets as these letters, with the faces that
// every TeX brings.
#pragma once

#include <optional>

#include <QString>

namespace ui::paint::tex {

/// Nothing if it holds a letter that those faces lack: it has to be drawn.
std::optional<QString> set_text(const QString& text);

/// On one line behind a "%": nothing that ends a line, or turns it around.
QString remark(const QString& text);

}  // namespace ui::paint::tex
