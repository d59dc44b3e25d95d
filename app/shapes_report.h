// SPDX-License-Identifier: MIT
// What `stridescope shapes` answers.
#pragma once

#include <QByteArray>
#include <QString>

#include "engine/frameworks/ledger.h"

namespace app {

QByteArray as_table(const engine::Ledger& ledger);
/// `layer`: as the command was given it.
QByteArray as_json(const engine::Ledger& ledger, const QString& layer);

/// The readers' four cases: the size that each framework makes of the same kernel and strides.
QByteArray readers_table();
QByteArray readers_json();

/// Columns that begin below each other, two spaces apart.
QByteArray aligned(const QList<QStringList>& lines);

}  // namespace app
