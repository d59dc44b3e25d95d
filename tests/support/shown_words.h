// SPDX-License-Identifier: MIT
// Everything a window, its dialogs, its menus and its tooltips say, and what about it could do
// harm.
#pragma once

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QHelpEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMetaProperty>
#include <QPlainTextEdit>
#include <QPointer>
#include <QTest>
#include <QToolTip>

namespace support {

/// Says what is wrong with words on the screen: markup that is obeyed, characters that are not
/// seen, too much of it, and a word after which hostile ones were named, where & and [*] would be
/// obeyed before it.
class ShownWords {
public:
    /// `word` stands right behind each "&" and "[*]" of the hostile words.
    explicit ShownWords(QString word) : m_word(std::move(word)) {}

    /// Of a window or dialog with all that is in it; shows each of its tooltips on the way.
    QStringList faults_of(QWidget& window) {
        m_faults.clear();
        look_at(window);
        // A tooltip that comes or goes may take a part with it.
        QList<QPointer<QObject>> parts;
        for (QObject* part : window.findChildren<QObject*>()) parts << part;
        for (const auto& part : parts)
            if (part) look_at(*part);
        look_at(QAccessible::queryAccessibleInterface(&window));
        m_faults.removeDuplicates();
        return m_faults;
    }

    /// How many texts have been looked at, and in how many of them the word was found.
    int seen() const { return m_seen; }
    int found() const { return m_found; }

private:
    void fault(const QString& where, const char* what, const QString& text) {
        m_faults << QStringLiteral("%1 %2: %3").arg(where, QLatin1String(what), text.left(120));
    }

    void look_at(QObject& object) {
        // What is for the program, not for people.
        static const QStringList not_shown{
            QStringLiteral("objectName"), QStringLiteral("styleSheet"),
            QStringLiteral("windowFilePath"), QStringLiteral("inputMask")};
        const auto* field = qobject_cast<QLineEdit*>(&object);
        if (field && field->hasFocus()) return;  // what a person is writing
        const bool is_shown = object.isWidgetType() || qobject_cast<QAction*>(&object) != nullptr;
        if (!is_shown) return;
        const QMetaObject* kind = object.metaObject();
        // A document may be long: the licences, a model's summary.
        const qsizetype longest = qobject_cast<QPlainTextEdit*>(&object) ? 50'000 : 2'500;
        for (int i = 0; i < kind->propertyCount(); ++i) {
            const QMetaProperty property = kind->property(i);
            const QString name = QString::fromLatin1(property.name());
            if (property.typeId() != QMetaType::QString || not_shown.contains(name)) continue;
            look_at(name_of(object) + u'.' + name, property.read(&object).toString(), longest);
        }
        if (const auto* label = qobject_cast<QLabel*>(&object)) look_at_label(*label);
        if (const auto* view = qobject_cast<QAbstractItemView*>(&object)) look_at_items(*view);
        if (const auto* button = qobject_cast<QAbstractButton*>(&object))
            look_at_caption(name_of(object), button->text());
        if (const auto* action = qobject_cast<QAction*>(&object))
            look_at_caption(name_of(object), action->text());
        if (auto* widget = qobject_cast<QWidget*>(&object)) {
            look_at_title(name_of(object), widget->windowTitle());
            look_at_tip(*widget);
        }
    }

    void look_at(const QString& where, const QString& text, qsizetype longest = 2'500) {
        ++m_seen;
        if (text.contains(m_word)) ++m_found;
        if (text.size() > longest) fault(where, "is too long", text);
        for (const char32_t c : text.toUcs4())
            if (!QChar::isPrint(c) && c != U'\n' && c != U'\t')
                return fault(where, "holds what is not seen", text);
    }

    void look_at_label(const QLabel& label) {
        const bool guesses =
            label.textFormat() == Qt::AutoText && Qt::mightBeRichText(label.text());
        if (guesses || label.textFormat() == Qt::RichText || label.textFormat() == Qt::MarkdownText)
            fault(name_of(label), "obeys markup", label.text());
    }

    void look_at_items(const QAbstractItemView& view) {
        const QAbstractItemModel* model = view.model();
        for (int row = 0; model != nullptr && row < std::min(model->rowCount(), 100); ++row)
            for (const int role : {Qt::DisplayRole, Qt::ToolTipRole, Qt::AccessibleTextRole})
                look_at(name_of(view), model->index(row, 0).data(role).toString());
    }

    /// In menus and on buttons & marks a key.
    void look_at_caption(const QString& where, const QString& text) {
        QString rest = text;
        if (rest.remove(QStringLiteral("&&")).contains(u'&' + m_word))
            fault(where, "takes a hostile & for its own", text);
    }

    /// In window titles [*] stands for unsaved changes, and two of them for one that is written.
    void look_at_title(const QString& where, const QString& text) {
        QString rest = text;
        if (rest.remove(QStringLiteral("[*][*]")).contains(QStringLiteral("[*]") + m_word))
            fault(where, "takes a hostile [*] for its own", text);
    }

    void look_at_tip(QWidget& widget) {
        if (widget.toolTip().isEmpty() || !widget.isVisible()) return;
        QHelpEvent help(QEvent::ToolTip, widget.rect().center(),
                        widget.mapToGlobal(widget.rect().center()));
        QApplication::sendEvent(&widget, &help);
        for (QWidget* top : QApplication::topLevelWidgets())
            if (const auto* tip = qobject_cast<QLabel*>(top); tip && tip->inherits("QTipLabel"))
                look_at_label(*tip);
        QToolTip::hideText();
    }

    void look_at(QAccessibleInterface* thing, int depth = 0) {
        if (thing == nullptr || !thing->isValid() || thing->state().focused || depth > 20) return;
        for (const QAccessible::Text kind :
             {QAccessible::Name, QAccessible::Description, QAccessible::Value, QAccessible::Help}) {
            const auto* document =
                thing->object() ? qobject_cast<QPlainTextEdit*>(thing->object()) : nullptr;
            look_at(QStringLiteral("spoken"), thing->text(kind), document ? 50'000 : 2'500);
        }
        for (int i = 0; i < thing->childCount(); ++i) look_at(thing->child(i), depth + 1);
    }

    static QString name_of(const QObject& object) {
        return QString::fromLatin1(object.metaObject()->className()) + u' ' + object.objectName();
    }

    QString m_word;
    QStringList m_faults;
    int m_seen = 0;
    int m_found = 0;
};

}  // namespace support
