// SPDX-License-Identifier: MIT
// Files by the system's own calls. QSaveFile (of Qt 6.4) commits although its last bytes could not
// be written.
#include "ui/files/file_bytes.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include <QCoreApplication>
#include <QFile>
#include <QRandomGenerator>

#include "ui/files/operations.h"
#include "ui/files/reasons.h"
#include "ui/files/unfinished.h"

namespace ui::files {

namespace {

using engine::Error;
using engine::ErrorCode;
using engine::Result;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::files::file_bytes)
};

Error cannot_read(const QString& name, const QString& reason) {
    return {.code = ErrorCode::cannot_read,
            .subject = name.toStdString(),
            .text = reason.toStdString()};
}
Error cannot_write(const QString& name, const QString& reason) {
    return {.code = ErrorCode::cannot_write,
            .subject = name.toStdString(),
            .text = reason.toStdString()};
}

/// An open file, closed at the end of its life.
class Descriptor {
public:
    Descriptor(const std::string& path, int flags, mode_t mode = 0) {
        do m_number = operations.open(path.c_str(), flags | O_CLOEXEC, mode);
        while (m_number < 0 && errno == EINTR);
    }
    ~Descriptor() { (void)close(); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    bool is_open() const { return m_number >= 0; }
    int number() const { return m_number; }
    /// Some file systems only now tell that bytes were lost.
    int close() { return is_open() ? operations.close(std::exchange(m_number, -1)) : 0; }

private:
    int m_number = -1;
};

/// Whether a call that returned -1 is not worth repeating. A pipe may be set never to wait; then
/// this does.
bool has_failed(int file, short event) {
    if (errno == EINTR) return false;
    if (errno != EAGAIN) return true;
    pollfd wait{file, event, 0};
    return poll(&wait, 1, -1) < 0 && errno != EINTR;
}

/// 0 or errno.
int write_all(int file, const QByteArray& bytes) {
    for (qsizetype done = 0; done < bytes.size();) {
        const ssize_t more = operations.write(file, bytes.constData() + done,
                                              static_cast<std::size_t>(bytes.size() - done));
        if (more > 0)
            done += more;
        else if (more == 0)
            return ENOSPC;
        else if (has_failed(file, POLLOUT))
            return errno;
    }
    return 0;
}

/// 0 or errno. Where a file system cannot do it, nobody can do more.
int sync(int file) {
    while (operations.sync(file) != 0)
        if (errno != EINTR)
            return errno == EINVAL || errno == ENOTSUP || errno == ENOSYS ? 0 : errno;
    return 0;
}

std::string system_name(const QString& path) { return QFile::encodeName(path).toStdString(); }

/// The system would take a name to end at a zero.
bool is_no_name(const QString& path) { return path.isEmpty() || path.contains(QChar(u'\0')); }

bool may_write(const std::string& path) {
    return faccessat(AT_FDCWD, path.c_str(), W_OK, AT_EACCESS) == 0;
}

/// Why nothing can be put into a folder, from errno.
QString folder_reason(int error) {
    return error == EACCES || error == EPERM ? Words::tr("its folder may not be written to")
                                             : reason_of(error, Access::write);
}

/// Where a file will stand: behind every symbolic link, also one that leads to nothing yet.
struct Place {
    std::string path;
    std::string folder;
    std::optional<struct stat> old;  ///< what stands there
};

Result<Place> place_of(const QString& path) {
    const auto refused = [&](int error) {
        return cannot_write(path, reason_of(error, Access::write));
    };
    if (is_no_name(path)) return refused(EINVAL);
    std::filesystem::path name = system_name(path);
    constexpr int most_links = 40;  // as Linux has it
    std::error_code no_link;
    for (int links = 0;; ++links) {
        const std::filesystem::path target = std::filesystem::read_symlink(name, no_link);
        if (no_link) break;
        if (links == most_links) return refused(ELOOP);
        name = name.parent_path() / target;
    }

    Place place{name, name.parent_path(), {}};
    if (place.folder.empty()) place.folder.push_back('.');
    struct stat old {};
    if (stat(place.path.c_str(), &old) == 0) {
        if (const auto reason = refused_kind(old.st_mode)) return cannot_write(path, *reason);
        if (!may_write(place.path)) return refused(errno);
        place.old = old;
    } else if (errno != ENOENT) {
        return refused(errno);
    }
    if (!may_write(place.folder)) return cannot_write(path, folder_reason(errno));
    return place;
}

/// In the same folder, since a file can only be renamed within its file system; not the file's own
/// name with something behind it, which may become too long.
std::string temporary_name(const Place& place) {
    return (std::filesystem::path(place.folder) /
            (".stridescope-" + std::to_string(QRandomGenerator::system()->generate64())))
        .string();
}

/// Puts the bytes in the old file's place, in the order in which nothing can be lost. Nothing, or
/// the reason.
std::optional<QString> replace(const Place& place, const QByteArray& bytes, mode_t permissions) {
    const auto failed = [](int error) { return reason_of(error, Access::write); };
    // Opened first, since what fails by now fails without harm. Where a folder may be written but
    // not read, it cannot be brought to the disk on its own.
    const Descriptor folder(place.folder, O_RDONLY | O_DIRECTORY);
    if (!folder.is_open() && errno != EACCES) return failed(errno);

    Unfinished temporary(temporary_name(place));
    constexpr mode_t mine_alone = 0600;
    Descriptor file(temporary.path(), O_WRONLY | O_CREAT | O_EXCL,
                    place.old ? mine_alone : permissions);
    if (!file.is_open()) {
        const int error = errno;
        if (error == EEXIST) temporary.keep();  // not ours
        return folder_reason(error);
    }
    if (place.old) {
        // As far as the system lets us give a file away, and never open to more people than the old
        // one: what its group might do is not for another group.
        constexpr uid_t as_it_is = static_cast<uid_t>(-1);
        const bool same_group = fchown(file.number(), place.old->st_uid, place.old->st_gid) == 0 ||
                                fchown(file.number(), as_it_is, place.old->st_gid) == 0;
        (void)fchmod(file.number(), place.old->st_mode & (same_group ? 0777 : 0707));
    }
    if (const int error = write_all(file.number(), bytes)) return failed(error);
    if (const int error = sync(file.number())) return failed(error);
    if (file.close() != 0 && errno != EINTR) return failed(errno);
    if (operations.rename(temporary.path(), place.path.c_str()) != 0) return failed(errno);
    temporary.keep();
    if (const int error = folder.is_open() ? sync(folder.number()) : 0) return failed(error);
    return std::nullopt;
}

/// Why a thing that is no plain file is not read, with what was probably meant.
std::optional<QString> refused_to_read(const struct stat& thing) {
    auto reason = refused_kind(thing.st_mode);
    struct stat input {};
    if (reason && fstat(STDIN_FILENO, &input) == 0 && input.st_dev == thing.st_dev &&
        input.st_ino == thing.st_ino)
        return Words::tr("%1; give - for standard input").arg(*reason);
    return reason;
}

Result<QByteArray> read_all(int file, const QString& name, qint64 most) {
    const auto too_long = [most](qint64 size) {
        return Error{.code = ErrorCode::too_large,
                     .subject = "byte count",
                     .given = {size},
                     .limit = {most}};
    };
    struct stat status {};
    const bool has_size = fstat(file, &status) == 0 && S_ISREG(status.st_mode);
    if (has_size && status.st_size > most) return too_long(status.st_size);

    // Piece by piece: what is read may have no size to be trusted.
    QByteArray piece(qsizetype{1} << 20, Qt::Uninitialized);
    QByteArray bytes;
    if (has_size) bytes.reserve(status.st_size);
    while (bytes.size() <= most) {
        const ssize_t more =
            operations.read(file, piece.data(), static_cast<std::size_t>(piece.size()));
        if (more == 0) return bytes;
        if (more > 0)
            bytes.append(piece.constData(), more);
        else if (has_failed(file, POLLIN))
            return cannot_read(name, reason_of(errno, Access::read));
    }
    return too_long(bytes.size());
}

}  // namespace

Result<QByteArray> read_file(const QString& path, qint64 most) {
    if (path == QStringLiteral("-"))
        return read_all(STDIN_FILENO, Words::tr("The standard input"), most);
    const auto refused = [&](int error) {
        return cannot_read(path, reason_of(error, Access::read));
    };
    if (is_no_name(path)) return refused(EINVAL);
    // Looked at before it is opened, which some devices take for an order; and again when it is
    // open, since it may have become another. A pipe that nobody writes to is opened without
    // waiting.
    struct stat status {};
    const std::string name = system_name(path);
    if (stat(name.c_str(), &status) != 0) return refused(errno);
    if (const auto reason = refused_to_read(status)) return cannot_read(path, *reason);
    const Descriptor file(name, O_RDONLY | O_NONBLOCK | O_NOCTTY);
    if (!file.is_open() || fstat(file.number(), &status) != 0) return refused(errno);
    if (const auto reason = refused_to_read(status)) return cannot_read(path, *reason);
    return read_all(file.number(), path, most);
}

QByteArray read_resource(const QString& name) {
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

std::optional<Error> refusal_to_write(const QString& path) {
    const Result<Place> place = place_of(path);
    return place ? std::nullopt : std::optional(place.error());
}

Result<QString> write_file(const QString& path, const QByteArray& bytes, NewFile permissions) {
    const Result<Place> place = place_of(path);
    if (!place) return place.error();
    if (const auto reason = replace(*place, bytes, static_cast<mode_t>(permissions)))
        return cannot_write(path, *reason);
    return path;
}

std::optional<Error> write_output(const QByteArray& bytes) {
    int error = write_all(STDOUT_FILENO, bytes);
    // A file on another machine may only tell when it is closed, and standard output itself stays
    // open.
    if (error == 0)
        if (const int copy = dup(STDOUT_FILENO); copy >= 0 && operations.close(copy) != 0)
            error = errno;
    if (error == 0) return std::nullopt;
    return cannot_write(Words::tr("The standard output"), reason_of(error, Access::write));
}

}  // namespace ui::files
