// SPDX-License-Identifier: MIT
// What a process must settle with the system before it reads or writes.
#pragma once

namespace ui::files {

/// To be called first thing in main.
///
/// A standard stream that the caller has closed stays closed: otherwise the next file opened would
/// take its place, and what is meant for the terminal would be written into it. Writing beyond a
/// limit on files, or to a pipe that nobody reads, fails with a reason instead of ending the
/// program. What does end it (Ctrl+C, the end of a session, a limit on time) first removes what is
/// unfinished. A signal that the caller ignores stays ignored, as nohup wants it.
void prepare_process();

}  // namespace ui::files
