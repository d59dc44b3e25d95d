// SPDX-License-Identifier: MIT
// What is looked at ⇄ the "view" of a lesson's file.
#pragma once

#include "ui/diagram/view.h"
#include "ui/formats/layer_json.h"

namespace ui::formats {

diagram::View read_view(const JsonField& field);
/// On one line; what is as in a fresh view is left out.
QByteArray write_view(const diagram::View& view, const QJsonObject& unknown = {});
bool is_view_key(const QString& key);

}  // namespace ui::formats
