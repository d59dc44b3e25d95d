// SPDX-License-Identifier: MIT
#include "ui/paint/found_labels.h"

#include <algorithm>

#include <QStringList>

#include "ui/diagram/cell_numbers.h"

namespace ui::paint {

using diagram::Box;
using diagram::CellRef;
using diagram::Diagram;
using diagram::Label;

Found found_words(const QString& text) {
    Found found;
    found.tokens = {tokens_of(text)};
    found.key = skeleton_of(found.tokens.front());
    return found;
}

QString key_of(const CellRef& cell) {
    return QStringLiteral("%1 %2 %3 %4 ")
        .arg(static_cast<int>(cell.grid.grid))
        .arg(cell.grid.index)
        .arg(cell.row)
        .arg(cell.column);
}

FoundLabels labels_of(const Diagram& picture) {
    FoundLabels labels;
    const Box* box = nullptr;
    std::optional<CellRef> cell;
    QHash<QString, int> seen;  // a cell may stand in two grids
    for (std::size_t i = 0; i < picture.items.size(); ++i) {
        const diagram::Item& item = picture.items[i];
        const auto* label = std::get_if<Label>(&item.mark);
        if (!label) {
            box = std::get_if<Box>(&item.mark);
            cell = box ? item.cell : std::nullopt;
            continue;
        }
        Found found{.label = label, .item = i};
        if (cell && box->rect.contains(label->anchor)) {
            found.cell = cell;
            found.cell_width = box->rect.width();
        }
        QStringList skeletons;
        for (const diagram::TextRun& run : label->runs) {
            found.tokens.push_back(tokens_of(run.text));
            skeletons << skeleton_of(found.tokens.back());
        }
        if (found.cell) {
            const diagram::TextRun& run = label->runs.front();
            const QChar what = run.text.startsWith(u'×')            ? u'x'
                               : run.face == diagram::Face::numbers ? u'n'
                                                                    : u't';
            found.key = key_of(*found.cell) + what;
            found.key.prepend(QString::number(seen[found.key]++) + u' ');
            labels.in_cells.insert(found.key, found);
        } else {
            found.key = picture.groups[static_cast<std::size_t>(item.group)].id + u' ' +
                        QString::number(static_cast<int>(label->align)) + u' ' +
                        skeletons.join(u'|');
            labels.free.push_back(std::move(found));
        }
    }
    return labels;
}

std::vector<const Found*> counterparts(const std::vector<Found>& list,
                                       const std::vector<Found>& other) {
    std::vector<const Found*> pairs(list.size(), nullptr);
    if (std::ranges::equal(list, other, {}, &Found::key, &Found::key)) {
        for (std::size_t i = 0; i < list.size(); ++i) pairs[i] = &other[i];
        return pairs;
    }
    const std::size_t width = other.size() + 1;
    std::vector<int> longest((list.size() + 1) * width, 0);
    for (std::size_t i = list.size(); i-- > 0;)
        for (std::size_t j = other.size(); j-- > 0;)
            longest[i * width + j] =
                list[i].key == other[j].key
                    ? longest[(i + 1) * width + j + 1] + 1
                    : std::max(longest[(i + 1) * width + j], longest[i * width + j + 1]);
    for (std::size_t i = 0, j = 0; i < list.size() && j < other.size();) {
        if (list[i].key == other[j].key)
            pairs[i++] = &other[j++];
        else if (longest[(i + 1) * width + j] >= longest[i * width + j + 1])
            ++i;
        else
            ++j;
    }
    return pairs;
}

bool has_word(const QString& text) {
    return std::adjacent_find(text.begin(), text.end(), [](QChar a, QChar b) {
               return a.isLetter() && b.isLetter();
           }) != text.end();
}

bool says_number(const Found& found) {
    return std::ranges::any_of(found.tokens, [](const std::vector<Token>& run) {
        return std::ranges::any_of(
            run, [](const Token& token) { return token.kind != Token::Kind::words; });
    });
}

int characters_of(const Label& label) {
    return static_cast<int>(0.97 * label.max_width / (label.size * diagram::mono_advance) + 1e-6);
}
int characters_laid(const Found& found) {
    return static_cast<int>(0.96 * found.cell_width / (found.label->size * diagram::mono_advance)) -
           1;
}

}  // namespace ui::paint
