// SPDX-License-Identifier: MIT
// What the figures say.
#pragma once

#include <string_view>

#include <QCoreApplication>
#include <QStringList>

#include "engine/values/tensor.h"

namespace ui::figures {

/// Translation context of every sentence of a figure.
struct Words {
    Q_DECLARE_TR_FUNCTIONS(Figures)
};

inline QString text_of(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// "3 × 3 × 1", in which no line ends
inline QString shape_text(const engine::Shape& shape) {
    QStringList sizes;
    for (const int size : shape.sizes()) sizes << QString::number(size);
    return sizes.join(QStringLiteral("\u00A0×\u00A0"));
}

}  // namespace ui::figures
