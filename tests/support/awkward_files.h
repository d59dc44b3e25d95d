// SPDX-License-Identifier: MIT
// Files as they are on a bad day: pipes nobody writes to, and a full disk.
#pragma once

#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>

#include <QFile>

namespace support {

[[nodiscard]] inline bool make_pipe(const QString& path) {
    return mkfifo(QFile::encodeName(path).constData(), 0600) == 0;
}

/// While it lives, no file of this process grows beyond `most` bytes: writing fails as on a full disk.
class FullDisk {
public:
    explicit FullDisk(rlim_t most) : m_handler(std::signal(SIGXFSZ, SIG_IGN)) {
        getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit full{most, m_before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &full);
    }
    ~FullDisk() {
        setrlimit(RLIMIT_FSIZE, &m_before);
        std::signal(SIGXFSZ, m_handler);
    }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;

private:
    void (*m_handler)(int);
    rlimit m_before{};
};

}  // namespace support
