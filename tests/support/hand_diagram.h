// SPDX-License-Identifier: MIT
// Small diagrams made by hand, and a window in one struct: tests of widgets need no stage.
#pragma once

#include <QLocale>
#include <QObject>

#include "ui/widgets/canvas/canvas.h"

namespace support {

namespace diagram = ui::diagram;

inline constexpr diagram::GridRef input{diagram::Grid::input, 0};
inline constexpr diagram::GridRef kernel{diagram::Grid::kernel, 0};
inline constexpr diagram::GridRef output{diagram::Grid::full_output, 0};

inline void add_grid(diagram::Diagram& into, diagram::GridRef ref, const QString& name,
                     QPointF corner, double side, bool editable,
                     const std::vector<std::vector<QString>>& rows) {
    diagram::GridInfo info;
    info.grid = ref;
    info.name = name;
    info.rows = static_cast<int>(rows.size());
    info.columns = static_cast<int>(rows.front().size());
    info.rect = QRectF(corner, QSizeF(side * info.columns, side * info.rows));
    info.editable = editable;
    for (int row = 0; row < info.rows; ++row) {
        for (int column = 0; column < info.columns; ++column) {
            const QString& value =
                rows[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)];
            bool is_number = false;
            const float number = QLocale::c().toFloat(value, &is_number);
            info.values.push_back(is_number ? diagram::Spoken(number) : diagram::Spoken(value));
            diagram::Box box;
            box.rect = QRectF(corner + QPointF(column * side, row * side), QSizeF(side, side));
            box.fill = {diagram::Role::input_fill, 1};
            box.line = {diagram::Role::input_line, 1};
            into.items.push_back({box, 0, diagram::CellRef{ref, row, column}});
            diagram::Label label;
            label.anchor = box.rect.center();
            label.align = diagram::Align::centre;
            label.runs = {{value,
                           {diagram::Role::ink, 1},
                           diagram::Face::numbers,
                           diagram::FontWeight::regular}};
            into.items.push_back({label, 0, std::nullopt});
        }
    }
    into.grids.push_back(info);
}

/// input 1 2 / 3 4 at (40, 40), kernel 10 20 at (200, 40), output 3 × 3 at (40, 200); cells of 40.
inline diagram::Diagram tutorial_diagram(QSizeF size = {600, 400}) {
    diagram::Diagram result;
    result.size = size;
    result.title = QStringLiteral("out[1, 1] = 4: one input reaches it");
    result.description = QStringLiteral("A 2 by 2 input, a kernel and a 3 by 3 output.");
    const auto s = [](const char* text) { return QString::fromUtf8(text); };
    add_grid(result, input, s("input"), {40, 40}, 40, true, {{s("1"), s("2")}, {s("3"), s("4")}});
    add_grid(result, kernel, s("kernel"), {200, 40}, 40, true, {{s("10"), s("20")}});
    add_grid(result, output, s("output"), {40, 200}, 40, false,
             {{s("10"), s("20"), s("empty")},
              {s("0.123456"), s("4"), s("empty")},
              {s("zero, inserted"), s("empty"), s("empty")}});
    return result;
}

/// What the main window does with a canvas: edits become numbers, numbers a new picture.
struct Desk : QObject {
    explicit Desk(diagram::Diagram start = tutorial_diagram()) : picture(std::move(start)) {
        canvas.resize(picture.size.toSize());
        canvas.show(picture, {});
        QObject::connect(&canvas, &ui::widgets::Canvas::cellsEdited, this,
                         [this](const ui::widgets::CellEdits& edits) {
                             gestures << edits.gesture;
                             for (const auto& edit : edits.edits) set(edits.grid, edit);
                             canvas.show(picture, {});
                         });
        QObject::connect(&canvas, &ui::widgets::Canvas::gestureEnded, this, [this] { ++ended; });
    }

    void set(diagram::GridRef ref, const ui::widgets::CellEdits::Edit& edit) {
        for (diagram::GridInfo& info : picture.grids)
            if (info.grid == ref)
                info.values[static_cast<std::size_t>(edit.row * info.columns + edit.column)] =
                    diagram::Spoken(edit.value);
    }
    /// "1 2 / 3 4"
    QString numbers(diagram::GridRef ref) const {
        const diagram::GridInfo* info = picture.grid(ref);
        QString text;
        for (int i = 0; i < info->rows * info->columns; ++i) {
            if (i > 0) text += i % info->columns == 0 ? QStringLiteral(" / ") : QStringLiteral(" ");
            text += info->values[static_cast<std::size_t>(i)].text();
        }
        return text;
    }
    /// The middle of a cell on the widget.
    QPoint at(diagram::GridRef ref, int row, int column) const {
        return canvas.cellRectOnScreen({ref, row, column}).center().toPoint();
    }

    diagram::Diagram picture;
    QStringList gestures;
    int ended = 0;
    ui::widgets::Canvas canvas;
};

}  // namespace support
