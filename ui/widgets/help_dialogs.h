// SPDX-License-Identifier: MIT
// The sheet of keys (F1) and the window that says what this program is and stands on.
#pragma once

#include <QDialog>

namespace ui::widgets {

class ShortcutSheet : public QDialog {
    Q_OBJECT
public:
    explicit ShortcutSheet(QWidget* parent = nullptr);
};

class AboutDialog : public QDialog {
    Q_OBJECT
public:
    explicit AboutDialog(QWidget* parent = nullptr);
};

}  // namespace ui::widgets
