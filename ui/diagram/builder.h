// SPDX-License-Identifier: MIT
// Collects marks into a Diagram, group by group.
#pragma once

#include <algorithm>
#include <cmath>
#include <utility>

#include <QCoreApplication>

#include "ui/diagram/diagram.h"

namespace ui::diagram {

/// Translation context of every sentence on the stage.
struct Stage {
    Q_DECLARE_TR_FUNCTIONS(Stage)
};

inline TextRun words(QString text, Ink ink = {Role::ink, 1},
                     FontWeight weight = FontWeight::regular) {
    return {std::move(text), ink, Face::words, weight};
}
inline TextRun digits(QString text, Ink ink = {Role::ink, 1},
                      FontWeight weight = FontWeight::regular) {
    return {std::move(text), ink, Face::numbers, weight};
}

/// About how wide a text is, and how many lines it takes when broken: nothing is measured here.
/// Words average half an em a character, and breaking them leaves a part of each line empty.
inline double about_width(const QString& text, double size) {
    return 0.53 * size * static_cast<double>(text.size());
}
inline int lines_of(const QString& text, double size, double width) {
    const double usable = std::max(width - 3 * size, size);
    const double wide = about_width(text, size);
    return wide <= width ? 1 : std::max(2, static_cast<int>(std::ceil(wide / usable)));
}
/// Lines of a wrapped label are this many sizes apart.
inline constexpr double line_spacing = 1.35;

class Builder {
public:
    explicit Builder(QSizeF size) { m_diagram.size = size; }

    /// Marks added from now on belong to this group; called again with the same id it is continued.
    void group(const QString& id, const QString& title) {
        for (std::size_t i = 0; i < m_diagram.groups.size(); ++i) {
            if (m_diagram.groups[i].id == id) {
                m_group = static_cast<int>(i);
                return;
            }
        }
        m_diagram.groups.push_back({id, title});
        m_group = static_cast<int>(m_diagram.groups.size()) - 1;
    }

    int current_group() const { return m_group; }

    void add(Mark mark, std::optional<CellRef> cell = std::nullopt) {
        Item& item = m_diagram.items.emplace_back();
        item.mark = std::move(mark);
        item.group = m_group;
        item.cell = cell;
    }
    void label(QPointF anchor, double size, std::vector<TextRun> runs, Align align = Align::left,
               double max_width = 0, bool wrap = false) {
        add(Label{anchor, align, size, std::move(runs), max_width, wrap});
    }
    void line(QPointF from, QPointF to, Ink ink, double width = 1, Stroke stroke = Stroke::solid,
              bool arrow = false) {
        add(Line{QPolygonF({from, to}), ink, width, stroke, arrow});
    }
    void grid(GridInfo info) {
        info.group = m_group;
        m_diagram.grids.push_back(std::move(info));
    }

    Diagram& diagram() { return m_diagram; }

private:
    Diagram m_diagram;
    int m_group = 0;
};

}  // namespace ui::diagram
