// SPDX-License-Identifier: MIT
// TikZ as it is written, and as pdflatex sets it where there is one.
#include <QProcess>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>

#include "tests/ui/picture_job.h"
#include "ui/diagram/readings.h"
#include "ui/diagram/stage.h"
#include "ui/paint/export_job.h"
#include "ui/paint/fonts.h"
#include "ui/paint/picture_sink.h"
#include "ui/paint/tex_text.h"
#include "ui/words/error_text.h"

using namespace ui;

namespace {

constexpr int last_step = 9999;

engine::Result<QByteArray> tikz_of(const diagram::Diagram& diagram) {
    const paint::PictureFormat& format = *paint::picture_format_of(QStringLiteral("a.tex"));
    paint::PictureSink sink;
    if (const auto error = format.write({&diagram, 1}, {}, format.options, sink)) return *error;
    return sink.bytes();
}

/// A diagram of labels, one below the other.
diagram::Diagram saying(const QStringList& texts) {
    diagram::Diagram diagram;
    diagram.size = {400, 40.0 + 20.0 * static_cast<double>(texts.size())};
    diagram.title = texts.join(u'\n');
    diagram.description = diagram.title;
    diagram.groups.front().title = diagram.title;
    double y = 20;
    for (const QString& text : texts) {
        diagram::Label label;
        label.anchor = {10, y += 20};
        label.max_width = 380;
        label.runs = {{text, {diagram::Role::ink, 1}}};
        diagram.items.push_back({label, 0, std::nullopt});
    }
    return diagram;
}

/// A large grid in which no cell is like the one before.
diagram::Diagram chequered(int side) {
    diagram::Diagram diagram;
    diagram.size = {200, 200};
    QImage image(side, side, QImage::Format_Grayscale8);
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x)
            image.scanLine(y)[x] = static_cast<uchar>((x + y) % 2 ? 80 : 200);
    diagram.items.push_back(
        {diagram::Raster{{20, 20, 160, 160}, image, diagram::Role::input_line}, 0, std::nullopt});
    return diagram;
}

/// What pdflatex and poppler make of a document.
class Typeset {
public:
    explicit Typeset(const QByteArray& document) {
        QFile file(m_folder.filePath(QStringLiteral("a.tex")));
        if (file.open(QIODevice::WriteOnly)) file.write(document);
        file.close();
        m_said = run("pdflatex", {QStringLiteral("-interaction=nonstopmode"),
                                  QStringLiteral("-halt-on-error"), QStringLiteral("a.tex")});
    }
    bool succeeded() const { return QFile::exists(m_folder.filePath(QStringLiteral("a.pdf"))); }
    /// The lines that say what is wrong.
    QString complaints() const {
        QStringList lines;
        for (const QString& line : m_said.split(u'\n'))
            if (line.startsWith(u'!') || line.contains(QStringLiteral("Missing character")) ||
                line.contains(QStringLiteral("Warning")) ||
                line.contains(QStringLiteral("Overfull")))
                lines << line;
        return lines.join(u'\n');
    }
    QString words() {
        return run("pdftotext", {QStringLiteral("a.pdf"), QStringLiteral("-")}).simplified();
    }
    QSizeF points() {
        const QRegularExpression size(QStringLiteral("Page size:\\s*([0-9.]+) x ([0-9.]+)"));
        const auto match = size.match(run("pdfinfo", {QStringLiteral("a.pdf")}));
        return {match.captured(1).toDouble(), match.captured(2).toDouble()};
    }

private:
    QString run(const char* program, const QStringList& arguments) {
        QProcess process;
        process.setWorkingDirectory(m_folder.path());
        process.start(QString::fromLatin1(program), arguments);
        process.closeWriteChannel();
        process.waitForFinished(120'000);
        return QString::fromUtf8(process.readAllStandardOutput());
    }

    QTemporaryDir m_folder;
    QString m_said;
};

bool has_tex() {
    static const bool has = !QStandardPaths::findExecutable(QStringLiteral("pdflatex")).isEmpty() &&
                            Typeset(
                                "\\documentclass[tikz]{standalone}\\usepackage{fix-cm}"
                                "\\usetikzlibrary{arrows.meta,patterns.meta}\\begin{document}"
                                "\\tikz\\draw(0,0)--(1,1);\\end{document}")
                                .succeeded();
    return has;
}

}  // namespace

class TestExportTikz : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { paint::load_fonts(); }

    void every_letter_is_spelled_as_TeX_wants_it_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("tex");
        const auto row = [](const char* text, const char* tex) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(tex);
        };
        row("kernel_size", "kernel\\_size");
        row("50 % & $5 #1", "50 \\% \\& \\$5 \\#1");
        row("{a}", "$\\{$a$\\}$");
        row("\\end", "$\\backslash$end");
        row("~^", "\\textasciitilde{}\\textasciicircum{}");
        row("2 × 3 = 6", "2 $\\times$ 3 = 6");
        row("−1 ≤ x", "$-$1 $\\leq$ x");
        row("a--b", "a-{}-b");
        row("a–b", "a--b");
        row("“so”", "``so''");
        row("Größe", "Gr\\\"{o}\\ss{}e");
        row("naïf", "na\\\"{\\i}f");
        row("three   spaces", "three \\ \\ spaces");
        row(" begins", "\\ begins");
        row("ends ", "ends\\ ");
        row("two\nlines", "two lines");
    }
    void every_letter_is_spelled_as_TeX_wants_it() {
        QFETCH(QString, text);
        QFETCH(QString, tex);
        QCOMPARE(paint::tex::set_text(text).value_or(QStringLiteral("none")), tex);
    }

    void letters_that_TeX_lacks_are_drawn() {
        QVERIFY(!paint::tex::set_text(QStringLiteral("Свёртка")));
        const QByteArray document = *tikz_of(saying({QStringLiteral("Свёртка")}));
        QVERIFY(!document.contains("\\say{base"));
        QVERIFY(document.contains("\n% Свёртка\n"));
        QVERIFY(document.contains("controls"));
    }

    // A table made of letters: its columns stand where they stand in a face of one advance.
    void columns_of_letters_stay_columns() {
        diagram::Diagram table;
        table.size = {300, 60};
        for (const auto& [y, text] :
             {std::pair{10.0, "iii     1"}, {30.0, "MMM     2"}, {50.0, "========"}}) {
            diagram::Label label;
            label.anchor = {10, y};
            label.runs = {
                {QString::fromLatin1(text), {diagram::Role::ink, 1}, diagram::Face::numbers}};
            table.items.push_back({label, 0, std::nullopt});
        }
        const QByteArray document = *tikz_of(table);
        const QByteArray place = "\\say{base west}{67.8,";  // 10 + 8 × 0.602 × 12
        QCOMPARE(document.count(place), 2);
        QVERIFY(!document.contains("===="));
        QCOMPARE(document.count("line width=0.84\\px] (10,"), 2);
    }

    void a_remark_stays_on_its_line() {
        QCOMPARE(paint::tex::remark(QStringLiteral("a\nb\u2028c\rd\u202Ee")),
                 QStringLiteral("a b c d e"));
    }

    void every_group_is_a_scope_with_its_title_and_every_colour_a_role() {
        const paint::ExportJob job =
            support::job_of("first_slide", engine::Reading::slide, last_step, "a.tex");
        const QByteArray document = *paint::render_export(job);
        const diagram::Diagram stage = paint::stage_of(job);
        for (const diagram::GridInfo& grid : stage.grids) {
            const diagram::Group& group = stage.groups[static_cast<std::size_t>(grid.group)];
            const QString scope = QStringLiteral("\\begin{scope}  % ") + group.title;
            QVERIFY2(document.contains(scope.toUtf8()), qPrintable(scope));
        }
        QCOMPARE(document.count("\\begin{scope}"), document.count("\\end{scope}"));
        QVERIFY(document.contains("\\definecolor{input_fill}{HTML}{E5EEFD}"));
        QVERIFY(document.contains("hatched=zero_line"));
        QCOMPARE(*paint::render_export(job), document);  // the same bytes again
    }

    void a_large_grid_is_rectangles_within_a_limit() {
        QCOMPARE(tikz_of(chequered(64))->count("\\fill[input_line!"), 64 * 64);
        const auto refused = tikz_of(chequered(160));
        QVERIFY(!refused);
        QCOMPARE(words::error_text(refused.error()),
                 QStringLiteral("The number of rectangles that TeX would need is 25600, but must "
                                "be at most 20000."));
    }

    void a_page_that_TeX_cannot_hold_is_refused_with_its_size() {
        diagram::Diagram wide;
        wide.size = {20'000, 10};
        const auto refused = tikz_of(wide);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, engine::ErrorCode::too_large);
        QCOMPARE(refused.error().given.front(), 15'000);
    }

    void every_reading_is_set_by_pdflatex_data() {
        QTest::addColumn<QString>("lesson");
        QTest::addColumn<QString>("reading");
        const auto row = [](const char* lesson, const char* reading) {
            QTest::newRow(lesson) << QString::fromLatin1(lesson) << QString::fromLatin1(reading);
        };
        row("first_collide", "stamp");
        row("first_slide", "slide");
        row("why_equal", "why_equal");
        row("upsampling_bilinear", "stamp");
        row("convolution", "stamp");
        row("generator_transpose", "stamp");
    }
    void every_reading_is_set_by_pdflatex() {
        QFETCH(QString, lesson);
        QFETCH(QString, reading);
        if (!has_tex()) QSKIP("There is no pdflatex with TikZ here (texlive-latex-extra).");
        for (const auto theme : {diagram::ThemeName::light, diagram::ThemeName::dark}) {
            paint::ExportJob job =
                support::job_of(lesson.toLatin1().constData(),
                                *diagram::reading_named(reading.toStdString()), last_step, "a.tex");
            job.theme = theme;
            Typeset typeset(*paint::render_export(job));
            QCOMPARE(typeset.complaints(), QString());
            QVERIFY(typeset.succeeded());
            // A unit is a pixel of CSS: three quarters of a point.
            const QSizeF page = typeset.points();
            QVERIFY(std::abs(page.width() - 0.75 * job.size.width) < 0.1);
            QVERIFY(typeset.words().contains(QStringLiteral("output")));
        }
    }

    void whatever_a_title_holds_is_set() {
        if (!has_tex()) QSKIP("There is no pdflatex with TikZ here (texlive-latex-extra).");
        constexpr unsigned seed = 13;
        QRandomGenerator random(seed);
        const QString letters = QStringLiteral("\\%$#&_{}~^\n\t \"'`-?!<>|[]@*=,;a1éßÄ×≈−·→≤█Жひ");
        QStringList texts{QStringLiteral("\\input{/etc/passwd}"), QStringLiteral("^^M^^5c end"),
                          QStringLiteral("%$#&_{}~^\\")};
        for (int text = 0; text < 60; ++text) {
            QString some;
            for (int i = 0; i < 12; ++i) some += letters[random.bounded(letters.size())];
            texts << some;
        }
        Typeset typeset(*tikz_of(saying(texts)));
        QCOMPARE(typeset.complaints(), QString());
        QVERIFY(typeset.succeeded());
        QVERIFY2(typeset.words().contains(QStringLiteral("input{/etc/passwd}")),
                 qPrintable(typeset.words()));
    }
};

QTEST_MAIN(TestExportTikz)
#include "tst_export_tikz.moc"
