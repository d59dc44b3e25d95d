// SPDX-License-Identifier: MIT
#include "ui/files/reasons.h"

#include <sys/stat.h>

#include <array>
#include <cerrno>

#include <QCoreApplication>

namespace ui::files {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::files::reasons)
};

struct Reason {
    int error;
    const char* words;
    const char* when_writing = nullptr;  ///< where it is another thing that is missing
};

constexpr std::array reasons{
    Reason{EACCES, QT_TRANSLATE_NOOP("ui::files::reasons", "there is no permission to read it"),
           QT_TRANSLATE_NOOP("ui::files::reasons", "there is no permission to write it")},
    Reason{EPERM, QT_TRANSLATE_NOOP("ui::files::reasons", "there is no permission to read it"),
           QT_TRANSLATE_NOOP("ui::files::reasons", "there is no permission to write it")},
    Reason{ENOENT, QT_TRANSLATE_NOOP("ui::files::reasons", "there is no such file"),
           QT_TRANSLATE_NOOP("ui::files::reasons", "there is no such folder")},
    Reason{ENOTDIR, QT_TRANSLATE_NOOP("ui::files::reasons", "a part of its path is no folder")},
    Reason{EISDIR, QT_TRANSLATE_NOOP("ui::files::reasons", "it is a folder")},
    Reason{ENAMETOOLONG, QT_TRANSLATE_NOOP("ui::files::reasons", "its name is too long")},
    Reason{EINVAL, QT_TRANSLATE_NOOP("ui::files::reasons", "the system refuses such a name")},
    Reason{EILSEQ, QT_TRANSLATE_NOOP("ui::files::reasons", "the system refuses such a name")},
    Reason{ELOOP, QT_TRANSLATE_NOOP("ui::files::reasons", "its links lead in a circle")},
    Reason{ENOSPC, QT_TRANSLATE_NOOP("ui::files::reasons", "the disk is full")},
    Reason{EDQUOT, QT_TRANSLATE_NOOP("ui::files::reasons", "the disk quota is used up")},
    Reason{EFBIG,
           QT_TRANSLATE_NOOP("ui::files::reasons", "it would be larger than files may be here")},
    Reason{EROFS, QT_TRANSLATE_NOOP("ui::files::reasons", "the disk can only be read")},
    Reason{EIO, QT_TRANSLATE_NOOP("ui::files::reasons", "the disk reports an error")},
    Reason{EMFILE, QT_TRANSLATE_NOOP("ui::files::reasons", "too many files are open")},
    Reason{ENFILE, QT_TRANSLATE_NOOP("ui::files::reasons", "too many files are open")},
    Reason{ENOMEM, QT_TRANSLATE_NOOP("ui::files::reasons", "the memory is full")},
    Reason{EBUSY, QT_TRANSLATE_NOOP("ui::files::reasons", "the system is using it")},
    Reason{ETXTBSY, QT_TRANSLATE_NOOP("ui::files::reasons", "the system is using it")},
    Reason{ENXIO, QT_TRANSLATE_NOOP("ui::files::reasons", "its device is not there")},
    Reason{ENODEV, QT_TRANSLATE_NOOP("ui::files::reasons", "its device is not there")},
    Reason{ESTALE, QT_TRANSLATE_NOOP("ui::files::reasons", "the network drive is gone")},
    Reason{ETIMEDOUT, QT_TRANSLATE_NOOP("ui::files::reasons", "the network drive is gone")},
    Reason{EHOSTUNREACH, QT_TRANSLATE_NOOP("ui::files::reasons", "the network drive is gone")},
    Reason{EBADF, QT_TRANSLATE_NOOP("ui::files::reasons", "it is closed")},
    Reason{EPIPE, QT_TRANSLATE_NOOP("ui::files::reasons", "nobody reads on")},
};

struct Kind {
    mode_t type;
    const char* words;
};

constexpr std::array kinds{
    Kind{S_IFDIR, QT_TRANSLATE_NOOP("ui::files::reasons", "it is a folder")},
    Kind{S_IFIFO, QT_TRANSLATE_NOOP("ui::files::reasons", "it is a pipe")},
    Kind{S_IFSOCK, QT_TRANSLATE_NOOP("ui::files::reasons", "it is a socket")},
    Kind{S_IFCHR, QT_TRANSLATE_NOOP("ui::files::reasons", "it is a device")},
    Kind{S_IFBLK, QT_TRANSLATE_NOOP("ui::files::reasons", "it is a device")},
};

}  // namespace

QString reason_of(int error, Access access) {
    for (const Reason& reason : reasons)
        if (reason.error == error)
            return Words::tr(access == Access::write && reason.when_writing ? reason.when_writing
                                                                            : reason.words);
    return qt_error_string(error);
}

std::optional<QString> refused_kind(mode_t mode) {
    for (const Kind& kind : kinds)
        if ((mode & S_IFMT) == kind.type) return Words::tr(kind.words);
    return std::nullopt;
}

}  // namespace ui::files
