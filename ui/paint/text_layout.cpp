// SPDX-License-Identifier: MIT
#include "ui/paint/text_layout.h"

#include <algorithm>
#include <array>

#include <QFontMetricsF>
#include <QTransform>

#include "ui/paint/fonts.h"

namespace ui::paint {

using diagram::Face;
using diagram::Label;
using diagram::TextRun;
using diagram::Weight;

namespace {

/// Unhinted glyphs scale linearly, so one measure per face serves every size.
constexpr double measured_size = 200;
constexpr double smallest_shrink = 0.6;
constexpr double line_spacing = 1.35;

const QFontMetricsF& metrics_of(Face face, Weight weight) {
    static thread_local const auto all = [] {
        std::vector<QFontMetricsF> metrics;
        for (const Face f : {Face::words, Face::numbers}) {
            for (const Weight w : {Weight::regular, Weight::semibold, Weight::bold}) {
                metrics.emplace_back(font_of(f, w, measured_size));
            }
        }
        return metrics;
    }();
    return all[static_cast<std::size_t>(face) * 3 + static_cast<std::size_t>(weight)];
}

struct Line {
    std::vector<TextRun> runs;
    double width = 0;
};

double width_of(const std::vector<TextRun>& runs, double size) {
    double width = 0;
    for (const TextRun& run : runs) width += text_width(run.text, run.face, run.weight, size);
    return width;
}

/// Cuts characters from the end until the line with "…" fits.
void elide(std::vector<TextRun>& runs, double size, double max_width) {
    while (!runs.empty() && width_of(runs, size) > max_width) {
        QString& text = runs.back().text;
        if (text.endsWith(u'…')) text.chop(1);
        if (text.size() <= 1) {
            runs.pop_back();
            if (runs.empty()) return;
            runs.back().text += QChar(u'…');
            continue;
        }
        text.chop(1);
        text += QChar(u'…');
    }
}

/// Words with the run they belong to; a word keeps the space that follows it.
std::vector<TextRun> words_of(const std::vector<TextRun>& runs) {
    std::vector<TextRun> words;
    for (const TextRun& run : runs) {
        qsizetype start = 0;
        while (start < run.text.size()) {
            qsizetype end = run.text.indexOf(u' ', start);
            end = end < 0 ? run.text.size() : end + 1;
            TextRun word = run;
            word.text = run.text.mid(start, end - start);
            words.push_back(std::move(word));
            start = end;
        }
    }
    return words;
}

std::vector<Line> wrapped(const Label& label) {
    std::vector<Line> lines(1);
    for (TextRun& word : words_of(label.runs)) {
        TextRun bare = word;
        while (bare.text.endsWith(u' ')) bare.text.chop(1);
        const double bare_width = text_width(bare.text, bare.face, bare.weight, label.size);
        if (lines.back().width > 0 && lines.back().width + bare_width > label.max_width) {
            lines.emplace_back();
        }
        lines.back().width += text_width(word.text, word.face, word.weight, label.size);
        std::vector<TextRun>& runs = lines.back().runs;
        const bool joins = !runs.empty() && runs.back().face == word.face &&
                           runs.back().weight == word.weight && runs.back().ink == word.ink;
        if (joins) {
            runs.back().text += word.text;
        } else {
            runs.push_back(std::move(word));
        }
    }
    for (Line& line : lines) {
        while (!line.runs.empty() && line.runs.back().text.endsWith(u' ')) {
            line.runs.back().text.chop(1);
        }
    }
    return lines;
}

}  // namespace

double text_width(const QString& text, Face face, Weight weight, double size) {
    return metrics_of(face, weight).horizontalAdvance(text) * size / measured_size;
}

QPainterPath outline_of(const PlacedRun& run) {
    QPainterPath path;
    path.addText(0, 0, font_of(run.face, run.weight, measured_size), run.text);
    const double scale = run.size / measured_size;
    return QTransform::fromScale(scale, scale).map(path);
}

std::vector<PlacedRun> lay_out(const Label& label) {
    double size = label.size;
    std::vector<Line> lines;
    if (label.wrap && label.max_width > 0) {
        lines = wrapped(label);
    } else {
        lines.push_back({label.runs, 0});
        const double width = width_of(label.runs, size);
        if (label.max_width > 0 && width > label.max_width) {
            size *= std::max(smallest_shrink, label.max_width / width);
            elide(lines.front().runs, size, label.max_width * 1.0001);
        }
    }
    std::vector<PlacedRun> placed;
    double middle = label.anchor.y();
    for (const Line& line : lines) {
        const double width = width_of(line.runs, size);
        double x = label.anchor.x();
        if (label.align == diagram::Align::centre) x -= width / 2;
        if (label.align == diagram::Align::right) x -= width;
        for (const TextRun& run : line.runs) {
            const double run_width = text_width(run.text, run.face, run.weight, size);
            const double capital =
                metrics_of(run.face, run.weight).capHeight() * size / measured_size;
            placed.push_back({run.text, run.ink, run.face, run.weight, size,
                              QPointF(x, middle + capital / 2), run_width});
            x += run_width;
        }
        middle += line_spacing * size;
    }
    return placed;
}

}  // namespace ui::paint
