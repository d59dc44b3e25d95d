// SPDX-License-Identifier: MIT
// What `stridescope shapes` answers.
#pragma once

#include <vector>

#include <QByteArray>
#include <QString>

#include "engine/frameworks/dialect.h"

namespace app {

/// A layer's size, and what each framework says of it.
struct Ledger {
    engine::Geometry geometry;
    std::vector<engine::DialectRow> rows;
    bool edges_are_zeros;  ///< put around the input; otherwise cut from the output
};

QByteArray as_table(const Ledger& ledger);
/// `layer`: as the command was given it.
QByteArray as_json(const Ledger& ledger, const QString& layer);

}  // namespace app
