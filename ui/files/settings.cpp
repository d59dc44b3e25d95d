// SPDX-License-Identifier: MIT
#include "ui/files/settings.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QStandardPaths>

#include "ui/files/file_bytes.h"

namespace ui::files {

namespace {

constexpr qint64 most_bytes = qint64{1} << 20;

QString own_path() {
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) % u'/' %
           QCoreApplication::organizationName() % u'/' % QCoreApplication::applicationName() %
           QStringLiteral(".json");
}

}  // namespace

Settings::Settings() : Settings(own_path()) {}

Settings::Settings(const QString& path) : m_path(path) { read(); }

void Settings::read() {
    m_values = {};
    m_problem.reset();
    if (!QFileInfo::exists(m_path)) return;
    const auto bytes = read_file(m_path, most_bytes);
    if (bytes)
        m_values = QJsonDocument::fromJson(*bytes).object();  // nothing, if it makes no sense
    else
        m_problem = bytes.error();
}

QJsonValue Settings::value(const QString& key, const QJsonValue& instead) const {
    const QJsonValue kept = m_values[key];
    return kept.type() == instead.type() ? kept : instead;
}

std::optional<engine::Error> Settings::keep(const QString& key, const QJsonValue& value) {
    read();  // another window may have kept something since
    if (m_problem) return m_problem;
    if (m_values[key] == value) return std::nullopt;
    m_values[key] = value;
    QDir().mkpath(QFileInfo(m_path).path());
    const auto written = write_file(m_path, QJsonDocument(m_values).toJson(), NewFile::mine_alone);
    return written ? std::nullopt : std::optional(written.error());
}

}  // namespace ui::files
