// SPDX-License-Identifier: MIT
// Light or dark from the desktop portal, else from the palette the program started with.
#include "ui/widgets/controls/appearance.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCall>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QEvent>
#include <QFileInfo>
#include <QScopedValueRollback>

#include "ui/widgets/controls/style.h"

namespace ui::widgets {

namespace {

// The Settings portal of freedesktop.org: 0 no preference, 1 prefer dark, 2 prefer light.
const auto portal_service = QStringLiteral("org.freedesktop.portal.Desktop");
const auto portal_path = QStringLiteral("/org/freedesktop/portal/desktop");
const auto portal_interface = QStringLiteral("org.freedesktop.portal.Settings");
const auto portal_group = QStringLiteral("org.freedesktop.appearance");
const auto portal_key = QStringLiteral("color-scheme");

/// Without an address libdbus would start a bus of its own and make the program wait for it.
bool has_session_bus() {
    return qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS") ||
           QFileInfo::exists(qEnvironmentVariable("XDG_RUNTIME_DIR") + u"/bus");
}

/// Read() wraps the number in one variant more than ReadOne() and the signal do.
uint scheme_of(QVariant value) {
    while (value.canConvert<QDBusVariant>()) value = value.value<QDBusVariant>().variant();
    return value.toUInt();
}

}  // namespace

Appearance::Appearance(QObject* parent) : QObject(parent) {
    m_systemDark = QApplication::palette().color(QPalette::Window).lightness() < 128;
    askPortal();
    qApp->installEventFilter(this);
}

void Appearance::askPortal() {
    if (!has_session_bus()) return;
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) return;
    bus.connect(portal_service, portal_path, portal_interface, QStringLiteral("SettingChanged"),
                this, SLOT(onPortalSetting(QString, QString, QDBusVariant)));
    QDBusMessage question = QDBusMessage::createMethodCall(
        portal_service, portal_path, portal_interface, QStringLiteral("Read"));
    question << portal_group << portal_key;
    auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(question), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        if (reply.isValid()) onPortalSetting(portal_group, portal_key, reply.value());
        watcher->deleteLater();
    });
}

void Appearance::onPortalSetting(const QString& group, const QString& key,
                                 const QDBusVariant& value) {
    if (group != portal_group || key != portal_key) return;
    const uint scheme = scheme_of(value.variant());
    if (scheme != 0) setSystemDark(scheme == 1);
}

void Appearance::setSystemDark(bool dark) {
    if (dark == m_systemDark) return;
    m_systemDark = dark;
    if (m_choice == ThemeChoice::system) apply();
}

diagram::Theme Appearance::theme() const {
    if (m_choice == ThemeChoice::high_contrast) return {diagram::ThemeName::high_contrast};
    const bool dark =
        m_choice == ThemeChoice::dark || (m_choice == ThemeChoice::system && m_systemDark);
    return {dark ? diagram::ThemeName::dark : diagram::ThemeName::light};
}

void Appearance::setChoice(ThemeChoice choice) {
    if (choice == m_choice) return;
    m_choice = choice;
    if (m_applied) apply();
}

void Appearance::setTextScale(double scale) {
    QApplication::setFont(base_font(scale));  // comes back as ApplicationFontChange
}

void Appearance::apply() {
    const QScopedValueRollback guard(m_applying, true);
    m_applied = true;
    QApplication::setPalette(palette_of(theme()));
    qApp->setStyleSheet(style_sheet_of(theme(), text_scale()));
    emit changed();
}

bool Appearance::eventFilter(QObject* watched, QEvent* event) {
    if (watched == qApp && event->type() == QEvent::ApplicationFontChange && m_applied &&
        !m_applying)
        apply();
    return QObject::eventFilter(watched, event);
}

}  // namespace ui::widgets
