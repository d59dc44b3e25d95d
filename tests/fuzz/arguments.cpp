// SPDX-License-Identifier: MIT
// Command lines, run in a folder of their own.
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <map>

#include <QDir>
#include <QFile>
#include <QLocale>
#include <QTemporaryDir>

#include "app/cli.h"
#include "engine/kernels/kernels.h"
#include "tests/fuzz/application.h"
#include "tests/fuzz/entry_points.h"
#include "tests/fuzz/sentence.h"
#include "ui/files/operations.h"

namespace fuzz {

namespace {

using Files = std::map<QString, QByteArray>;

const Files& given_files() {
    static const Files files{
        {QStringLiteral("a.stride"),
         R"({"stridescope": 1, "title": "<b>&amp;</b>", "layers": [{"class_name": "Conv2DTranspose",
"filters": 1, "kernel_size": 2, "strides": 2}], "input": {"shape": [2, 2, 1], "data": [1, 2, 3, 4]}})"},
        {QStringLiteral("b.stride"), R"({"stridescope": 1, "layers": []})"},
        {QStringLiteral("c.json"),
         R"({"cases": [{"id": 1, "layer": "upsampling2d", "args": {"size": 2},
"input": {"shape": [1, 1, 2, 1], "data": [1, 2]}}]})"},
        {QStringLiteral("old.png"), "a picture"},
        {QStringLiteral("old.svg"), "a picture"},
    };
    return files;
}

/// The folder that commands run in. What leads elsewhere has a slash in it.
class Folder {
public:
    Folder() {
        if (!m_folder.isValid() || !m_here.mkdir(QStringLiteral("folder.stride")) ||
            std::freopen("/dev/null", "r", stdin) == nullptr)
            std::abort();
        ui::files::operations.sync = [](int) { return 0; };  // nobody pulls the plug
        restore();
    }

    QString path() const { return m_folder.path(); }
    /// Not QDir::filePath, for which what begins with a colon is a resource.
    QString path(const QString& name) const { return path() + u'/' + name; }

    Files files() const {
        Files found;
        for (const QString& name : m_here.entryList(QDir::Files | QDir::Hidden | QDir::System)) {
            QFile file(path(name));
            if (!file.open(QIODevice::ReadOnly)) std::abort();
            found[name] = file.readAll();
        }
        return found;
    }

    void restore() const {
        const Files found = files();
        for (const auto& [name, bytes] : found)
            if (!given_files().contains(name)) QFile::remove(path(name));
        for (const auto& [name, bytes] : given_files()) {
            const auto here = found.find(name);
            if (here != found.end() && here->second == bytes) continue;
            QFile file(path(name));
            if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) std::abort();
        }
    }

private:
    QTemporaryDir m_folder;
    QDir m_here{m_folder.path()};
};

/// What a command says as long as this lives, instead of the terminal.
class Said {
public:
    Said() : m_error_before(stderr), m_write_before(ui::files::operations.write) {
        stderr = open_memstream(&m_error, &m_error_size);
        s_out.clear();
        ui::files::operations.write = [](int file, const void* bytes, size_t count) -> ssize_t {
            if (file != STDOUT_FILENO) return ::write(file, bytes, count);
            s_out.append(static_cast<const char*>(bytes), static_cast<qsizetype>(count));
            return static_cast<ssize_t>(count);
        };
    }
    ~Said() {
        std::fclose(stderr);
        stderr = m_error_before;
        std::free(m_error);
        ui::files::operations.write = m_write_before;
    }
    Said(const Said&) = delete;
    Said& operator=(const Said&) = delete;

    QByteArray out() const { return s_out; }
    QByteArray error() const {
        std::fflush(stderr);
        return {m_error, static_cast<qsizetype>(m_error_size)};
    }

private:
    inline static QByteArray s_out;
    std::FILE* m_error_before;
    decltype(ui::files::operations.write) m_write_before;
    char* m_error = nullptr;
    std::size_t m_error_size = 0;
};

QStringList arguments_of(Bytes bytes) {
    constexpr qsizetype most = 40;
    QString text = QString::fromUtf8(reinterpret_cast<const char*>(bytes.data()),
                                     static_cast<qsizetype>(bytes.size()));
    text.remove(u'/').remove(QChar(0));
    return QStringList(QStringLiteral("stridescope")) + text.split(u'\n').mid(0, most);
}

int run(const QStringList& arguments) {
    if (app::request_of(arguments) != app::Request::window) return app::run_command(arguments);
    QStringList rest = arguments;
    if (const auto code = app::take_target(rest)) return *code;
    return app::refuse_window(rest).value_or(app::done);
}

std::string complaint_about_files(int code, const Files& files) {
    if (code != app::done)
        return files == given_files() ? "" : "a command that failed left the folder changed";
    qsizetype written = 0;
    for (const auto& [name, bytes] : files) {
        const auto given = given_files().find(name);
        if (given != given_files().end() && given->second == bytes) continue;
        ++written;
        const bool picture = bytes.startsWith("\x89PNG") || bytes.startsWith("<?xml");
        if (!picture) return "written, but no picture: " + name.toStdString();
    }
    if (written > 1) return "more than one file was written";
    return files.size() < given_files().size() ? "a file is gone" : "";
}

std::string complaint_about_words(int code, const QByteArray& out, const QByteArray& error) {
    if (code == app::done) return error.isEmpty() ? "" : "done, but: " + error.toStdString();
    if (code != app::could_not && code != app::not_understood)
        return "exit code " + std::to_string(code);
    if (!out.isEmpty()) return "failed, but wrote to the standard output";
    if (error.count('\n') != 1 || !error.endsWith('\n'))
        return "not one line: " + error.toStdString();
    return complaint_about_sentence(QString::fromUtf8(error.chopped(1)));
}

}  // namespace

std::string complaint_about_arguments(Bytes bytes) {
    need_application();
    static const Folder folder;
    const QString elsewhere = QDir::currentPath();
    const std::string target = engine::active_target();
    std::string wrong;
    int code = 0;
    {
        const Said said;
        QDir::setCurrent(folder.path());
        code = run(arguments_of(bytes));
        wrong = complaint_about_words(code, said.out(), said.error());
    }
    (void)engine::force_target(target);
    QLocale::setDefault(QLocale::c());
    QDir::setCurrent(elsewhere);
    if (wrong.empty()) wrong = complaint_about_files(code, folder.files());
    folder.restore();
    return wrong;
}

}  // namespace fuzz
