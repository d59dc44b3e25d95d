// SPDX-License-Identifier: MIT
// What is said of a row of the ledger and of a way of the designer, in the window and on the
// command line.
#pragma once

#include <span>

#include <QList>
#include <QStringList>

#include "engine/frameworks/design.h"

namespace ui::words {

QString framework_name(engine::Framework framework);  ///< "Keras"

/// "same size, shifted by 1 px up and 1 px left", "no such layer: no groups"; empty for the layer
/// itself.
QString agreement_text(const engine::DialectRow& row);
/// The same in two words: "same picture", "1 px shifted", "5 × 5".
QString verdict_text(const engine::DialectRow& row);
/// "3–4": what the free number of a framework leaves open; empty where there is none.
QString range_text(const engine::AxisSum& sum);
/// Both: "another size; 3–4 over all a".
QString remark_text(const engine::DialectRow& row);

/// All rows as a table, its titles first.
QList<QStringList> ledger_table(std::span<const engine::DialectRow> rows, bool edges_are_zeros);

QString overlap_text(engine::Tiling overlap);  ///< "even overlap"

}  // namespace ui::words
