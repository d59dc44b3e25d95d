// SPDX-License-Identifier: MIT
#include "ui/files/nameless_file.h"

#include <sys/mman.h>
#include <unistd.h>

#include "ui/files/file_bytes.h"

namespace ui::files {

NamelessFile::NamelessFile() : m_file(memfd_create("stridescope", MFD_CLOEXEC)) {}

NamelessFile::~NamelessFile() {
    if (is_open()) close(m_file);
}

QString NamelessFile::path() const {
    return QStringLiteral("/proc/%1/fd/%2").arg(getpid()).arg(m_file);
}

engine::Result<QByteArray> NamelessFile::bytes(qint64 most) const {
    return read_file(path(), most);
}

}  // namespace ui::files
