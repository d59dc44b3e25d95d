// SPDX-License-Identifier: MIT
// JSON on several lines, to be read by people and by diff.
#pragma once

#include <QByteArrayList>

#include "ui/formats/json/json_text.h"

namespace ui::formats {

/// Members of an object, one a line.
class JsonBlock {
public:
    explicit JsonBlock(int indent) : m_indent(indent, ' ') {}
    void add(std::string_view key, const QByteArray& value) {
        m_text +=
            (m_text.isEmpty() ? "\n" : ",\n") + m_indent + "  " + json_string(key) + ": " + value;
    }
    QByteArray text() const { return '{' + m_text + '\n' + m_indent + '}'; }

private:
    QByteArray m_indent;
    QByteArray m_text;
};

/// Items of an array, one a line.
inline QByteArray json_lines(const QByteArrayList& items, int indent) {
    const QByteArray outer(indent, ' ');
    return "[\n" + outer + "  " + items.join(",\n" + outer + "  ") + '\n' + outer + ']';
}

}  // namespace ui::formats
