// SPDX-License-Identifier: MIT
// A PDF file as the objects it consists of.
#pragma once

#include <vector>

#include <QByteArray>
#include <QSizeF>
#include <QString>

namespace ui::paint::pdf {

/// What the file says about itself.
struct Fact {
    const char* name;  ///< "/Title"
    QString text;
};

/// The file that QPdfWriter wrote, without a title, made the same for the same picture: its objects
/// in the order in which they are named (Qt puts faces in the order of a table with a random seed),
/// and these facts, no date among them. `page`: what is seen of it, from its upper left corner, in
/// points.
QByteArray tidied(const QByteArray& written, const std::vector<Fact>& facts, QSizeF page);

}  // namespace ui::paint::pdf
