// SPDX-License-Identifier: MIT
// A file in memory that another program can write: nothing is left of it, however either ends.
#pragma once

#include <QByteArray>
#include <QString>

#include "engine/values/result.h"

namespace ui::files {

class NamelessFile {
public:
    NamelessFile();
    ~NamelessFile();
    NamelessFile(const NamelessFile&) = delete;
    NamelessFile& operator=(const NamelessFile&) = delete;

    bool is_open() const { return m_file >= 0; }
    /// Under which programs that this one has started can open it, as long as it lives.
    QString path() const;
    /// All that is in it.
    engine::Result<QByteArray> bytes(qint64 most) const;

private:
    int m_file = -1;
};

}  // namespace ui::files
