// SPDX-License-Identifier: MIT
#include "ui/formats/json/json_line.h"

namespace ui::formats {

void JsonLine::add(std::string_view key, const QByteArray& value) {
    if (!m_members.isEmpty()) m_members += ", ";
    m_members += json_string(key) + ": " + value;
}

void JsonLine::add_all(const QJsonObject& members) {
    for (auto it = members.begin(); it != members.end(); ++it)
        add(it.key().toStdString(), json_from_qt(it.value()));
}

}  // namespace ui::formats
