// SPDX-License-Identifier: MIT
// The system calls that bytes go through, as a table: the program uses them as they stand, and a
// test puts one in their place that fails the Nth time.
#pragma once

#include <sys/types.h>

namespace ui::files {

/// As POSIX has them: -1 and errno where they fail.
struct Operations {
    int (*open)(const char* path, int flags, mode_t mode);
    ssize_t (*read)(int file, void* bytes, size_t count);
    ssize_t (*write)(int file, const void* bytes, size_t count);
    int (*sync)(int file);
    int (*close)(int file);
    int (*rename)(const char* from, const char* to);
};
extern Operations operations;

}  // namespace ui::files
