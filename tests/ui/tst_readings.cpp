// SPDX-License-Identifier: MIT
// Which readings a layer has, and what a row of their table must hold.
#include <set>

#include <QtTest>

#include "ui/diagram/readings.h"
#include "ui/diagram/stage.h"

using namespace ui::diagram;
using engine::Reading;

namespace {

std::vector<std::string_view> ids_of(const std::vector<const ReadingDefinition*>& readings) {
    std::vector<std::string_view> ids;
    for (const ReadingDefinition* reading : readings) ids.push_back(reading->id);
    return ids;
}

using Ids = std::vector<std::string_view>;

}  // namespace

class TestReadings : public QObject {
    Q_OBJECT
private slots:
    void a_transposed_convolution_is_read_in_three_ways() {
        const engine::LayerSpec layer = engine::Conv2DTranspose{};
        QCOMPARE(ids_of(choice_of(layer)), (Ids{"stamp", "slide", "why_equal"}));
        for (const ReadingDefinition* reading : choice_of(layer))
            QCOMPARE(&reading_of(layer, reading->steps), reading);
    }

    void upsampling_copies_or_samples_whatever_is_asked_for() {
        for (const engine::Interpolation kind : engine::all_interpolations) {
            const engine::LayerSpec layer = engine::UpSampling2D{{2, 2}, kind};
            const bool copies = kind == engine::Interpolation::nearest;
            for (const ReadingDefinition* wanted : named_readings())
                QVERIFY(reading_of(layer, wanted->steps).steps ==
                        (copies ? Reading::copy : Reading::sample));
            QVERIFY(choice_of(layer).empty());
        }
    }

    void conv2d_has_a_window_of_its_own() {
        const engine::LayerSpec layer = engine::Conv2D{};
        for (const ReadingDefinition* wanted : named_readings())
            QVERIFY(reading_of(layer, wanted->steps).steps == Reading::window);
        QVERIFY(choice_of(layer).empty());
    }

    // Before the first step sliding says which zeros will come: between cells where strides part
    // them, around them where the kernel reaches further than one cell.
    void sliding_says_which_zeros_will_come() {
        for (const int size : {1, 3})
            for (const int kernel : {1, 2, 3})
                for (const int strides : {1, 2}) {
                    engine::Conv2DTranspose layer;
                    layer.kernel_size = {kernel, kernel};
                    layer.strides = {strides, strides};
                    engine::Lesson lesson;
                    lesson.input = engine::counting_input({size, size, 1});
                    lesson.layers = {{layer, {}}};
                    View view;
                    view.reading = Reading::slide;
                    const Diagram picture = build_stage(lesson, *engine::run(lesson), view);
                    const bool between = strides > 1 && size > 1;
                    const bool around = kernel > 1;
                    const char* zeros = between && around ? "with zeros in and around it"
                                        : between         ? "with zeros in it"
                                        : around          ? "with zeros around it"
                                                          : "slides over the input";
                    QVERIFY2(picture.title.endsWith(QString::fromLatin1(zeros)),
                             qPrintable(picture.title));
                    QCOMPARE(picture.description.contains(QStringLiteral("nsert zeros")), between);
                    QCOMPARE(picture.description.contains(QStringLiteral("dd a border")), around);
                }
    }

    void what_nobody_else_shows_is_a_card() {
        for (const engine::LayerSpec& layer :
             {engine::LayerSpec{engine::Dense{3}}, engine::LayerSpec{engine::Pooling2D{}}}) {
            const ReadingDefinition& card = reading_of(layer, Reading::stamp);
            QCOMPARE(&card, all_readings().back());
            QVERIFY(card.steps == Reading());
            QVERIFY(choice_of(layer).empty());
        }
    }

    void names_lead_back_to_their_reading() {
        for (const ReadingDefinition* reading : named_readings()) {
            QVERIFY(reading_named(reading->id) == reading->steps);
            QCOMPARE(name_of(reading->steps), reading->id);
        }
        QVERIFY(!reading_named("stomp"));
        QVERIFY(!reading_named(""));
    }

    void a_row_is_whole() {
        std::set<std::string_view> ids;
        for (const ReadingDefinition* reading : all_readings())
            QVERIFY(reading->applies_to && reading->heading && reading->draw);
        for (const ReadingDefinition* reading : named_readings()) {
            QVERIFY(ids.insert(reading->id).second);
            QVERIFY(*reading->name && *reading->menu_name);
            for (const ReadingSwitch& one : reading->switches)
                QVERIFY(!one.key.empty() && one.value && one.is_offered);
        }
    }
};

QTEST_APPLESS_MAIN(TestReadings)
#include "tst_readings.moc"
