// SPDX-License-Identifier: MIT
// Notes that name numbers of the lesson: what is filled in, what is told, and when they hold.
#include <QTest>

#include "engine/layers/layer_definition.h"
#include "ui/formats/shipped_lessons.h"
#include "ui/words/lesson_notes.h"
#include "ui/words/translations.h"

using engine::Lesson;
using ui::words::filled_notes;
using ui::words::notes_hold;

namespace {

QString text(const char* utf8) { return QString::fromUtf8(utf8); }

Lesson shipped(const char* name) {
    return ui::formats::shipped_lesson(QString::fromLatin1(name))->lesson;
}

ui::words::FilledNotes fill(const char* notes, const Lesson& lesson) {
    const auto shapes = engine::infer_model(lesson.layers, lesson.input.shape());
    return filled_notes(text(notes), lesson, shapes.geometries);
}

engine::Conv2DTranspose& layer_of(Lesson& lesson) {
    return std::get<engine::Conv2DTranspose>(lesson.layers.front().spec);
}

}  // namespace

class TestLessonNotes : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        QLocale::setDefault(QLocale(QLocale::English));
        ui::words::install_translations();
    }

    void names_become_numbers_data() {
        QTest::addColumn<QString>("lesson");
        QTest::addColumn<QString>("notes");
        QTest::addColumn<QString>("filled");
        const auto row = [](const char* lesson, const char* notes, const char* filled) {
            QTest::addRow("%s of %s", notes, lesson)
                << QString::fromLatin1(lesson) << text(notes) << text(filled);
        };
        const char* collide = "first_collide";
        row(collide, "{kernel_size}", "3 × 3");
        row(collide, "{kernel_size.rows}", "3");
        row(collide, "{kernel_size.columns}", "3");
        row(collide, "{strides}", "2");
        row(collide, "{strides.rows}", "2");
        row(collide, "{padding}", "same");
        row(collide, "{output_padding}", "None");
        row(collide, "{dilation_rate}", "1");
        row(collide, "{filters}", "1");
        row(collide, "{use_bias}", "True");
        row(collide, "{activation}", "linear");
        row(collide, "{input}", "2 × 2");
        row(collide, "{input.channels}", "1");
        row(collide, "{output}", "4 × 4");
        row(collide, "{full}", "5 × 5");
        row(collide, "{inserted}", "3 × 3");
        row(collide, "{crop.top} {crop.bottom} {crop.left} {crop.right}", "0 1 0 1");
        row(collide, "{weights} {parameters}", "9 10");
        row(collide, "{Conv2DTranspose.kernel_size} {1.strides}", "3 × 3 2");
        row("upsampling_2x3", "{size} {size.rows} {size.columns}", "2 × 3 2 3");
        row("upsampling_2x3", "{output.rows} by {output.columns}", "4 by 6");
        row("upsampling_bilinear", "{interpolation}", "bilinear");
        const char* generator = "generator_upsampling";
        row(generator, "{input}", "100");
        row(generator, "{units}", "3,200");
        row(generator, "{target_shape}", "5 × 5 × 128");
        row(generator, "{kernel_size} {size}", "3 × 3 2");
        row(generator, "{Reshape.output.channels} maps of {Reshape.output}", "128 maps of 5 × 5");
        row(generator, "{2.output}{3.output}{4.output}", "5 × 510 × 1010 × 10");
        row(generator, "{Conv2D.input.channels}", "128");
        row(generator, "{Conv2D.parameters} {Conv2D.weights}", "1,153 1,152");
        row(generator, "{parameters}", "324,353");
    }
    void names_become_numbers() {
        QFETCH(QString, lesson);
        QFETCH(QString, notes);
        QFETCH(QString, filled);
        const auto found = fill(notes.toUtf8(), shipped(lesson.toLatin1()));
        QCOMPARE(found.text, filled);
        QVERIFY(found.unknown.empty());
    }

    void what_is_no_name_stays_as_written_data() {
        QTest::addColumn<QString>("notes");
        QTest::addColumn<QString>("filled");
        QTest::addColumn<QStringList>("told");
        const auto row = [](const char* notes, const char* filled, const QStringList& told) {
            QTest::newRow(notes) << text(notes) << text(filled) << told;
        };
        row("{kernel}", "{kernel}", {text("{kernel}")});
        row("{strides} {stride}", "2 {stride}", {text("{stride}")});
        row("{Conv2D.strides}", "{Conv2D.strides}", {text("{Conv2D.strides}")});
        row("{2.strides}", "{2.strides}", {text("{2.strides}")});
        row("{0.strides}", "{0.strides}", {text("{0.strides}")});
        row("{padding.rows}", "{padding.rows}", {text("{padding.rows}")});
        row("{strides.depth}", "{strides.depth}", {text("{strides.depth}")});
        row("{strides.rows.rows}", "{strides.rows.rows}", {text("{strides.rows.rows}")});
        row("{parameters.rows}", "{parameters.rows}", {text("{parameters.rows}")});
        row("{size}", "{size}", {text("{size}")});
        // Braces that hold something else are text.
        row("", "", {});
        row("{}", "{}", {});
        row("{{1, 2}, {3, 4}}", "{{1, 2}, {3, 4}}", {});
        row("{ strides }", "{ strides }", {});
        row("{2}", "{2}", {});
        // Nested: the innermost is the name.
        row("{{strides}}", "{2}", {});
        row("{a {strides} b}", "{a 2 b}", {});
        row("{kernel_{strides}}", "{kernel_2}", {});
        row("{strides", "{strides", {});
        row("strides}", "strides}", {});
        row("}{strides}{", "}2{", {});
        row("{strides}{strides}", "22", {});
        row("{{{", "{{{", {});
    }
    void what_is_no_name_stays_as_written() {
        QFETCH(QString, notes);
        QFETCH(QString, filled);
        QFETCH(QStringList, told);
        const auto found = fill(notes.toUtf8(), shipped("first_collide"));
        QCOMPARE(found.text, filled);
        QCOMPARE(QStringList(found.unknown.begin(), found.unknown.end()), told);
    }

    void what_does_not_follow_is_left_open() {
        Lesson lesson = shipped("first_collide");
        layer_of(lesson).strides = {0, 2};
        QCOMPARE(fill("{strides} {output} {full} {weights}", lesson).text, text("0 × 2 … … …"));
        QVERIFY(fill("{output}", lesson).unknown.empty());
    }

    // Every argument of every layer has words, and so does what follows from its sizes.
    void every_layer_is_known_data() {
        QTest::addColumn<int>("row");
        int row = 0;
        for (const auto* definition : engine::layer_definitions())
            QTest::addRow("%s", std::string(definition->class_name).c_str()) << row++;
    }
    void every_layer_is_known() {
        QFETCH(int, row);
        const auto& definition = *engine::layer_definitions()[static_cast<std::size_t>(row)];
        const std::string class_name(definition.class_name);
        for (const engine::LayerSpec& spec : {definition.defaults, definition.example}) {
            Lesson lesson;
            lesson.layers = {{spec, {}, {}}};
            for (const engine::Shape& input : {engine::Shape{4, 4, 4}, engine::Shape{16}}) {
                lesson.input = engine::Tensor::filled(input, 1);
                std::vector<std::string> names{"input", "output"};
                for (const engine::Argument& argument : definition.arguments)
                    names.emplace_back(argument.name);
                if (!definition.tensors.empty())
                    names.insert(names.end(), {"weights", "parameters"});
                for (const std::string& name : names)
                    for (const std::string& owner :
                         {std::string(), class_name + ".", std::string("1.")}) {
                        const std::string braced = "{" + owner + name + "}";
                        const auto found = fill(braced.c_str(), lesson);
                        QVERIFY2(found.unknown.empty(), braced.c_str());
                        QVERIFY2(!found.text.isEmpty() && !found.text.contains(u'{'),
                                 braced.c_str());
                    }
            }
        }
    }

    void what_notes_name_may_change() {
        const Lesson then = shipped("first_collide");
        Lesson now = then;
        const auto hold = [&](const char* notes) { return notes_hold(text(notes), then, now); };
        QVERIFY(hold("anything"));
        now.title = "Another";
        now.layers[0].config.name = "up";
        QVERIFY(hold("anything"));

        layer_of(now).kernel_size = {4, 3};
        QVERIFY(!hold("3 × 3"));
        QVERIFY(!hold("{strides} {output}"));
        QVERIFY(hold("{kernel_size}"));
        QVERIFY(hold("{kernel_size.rows}"));
        QVERIFY(hold("{Conv2DTranspose.kernel_size}"));
        QVERIFY(!hold("{2.kernel_size} {Conv2D.kernel_size}"));
        layer_of(now).strides = {3, 3};
        QVERIFY(!hold("{kernel_size}"));
        QVERIFY(hold("{kernel_size} {strides}"));

        now = then;
        now.input = engine::counting_input({3, 2, 1});
        QVERIFY(!hold("{output}"));
        QVERIFY(!hold("{Conv2DTranspose.input}"));
        QVERIFY(hold("{input.rows}"));

        now = then;
        now.layers[0].weights.recipe->initializer = engine::Initializer::ones;
        QVERIFY(!hold("{kernel_size}"));
        QVERIFY(hold("{weights}"));
        QVERIFY(hold("{parameters}"));

        now = then;
        now.layers[0].spec = engine::UpSampling2D{};
        QVERIFY(!hold("{kernel_size} {strides} {padding} {input} {weights}"));
        now = then;
        now.layers.push_back(now.layers[0]);
        QVERIFY(!hold("{kernel_size} {strides} {padding} {input} {weights}"));
    }

    void other_layers_may_not_change_unseen() {
        const Lesson then = shipped("generator_upsampling");
        Lesson now = then;
        std::get<engine::Conv2D>(now.layers[3].spec).kernel_size = {5, 5};
        QVERIFY(notes_hold(text("{Conv2D.kernel_size}"), then, now));
        QVERIFY(notes_hold(text("{4.kernel_size}"), then, now));
        QVERIFY(!notes_hold(text("{Dense.units} {size}"), then, now));
        now = then;
        for (auto& layer : now.layers) layer.weights.recipe->seed = 7;
        QVERIFY(notes_hold(text("{parameters}"), then, now));
        QVERIFY(!notes_hold(text("{Conv2D.parameters}"), then, now));
    }

    // What is shipped says true sentences on the lesson it comes with: all names are names.
    void shipped_notes_are_whole() {
        for (const auto& lesson : ui::formats::shipped_lessons()) {
            const Lesson value = ui::formats::shipped_lesson(lesson.name)->lesson;
            const auto found = fill(value.notes.c_str(), value);
            QVERIFY2(found.unknown.empty(), qPrintable(found.text));
            QVERIFY2(!found.text.contains(u'{') && !found.text.contains(u'…'),
                     qPrintable(found.text));
        }
    }
};

QTEST_GUILESS_MAIN(TestLessonNotes)
#include "tst_lesson_notes.moc"
