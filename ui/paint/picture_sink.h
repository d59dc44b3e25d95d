// SPDX-License-Identifier: MIT
// Where the writers of picture files put their bytes.
#pragma once

#include <QIODevice>

#include "engine/values/watch.h"
#include "ui/files/folder_bytes.h"

namespace ui::paint {

/// Bytes in memory, of one file or of several, whose writer says how far it is and can be stopped:
/// encoding a large PNG takes seconds.
class PictureSink : public QIODevice {
public:
    /// `watch` is told how much of the writing is done. Empty: nobody looks.
    explicit PictureSink(engine::Watch watch = {});

    /// False: stop, nobody wants the picture any more.
    bool goes_on(double done);
    /// From now on the bytes themselves say how far it is: with about so many of them all is done.
    void expect(double bytes);
    /// From now on what is done, 0 to 1, is this part of the whole.
    void stretch(double from, double to);
    bool is_stopped() const { return m_stopped; }

    const QByteArray& bytes() const { return m_bytes; }
    /// What was written since goes into a file of this name, of a format that writes several.
    void end_file(const QString& name);
    const std::vector<files::NamedBytes>& files() const { return m_files; }

protected:
    qint64 readData(char*, qint64) override { return -1; }
    qint64 writeData(const char* data, qint64 size) override;

private:
    engine::Watch m_watch;
    QByteArray m_bytes;
    std::vector<files::NamedBytes> m_files;
    double m_done = 0;
    double m_from = 0;      ///< the part of the whole that is being done …
    double m_to = 1;        ///< … and where it ends
    double m_expected = 0;  ///< bytes; 0: nobody knows
    bool m_stopped = false;
};

}  // namespace ui::paint
