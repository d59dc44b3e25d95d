// SPDX-License-Identifier: MIT
// Many lessons at once, standard output, steps as files, and that a file's bytes follow from the
// lesson alone.
#include <QDir>
#include <QImage>
#include <QTemporaryDir>
#include <QTest>

#include "engine/kernels/kernels.h"
#include "tests/support/program.h"
#include "ui/paint/moving_format.h"
#include "ui/paint/picture_format.h"

using namespace program;

namespace {

QByteArray lesson(const char* name) {
    return run({QStringLiteral("lessons"), QString::fromLatin1(name)}).out;
}

QStringList words(const char* line) { return QString::fromUtf8(line).split(u' '); }

}  // namespace

class TestCliMany : public QObject {
    Q_OBJECT
private slots:
    void init();
    void aFolderIsAllItsLessons();
    void namesStandForLessons();
    void theGuidesFiguresAreOneCommand();
    void whatWouldBeWrittenTwiceIsRefused_data();
    void whatWouldBeWrittenTwiceIsRefused();
    void aBadLessonStopsNoOther();
    void aPictureGoesToStandardOutput();
    void whatStandardOutputCannotTakeIsSaid_data();
    void whatStandardOutputCannotTakeIsSaid();
    void stepsAreFiles();
    void bytesFollowFromTheLesson_data();
    void bytesFollowFromTheLesson();

private:
    QStringList names() const {
        return QDir(m_folder->path())
            .entryList(QDir::Files | QDir::Hidden | QDir::System, QDir::Name);
    }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestCliMany::init() {
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid() && QDir::setCurrent(m_folder->path()));
}

// JSON may be anything: what is no lesson is none of a folder's. A lesson keeps its name, however
// many dots it has.
void TestCliMany::aFolderIsAllItsLessons() {
    QVERIFY(QDir().mkpath(QStringLiteral("course/deeper")) && QDir().mkdir(QStringLiteral("out")));
    write(QStringLiteral("course/b.stride"), lesson("holes"));
    write(QStringLiteral("course/a.1.stride"), lesson("readers_puzzle"));
    write(QStringLiteral("course/list.json"), "{\"order\": []}");
    write(QStringLiteral("course/notes.txt"), "none");
    write(QStringLiteral("course/deeper/c.stride"), lesson("even_k4"));
    const Outcome outcome = run("render ./course -o out/{name}.svg");
    QCOMPARE(outcome.err, QByteArray());
    QCOMPARE(outcome.code, 0);
    QCOMPARE(QDir(QStringLiteral("out")).entryList(QDir::Files, QDir::Name),
             (QStringList{QStringLiteral("a.1.svg"), QStringLiteral("b.svg")}));
    QCOMPARE(run("render holes -o alone.svg").code, 0);
    QCOMPARE(contents(QStringLiteral("out/b.svg")), contents(QStringLiteral("alone.svg")));

    const Outcome nothing = run("render ./out -o {name}.svg");
    QCOMPARE(nothing.code, 1);
    QCOMPARE(nothing.err,
             QByteArray("./out cannot be read: it is a folder, and no file in it holds "
                        "a lesson.\n"));
}

void TestCliMany::namesStandForLessons() {
    write(QStringLiteral("mine.stride"), lesson("even_k4"));
    const Outcome outcome =
        run({QStringLiteral("animate"), QStringLiteral("./mine.stride"), QStringLiteral("holes"),
             QStringLiteral("-"), QStringLiteral("--still"), QStringLiteral("-o"),
             QStringLiteral("{name}.gif")},
            lesson("readers_puzzle"));
    QCOMPARE(outcome.code, 0);
    QCOMPARE(names(), (QStringList{QStringLiteral("holes.gif"), QStringLiteral("mine.gif"),
                                   QStringLiteral("mine.stride"), QStringLiteral("stdin.gif")}));
    // One lesson may be named, too.
    QCOMPARE(run("render holes -o {name}.png").code, 0);
    QVERIFY(!QImage(QStringLiteral("holes.png")).isNull());
}

void TestCliMany::theGuidesFiguresAreOneCommand() {
    QCOMPARE(run("render --lessons guide -o {name}.svg").code, 0);
    QCOMPARE(names().size(), 8);
    QVERIFY(names().contains(QStringLiteral("padding_strides_odd_transposed.svg")));
    QCOMPARE(run("render full_padding_no_strides_transposed -o full.svg").code, 0);
    QCOMPARE(contents(QStringLiteral("full_padding_no_strides_transposed.svg")),
             contents(QStringLiteral("full.svg")));
    // The course and others beside it.
    QCOMPARE(run("render --lessons course holes -o {name}.pdf").code, 0);
    QCOMPARE(names().filter(QStringLiteral(".pdf")).size(), 7);
    const Outcome twice = run("render --lessons all holes -o {name}.png");
    QCOMPARE(twice.code, 1);
    QVERIFY(is_sentence(twice.err));
    const Outcome unknown = run("render --lessons guides -o {name}.png");
    QCOMPARE(unknown.code, 2);
    QCOMPARE(unknown.err,
             QByteArray("--lessons does not understand “guides”; give all, course, guide.\n"));
    QCOMPARE(run("render -o a.png").code, 2);
}

void TestCliMany::whatWouldBeWrittenTwiceIsRefused_data() {
    QTest::addColumn<QString>("line");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("sentence");
    QTest::newRow("one name") << "render holes even_k4 -o a.png" << 2
                              << QByteArray(
                                     "2 lessons would be written to one place; name the "
                                     "files apart by {name}, such as -o "
                                     "figures/{name}.svg.\n");
    QTest::newRow("a folder, though it holds one lesson")
        << "render ./one -o a.png" << 2
        << QByteArray(
               "1 lesson would be written to one place; name the files apart by {name}, "
               "such as -o figures/{name}.svg.\n");
    QTest::newRow("standard output") << "render holes even_k4 -o - --format png" << 2
                                     << QByteArray(
                                            "2 lessons would be written to one place; name "
                                            "the files apart by {name}, such as -o "
                                            "figures/{name}.svg.\n");
    QTest::newRow("twice the same")
        << "render even_k4 holes holes -o {name}.png" << 1
        << QByteArray(
               "“holes” and “holes” would both be written to “holes.png”; nothing is "
               "written.\n");
    QTest::newRow("two of one name")
        << "render even_k4 ./one/holes.stride holes -o ./one/../{name}.png" << 1
        << QByteArray(
               "“./one/holes.stride” and “holes” would both be written to "
               "“./one/../holes.png”; nothing is written.\n");
    QTest::newRow("a second lesson from where a first may come")
        << "render even_k4 holes --against - -o {name}.png" << 2
        << QByteArray("--against - is for one lesson: standard input can be read once.\n");
}
void TestCliMany::whatWouldBeWrittenTwiceIsRefused() {
    QFETCH(QString, line);
    QFETCH(int, code);
    QFETCH(QByteArray, sentence);
    QVERIFY(QDir().mkdir(QStringLiteral("one")));
    write(QStringLiteral("one/holes.stride"), lesson("holes"));
    const Outcome outcome = run(line.split(u' '));
    QCOMPARE(outcome.err, sentence);
    QCOMPARE(outcome.code, code);
    QCOMPARE(outcome.out, QByteArray());
    QCOMPARE(names(), QStringList());
}

// One sentence each, in the order of the inputs, however the work is shared.
void TestCliMany::aBadLessonStopsNoOther() {
    QStringList arguments{QStringLiteral("render"), QStringLiteral("-o"),
                          QStringLiteral("{name}.svg")};
    QByteArray sentences;
    for (int i = 0; i < 12; ++i) {
        const QString path = QStringLiteral("./l%1.stride").arg(i);
        arguments << path;
        if (i % 3 == 0) write(path, lesson("holes"));
        if (i % 3 == 1) write(path, "{");
        if (i % 3 == 1)
            sentences += path.toUtf8() +
                         ": A value is missing, or the text ends too early (line 1, column 2).\n";
        if (i % 3 == 2)
            sentences +=
                path.toUtf8() + ": " + path.toUtf8() + " cannot be read: there is no such file.\n";
    }
    for (int time = 0; time < 3; ++time) {
        const Outcome outcome = run(arguments);
        QCOMPARE(outcome.err, sentences);
        QCOMPARE(outcome.code, 1);
        for (int i = 0; i < 12; ++i)
            QCOMPARE(QFile::exists(QStringLiteral("l%1.svg").arg(i)), i % 3 == 0);
    }
    // What cannot be written is said of each as well, and so is what a lesson does not have.
    const Outcome nowhere = run("render holes even_k4 -o none/{name}.svg");
    QCOMPARE(nowhere.code, 1);
    QCOMPARE(nowhere.err.count('\n'), 2);
    QVERIFY(nowhere.err.startsWith("holes: none/holes.svg cannot be written: "));
    const Outcome region = run("render holes even_k4 --region nothing -o {name}.svg");
    QCOMPARE(region.code, 1);
    QCOMPARE(region.err.count("--region does not understand “nothing”"), 2);
}

void TestCliMany::aPictureGoesToStandardOutput() {
    QCOMPARE(run("render holes -o a.png").code, 0);
    const Outcome picture = run(words("render - -o - --format PNG"), lesson("holes"));
    QCOMPARE(picture.code, 0);
    QCOMPARE(picture.err, QByteArray());
    QCOMPARE(picture.out, contents(QStringLiteral("a.png")));
    QCOMPARE(run("animate holes --still -o a.gif").code, 0);
    QCOMPARE(run("animate holes --still -o - --format gif").out, contents(QStringLiteral("a.gif")));
    // A name without an ending is one, too.
    QCOMPARE(run("render holes -o figure --format png").code, 0);
    QCOMPARE(contents(QStringLiteral("figure")), picture.out);
}

void TestCliMany::whatStandardOutputCannotTakeIsSaid_data() {
    QTest::addColumn<QString>("line");
    QTest::addColumn<QByteArray>("sentence");
    QTest::newRow("no format") << "render holes -o -"
                               << QByteArray(
                                      "Say which format goes to standard output: --format "
                                      "png.\n");
    QTest::newRow("another ending") << "render holes -o a.svg --format png"
                                    << QByteArray(
                                           "“a.svg” ends in .svg, which is not the --format "
                                           "png.\n");
    QTest::newRow("no such format") << "animate holes -o - --format avi"
                                    << QByteArray("--format does not understand “avi”; give gif");
    QTest::newRow("steps of a film")
        << "animate holes -o a{step}.gif"
        << QByteArray("A film holds all steps; {step} is for stridescope render.\n");
    QTest::newRow("several steps")
        << "render holes -o - --format png --step all"
        << QByteArray(
               "Several steps would be written to one place; name the files apart by "
               "{step}, such as -o step{step}.png.\n");
}
void TestCliMany::whatStandardOutputCannotTakeIsSaid() {
    QFETCH(QString, line);
    QFETCH(QByteArray, sentence);
    const Outcome outcome = run(line.split(u' '));
    QCOMPARE(outcome.code, 2);
    QCOMPARE(outcome.out, QByteArray());
    QVERIFY2(is_sentence(outcome.err) && outcome.err.startsWith(sentence), outcome.err.constData());
}

// As many digits as the last step has, so that files by name are steps in order.
void TestCliMany::stepsAreFiles() {
    QCOMPARE(run("render first_slide --step all -o s{step}.svg").code, 0);
    const QStringList steps = names();
    QCOMPARE(steps.size(), 30);
    QCOMPARE(steps.first(), QStringLiteral("s00.svg"));
    for (int i = 0; i < steps.size(); ++i) {
        QCOMPARE(steps[i], QStringLiteral("s%1.svg").arg(i, 2, 10, QLatin1Char('0')));
        if (i == 0) continue;
        QVERIFY(contents(steps[i]) != contents(steps[i - 1]));
    }
    QCOMPARE(run("render first_slide --step 7 -o one.svg").code, 0);
    QCOMPARE(contents(QStringLiteral("one.svg")), contents(QStringLiteral("s07.svg")));
    QCOMPARE(run("render readers_puzzle --step 1-2 -o {name}_{step}.svg").code, 0);
    QVERIFY(QFile::exists(QStringLiteral("readers_puzzle_1.svg")) &&
            QFile::exists(QStringLiteral("readers_puzzle_2.svg")) &&
            !QFile::exists(QStringLiteral("readers_puzzle_3.svg")));
    const Outcome beyond = run("render readers_puzzle --step 3-9 -o {step}.svg");
    QCOMPARE(beyond.code, 1);
    QCOMPARE(beyond.err, QByteArray("--step is 3-9, but must be at most 4.\n"));
    QCOMPARE(run("render readers_puzzle --step 3-1 -o {step}.svg").code, 2);
}

// Every format of both tables, whatever the machine, its language, its clock and whose home it is.
// 128 channels are summed, which each SIMD target does in its own order.
void TestCliMany::bytesFollowFromTheLesson_data() {
    QTest::addColumn<QString>("command");
    QTest::addColumn<QString>("format");
    QTest::addColumn<bool>("scales");
    for (const auto& format : ui::paint::picture_formats())
        QTest::newRow(format.name)
            << "render" << QString::fromLatin1(format.endings.front()) << false;
    // What another program makes is its own matter; a folder's frames are PNGs.
    for (const auto& format : ui::paint::moving_formats())
        if (format.program == nullptr && !format.is_folder())
            QTest::addRow("%s that moves", format.name)
                << "animate" << QString::fromLatin1(format.endings.front())
                << format.options.has(ui::paint::PictureOption::scale);
}
void TestCliMany::bytesFollowFromTheLesson() {
    QFETCH(QString, command);
    QFETCH(QString, format);
    QFETCH(bool, scales);
    for (const char* name : {"channels_to_one", "compare_up_conv"}) {
        QStringList arguments{command,
                              QString::fromLatin1(name),
                              QStringLiteral("-o"),
                              QStringLiteral("-"),
                              QStringLiteral("--format"),
                              format};
        if (command == QStringLiteral("animate")) arguments << words("--still --range 0-4");
        if (scales) arguments << words("--scale 0.5");
        QProcessEnvironment plain = QProcessEnvironment::systemEnvironment();
        const QByteArray bytes = run(arguments, {}, plain).out;
        QVERIFY(bytes.size() > 1000);

        QProcessEnvironment other;
        for (const char* locale : {"LANG", "LC_ALL", "LC_NUMERIC", "LANGUAGE"})
            other.insert(QString::fromLatin1(locale), QStringLiteral("de_DE.UTF-8"));
        for (const char* folder : {"HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"})
            other.insert(QString::fromLatin1(folder), m_folder->path());
        other.insert(QStringLiteral("TZ"), QStringLiteral("Asia/Tokyo"));
        other.insert(QStringLiteral("SOURCE_DATE_EPOCH"), QStringLiteral("86400"));
        other.insert(QStringLiteral("QT_HASH_SEED"), QStringLiteral("12345"));
        other.insert(QStringLiteral("QT_SCALE_FACTOR"), QStringLiteral("1.5"));
        QCOMPARE(run(arguments, {}, other).out == bytes, true);
        for (const std::string& target : engine::runnable_targets()) {
            const QStringList forced =
                QStringList{QStringLiteral("--target"), QString::fromStdString(target)} + arguments;
            const Outcome outcome = run(forced);
            QVERIFY2(outcome.code == 0 && outcome.out == bytes, target.c_str());
        }
    }
}

QTEST_GUILESS_MAIN(TestCliMany)
#include "tst_cli_many.moc"
