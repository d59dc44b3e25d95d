// SPDX-License-Identifier: MIT
// A handler of signals may neither lock nor allocate: names stand in an array of fixed size.
#include "ui/files/unfinished.h"

#include <fcntl.h>
#include <limits.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstring>

namespace ui::files {

struct Unfinished::Slot {
    enum State { free, taken, named };
    std::atomic<int> state = free;
    char path[PATH_MAX];  ///< to be trusted in the state `named`
    Kind kind;            ///< … as this is

    // A command writes as many pictures at once as there are cores.
    static std::array<Slot, 64> all;
};
static_assert(std::atomic<int>::is_always_lock_free);

std::array<Unfinished::Slot, 64> Unfinished::Slot::all;

Unfinished::Slot* Unfinished::slot_for(const std::string& path, Kind kind) {
    if (path.size() >= PATH_MAX) return nullptr;  // the system will refuse it, too
    for (Slot& slot : Slot::all) {
        int expected = Slot::free;
        if (!slot.state.compare_exchange_strong(expected, Slot::taken)) continue;
        std::memcpy(slot.path, path.c_str(), path.size() + 1);
        slot.kind = kind;
        slot.state = Slot::named;
        return &slot;
    }
    return nullptr;
}

namespace {

/// The files of a folder, by the system's own calls: opendir allocates.
void empty_folder(int folder) {
    alignas(8) std::array<char, 4096> entries;
    bool removed = true;
    while (removed && lseek(folder, 0, SEEK_SET) == 0) {
        removed = false;
        long size = 0;
        while ((size = syscall(SYS_getdents64, folder, entries.data(), entries.size())) > 0) {
            for (long at = 0; at < size;) {
                // As linux/dirent.h has it: number, offset, size of the entry, kind, name.
                const char* entry = entries.data() + at;
                unsigned short length = 0;
                std::memcpy(&length, entry + 16, sizeof length);
                removed = unlinkat(folder, entry + 19, 0) == 0 || removed;
                at += length;
            }
        }
    }
}

}  // namespace

void Unfinished::remove(const char* path, Kind kind) {
    if (kind == Kind::file) {
        ::unlink(path);
        return;
    }
    const int folder = ::open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (folder >= 0) {
        empty_folder(folder);
        ::close(folder);
    }
    ::rmdir(path);
}

Unfinished::Unfinished(std::string path, Kind kind)
    : m_path(std::move(path)), m_kind(kind), m_slot(slot_for(m_path, kind)) {}

Unfinished::~Unfinished() {
    if (!m_kept) remove(path(), m_kind);
    if (m_slot) m_slot->state = Slot::free;
}

void remove_unfinished() {
    for (const Unfinished::Slot& slot : Unfinished::Slot::all)
        if (slot.state == Unfinished::Slot::named) Unfinished::remove(slot.path, slot.kind);
}

}  // namespace ui::files
