// SPDX-License-Identifier: MIT
// Questions that stop before something is lost.
#pragma once

#include <QString>

class QWidget;

namespace ui::widgets {

enum class Answer { save, discard, cancel };
/// What is to become of the unsaved changes of a lesson?
Answer ask_about_changes(QWidget* parent, const QString& title);

/// May a file be written there? Asks only where there is one.
bool may_replace(QWidget* parent, const QString& path);

/// Where a file is to be written that may as well have another name: there, or, where one is
/// already, beside it if both are to be kept. Empty: nowhere.
QString path_to_write(QWidget* parent, const QString& path);

}  // namespace ui::widgets
