// SPDX-License-Identifier: MIT
// The commands and the world's files: what is no file, streams that are closed, disks that are
// full, signals.
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include <random>

#include <QDir>
#include <QImage>
#include <QTemporaryDir>
#include <QTest>

#include "app/cli.h"
#include "tests/support/awkward_files.h"
#include "tests/support/program.h"
#include "tests/support/write_faults.h"

using namespace program;

namespace {

/// Runs the program after changing something about the process that becomes it.
Outcome run_after(const std::function<void()>& change, const QStringList& arguments) {
    QProcess process;
    process.setChildProcessModifier(change);
    process.start(QStringLiteral(STRIDESCOPE), arguments);
    process.closeWriteChannel();
    if (!process.waitForFinished(60'000) || process.exitStatus() != QProcess::NormalExit) return {};
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

QStringList words(const char* line) { return QString::fromUtf8(line).split(u' '); }

/// What every command prints, and where it goes without a picture.
constexpr std::array printing{"lessons",
                              "lessons readers_puzzle",
                              "summary generator_transpose",
                              "shapes conv2d_transpose --input 2x2 --kernel 3",
                              "--help",
                              "render --help",
                              "--version"};

void limit_files_to(rlim_t bytes) {
    const rlimit limit{bytes, bytes};
    setrlimit(RLIMIT_FSIZE, &limit);
}

}  // namespace

class TestCliFiles : public QObject {
    Q_OBJECT
private slots:
    void init();
    void whatIsNoFileIsNotRead_data();
    void whatIsNoFileIsNotRead();
    void whatIsNoFileIsNotReplaced_data() { whatIsNoFileIsNotRead_data(); }
    void whatIsNoFileIsNotReplaced();
    void aClosedInputIsNamed();
    void anOutputThatFailsIsNamed_data();
    void anOutputThatFailsIsNamed();
    void closedStreamsAreNotWrittenInto();
    void aLimitOnSizeIsAReason();
    void aFullDiskIsAReason();
    void whateverFailsLeavesAWholePicture_data();
    void whateverFailsLeavesAWholePicture();
    void aSignalAtAnyTimeLeavesAWholePicture();

private:
    QString path(const char* name) const { return m_folder->filePath(QString::fromLatin1(name)); }
    QStringList render_to(const char* name) const {
        return {QStringLiteral("render"), QStringLiteral("readers_puzzle"), QStringLiteral("-o"),
                path(name)};
    }
    QStringList names() const {
        return QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden | QDir::System);
    }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestCliFiles::init() {
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid() && QDir::setCurrent(m_folder->path()));
}

void TestCliFiles::whatIsNoFileIsNotRead_data() {
    QTest::addColumn<int>("thing");
    for (std::size_t i = 0; i < support::things.size(); ++i)
        QTest::newRow(support::things[i].name) << static_cast<int>(i);
}
void TestCliFiles::whatIsNoFileIsNotRead() {
    QFETCH(int, thing);
    const support::Thing& kind = support::things[static_cast<std::size_t>(thing)];
    const QString there = support::make_thing(kind, m_folder->path(), QStringLiteral(".stride"));
    for (const QStringList& arguments :
         {QStringList{QStringLiteral("render"), there, QStringLiteral("-o"), path("a.png")},
          QStringList{QStringLiteral("summary"), there},
          QStringList{QStringLiteral("eval"), there}}) {
        const Outcome outcome = run(arguments);
        QCOMPARE(outcome.code, 1);
        QCOMPARE(outcome.out, QByteArray());
        QVERIFY2(is_sentence(outcome.err) && outcome.err.contains(kind.reason),
                 outcome.err.constData());
    }
    QVERIFY(!QFile::exists(path("a.png")));
}

void TestCliFiles::whatIsNoFileIsNotReplaced() {
    QFETCH(int, thing);
    const support::Thing& kind = support::things[static_cast<std::size_t>(thing)];
    const QString there = support::make_thing(kind, m_folder->path(), QStringLiteral(".png"));
    const Outcome outcome = run(QStringList{
        QStringLiteral("render"), QStringLiteral("readers_puzzle"), QStringLiteral("-o"), there});
    QCOMPARE(outcome.code, 1);
    QVERIFY2(is_sentence(outcome.err) && outcome.err.contains(kind.reason),
             outcome.err.constData());
    QVERIFY(!QFileInfo(there).isFile());
}

void TestCliFiles::aClosedInputIsNamed() {
    const QByteArray sentence = "The standard input cannot be read: it is closed.\n";
    const auto without_input = [](const QStringList& arguments) {
        return run_after([] { close(STDIN_FILENO); }, arguments);
    };
    for (const char* line : {"summary -", "eval -", "render - -o never.png"}) {
        const Outcome outcome = without_input(words(line));
        QCOMPARE(outcome.code, 1);
        QCOMPARE(outcome.err, sentence);
    }
    // Who needs none does not miss it.
    QCOMPARE(without_input(render_to("a.png")).code, 0);
    QVERIFY(!QImage(path("a.png")).isNull());
}

void TestCliFiles::anOutputThatFailsIsNamed_data() {
    QTest::addColumn<QString>("line");
    for (const char* line : printing) QTest::newRow(line) << QString::fromLatin1(line);
}
void TestCliFiles::anOutputThatFailsIsNamed() {
    QFETCH(QString, line);
    struct Output {
        std::function<void()> open;
        const char* reason;
    };
    const std::array outputs{
        Output{[] { close(STDOUT_FILENO); }, "it is closed"},
        Output{[] { dup2(open("/dev/full", O_WRONLY), STDOUT_FILENO); }, "the disk is full"},
        Output{[] {
                   int ends[2];
                   if (pipe(ends) == 0) dup2(ends[1], STDOUT_FILENO);
                   close(ends[0]);
                   close(ends[1]);
               },
               "nobody reads on"},
    };
    for (const Output& output : outputs) {
        const Outcome outcome = run_after(output.open, line.split(u' '));
        QCOMPARE(outcome.code, 1);
        QCOMPARE(outcome.err,
                 QByteArray("The standard output cannot be written: ") + output.reason + ".\n");
    }
}

// A file opened by the program must not become what it takes for the terminal.
void TestCliFiles::closedStreamsAreNotWrittenInto() {
    const auto without_streams = [] {
        for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) close(stream);
    };
    QCOMPARE(run_after(without_streams, render_to("a.png")).code, 0);
    QCOMPARE(run(render_to("b.png")).code, 0);
    QVERIFY(!contents(path("a.png")).isEmpty());
    QCOMPARE(contents(path("a.png")), contents(path("b.png")));
    QCOMPARE(run_after(without_streams, words("lessons")).code, 1);
}

void TestCliFiles::aLimitOnSizeIsAReason() {
    for (const char* name : {"kept.png", "kept.svg", "kept.pdf"}) {
        write(path(name), "old");
        const Outcome outcome = run_after([] { limit_files_to(1000); }, render_to(name));
        QCOMPARE(outcome.code, 1);
        QVERIFY2(is_sentence(outcome.err) &&
                     outcome.err.contains("it would be larger than files may be here"),
                 outcome.err.constData());
        QCOMPARE(contents(path(name)), QByteArray("old"));
    }
    QCOMPARE(names().size(), 3);
    const QByteArray list = QFile::encodeName(path("list"));
    const auto into_a_file = [list] {
        limit_files_to(100);
        dup2(open(list.constData(), O_WRONLY | O_CREAT, 0600), STDOUT_FILENO);
    };
    const Outcome outcome = run_after(into_a_file, words("lessons"));
    QCOMPARE(outcome.code, 1);
    QVERIFY2(is_sentence(outcome.err), outcome.err.constData());
}

void TestCliFiles::aFullDiskIsAReason() {
    support::SmallDisk disk("256k");
    if (!disk.is_there()) QSKIP("only root may have a disk of its own");
    const QByteArray list = QFile::encodeName(disk.file("list"));
    disk.fill(1);
    const Outcome printed =
        run_after([list] { dup2(open(list.constData(), O_WRONLY | O_CREAT, 0600), STDOUT_FILENO); },
                  words("lessons"));
    QCOMPARE(printed.code, 0);  // a page is enough for it
    QFile::remove(disk.file("list"));

    for (const char* name : {"kept.png", "kept.svg", "kept.pdf"})
        for (const char* size : {"320x240", "2000x1500"})
            for (const int free_pages : {0, 1, 2}) {
                QFile::remove(disk.file("filler"));
                write(disk.file(name), "old");
                disk.fill(free_pages);
                const Outcome outcome =
                    run(QStringList{QStringLiteral("render"), QStringLiteral("readers_puzzle"),
                                    QStringLiteral("-o"), disk.file(name), QStringLiteral("--size"),
                                    QString::fromLatin1(size)});
                QCOMPARE(outcome.code, 1);
                QVERIFY2(is_sentence(outcome.err) && outcome.err.endsWith(": the disk is full.\n"),
                         outcome.err.constData());
                QCOMPARE(contents(disk.file(name)), QByteArray("old"));
            }
    QCOMPARE(disk.files().size(), 3);
}

// The command in this process, with every call of the system that it makes failing for every
// reason.
void TestCliFiles::whateverFailsLeavesAWholePicture_data() {
    QTest::addColumn<QString>("name");
    QTest::newRow("png") << QStringLiteral("picture.png");
    QTest::newRow("svg") << QStringLiteral("picture.svg");
    QTest::newRow("pdf") << QStringLiteral("picture.pdf");
}
void TestCliFiles::whateverFailsLeavesAWholePicture() {
    QFETCH(QString, name);
    const QString file = m_folder->filePath(name);
    QTemporaryDir elsewhere;
    QFile said(elsewhere.filePath(QStringLiteral("stderr")));
    QVERIFY(said.open(QIODevice::ReadWrite));
    int faults = 0;
    int failures = 0;
    const QString wrong = [&] {
        const support::InPlaceOf errors(STDERR_FILENO, said.handle());
        return support::complaint_about_faults(
            file,
            [&] {
                const int code =
                    app::run_command({QStringLiteral("stridescope"), QStringLiteral("render"),
                                      QStringLiteral("readers_puzzle"), QStringLiteral("--region"),
                                      QStringLiteral("output"), QStringLiteral("-o"), file});
                failures += code == 0 ? 0 : 1;
                return code == 0;
            },
            faults);
    }();
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    qInfo("%d faults", faults);
    QVERIFY(failures > 100);
    said.seek(0);
    int sentences = 0;
    while (!said.atEnd()) {
        const QByteArray line = said.readLine();
        QVERIFY2(is_sentence(line) && line.contains(" cannot be written: "), line.constData());
        ++sentences;
    }
    QCOMPARE(sentences, failures);
}

void TestCliFiles::aSignalAtAnyTimeLeavesAWholePicture() {
    QCOMPARE(run(render_to("whole.png")).code, 0);
    const QByteArray whole = contents(path("whole.png"));
    const QByteArray old("old");
    std::mt19937 random(7);
    int ended = 0;
    int finished = 0;
    for (int round = 0; round < 30; ++round) {
        write(path("kept.png"), old);
        QProcess process;
        process.start(QStringLiteral(STRIDESCOPE), render_to("kept.png"));
        QVERIFY(process.waitForStarted());
        const int signal = std::array{SIGINT, SIGTERM, SIGHUP}[random() % 3];
        usleep(static_cast<useconds_t>(random() % 400'000));
        ::kill(static_cast<pid_t>(process.processId()), signal);
        QVERIFY(process.waitForFinished(60'000));
        const bool done = process.exitStatus() == QProcess::NormalExit;
        if (done) QCOMPARE(process.exitCode(), 0);
        const QByteArray now = contents(path("kept.png"));
        QVERIFY(now == whole || (!done && now == old));
        QCOMPARE(names().size(), 2);
        ++(done ? finished : ended);
    }
    qInfo("%d ended, %d finished", ended, finished);
}

QTEST_MAIN(TestCliFiles)
#include "tst_cli_files.moc"
