// SPDX-License-Identifier: MIT
// Written into a folder of their own first, from which they are moved when all are whole.
#include "ui/files/folder_bytes.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include <QCoreApplication>
#include <QFile>
#include <QRandomGenerator>

#include "ui/files/file_bytes.h"
#include "ui/files/operations.h"
#include "ui/files/reasons.h"
#include "ui/files/unfinished.h"

namespace ui::files {

namespace {

using engine::Error;
using engine::ErrorCode;
using engine::Result;
using Path = std::filesystem::path;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::files::folder_bytes)
};

Error cannot_write(const QString& name, const QString& reason) {
    return {.code = ErrorCode::cannot_write,
            .subject = name.toStdString(),
            .text = reason.toStdString()};
}
Error cannot_write(const QString& name, int error) {
    return cannot_write(name, reason_of(error, Access::write));
}

Path system_path(const QString& name) { return QFile::encodeName(name).toStdString(); }

/// Without the slash at its end, which would name a folder that must be there.
Path folder_of(const QString& path) {
    QString name = path;
    while (name.size() > 1 && name.endsWith(u'/')) name.chop(1);
    return system_path(name);
}

bool is_there(const Path& path) {
    struct stat status {};
    return lstat(path.c_str(), &status) == 0;
}

/// A folder that is removed at the end of its life, with what is in it.
class Workshop {
public:
    explicit Workshop(const Path& beside)
        : m_unfinished((beside / (".stridescope-" +
                                  std::to_string(QRandomGenerator::system()->generate64())))
                           .string(),
                       Unfinished::Kind::folder) {
        m_error = mkdir(m_unfinished.path(), 0777) == 0 ? 0 : errno;
        if (m_error == EEXIST) m_unfinished.keep();  // not ours
    }
    int error() const { return m_error; }
    Path path() const { return m_unfinished.path(); }
    /// It is not removed any more.
    void keep() { m_unfinished.keep(); }

private:
    Unfinished m_unfinished;
    int m_error = 0;
};

/// Files that go to their places; back again unless told that all are there.
class Moves {
public:
    ~Moves() {
        if (m_is_done) return;
        for (auto move = m_made.rbegin(); move != m_made.rend(); ++move)
            (void)::rename(move->second.c_str(), move->first.c_str());
    }
    Moves() = default;
    Moves(const Moves&) = delete;
    Moves& operator=(const Moves&) = delete;

    bool make(const Path& from, const Path& to) {
        if (operations.rename(from.c_str(), to.c_str()) != 0) return false;
        m_made.emplace_back(from, to);
        return true;
    }
    void finish() { m_is_done = true; }

private:
    std::vector<std::pair<Path, Path>> m_made;
    bool m_is_done = false;
};

}  // namespace

std::optional<Error> refusal_to_write_folder(const QString& path, const QStringList& names,
                                             OldFiles old) {
    if (path.isEmpty() || path.contains(QChar(u'\0'))) return cannot_write(path, EINVAL);
    const Path folder = folder_of(path);
    struct stat status {};
    if (stat(folder.c_str(), &status) != 0) {
        if (errno != ENOENT) return cannot_write(path, errno);
        const Path parent = folder.has_parent_path() ? folder.parent_path() : Path(".");
        if (access(parent.c_str(), W_OK) != 0) return cannot_write(path, errno);
        return std::nullopt;
    }
    if (!S_ISDIR(status.st_mode)) return cannot_write(path, Words::tr("it is no folder"));
    if (access(folder.c_str(), W_OK) != 0) return cannot_write(path, errno);
    for (const QString& name : names) {
        const Path file = folder / system_path(name);
        if (!is_there(file)) continue;
        if (old == OldFiles::keep)
            return cannot_write(path, Words::tr("there is a file %1 in it already").arg(name));
        if (stat(file.c_str(), &status) == 0 && S_ISDIR(status.st_mode))
            return cannot_write(path, Words::tr("%1 in it is a folder").arg(name));
    }
    return std::nullopt;
}

Result<QString> write_folder(const QString& path, const std::vector<NamedBytes>& files,
                             OldFiles old) {
    QStringList names;
    for (const NamedBytes& file : files) names << file.name;
    if (const auto refusal = refusal_to_write_folder(path, names, old)) return *refusal;
    const Path folder = folder_of(path);
    const bool is_new = !is_there(folder);
    const Path parent = folder.has_parent_path() ? folder.parent_path() : Path(".");

    // A new folder is made beside its place; into one that is there, its own files are moved.
    Workshop made(is_new ? parent : folder);
    if (made.error() != 0) return cannot_write(path, made.error());
    for (const NamedBytes& file : files) {
        const QString place = QFile::decodeName(made.path().c_str()) + QLatin1Char('/') + file.name;
        const auto written = write_file(place, file.bytes);
        if (!written) {
            Error error = written.error();
            error.subject = path.toStdString();
            return error;
        }
    }
    if (is_new) {
        if (operations.rename(made.path().c_str(), folder.c_str()) != 0)
            return cannot_write(path, errno);
        made.keep();
        return path;
    }
    const Path away = made.path() / "old";
    if (mkdir(away.c_str(), 0777) != 0) return cannot_write(path, errno);
    made.keep();  // from now on somebody's old files may be in it
    const int error = [&] {
        Moves moves;
        for (const QString& name : names) {
            const Path file = system_path(name);
            if ((is_there(folder / file) && !moves.make(folder / file, away / file)) ||
                !moves.make(made.path() / file, folder / file))
                return errno;
        }
        moves.finish();
        return 0;
    }();
    // What is left of ours. Old files that could not be brought back stay where they are.
    for (const QString& name : names)
        (void)unlink(((error == 0 ? away : made.path()) / system_path(name)).c_str());
    (void)rmdir(away.c_str());
    (void)rmdir(made.path().c_str());
    if (error != 0) return cannot_write(path, error);
    return path;
}

}  // namespace ui::files
