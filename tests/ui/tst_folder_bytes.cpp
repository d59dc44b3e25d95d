// SPDX-License-Identifier: MIT
// Several files into one folder: all or none, whatever the system refuses, and nothing else is
// touched.
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QMap>
#include <QTemporaryDir>
#include <QTest>

#include "tests/support/write_faults.h"
#include "ui/files/folder_bytes.h"
#include "ui/files/unfinished.h"

using namespace ui::files;
using support::Fault;
using support::Faulty;

namespace {

const std::vector<NamedBytes> frames{{QStringLiteral("frame_1"), QByteArray(5000, '1')},
                                     {QStringLiteral("frame_2"), QByteArray(200, '2')},
                                     {QStringLiteral("list"), "frame_1 frame_2"}};

using Files = QMap<QString, QByteArray>;

Files all_in(const QString& folder) {
    Files all;
    QDirIterator names(folder,
                       QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot,
                       QDirIterator::Subdirectories);
    while (names.hasNext()) {
        QFile file(names.next());
        all[file.fileName()] = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    return all;
}

void put(const QString& path, const QByteArray& bytes) {
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
}

}  // namespace

class TestFolderBytes : public QObject {
    Q_OBJECT

private slots:
    void init() {
        m_home = std::make_unique<QTemporaryDir>();
        m_folder = m_home->filePath(QStringLiteral("frames/"));
    }

    void a_new_folder_holds_them_all() {
        QCOMPARE(write_folder(m_folder, frames, OldFiles::keep).value(), m_folder);
        const Files all = all_in(m_home->path());
        QCOMPARE(all.size(), 4);
        for (const NamedBytes& file : frames) QCOMPARE(all[m_folder + file.name], file.bytes);
    }

    void what_is_there_is_kept_unless_told() {
        QVERIFY(QDir().mkpath(m_folder));
        put(m_folder + "list", "mine");
        put(m_folder + "another", "mine, too");
        const Files before = all_in(m_home->path());
        const auto refused = write_folder(m_folder, frames, OldFiles::keep);
        QVERIFY(!refused.has_value());
        QCOMPARE(refused.error().code, engine::ErrorCode::cannot_write);
        QVERIFY(refused.error().text.find("list") != std::string::npos);
        QVERIFY(all_in(m_home->path()) == before);
        QVERIFY(write_folder(m_folder, frames, OldFiles::replace).has_value());
        const Files all = all_in(m_home->path());
        QCOMPARE(all.size(), 5);
        QCOMPARE(all[m_folder + "list"], frames[2].bytes);
        QCOMPARE(all[m_folder + "another"], QByteArray("mine, too"));
    }

    void what_is_no_place_for_a_folder_is_refused() {
        const auto refused = [&](const QString& path) {
            const auto before = refusal_to_write_folder(path, {}, OldFiles::replace);
            return before && !write_folder(path, frames, OldFiles::replace).has_value();
        };
        put(m_home->filePath(QStringLiteral("file")), "a file");
        const Files before = all_in(m_home->path());
        QVERIFY(refused(QString()));
        QVERIFY(refused(m_home->filePath(QStringLiteral("file/"))));
        QVERIFY(refused(m_home->filePath(QStringLiteral("missing/frames/"))));
        QVERIFY(QDir().mkpath(m_folder + "frame_2"));
        QVERIFY(!write_folder(m_folder, frames, OldFiles::replace).has_value());
        QVERIFY(QDir().rmpath(m_folder + "frame_2"));
        QVERIFY(all_in(m_home->path()) == before);
    }

    void every_call_may_fail() {
        int faults = 0;
        for (const bool over_old_ones : {false, true}) {
            const auto begin = [&] {
                QDir(m_folder).removeRecursively();
                if (!over_old_ones) return;
                QVERIFY(QDir().mkpath(m_folder));
                for (const char* name : {"frame_1", "list", "another"}) put(m_folder + name, "old");
            };
            const auto write = [&] {
                return write_folder(m_folder, frames, OldFiles::replace).has_value();
            };
            begin();
            const Files before = all_in(m_home->path());
            const auto made = [&] {
                const Faulty counting(Fault{});
                [&] { QVERIFY(write()); }();
                return Faulty::made();
            }();
            const Files after = all_in(m_home->path());
            QVERIFY(made[support::call_rename] >= 4);
            for (int call = 0; call < support::call_count; ++call)
                for (int nth = 1; nth <= made.at(static_cast<std::size_t>(call)); ++nth)
                    for (const int error : {ENOSPC, EIO, EACCES}) {
                        begin();
                        ++faults;
                        const bool done = [&] {
                            const Faulty faulty({static_cast<support::Call>(call), nth, error});
                            return write();
                        }();
                        QVERIFY2(all_in(m_home->path()) == (done ? after : before),
                                 qPrintable(QStringLiteral("%1 number %2")
                                                .arg(QLatin1String(support::call_names.at(
                                                    static_cast<std::size_t>(call))))
                                                .arg(nth)));
                    }
        }
        QVERIFY(faults > 100);
    }

    // As a signal that ends the program does.
    void what_is_unfinished_is_removed() {
        QVERIFY(QDir().mkpath(m_folder));
        put(m_home->filePath(QStringLiteral("another")), "mine");
        Unfinished unfinished(m_folder.chopped(1).toStdString(), Unfinished::Kind::folder);
        for (int i = 0; i < 300; ++i) put(m_folder + QString::number(i), "a frame");
        remove_unfinished();
        QCOMPARE(all_in(m_home->path()).size(), 1);
    }

private:
    std::unique_ptr<QTemporaryDir> m_home;
    QString m_folder;
};

QTEST_GUILESS_MAIN(TestFolderBytes)
#include "tst_folder_bytes.moc"
