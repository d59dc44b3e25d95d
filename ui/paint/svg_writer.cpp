// SPDX-License-Identifier: MIT
#include "ui/paint/svg_writer.h"

#include <algorithm>
#include <cmath>

#include <QBuffer>
#include <QHash>
#include <QSet>
#include <QXmlStreamWriter>

#include "ui/paint/fonts.h"
#include "ui/paint/metadata.h"
#include "ui/paint/picture_sink.h"
#include "ui/paint/strokes.h"
#include "ui/paint/svg_data.h"
#include "ui/paint/text_layout.h"

namespace ui::paint {

using diagram::Box;
using diagram::CellRef;
using diagram::Diagram;
using diagram::Ink;
using diagram::Item;
using diagram::Label;
using diagram::Line;
using diagram::Raster;
using diagram::Role;

namespace {

using svg::legal;
using svg::number;
using svg::outline_data;
using svg::path_data;
using svg::point;
using svg::points;

class SvgWriter {
public:
    SvgWriter(PictureSink& sink, const Diagram& diagram, const diagram::Theme& theme,
              const PictureOptions& options, const SvgTimes* times = nullptr)
        : m_xml(&sink),
          m_diagram(diagram),
          m_theme(theme),
          m_times(times),
          m_outlines(options.letters == Letters::outlines),
          m_paper(!*options.transparent),
          m_scale(*options.scale),
          m_width(options.width.value_or(Length{})),
          m_licence(options.licence) {}

    void write() {
        m_xml.setAutoFormatting(true);
        m_xml.setAutoFormattingIndent(1);
        m_xml.writeStartDocument();
        m_xml.writeComment(QStringLiteral(" Made with Stridescope. "));
        m_xml.writeStartElement(QStringLiteral("svg"));
        m_xml.writeAttribute(QStringLiteral("xmlns"), QStringLiteral("http://www.w3.org/2000/svg"));
        m_xml.writeAttribute(QStringLiteral("xmlns:xlink"),
                             QStringLiteral("http://www.w3.org/1999/xlink"));
        const QSizeF size = m_diagram.size;
        side("width", size.width());
        side("height", size.height());
        attribute("viewBox", QStringLiteral("0 0 ") + number(size.width()) + QLatin1Char(' ') +
                                 number(size.height()));
        attribute("role", QStringLiteral("img"));
        attribute("aria-labelledby", QStringLiteral("title desc"));
        titled("title", m_diagram.title);
        titled("desc", m_diagram.description);
        metadata();
        if (m_times) {
            start("style");
            m_xml.writeCharacters(m_times->style);
            end();
        }
        if (m_outlines) glyph_definitions();
        if (m_paper) {
            start("rect");
            inks({Role::paper, 1}, {});
            attribute("width", size.width());
            attribute("height", size.height());
            end();
        }
        int open = -1;
        int rule = SvgTimes::always;
        for (std::size_t i = 0; i < m_diagram.items.size(); ++i) {
            const Item& item = m_diagram.items[i];
            const int wanted = m_times ? m_times->rule_of[i] : SvgTimes::always;
            if (rule != SvgTimes::always && (rule != wanted || item.group != open)) {
                end();
                rule = SvgTimes::always;
            }
            if (item.group != open) {
                if (open >= 0) end();
                group(item.group);
                open = item.group;
            }
            if (rule != wanted) {
                timed(m_times->rules[static_cast<std::size_t>(wanted)]);
                rule = wanted;
            }
            m_cell = item.cell;
            std::visit([this](const auto& mark) { draw(mark); }, item.mark);
        }
        if (rule != SvgTimes::always) end();
        if (open >= 0) end();
        m_xml.writeEndElement();
        m_xml.writeEndDocument();
    }

private:
    void start(const char* name) { m_xml.writeStartElement(QString::fromLatin1(name)); }
    void end() { m_xml.writeEndElement(); }
    void attribute(const char* name, const QString& value) {
        m_xml.writeAttribute(QString::fromLatin1(name), legal(value));
    }
    void attribute(const char* name, double value) { attribute(name, number(value)); }

    /// As long as it is meant, in the unit that was asked for.
    void side(const char* name, double units) {
        if (m_width.value <= 0) return attribute(name, units * m_scale);
        attribute(name, number(m_width.value * units / m_diagram.size.width(), 4) +
                            QLatin1String(m_width.unit->name));
    }

    void titled(const char* name, const QString& text) {
        start(name);
        attribute("id", QString::fromLatin1(name));
        m_xml.writeCharacters(legal(text));
        end();
    }

    /// As Inkscape writes and reads it: Creative Commons's vocabulary in RDF.
    void metadata() {
        const QString text = licence_text(m_licence);
        if (text.isEmpty()) return;
        start("metadata");
        start("rdf:RDF");
        attribute("xmlns:rdf", QStringLiteral("http://www.w3.org/1999/02/22-rdf-syntax-ns#"));
        attribute("xmlns:cc", QStringLiteral("http://creativecommons.org/ns#"));
        attribute("xmlns:dc", QStringLiteral("http://purl.org/dc/elements/1.1/"));
        start("cc:Work");
        attribute("rdf:about", QString());
        m_xml.writeTextElement(QStringLiteral("dc:rights"), legal(text));
        if (const QString address = licence_address(m_licence); !address.isEmpty()) {
            start("cc:license");
            attribute("rdf:resource", address);
            end();
        }
        for (int open = 0; open < 3; ++open) end();
    }

    QColor colour(Role role) const { return m_theme.colour(role); }

    void group(int index) {
        const diagram::Group& group = m_diagram.groups[static_cast<std::size_t>(index)];
        start("g");
        attribute("id", unique(group.id));
        if (!group.title.isEmpty()) {
            start("title");
            m_xml.writeCharacters(legal(group.title));
            end();
        }
    }

    /// What is seen at the same times. An attribute says what is seen where no style sheet plays.
    void timed(const SvgTimes::Rule& rule) {
        start("g");
        attribute("class", QStringLiteral("play ") + rule.name);
        if (!rule.seen_without_it) attribute("visibility", QStringLiteral("hidden"));
    }

    QString unique(const QString& wanted) {
        const int seen = m_ids[wanted]++;
        return seen == 0 ? wanted : wanted + QLatin1Char('_') + QString::number(seen + 1);
    }

    void cell_id() {
        if (!m_cell) return;
        QString id = diagram::name_of(m_cell->grid.grid);
        if (m_cell->grid.index > 0) id += QString::number(m_cell->grid.index + 1);
        attribute("id", unique(id + QLatin1Char('-') + QString::number(m_cell->row) +
                               QLatin1Char('-') + QString::number(m_cell->column)));
    }

    /// Colours as plain attributes, which every renderer understands; classes name the roles, for
    /// restyling.
    void inks(Ink fill, Ink line, double width = 1, const std::vector<double>& lengths = {}) {
        QStringList classes;
        if (fill.role != Role::none) classes << QStringLiteral("f-") + diagram::name_of(fill.role);
        if (line.role != Role::none) classes << QStringLiteral("s-") + diagram::name_of(line.role);
        if (!classes.isEmpty()) attribute("class", classes.join(QLatin1Char(' ')));
        attribute("fill",
                  fill.role == Role::none ? QStringLiteral("none") : colour(fill.role).name());
        if (fill.role != Role::none && fill.alpha < 1) attribute("fill-opacity", fill.alpha);
        if (line.role == Role::none) return;
        attribute("stroke", colour(line.role).name());
        if (line.alpha < 1) attribute("stroke-opacity", line.alpha);
        if (width != 1) attribute("stroke-width", width);
        QStringList dashes;
        for (const double length : lengths) dashes << number(length, 4);  // errors add up
        if (!dashes.isEmpty()) attribute("stroke-dasharray", dashes.join(QLatin1Char(' ')));
    }

    void rect(const QRectF& r, double radius) {
        attribute("x", r.x());
        attribute("y", r.y());
        attribute("width", r.width());
        attribute("height", r.height());
        if (radius > 0) attribute("rx", radius);
    }

    void draw(const Box& box) {
        const bool lined = box.line.role != Role::none && box.line.alpha > 0;
        const bool filled = box.fill.role != Role::none && box.fill.alpha > 0;
        if (!lined && !filled) return;
        const Outline outline = outline_of(box);
        const bool in_parts = lined && box.hatched;
        if (in_parts) {
            if (filled) shape(outline, diagram::Stroke::solid, box.fill, {}, 0);
            QString data;
            for (const QLineF& line : hatch_lines(outline, hatch_spacing))
                data += QLatin1Char('M') + point(line.p1()) + QLatin1Char('L') + point(line.p2());
            start("path");
            attribute("d", data);
            inks({}, box.line, hatch_width);
            end();
        }
        shape(outline, box.stroke, in_parts ? Ink{} : box.fill, lined ? box.line : Ink{},
              box.line_width, true);
    }

    /// A dashed outline is a path, because renderers do not agree where a rectangle's dashes begin.
    void shape(const Outline& outline, diagram::Stroke stroke, Ink fill, Ink line, double width,
               bool is_cell = false) {
        const bool dashed = line.role != Role::none && stroke != diagram::Stroke::solid;
        start(dashed ? "path" : "rect");
        if (is_cell) cell_id();
        if (dashed) {
            attribute("d", outline_data(outline));
        } else {
            rect(outline.rect, outline.radius);
        }
        inks(fill, line, width, dashed ? dash_lengths(stroke, outline) : std::vector<double>{});
        end();
    }

    void draw(const Line& line) {
        if (line.points.size() < 2) return;
        const Arrow arrow = arrow_of(line);
        start("polyline");
        attribute("points", points(line.arrow ? arrow.shaft : line.points));
        inks({}, line.ink, line.width, dash_lengths(line.stroke));
        end();
        if (!line.arrow) return;
        start("polygon");
        attribute("points", points(arrow.head));
        inks(line.ink, {});
        end();
    }

    void draw(const Raster& raster) {
        QByteArray png;
        QBuffer buffer(&png);
        buffer.open(QIODevice::WriteOnly);
        tinted(raster, m_theme).save(&buffer, "PNG");
        start("image");
        cell_id();
        rect(raster.rect, 0);
        attribute("preserveAspectRatio", QStringLiteral("none"));
        attribute("style", QStringLiteral("image-rendering:pixelated"));
        attribute("xlink:href",
                  QStringLiteral("data:image/png;base64,") + QString::fromLatin1(png.toBase64()));
        end();
    }

    void draw(const Label& label) {
        std::vector<PlacedRun> runs = lay_out(label);
        std::erase_if(runs, [](const PlacedRun& run) { return run.text.trimmed().isEmpty(); });
        if (runs.empty()) return;
        const bool single = runs.size() == 1;
        if (!single) {
            start("g");
            attribute("aria-label", label.text());
        }
        for (const PlacedRun& run : runs) {
            if (m_outlines) {
                outlined(run, single ? label.text() : QString());
            } else {
                real_text(run, single ? label.align : diagram::Align::left);
            }
        }
        if (!single) end();
    }

    /// A run that is a whole label hangs on its anchor, so that it stays there in another font.
    void real_text(const PlacedRun& run, diagram::Align align) {
        const double part = align == diagram::Align::left     ? 0
                            : align == diagram::Align::centre ? 0.5
                                                              : 1;
        start("text");
        attribute("x", run.baseline.x() + part * run.width);
        attribute("y", run.baseline.y());
        if (part > 0)
            attribute("text-anchor", part < 1 ? QStringLiteral("middle") : QStringLiteral("end"));
        attribute("font-family",
                  run.face == diagram::Face::numbers
                      ? QStringLiteral("DejaVu Sans Mono, Menlo, Consolas, monospace")
                      : QStringLiteral("Inter, DejaVu Sans, Helvetica, Arial, sans-serif"));
        attribute("font-size", run.size);
        const int weight = font_of(run.face, run.weight, run.size).weight();
        if (weight != QFont::Normal) attribute("font-weight", static_cast<double>(weight));
        attribute("xml:space", QStringLiteral("preserve"));
        inks(run.ink, {});
        m_xml.writeCharacters(legal(run.text));
        end();
    }

    /// Every shape once; labels use them at their places and sizes.
    void glyph_definitions() {
        QSet<QString> known;
        start("defs");
        for (const Item& item : m_diagram.items) {
            const auto* label = std::get_if<Label>(&item.mark);
            if (!label) continue;
            for (const PlacedRun& run : lay_out(*label)) {
                for (const Glyph& glyph : glyphs_of(run)) {
                    if (known.contains(glyph.id)) continue;
                    known.insert(glyph.id);
                    start("path");
                    attribute("id", glyph.id);
                    attribute("d", path_data(glyph.outline));
                    end();
                }
            }
        }
        end();
    }

    void outlined(const PlacedRun& run, const QString& spoken) {
        start("g");
        if (!spoken.isEmpty()) attribute("aria-label", spoken);
        attribute("transform",
                  QStringLiteral("translate(") + point(run.baseline) + QStringLiteral(") scale(") +
                      QString::number(run.size / glyph_size, 'g', 5) + QLatin1Char(')'));
        inks(run.ink, {});
        for (const Glyph& glyph : glyphs_of(run)) {
            start("use");
            // Without the prefix some programs draw nothing.
            attribute("xlink:href", QLatin1Char('#') + glyph.id);
            if (glyph.place.x() != 0) attribute("x", glyph.place.x());
            if (std::abs(glyph.place.y()) > 0.005) attribute("y", glyph.place.y());
            end();
        }
        end();
    }

    QXmlStreamWriter m_xml;
    const Diagram& m_diagram;
    const diagram::Theme& m_theme;
    const SvgTimes* m_times;
    bool m_outlines;
    bool m_paper;
    double m_scale;
    Length m_width;  ///< 0: what follows from the scale, as of every picture of a film
    QString m_licence;
    std::optional<CellRef> m_cell;
    QHash<QString, int> m_ids{{QStringLiteral("title"), 1}, {QStringLiteral("desc"), 1}};
};

}  // namespace

std::optional<engine::Error> write_svg(std::span<const Diagram> frames, const diagram::Theme& theme,
                                       const PictureOptions& options, PictureSink& sink) {
    load_fonts();
    SvgWriter(sink, frames.front(), theme, options).write();
    if (!sink.goes_on(1)) return engine::Error{.code = engine::ErrorCode::cancelled};
    return std::nullopt;
}

void write_svg_items(const Diagram& items, const diagram::Theme& theme,
                     const PictureOptions& options, const SvgTimes& times, PictureSink& sink) {
    load_fonts();
    SvgWriter(sink, items, theme, options, &times).write();
}

}  // namespace ui::paint
