// SPDX-License-Identifier: MIT
// .stride files: what is shipped, what is kept, and what is refused with a place.
#include <cmath>
#include <random>

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include "tests/support/awkward_files.h"
#include "tests/support/damaged_json.h"
#include "ui/diagram/stage.h"
#include "ui/formats/lesson_door.h"
#include "ui/formats/shipped_lessons.h"
#include "ui/formats/stride.h"
#include "ui/words/error_text.h"
#include "ui/words/translations.h"

using engine::ErrorCode;
using ui::formats::LessonFile;
using ui::formats::read_stride;
using ui::formats::write_stride;

namespace {

QByteArray shipped_bytes(const QString& name) {
    QFile file(QStringLiteral(":/lessons/") + name + QStringLiteral(".stride"));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

LessonFile shipped(const char* name) {
    return *ui::formats::shipped_lesson(QString::fromLatin1(name));
}

/// The readers' puzzle with one piece of its text replaced.
QByteArray puzzle_with(const char* from, const char* to) {
    QByteArray text = shipped_bytes(QStringLiteral("readers_puzzle"));
    return text.contains(from) ? text.replace(from, to) : QByteArray();
}

QString sentence(const QByteArray& json) {
    const auto file = read_stride(json);
    return file ? QStringLiteral("read") : ui::words::error_text(file.error());
}

/// A lesson with every layer, odd numbers and odd words.
LessonFile everything() {
    using namespace engine;
    LessonFile file;
    file.lesson.title = "Quotes \" and \\ and Grüße ✓";
    file.lesson.notes = "Two\nlines\tand \x01";
    file.notes_outdated = true;
    file.licence = "none";
    file.lesson.input = random_input({4, 3, 2}, 5);
    Conv2DTranspose transposed{.filters = 3, .kernel_size = {3, 2}, .strides = {2, 3}};
    transposed.padding = Same{};
    transposed.output_padding = Size2D{1, 0};
    transposed.dilation_rate = {1, 2};
    transposed.activation = ActivationKind::tanh;
    transposed.use_bias = false;
    Conv2DTranspose torch{.filters = 4, .groups = 2};
    torch.padding = Explicit{{1, 0}};
    Pooling2D pooling;
    pooling.kind = PoolKind::average;
    pooling.strides = Size2D{1, 2};
    WeightSetting values;
    values.recipe.reset();
    values.values.kernel = Tensor({3, 2, 3, 2}, std::vector<float>(36, 0.1F));
    values.values.bias = Tensor({3}, {-0.0F, 1e-30F, 3.4e38F});
    WeightSetting seeded;
    seeded.recipe = WeightRecipe{Initializer::glorot_uniform, UINT64_MAX};
    WeightSetting nothing;
    nothing.recipe.reset();
    file.lesson.layers = {{transposed, values},
                          {torch, seeded},
                          {UpSampling2D{{2, 3}, Interpolation::bilinear}, {}},
                          {Conv2D{.filters = 2, .kernel_size = {3, 3}}, nothing},
                          {BatchNormalization{1e-5F, false, true}, {}},
                          {ReLU{}, {}},
                          {LeakyReLU{0.2F}, {}},
                          {pooling, {}},
                          {ZeroPadding2D{{1, 2, 3, 4}}, {}},
                          {Cropping2D{{0, 1, 0, 2}}, {}},
                          {Dropout{0.25F}, {}},
                          {GlobalPooling2D{PoolKind::max}, {}},
                          {Dense{12, ActivationKind::sigmoid, false}, {}},
                          {Activation{ActivationKind::softmax}, {}},
                          {Reshape{{2, -1, 3}}, {}},
                          {Flatten{}, {}}};
    file.view.focus = 2;
    file.view.filter = 1;
    file.view.channel = 1;
    file.view.reading = Reading::why_equal;
    file.view.moment.step = 7;
    file.view.turn_kernel = false;
    file.view.digits = 3;
    file.view.pinned = ui::diagram::CellRef{{ui::diagram::Grid::slide_output, 1}, 2, 3};
    return file;
}

}  // namespace

class TestLessonJson : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { ui::words::install_translations(); }
    void shippedLessonsRunAndAreCanonical();
    void courseIsInOrder();
    void lessonsSayTheTruth();
    void everythingComesBack();
    void digitsAreWrittenWhereTheyAreChosen();
    void recipesAreReadAsInputs();
    void keysNobodyKnowsAreKept();
    void keysLeaveWithTheirLayer();
    void impossibleSettingsAreNoBrokenFiles();
    void numbersSetAsideAreNotWritten();
    void refusesWithThePlace_data();
    void refusesWithThePlace();
    void limitsComeBeforeMemory();
    void filesAndNames();
    void survivesAnyBytes();
};

void TestLessonJson::shippedLessonsRunAndAreCanonical() {
    const auto lessons = ui::formats::shipped_lessons();
    QCOMPARE(lessons.size(),
             QDir(QStringLiteral(":/lessons")).entryList({QStringLiteral("*.stride")}).size());
    for (const auto& lesson : lessons) {
        const QByteArray bytes = shipped_bytes(lesson.name);
        const auto file = read_stride(bytes);
        if (!file) QFAIL((lesson.name + u' ' + sentence(bytes)).toUtf8().constData());
        QVERIFY(!file->lesson.title.empty() && !file->lesson.notes.empty());
        const auto run = engine::run(file->lesson);
        if (!run) QFAIL(ui::words::error_text(run.error()).toUtf8().constData());
        QVERIFY(ui::diagram::clamped(file->view, file->lesson, *run) == file->view);
        // A recipe for the input is shorter than its numbers; all else is as the program writes it.
        if (!bytes.contains("random_normal")) QCOMPARE(write_stride(*file), bytes);
        QCOMPARE(write_stride(*read_stride(write_stride(*file))), write_stride(*file));
    }
}

void TestLessonJson::courseIsInOrder() {
    const auto lessons = ui::formats::shipped_lessons();
    QCOMPARE(lessons.front().name, QStringLiteral("readers_puzzle"));
    QCOMPARE(lessons.front().title, QStringLiteral("It tiles"));
    const std::vector<QString> course = ui::formats::first_launch_course();
    const std::vector<QString> expected{
        QStringLiteral("first_upsampling"), QStringLiteral("first_same_picture"),
        QStringLiteral("readers_puzzle"),   QStringLiteral("first_collide"),
        QStringLiteral("first_slide"),      QStringLiteral("why_equal")};
    QVERIFY(course == expected);
    static const QRegularExpression name(QStringLiteral("^[a-z0-9_]+$"));
    for (const auto& lesson : lessons) QVERIFY(name.match(lesson.name).hasMatch());
}

// What titles and notes claim, computed.
void TestLessonJson::lessonsSayTheTruth() {
    const auto output = [](const char* name) {
        return engine::run(shipped(name).lesson)->layers.back().output;
    };
    const auto grid = [&output](const char* name) {
        const engine::Tensor tensor = output(name);
        return std::vector<float>(tensor.values().begin(), tensor.values().end());
    };
    using Numbers = std::vector<float>;
    QCOMPARE(grid("readers_puzzle"),
             (Numbers{10, 20, 20, 40, 30, 40, 60, 80, 30, 60, 40, 80, 90, 120, 120, 160}));
    QCOMPARE(grid("first_same_picture"), grid("first_upsampling"));
    QCOMPARE(grid("first_collide"),
             (Numbers{10, 20, 50, 40, 40, 50, 140, 100, 100, 140, 360, 240, 120, 150, 340, 200}));
    QCOMPARE(output("upsampling_2x3").shape(), (engine::Shape{4, 6, 1}));
    const Numbers bilinear = grid("upsampling_bilinear");
    QCOMPARE(Numbers(bilinear.begin(), bilinear.begin() + 4), (Numbers{1, 1.25F, 1.75F, 2}));
    QCOMPARE(grid("transpose_k1_s1"), (Numbers{1, 2, 3, 4}));
    QCOMPARE(grid("transpose_k1_s2"), (Numbers{1, 0, 2, 0, 0, 0, 0, 0, 3, 0, 4, 0, 0, 0, 0, 0}));
    QCOMPARE(output("crop_same_k3").shape(), (engine::Shape{6, 6, 1}));
    QCOMPARE(engine::run(shipped("crop_same_k3").lesson)->layers[0].geometry.full(),
             (engine::Shape{7, 7, 1}));
    QCOMPARE(output("holes").at(2, 0, 0), 0.5F);
    QCOMPARE(output("channels_to_one").at(0, 0, 0), 951.0F);
    for (const char* generator : {"generator_upsampling", "generator_transpose"}) {
        QCOMPARE(output(generator).shape(), (engine::Shape{10, 10, 1}));
        const auto& layers = shipped(generator).lesson.layers;
        const auto shapes = engine::infer_model(layers, {100});
        QCOMPARE(engine::parameter_count(layers.back().spec, shapes.geometries.back()).total, 1153);
    }
    // Flat grey through the bilinear kernel: 1 inside.
    engine::Lesson even = shipped("even_k4").lesson;
    even.input = engine::Tensor::filled({3, 3, 1}, 1);
    const engine::Tensor grey = engine::run(even)->layers[0].output;
    for (int row = 1; row < 5; ++row)
        for (int column = 1; column < 5; ++column) QCOMPARE(grey.at(row, column, 0), 1.0F);
}

void TestLessonJson::everythingComesBack() {
    const LessonFile file = everything();
    const QByteArray bytes = write_stride(file);
    const auto read = read_stride(bytes);
    if (!read) QFAIL(sentence(bytes).toUtf8().constData());
    QVERIFY(read->lesson == file.lesson);
    QVERIFY(read->view == file.view);
    QVERIFY(*read == file);
    QCOMPARE(write_stride(*read), bytes);
    QVERIFY(std::signbit(read->lesson.layers[0].weights.values.bias.at(0)));
}

void TestLessonJson::digitsAreWrittenWhereTheyAreChosen() {
    LessonFile file = shipped("first_collide");
    QCOMPARE(file.view.digits, ui::diagram::usual_digits);
    QVERIFY(!write_stride(file).contains("digits"));
    for (const int digits : ui::diagram::digits_choices) {
        file.view.digits = digits;
        const QByteArray written = write_stride(file);
        QCOMPARE(written.contains("\"digits\""), digits != ui::diagram::usual_digits);
        if (digits == 0) QVERIFY(written.contains("\"digits\": \"all\""));
        const auto read = read_stride(written);
        QVERIFY(read.has_value());
        QCOMPARE(read->view.digits, digits);
    }
}

void TestLessonJson::recipesAreReadAsInputs() {
    const LessonFile generator = shipped("generator_transpose");
    QVERIFY(generator.lesson.input == engine::random_input({100}, 1));
    const auto counting = read_stride(puzzle_with("\"data\": [\n      1, 2,\n      3, 4\n    ]",
                                                  "\"initializer\": \"counting\""));
    QVERIFY(counting.has_value());
    QVERIFY(counting->lesson.input == engine::counting_input({2, 2, 1}));
    // Weights left out are Keras's default: Glorot, and no bias.
    const auto bare =
        read_stride(puzzle_with("\"weights\": [\n    {\"initializer\": \"tens\"}\n  ],", ""));
    QVERIFY(bare.has_value());
    QVERIFY(bare->lesson.layers[0].weights == engine::WeightSetting{});
}

void TestLessonJson::keysNobodyKnowsAreKept() {
    QByteArray text = shipped_bytes(QStringLiteral("readers_puzzle"));
    text.replace("\"padding\": \"valid\"}", "\"padding\": \"valid\", \"name\": \"up_1\"}");
    text.replace("\"reading\": \"stamp\"}", "\"reading\": \"stamp\", \"zoom\": 2.5}");
    text.replace("\"initializer\": \"tens\"}", "\"initializer\": \"tens\", \"source\": null}");
    text.replace("\"shape\": [2, 2, 1],",
                 "\"shape\": [2, 2, 1], \"drawn_by\": {\"a\": [1, \"x\"]},");
    text.replace("\"view\"", "\"questions\": [{\"cell\": [0, 1]}, true],\n  \"view\"");
    const auto file = read_stride(text);
    QVERIFY(file.has_value());
    const QByteArray written = write_stride(*file);
    for (const char* kept :
         {"\"name\": \"up_1\"", "\"zoom\": 2.5", "\"source\": null",
          "\"drawn_by\": {\"a\":[1,\"x\"]}", "\"questions\": [{\"cell\":[0,1]},true]"})
        QVERIFY2(written.contains(kept), written.constData());
    QVERIFY(*read_stride(written) == *file);
    QCOMPARE(write_stride(*read_stride(written)), written);
}

void TestLessonJson::keysLeaveWithTheirLayer() {
    const auto file =
        read_stride(puzzle_with("\"padding\": \"valid\"}", "\"padding\": \"valid\", \"x\": 1}"));
    LessonFile changed = *file;
    changed.lesson.layers[0].spec = engine::UpSampling2D{};
    QVERIFY(write_stride(*file).contains("\"x\""));
    QVERIFY(!write_stride(changed).contains("\"x\""));
}

void TestLessonJson::impossibleSettingsAreNoBrokenFiles() {
    const auto file = read_stride(puzzle_with("\"strides\": [2, 2]", "\"strides\": [0, 2]"));
    QVERIFY(file.has_value());
    QVERIFY(!engine::run(file->lesson));
    QVERIFY(*read_stride(write_stride(*file)) == *file);
}

// In the window a kernel made smaller keeps its numbers aside; the file holds what is shown, or it
// would be refused.
void TestLessonJson::numbersSetAsideAreNotWritten() {
    LessonFile file = shipped("readers_puzzle");
    engine::WeightSetting& setting = file.lesson.layers[0].weights;
    setting.recipe.reset();
    setting.values.kernel = engine::Tensor({3, 3, 1, 1}, {1, 2, 3, 4, 5, 6, 7, 8, 9});
    setting.values.bias = engine::Tensor({2}, {5, 6});
    const auto read = read_stride(write_stride(file));
    QVERIFY(read.has_value());
    QCOMPARE(read->lesson.layers[0].weights.values.kernel,
             engine::Tensor({2, 2, 1, 1}, {1, 2, 4, 5}));
    QCOMPARE(engine::run(read->lesson)->layers[0].output,
             engine::run(file.lesson)->layers[0].output);
    // A layer that has no kernel, or has no bias now, may have stored ones.
    file.lesson.layers[0].spec = engine::UpSampling2D{};
    QVERIFY(read_stride(write_stride(file))->lesson == file.lesson);
}

void TestLessonJson::refusesWithThePlace_data() {
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char* name, const QByteArray& json, const char* text) {
        QVERIFY2(!json.isNull(), name);
        QTest::addRow("%s", name) << json << QString::fromUtf8(text);
    };
    row("empty", "", "A value is missing, or the text ends too early (line 1, column 1).");
    row("blank", " \n ", "A value is missing, or the text ends too early (line 2, column 2).");
    row("binary", QByteArray("\x89PNG\r\n\x1a\n\0\0", 10),
        "The text holds bytes that are not text in UTF-8 (line 1, column 1).");
    row("another text", "Stride: 1", "“Stride” cannot be read (line 1, column 1).");
    row("a list", "[]", "The file must be an object (line 1, column 1).");
    row("no version", "{}", "stridescope must be given.");
    row("version as text", puzzle_with("\"stridescope\": 1", "\"stridescope\": \"1\""),
        "stridescope must be a whole number (line 2, column 18).");
    row("newer", puzzle_with("\"stridescope\": 1", "\"stridescope\": 2"),
        "The file was written by a newer version (format 2, this program reads up to 1); update "
        "the "
        "program.");
    row("version 0", puzzle_with("\"stridescope\": 1", "\"stridescope\": 0"),
        "stridescope is 0, but must be at least 1.");
    row("cut off", shipped_bytes(QStringLiteral("readers_puzzle")).left(400),
        "A value is missing, or the text ends too early (line 6, column 44).");
    row("a comma too many", puzzle_with("3, 4\n", "3, 4,\n"),
        "“]” cannot be read (line 13, column 5).");
    row("twice", puzzle_with("\"title\"", "\"notes\""),
        "The key “notes” stands twice in one object (line 4, column 12); keep one.");
    row("NaN", puzzle_with("3, 4\n", "3, NaN\n"), "“NaN” cannot be read (line 12, column 10).");
    row("1e999", puzzle_with("3, 4\n", "3, 1e999\n"),
        "The number 1e999 is too large to be read (line 12, column 10).");
    row("beyond float32", puzzle_with("3, 4\n", "3, 1e39\n"),
        "input.data holds a number that is not finite in float32 (number 4).");
    row("text for a number", puzzle_with("3, 4\n", "3, \"4\"\n"),
        "input.data must be a list of numbers (line 10, column 13).");
    row("one number less", puzzle_with("3, 4\n", "3\n"), "input.data must hold 4 numbers, not 3.");
    row("no data", puzzle_with("\"data\"", "\"date\""), "input.data must be given.");
    row("negative shape", puzzle_with("[2, 2, 1]", "[2, -2, 1]"),
        "input.shape is -2, but must be at least 1.");
    row("shape 0", puzzle_with("[2, 2, 1]", "[2, 0, 1]"),
        "input.shape is 0, but must be at least 1.");
    row("half a cell", puzzle_with("[2, 2, 1]", "[2, 1.5, 1]"),
        "input.shape must be a list of whole numbers (line 9, column 14).");
    row("shape as number", puzzle_with("[2, 2, 1]", "4"),
        "input.shape must be a list of whole numbers (line 9, column 14).");
    row("rank 4", puzzle_with("[2, 2, 1]", "[1, 2, 2, 1]"),
        "input.shape has rank 4, but rank 1, 2 or 3 is needed.");
    row("far too large", puzzle_with("[2, 2, 1]", "[2147483647, 2147483647, 2]"),
        "input.shape would hold 2,147,483,647 numbers, but at most 67,108,864 are allowed; use "
        "smaller "
        "sizes.");
    row("no layers", puzzle_with("\"layers\"", "\"layer\""), "layers must be given.");
    row("layers as object", puzzle_with("\"layers\": [", "\"layers\": 1, \"x\": ["),
        "layers must be a list of objects (line 5, column 13).");
    row("another class", puzzle_with("\"Conv2DTranspose\"", "\"Conv3D\""),
        "“Conv3D” is not a known class_name.");
    row("class as number", puzzle_with("\"Conv2DTranspose\"", "3"),
        "layers[0].class_name must be text (line 6, column 20).");
    row("kernel as text", puzzle_with("\"kernel_size\": [2, 2]", "\"kernel_size\": \"2\""),
        "layers[0].kernel_size must be a whole number or a pair of them (line 6, column 68).");
    row("a triple", puzzle_with("\"strides\": [2, 2]", "\"strides\": [2, 2, 2]"),
        "layers[0].strides must be a whole number or a pair of them (line 6, column 87).");
    row("kernel beyond 32 bits",
        puzzle_with("\"kernel_size\": [2, 2]", "\"kernel_size\": [2147483648, 2]"),
        "layers[0].kernel_size is 2147483648, but must be at most 1073741824.");
    row("filters beyond 64 bits", puzzle_with("\"filters\": 1", "\"filters\": 9223372036854775808"),
        "layers[0].filters is 9223372036854775808, but must be at most 1073741824.");
    row("size beyond 32 bits", puzzle_with("[2, 2, 1]", "[2, 2147483648, 1]"),
        "input.shape is 2147483648, but must be at most 2147483647.");
    row("size beyond all bits", puzzle_with("[2, 2, 1]", "[2, -1e300, 1]"),
        "input.shape is -1e300, but must be at least 0.");
    row("missing filters", puzzle_with("\"filters\"", "\"fitlers\""),
        "layers[0].filters must be given.");
    row("unknown padding", puzzle_with("\"valid\"", "\"full\""),
        "“full” is not a known layers[0].padding.");
    row("channels first",
        puzzle_with("\"filters\": 1", "\"filters\": 1, \"data_format\": \"channels_first\""),
        "layers[0].data_format channels_first is not computed by this program.");
    row("unknown recipe", puzzle_with("\"tens\"", "\"tenths\""),
        "“tenths” is not a known weights[0].initializer.");
    row("negative seed", puzzle_with("\"tens\"", "\"tens\", \"seed\": -1"),
        "weights[0].seed must be a whole number from 0 to 2^64 - 1 (line 16, column 37).");
    row("weights too many", puzzle_with("{\"initializer\": \"tens\"}", "{}, {}"),
        "weights must hold 1 object, one a layer, not 2.");
    row("kernel too large",
        puzzle_with("{\"initializer\": \"tens\"}",
                    "{\"kernel\": {\"shape\": [3, 3, 1, 1], \"data\": [1,2,3,4,5,6,7,8,9]}}"),
        "Layer 1: The kernel has shape (3, 3, 1, 1), but (2, 2, 1, 1) is needed.");
    row("kernel of other channels",
        puzzle_with("{\"initializer\": \"tens\"}",
                    "{\"kernel\": {\"shape\": [2, 2, 1, 2], \"data\": [1,2,3,4,5,6,7,8]}}"),
        "Layer 1: The kernel has shape (2, 2, 1, 2), but (2, 2, 1, 1) is needed.");
    row("kernel as a list", puzzle_with("\"initializer\": \"tens\"", "\"kernel\": [1, 2, 3, 4]"),
        "Layer 1: The kernel has shape (4,), but (2, 2, 1, 1) is needed.");
    row("bias too long", puzzle_with("\"tens\"", "\"tens\", \"bias\": [1, 2]"),
        "Layer 1: bias has shape (2,), but (1,) is needed.");
    row("kernel of an impossible setting",
        puzzle_with("\"strides\": [2, 2]", "\"strides\": [0, 2]")
            .replace("\"initializer\": \"tens\"", "\"kernel\": [1, 2, 3, 4]"),
        "Layer 1: The kernel has shape (4,), but (2, 2, 1, 1) is needed.");
    row("kernel of no known size",
        puzzle_with("\"kernel_size\": [2, 2]", "\"kernel_size\": [0, 2]")
            .replace("\"initializer\": \"tens\"", "\"kernel\": [1, 2, 3, 4]"),
        "Layer 1: The kernel has shape (4,), but (?, 2, 1, 1) is needed.");
    row("unknown reading", puzzle_with("\"stamp\"", "\"stomp\""),
        "“stomp” is not a known view.reading.");
    row("unknown digits", puzzle_with("\"stamp\"", "\"stamp\", \"digits\": 5"),
        "“5” is not a known view.digits.");
    row("unknown word for digits", puzzle_with("\"stamp\"", "\"stamp\", \"digits\": \"some\""),
        "“some” is not a known view.digits.");
    row("negative step", puzzle_with("\"stamp\"", "\"stamp\", \"step\": -1"),
        "view.step is -1, but must be at least 0.");
    row("lone surrogate", puzzle_with("It tiles", "\\ud800"),
        "“\\ud800\"” cannot be read (line 3, column 13).");
    row("broken UTF-8", puzzle_with("It tiles", "\xC3("),
        "The text holds bytes that are not text in UTF-8 (line 3, column 12).");
    row("a long word cut inside a letter", "xxxxxxxxxxxxxxxxxxxxxxxé",
        "“xxxxxxxxxxxxxxxxxxxxxxx” cannot be read (line 1, column 1).");
    row("too long a title", puzzle_with("It tiles", QByteArray(100'001, 'x').constData()),
        "title has length 100,001, but may have at most 100,000.");
    row("too deep", QByteArray(100, '[') + QByteArray(100, ']'),
        "The depth of brackets is 65, but must be at most 64.");
}

void TestLessonJson::refusesWithThePlace() {
    QFETCH(QByteArray, json);
    QFETCH(QString, sentence);
    QCOMPARE(::sentence(json), sentence);
}

// Millions of brackets, quotes, values, keys and digits end in a sentence that names the limit or
// the place.
void TestLessonJson::limitsComeBeforeMemory() {
    QCOMPARE(sentence(QByteArray(10'000'000, '[')),
             QStringLiteral("The depth of brackets is 65, but must be at most 64."));
    const auto many_quotes = "{" + QByteArray(10'000'000, '"');
    QVERIFY(sentence(many_quotes).endsWith(QStringLiteral("cannot be read (line 1, column 4).")));
    QCOMPARE(sentence("[" + QByteArray("[],").repeated(2'000'000) + "0]"),
             QStringLiteral(
                 "The number of values in the file is 1048577, but must be at most 1048576."));
    QByteArray keys = "{";
    for (int i = 0; i < 300'000; ++i) keys += "\"k" + QByteArray::number(i) + "\":1,";
    QVERIFY(sentence(keys + "\"k5\":2}").startsWith(QStringLiteral("The key “k5” stands twice")));
    const QByteArray digits = "3, " + QByteArray(1'000'000, '9') + "\n";
    QCOMPARE(sentence(puzzle_with("3, 4\n", digits.constData())),
             QStringLiteral("“999999999999999999999999” cannot be read (line 12, column 10)."));
    const QByteArray ones = "[" + QByteArray("1,").repeated(5'000'000) + "1]";
    QCOMPARE(sentence(puzzle_with("[2, 2, 1]", ones.constData())),
             QStringLiteral("input.shape has length 5,000,001, but may have at most 16."));
}

void TestLessonJson::filesAndNames() {
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.stride"));
    QVERIFY(ui::formats::save_lesson(everything(), path, ui::formats::own_format()).has_value());
    QVERIFY(ui::formats::open_lesson(path)->file == everything());
    QCOMPARE(ui::formats::open_lesson(QStringLiteral("readers_puzzle"))->file.lesson.title,
             std::string("It tiles"));
    QCOMPARE(ui::formats::open_lesson(QStringLiteral("nobody")).error().code,
             ErrorCode::no_such_item);
    QCOMPARE(ui::formats::open_lesson(QStringLiteral("course")).error().code,
             ErrorCode::no_such_item);
    QCOMPARE(ui::formats::open_lesson(QStringLiteral("nobody.stride")).error().code,
             ErrorCode::cannot_read);
    QCOMPARE(ui::formats::open_lesson(folder.path()).error().code, ErrorCode::cannot_read);
    QCOMPARE(ui::formats::save_lesson(everything(), folder.path(), ui::formats::own_format())
                 .error()
                 .code,
             ErrorCode::cannot_write);
    for (const support::Thing& thing : support::things) {
        const QString there = support::make_thing(thing, folder.path(), QStringLiteral(".stride"));
        QCOMPARE(ui::formats::open_lesson(there).error().text, std::string(thing.reason));
        QCOMPARE(
            ui::formats::save_lesson(everything(), there, ui::formats::own_format()).error().text,
            std::string(thing.reason));
        QVERIFY(!QFileInfo(there).isFile());
    }
}

// Damaged lessons: whatever the bytes, an answer; and what was read can be written and read again.
void TestLessonJson::survivesAnyBytes() {
    std::mt19937 random(1);
    const QByteArray everything_bytes = write_stride(everything());
    std::vector<QByteArray> seeds{everything_bytes, shipped_bytes(QStringLiteral("holes")),
                                  shipped_bytes(QStringLiteral("channels_to_one"))};
    int good = 0;
    for (int round = 0; round < 20'000; ++round) {
        const QByteArray bytes = support::damaged(seeds[random() % seeds.size()], random);
        const auto file = read_stride(bytes);
        if (!file) {
            QVERIFY(!ui::words::error_text(file.error()).isEmpty());
            continue;
        }
        ++good;
        const QByteArray written = write_stride(*file);
        const auto again = read_stride(written);
        QVERIFY2(again.has_value() && write_stride(*again) == written, bytes.constData());
        if (file->lesson.input.shape().count() < 10'000)
            (void)engine::infer_model(file->lesson.layers, file->lesson.input.shape());
    }
    QVERIFY(good > 100);
}

QTEST_GUILESS_MAIN(TestLessonJson)
#include "tst_lesson_json.moc"
