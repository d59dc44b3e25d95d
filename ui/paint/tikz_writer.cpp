// SPDX-License-Identifier: MIT
#include "ui/paint/tikz_writer.h"

#include <algorithm>
#include <set>

#include "ui/paint/fonts.h"
#include "ui/paint/metadata.h"
#include "ui/paint/picture_sink.h"
#include "ui/paint/strokes.h"
#include "ui/paint/svg_data.h"
#include "ui/paint/tex_text.h"
#include "ui/paint/text_layout.h"

namespace ui::paint {

using diagram::Box;
using diagram::Diagram;
using diagram::Ink;
using diagram::Item;
using diagram::Label;
using diagram::Line;
using diagram::Raster;
using diagram::Role;
using engine::Error;
using engine::ErrorCode;

namespace {

using svg::number;

constexpr double points_per_unit = 0.75;  ///< a pixel of CSS, in TeX's bp
constexpr int longest_side = 14'000;      ///< in bp: TeX's own lengths end at 16,383 of its points
/// Of all images: so many TeX sets in some seconds, and in the memory that it usually has.
constexpr int most_rectangles = 20'000;
/// TeX's faces are about as wide as ours; where nothing bounds a label it may be so much wider, in
/// its size, before it is made smaller.
constexpr double spare = 0.3;

QString place(QPointF p) {
    return QLatin1Char('(') + number(p.x()) + QLatin1Char(',') + number(p.y()) + QLatin1Char(')');
}

QString name(Role role) { return diagram::name_of(role); }

/// A length in the picture's unit.
QString length(double value) { return number(value) + QStringLiteral("\\px"); }

QString rectangle(const QRectF& r) {
    return place(r.topLeft()) + QStringLiteral(" rectangle ") + place(r.bottomRight());
}

/// Cells of one shade in a row of an image, drawn as one.
struct Stretch {
    int row, from, to, shade;
};

std::vector<Stretch> stretches_of(const QImage& shown) {
    const QImage image = shown.convertToFormat(QImage::Format_Grayscale8);
    std::vector<Stretch> all;
    for (int row = 0; row < image.height(); ++row) {
        const uchar* shades = image.constScanLine(row);
        for (int from = 0, to = 0; from < image.width(); from = to) {
            while (to < image.width() && shades[to] == shades[from]) ++to;
            if (shades[from] > 0) all.push_back({row, from, to, shades[from]});
        }
    }
    return all;
}

/// TeX's numbers are as wide as each other, but its letters are not: what stands in columns, two
/// blanks or more apart, is set column by column.
std::vector<PlacedRun> columns_of(const PlacedRun& run) {
    const double advance = diagram::mono_advance * run.size;
    std::vector<PlacedRun> columns;
    for (qsizetype from = 0; from < run.text.size();) {
        qsizetype to = run.text.indexOf(QStringLiteral("  "), from);
        if (to < 0) to = run.text.size();
        PlacedRun column = run;
        column.text = run.text.mid(from, to - from);
        column.baseline.rx() += static_cast<double>(from) * advance;
        column.width = static_cast<double>(to - from) * advance;
        if (!column.text.isEmpty()) columns.push_back(std::move(column));
        from = to;
        while (from < run.text.size() && run.text[from] == u' ') ++from;
    }
    return columns;
}

/// Of one sign, as the lines of a table that is made of letters.
bool is_rule(const PlacedRun& run) {
    constexpr qsizetype shortest = 8;
    return run.text.size() >= shortest && (run.text[0] == u'_' || run.text[0] == u'=') &&
           run.text.count(run.text[0]) == run.text.size();
}

class TikzWriter {
public:
    TikzWriter(PictureSink& sink, const Diagram& diagram, const diagram::Theme& theme,
               const PictureOptions& options)
        : m_sink(sink),
          m_diagram(diagram),
          m_theme(theme),
          m_outlines(options.letters == Letters::outlines),
          m_paper(!*options.transparent),
          m_scale(*options.scale),
          m_licence(options.licence) {}

    /// False: nobody wants it any more.
    bool write() {
        if (m_paper) {
            line(QStringLiteral("\\fill[paper] ") + rectangle(QRectF({}, m_diagram.size)) +
                 QLatin1Char(';'));
            m_used.insert(Role::paper);
        }
        int open = -1;
        for (const Item& item : m_diagram.items) {
            if (item.group != open) {
                if (open >= 0) line(QStringLiteral("\\end{scope}"));
                scope(item.group);
                open = item.group;
            }
            std::visit([this](const auto& mark) { draw(mark); }, item.mark);
        }
        if (open >= 0) line(QStringLiteral("\\end{scope}"));
        const QByteArray picture = std::move(m_text);
        preamble();
        m_sink.write(m_text);
        m_sink.write(picture);
        m_sink.write("\\end{tikzpicture}\n\\end{document}\n");
        return m_sink.goes_on(1);
    }

private:
    void line(const QString& text) {
        m_text += text.toUtf8();
        m_text += '\n';
    }
    void line(const char* text) { line(QString::fromLatin1(text)); }

    QString used(Role role) {
        m_used.insert(role);
        return name(role);
    }

    void preamble() {
        for (const QString& text : {m_diagram.title, m_diagram.description})
            if (!text.isEmpty()) line(QStringLiteral("% ") + tex::remark(text));
        line("% Made with Stridescope.");
        for (const QString& text : {licence_text(m_licence), licence_address(m_licence)})
            if (!text.isEmpty()) line(QStringLiteral("% ") + tex::remark(text));
        line("\\documentclass[tikz,border=0pt]{standalone}");
        line("\\usepackage{fix-cm}  % letters of any size");
        line("\\usetikzlibrary{arrows.meta,patterns.meta}");
        line("% A unit of the picture; another length makes all of it larger or smaller.");
        line("\\newdimen\\px");
        line(QStringLiteral("\\px=%1bp").arg(number(points_per_unit * m_scale, 7)));
        line("% Patterns take lengths only in letters.");
        line(QStringLiteral("\\edef\\hatchgap{\\the\\dimexpr %1\\relax}")
                 .arg(length(hatch_spacing * M_SQRT1_2)));
        line(QStringLiteral("\\edef\\hatchwidth{\\the\\dimexpr %1\\relax}")
                 .arg(length(hatch_width)));
        line("% What the colours mean.");
        for (const Role role : m_used)
            line(QStringLiteral("\\definecolor{%1}{HTML}{%2}")
                     .arg(name(role), m_theme.colour(role).name().mid(1).toUpper()));
        line("% Words and numbers have a face each.");
        line("\\newcommand\\words{\\sffamily}");
        line("\\newcommand\\digits{\\sffamily}");
        line(
            "% \\say{which side hangs on}{the place}{size}{width}{text}: what is wider is made "
            "smaller.");
        line("\\newsavebox\\said");
        line(
            "\\newcommand\\say[6][]{\\node[anchor=#2,#1] at (#3) "
            "{\\sbox\\said{\\fontsize{#4\\px}{#4\\px}\\selectfont #6}%");
        line(
            "  \\ifdim\\wd\\said>#5\\px\\resizebox{#5\\px}{!}{\\usebox\\said}\\else\\usebox\\said"
            "\\fi};}");
        line("\\begin{document}");
        line(
            "\\begin{tikzpicture}[x=\\px, y=-\\px, line width=\\px, inner sep=0pt, outer sep=0pt,");
        line(
            "  hatched/.style={pattern={Lines[angle=45, distance=\\hatchgap, "
            "line width=\\hatchwidth]}, pattern color=#1}]");
        line(QStringLiteral("\\useasboundingbox ") + rectangle(QRectF({}, m_diagram.size)) +
             QLatin1Char(';'));
    }

    void scope(int index) {
        const diagram::Group& group = m_diagram.groups[static_cast<std::size_t>(index)];
        line(QStringLiteral("\\begin{scope}  % ") +
             tex::remark(group.title.isEmpty() ? group.id : group.title));
    }

    static bool is_seen(Ink ink) { return ink.role != Role::none && ink.alpha > 0; }

    void path(const QStringList& options, const QString& points) {
        line(QStringLiteral("\\path[%1] %2;").arg(options.join(QStringLiteral(", ")), points));
    }

    void add_fill(QStringList& options, Ink ink) {
        options << QStringLiteral("fill=") + used(ink.role);
        if (ink.alpha < 1) options << QStringLiteral("fill opacity=") + number(ink.alpha, 3);
    }

    void add_line(QStringList& options, Ink ink, double width, const std::vector<double>& dashes) {
        options << QStringLiteral("draw=") + used(ink.role);
        if (ink.alpha < 1) options << QStringLiteral("draw opacity=") + number(ink.alpha, 3);
        if (width != 1) options << QStringLiteral("line width=") + length(width);
        if (dashes.size() == 2)
            options << QStringLiteral("dash pattern=on %1 off %2")
                           .arg(length(dashes[0]), length(dashes[1]));
    }

    void draw(const Box& box) {
        const bool lined = is_seen(box.line);
        const bool filled = is_seen(box.fill);
        if (!lined && !filled) return;
        const Outline outline = outline_of(box);
        const double radius =
            std::min({outline.radius, outline.rect.width() / 2, outline.rect.height() / 2});
        const QString points = rectangle(outline.rect);
        QStringList round;
        if (radius > 0) round << QStringLiteral("rounded corners=") + length(radius);
        QStringList options = round;
        if (filled) add_fill(options, box.fill);
        if (lined && box.hatched) {
            if (filled) path(options, points);
            options = round;
            options << QStringLiteral("hatched=") + used(box.line.role);
            if (box.line.alpha < 1)
                options << QStringLiteral("fill opacity=") + number(box.line.alpha, 3);
        }
        if (lined) add_line(options, box.line, box.line_width, dash_lengths(box.stroke, outline));
        path(options, points);
    }

    void draw(const Line& mark) {
        if (mark.points.size() < 2 || !is_seen(mark.ink)) return;
        QStringList options;
        add_line(options, mark.ink, mark.width, dash_lengths(mark.stroke));
        if (mark.arrow) {
            const Arrow arrow = arrow_of(mark);
            const QPointF base = (arrow.head[0] + arrow.head[2]) / 2;
            const auto in_widths = [&](QPointF from, QPointF to) {
                return number(QLineF(from, to).length() / std::max(mark.width, 0.1));
            };
            options << QStringLiteral("-{Triangle[length=0pt %1, width=0pt %2]}")
                           .arg(in_widths(base, arrow.head[1]),
                                in_widths(arrow.head[0], arrow.head[2]));
        }
        QStringList points;
        for (const QPointF& p : mark.points) points << place(p);
        path(options, points.join(QStringLiteral(" -- ")));
    }

    /// As rectangles in mixtures of the panel's colour, which may lie under their neighbours: no
    /// seam shows between them.
    void draw(const Raster& raster) {
        const QRectF& area = raster.rect;
        const double wide = area.width() / raster.image.width();
        const double high = area.height() / raster.image.height();
        for (const Stretch& stretch : stretches_of(raster.image)) {
            const QRectF cells(area.left() + stretch.from * wide, area.top() + stretch.row * high,
                               (stretch.to - stretch.from) * wide, high);
            line(QStringLiteral("\\fill[%1!%2!%3] ")
                     .arg(used(raster.tint), number(stretch.shade / 2.55), used(Role::panel)) +
                 rectangle(cells.adjusted(0, 0, wide / 4, high / 4) & area) + QLatin1Char(';'));
        }
    }

    void draw(const Label& label) {
        std::vector<PlacedRun> runs = lay_out(label);
        for (auto from = runs.begin(); from != runs.end();) {
            const double y = from->baseline.y();
            const auto to = std::find_if(
                from, runs.end(), [y](const PlacedRun& run) { return run.baseline.y() != y; });
            if (to - from == 1 && from->face == diagram::Face::numbers && is_rule(*from)) {
                rule(*from);
            } else if (to - from == 1 && from->face == diagram::Face::numbers &&
                       from->text.contains(QStringLiteral("  "))) {
                for (const PlacedRun& column : columns_of(*from)) say(Label(), {&column, 1});
            } else {
                say(label, {from, to});
            }
            from = to;
        }
    }

    void rule(const PlacedRun& run) {
        const bool is_double = run.text[0] == u'=';
        for (const double up : is_double ? std::vector{0.2, 0.45} : std::vector{-0.15}) {
            QStringList options;
            add_line(options, run.ink, 0.07 * run.size, {});
            const QPointF from = run.baseline - QPointF(0, up * run.size);
            path(options,
                 place(from) + QStringLiteral(" -- ") + place(from + QPointF(run.width, 0)));
        }
    }

    /// One line of a label.
    void say(const Label& label, std::span<const PlacedRun> runs) {
        if (std::ranges::all_of(runs, [](const auto& run) { return run.text.trimmed().isEmpty(); }))
            return;
        QString text;
        for (const PlacedRun& run : runs) {
            const auto set = m_outlines ? std::nullopt : tex::set_text(run.text);
            if (!set) {
                for (const PlacedRun& drawn : runs) outline(drawn);
                return;
            }
            const QString style =
                QStringLiteral("\\color{%1}\\%2%3 ")
                    .arg(used(run.ink.role),
                         QLatin1String(run.face == diagram::Face::numbers ? "digits" : "words"),
                         QLatin1String(run.weight == diagram::FontWeight::regular
                                           ? ""
                                           : "\\bfseries\\boldmath"));
            const QString part = style + *set;
            text += runs.size() == 1 ? part : QString(u'{' + part + u'}');
        }
        const PlacedRun& first = runs.front();
        const double width = runs.back().baseline.x() + runs.back().width - first.baseline.x();
        const double room =
            label.max_width > 0 ? std::max(width, label.max_width) : width + spare * first.size;
        const double side = label.align == diagram::Align::left     ? 0
                            : label.align == diagram::Align::centre ? 0.5
                                                                    : 1;
        const char* anchor = side == 0 ? "base west" : side == 1 ? "base east" : "base";
        const QString opacity =
            first.ink.alpha < 1
                ? QStringLiteral("[text opacity=%1]").arg(number(first.ink.alpha, 3))
                : QString();
        line(QStringLiteral("\\say") + opacity +
             QStringLiteral("{%1}{%2,%3}{%4}{%5}{")
                 .arg(QLatin1String(anchor), number(first.baseline.x() + side * width),
                      number(first.baseline.y()), number(first.size), number(room)) +
             text + QLatin1Char('}'));
    }

    /// Letters that TeX's faces lack are drawn as ours.
    void outline(const PlacedRun& run) {
        const double scale = run.size / glyph_size;
        line(QStringLiteral("% ") + tex::remark(run.text));
        QStringList options;
        add_fill(options, run.ink);
        for (const Glyph& glyph : glyphs_of(run)) {
            const auto at = [&](int i) {
                const QPointF p = glyph.outline.elementAt(i);
                return place(run.baseline + (glyph.place + p) * scale);
            };
            QString points;
            for (int i = 0; i < glyph.outline.elementCount(); ++i) {
                switch (glyph.outline.elementAt(i).type) {
                    case QPainterPath::MoveToElement:
                        points += (i > 0 ? QStringLiteral(" -- cycle ") : QString()) + at(i);
                        break;
                    case QPainterPath::LineToElement:
                        points += QStringLiteral(" -- ") + at(i);
                        break;
                    case QPainterPath::CurveToElement:
                        points += QStringLiteral(" .. controls %1 and %2 .. %3")
                                      .arg(at(i), at(i + 1), at(i + 2));
                        i += 2;
                        break;
                    case QPainterPath::CurveToDataElement:
                        break;
                }
            }
            path(options, points + QStringLiteral(" -- cycle"));
        }
    }

    PictureSink& m_sink;
    const Diagram& m_diagram;
    const diagram::Theme& m_theme;
    bool m_outlines;
    bool m_paper;
    double m_scale;
    QString m_licence;
    QByteArray m_text;
    std::set<Role> m_used;
};

/// What TeX could not hold, with its number, before anything is written.
std::optional<Error> refusal(const Diagram& diagram, double scale) {
    const double unit = points_per_unit * scale;
    for (const auto& [side, units] :
         {std::pair{"width", diagram.size.width()}, {"height", diagram.size.height()}})
        if (units * unit > longest_side)
            return Error{.code = ErrorCode::too_large,
                         .subject = side,
                         .given = {static_cast<std::int64_t>(units * unit)},
                         .limit = {longest_side}};
    std::int64_t rectangles = 0;
    for (const Item& item : diagram.items)
        if (const auto* raster = std::get_if<Raster>(&item.mark))
            rectangles += static_cast<std::int64_t>(stretches_of(raster->image).size());
    if (rectangles > most_rectangles)
        return Error{.code = ErrorCode::too_large,
                     .subject = "rectangles",
                     .given = {rectangles},
                     .limit = {most_rectangles}};
    return std::nullopt;
}

}  // namespace

std::optional<Error> write_tikz(std::span<const Diagram> frames, const diagram::Theme& theme,
                                const PictureOptions& options, PictureSink& sink) {
    const Diagram& diagram = frames.front();
    if (const auto error = refusal(diagram, *options.scale)) return error;
    load_fonts();
    if (!TikzWriter(sink, diagram, theme, options).write())
        return Error{.code = ErrorCode::cancelled};
    return std::nullopt;
}

}  // namespace ui::paint
