// SPDX-License-Identifier: MIT
// A file that tells when somebody opens it.
#pragma once

#include <sys/inotify.h>
#include <unistd.h>

#include <QFile>
#include <QTest>

namespace support {

class WatchedFile {
public:
    explicit WatchedFile(const QString& path, const QByteArray& bytes = "bait") {
        QFile file(path);
        const bool written = file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
        file.close();
        const bool watched =
            inotify_add_watch(m_watch, QFile::encodeName(path).constData(), IN_OPEN) >= 0;
        [&] { QVERIFY(written && watched); }();
    }
    ~WatchedFile() { ::close(m_watch); }
    WatchedFile(const WatchedFile&) = delete;
    WatchedFile& operator=(const WatchedFile&) = delete;

    /// Since the last time it was asked.
    bool wasOpened() {
        char events[1024];
        bool opened = false;
        while (::read(m_watch, events, sizeof events) > 0) opened = true;
        return opened;
    }

private:
    int m_watch = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
};

}  // namespace support
