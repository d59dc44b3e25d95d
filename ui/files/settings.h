// SPDX-License-Identifier: MIT
// What the program remembers between runs: keys and values in one small JSON file, which is read
// and written as every other file is. (QSettings waits for pipes, and empties its file when the
// disk is full.)
#pragma once

#include <optional>

#include <QJsonObject>

#include "engine/values/result.h"

namespace ui::files {

class Settings {
public:
    /// The program's own: stridescope/stridescope.json in the user's folder for configuration.
    Settings();
    explicit Settings(const QString& path);

    /// What was kept, or `instead` if that is nothing or of another type.
    QJsonValue value(const QString& key, const QJsonValue& instead) const;

    /// Written at once, into the file as it is by now. An error if it cannot be.
    std::optional<engine::Error> keep(const QString& key, const QJsonValue& value);

    QString path() const { return m_path; }

private:
    void read();

    QString m_path;
    QJsonObject m_values;
    /// Why the file cannot be read. Then it is left alone: what it holds is not known.
    std::optional<engine::Error> m_problem;
};

}  // namespace ui::files
