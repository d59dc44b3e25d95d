// SPDX-License-Identifier: MIT
// Whatever the system refuses in the middle of a write: the old file or the new one is there,
// whole, and alone.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "tests/support/awkward_files.h"
#include "tests/support/write_faults.h"
#include "ui/files/file_bytes.h"
#include "ui/files/process.h"
#include "ui/files/reasons.h"
#include "ui/files/settings.h"

using namespace ui::files;
using support::Fault;
using support::Faulty;

namespace {

QByteArray contents(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray new_bytes(int size) {
    QByteArray bytes;
    for (int i = 0; bytes.size() < size; ++i) bytes += QByteArray::number(i) + ' ';
    return bytes.left(size);
}

QStringList names_in(const QString& folder) {
    return QDir(folder).entryList(QDir::Files | QDir::Hidden | QDir::System);
}

}  // namespace

class TestFilesFaults : public QObject {
    Q_OBJECT
private slots:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
        m_path = m_folder->filePath(QStringLiteral("file"));
    }
    void everyCallMayFail();
    void everyReasonIsSaid();
    void readingMayFail();
    void printingMayFail();
    void piecesAndInterruptionsAreNoFailure();
    void aLimitOnSizeIsAReason();
    void aFullDiskLosesNothing();
    void aSignalLeavesNothing_data();
    void aSignalLeavesNothing();
    void aSignalThatIsIgnoredStaysIgnored();
    void settingsAreKeptWhole();
    void settingsThatAreNoFileAreLeftAlone();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
};

void TestFilesFaults::everyCallMayFail() {
    int faults = 0;
    for (const int size : {10, 5'000, 200'000}) {
        const QString wrong = support::complaint_about_faults(
            m_path, [&] { return write_file(m_path, new_bytes(size)).has_value(); }, faults);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }
    qInfo("%d faults", faults);
    QVERIFY(faults > 800);
}

void TestFilesFaults::everyReasonIsSaid() {
    QVERIFY(write_file(m_path, "old"));
    for (const support::Call call : {support::call_open, support::call_write, support::call_sync,
                                     support::call_close, support::call_rename})
        for (const int error : {ENOSPC, EDQUOT, EFBIG, EIO, EROFS}) {
            const Faulty faulty(Fault{.call = call, .nth = 1, .error = error});
            const auto written = write_file(m_path, "new");
            QVERIFY(!written);
            QCOMPARE(QString::fromStdString(written.error().text), reason_of(error, Access::write));
        }
    // Only the folder's own trip to the disk comes too late for the old file.
    const Faulty faulty(Fault{.call = support::call_sync, .nth = 2, .error = EIO});
    const auto written = write_file(m_path, "new");
    QCOMPARE(written.error().text, std::string("the disk reports an error"));
    QCOMPARE(contents(m_path), QByteArray("new"));
}

void TestFilesFaults::readingMayFail() {
    const QByteArray bytes = new_bytes(10'000);
    QVERIFY(write_file(m_path, bytes));
    for (const support::Call call : {support::call_open, support::call_read})
        for (int nth = 1; nth <= (call == support::call_open ? 1 : 5); ++nth)
            for (const int error : {EIO, ESTALE, EACCES, EISDIR, ENOMEM}) {
                const Faulty faulty(
                    Fault{.call = call, .nth = nth, .error = error, .most_at_once = 2'500});
                const auto read = read_file(m_path, 1 << 20);
                QVERIFY(!read);
                QCOMPARE(read.error().code, engine::ErrorCode::cannot_read);
                QCOMPARE(QString::fromStdString(read.error().text), reason_of(error, Access::read));
            }
}

void TestFilesFaults::printingMayFail() {
    QFile printed(m_path);
    QVERIFY(printed.open(QIODevice::ReadWrite));
    const auto print = [&](const Fault& fault) {
        const support::InPlaceOf output(STDOUT_FILENO, printed.handle());
        const Faulty faulty(fault);
        return write_output(new_bytes(900));
    };
    QVERIFY(!print({}));
    for (const support::Call call : {support::call_write, support::call_close})
        for (int nth = 1; nth <= (call == support::call_close ? 1 : 3); ++nth)
            for (const int error : {ENOSPC, EDQUOT, EFBIG, EIO, EPIPE, EBADF}) {
                const auto problem =
                    print({.call = call, .nth = nth, .error = error, .most_at_once = 300});
                QVERIFY(problem.has_value());
                QCOMPARE(QString::fromStdString(problem->text), reason_of(error, Access::write));
            }
}

void TestFilesFaults::piecesAndInterruptionsAreNoFailure() {
    const QByteArray bytes = new_bytes(2'000);
    for (const std::size_t most : {1U, 7U, 1'999U, 2'000U}) {
        const Faulty pieces(Fault{.most_at_once = most});
        QVERIFY(write_file(m_path, bytes));
        QCOMPARE(*read_file(m_path, 2'000), bytes);
    }
    for (const support::Call call : {support::call_open, support::call_read, support::call_write,
                                     support::call_sync, support::call_close})
        for (const int nth : {1, 2}) {
            const Faulty interrupted(
                Fault{.call = call, .nth = nth, .error = EINTR, .most_at_once = 999});
            QVERIFY(write_file(m_path, bytes));
            QCOMPARE(*read_file(m_path, 2'000), bytes);
        }
}

void TestFilesFaults::aLimitOnSizeIsAReason() {
    QVERIFY(write_file(m_path, "old"));
    for (const int size : {1'001, 20'000, 200'000}) {
        const auto written = [&] {
            const support::SizeLimit limit(1'000);
            return write_file(m_path, new_bytes(size));
        }();
        QCOMPARE(written.error().text, std::string("it would be larger than files may be here"));
        QCOMPARE(contents(m_path), QByteArray("old"));
        QCOMPARE(names_in(m_folder->path()).size(), 1);
    }
}

// A real disk, from full to room enough, and files from a few bytes (which QSaveFile would have
// lost) to many.
void TestFilesFaults::aFullDiskLosesNothing() {
    support::SmallDisk disk("256k");
    if (!disk.is_there()) QSKIP("only root may have a disk of its own");
    const QString path = disk.file("file");
    int refused = 0;
    int written = 0;
    for (const int size : {1, 2'000, 16'000, 17'000, 100'000})
        for (const int free_pages : {0, 1, 2, 4, 5, 24, 25, 30}) {
            QFile::remove(disk.file("filler"));
            QVERIFY(write_file(path, "old"));
            disk.fill(free_pages);
            const QByteArray bytes = new_bytes(size);
            const auto done = write_file(path, bytes);
            QCOMPARE(contents(path), done ? bytes : QByteArray("old"));
            if (!done) QCOMPARE(done.error().text, std::string("the disk is full"));
            QCOMPARE(disk.files(), QStringList(QStringLiteral("file")));
            ++(done ? written : refused);
        }
    QVERIFY(refused >= 10 && written >= 10);
}

void TestFilesFaults::aSignalLeavesNothing_data() {
    QTest::addColumn<int>("signal");
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGXCPU})
        QTest::addRow("%s", strsignal(signal)) << signal;
}
void TestFilesFaults::aSignalLeavesNothing() {
    QFETCH(int, signal);
    QVERIFY(write_file(m_path, "old"));
    static int told[2];
    QVERIFY(pipe(told) == 0);
    const pid_t writer = fork();
    if (writer == 0) {
        const rlimit no_core{0, 0};
        setrlimit(RLIMIT_CORE, &no_core);
        prepare_process();
        operations.sync = [](int) {  // written, but not yet in its place
            (void)!write(told[1], "!", 1);
            return pause();
        };
        (void)!write_file(m_path, new_bytes(50'000)).has_value();
        _exit(0);
    }
    close(told[1]);
    char word = 0;
    QCOMPARE(read(told[0], &word, 1), ssize_t{1});
    close(told[0]);
    QCOMPARE(names_in(m_folder->path()).size(), 2);
    QVERIFY(kill(writer, signal) == 0);
    int code = 0;
    QCOMPARE(waitpid(writer, &code, 0), writer);
    QVERIFY(WIFSIGNALED(code));
    QCOMPARE(WTERMSIG(code), signal);
    QCOMPARE(contents(m_path), QByteArray("old"));
    QCOMPARE(names_in(m_folder->path()).size(), 1);
}

void TestFilesFaults::aSignalThatIsIgnoredStaysIgnored() {
    const pid_t child = fork();
    if (child == 0) {
        std::signal(SIGHUP, SIG_IGN);  // as nohup does
        prepare_process();
        raise(SIGHUP);
        raise(SIGPIPE);
        raise(SIGXFSZ);
        _exit(7);
    }
    int code = 0;
    QCOMPARE(waitpid(child, &code, 0), child);
    QVERIFY(WIFEXITED(code) && WEXITSTATUS(code) == 7);
}

void TestFilesFaults::settingsAreKeptWhole() {
    const QString theme = QStringLiteral("theme");
    const QString deep = m_folder->filePath(QStringLiteral("not/yet/there.json"));
    QVERIFY(!Settings(deep).keep(theme, 2));
    QCOMPARE(Settings(deep).value(theme, 0), QJsonValue(2));
    QCOMPARE(Settings(deep).value(theme, QString()), QJsonValue(QString()));
    QVERIFY((QFile(deep).permissions() & (QFile::ReadGroup | QFile::ReadOther)) == 0);
    // Two windows keep different things.
    Settings one(deep);
    Settings two(deep);
    QVERIFY(!one.keep(QStringLiteral("one"), 1) && !two.keep(QStringLiteral("two"), 2));
    QCOMPARE(Settings(deep).value(QStringLiteral("one"), 0), QJsonValue(1));
    // What makes no sense is as good as nothing, and does not last.
    for (const char* nonsense : {"", "{", "[1, 2]", "[General]\ntheme=1\n", "\xff\xfe"}) {
        QVERIFY(write_file(deep, nonsense));
        QCOMPARE(Settings(deep).value(theme, 0), QJsonValue(0));
        QVERIFY(!Settings(deep).keep(theme, 1));
        QCOMPARE(Settings(deep).value(theme, 0), QJsonValue(1));
    }

    int faults = 0;
    Settings settings(m_path);
    const QString wrong = support::complaint_about_faults(
        m_path, [&] { return !settings.keep(theme, 1); }, faults);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    qInfo("%d faults", faults);
}

void TestFilesFaults::settingsThatAreNoFileAreLeftAlone() {
    for (const support::Thing& thing : support::things) {
        const QString there = support::make_thing(thing, m_folder->path(), {});
        Settings settings(there);
        QCOMPARE(settings.value(QStringLiteral("theme"), 1), QJsonValue(1));
        const auto problem = settings.keep(QStringLiteral("theme"), 2);
        QVERIFY(problem.has_value());
        QCOMPARE(problem->text, std::string(thing.reason));
        QVERIFY(!QFileInfo(there).isFile());
    }
    QFile huge(m_path);
    QVERIFY(huge.open(QIODevice::WriteOnly) && huge.resize(qint64{1} << 40));
    QVERIFY(Settings(m_path).keep(QStringLiteral("theme"), 2).has_value());
    QCOMPARE(huge.size(), qint64{1} << 40);
}

QTEST_GUILESS_MAIN(TestFilesFaults)
#include "tst_files_faults.moc"
