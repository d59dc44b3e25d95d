// SPDX-License-Identifier: MIT
// A system that fails: any call that bytes go through, the Nth time it is made, for any reason.
#pragma once

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <functional>

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include "ui/files/operations.h"

namespace support {

enum Call { call_open, call_read, call_write, call_sync, call_close, call_rename, call_count };
inline constexpr std::array<const char*, call_count> call_names{"open", "read",  "write",
                                                                "sync", "close", "rename"};

struct Fault {
    Call call = call_count;  ///< none
    int nth = 0;             ///< from 1
    int error = 0;
    std::size_t most_at_once = SIZE_MAX;  ///< reading and writing stop short there
};

/// While it lives, ui::files meets the fault, and calls are counted.
class Faulty {
public:
    explicit Faulty(const Fault& fault) : m_before(ui::files::operations) {
        s_fault = fault;
        s_made = {};
        s_system = m_before;
        ui::files::operations = {
            .open =
                [](const char* path, int flags, mode_t mode) {
                    return fails(call_open) ? -1 : s_system.open(path, flags, mode);
                },
            .read = [](int file, void* bytes, std::size_t count) -> ssize_t {
                if (fails(call_read)) return -1;
                return s_system.read(file, bytes, std::min(count, s_fault.most_at_once));
            },
            .write = [](int file, const void* bytes, std::size_t count) -> ssize_t {
                if (fails(call_write)) return -1;
                return s_system.write(file, bytes, std::min(count, s_fault.most_at_once));
            },
            .sync = [](int file) { return fails(call_sync) ? -1 : s_system.sync(file); },
            .close =
                [](int file) {
                    const int closed =
                        s_system.close(file);  // as Linux does, whatever it then says
                    return fails(call_close) ? -1 : closed;
                },
            .rename =
                [](const char* from, const char* to) {
                    return fails(call_rename) ? -1 : s_system.rename(from, to);
                },
        };
    }
    ~Faulty() { ui::files::operations = m_before; }
    Faulty(const Faulty&) = delete;
    Faulty& operator=(const Faulty&) = delete;

    static std::array<int, call_count> made() { return s_made; }

private:
    static bool fails(Call call) {
        const bool now = ++s_made[call] == s_fault.nth && s_fault.call == call;
        if (now) errno = s_fault.error;
        return now;
    }

    inline static Fault s_fault;
    inline static std::array<int, call_count> s_made{};
    inline static ui::files::Operations s_system{};
    ui::files::Operations m_before;
};

/// What a disk may say of any call, and must not be overlooked; then what else may come in the way.
inline constexpr std::array errors{ENOSPC, EDQUOT, EFBIG,        EIO,    EROFS, EACCES,
                                   EPERM,  EMFILE, ENFILE,       ENOMEM, EBUSY, ESTALE,
                                   EINTR,  EINVAL, ENAMETOOLONG, ENOTSUP};
inline constexpr std::size_t losses = 4;

/// Runs `write`, which puts bytes into the file at `path` and returns whether it did, once for
/// every call that it makes and every error of it, over an old file and where there was none: the
/// file must be the old or the new one, whole, and alone in its folder. Returns the first
/// complaint; counts the faults.
inline QString complaint_about_faults(const QString& path, const std::function<bool()>& write,
                                      int& faults) {
    const auto contents = [&] {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    const QByteArray old("the old file");
    const auto begin = [&](bool over_an_old_one) {
        QFile::remove(path);
        QFile file(path);
        if (over_an_old_one && (!file.open(QIODevice::WriteOnly) || file.write(old) < 0))
            qFatal("the test cannot write %s", qPrintable(path));
    };

    for (const bool over_an_old_one : {true, false}) {
        begin(over_an_old_one);
        if (!write()) return QStringLiteral("fails without a fault");
        const QByteArray whole = contents();
        if (whole.isEmpty() || whole == old) return QStringLiteral("writes nothing");
        Fault fault{.most_at_once = static_cast<std::size_t>(whole.size() / 3 + 1)};
        begin(over_an_old_one);
        const auto made = [&] {
            const Faulty counting(fault);
            return write() ? Faulty::made() : std::array<int, call_count>{};
        }();
        if (made[call_write] < 3 || made[call_sync] != 2 || made[call_rename] != 1)
            return QStringLiteral("does not write, sync, rename and sync");

        const auto try_one = [&]() -> QString {
            begin(over_an_old_one);
            ++faults;
            const bool done = [&] {
                const Faulty faulty(fault);
                return write();
            }();
            // The folder is synced and closed when the new file stands; before it, the file. Others
            // were only read.
            const bool new_stands = (fault.call == call_sync || fault.call == call_close) &&
                                    fault.nth == made[fault.call];
            const bool closes_another =
                fault.call == call_close && fault.nth != made[call_close] - 1;
            const auto* lost = std::find(errors.begin(), errors.begin() + losses, fault.error);
            const bool must_fail = lost != errors.begin() + losses && !closes_another;
            const QByteArray before = over_an_old_one ? old : QByteArray();
            const QByteArray now = contents();
            const bool right = done ? now == whole : now == before || (new_stands && now == whole);
            const auto names =
                QDir(QFileInfo(path).path()).entryList(QDir::Files | QDir::Hidden | QDir::System);
            if (right && !(must_fail && done) && names.size() == (now.isEmpty() ? 0 : 1)) return {};
            return QStringLiteral("%1 number %2 of %3, error %4: %5, %6 bytes of %7, there is %8")
                .arg(QLatin1String(call_names[fault.call]))
                .arg(fault.nth)
                .arg(made[fault.call])
                .arg(fault.error)
                .arg(done ? QStringLiteral("done") : QStringLiteral("failed"))
                .arg(now.size())
                .arg(whole.size())
                .arg(names.join(u' '));
        };
        for (int call = 0; call < call_count; ++call) {
            fault.call = static_cast<Call>(call);
            for (fault.nth = 1; fault.nth <= made[fault.call]; ++fault.nth)
                for (const int error : errors) {
                    fault.error = error;
                    if (const QString wrong = try_one(); !wrong.isEmpty()) return wrong;
                }
        }
    }
    return {};
}

}  // namespace support
