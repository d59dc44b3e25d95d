// SPDX-License-Identifier: MIT
#include "ui/paint/picture_sink.h"

#include <algorithm>

namespace ui::paint {

PictureSink::PictureSink(engine::Watch watch) : m_watch(std::move(watch)) {
    open(QIODevice::WriteOnly | QIODevice::Unbuffered);
}

bool PictureSink::goes_on(double done) {
    m_done = done;
    m_stopped = m_stopped || (m_watch && !m_watch(m_from + (m_to - m_from) * done));
    return !m_stopped;
}

void PictureSink::stretch(double from, double to) {
    m_from = from;
    m_to = to;
    m_done = 0;
}

void PictureSink::expect(double bytes) { m_expected = bytes; }

void PictureSink::end_file(const QString& name) {
    m_files.push_back({name, std::exchange(m_bytes, {})});
}

qint64 PictureSink::writeData(const char* data, qint64 size) {
    if (m_expected > 0) {
        const double before = m_done;
        const double share = std::min(1.0, static_cast<double>(m_bytes.size()) / m_expected);
        goes_on(before + (1 - before) * share);
        m_done = before;
    }
    if (m_stopped) return -1;
    m_bytes.append(data, size);
    return size;
}

}  // namespace ui::paint
