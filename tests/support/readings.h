// SPDX-License-Identifier: MIT
// Readings by number, as tables of test data name them: 0 stamp, 1 slide, 2 why equal.
#pragma once

#include "ui/diagram/readings.h"

namespace support {

inline engine::Reading reading_at(int number) {
    return ui::diagram::named_readings()[static_cast<std::size_t>(number)]->steps;
}

inline int number_of(engine::Reading reading) {
    int number = 0;
    while (reading_at(number) != reading) ++number;
    return number;
}

}  // namespace support
