// SPDX-License-Identifier: MIT
#include "ui/paint/pdf_writer.h"

#include <cmath>

#include <QBuffer>
#include <QGlyphRun>
#include <QPageSize>
#include <QPdfWriter>
#include <QRawFont>
#include <QTextLayout>

#include "ui/paint/fonts.h"
#include "ui/paint/metadata.h"
#include "ui/paint/paint.h"
#include "ui/paint/pdf_objects.h"
#include "ui/paint/picture_sink.h"
#include "ui/paint/text_layout.h"

namespace ui::paint {

using diagram::Diagram;
using diagram::Label;
using engine::Error;
using engine::ErrorCode;

namespace {

constexpr int longest_side = 14'400;  ///< in points: PDF 1.4, appendix C
const QString maker = QStringLiteral("Stridescope");
const QString producer = QStringLiteral("Qt " QT_VERSION_STR);

/// Text as text. Glyphs stand where they stand in every other device.
class TextPainter {
public:
    TextPainter(QPainter& painter, const diagram::Theme& theme)
        : m_painter(painter), m_theme(theme) {}

    void draw(const Label& label) {
        for (const PlacedRun& run : lay_out(label)) {
            m_ink = m_theme.colour(run.ink);
            m_painter.save();
            m_painter.translate(run.baseline);
            m_painter.scale(run.size / glyph_size, run.size / glyph_size);
            draw(run);
            m_painter.restore();
        }
    }

private:
    void draw(const PlacedRun& run) {
        QTextLayout layout(run.text, font_of(run.face, run.weight, glyph_size));
        layout.beginLayout();
        const QTextLine line = layout.createLine();
        layout.endLayout();
        QList<QGlyphRun> shaped = line.glyphRuns();
        // A face's own sign for a context, such as the minus between digits, has no character to be
        // found by. Where the run is one glyph a character, such a sign is drawn as its outline and
        // its character laid there unseen.
        const bool simple = shaped.size() == 1 && !shaped.front().isRightToLeft() &&
                            shaped.front().glyphIndexes().size() == run.text.size();
        const QList<quint32> plain =
            simple ? shaped.front().rawFont().glyphIndexesForString(run.text) : QList<quint32>();
        const QPointF lift(0, -line.ascent());
        for (const QGlyphRun& glyphs : shaped) draw(glyphs, plain, lift);
    }

    void draw(const QGlyphRun& run, const QList<quint32>& plain, QPointF lift) {
        const QList<quint32> shaped = run.glyphIndexes();
        const QList<QPointF> places = run.positions();
        const auto is_plain = [&](qsizetype i) {
            return plain.size() != shaped.size() || plain[i] == shaped[i];
        };
        for (qsizetype from = 0, to = 0; from < shaped.size(); from = to) {
            while (to < shaped.size() && is_plain(to)) ++to;
            if (to > from) {
                text(run, shaped.mid(from, to - from), places.mid(from, to - from), lift, m_ink);
                continue;
            }
            const QPainterPath outline = run.rawFont().pathForGlyph(shaped[from]);
            m_painter.fillPath(outline.translated(places[from] + lift), m_ink);
            text(run, {plain[from]}, {places[from]}, lift, Qt::transparent);
            ++to;
        }
    }

    void text(QGlyphRun run, const QList<quint32>& glyphs, const QList<QPointF>& places,
              QPointF lift, const QColor& ink) {
        run.setGlyphIndexes(glyphs);
        run.setPositions(places);
        m_painter.setPen(ink);
        m_painter.drawGlyphRun(lift, run);
    }

    QPainter& m_painter;
    const diagram::Theme& m_theme;
    QColor m_ink;
};

/// Everything in its order: what is not text as in any picture.
void draw(QPainter& painter, const Diagram& diagram, const diagram::Theme& theme, bool as_text) {
    PaintOptions options;
    options.theme = theme;
    options.paper = false;
    if (!as_text) return paint(painter, diagram, options);
    TextPainter text(painter, theme);
    Diagram between;
    between.size = diagram.size;
    for (const diagram::Item& item : diagram.items) {
        const auto* label = std::get_if<Label>(&item.mark);
        if (!label) {
            between.items.push_back(item);
            continue;
        }
        paint(painter, between, options);
        between.items.clear();
        text.draw(*label);
    }
    paint(painter, between, options);
}

}  // namespace

std::optional<Error> write_pdf(std::span<const Diagram> frames, const diagram::Theme& theme,
                               const PictureOptions& options, PictureSink& sink) {
    const Diagram& diagram = frames.front();
    const bool has_width = options.width->value > 0;
    const double scale =
        has_width ? options.width->inches() * points_per_inch / diagram.size.width() : 1;
    const QSizeF exact = diagram.size * scale;
    // Qt has pages of whole points.
    const QSizeF page(std::ceil(exact.width()), std::ceil(exact.height()));
    for (const auto& [name, side] : {std::pair{"width", page.width()}, {"height", page.height()}})
        if (side > longest_side)
            return Error{.code = ErrorCode::too_large,
                         .subject = name,
                         .given = {static_cast<std::int64_t>(side)},
                         .limit = {longest_side}};
    load_fonts();
    const QString title = readable(diagram.title);
    const QString description = readable(diagram.description);
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    {
        QPdfWriter writer(&buffer);
        writer.setResolution(static_cast<int>(points_per_inch));
        writer.setPageSize(QPageSize(page, QPageSize::Point, {}, QPageSize::ExactMatch));
        writer.setPageMargins({});
        writer.setDocumentXmpMetadata(xmp_of({title, description, options.licence, producer}));
        QPainter painter(&writer);
        painter.setRenderHint(QPainter::LosslessImageRendering);
        if (!*options.transparent)
            painter.fillRect(QRectF({}, page), theme.colour(diagram::Role::paper));
        painter.scale(scale, scale);
        draw(painter, diagram, theme, options.letters == Letters::real);
    }
    sink.write(pdf::tidied(buffer.data(),
                           {{"/Title", title},
                            {"/Subject", description},
                            {"/Creator", maker},
                            {"/Producer", producer}},
                           has_width ? exact : page));
    if (!sink.goes_on(1)) return Error{.code = ErrorCode::cancelled};
    return std::nullopt;
}

}  // namespace ui::paint
