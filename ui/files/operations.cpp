// SPDX-License-Identifier: MIT
#include "ui/files/operations.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>

namespace ui::files {

Operations operations{
    .open = [](const char* path, int flags, mode_t mode) { return ::open(path, flags, mode); },
    .read = ::read,
    .write = ::write,
    .sync = ::fsync,
    .close = ::close,
    .rename = ::rename,
};

}  // namespace ui::files
