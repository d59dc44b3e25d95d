// SPDX-License-Identifier: MIT
// Rows and columns of text as a figure, as wide as they are: numbers' face has one advance, so
// nothing has to be measured.
#pragma once

#include <QStringList>

#include "ui/diagram/builder.h"

namespace ui::figures {

inline constexpr double margin = 16;
inline constexpr double table_size = 12;
inline constexpr double heading_size = 16;

/// How wide text in the numbers' face is.
double mono_width(qsizetype characters, double size = table_size);

/// A heading in the upper left corner; returns where what follows begins.
double put_heading(diagram::Builder& builder, const QString& heading);

/// The figure's size, title and description, when all is in it.
diagram::Diagram finished(diagram::Builder& builder, QSizeF size, const QString& title,
                          const QString& description);

/// Lines as they are, in the numbers' face: for what is a picture made of letters.
diagram::Diagram text_figure(const QString& id, const QString& heading, const QStringList& lines);

/// The first row holds the titles, the first column names. A cell may have several lines: all but
/// its first are softer.
diagram::Diagram table_figure(const QString& id, const QString& heading,
                              const QList<QStringList>& rows);

}  // namespace ui::figures
