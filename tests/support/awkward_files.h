// SPDX-License-Identifier: MIT
// Files as they are on a bad day: pipes nobody writes to, devices, sockets, and disks that are
// full.
#pragma once

#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstring>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

namespace support {

[[nodiscard]] inline bool make_pipe(const QString& path) {
    return mkfifo(QFile::encodeName(path).constData(), 0600) == 0;
}

[[nodiscard]] inline bool make_socket(const QString& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const QByteArray name = QFile::encodeName(path);
    if (name.size() >= static_cast<qsizetype>(sizeof address.sun_path)) return false;
    std::memcpy(address.sun_path, name.constData(), static_cast<std::size_t>(name.size()));
    const int file = socket(AF_UNIX, SOCK_STREAM, 0);
    const bool made = bind(file, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    close(file);
    return made;
}

/// A thing that is no file, and what is said of it.
struct Thing {
    const char* name;
    const char* reason;
};
inline constexpr std::array things{Thing{"folder", "it is a folder"}, Thing{"pipe", "it is a pipe"},
                                   Thing{"socket", "it is a socket"},
                                   Thing{"device", "it is a device"}};

/// Puts a thing under its own name (and an ending) into a folder.
inline QString make_thing(const Thing& thing, const QString& folder, const QString& ending) {
    const QString name = QString::fromLatin1(thing.name);
    const QString path = folder + u'/' + name + ending;
    const bool made = name == u"folder"   ? QDir().mkdir(path)
                      : name == u"pipe"   ? make_pipe(path)
                      : name == u"socket" ? make_socket(path)
                                          : QFile::link(QStringLiteral("/dev/zero"), path);
    if (!made) qFatal("cannot make %s", qPrintable(path));
    return path;
}

/// A file descriptor put in the place of another while this lives.
class InPlaceOf {
public:
    InPlaceOf(int place, int file) : m_place(place), m_before(dup(place)) { dup2(file, place); }
    ~InPlaceOf() {
        dup2(m_before, m_place);
        close(m_before);
    }
    InPlaceOf(const InPlaceOf&) = delete;
    InPlaceOf& operator=(const InPlaceOf&) = delete;

private:
    int m_place;
    int m_before;
};

/// While it lives, no file of this process grows beyond `most` bytes.
class SizeLimit {
public:
    explicit SizeLimit(rlim_t most) : m_handler(std::signal(SIGXFSZ, SIG_IGN)) {
        getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit full{most, m_before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &full);
    }
    ~SizeLimit() {
        setrlimit(RLIMIT_FSIZE, &m_before);
        std::signal(SIGXFSZ, m_handler);
    }
    SizeLimit(const SizeLimit&) = delete;
    SizeLimit& operator=(const SizeLimit&) = delete;

private:
    void (*m_handler)(int);
    rlimit m_before{};
};

/// A disk of its own, as large as asked for, that this process and its children see. Only root may
/// have one.
class SmallDisk {
public:
    explicit SmallDisk(const char* size) {
        const QByteArray options = QByteArray("size=") + size;
        m_mounted = alone && mount("tmpfs", QFile::encodeName(path()).constData(), "tmpfs", 0,
                                   options.constData()) == 0;
    }
    ~SmallDisk() {
        if (m_mounted) umount2(QFile::encodeName(path()).constData(), MNT_DETACH);
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;

    bool is_there() const { return m_mounted; }
    QString path() const { return m_folder.path(); }
    QString file(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }

    /// Fills it up, but for so many pages of 4096 bytes.
    void fill(int free_pages) {
        QFile filler(file(filler_name));
        if (!filler.open(QIODevice::WriteOnly | QIODevice::Unbuffered)) return;
        while (filler.write(QByteArray(4096, 'x')) == 4096) {
        }
        filler.resize(std::max<qint64>(0, filler.size() / 4096 - free_pages) * 4096);
    }
    /// The names of what lies on it, without what fills it up.
    QStringList files() const {
        QStringList names = QDir(path()).entryList(QDir::Files | QDir::Hidden | QDir::System);
        names.removeAll(QString::fromLatin1(filler_name));
        return names;
    }

private:
    /// In a namespace of its own the disk goes when the process does, however it ends. Before the
    /// first thread: one made earlier would not see the disk, and write beside it.
    inline static const bool alone =
        unshare(CLONE_NEWNS) == 0 &&
        mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
    static constexpr const char* filler_name = "filler";
    QTemporaryDir m_folder;
    bool m_mounted = false;
};

}  // namespace support
