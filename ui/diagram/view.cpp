// SPDX-License-Identifier: MIT
#include "ui/diagram/view.h"

namespace ui::diagram {

std::string_view name_of_digits(int digits) {
    switch (digits) {
        case 2:
            return "2";
        case 3:
            return "3";
        case 4:
            return "4";
        default:
            return "all";
    }
}

std::optional<int> digits_named(std::string_view name) {
    for (const int digits : digits_choices)
        if (name_of_digits(digits) == name) return digits;
    return std::nullopt;
}

View settled(View view) {
    view.hovered.reset();
    view.pointed = {};
    view.beside.reset();
    return view;
}

}  // namespace ui::diagram
