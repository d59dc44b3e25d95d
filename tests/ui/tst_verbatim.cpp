// SPDX-License-Identifier: MIT
// What Qt makes of words that were written for it to be shown as they are.
#include <random>

#include <QAction>
#include <QLabel>
#include <QTest>
#include <QWindow>

#include "ui/widgets/controls/verbatim.h"

using namespace ui::widgets;

namespace {

/// Some pieces in any order.
QString any_of(const QStringList& pieces, std::mt19937& random) {
    QString words;
    for (auto count = random() % 7; count > 0; --count)
        words += pieces[static_cast<qsizetype>(random() % static_cast<unsigned>(pieces.size()))];
    return words;
}

}  // namespace

class TestVerbatim : public QObject {
    Q_OBJECT
private slots:
    void titles_are_shown_as_they_are() {
        std::mt19937 random(1);
        QWidget window;
        window.winId();  // the system has it now
        for (int round = 0; round < 2000; ++round) {
            const QString title =
                u'a' + any_of({text("[*]"), text("["), text("*"), text("]"), text("b")}, random);
            window.setWindowTitle(verbatim_title(title) + text("[*]"));
            window.setWindowModified(false);
            QCOMPARE(window.windowHandle()->title(), title);
            window.setWindowModified(true);
            QCOMPARE(window.windowHandle()->title(), QString(title + u'*'));
        }
    }

    void captions_are_shown_as_they_are() {
        std::mt19937 random(1);
        for (int round = 0; round < 2000; ++round) {
            const QString name =
                u'a' + any_of({text("&"), text("&&"), text("File"), text("-")}, random);
            QAction action;
            action.setText(verbatim_caption(name));
            QCOMPARE(action.toolTip(), name);  // what Qt leaves of it without mnemonics
        }
    }

    void paragraphs_stay() {
        QCOMPARE(harmless_paragraphs(QString()), QString());
        QCOMPARE(harmless_paragraphs(text("One  line.\nAnother.\n")), text("One line.\nAnother."));
        QCOMPARE(harmless_paragraphs(text("One.\n\nTwo.")), text("One.\n\nTwo."));
        QCOMPARE(harmless_paragraphs(text("\n\nOne.\r\n\n \n\n\nTwo.\u202E")),
                 text("One.\n\nTwo.\uFFFD"));
        for (const QString& endless : {QString(100'000, u'W'), QString(100'000, u'\n') + u'W',
                                       text("W\n").repeated(50'000)}) {
            const QString shown = harmless_paragraphs(endless);
            QVERIFY(shown.size() <= longest_notes);
            QVERIFY(shown.startsWith(u'W') || shown.isEmpty());
        }
    }

    // Made before or after, with its words or without.
    void labels_show_markup() {
        const QString markup = text("<b>bold</b>");
        QLabel before(markup);
        QObject owner;
        new VerbatimLabels(&owner);
        QLabel after(markup);
        for (QLabel* label : {&before, &after}) {
            label->show();
            QCOMPARE(label->textFormat(), Qt::PlainText);
            QVERIFY(label->sizeHint().width() >= label->fontMetrics().horizontalAdvance(markup));
        }
    }

private:
    static QString text(const char* utf8) { return QString::fromUtf8(utf8); }
};

QTEST_MAIN(TestVerbatim)
#include "tst_verbatim.moc"
