// SPDX-License-Identifier: MIT
// Marks as the script of a page draws them (resources/html/page.js), each once however often it is
// shown.
#pragma once

#include <vector>

#include <QByteArray>
#include <QHash>
#include <QJsonArray>
#include <QJsonObject>

#include "ui/paint/live_lesson.h"

namespace ui::paint {

class HtmlMarks {
public:
    HtmlMarks(bool is_live, const diagram::Theme& theme) : m_is_live(is_live), m_theme(theme) {}

    /// The marks of a picture by number, in its order: all, or those of one group (by id).
    std::vector<int> of(const LivePicture& picture, const QString& group);
    QJsonArray parts_of(const std::vector<Part>& parts);

    const QJsonArray& marks() const { return m_marks; }
    /// Each [kind, first, begin, end, channel, after].
    const QJsonArray& quantities() const { return m_quantities; }

private:
    int number_of(const QJsonObject& mark);
    int number_of(const Quantity& quantity);
    QJsonValue part(const Part& part);
    QJsonArray list_of(const std::vector<Quantity>& quantities);

    QJsonObject box(const diagram::Box& box, const LiveBox& live,
                    const std::optional<diagram::CellRef>& cell, bool is_editable);
    QJsonObject line(const diagram::Line& line) const;
    QJsonObject label(const diagram::Label& label, const LiveLabel& live);

    QJsonObject image(const diagram::Raster& raster) const;

    bool m_is_live;
    diagram::Theme m_theme;
    QJsonArray m_marks;
    QJsonArray m_quantities;
    QHash<QByteArray, int> m_mark_numbers;
    QHash<QByteArray, int> m_quantity_numbers;
};

}  // namespace ui::paint
