// SPDX-License-Identifier: MIT
// Temporary files that must not outlive the program, not even where a signal ends it.
#pragma once

#include <string>

namespace ui::files {

/// A file that is not finished, or a folder of such files. It is removed at the end of this value's
/// life, and by remove_unfinished().
class Unfinished {
public:
    enum class Kind { file, folder };
    /// To be made before the file is: then no moment is left in which a signal would overlook it.
    explicit Unfinished(std::string path, Kind kind = Kind::file);
    ~Unfinished();
    Unfinished(const Unfinished&) = delete;
    Unfinished& operator=(const Unfinished&) = delete;

    const char* path() const { return m_path.c_str(); }
    void keep() { m_kept = true; }  ///< it is finished, or has never been there

private:
    struct Slot;
    static Slot* slot_for(const std::string& path, Kind kind);
    static void remove(const char* path, Kind kind);
    friend void remove_unfinished();

    std::string m_path;
    Kind m_kind;
    Slot* m_slot;  ///< null where too many are unfinished at once
    bool m_kept = false;
};

/// Removes every unfinished file. A handler of signals may call it.
void remove_unfinished();

}  // namespace ui::files
