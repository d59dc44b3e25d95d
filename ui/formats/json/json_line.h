// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QJsonObject>

#include "ui/formats/json/json_field.h"

namespace ui::formats {

/// Keys and values collected for one `{…}` line.
class JsonLine {
public:
    void add(std::string_view key, const QByteArray& value);
    void add_all(const QJsonObject& members);
    bool empty() const { return m_members.isEmpty(); }
    QByteArray text() const { return '{' + m_members + '}'; }

private:
    QByteArray m_members;
};

/// The keys of an object that `known` does not name, to be written back as they are.
template <typename Known>
QJsonObject unknown_keys(const JsonField& object, Known known) {
    QJsonObject unknown;
    if (!object.value() || object.value()->kind != JsonValue::Kind::object) return unknown;
    for (std::size_t i = 0; i < object.value()->keys.size(); ++i) {
        const QString key = QString::fromStdString(object.value()->keys[i]);
        if (!known(key)) unknown.insert(key, json_to_qt(object.value()->items[i]));
    }
    return unknown;
}

}  // namespace ui::formats
