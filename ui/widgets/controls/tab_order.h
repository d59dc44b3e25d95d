// SPDX-License-Identifier: MIT
// Where the Tab key leads.
#pragma once

#include <QWidget>

namespace ui::widgets {

/// The widget after (or before) `from`, round and round, of those in `root` that can be seen and
/// take the keyboard by Tab. Qt's own order is that of making, which is not the order of the eye
/// where parts are made when they are first needed; this one is read off the layouts. Null if there
/// is none.
QWidget* next_by_tab(const QWidget* root, const QWidget* from, bool forward);

}  // namespace ui::widgets
