// SPDX-License-Identifier: MIT
#include "ui/paint/live_lesson.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>

#include <QHash>

#include "engine/layers/weights.h"
#include "engine/lessons/comparison.h"
#include "ui/diagram/cell_numbers.h"
#include "ui/diagram/number_text.h"
#include "ui/diagram/stage.h"
#include "ui/paint/found_labels.h"

namespace ui::paint {

using diagram::Box;
using diagram::CellRef;
using diagram::Diagram;
using diagram::Label;

namespace {

using Kind = Part::Kind;

std::size_t index(std::int64_t i) { return static_cast<std::size_t>(i); }

/// How numbers of another lesson are made of the own ones.
enum class Numbers {
    own,
    few_digits,   ///< of the own signs, so that the picture is built alike
    many_digits,  ///< likewise, with all digits
    other_digits,
    // The others find words that hold for the numbers above alone.
    no_kernel,  ///< all weights are 0; without a kernel, all inputs
    all_ones,
    both_signs,
};
constexpr Numbers all_numbers[]{Numbers::own,          Numbers::few_digits, Numbers::many_digits,
                                Numbers::other_digits, Numbers::no_kernel,  Numbers::all_ones,
                                Numbers::both_signs};
constexpr std::size_t own = 0;
constexpr std::size_t key_lesson = 2;  ///< in which numbers are looked up: no two are alike
constexpr std::size_t same_kind = 4;   ///< lessons before this one are built alike

float other_number(Numbers numbers, float value, bool is_kernel, bool has_kernel,
                   engine::SeededRandom& random) {
    const double sign = value < 0 ? -1 : 1;
    switch (numbers) {
        case Numbers::own:
            return value;
        case Numbers::few_digits:
            return static_cast<float>(sign * (11 + random.below(88)) / 10.0);
        case Numbers::many_digits:
            return static_cast<float>(sign * (1.1 + 8.8 * random.uniform()));
        case Numbers::other_digits:
            return static_cast<float>(sign * (0.2 + 2.7 * random.uniform()));
        case Numbers::no_kernel:
            return is_kernel == has_kernel ? 0.0F : static_cast<float>(2.5 + random.uniform());
        case Numbers::all_ones:
            return 1;
        case Numbers::both_signs:
            return static_cast<float>(5 - 10 * random.uniform());
    }
    return value;
}

engine::Tensor other_tensor(const engine::Tensor& tensor, Numbers numbers, bool is_kernel,
                            bool has_kernel, engine::SeededRandom& random) {
    std::vector<float> values;
    for (const float value : tensor.values())
        values.push_back(other_number(numbers, value, is_kernel, has_kernel, random));
    return {tensor.shape(), std::move(values)};
}

/// The layer in focus alone, with other numbers; whether there is a bias to add stays.
std::optional<ExportJob> other_job(const ExportJob& job, Numbers numbers) {
    const auto focus = static_cast<std::size_t>(job.view.focus);
    const engine::LayerRun& run = job.run.layers[focus];
    engine::SeededRandom random(static_cast<std::uint64_t>(numbers) + 20);
    const bool has_kernel = !run.weights.kernel.empty();
    engine::Lesson lesson = job.lesson;
    engine::Layer layer = lesson.layers[focus];
    layer.weights = {std::nullopt, run.weights};
    if (has_kernel)
        layer.weights.values.kernel = other_tensor(run.weights.kernel, numbers, true, true, random);
    if (!run.weights.bias.empty()) {
        std::vector<float> bias;
        for (const float value : run.weights.bias.values())
            bias.push_back(value == 0 ? 0 : other_number(numbers, value, false, true, random));
        layer.weights.values.bias = {run.weights.bias.shape(), std::move(bias)};
    }
    lesson.input = other_tensor(run.input, numbers, false, has_kernel, random);
    lesson.layers = {std::move(layer)};
    auto computed = engine::run(lesson);
    if (!computed) return std::nullopt;
    ExportJob other = job;
    other.lesson = std::move(lesson);
    other.run = *std::move(computed);
    other.view.focus = 0;
    return other;
}

}  // namespace

struct LiveLesson::Held {
    struct Lesson {
        ExportJob job;
        engine::Trace trace;
        std::vector<float> values;  ///< of all quantities
    };
    std::vector<Lesson> lessons;  ///< the own first, in the order of all_numbers; or it alone
    LiveNumbers numbers;
    std::vector<Quantity> quantities;
    QHash<quint32, std::vector<int>> by_value;  ///< quantities of key_lesson by their bits
    std::map<std::tuple<Kind, int, int>, QHash<QString, std::vector<int>>> by_text;
    std::map<std::vector<quint32>, std::optional<Quantity>> known;

    const std::vector<int>& candidates(const Part& way, const QString& text) {
        const auto key = std::make_tuple(way.kind, way.digits, way.characters);
        auto known_texts = by_text.find(key);
        if (known_texts == by_text.end()) {
            QHash<QString, std::vector<int>> texts;
            for (std::size_t i = 0; i < quantities.size(); ++i)
                texts[number_in(way, lessons[key_lesson].values[i])].push_back(static_cast<int>(i));
            known_texts = by_text.emplace(key, std::move(texts)).first;
        }
        static const std::vector<int> none;
        const auto found = known_texts->second.constFind(text);
        return found == known_texts->second.constEnd() ? none : *found;
    }

    /// The quantity with these values; `values` of the lessons that are built alike.
    std::optional<Quantity> quantity_of(const std::vector<float>& values) {
        std::vector<quint32> bits;
        bits.reserve(values.size());
        for (const float value : values) bits.push_back(std::bit_cast<quint32>(value));
        if (const auto found = known.find(bits); found != known.end()) return found->second;
        std::optional<Quantity> quantity;
        for (const int i : by_value.value(bits[key_lesson])) {
            bool fits = true;
            for (std::size_t n = 0; n < values.size() && fits; ++n)
                fits = lessons[n].values[index(i)] == values[n];
            if (!fits) continue;
            quantity = quantities[index(i)];
            break;
        }
        known.emplace(std::move(bits), quantity);
        return quantity;
    }

    /// Numbers in the lessons where they are seen, each written its way.
    struct Seen {
        std::size_t lesson;
        QString text;
        Part way;
    };
    std::optional<Quantity> quantity_said(const std::vector<Seen>& seen) {
        const auto key = std::ranges::find(seen, key_lesson, &Seen::lesson);
        if (key == seen.end()) return std::nullopt;
        for (const int i : candidates(key->way, key->text)) {
            const bool fits = std::ranges::all_of(seen, [&](const Seen& one) {
                return number_in(one.way, lessons[one.lesson].values[index(i)]) == one.text;
            });
            if (fits) return quantities[index(i)];
        }
        return std::nullopt;
    }

    float value_in(std::size_t lesson, const Quantity& quantity) const {
        return numbers.value(quantity, inputs_of(lessons[lesson].trace));
    }

    LiveLabel as_it_is(const Found& found, const Label& label) const;
    LiveLabel follow(const Found& found, const std::vector<const Found*>& others);
    bool follow_number(std::vector<Part>& parts, const std::vector<const Token*>& tokens,
                       const std::vector<const Found*>& labels, const Found& found, bool is_laid);
    LiveBox follow_box(const Box& box, const CellRef& cell,
                       const std::vector<const Diagram*>& pictures,
                       const std::vector<const Box*>& boxes);
};

namespace {

LiveLabel unchanging(const std::vector<diagram::TextRun>& runs) {
    LiveLabel live;
    for (const diagram::TextRun& run : runs) live.runs.push_back({{.text = run.text}});
    return live;
}
LiveLabel unchanging(const QString& text) { return {.runs = {{{.text = text}}}}; }

}  // namespace

/// `tokens`: the number in each lesson, null where it is not seen.
bool LiveLesson::Held::follow_number(std::vector<Part>& parts,
                                     const std::vector<const Token*>& tokens,
                                     const std::vector<const Found*>& labels, const Found& found,
                                     bool is_laid) {
    const Token& token = *tokens[own];
    const auto mark_text = [](Token::Mark mark) {
        return mark == Token::Mark::none    ? QString()
               : mark == Token::Mark::equal ? QStringLiteral("= ")
                                            : QStringLiteral("≈ ");
    };
    bool same = true;
    bool marks[3]{};
    for (std::size_t n = 0; n < tokens.size(); ++n) {
        if (!tokens[n]) continue;
        // A number that others are the same as in all random lessons is geometry.
        if (n < same_kind) same = same && tokens[n]->text == token.text;
        marks[static_cast<int>(tokens[n]->mark)] = true;
    }
    const bool always_alike = marks[0] + marks[1] + marks[2] == 1;
    if (same && always_alike) {
        for (std::size_t n = same_kind; n < tokens.size(); ++n)
            if (tokens[n] && tokens[n]->text != token.text) return false;
        parts.push_back({.text = mark_text(token.mark) + token.text});
        return true;
    }
    const bool is_cut = found.label && !is_laid && found.label->max_width > 0 &&
                        found.label->align == diagram::Align::centre &&
                        found.label->runs.size() == 1 &&
                        found.label->runs.front().text == token.text;
    std::vector<Part> ways;
    const int most = lessons[own].job.view.digits;
    if (is_cut || is_laid) ways.push_back({.kind = Kind::cut, .digits = most});
    for (const int digits : {4, 3, diagram::reliable_digits})
        ways.push_back({.kind = Kind::number, .digits = digits});
    for (Part& way : ways) {
        std::vector<Seen> seen;
        for (std::size_t n = 0; n < tokens.size(); ++n) {
            if (!tokens[n]) continue;
            if (way.kind == Kind::cut && labels[n])
                way.characters =
                    is_laid ? characters_laid(*labels[n]) : characters_of(*labels[n]->label);
            seen.push_back({n, tokens[n]->text, way});
        }
        const auto quantity = quantity_said(seen);
        if (!quantity) continue;
        Part number = seen.front().way;
        number.of = {*quantity};
        number.text = token.text;
        if (marks[0] && marks[2] && !marks[1]) {
            number.kind = Kind::said;
            number.text = mark_text(token.mark) + token.text;
        } else if (marks[1] && marks[2] && !marks[0]) {
            parts.push_back({.kind = Kind::sign,
                             .text = mark_text(token.mark).left(1),
                             .of = {*quantity},
                             .digits = number.digits});
            parts.push_back({.text = QStringLiteral(" ")});
        } else if (always_alike) {
            parts.push_back({.text = mark_text(token.mark)});
        } else {
            return false;
        }
        parts.push_back(std::move(number));
        return true;
    }
    return false;
}

LiveLabel LiveLesson::Held::follow(const Found& found, const std::vector<const Found*>& others) {
    std::vector<const Found*> labels{&found};
    labels.insert(labels.end(), others.begin(), others.end());
    LiveLabel live;
    std::vector<Quantity> all;  // that the label has said so far
    for (std::size_t run = 0; run < found.tokens.size(); ++run) {
        const std::vector<Token>& tokens = found.tokens[run];
        std::vector<Part>& parts = live.runs.emplace_back();
        const bool is_laid = found.cell && found.label->runs.front().text.startsWith(u'×');
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            if (tokens[i].kind == Token::Kind::words) {
                parts.push_back({.text = tokens[i].text});
                continue;
            }
            std::vector<const Token*> seen;
            seen.reserve(labels.size());
            for (const Found* label : labels)
                seen.push_back(label && label->tokens.size() == found.tokens.size() &&
                                       label->tokens[run].size() == tokens.size()
                                   ? &label->tokens[run][i]
                                   : nullptr);
            if (tokens[i].kind == Token::Kind::sign) {
                parts.push_back({.kind = Kind::sign, .text = tokens[i].text});
            } else if (!follow_number(parts, seen, labels, found, is_laid)) {
                live.only_own = true;
                parts.push_back({.text = tokens[i].text});
            }
        }
    }
    // A sign behind a product or a sum is about every number of it, and the one that follows.
    QString whole;
    for (const auto& parts : live.runs)
        for (const Part& part : parts) {
            whole += part.text;
            if (part.kind != Kind::sign) all.insert(all.end(), part.of.begin(), part.of.end());
        }
    const bool is_sum = !has_word(whole) && (whole.contains(u'×') || whole.contains(u'+'));
    int digits = 4;
    for (const auto& parts : live.runs)
        for (const Part& part : parts)
            if (part.kind == Kind::number) digits = part.digits;
    for (auto& parts : live.runs)
        for (Part& part : parts)
            if (part.kind == Kind::sign && (is_sum || part.of.empty())) {
                part.of = all;
                part.digits = digits;
            }
    // What the template says of the other lessons' numbers is what they say themselves.
    for (std::size_t n = 0; n < labels.size() && !live.only_own; ++n) {
        if (!labels[n] || found.cell) continue;
        for (std::size_t run = 0; run < live.runs.size() && !live.only_own; ++run) {
            QString wanted;
            for (const Token& token : labels[n]->tokens[run])
                wanted += (token.kind != Token::Kind::number   ? QString()
                           : token.mark == Token::Mark::equal  ? QStringLiteral("= ")
                           : token.mark == Token::Mark::almost ? QStringLiteral("≈ ")
                                                               : QString()) +
                          token.text;
            std::vector<Part> written = live.runs[run];
            for (Part& part : written)
                if (part.kind == Kind::cut) part.characters = characters_of(*labels[n]->label);
            const QString said =
                text_of(written, [&](const Quantity& quantity) { return value_in(n, quantity); });
            live.only_own = said != wanted;
        }
    }
    return live;
}

LiveBox LiveLesson::Held::follow_box(const Box& box, const CellRef& cell,
                                     const std::vector<const Diagram*>& pictures,
                                     const std::vector<const Box*>& boxes) {
    LiveBox live;
    std::vector<float> values;
    bool same = true;
    for (std::size_t n = 0; n < same_kind; ++n) {
        const diagram::GridInfo* grid = pictures[n]->grid(cell.grid);
        if (!grid) return live;
        const auto value = grid->said(cell.row, cell.column).number();
        if (!value) return live;
        same = same && (n < 2 || *value == values[n - 1]);
        values.push_back(*value);
    }
    if (same) return live;
    live.value = quantity_of(values);
    const auto moves = [&](const Box* other) {
        return !other || other->fill != box.fill || other->hatched != box.hatched;
    };
    if (std::none_of(boxes.begin(), boxes.begin() + same_kind, moves)) return live;
    live.only_own = true;
    if (!live.value) return live;
    using Greatest = Quantity::Kind;
    std::vector<std::vector<Quantity>> greatest;
    for (const Quantity& quantity : quantities)
        if (quantity.kind >= Greatest::greatest_input) greatest.push_back({quantity});
    greatest.push_back({{.kind = Greatest::greatest_input, .first = -1},
                        {.kind = Greatest::greatest_weight, .first = -1}});
    if (numbers.channels() > 1)
        for (const Quantity& quantity : quantities)
            if (quantity.kind == Greatest::greatest_weight && quantity.first >= 0)
                greatest.push_back({{.kind = Greatest::greatest_input, .first = -1}, quantity});
    for (const auto& product : greatest)
        for (const double most : {0.5, 0.95}) {
            std::vector<double> strengths;
            for (std::size_t n = 0; n < same_kind; ++n) {
                if (!boxes[n]) continue;
                double size = 1;
                for (const Quantity& quantity : product) size *= value_in(n, quantity);
                const double part =
                    std::min(std::abs(double{values[n]}) / std::max(size, 1e-30), 1.0);
                strengths.push_back(boxes[n]->fill.alpha /
                                    (least_shade + (most - least_shade) * part));
            }
            const auto [low, high] = std::ranges::minmax(strengths);
            if (high - low > 1e-5 || high > 1.00001) continue;
            live.shade = LiveShade{product, most, high};
            live.only_own = false;
            return live;
        }
    return live;
}

LiveLesson::LiveLesson(const ExportJob& job) : m_held(std::make_unique<Held>()) {
    Held& held = *m_held;
    held.lessons.push_back({job, {}, {}});
    if (engine::side_count(job.lesson) != 1) return;
    const auto focus = static_cast<std::size_t>(job.view.focus);
    const engine::LayerSpec& spec = job.lesson.layers[focus].spec;
    Held::Lesson& mine = held.lessons.front();
    mine.trace = diagram::trace_of(job.lesson, job.run, job.view);
    mine.trace.keep_sums();
    if (mine.trace.step_count() == 0 || !LiveNumbers::can_follow(spec, mine.trace.geometry()))
        return;
    for (const Numbers numbers : all_numbers) {
        if (numbers == Numbers::own) continue;
        auto other = other_job(job, numbers);
        if (!other) return;
        engine::Trace trace = diagram::trace_of(other->lesson, other->run, other->view);
        trace.keep_lone_input(held.lessons.front().trace.lone_input());
        trace.keep_sums();
        held.lessons.push_back({*std::move(other), std::move(trace), {}});
    }
    held.numbers = LiveNumbers(spec, held.lessons.front().trace);
    held.quantities = held.numbers.all();
    for (Held::Lesson& lesson : held.lessons) {
        const LiveInputs inputs = inputs_of(lesson.trace);
        for (const Quantity& quantity : held.quantities)
            lesson.values.push_back(held.numbers.value(quantity, inputs));
    }
    for (std::size_t i = 0; i < held.quantities.size(); ++i)
        held.by_value[std::bit_cast<quint32>(held.lessons[key_lesson].values[i])].push_back(
            static_cast<int>(i));
}

LiveLesson::~LiveLesson() = default;

bool LiveLesson::is_live() const { return !m_held->numbers.empty(); }
const LiveNumbers& LiveLesson::numbers() const { return m_held->numbers; }
LiveInputs LiveLesson::inputs() const { return inputs_of(m_held->lessons.front().trace); }

LivePicture LiveLesson::at(diagram::Moment moment) {
    Held& held = *m_held;
    std::vector<Diagram> pictures;
    for (Held::Lesson& lesson : held.lessons) {
        lesson.job.view.moment = moment;
        const bool kept = lesson.trace.step_count() > 0;
        pictures.push_back(stage_of(lesson.job, kept ? &lesson.trace : nullptr));
        if (!is_live()) break;
    }
    LivePicture live;
    const Diagram& mine = pictures.front();
    live.labels.resize(mine.items.size());
    live.boxes.resize(mine.items.size());
    if (!is_live()) {
        for (std::size_t i = 0; i < mine.items.size(); ++i)
            if (const auto* label = std::get_if<Label>(&mine.items[i].mark))
                live.labels[i] = unchanging(label->runs);
        live.title = unchanging(mine.title);
        live.description = unchanging(mine.description);
        live.picture = std::move(pictures.front());
        return live;
    }

    std::vector<FoundLabels> labels;
    labels.reserve(pictures.size());
    for (const Diagram& picture : pictures) labels.push_back(labels_of(picture));
    std::vector<std::vector<const Found*>> pairs;
    for (std::size_t n = 1; n < labels.size(); ++n)
        pairs.push_back(counterparts(labels[own].free, labels[n].free));
    const auto is_missing = [](const std::vector<const Found*>& others, std::size_t count) {
        return std::find(others.begin(), others.begin() + static_cast<std::ptrdiff_t>(count),
                         nullptr) != others.begin() + static_cast<std::ptrdiff_t>(count);
    };
    for (std::size_t i = 0; i < labels[own].free.size(); ++i) {
        const Found& found = labels[own].free[i];
        std::vector<const Found*> others;
        others.reserve(pairs.size());
        for (const auto& list : pairs) others.push_back(list[i]);
        QString whole;
        for (const diagram::TextRun& run : found.label->runs) whole += run.text;
        LiveLabel& label = live.labels[found.item];
        const bool is_told = has_word(whole) || says_number(found);
        if (is_missing(others, same_kind - 1) ||
            (has_word(whole) && is_missing(others, others.size()))) {
            label = unchanging(found.label->runs);
            label.only_own = is_told || !whole.trimmed().isEmpty();
        } else {
            label = held.follow(found, others);
        }
    }
    std::vector<QHash<QString, std::vector<const Box*>>> boxes(pictures.size());
    for (std::size_t n = 0; n < pictures.size(); ++n)
        for (const diagram::Item& item : pictures[n].items)
            if (const auto* box = std::get_if<Box>(&item.mark); box && item.cell)
                boxes[n][key_of(*item.cell)].push_back(box);
    QHash<QString, int> seen_boxes;
    std::vector<const Diagram*> seen;
    seen.reserve(pictures.size());
    for (const Diagram& picture : pictures) seen.push_back(&picture);
    for (std::size_t i = 0; i < mine.items.size(); ++i) {
        const auto* box = std::get_if<Box>(&mine.items[i].mark);
        if (!box || !mine.items[i].cell) continue;
        const CellRef& cell = *mine.items[i].cell;
        std::vector<const Box*> alike;
        const auto which = static_cast<std::size_t>(seen_boxes[key_of(cell)]++);
        for (const auto& list : boxes) {
            const std::vector<const Box*> of_cell = list.value(key_of(cell));
            alike.push_back(which < of_cell.size() ? of_cell[which] : nullptr);
        }
        live.boxes[i] = held.follow_box(*box, cell, seen, alike);
    }
    for (const Found& found : labels[own].in_cells) {
        std::vector<const Found*> others;
        for (std::size_t n = 1; n < labels.size(); ++n) {
            const auto other = labels[n].in_cells.constFind(found.key);
            others.push_back(other == labels[n].in_cells.constEnd() ? nullptr : &*other);
        }
        LiveLabel& label = live.labels[found.item];
        // The cell says which number it holds, all digits of it.
        const diagram::TextRun& run = found.label->runs.front();
        const Part cut{.kind = Kind::cut,
                       .text = run.text,
                       .digits = mine.digits,
                       .characters = characters_of(*found.label)};
        std::size_t box = found.item;
        while (box > 0 && !mine.items[box].cell) --box;
        const auto& value = live.boxes[box].value;
        if (found.key.endsWith(u'n') && value &&
            number_in(cut, held.value_in(own, *value)) == run.text) {
            label.runs = {{cut}};
            label.runs.front().front().of = {*value};
        } else if (!says_number(found)) {
            label = unchanging(found.label->runs);
        } else if (!others[key_lesson - 1]) {
            label = unchanging(found.label->runs);
            label.only_own = true;
        } else {
            label = held.follow(found, others);
        }
    }
    const auto told = [&](QString Diagram::*text) {
        std::vector<Found> all;
        all.reserve(pictures.size());
        for (const Diagram& picture : pictures) all.push_back(found_words(picture.*text));
        std::vector<const Found*> others;
        bool alike = true;
        for (std::size_t n = 1; n < all.size(); ++n) {
            alike = alike && all[n].key == all[own].key;
            others.push_back(&all[n]);
        }
        if (alike) return held.follow(all[own], others);
        LiveLabel label = unchanging(mine.*text);
        label.only_own = true;
        return label;
    };
    live.title = told(&Diagram::title);
    live.description = told(&Diagram::description);
    live.picture = std::move(pictures.front());
    return live;
}

}  // namespace ui::paint
