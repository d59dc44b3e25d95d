// SPDX-License-Identifier: MIT
// Views in files. Hovering and the movement between two steps are passing, and not written.
#include "ui/document/view_json.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include <QStringList>

namespace ui::document {

namespace {

using diagram::Grid;
using engine::ErrorCode;

template <typename Kind, std::size_t count>
using Names = std::array<std::pair<Kind, std::string_view>, count>;

constexpr Names<engine::Reading, 3> readings{{
    {engine::Reading::stamp, "stamp"},
    {engine::Reading::slide, "slide"},
    {engine::Reading::why_equal, "why_equal"},
}};

constexpr Names<Grid, 11> grids{{
    {Grid::input, "input"},
    {Grid::kernel, "kernel"},
    {Grid::stamp, "stamp"},
    {Grid::full_output, "full_output"},
    {Grid::bordered_input, "bordered_input"},
    {Grid::turned_kernel, "turned_kernel"},
    {Grid::slide_output, "slide_output"},
    {Grid::coverage, "coverage"},
    {Grid::products, "products"},
    {Grid::channel_sum, "channel_sum"},
    {Grid::feature_map, "feature_map"},
}};

template <typename Kind, std::size_t count>
std::string_view name_in(const Names<Kind, count>& names, Kind kind) {
    for (const auto& [known, name] : names)
        if (known == kind) return name;
    return {};
}

template <typename Kind, std::size_t count>
std::optional<Kind> named_in(const Names<Kind, count>& names, std::string_view name) {
    for (const auto& [kind, known] : names)
        if (known == name) return kind;
    return std::nullopt;
}

/// The kind a field names; an unknown name is noted.
template <typename Kind, std::size_t count>
Kind read_named(const JsonField& field, const Names<Kind, count>& names, Kind fallback) {
    if (!field.given()) return fallback;
    const std::string name = field.string({});
    const auto kind = named_in(names, name);
    if (!kind) field.note({.code = ErrorCode::unknown_name, .subject = field.path(), .text = name});
    return kind.value_or(fallback);
}

int read_index(const JsonField& field) {
    return static_cast<int>(field.whole(0, 0, std::numeric_limits<int>::max()));
}

}  // namespace

std::string_view name_of(engine::Reading reading) { return name_in(readings, reading); }
std::optional<engine::Reading> reading_named(std::string_view name) {
    return named_in(readings, name);
}

diagram::View read_view(const JsonField& field) {
    diagram::View view;
    if (!field.given()) return view;
    field.require_object();
    view.focus = read_index(field["focus"]);
    view.filter = read_index(field["filter"]);
    view.channel = read_index(field["channel"]);
    view.reading = read_named(field["reading"], readings, view.reading);
    view.moment.step = read_index(field["step"]);
    view.turn_kernel = field["turn_kernel"].boolean(view.turn_kernel);
    if (const JsonField pin = field["pinned"]; pin.given()) {
        pin.require_object();
        diagram::CellRef cell;
        cell.grid.grid = read_named(pin["grid"].required(), grids, Grid::none);
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
    add_index("filter", view.filter, fresh.filter);
    add_index("channel", view.channel, fresh.channel);
    line.add("reading", json_string(name_of(view.reading)));
    add_index("step", view.moment.step, fresh.moment.step);
    if (!view.turn_kernel) line.add("turn_kernel", "false");
    if (view.pinned) {
        JsonLine pin;
        pin.add("grid", json_string(name_in(grids, view.pinned->grid.grid)));
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
    static const QStringList keys{QStringLiteral("focus"),   QStringLiteral("filter"),
                                  QStringLiteral("channel"), QStringLiteral("reading"),
                                  QStringLiteral("step"),    QStringLiteral("turn_kernel"),
                                  QStringLiteral("pinned")};
    return keys.contains(key);
}

}  // namespace ui::document
