// SPDX-License-Identifier: MIT
// What a picture of a Conv2DTranspose says, held against an oracle: each claim that is not so, in
// words.
#pragma once

#include <QRegularExpression>
#include <QStringList>

#include "tests/support/stage_oracle.h"
#include "ui/diagram/number_text.h"

namespace support {

using ui::diagram::CellRef;
using ui::diagram::Diagram;
using ui::diagram::equals_number;
using ui::diagram::Grid;
using ui::diagram::GridInfo;
using ui::diagram::Label;
using ui::diagram::said_number;

inline QString utf8(const char* text) { return QString::fromUtf8(text); }

/// The number that a picture writes, in the locale of tests; 1e9 if it is none.
inline double number_in(QString text) {
    bool ok = false;
    const double value = text.remove(utf8("≈ ")).replace(utf8("−"), utf8("-")).toDouble(&ok);
    return ok ? value : 1e9;
}

/// Labels of one group, in their order.
inline std::vector<const Label*> labels_of(const Diagram& picture, const char* group) {
    std::vector<const Label*> found;
    for (const ui::diagram::Item& item : picture.items)
        if (const auto* label = std::get_if<Label>(&item.mark);
            label && picture.groups[static_cast<std::size_t>(item.group)].id == utf8(group))
            found.push_back(label);
    return found;
}

inline QString words_of(const Diagram& picture) {
    QStringList texts;
    for (const ui::diagram::Item& item : picture.items)
        if (const auto* label = std::get_if<Label>(&item.mark)) texts << label->text();
    return texts.join(u'\n');
}

class Claims {
public:
    Claims(const StageOracle& oracle, const ui::diagram::View& view, const Diagram& picture,
           const QString& counter)
        : m_oracle(oracle), m_view(view), m_picture(picture), m_counter(counter) {}

    QStringList faults() {
        m_faults.clear();
        m_above = m_oracle.above();
        m_below = m_view.reading == engine::Reading::why_equal ? m_oracle.below() : m_above;
        const QString title = m_picture.title;
        sentence(title);
        sentence(m_picture.description);
        of_the_step(title);
        counter();
        outputs();
        inputs();
        sums();
        tick();
        pin();
        return m_faults;
    }

private:
    using Act = StageOracle::Act;

    void fault(const QString& what, const QString& where) {
        m_faults << what + QStringLiteral(": ") + where;
    }

    template <typename Found>
    static void each(const char* pattern, const QString& text, Found found) {
        const QRegularExpression expression(utf8(pattern),
                                            QRegularExpression::UseUnicodePropertiesOption);
        for (auto it = expression.globalMatch(text); it.hasNext();) found(it.next());
    }
    static QString number(const QRegularExpressionMatch& match, int group) {
        QString text = match.captured(group);
        while (text.endsWith(u'.') || text.endsWith(u',')) text.chop(1);
        return text;
    }
    Place place(const QRegularExpressionMatch& match, int group) const {
        return {match.captured(group).toInt(), match.captured(group + 1).toInt()};
    }
    static QString held(const Map& map, Place cell) {
        const auto found = map.find(cell);
        return found == map.end() ? utf8("empty") : said_number(found->second);
    }

    /// Every number that a sentence gives to a cell.
    void sentence(const QString& text) {
        each(R"(\b(out|full)\[(\d+), (\d+)\] ([=≈] [−\d][−\d.,e]*))", text, [&](const auto& match) {
            const auto cell = m_above.find(place(match, 2));
            if (cell == m_above.end() || equals_number(cell->second) != number(match, 4))
                fault(utf8("the cell does not hold that"), text);
        });
        each(R"(\b(?:out|full)\[(\d+), (\d+)\] will be ((?:≈ )?[−\d][−\d.,e]*))", text,
             [&](const auto& match) {
                 if (said_number(m_oracle.sum(place(match, 1))) != number(match, 3))
                     fault(utf8("it will be another number"), text);
             });
        each(R"(\b(out|full)\[(\d+), (\d+)\])", text, [&](const auto& match) {
            const Place cell = place(match, 2);
            const bool appended = cell.first + m_oracle.before_rows >= m_oracle.full_rows ||
                                  cell.second + m_oracle.before_columns >= m_oracle.full_columns;
            // One of the two words for all cells of a picture, but for those that only one has.
            const bool called_out = match.captured(1) == utf8("out");
            if (called_out ? !m_oracle.keeps_all() && !appended : m_oracle.keeps_all())
                fault(utf8("misnamed"), text);
        });
        each(R"(\bin\[(\d+), (\d+)\] ([=≈] [−\d][−\d.,e]*))", text, [&](const auto& match) {
            if (equals_number(m_oracle.value(place(match, 1), channel())) != number(match, 3))
                fault(utf8("no such input"), text);
        });
        each(R"(kernel\[(\d+), (\d+)\] ([=≈] [−\d][−\d.,e]*))", text, [&](const auto& match) {
            if (equals_number(m_oracle.weight(place(match, 1), channel())) != number(match, 3))
                fault(utf8("no such weight"), text);
        });
        each(R"(\bbias ((?:≈ )?[−\d][−\d.,e]*))", text, [&](const auto& match) {
            if (said_number(m_oracle.bias) != number(match, 1)) fault(utf8("no such bias"), text);
        });
    }

    /// What the title tells of the step: of what is under way no result.
    void of_the_step(const QString& title) {
        const StageOracle::Now now = m_oracle.now();
        const QString text = title + u' ' + m_picture.description;
        static const char* const results[] = {"have grown", "has painted", "was added", "now hold",
                                              "is turned",  " in:",        "differ"};
        for (const char* result : results)
            if (now.under_way && text.contains(utf8(result))) fault(utf8("told too early"), text);
        if (m_view.hovered) return;  // the title is of that cell
        each(R"(has painted (\d+) of (\d+))", title, [&](const auto& match) {
            if (now.act != Act::painting || match.captured(1).toInt() != now.done() ||
                match.captured(2).toInt() != now.count)
                fault(utf8("miscounted"), title);
        });
        each(R"(paints cell (\d+) of (\d+))", title, [&](const auto& match) {
            if (now.act != Act::painting || match.captured(1).toInt() != now.index + 1 ||
                match.captured(2).toInt() != now.count || !now.under_way)
                fault(utf8("miscounted"), title);
        });
        each(R"((\d+) input\(?s?\)? in\b)", title, [&](const auto& match) {
            if (now.act != Act::adding || match.captured(1).toInt() != now.done())
                fault(utf8("miscounted"), title);
        });
        each(R"(is being added, input (\d+) of (\d+))", title, [&](const auto& match) {
            if (now.act != Act::adding || match.captured(1).toInt() != now.index + 1 ||
                match.captured(2).toInt() != now.count || !now.under_way)
                fault(utf8("miscounted"), title);
        });
        each(R"((\d+) (?:of \d+ )?cell\(?s?\)? differ)", title, [&](const auto& match) {
            if (m_oracle.differing() != match.captured(1).toInt()) fault(utf8("miscounted"), title);
        });
        each(R"((?:meets|:) (no|\d+) input\(?s?\)?(?: reach it|$))", title, [&](const auto& match) {
            const auto own = m_oracle.own_output();
            if (!own || m_oracle.touching(*own) != match.captured(1).toInt())
                fault(utf8("miscounted"), title);
        });
        if (now.act == Act::stamps || now.act == Act::adding) {
            const QString name = utf8("in[%1, %2]")
                                     .arg(now.index / m_oracle.in_columns)
                                     .arg(now.index % m_oracle.in_columns);
            // Once it is in, the title counts; the pin may have the line below.
            const bool counts = now.act == Act::adding && !now.under_way;
            if (!(counts ? text : title).contains(name)) fault(utf8("of another input"), text);
        }
        if (now.act == Act::adding && !now.under_way &&
            !title.contains(utf8("%1 input").arg(now.done())))
            fault(utf8("of another act"), title);
        if (now.act == Act::crop) {
            const QString out = utf8("%1 × %2").arg(m_oracle.out_rows).arg(m_oracle.out_columns);
            const QString full =
                utf8("full %1 × %2").arg(m_oracle.full_rows).arg(m_oracle.full_columns);
            if (!title.contains(out) || !title.contains(full)) fault(utf8("another crop"), title);
        }
        if (const auto own = m_oracle.own_output()) {
            const QString name = utf8("[%1, %2]").arg(own->first).arg(own->second);
            if (!title.contains(name)) fault(utf8("the title is of another cell"), title);
            const bool told =
                title.contains(name + utf8(" = ")) || title.contains(name + utf8(" ≈ "));
            if (now.under_way && told) fault(utf8("told too early"), title);
            if (!now.under_way && !told) fault(utf8("the result is not told"), title);
        }
        const bool alike = title.contains(utf8("both outputs have grown alike")) ||
                           title.contains(utf8("still the same here")) ||
                           title.contains(utf8("painted the kernel upright"));
        if (alike && m_oracle.differing() != 0) fault(utf8("they differ"), title);
        if (now.act == Act::adding && !now.under_way && !alike) fault(utf8("no verdict"), title);
    }

    void counter() {
        const StageOracle::Now now = m_oracle.now();
        QString wanted;
        const auto counted = [&](const char* words) {
            wanted = utf8(words).arg(now.index + 1).arg(now.count);
        };
        switch (now.act) {
            case Act::start:
                wanted = QString::number(m_oracle.step_count());
                break;
            case Act::stamps:
            case Act::adding:
                counted("input %1 of %2");
                break;
            case Act::window:
            case Act::asking:
                counted(m_oracle.keeps_all() ? "output %1 of %2" : "full output %1 of %2");
                if (m_oracle.keeps_all() && m_counter.contains(utf8("full")))
                    fault(utf8("nothing is fuller"), m_counter);
                break;
            case Act::painting:
                counted("weight %1 of %2");
                break;
            case Act::zeros:
                wanted = utf8(now.under_way ? "inserting zeros" : "zeros inserted");
                if (m_counter.startsWith(utf8("no "))) wanted = utf8("no zeros inserted");
                break;
            case Act::border:
                wanted = utf8(now.under_way ? "adding a border" : "border added");
                if (m_oracle.full_rows == (m_oracle.in_rows - 1) * stride_rows() + 1 &&
                    m_counter == utf8("no border"))
                    wanted = m_counter;
                break;
            case Act::turn:
                wanted = utf8(now.under_way ? "turning" : "turned");
                break;
            case Act::bias:
                wanted = utf8(now.under_way ? "adding" : "added");
                break;
            case Act::activation:
                wanted = utf8(now.under_way ? "applying" : "applied");
                break;
            case Act::crop: {
                const bool kept =
                    m_counter.contains(utf8("kept")) || m_counter.contains(utf8("keep"));
                const bool cut = kept || m_counter.contains(utf8("cut"));
                const bool cuts =
                    m_oracle.before_rows > 0 || m_oracle.before_columns > 0 ||
                    m_oracle.before_rows + m_oracle.out_rows < m_oracle.full_rows ||
                    m_oracle.before_columns + m_oracle.out_columns < m_oracle.full_columns;
                if (cut != cuts) fault(utf8("nothing is kept of more"), m_counter);
                const bool appends =
                    m_oracle.before_rows + m_oracle.out_rows > m_oracle.full_rows ||
                    m_oracle.before_columns + m_oracle.out_columns > m_oracle.full_columns;
                if (m_counter.contains(utf8("append")) != appends)
                    fault(utf8("appended cells"), m_counter);
                wanted = utf8("%1 × %2").arg(m_oracle.out_rows).arg(m_oracle.out_columns);
                break;
            }
        }
        if (!m_counter.contains(wanted)) fault(utf8("counter, not \"%1\"").arg(wanted), m_counter);
    }
    int stride_rows() const {
        return m_oracle.in_rows > 1 ? m_oracle.landing({1, 0}, {0, 0}).first : 1;
    }

    void outputs() {
        output(Grid::full_output, m_above);
        output(Grid::slide_output, m_below);
    }
    void output(Grid grid, const Map& map) {
        const GridInfo* info = m_picture.grid({grid, 0, 0});
        if (!info || info->values.empty()) return;
        for (int row = 0; row < info->rows; ++row)
            for (int column = 0; column < info->columns; ++column) {
                const Place cell{row, column};
                QString spoken = value_of(*info, cell).section(u',', 0, 0);
                if (spoken.isEmpty()) spoken = utf8("empty");  // appended, and not there yet
                const QString wanted = held(map, cell);
                if (spoken != wanted)
                    fault(utf8("%1 [%2, %3] says %4 and not %5")
                              .arg(name_of(grid))
                              .arg(row)
                              .arg(column)
                              .arg(spoken, wanted),
                          m_picture.title);
            }
    }
    QString value_of(const GridInfo& info, Place cell) const {
        return info.values[static_cast<std::size_t>(cell.first * info.columns + cell.second)]
            .text();
    }

    /// The input of the sliding lane is what counts; the stamping lane's keeps all numbers.
    void inputs() {
        int copies = 0;
        for (const GridInfo& info : m_picture.grids) {
            if (info.grid.grid != Grid::input || info.values.empty()) continue;
            const bool slides = copies > 0 || m_view.reading == engine::Reading::slide;
            ++copies;
            for (const Place& cell : m_oracle.inputs()) {
                const bool counts = !slides || m_oracle.is_in(cell);
                const QString wanted = counts ? said_number(m_oracle.value(cell, channel()))
                                              : utf8("counts as 0 here");
                if (value_of(info, cell) != wanted)
                    fault(utf8("input [%1, %2] says %3 and not %4")
                              .arg(cell.first)
                              .arg(cell.second)
                              .arg(value_of(info, cell), wanted),
                          m_picture.title);
            }
        }
    }

    void sums() {
        sum("sum", m_above, true);
        sum("window_sum", m_below, m_oracle.is_turned());
    }
    void sum(const char* group, const Map& map, bool turned) {
        const std::vector<const Label*> labels = labels_of(m_picture, group);
        if (labels.empty()) return;
        const auto now = m_oracle.now();
        std::optional<Place> cell;
        for (const Label* label : labels)
            if (!cell)
                each(R"(\[(\d+), (\d+)\])", label->text(),
                     [&](const auto& match) { cell = place(match, 1); });
        if (!cell) return fault(utf8("whose sum?"), labels.front()->text());
        const bool coming = now.under_way && m_oracle.own_output() == cell;
        const float total = m_oracle.sum(
            *cell, [](Place) { return true; }, turned);
        bool totalled = false;
        bool now_told = false;
        bool after = false;
        for (const Label* label : labels) {
            const QString text = label->text();
            if (label->align == ui::diagram::Align::right) {
                totalled = true;
                const QString wanted = coming ? utf8("…") : said_number(total);
                if (text != wanted)
                    fault(utf8("the total is %1").arg(wanted), utf8(group) + u' ' + text);
            }
            each(R"(([−\d][−\d.,e]*) × ([−\d][−\d.,e]*) = ([−\d][−\d.,e]*)$)", text,
                 [&](const auto& match) {
                     const auto factor = [&](int i) { return number_in(match.captured(i)); };
                     if (coming || factor(1) * factor(2) != factor(3))
                         fault(utf8("a product"), text);
                 });
            each(R"(now (.*)$)", text, [&](const auto& match) {
                now_told = true;
                if (match.captured(1) != held(map, *cell)) fault(utf8("now"), text);
            });
            each(R"(^[=≈] [−\d].*$)", text, [&](const auto& match) {
                after = true;
                const auto found = map.find(*cell);
                if (found == map.end() || match.captured(0) != equals_number(found->second))
                    fault(utf8("after the sum"), text);
            });
        }
        if (!totalled) fault(utf8("no total"), utf8(group));
        if (!coming && !after && !now_told && held(map, *cell) != said_number(total))
            fault(utf8("what it holds now is not told"), utf8(group) + labels.front()->text());
    }

    void tick() {
        if (m_view.hovered || m_view.reading != engine::Reading::why_equal) return;
        const QString words = words_of(m_picture);
        const bool equal = words.contains(utf8("✓ equal"));
        const bool unequal = words.contains(utf8("≠ not equal"));
        const std::optional<int> differing = m_oracle.differing();
        if ((equal || unequal) != differing.has_value() || (equal && *differing > 0) ||
            (unequal && *differing == 0))
            fault(utf8("the tick"), m_picture.title);
    }

    void pin() {
        if (!m_view.pinned) return;
        // A zero between inputs is nothing to follow.
        if (!m_picture.pin && m_view.pinned->grid.grid == Grid::bordered_input) return;
        if (!m_picture.pin) return fault(utf8("the pin is not shown"), m_picture.title);
        const QString text = m_picture.pin->text;
        if (!m_picture.description.contains(text)) fault(utf8("the pin is not spoken"), text);
        sentence(text);
        for (const CellRef& cell : m_picture.pin->cells) {
            const QRectF rect = m_picture.grid(cell.grid)->cell_rect(cell.row, cell.column);
            const bool marked = std::ranges::any_of(m_picture.items, [&](const auto& item) {
                const auto* box = std::get_if<ui::diagram::Box>(&item.mark);
                return box &&
                       m_picture.groups[static_cast<std::size_t>(item.group)].id == utf8("pin") &&
                       box->rect.contains(rect.center());
            });
            if (!marked) fault(utf8("the pin is not marked"), text);
        }
        const Grid grid = m_view.pinned->grid.grid;
        if (grid != Grid::full_output && grid != Grid::slide_output) return;
        if (m_picture.pin->cells.empty()) fault(utf8("the pin is nowhere"), text);
        const Place cell{m_view.pinned->row, m_view.pinned->column};
        const QString above = held(m_above, cell);
        const QString below = held(m_below, cell);
        const QString now =
            above == below ? above : utf8("%1 above and %2 below").arg(above, below);
        const QString end = held(m_oracle.in_the_end(), cell);
        if (!text.contains(now == end ? utf8(": %1 now and in the end").arg(end)
                                      : utf8(": %1 now, %2 in the end").arg(now, end)))
            fault(utf8("the pin holds %1 and ends in %2").arg(now, end), text);
        if (text.contains(utf8("cut away")) == m_oracle.is_kept(cell))
            fault(utf8("cut away"), text);
    }

    int channel() const { return std::min(m_view.channel, m_oracle.channels - 1); }

    const StageOracle& m_oracle;
    ui::diagram::View m_view;
    const Diagram& m_picture;
    QString m_counter;
    Map m_above, m_below;
    QStringList m_faults;
};

}  // namespace support
