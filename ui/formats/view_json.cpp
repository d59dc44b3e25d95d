// SPDX-License-Identifier: MIT
// Views in files. Hovering and the movement between two steps are passing, and not written.
#include "ui/formats/view_json.h"

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include <QStringList>

#include "ui/diagram/readings.h"

namespace ui::formats {

namespace {

using diagram::Grid;
using engine::ErrorCode;

/// What a field names, if it is given; an unknown name is noted.
template <typename Value, typename Find>
Value read_named(const JsonField& field, Find find, Value fallback) {
    if (!field.given()) return fallback;
    const std::string name = field.string({});
    const std::optional<Value> value = find(name);
    if (!value)
        field.note({.code = ErrorCode::unknown_name, .subject = field.path(), .text = name});
    return value.value_or(fallback);
}

/// The switches of all readings, each once.
std::vector<const diagram::ReadingSwitch*> all_switches() {
    std::vector<const diagram::ReadingSwitch*> found;
    for (const diagram::ReadingDefinition* reading : diagram::all_readings())
        for (const diagram::ReadingSwitch& one : reading->switches) found.push_back(&one);
    return found;
}

/// 2, 3 or 4, or "all".
int read_digits(const JsonField& field) {
    if (!field.given()) return diagram::usual_digits;
    const bool is_number = field.value()->kind == JsonValue::Kind::number;
    const std::string name = is_number ? std::string(field.value()->text) : field.string({});
    const std::optional<int> digits = diagram::digits_named(name);
    if (!digits)
        field.note({.code = ErrorCode::unknown_name, .subject = field.path(), .text = name});
    return digits.value_or(diagram::usual_digits);
}
QByteArray write_digits(int digits) {
    const std::string_view name = diagram::name_of_digits(digits);
    return digits == 0 ? json_string(name)
                       : QByteArray(name.data(), static_cast<qsizetype>(name.size()));
}

int read_index(const JsonField& field) {
    return static_cast<int>(field.whole(0, 0, std::numeric_limits<int>::max()));
}

}  // namespace

diagram::View read_view(const JsonField& field) {
    diagram::View view;
    if (!field.given()) return view;
    field.require_object();
    view.focus = read_index(field["focus"]);
    if (const JsonField focus = field["against_focus"]; focus.given())
        view.against_focus = read_index(focus);
    view.filter = read_index(field["filter"]);
    view.channel = read_index(field["channel"]);
    view.reading = read_named(field["reading"], diagram::reading_named, view.reading);
    view.moment.step = read_index(field["step"]);
    view.digits = read_digits(field["digits"]);
    for (const auto* one : all_switches())
        view.*one->value = field[one->key].boolean(view.*one->value);
    if (const JsonField pin = field["pinned"]; pin.given()) {
        pin.require_object();
        diagram::CellRef cell;
        cell.grid.grid = read_named(pin["grid"].required(), diagram::grid_named, Grid::none);
        cell.grid.index = read_index(pin["index"]);
        cell.row = read_index(pin["row"].required());
        cell.column = read_index(pin["column"].required());
        view.pinned = cell;
    }
    return view;
}

QByteArray write_view(const diagram::View& view, const QJsonObject& unknown) {
    const diagram::View fresh;
    JsonLine line;
    const auto add_index = [&line](std::string_view key, int value, int otherwise) {
        if (value != otherwise) line.add(key, QByteArray::number(value));
    };
    add_index("focus", view.focus, fresh.focus);
    if (view.against_focus) line.add("against_focus", QByteArray::number(*view.against_focus));
    add_index("filter", view.filter, fresh.filter);
    add_index("channel", view.channel, fresh.channel);
    line.add("reading", json_string(diagram::name_of(view.reading)));
    add_index("step", view.moment.step, fresh.moment.step);
    if (view.digits != fresh.digits) line.add("digits", write_digits(view.digits));
    for (const auto* one : all_switches())
        if (view.*one->value != fresh.*one->value)
            line.add(one->key, view.*one->value ? "true" : "false");
    if (view.pinned) {
        JsonLine pin;
        pin.add("grid", json_string(name_of(view.pinned->grid.grid).toStdString()));
        if (view.pinned->grid.index != 0)
            pin.add("index", QByteArray::number(view.pinned->grid.index));
        pin.add("row", QByteArray::number(view.pinned->row));
        pin.add("column", QByteArray::number(view.pinned->column));
        line.add("pinned", pin.text());
    }
    line.add_all(unknown);
    return line.text();
}

bool is_view_key(const QString& key) {
    static const QStringList keys{QStringLiteral("focus"),   QStringLiteral("against_focus"),
                                  QStringLiteral("filter"),  QStringLiteral("channel"),
                                  QStringLiteral("reading"), QStringLiteral("step"),
                                  QStringLiteral("digits"),  QStringLiteral("pinned")};
    const std::string name = key.toStdString();
    return keys.contains(key) ||
           std::ranges::any_of(all_switches(), [&](const auto* one) { return one->key == name; });
}

}  // namespace ui::formats
