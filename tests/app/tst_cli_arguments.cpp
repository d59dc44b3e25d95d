// SPDX-License-Identifier: MIT
// Every option with every kind of wrong value: the right reason, in one sentence, with the right
// exit code.
#include <array>
#include <filesystem>
#include <random>

#include <QDir>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include "tests/support/argument_faults.h"
#include "tests/support/program.h"

using namespace program;

namespace {

constexpr std::array<const char*, 15> values{
    "",      "-1",   "0",   "2147483648", "9223372036854775808",
    "1e400", "1.5",  "abc", "１２",       " 3 ",
    "+3",    "0x10", "3x",  "x3",         "3x3x3x3"};

/// Words of the answers to `values`, in their order; nullptr: the value is taken.
using Answers = std::array<const char*, values.size()>;

constexpr const char* taken = nullptr;
constexpr const char* empty = "needs a value.";
constexpr const char* whole = "; give a whole number";
constexpr const char* pair = "; give a number or a pair such as 3x2.";
constexpr const char* low0 = " is -1, but must be at least 0.";
constexpr const char* low1 = " is -1, but must be at least 1.";
constexpr const char* zero1 = " is 0, but must be at least 1.";
constexpr const char* high31 = " is 2147483648, but must be at most 1073741824.";
constexpr const char* high63 = " is 9223372036854775808, but must be at most 1073741824.";

constexpr Answers counts{empty, low1,  zero1, high31, high63, whole, whole, whole,
                         whole, taken, taken, whole,  whole,  whole, whole};
constexpr Answers pairs{empty, low1,  zero1, high31, high63, pair, pair, pair,
                        pair,  taken, taken, zero1,  pair,   pair, pair};
/// Limits come from the lesson: 6 steps, one filter, one channel.
constexpr const char* step = "; give a whole number, last, all, or first-last such as 0-4.";
constexpr Answers steps{empty,
                        low0,
                        taken,
                        " is 2147483648, but must be at most 6.",
                        " is 9223372036854775808, but must be at most 6.",
                        step,
                        step,
                        step,
                        step,
                        taken,
                        taken,
                        step,
                        step,
                        step,
                        step};
constexpr Answers indices{empty,
                          low0,
                          taken,
                          " is 2147483648, but must be at most 0.",
                          " is 9223372036854775808, but must be at most 0.",
                          whole,
                          whole,
                          whole,
                          whole,
                          " is 3, but must be at most 0.",
                          " is +3, but must be at most 0.",
                          whole,
                          whole,
                          whole,
                          whole};
constexpr Answers widths{empty,
                         " is -1, but must be at least 40.",
                         " is 0, but must be at least 40.",
                         " is 2147483648, but must be at most 1000.",
                         " is 9223372036854775808, but must be at most 1000.",
                         whole,
                         whole,
                         whole,
                         whole,
                         " is 3, but must be at least 40.",
                         " is +3, but must be at least 40.",
                         whole,
                         whole,
                         whole,
                         whole};
constexpr const char* scale = "; give a number from 0.25 to 8.";
constexpr Answers scales{empty,
                         " is -1, but must be from 0.25 to 8.",
                         " is 0, but must be from 0.25 to 8.",
                         " is 2147483648, but must be from 0.25 to 8.",
                         " is 9223372036854775808, but must be from 0.25 to 8.",
                         " is 1e400, but must be from 0.25 to 8.",
                         taken,
                         scale,
                         scale,
                         taken,
                         taken,
                         scale,
                         scale,
                         scale,
                         scale};
constexpr const char* size = "; give width x height, such as 1040x740.";
constexpr Answers sizes{empty, size, size, size,  size, size, size, size,
                        size,  size, size, zero1, size, size, size};
constexpr const char* input = "; give rows x columns, such as 2x2, or with channels 5x5x128.";
constexpr Answers inputs{empty, input, input, input, input, input, input, input,
                         input, input, input, zero1, input, input, input};
constexpr const char* padding = "; give valid, same, or PyTorch's number such as 1.";
constexpr Answers paddings{empty,
                           low0,
                           taken,
                           high31,
                           high63,
                           padding,
                           padding,
                           padding,
                           padding,
                           "padding would take away 6 rows, but the full output has only 5;",
                           "padding would take away 6 rows, but the full output has only 5;",
                           "padding would take away 20 columns, but the full output has only 5;",
                           padding,
                           padding,
                           padding};
constexpr const char* pads = "; give top,left,bottom,right, such as 0,0,1,1.";
constexpr Answers pad_lists{empty, pads, pads, pads, pads, pads, pads, pads,
                            pads,  pads, pads, pads, pads, pads, pads};
/// strides are 4.
constexpr Answers output_paddings{
    empty, low0, taken, high31, high63, pair,
    pair,  pair, pair,  taken,  taken,  "output_padding 10 must be less than strides 4;",
    pair,  pair, pair};

struct Place {
    const char* line;  ///< with $ for the value
    const Answers& answers;
};
const std::array<Place, 18> places{{
    {"render holes -o a.svg --step $", steps},
    {"render holes -o a.svg --filter $", indices},
    {"render holes -o a.svg --channel $", indices},
    {"render holes -o a.svg --size $", sizes},
    {"render holes -o a.svg --scale $", scales},
    {"animate holes --still --size 690x400 -o a.gif --scale $", scales},
    {"summary holes --width $", widths},
    {"shapes conv2d_transpose --kernel 3 --input $", inputs},
    {"shapes conv2d_transpose --input 2x2 --kernel $", pairs},
    {"shapes conv2d_transpose --input 2x2 --kernel 3 --strides $", pairs},
    {"shapes conv2d_transpose --input 2x2 --kernel 3 --dilation $", pairs},
    {"shapes conv2d_transpose --input 2x2 --kernel 3 --filters $", counts},
    {"shapes conv2d_transpose --input 1x1x3 --kernel 5 --filters 3 --padding 0 --groups $", counts},
    {"shapes conv2d_transpose --input 1x1 --kernel 5 --padding $", paddings},
    {"shapes conv2d_transpose --input 2x2 --kernel 3 --pads $", pad_lists},
    {"shapes conv2d_transpose --input 2x2 --kernel 3 --strides 4 --output-padding $",
     output_paddings},
    {"shapes conv2d --input 99x99 --kernel $", pairs},
    {"shapes upsampling2d --input 2x2 --size $", pairs},
}};

const QStringList commands{QStringLiteral("render"), QStringLiteral("animate"),
                           QStringLiteral("eval"),   QStringLiteral("shapes"),
                           QStringLiteral("design"), QStringLiteral("summary"),
                           QStringLiteral("lessons")};

struct Option {
    QString name;
    QString value;  ///< what the help calls it; none: a flag
};
/// As the command's own help lists them.
QList<Option> options_of(const QString& command) {
    static const QRegularExpression row(QStringLiteral("^  (?:-\\w, )?--([a-z-]+)(?: <([^>]+)>)?"),
                                        QRegularExpression::MultilineOption);
    QList<Option> options;
    auto rows = row.globalMatch(QString::fromUtf8(run({command, QStringLiteral("--help")}).out));
    while (rows.hasNext()) {
        const auto match = rows.next();
        if (match.captured(1) != QStringLiteral("help"))
            options << Option{match.captured(1), match.captured(2)};
    }
    return options;
}

QString words(const QByteArray& err) { return QString::fromUtf8(err).trimmed(); }

}  // namespace

class TestCliArguments : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void everyNumberSaysTheRightReason_data();
    void everyNumberSaysTheRightReason();
    void noOptionIsGivenTwiceOrEmpty_data();
    void noOptionIsGivenTwiceOrEmpty();
    void theTargetIsGivenOnceToo();
    void whatIsGivenDoesNothingToATerminal_data();
    void whatIsGivenDoesNothingToATerminal();
    void oneFaultHasOneExitCode();
    void theLessonIsNotWrittenOver();
    void anyCallEndsInOneSentence();

private:
    QTemporaryDir m_folder;
};

void TestCliArguments::initTestCase() {
    QVERIFY(m_folder.isValid() && QDir::setCurrent(m_folder.path()));
    write(QStringLiteral("holes.stride"), run("lessons holes").out);
}

void TestCliArguments::everyNumberSaysTheRightReason_data() {
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("wanted");
    for (const auto& [line, answers] : places)
        for (std::size_t i = 0; i < values.size(); ++i)
            QTest::addRow("%s: “%s”", line, values[i])
                << QString::fromUtf8(line) << QString::fromUtf8(values[i])
                << QString::fromUtf8(answers[i]);
}

void TestCliArguments::everyNumberSaysTheRightReason() {
    QFETCH(QString, line);
    QFETCH(QString, value);
    QFETCH(QString, wanted);
    QStringList arguments = line.split(u' ');
    arguments.replace(arguments.indexOf(QStringLiteral("$")), value);
    const Outcome outcome = run(arguments);
    if (wanted.isNull()) {
        QVERIFY2(outcome.code == 0 && outcome.err.isEmpty(), outcome.err.constData());
        return;
    }
    QVERIFY2(is_sentence(outcome.err), outcome.err.constData());
    const QString said = words(outcome.err);
    QVERIFY2(said.contains(wanted), outcome.err.constData());
    QCOMPARE(support::fault_of_sentence(said), QString());
    // A layer that cannot be, or a step that the lesson lacks, was understood.
    const bool is_none = said.contains(QStringLiteral("does not understand")) ||
                         said.contains(QStringLiteral("needs a value"));
    const bool beyond_lesson = line.startsWith(QStringLiteral("render")) &&
                               said.contains(QStringLiteral("must be at most"));
    const bool could_not = beyond_lesson || line.startsWith(QStringLiteral("shapes"));
    QCOMPARE(outcome.code, !is_none && could_not ? 1 : 2);
    QCOMPARE(outcome.out, QByteArray());
}

void TestCliArguments::noOptionIsGivenTwiceOrEmpty_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const QStringList& arguments, const QString& sentence) {
        QTest::addRow("%s", arguments.join(u' ').toUtf8().constData()) << arguments << sentence;
    };
    for (const QString& command : commands) {
        for (const auto& [name, value] : options_of(command)) {
            const QString twice = QStringLiteral("--%1 is given twice; give it once.").arg(name);
            const QString needed = QStringLiteral("--%1 needs a value.").arg(name);
            const QString option = QStringLiteral("--") + name;
            if (value.isEmpty()) {
                row({command, option, option}, twice);
                continue;
            }
            row({command, option, value, option, value}, twice);
            row({command, option, value, option + u'=' + value}, twice);
            row({command, option, QString()}, needed);
            row({command, option + u'='}, needed);
        }
        row({command, QString()},
            QStringLiteral("An argument is empty; see “stridescope %1 --help”.").arg(command));
    }
    const QString output = QStringLiteral("--output is given twice; give it once.");
    row({QStringLiteral("render"), QStringLiteral("holes"), QStringLiteral("-o"),
         QStringLiteral("a.svg"), QStringLiteral("--output"), QStringLiteral("b.svg")},
        output);
    row({QStringLiteral("render"), QStringLiteral("-o"), QStringLiteral("a.svg"),
         QStringLiteral("holes"), QStringLiteral("-ob.svg")},
        output);
    row({QStringLiteral("render"), QStringLiteral("holes"), QStringLiteral("-o"), QString()},
        QStringLiteral("--output needs a value."));
    row({QString()}, QStringLiteral("An argument is empty; see “stridescope --help”."));
}

void TestCliArguments::noOptionIsGivenTwiceOrEmpty() {
    QFETCH(QStringList, arguments);
    QFETCH(QString, sentence);
    const Outcome outcome = run(arguments);
    QCOMPARE(words(outcome.err), sentence);
    QCOMPARE(outcome.code, 2);
    QVERIFY(!QFile::exists(QStringLiteral("b.svg")));
}

void TestCliArguments::theTargetIsGivenOnceToo() {
    const QStringList twice{QStringLiteral("--target"), QStringLiteral("scalar"),
                            QStringLiteral("--target=scalar")};
    for (const QStringList& before :
         {QStringList(), QStringList{QStringLiteral("holes")},
          QStringList{QStringLiteral("lessons")}, QStringList{QStringLiteral("--version")}}) {
        QCOMPARE(words(run(before + twice).err),
                 QStringLiteral("--target is given twice; give it once."));
        QCOMPARE(run(before + twice).code, 2);
        QCOMPARE(words(run(before + QStringList{QStringLiteral("--target=")}).err),
                 QStringLiteral("--target needs a value."));
        QCOMPARE(words(run(before + QStringList{QStringLiteral("--target"), QString()}).err),
                 QStringLiteral("--target needs a value."));
        QCOMPARE(run(before + QStringList{QStringLiteral("--target")}).code, 2);
    }
}

void TestCliArguments::whatIsGivenDoesNothingToATerminal_data() {
    QTest::addColumn<QStringList>("arguments");
    QStringList lines{QStringLiteral("$"),
                      QStringLiteral("--$"),
                      QStringLiteral("-$"),
                      QStringLiteral("./$"),
                      QStringLiteral("holes $"),
                      QStringLiteral("--target $ lessons"),
                      QStringLiteral("lessons $"),
                      QStringLiteral("lessons holes $"),
                      QStringLiteral("eval $"),
                      QStringLiteral("eval ./$"),
                      QStringLiteral("summary $"),
                      QStringLiteral("summary ./$.stride"),
                      QStringLiteral("shapes $"),
                      QStringLiteral("render $ -o a.svg"),
                      QStringLiteral("render holes -o $"),
                      QStringLiteral("render holes -o a.$"),
                      QStringLiteral("render holes -o ./nowhere/$.svg"),
                      QStringLiteral("render holes -o a.svg --transparent=$")};
    for (const QString& command : commands) {
        lines << command + QStringLiteral(" holes --$") << command + QStringLiteral(" holes -$");
        for (const auto& [name, value] : options_of(command)) {
            const QString rest = command == QStringLiteral("shapes")
                                     ? QStringLiteral(" conv2d_transpose --")
                                     : QStringLiteral(" holes --");
            if (!value.isEmpty()) lines << command + rest + name + QStringLiteral(" $");
        }
    }
    const QString hostile =
        QStringLiteral("\x1B[31mred\x1B]0;title\a\r\ntwo\n\u009B0m\u202Egnp.\u2066x\u200F");
    const QString endless(100'000, u'9');
    for (const QString& line : lines) {
        const QByteArray row = line.toUtf8();
        const auto with = [&line](const QString& given) {
            return QString(line).split(u' ').replaceInStrings(QStringLiteral("$"), given);
        };
        QTest::addRow("%s, hostile", row.constData()) << with(hostile);
        QTest::addRow("%s, endless", row.constData()) << with(endless);
    }
}

void TestCliArguments::whatIsGivenDoesNothingToATerminal() {
    QFETCH(QStringList, arguments);
    const Outcome outcome = run(arguments);
    QVERIFY(outcome.code == 1 || outcome.code == 2);
    QVERIFY2(is_sentence(outcome.err), outcome.err.left(500).constData());
    const QString fault = support::fault_of_sentence(words(outcome.err));
    QVERIFY2(fault.isEmpty(), (fault + u' ' + words(outcome.err)).toUtf8().constData());
}

// Unknown names, files that are not there, that say nothing and that say something impossible.
void TestCliArguments::oneFaultHasOneExitCode() {
    const QByteArray lesson = run("lessons readers_puzzle").out;
    const auto changed = [&lesson](const char* from, const char* to) {
        return QByteArray(lesson).replace(from, to);
    };
    write(QStringLiteral("text.stride"), "hello");
    write(QStringLiteral("list.stride"), "[]");
    write(QStringLiteral("twice.stride"), changed("\"title\"", "\"notes\""));
    write(QStringLiteral("newer.stride"), changed("\"stridescope\": 1", "\"stridescope\": 2"));
    write(QStringLiteral("word.stride"), changed("\"filters\": 1", "\"filters\": \"one\""));
    write(QStringLiteral("shape.stride"), changed("[2, 2, 1]", "[2, -2, 1]"));
    write(QStringLiteral("bias.stride"), changed("\"tens\"", "\"tens\", \"bias\": [1, 2]"));
    write(QStringLiteral("deep.stride"), QByteArray(1000, '['));
    write(QStringLiteral("impossible.stride"),
          changed("\"strides\": [2, 2]", "\"strides\": [0, 2]"));
    const auto code_of = [](const QString& command, const QString& file) {
        QStringList arguments{command, file};
        if (command == QStringLiteral("render"))
            arguments << QStringLiteral("-o") << QStringLiteral("never.svg");
        if (command.isEmpty()) arguments.removeFirst();
        const Outcome outcome = run(arguments);
        return is_sentence(outcome.err) ? outcome.code : -1;
    };
    const QStringList readers{QStringLiteral("render"), QStringLiteral("summary"),
                              QStringLiteral("eval")};
    for (const auto& [file, code] : {std::pair{"missing.stride", 1},
                                     {"/", 1},
                                     {"text.stride", 2},
                                     {"list.stride", 2},
                                     {"twice.stride", 2},
                                     {"newer.stride", 2},
                                     {"word.stride", 2},
                                     {"shape.stride", 2},
                                     {"bias.stride", 2},
                                     {"deep.stride", 2}})
        for (const QString& command : readers)
            QVERIFY2(code_of(command, QString::fromLatin1(file)) == code,
                     (command + u' ' + QString::fromLatin1(file)).toUtf8().constData());
    // Understood, but no such layer can be.
    QCOMPARE(code_of(QStringLiteral("render"), QStringLiteral("impossible.stride")), 1);
    QCOMPARE(code_of(QStringLiteral("summary"), QStringLiteral("impossible.stride")), 1);
    for (const QString& command : {QStringLiteral("render"), QStringLiteral("summary"),
                                   QStringLiteral("lessons"), QString()})
        QCOMPARE(code_of(command, QStringLiteral("nobody")), 2);
    QVERIFY(!QFile::exists(QStringLiteral("never.svg")));
}

// However the file is spelled or linked; and never without a word, so it can be meant.
void TestCliArguments::theLessonIsNotWrittenOver() {
    const QByteArray lesson = contents(QStringLiteral("holes.stride"));
    QDir().mkdir(QStringLiteral("sub"));
    write(QStringLiteral("named.svg"), lesson);
    QVERIFY(QFile::link(QStringLiteral("holes.stride"), QStringLiteral("link.svg")));
    QVERIFY(QFile::link(QStringLiteral("link.svg"), QStringLiteral("link2.svg")));
    std::error_code error;
    std::filesystem::create_hard_link("holes.stride", "hard.svg", error);
    QVERIFY(!error);
    const QString absolute = QDir::current().filePath(QStringLiteral("named.svg"));
    const QString here = QStringLiteral("holes.stride");
    for (const auto& [from, to] :
         {std::pair{QStringLiteral("./named.svg"), QStringLiteral("sub/../named.svg")},
          {QStringLiteral("./named.svg"), absolute},
          {absolute, QStringLiteral("named.svg")},
          {here, QStringLiteral("link.svg")},
          {here, QStringLiteral("link2.svg")},
          {QStringLiteral("./link2.svg"), QStringLiteral("link.svg")},
          {here, QStringLiteral("hard.svg")}}) {
        const Outcome outcome = run({QStringLiteral("render"), from, QStringLiteral("-o"), to});
        QVERIFY2(outcome.err.contains("is the lesson itself"), outcome.err.constData());
        QVERIFY2(is_sentence(outcome.err), outcome.err.constData());
        QCOMPARE(outcome.code, 1);
        for (const QString& file : {from, to}) QCOMPARE(contents(file), lesson);
    }
    // Another file of the same words is no such link.
    write(QStringLiteral("other.svg"), lesson);
    QCOMPARE(run("render holes.stride -o other.svg").code, 0);
    QCOMPARE(run("render holes -o named.svg").code, 0);
    QCOMPARE(run("render holes.stride -o hard.svg --force").code, 0);
    QVERIFY(contents(QStringLiteral("hard.svg")).startsWith("<?xml"));
    QCOMPARE(contents(here),
             lesson);  // the new picture took the link's name, not the lesson's place
}

// Calls put together from what there is and what there is not.
void TestCliArguments::anyCallEndsInOneSentence() {
    QStringList pieces{QStringLiteral("holes"),    QStringLiteral("holes.stride"),
                       QStringLiteral("nobody"),   QStringLiteral("conv2d_transpose"),
                       QStringLiteral("conv2d"),   QStringLiteral("-"),
                       QStringLiteral("--"),       QStringLiteral("---"),
                       QStringLiteral("-o"),       QStringLiteral("a.svg"),
                       QStringLiteral("--target"), QStringLiteral("scalar"),
                       QStringLiteral("2x2"),      QStringLiteral("same"),
                       QStringLiteral("0,0,1,1"),  QStringLiteral("light")};
    for (const char* value : values) pieces << QString::fromUtf8(value);
    for (const QString& command : commands)
        for (const Option& option : options_of(command))
            pieces << QStringLiteral("--") + option.name;
    std::mt19937 random(1);
    const auto any = [&random](const QStringList& list) {
        return list[static_cast<qsizetype>(random() % static_cast<std::size_t>(list.size()))];
    };
    int done = 0, refused = 0;
    for (int round = 0; round < 200; ++round) {
        QStringList arguments{any(commands)};
        for (std::size_t length = random() % 6; length > 0; --length) arguments << any(pieces);
        const Outcome outcome = run(arguments);
        const QByteArray line = arguments.join(u'|').toUtf8();
        QVERIFY2(outcome.code >= 0 && outcome.code <= 2, line.constData());
        if (outcome.code == 0) {
            QVERIFY2(outcome.err.isEmpty(), line.constData());
            ++done;
            continue;
        }
        ++refused;
        QVERIFY2(is_sentence(outcome.err), line.constData());
        const QString fault = support::fault_of_sentence(words(outcome.err));
        QVERIFY2(fault.isEmpty(), (fault + u' ' + words(outcome.err)).toUtf8().constData());
        QVERIFY2(outcome.out.isEmpty(), line.constData());
    }
    QVERIFY(done > 2 && refused > 50);
}

QTEST_GUILESS_MAIN(TestCliArguments)
#include "tst_cli_arguments.moc"
