// SPDX-License-Identifier: MIT
// Which theme and text size the program wears, following the system unless told otherwise.
#pragma once

#include <QDBusVariant>
#include <QObject>

#include "ui/diagram/theme.h"

namespace ui::widgets {

enum class ThemeChoice { system, light, dark, high_contrast };

class Appearance : public QObject {
    Q_OBJECT
public:
    /// Reads the system's palette and asks the desktop portal; must be made before anything
    /// restyles the application.
    explicit Appearance(QObject* parent = nullptr);

    diagram::Theme theme() const;
    ThemeChoice choice() const { return m_choice; }
    void setChoice(ThemeChoice choice);

    /// 1 is the designed size; the application's font may also be set from outside.
    void setTextScale(double scale);

    /// Palette and style sheet onto the application. Called once at start, when the window is built
    /// but not yet shown: widgets made under a style sheet are dressed again with every parent they
    /// get.
    void apply();

signals:
    void changed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private slots:
    void onPortalSetting(const QString& group, const QString& key, const QDBusVariant& value);

private:
    void askPortal();
    void setSystemDark(bool dark);

    ThemeChoice m_choice = ThemeChoice::system;
    bool m_systemDark = false;
    bool m_applied = false;
    bool m_applying = false;
};

}  // namespace ui::widgets
