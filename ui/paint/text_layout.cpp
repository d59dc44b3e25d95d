// SPDX-License-Identifier: MIT
#include "ui/paint/text_layout.h"

#include <algorithm>
#include <array>
#include <optional>

#include <QCache>
#include <QFontMetricsF>
#include <QGlyphRun>
#include <QRawFont>
#include <QTextLayout>

#include "ui/paint/fonts.h"

namespace ui::paint {

using diagram::Face;
using diagram::FontWeight;
using diagram::Label;
using diagram::TextRun;

namespace {

constexpr double smallest_shrink = 0.6;
constexpr double line_spacing = 1.35;

/// Unhinted glyphs scale linearly, so one measure per face serves every size.
struct FaceMetrics {
    QFontMetricsF metrics;
    double capital;  ///< height of a capital letter, and of a digit, in em
};

const FaceMetrics& metrics_of(Face face, FontWeight weight) {
    // Each made when first asked for: loading a face is dear.
    static thread_local std::array<std::optional<FaceMetrics>, 6> all;
    auto& made = all[static_cast<std::size_t>(face) * 3 + static_cast<std::size_t>(weight)];
    if (!made) {
        const QFontMetricsF metrics(font_of(face, weight, glyph_size));
        made = FaceMetrics{metrics, metrics.capHeight() / glyph_size};
    }
    return *made;
}

/// Characters the mono face has, all of one advance: numbers are measured by counting.
bool is_plain_number(const QString& text) {
    return std::ranges::all_of(text, [](QChar c) {
        return (c >= u' ' && c <= u'~') || c == u'−' || c == u'×' || c == u'·' || c == u'…';
    });
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

/// The first `count` characters and "…".
std::vector<TextRun> cut(std::vector<TextRun> runs, qsizetype count) {
    for (std::size_t i = 0; i < runs.size(); ++i) {
        QString& text = runs[i].text;
        if (count >= text.size()) {
            count -= text.size();
            continue;
        }
        text.truncate(count);
        if (!text.isEmpty() && text.back().isHighSurrogate()) text.chop(1);
        text += QChar(u'…');
        runs.resize(i + 1);
    }
    return runs;
}

/// As many characters as fit before "…".
std::vector<TextRun> elided(const std::vector<TextRun>& runs, double size, double max_width) {
    qsizetype fits = 0;
    qsizetype too_many = 0;
    for (const TextRun& run : runs) too_many += run.text.size();
    while (too_many - fits > 1) {
        const qsizetype middle = fits + (too_many - fits) / 2;
        (width_of(cut(runs, middle), size) <= max_width ? fits : too_many) = middle;
    }
    return cut(runs, fits);
}

/// Runs and parts of runs without a place to break, up to and with the space that ends them.
std::vector<Line> words_of(const std::vector<TextRun>& runs, double size) {
    std::vector<Line> words;
    bool open = false;
    for (const TextRun& run : runs) {
        for (qsizetype start = 0; start < run.text.size();) {
            const qsizetype space = run.text.indexOf(u' ', start);
            const qsizetype end = space < 0 ? run.text.size() : space + 1;
            TextRun part = run;
            part.text = run.text.mid(start, end - start);
            if (!open) words.emplace_back();
            words.back().width += text_width(part.text, part.face, part.weight, size);
            words.back().runs.push_back(std::move(part));
            open = space < 0;
            start = end;
        }
    }
    return words;
}

void append(std::vector<TextRun>& runs, TextRun run) {
    if (!runs.empty()) {
        TextRun& last = runs.back();
        if (last.face == run.face && last.weight == run.weight && last.ink == run.ink) {
            last.text += run.text;
            return;
        }
    }
    runs.push_back(std::move(run));
}

std::vector<Line> wrapped(const Label& label) {
    std::vector<Line> lines;
    for (Line& word : words_of(label.runs, label.size)) {
        const TextRun& last = word.runs.back();
        const double space = last.text.endsWith(u' ') ? text_width(QStringLiteral(" "), last.face,
                                                                   last.weight, label.size)
                                                      : 0;
        if (lines.empty() || lines.back().width + word.width - space > label.max_width)
            lines.emplace_back();
        lines.back().width += word.width;
        for (TextRun& part : word.runs) append(lines.back().runs, std::move(part));
    }
    for (Line& line : lines) {
        while (line.runs.back().text.endsWith(u' ')) line.runs.back().text.chop(1);
        line.width = width_of(line.runs, label.size);
    }
    return lines;
}

}  // namespace

double text_width(const QString& text, Face face, FontWeight weight, double size) {
    if (face == Face::numbers && is_plain_number(text))
        return static_cast<double>(text.size()) * diagram::mono_advance * size;
    return metrics_of(face, weight).metrics.horizontalAdvance(text) * size / glyph_size;
}

std::vector<PlacedRun> lay_out(const Label& label) {
    double size = label.size;
    std::vector<Line> lines;
    if (label.wrap && label.max_width > 0) {
        lines = wrapped(label);
    } else {
        const double width = width_of(label.runs, size);
        lines.push_back({label.runs, width});
        if (label.max_width > 0 && width > label.max_width) {
            size *= std::max(smallest_shrink, label.max_width / width);
            // A shrunk line fits but for rounding; what is still too long loses its end.
            if (width_of(label.runs, size) > label.max_width * 1.0001)
                lines.front().runs = elided(label.runs, size, label.max_width);
            lines.front().width = width_of(lines.front().runs, size);
        }
    }
    std::vector<PlacedRun> placed;
    double middle = label.anchor.y();
    for (Line& line : lines) {
        double x = label.anchor.x();
        if (label.align == diagram::Align::centre) x -= line.width / 2;
        if (label.align == diagram::Align::right) x -= line.width;
        for (TextRun& run : line.runs) {
            const double width = line.runs.size() == 1
                                     ? line.width
                                     : text_width(run.text, run.face, run.weight, size);
            const QPointF baseline(x, middle + metrics_of(run.face, run.weight).capital * size / 2);
            placed.push_back(
                {std::move(run.text), run.ink, run.face, run.weight, size, baseline, width});
            x += width;
        }
        middle += line_spacing * size;
    }
    return placed;
}

QRectF measured(const Label& label) {
    QRectF extent;
    for (const PlacedRun& run : lay_out(label)) {
        const QFontMetricsF& metrics = metrics_of(run.face, run.weight).metrics;
        const double scale = run.size / glyph_size;
        extent |= QRectF(run.baseline.x(), run.baseline.y() - metrics.ascent() * scale, run.width,
                         metrics.height() * scale);
    }
    return extent;
}

namespace {

/// What glyphs follow from. Of every size the same.
struct GlyphsKey {
    QString text;
    Face face;
    FontWeight weight;
    bool operator==(const GlyphsKey&) const = default;
    friend size_t qHash(const GlyphsKey& key, size_t seed = 0) {
        return qHashMulti(seed, key.text, static_cast<int>(key.face), static_cast<int>(key.weight));
    }
};
/// Glyphs that each thread keeps: a picture says much that the one before said.
constexpr qsizetype kept_glyphs = 20'000;

std::vector<Glyph> shaped_glyphs(const PlacedRun& run) {
    static constexpr std::array faces{'w', 'n'};
    static constexpr std::array weights{'r', 's', 'b'};
    const QFont font = font_of(run.face, run.weight, glyph_size);
    QTextLayout layout(run.text, font);
    layout.beginLayout();
    const QTextLine line = layout.createLine();
    layout.endLayout();
    std::vector<Glyph> glyphs;
    for (const QGlyphRun& shaped : line.glyphRuns()) {
        const QRawFont face = shaped.rawFont();
        QString prefix = QLatin1Char(faces[static_cast<std::size_t>(run.face)]) +
                         QLatin1Char(weights[static_cast<std::size_t>(run.weight)]);
        if (face.familyName() != font.family())
            prefix +=
                QLatin1Char('-') + face.familyName().remove(QLatin1Char(' ')) + QLatin1Char('-');
        const QList<quint32> indexes = shaped.glyphIndexes();
        const QList<QPointF> positions = shaped.positions();
        for (qsizetype i = 0; i < indexes.size(); ++i) {
            const QPainterPath outline = face.pathForGlyph(indexes[i]);
            if (outline.isEmpty()) continue;
            glyphs.push_back({prefix + QString::number(indexes[i]), outline,
                              positions[i] - QPointF(0, line.ascent())});
        }
    }
    return glyphs;
}

}  // namespace

std::vector<Glyph> glyphs_of(const PlacedRun& run) {
    thread_local QCache<GlyphsKey, std::vector<Glyph>> kept(kept_glyphs);
    const GlyphsKey key{run.text, run.face, run.weight};
    if (const auto* glyphs = kept.object(key)) return *glyphs;
    std::vector<Glyph> glyphs = shaped_glyphs(run);
    kept.insert(key, new std::vector<Glyph>(glyphs), run.text.size() + 1);
    return glyphs;
}

}  // namespace ui::paint
