// SPDX-License-Identifier: MIT
// Bytes in and out: what is refused and why, where a file goes, and who may read it.
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

#include <QDir>
#include <QFile>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>

#include "tests/support/awkward_files.h"
#include "tests/support/write_faults.h"
#include "ui/files/file_bytes.h"
#include "ui/files/reasons.h"

using namespace ui::files;
using engine::Error;
using engine::ErrorCode;

namespace {

constexpr qint64 most = 1 << 20;

QByteArray contents(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

struct stat status_of(const QString& path) {
    struct stat status {};
    if (stat(QFile::encodeName(path).constData(), &status) != 0) qFatal("no %s", qPrintable(path));
    return status;
}
mode_t permissions_of(const QString& path) { return status_of(path).st_mode & 07777; }

/// Why something cannot be read or written; nothing if it can.
QString why_unread(const QString& path) {
    const auto bytes = read_file(path, most);
    if (bytes) return {};
    if (bytes.error().code != ErrorCode::cannot_read) return QStringLiteral("another code");
    return QString::fromStdString(bytes.error().text);
}
QString why_unwritten(const QString& path) {
    const auto written = write_file(path, "new");
    const auto before = refusal_to_write(path);
    if (written) return before ? QStringLiteral("refused, and written all the same") : QString();
    if (written.error().code != ErrorCode::cannot_write ||
        written.error().subject != path.toStdString())
        return QStringLiteral("another code");
    // What can be told before there are bytes is the same.
    if (before && *before != written.error()) return QStringLiteral("two reasons");
    return QString::fromStdString(written.error().text);
}

/// The user nobody while this lives, if the test is root, whom nothing is forbidden.
class AsNobody {
public:
    AsNobody() : m_was(geteuid()) { (void)!seteuid(m_was == 0 ? 65534 : m_was); }
    ~AsNobody() { (void)!seteuid(m_was); }
    AsNobody(const AsNobody&) = delete;
    AsNobody& operator=(const AsNobody&) = delete;

private:
    uid_t m_was;
};

}  // namespace

class TestFiles : public QObject {
    Q_OBJECT
private slots:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
    }
    void everyErrorHasItsWords();
    void whatIsNoFileIsRefusedAtOnce_data();
    void whatIsNoFileIsRefusedAtOnce();
    void whatBecomesAPipeMeanwhileIsRefused();
    void whatIsMissingIsNamed();
    void aLongNameIsNoHindrance();
    void linksAreFollowed();
    void permissionsStay();
    void aLockedFolderIsNotWorkedAround();
    void limitsHoldWhateverTheSize();
    void standardInputMayBeAnything();
    void standardOutputTellsOfLoss();

private:
    QString path(const char* name) const { return m_folder->filePath(QString::fromLatin1(name)); }
    QStringList names() const {
        return QDir(m_folder->path())
            .entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestFiles::everyErrorHasItsWords() {
    QCOMPARE(reason_of(ENOSPC, Access::write), QStringLiteral("the disk is full"));
    QCOMPARE(reason_of(ENOENT, Access::read), QStringLiteral("there is no such file"));
    QCOMPARE(reason_of(ENOENT, Access::write), QStringLiteral("there is no such folder"));
    for (const Access access : {Access::read, Access::write}) {
        for (int error = 1; error < 134; ++error) {
            const QString words = reason_of(error, access);
            QVERIFY2(!words.isEmpty() && words.size() < 60, qPrintable(words));
            QVERIFY2(!words.contains(QStringLiteral("nknown")) || error == 41 || error == 58,
                     qPrintable(words));
        }
        for (const int error : support::errors)
            QVERIFY2(error == EINTR || error == ENOTSUP ||
                         reason_of(error, access) != qt_error_string(error),
                     qPrintable(qt_error_string(error)));
    }
}

void TestFiles::whatIsNoFileIsRefusedAtOnce_data() {
    QTest::addColumn<int>("thing");
    for (std::size_t i = 0; i < support::things.size(); ++i)
        QTest::newRow(support::things[i].name) << static_cast<int>(i);
}
void TestFiles::whatIsNoFileIsRefusedAtOnce() {
    QFETCH(int, thing);
    const support::Thing& kind = support::things[static_cast<std::size_t>(thing)];
    const QString there = support::make_thing(kind, m_folder->path(), {});
    const QString link = path("link");
    QVERIFY(QFile::link(there, link));
    const mode_t before = status_of(there).st_mode;
    for (const QString& name : {there, link}) {
        QCOMPARE(why_unread(name), QLatin1String(kind.reason));
        QCOMPARE(why_unwritten(name), QLatin1String(kind.reason));
    }
    QCOMPARE(status_of(there).st_mode, before);
    QCOMPARE(names().size(), 2);
}

// Somebody puts a pipe there after it was looked at and before it is opened.
void TestFiles::whatBecomesAPipeMeanwhileIsRefused() {
    static QString there;
    static Operations system;
    there = path("file");
    system = operations;
    const auto as_before = qScopeGuard([] { operations = system; });
    operations.open = [](const char* name, int flags, mode_t mode) {
        if (name == QFile::encodeName(there) &&
            (!QFile::remove(there) || !support::make_pipe(there)))
            return -1;
        return system.open(name, flags, mode);
    };
    QVERIFY(write_file(there, "old"));
    QCOMPARE(why_unread(there), QStringLiteral("it is a pipe"));
}

void TestFiles::whatIsMissingIsNamed() {
    QVERIFY(write_file(path("file"), "old"));
    const auto text = [](const char* words) { return QString::fromLatin1(words); };
    QCOMPARE(why_unread(path("none")), text("there is no such file"));
    QCOMPARE(why_unread(path("none/file")), text("there is no such file"));
    QCOMPARE(why_unwritten(path("none/file")), text("there is no such folder"));
    QCOMPARE(why_unwritten(path("none/")), text("there is no such folder"));
    QCOMPARE(why_unread(path("file/file")), text("a part of its path is no folder"));
    QCOMPARE(why_unwritten(path("file/file")), text("a part of its path is no folder"));
    QCOMPARE(why_unwritten(path("file/")), text("a part of its path is no folder"));
    for (const QString& no_name :
         {QString(), path("file") + QChar(u'\0') + QStringLiteral("more")}) {
        QCOMPARE(why_unread(no_name), text("the system refuses such a name"));
        QCOMPARE(why_unwritten(no_name), text("the system refuses such a name"));
    }
    QVERIFY(QFile::link(path("round"), path("and")) && QFile::link(path("and"), path("round")));
    QCOMPARE(why_unread(path("round")), text("its links lead in a circle"));
    QCOMPARE(why_unwritten(path("round")), text("its links lead in a circle"));
    const QString long_name = path("file") + QString(252, u'x');
    QCOMPARE(why_unread(long_name), text("its name is too long"));
    QCOMPARE(why_unwritten(long_name), text("its name is too long"));
    QCOMPARE(contents(path("file")), QByteArray("old"));
    QCOMPARE(names().size(), 3);
}

// The temporary file beside it has a name of its own.
void TestFiles::aLongNameIsNoHindrance() {
    const QString long_name = path("") + u'/' + QString(255, u'x');
    QCOMPARE(why_unwritten(long_name), QString());
    QCOMPARE(contents(long_name), QByteArray("new"));
}

void TestFiles::linksAreFollowed() {
    QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral("deep")));
    QVERIFY(write_file(path("deep/file"), "old"));
    const auto link = [&](const char* to, const char* name) {
        return symlink(to, QFile::encodeName(path(name)).constData()) == 0;
    };
    QVERIFY(link("deep/file", "first") && link("first", "second"));
    QVERIFY(link("deep/new", "third") && link("../third", "deep/fourth"));
    QCOMPARE(why_unwritten(path("second")), QString());
    QCOMPARE(contents(path("deep/file")), QByteArray("new"));
    QCOMPARE(why_unwritten(path("deep/fourth")), QString());  // to where there is nothing yet
    QCOMPARE(contents(path("deep/new")), QByteArray("new"));
    for (const char* name : {"first", "second", "third", "deep/fourth"})
        QVERIFY(QFileInfo(path(name)).isSymLink());
}

void TestFiles::permissionsStay() {
    const mode_t mask = umask(022);
    QVERIFY(write_file(path("new"), "1") && write_file(path("mine"), "1", NewFile::mine_alone));
    QCOMPARE(permissions_of(path("new")), 0644U);
    QCOMPARE(permissions_of(path("mine")), 0600U);
    for (const mode_t mode : {0600U, 0640U, 0666U, 0755U}) {
        QVERIFY(chmod(qPrintable(path("new")), mode) == 0);
        QVERIFY(write_file(path("new"), "2") && write_file(path("new"), "3", NewFile::mine_alone));
        QCOMPARE(permissions_of(path("new")), mode);
    }
    if (geteuid() == 0) {
        QVERIFY(chown(qPrintable(path("new")), 65534, 65533) == 0);
        QVERIFY(write_file(path("new"), "4"));
        QCOMPARE(status_of(path("new")).st_uid, 65534U);
        QCOMPARE(status_of(path("new")).st_gid, 65533U);
    }
    if (geteuid() == 0) {
        // A group that nobody is in: what it was allowed is not allowed to another one.
        QVERIFY(chmod(qPrintable(m_folder->path()), 0777) == 0);
        QVERIFY(chown(qPrintable(path("new")), 65534, 12345) == 0);
        QVERIFY(chmod(qPrintable(path("new")), 0664) == 0);
        const AsNobody nobody;
        QVERIFY(write_file(path("new"), "5"));
        QCOMPARE(permissions_of(path("new")), 0604U);
    }
    umask(mask);
}

// It could only be overwritten in place, and might be lost halfway.
void TestFiles::aLockedFolderIsNotWorkedAround() {
    QVERIFY(write_file(path("file"), "old"));
    QVERIFY(chmod(qPrintable(path("file")), 0666) == 0);
    QVERIFY(chmod(qPrintable(m_folder->path()), 0555) == 0);
    {
        const AsNobody nobody;
        QCOMPARE(why_unwritten(path("file")), QStringLiteral("its folder may not be written to"));
        QCOMPARE(why_unwritten(path("new")), QStringLiteral("its folder may not be written to"));
    }
    // The other way round: a file that says it must not be written.
    QVERIFY(chmod(qPrintable(path("file")), 0444) == 0);
    QVERIFY(chmod(qPrintable(m_folder->path()), 0777) == 0);
    {
        const AsNobody nobody;
        QCOMPARE(why_unwritten(path("file")), QStringLiteral("there is no permission to write it"));
    }
    QVERIFY(chmod(qPrintable(path("file")), 0) == 0);
    {
        const AsNobody nobody;
        QCOMPARE(why_unread(path("file")), QStringLiteral("there is no permission to read it"));
    }
    QVERIFY(chmod(qPrintable(path("file")), 0600) == 0);
    QCOMPARE(contents(path("file")), QByteArray("old"));
    QCOMPARE(names().size(), 1);
}

void TestFiles::limitsHoldWhateverTheSize() {
    for (const int size : {0, 1, 4095, 4096, 100'000}) {
        const QByteArray bytes(size, 'b');
        QVERIFY(write_file(path("file"), bytes));
        QCOMPARE(*read_file(path("file"), size), bytes);
        const auto refused = read_file(path("file"), size - 1);
        QVERIFY(!refused);
        QCOMPARE(refused.error(), (Error{.code = ErrorCode::too_large,
                                         .subject = "byte count",
                                         .given = {size},
                                         .limit = {size - 1}}));
    }
    // What claims to be empty, and what is larger than any memory.
    QVERIFY(!read_file(QStringLiteral("/proc/self/status"), most)->isEmpty());
    QFile huge(path("huge"));
    QVERIFY(huge.open(QIODevice::WriteOnly) && huge.resize(qint64{1} << 40));
    QCOMPARE(read_file(path("huge"), most).error().given.front(), qint64{1} << 40);
    // Compiled in is another door: no path of a user leads there.
    QVERIFY(read_resource(QStringLiteral(":/none")).isEmpty());
    QCOMPARE(why_unread(QStringLiteral(":/none")), QStringLiteral("there is no such file"));
}

void TestFiles::standardInputMayBeAnything() {
    const auto input = [](int file) {
        const support::InPlaceOf place(STDIN_FILENO, file);
        return read_file(QStringLiteral("-"), most);
    };
    const auto opened = [](const QString& name, int flags) {
        return open(QFile::encodeName(name).constData(), flags);
    };
    int ends[2];
    QVERIFY(pipe(ends) == 0);
    QCOMPARE(write(ends[1], "piped", 5), ssize_t{5});
    {
        // By another name it would be a pipe as any other; what is meant is said.
        const support::InPlaceOf place(STDIN_FILENO, ends[0]);
        QCOMPARE(why_unread(QStringLiteral("/dev/stdin")),
                 QStringLiteral("it is a pipe; give - for standard input"));
    }
    // One that never waits is waited for.
    QVERIFY(fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0);
    const pid_t writer = fork();
    if (writer == 0) {
        usleep(50'000);
        _exit(write(ends[1], " late", 5) == 5 ? 0 : 1);
    }
    close(ends[1]);
    QCOMPARE(*input(ends[0]), QByteArray("piped late"));
    waitpid(writer, nullptr, 0);
    close(ends[0]);

    QVERIFY(write_file(path("file"), "from a file"));
    const int file = opened(path("file"), O_RDONLY);
    QCOMPARE(*input(file), QByteArray("from a file"));
    close(file);
    const int zeros = opened(QStringLiteral("/dev/zero"), O_RDONLY);
    QCOMPARE(input(zeros).error().code, ErrorCode::too_large);
    close(zeros);
    const int folder = opened(m_folder->path(), O_RDONLY);
    QCOMPARE(input(folder).error().text, std::string("it is a folder"));
    close(folder);
    const int wrong_way = opened(QStringLiteral("/dev/null"), O_WRONLY);
    QCOMPARE(input(wrong_way).error().subject, std::string("The standard input"));
    QCOMPARE(input(wrong_way).error().text, std::string("it is closed"));
    close(wrong_way);
}

void TestFiles::standardOutputTellsOfLoss() {
    const auto output = [](int file, const QByteArray& bytes) {
        const support::InPlaceOf place(STDOUT_FILENO, file);
        const auto error = write_output(bytes);
        return error ? QString::fromStdString(error->subject + ": " + error->text) : QString();
    };
    const int full = open("/dev/full", O_WRONLY);
    QCOMPARE(output(full, "1"), QStringLiteral("The standard output: the disk is full"));
    QCOMPARE(output(full, {}), QString());
    close(full);
    const int wrong_way = open("/dev/null", O_RDONLY);
    QCOMPARE(output(wrong_way, "1"), QStringLiteral("The standard output: it is closed"));
    close(wrong_way);
    int ends[2];
    QVERIFY(pipe(ends) == 0);
    close(ends[0]);
    const auto before = std::signal(SIGPIPE, SIG_IGN);
    QCOMPARE(output(ends[1], "1"), QStringLiteral("The standard output: nobody reads on"));
    std::signal(SIGPIPE, before);
    close(ends[1]);

    // All of it goes through a pipe that holds less and never waits.
    QVERIFY(pipe(ends) == 0);
    QVERIFY(fcntl(ends[1], F_SETFL, O_NONBLOCK) == 0);
    const QByteArray much(1'000'000, 'm');
    const pid_t reader = fork();
    if (reader == 0) {
        close(ends[1]);
        std::array<char, 5000> piece{};
        qsizetype got = 0;
        while (const ssize_t more = read(ends[0], piece.data(), piece.size())) got += more;
        _exit(got == much.size() ? 0 : 1);
    }
    close(ends[0]);
    QCOMPARE(output(ends[1], much), QString());
    close(ends[1]);
    int code = -1;
    waitpid(reader, &code, 0);
    QCOMPARE(code, 0);
}

QTEST_GUILESS_MAIN(TestFiles)
#include "tst_files.moc"
