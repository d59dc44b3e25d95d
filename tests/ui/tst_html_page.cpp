// SPDX-License-Identifier: MIT
// Pages that play a lesson: of which numbers their pictures are made, and that such a page is
// whole, small, and asks nobody for anything.
#include <set>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

#include "engine/layers/weights.h"
#include "tests/ui/picture_job.h"
#include "ui/diagram/readings.h"
#include "ui/diagram/stage.h"
#include "ui/paint/animation_job.h"
#include "ui/paint/html_page.h"
#include "ui/paint/live_lesson.h"

using namespace ui::paint;
using ui::diagram::Diagram;
using ui::diagram::GridInfo;

namespace {

AnimationJob page_of(const char* lesson, engine::Reading reading) {
    AnimationJob job;
    job.picture = support::job_of(lesson, reading, 0, "a.png");
    job.format = moving_format_of(QStringLiteral("a.html"));
    return job;
}

engine::Tensor shuffled(const engine::Tensor& tensor, engine::SeededRandom& random) {
    std::vector<float> values;
    for (qsizetype i = 0; i < static_cast<qsizetype>(tensor.values().size()); ++i)
        values.push_back(random.below(3) == 0 ? static_cast<float>(random.below(19) - 9)
                                              : static_cast<float>(4 * random.normal()));
    return {tensor.shape(), std::move(values)};
}

/// The same geometry with other numbers, as a reader of the page would choose them.
ExportJob with_other_numbers(ExportJob job, quint64 seed) {
    engine::SeededRandom random(seed);
    const auto focus = static_cast<std::size_t>(job.view.focus);
    engine::Weights weights = job.run.layers[focus].weights;
    if (!weights.kernel.empty()) weights.kernel = shuffled(weights.kernel, random);
    if (!weights.bias.empty() && weights.bias.at(0) != 0)
        weights.bias = shuffled(weights.bias, random);
    engine::Layer layer = job.lesson.layers[focus];
    layer.weights = {std::nullopt, weights};
    job.lesson.input = shuffled(job.run.layers[focus].input, random);
    job.lesson.layers = {layer};
    job.view.focus = 0;
    job.run = engine::run(job.lesson).value();
    return job;
}

QString said(const LiveLabel& label, const ValueOf& value) {
    QString text;
    for (const auto& run : label.runs) text += text_of(run, value);
    return text;
}

QByteArray data_of(const QByteArray& page) {
    const QByteArray open = "<script type=\"application/json\" id=\"play\">";
    const qsizetype begin = page.indexOf(open) + open.size();
    return page.mid(begin, page.indexOf("</script>", begin) - begin);
}

}  // namespace

class TestHtmlPage : public QObject {
    Q_OBJECT

private slots:
    void texts_are_split_at_numbers_and_signs();
    void every_number_follows_an_edit_data();
    void every_number_follows_an_edit();
    void nothing_of_the_puzzle_is_left_out();
    void what_is_true_of_these_numbers_alone_is_known();
    void the_puzzle_is_small_and_whole();
    void no_title_leaves_its_place();
    void every_step_can_be_gone_to();
};

void TestHtmlPage::texts_are_split_at_numbers_and_signs() {
    using Kind = Token::Kind;
    using Mark = Token::Mark;
    const std::vector<Token> tokens = tokens_of(QStringLiteral("input[0, 1] = −2.5 × ≈ 1e−5"));
    const std::vector<Token> wanted{{Kind::words, QStringLiteral("input[")},
                                    {Kind::number, QStringLiteral("0")},
                                    {Kind::words, QStringLiteral(", ")},
                                    {Kind::number, QStringLiteral("1")},
                                    {Kind::words, QStringLiteral("] ")},
                                    {Kind::number, QStringLiteral("−2.5"), Mark::equal},
                                    {Kind::words, QStringLiteral(" × ")},
                                    {Kind::number, QStringLiteral("1e−5"), Mark::almost}};
    QVERIFY(tokens == wanted);
    QCOMPARE(skeleton_of(tokens), QStringLiteral("input[#, #] # × #"));
}

void TestHtmlPage::every_number_follows_an_edit_data() {
    QTest::addColumn<QString>("lesson");
    QTest::addColumn<QByteArray>("reading");
    const std::pair<const char*, engine::Reading> pages[]{
        {"readers_puzzle", engine::Reading::stamp},
        {"readers_puzzle", engine::Reading::slide},
        {"readers_puzzle", engine::Reading::why_equal},
        {"crop_same_k3", engine::Reading::stamp},
        {"even_k4", engine::Reading::slide},
        {"holes", engine::Reading::stamp},
        {"channels_to_one", engine::Reading::stamp},
        {"upsampling_bilinear", engine::Reading::stamp},
        {"upsampling_2x3", engine::Reading::stamp},
        {"convolution", engine::Reading::stamp},
    };
    for (const auto& [lesson, reading] : pages) {
        const std::string_view name = ui::diagram::name_of(reading);
        QTest::addRow("%s %s", lesson, std::string(name).c_str())
            << QString::fromLatin1(lesson)
            << QByteArray(name.data(), static_cast<int>(name.size()));
    }
}

// What the page says after an edit is what the program says of the lesson edited so.
void TestHtmlPage::every_number_follows_an_edit() {
    QFETCH(QString, lesson);
    QFETCH(QByteArray, reading);
    const ExportJob job =
        support::job_of(qPrintable(lesson),
                        *ui::diagram::reading_named(
                            {reading.constData(), static_cast<std::size_t>(reading.size())}),
                        0, "a.png");
    LiveLesson live(job);
    QVERIFY(live.is_live());
    int compared = 0;
    for (const quint64 seed : {1, 2, 3}) {
        ExportJob edited = with_other_numbers(job, seed);
        engine::Trace trace = ui::diagram::trace_of(edited.lesson, edited.run, edited.view);
        trace.keep_lone_input(ui::diagram::trace_of(job.lesson, job.run, job.view).lone_input());
        const LiveInputs inputs = inputs_of(trace);
        const auto value = [&](const Quantity& quantity) {
            return live.numbers().value(quantity, inputs);
        };
        const int steps = trace.step_count();
        for (int step = 0; step <= steps; step += std::max(1, steps / 40)) {
            const LivePicture picture = live.at({step, 0});
            edited.view.moment = {step, 0};
            const Diagram wanted = stage_of(edited, &trace);
            if (!picture.title.only_own) QCOMPARE(said(picture.title, value), wanted.title);
            if (!picture.description.only_own)
                QCOMPARE(said(picture.description, value), wanted.description);
            QStringList texts;
            for (const ui::diagram::Item& item : wanted.items)
                if (const auto* label = std::get_if<ui::diagram::Label>(&item.mark))
                    texts << label->text();
            for (std::size_t i = 0; i < picture.boxes.size(); ++i) {
                const ui::diagram::Item& item = picture.picture.items[i];
                if (picture.boxes[i].value) {
                    const GridInfo* grid = wanted.grid(item.cell->grid);
                    QVERIFY(grid);
                    const auto number = grid->said(item.cell->row, item.cell->column).number();
                    QVERIFY(number);
                    QCOMPARE(value(*picture.boxes[i].value), *number);
                    ++compared;
                }
                const LiveLabel& label = picture.labels[i];
                const auto* own = std::get_if<ui::diagram::Label>(&item.mark);
                // Numbers in cells are cut to the type there, which the lesson edited chooses anew.
                const bool is_cut = std::ranges::any_of(label.runs, [](const auto& run) {
                    return std::ranges::any_of(
                        run, [](const Part& part) { return part.kind == Part::Kind::cut; });
                });
                if (!own || label.only_own || is_cut || own->text().size() < 3) continue;
                const QString text = said(label, value);
                QVERIFY2(texts.contains(text), qPrintable(QStringLiteral("step %1: “%2”, was “%3”")
                                                              .arg(step)
                                                              .arg(text, own->text())));
            }
        }
    }
    QVERIFY(compared > 100);
}

void TestHtmlPage::nothing_of_the_puzzle_is_left_out() {
    for (const engine::Reading reading :
         {engine::Reading::stamp, engine::Reading::slide, engine::Reading::why_equal}) {
        const ExportJob job = support::job_of("readers_puzzle", reading, 0, "a.png");
        LiveLesson live(job);
        const int steps = step_count(job);
        for (int step = 0; step <= steps; ++step) {
            const LivePicture picture = live.at({step, 0});
            for (std::size_t i = 0; i < picture.boxes.size(); ++i) {
                const ui::diagram::Item& item = picture.picture.items[i];
                if (!item.cell) continue;
                const ui::diagram::Grid grid = item.cell->grid.grid;
                if (grid != ui::diagram::Grid::input && grid != ui::diagram::Grid::kernel) continue;
                QVERIFY(picture.boxes[i].value);
            }
            // The number of every cell that holds one: none is left behind by an edit.
            for (std::size_t i = 0; i + 1 < picture.boxes.size(); ++i) {
                const ui::diagram::Item& next = picture.picture.items[i + 1];
                const auto* label = std::get_if<ui::diagram::Label>(&next.mark);
                if (!picture.boxes[i].value || !label) continue;
                const LiveLabel& live_label = picture.labels[i + 1];
                QVERIFY2(!live_label.only_own && !live_label.runs.empty(),
                         qPrintable(label->text()));
            }
            QVERIFY2(!picture.title.only_own, qPrintable(picture.picture.title));
        }
    }
}

// The reason why the kernel turns, and whether an image of one grey stays so, depend on the
// weights.
void TestHtmlPage::what_is_true_of_these_numbers_alone_is_known() {
    ExportJob job = support::job_of("readers_puzzle", engine::Reading::why_equal, 0, "a.png");
    job.view.turn_kernel = false;
    LiveLesson live(job);
    int claims = 0;
    for (int step = 0; step <= step_count(job); ++step) {
        const LivePicture picture = live.at({step, 0});
        for (std::size_t i = 0; i < picture.labels.size(); ++i) {
            const auto* label = std::get_if<ui::diagram::Label>(&picture.picture.items[i].mark);
            if (!label || !label->text().contains(QStringLiteral("not equal"))) continue;
            ++claims;
            QVERIFY2(picture.labels[i].only_own, qPrintable(label->text()));
        }
    }
    QVERIFY(claims > 0);
}

void TestHtmlPage::the_puzzle_is_small_and_whole() {
    for (const engine::Reading reading :
         {engine::Reading::stamp, engine::Reading::slide, engine::Reading::why_equal}) {
        const auto page = render_animation(page_of("readers_puzzle", reading));
        QVERIFY(page);
        QVERIFY2(page->size() < 1'000'000, qPrintable(QString::number(page->size())));
        QVERIFY(page->contains("Content-Security-Policy"));
        QVERIFY(page->contains("aria-live"));
        QVERIFY(!page->contains("{{"));
        // Names of languages (the SVG namespace) are addresses that nobody visits.
        QByteArray rest = *page;
        rest.replace("http://www.w3.org/2000/svg", "");
        for (const char* reference : {"http:", "https:", "src=", "url(\"", "@import", "<link"})
            QVERIFY2(!rest.contains(reference), reference);
    }
}

void TestHtmlPage::no_title_leaves_its_place() {
    AnimationJob job = page_of("readers_puzzle", engine::Reading::stamp);
    job.picture.lesson.title = "</title></script><script>alert(1)</script>{{data}}";
    const auto page = render_animation(job);
    QVERIFY(page);
    QVERIFY(!page->contains("<script>alert"));
    QCOMPARE(page->count("</script>"), 2);
    QCOMPARE(page->count("</title>"), 1);
    QCOMPARE(json_for_html("{\"a\":\"</script>&\"}"),
             QByteArray("{\"a\":\"\\u003c/script\\u003e\\u0026\"}"));
    QCOMPARE(QJsonDocument::fromJson(json_for_html("{\"a\":\"</script>&\"}"))
                 .object()
                 .value(QStringLiteral("a"))
                 .toString(),
             QStringLiteral("</script>&"));
}

void TestHtmlPage::every_step_can_be_gone_to() {
    AnimationJob job = page_of("even_k4", engine::Reading::slide);
    job.options.frames_per_second = 1;  // several steps in a frame
    const auto page = render_animation(job);
    QVERIFY(page);
    const QJsonDocument data = QJsonDocument::fromJson(data_of(*page));
    std::set<int> rests;
    for (const QJsonValue frame : data[QStringLiteral("frames")].toArray())
        if (frame[QStringLiteral("rest")].toBool())
            rests.insert(frame[QStringLiteral("step")].toInt());
    QCOMPARE(static_cast<int>(rests.size()), step_count(job.picture) + 1);
}

QTEST_MAIN(TestHtmlPage)
#include "tst_html_page.moc"
