// SPDX-License-Identifier: MIT
// A handler of signals may neither lock nor allocate: names stand in an array of fixed size.
#include "ui/files/unfinished.h"

#include <limits.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstring>

namespace ui::files {

struct Unfinished::Slot {
    enum State { free, taken, named };
    std::atomic<int> state = free;
    char path[PATH_MAX];  ///< to be trusted in the state `named`

    // A command writes as many pictures at once as there are cores.
    static std::array<Slot, 64> all;
};
static_assert(std::atomic<int>::is_always_lock_free);

std::array<Unfinished::Slot, 64> Unfinished::Slot::all;

Unfinished::Slot* Unfinished::slot_for(const std::string& path) {
    if (path.size() >= PATH_MAX) return nullptr;  // the system will refuse it, too
    for (Slot& slot : Slot::all) {
        int expected = Slot::free;
        if (!slot.state.compare_exchange_strong(expected, Slot::taken)) continue;
        std::memcpy(slot.path, path.c_str(), path.size() + 1);
        slot.state = Slot::named;
        return &slot;
    }
    return nullptr;
}

Unfinished::Unfinished(std::string path) : m_path(std::move(path)), m_slot(slot_for(m_path)) {}

Unfinished::~Unfinished() {
    if (!m_kept) ::unlink(path());
    if (m_slot) m_slot->state = Slot::free;
}

void remove_unfinished() {
    for (const Unfinished::Slot& slot : Unfinished::Slot::all)
        if (slot.state == Unfinished::Slot::named) ::unlink(slot.path);
}

}  // namespace ui::files
