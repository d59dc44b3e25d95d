// SPDX-License-Identifier: MIT
// A lesson → one HTML file that plays it, needs no network, and computes its numbers again when
// some are edited in the page.
#pragma once

#include <map>

#include <QByteArray>

#include "ui/paint/moving_format.h"

namespace ui::paint {

/// The whole page in UTF-8. Steps that have no frame of their own can be stepped to all the same.
/// At the play's scale it is as wide as that many CSS pixels a unit, and smaller where there is
/// less room.
std::optional<engine::Error> write_html(const Play& play, PictureSink& sink);

/// A page of resources/html with each `{{name}}` replaced; language, direction, style and its hash
/// are known. What comes in is not looked at again: it must be escaped already.
QByteArray html_from(const char* page, diagram::ThemeName theme,
                     std::map<QByteArray, QByteArray> places);

/// JSON that can stand inside a script element, whatever is in its strings.
QByteArray json_for_html(const QByteArray& json);

}  // namespace ui::paint
