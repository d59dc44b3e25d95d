// SPDX-License-Identifier: MIT
// How marks become pixels: with the embedded faces only, centred, crisp on screens, to the fraction
// in files.
#include <QFile>
#include <QGuiApplication>
#include <QRawFont>
#include <QTemporaryDir>
#include <QtTest>

#include "ui/diagram/builder.h"
#include "ui/paint/fonts.h"
#include "ui/paint/image_cache.h"
#include "ui/paint/paint.h"
#include "ui/paint/strokes.h"
#include "ui/paint/text_layout.h"

using namespace ui;
using diagram::Box;
using diagram::Face;
using diagram::FontWeight;
using diagram::Label;
using diagram::Role;

namespace {

Box cell_at(const QRectF& rect, double radius = 0) {
    Box box;
    box.rect = rect;
    box.fill = {Role::input_fill, 1};
    box.line = {Role::input_line, 1};
    box.radius = radius;
    return box;
}

Label number_at(QPointF at, const QString& text, double size) {
    Label label;
    label.anchor = at;
    label.align = diagram::Align::centre;
    label.size = size;
    label.runs = {diagram::digits(text)};
    return label;
}

diagram::Diagram picture_of(const std::vector<diagram::Mark>& marks, QSizeF size = {120, 90}) {
    diagram::Diagram picture;
    picture.size = size;
    for (const diagram::Mark& mark : marks) picture.items.push_back({mark, 0, std::nullopt});
    return picture;
}

QImage painted(const diagram::Diagram& picture, paint::PaintOptions options, double ratio = 1) {
    QImage image((picture.size * options.scale * ratio).toSize() + QSize(2, 2),
                 QImage::Format_RGB32);
    image.setDevicePixelRatio(ratio);
    image.fill(options.theme.colour(Role::paper));
    QPainter painter(&image);
    paint::paint(painter, picture, options);
    painter.end();
    return image;
}

/// The smallest rectangle with all pixels of another colour than the paper.
QRect inked(const QImage& image) {
    const QRgb paper = diagram::Theme{}.colour(Role::paper).rgb();
    QRect found;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixel(x, y) != paper) found |= QRect(x, y, 1, 1);
        }
    }
    return found;
}

QString text_of(const std::vector<paint::PlacedRun>& runs) {
    QString text;
    for (const paint::PlacedRun& run : runs) text += run.text;
    return text;
}

/// Runs with the same baseline height, joined: "line one|line two".
QString lines_of(const std::vector<paint::PlacedRun>& runs) {
    QString text;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        if (i > 0 && runs[i].baseline.y() > runs[i - 1].baseline.y() + 1) text += QLatin1Char('|');
        text += runs[i].text;
    }
    return text;
}

}  // namespace

class PaintTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { QVERIFY(paint::load_fonts()); }

    // Faces. main() hides every font of the system.

    void the_faces_come_with_the_program_data() {
        QTest::addColumn<int>("face");
        QTest::addColumn<int>("weight");
        QTest::addColumn<QString>("family");
        QTest::addColumn<int>("heaviness");
        const auto row = [](Face face, FontWeight weight, const char* family, int heaviness) {
            QTest::addRow("%s %d", family, heaviness)
                << static_cast<int>(face) << static_cast<int>(weight) << QString::fromLatin1(family)
                << heaviness;
        };
        row(Face::words, FontWeight::regular, "Inter", 400);
        row(Face::words, FontWeight::semibold, "Inter", 600);
        row(Face::words, FontWeight::bold, "Inter", 700);
        row(Face::numbers, FontWeight::regular, "DejaVu Sans Mono", 400);
        row(Face::numbers, FontWeight::bold, "DejaVu Sans Mono", 700);
    }
    void the_faces_come_with_the_program() {
        QFETCH(int, face);
        QFETCH(int, weight);
        QFETCH(QString, family);
        QFETCH(int, heaviness);
        const QRawFont raw = QRawFont::fromFont(
            paint::font_of(static_cast<Face>(face), static_cast<FontWeight>(weight), 20));
        QCOMPARE(raw.familyName().left(family.size()), family);
        QCOMPARE(raw.weight(), heaviness);
    }

    void every_sign_we_use_is_embedded() {
        const QString signs = QStringLiteral("Aé0−×·…→✓▸°–½Σ“”’");
        for (const Face face : {Face::words, Face::numbers}) {
            for (const QChar sign : signs) {
                const auto glyphs =
                    paint::glyphs_of({QString(sign), {}, face, FontWeight::regular, 12, {}, 0});
                QVERIFY2(glyphs.size() == 1, qPrintable(QString(sign)));
                const bool borrowed = glyphs.front().id.contains(QLatin1Char('-'));
                QVERIFY2(!borrowed || (face == Face::words &&
                                       glyphs.front().id.contains(QLatin1String("DejaVuSansMono"))),
                         qPrintable(QString(sign) + glyphs.front().id));
            }
        }
    }

    void numbers_are_as_wide_as_promised() {
        for (const FontWeight weight :
             {FontWeight::regular, FontWeight::semibold, FontWeight::bold}) {
            const QFontMetricsF metrics(paint::font_of(Face::numbers, weight, 100));
            for (const QString& text : {QStringLiteral("140"), QStringLiteral("−1.25e−5"),
                                        QStringLiteral("A 1 × 80 = 80"), QStringLiteral("3…")}) {
                const double counted = paint::text_width(text, Face::numbers, weight, 100);
                QVERIFY2(std::abs(counted - metrics.horizontalAdvance(text)) < 0.3,
                         qPrintable(text));
            }
        }
    }

    // Labels.

    void a_number_stands_in_the_middle() {
        for (const double size : {10.0, 14.5, 23.0}) {
            paint::PaintOptions options;
            options.scale = 8;
            const QRect ink = inked(
                painted(picture_of({number_at({60, 45}, QStringLiteral("8"), size)}), options));
            QVERIFY(std::abs(ink.center().x() + 0.5 - 480) <= 3);
            QVERIFY(std::abs(ink.center().y() + 0.5 - 360) <= 3);
        }
    }

    void sides_of_the_anchor() {
        Label label = number_at({60, 45}, QStringLiteral("140"), 12);
        const double width = 3 * diagram::mono_advance * 12;
        QCOMPARE(paint::lay_out(label).front().baseline.x(), 60 - width / 2);
        label.align = diagram::Align::right;
        QCOMPARE(paint::lay_out(label).front().baseline.x(), 60 - width);
        label.align = diagram::Align::left;
        QCOMPARE(paint::lay_out(label).front().baseline.x(), 60.0);
    }

    void too_long_a_label_shrinks_and_then_loses_its_end() {
        Label label = number_at({60, 45}, QStringLiteral("1234567"), 12);
        label.max_width = 40;
        auto runs = paint::lay_out(label);
        QCOMPARE(text_of(runs), QStringLiteral("1234567"));
        QVERIFY(runs.front().size < 12 && runs.front().size >= 0.6 * 12);
        QVERIFY(runs.front().width <= 40.01);

        label.max_width = 20;
        runs = paint::lay_out(label);
        QCOMPARE(runs.front().size, 0.6 * 12);
        QVERIFY2(text_of(runs).endsWith(QChar(u'…')), qPrintable(text_of(runs)));
        QVERIFY(runs.front().width <= 20.01);
    }

    void a_label_of_any_length_is_cut() {
        Label label = number_at({0, 0}, QString(100'000, QLatin1Char('w')), 12);
        label.runs.front().face = Face::words;
        label.max_width = 300;
        QVERIFY(text_of(paint::lay_out(label)).size() < 100);
    }

    void words_break_at_spaces_only() {
        Label label;
        label.size = 12;
        label.max_width = 130;
        label.wrap = true;
        label.runs = {diagram::words(QStringLiteral("The upper input uses the ")),
                      diagram::words(QStringLiteral("bottom"), {Role::ink, 1}, FontWeight::bold),
                      diagram::words(QStringLiteral(", the lower one the top row."))};
        const auto runs = paint::lay_out(label);
        const QStringList lines = lines_of(runs).split(QLatin1Char('|'));
        QVERIFY(lines.size() >= 2);
        for (const QString& line : lines) {
            QVERIFY2(!line.startsWith(QLatin1Char(',')) && !line.startsWith(QLatin1Char(' ')),
                     qPrintable(line));
        }
        QCOMPARE(lines.join(QLatin1Char(' ')), label.text());
        for (const auto& run : runs)
            QVERIFY(run.baseline.x() + run.width <= label.anchor.x() + 130.01);
        QCOMPARE(paint::measured(label).height() > 2 * 12, true);
    }

    void kerning_is_in_the_outlines() {
        const auto end_of = [](const QString& text) {
            return paint::glyphs_of({text, {}, Face::words, FontWeight::regular, 12, {}, 0})
                .back()
                .place.x();
        };
        const double alone =
            paint::text_width(QStringLiteral("T"), Face::words, FontWeight::regular, 100);
        QVERIFY(end_of(QStringLiteral("To")) < alone - 1);
    }

    // Shapes.

    void hatching_stays_inside_round_corners() {
        for (const double radius : {0.0, 4.0, 9.5, 15.0}) {
            const paint::Outline outline{{13, 7, 31, 30}, radius};
            const auto lines = paint::hatch_lines(outline, 6);
            QVERIFY(lines.size() >= 7);
            // Inside a round corner: no further from the circle's middle than its radius.
            const QRectF middles = outline.rect.adjusted(radius, radius, -radius, -radius);
            const auto is_inside = [&](QPointF p) {
                const QPointF middle(std::clamp(p.x(), middles.left(), middles.right()),
                                     std::clamp(p.y(), middles.top(), middles.bottom()));
                return QLineF(middle, p).length() <= radius + 1e-6;
            };
            for (const QLineF& line : lines) {
                QVERIFY(is_inside(line.p1()) && is_inside(line.p2()));
                QVERIFY(qFuzzyCompare(line.x1() + line.y1(), line.x2() + line.y2()));
            }
        }
    }

    void hatching_continues_in_the_neighbour() {
        const auto sums = [](double left) {
            QSet<int> found;
            for (const QLineF& line : paint::hatch_lines({{left, 0, 20, 20}, 0}, 6))
                found.insert(qRound(line.x1() + line.y1()) % 6);
            return found;
        };
        QCOMPARE(sums(0), sums(21));
        QCOMPARE(sums(0).size(), 1);
    }

    void dashes_go_round_evenly() {
        for (const diagram::Stroke stroke : {diagram::Stroke::dashed, diagram::Stroke::dotted}) {
            const paint::Outline outline{{0, 0, 29, 27}, 4};
            const auto lengths = paint::dash_lengths(stroke, outline);
            const double times = paint::path_of(outline).length() / (lengths[0] + lengths[1]);
            QVERIFY2(std::abs(times - std::round(times)) < 0.02,
                     qPrintable(QString::number(times)));
        }
        QVERIFY(paint::dash_lengths(diagram::Stroke::solid).empty());
    }

    void an_arrow_ends_in_a_sharp_tip() {
        diagram::Line line;
        line.points = QPolygonF({QPointF(0, 0), QPointF(50, 0)});
        line.width = 3;
        line.arrow = true;
        const paint::Arrow arrow = paint::arrow_of(line);
        QCOMPARE(arrow.head[1], QPointF(50, 0));
        QVERIFY(arrow.shaft.last().x() < 50 - line.width);
        QVERIFY(arrow.shaft.last().x() > arrow.head[0].x());
    }

    // Screens.

    void straight_edges_are_crisp_at_any_zoom_data() {
        QTest::addColumn<double>("scale");
        QTest::addColumn<double>("ratio");
        for (const double scale : {1.0, 1.25, 1.37, 2.0, 3.3})
            for (const double ratio : {1.0, 1.5, 2.0})
                QTest::addRow("%g at %g", scale, ratio) << scale << ratio;
    }
    void straight_edges_are_crisp_at_any_zoom() {
        QFETCH(double, scale);
        QFETCH(double, ratio);
        std::vector<diagram::Mark> marks;
        for (int i = 0; i < 3; ++i) marks.emplace_back(cell_at({10 + 31.3 * i, 20.4, 30.3, 29}));
        diagram::Line line;
        line.points = QPolygonF({QPointF(5, 70.2), QPointF(110, 70.2)});
        line.ink = {Role::input_line, 1};
        marks.emplace_back(line);
        paint::ImageCache images;
        paint::PaintOptions options;
        options.scale = scale;
        options.offset = {0.3, 0.7};
        options.images = &images;
        options.paper = false;
        const QImage image = painted(picture_of(marks), options, ratio);
        const QSet<QRgb> expected{options.theme.colour(Role::paper).rgb(),
                                  options.theme.colour(Role::input_fill).rgb(),
                                  options.theme.colour(Role::input_line).rgb()};
        QSet<QRgb> found;
        const int row = qRound(35 * scale * ratio);
        for (int x = 0; x < image.width(); ++x) found.insert(image.pixel(x, row));
        const int column = qRound(60 * scale * ratio);
        for (int y = 0; y < image.height(); ++y) found.insert(image.pixel(column, y));
        QCOMPARE(found, expected);
    }

    void kept_images_are_what_would_be_drawn() {
        std::vector<diagram::Mark> marks;
        for (int i = 0; i < 4; ++i) {
            Box box = cell_at({10.0 + 26 * i, 20, 25, 25}, 4);
            box.stroke = i == 1 ? diagram::Stroke::dotted : diagram::Stroke::solid;
            box.line_width = i == 2 ? 2.5 : 1;
            box.hatched = i == 3;
            marks.emplace_back(box);
            marks.emplace_back(number_at(box.rect.center(), QString::number(35 * i), 11));
        }
        const diagram::Diagram picture = picture_of(marks);
        paint::ImageCache images;
        paint::PaintOptions options;
        options.scale = 1.25;
        options.images = &images;
        const QImage first = painted(picture, options);
        QCOMPARE(painted(picture, options), first);
        paint::ImageCache others;
        options.images = &others;
        options.theme.name = diagram::ThemeName::dark;
        const QImage dark = painted(picture, options);
        options.images = &images;
        QCOMPARE(painted(picture, options), dark);

        // A screen and a file show the same to within a pixel's rounding.
        options = {};
        options.scale = 4;
        const QImage file = painted(picture, options);
        options.images = &images;
        const QImage screen = painted(picture, options);
        int far = 0;
        for (int y = 0; y < file.height(); ++y)
            for (int x = 0; x < file.width(); ++x)
                far += std::abs(qGreen(file.pixel(x, y)) - qGreen(screen.pixel(x, y))) > 96;
        QVERIFY2(far < file.width() * file.height() / 200, qPrintable(QString::number(far)));
    }

    void a_dense_screen_is_a_larger_picture() {
        const diagram::Diagram picture = picture_of(
            {cell_at({10, 20, 25, 25}, 4), number_at({22, 32}, QStringLiteral("7"), 11)});
        paint::ImageCache images;
        paint::PaintOptions options;
        options.images = &images;
        const QImage dense = painted(picture, options, 2);
        options.scale = 2;
        QImage large = painted(picture, options, 1);
        large.setDevicePixelRatio(2);
        QCOMPARE(dense, large);
    }

    void a_raster_takes_the_tint_and_stays_pixelated() {
        diagram::Raster raster;
        raster.rect = {20, 20, 40, 40};
        raster.image = QImage(2, 2, QImage::Format_Grayscale8);
        raster.image.fill(0);
        raster.image.scanLine(0)[0] = 255;
        raster.tint = Role::input_line;
        paint::PaintOptions options;
        const QImage image = painted(picture_of({raster}), options);
        QCOMPARE(image.pixel(38, 38), options.theme.colour(Role::input_line).rgb());
        QCOMPARE(image.pixel(41, 38), options.theme.colour(Role::paper).rgb());
    }

    void a_faded_picture_is_laid_under_paper() {
        paint::PaintOptions options;
        options.opacity = 0.5;
        const QImage image = painted(picture_of({cell_at({10, 10, 50, 50})}), options);
        const QColor fill = options.theme.colour(Role::input_fill);
        const QColor paper = options.theme.colour(Role::paper);
        QVERIFY(std::abs(image.pixelColor(30, 30).red() - (fill.red() + paper.red()) / 2) <= 1);
    }
};

/// Without any font of the system, as on the barest machine.
int main(int argc, char** argv) {
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("fonts.conf")));
    if (!file.open(QIODevice::WriteOnly)) return 1;
    file.write("<?xml version=\"1.0\"?><fontconfig></fontconfig>");
    file.close();
    qputenv("FONTCONFIG_FILE", file.fileName().toLocal8Bit());
    QGuiApplication application(argc, argv);
    PaintTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_paint.moc"
