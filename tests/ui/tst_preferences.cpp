// SPDX-License-Identifier: MIT
// The file of settings may hold anything: what the window starts with can be used.
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QScreen>
#include <QTemporaryDir>
#include <QTest>
#include <QWidget>

#include "ui/files/settings.h"
#include "ui/widgets/preferences.h"

using namespace ui::widgets;
using ui::files::Settings;

namespace {

QString numbered(int number) { return QStringLiteral("/home/a/%1.stride").arg(number); }

}  // namespace

class TestPreferences : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    QString m_path = m_folder.filePath(QStringLiteral("settings.json"));

    Preferences with(const QByteArray& bytes) {
        QFile file(m_path);
        const bool written = file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
        [&] { QVERIFY(written); }();
        file.close();
        return preferences_of(Settings(m_path));
    }

private slots:
    void the_first_start() {
        QCOMPARE(preferences_of(Settings(m_folder.filePath(QStringLiteral("absent.json")))),
                 Preferences());
    }

    void what_is_kept_comes_back() {
        Preferences kept;
        kept.theme = ThemeChoice::high_contrast;
        kept.text_scale = 1.25;
        kept.reduced_motion = true;
        kept.digits = 0;
        kept.summary_style = engine::SummaryStyle::torchinfo;
        kept.recent_files = {numbered(1), numbered(2)};
        kept.folder = numbered(3);
        kept.geometry = QByteArray("\x01\x00\xFF", 3);
        kept.exported = {{QStringLiteral("format"), QStringLiteral("SVG")}};
        kept.launched = true;
        Settings settings(m_path);
        for (const auto& [key, value] : std::initializer_list<std::pair<QString, QJsonValue>>{
                 {preference::theme, static_cast<int>(kept.theme)},
                 {preference::text_scale, kept.text_scale},
                 {preference::reduced_motion, kept.reduced_motion},
                 {preference::digits, kept.digits},
                 {preference::summary_style, QStringLiteral("torchinfo")},
                 {preference::folder, kept.folder},
                 {preference::recent_files, QJsonArray::fromStringList(kept.recent_files)},
                 {preference::geometry, QString::fromLatin1(kept.geometry.toBase64())},
                 {preference::exported, kept.exported},
                 {preference::launched, kept.launched}})
            QVERIFY(!settings.keep(key, value));
        QCOMPARE(preferences_of(Settings(m_path)), kept);
    }

    // One setting at a time, of every type: each is good, or as on the first start.
    void anything_may_stand_there() {
        const QJsonArray odd{0,
                             -1,
                             3,
                             1.5,
                             1e308,
                             -1e308,
                             QStringLiteral("dark"),
                             QStringLiteral("Keras_3"),
                             QString(5000, u'A'),
                             true,
                             QJsonValue(),
                             QJsonArray{1, QJsonValue(), QString(), QJsonObject(), true},
                             QJsonObject{{QStringLiteral("theme"), 1}}};
        for (const QString& key :
             {preference::theme, preference::text_scale, preference::reduced_motion,
              preference::digits, preference::summary_style, preference::recent_files,
              preference::folder, preference::geometry, preference::exported, preference::launched})
            for (const QJsonValue& value : odd) {
                const QByteArray text = QJsonDocument(QJsonObject{{key, value}}).toJson();
                Preferences kept = with(text);
                QVERIFY2(kept.text_scale == 1 || kept.text_scale == 1.5 || kept.text_scale == 3,
                         text);
                if (key == preference::text_scale) kept.text_scale = 1;
                if (key == preference::digits && (value == 0 || value == 3))
                    kept.digits = ui::diagram::usual_digits;
                if (key == preference::theme && value == 3) kept.theme = ThemeChoice::system;
                if (key == preference::folder && value.toString().size() < 4096)
                    kept.folder.clear();
                if (value.isBool() && key == preference::launched) kept.launched = false;
                if (value.isBool() && key == preference::reduced_motion)
                    kept.reduced_motion = false;
                if (value.isString() && key == preference::geometry) kept.geometry.clear();
                if (value.isObject()) kept.exported = {};  // read with limits where it is used
                QVERIFY2(kept == Preferences(), text);
            }
        for (const char* text : {"", "[", "[1]", "null", "\"theme\"", "{\"theme\": 2", "\xFF\xFE"})
            QCOMPARE(with(text), Preferences());
    }

    void a_place_is_on_the_screen() {
        QWidget window;
        window.setGeometry(30, 40, 300, 200);
        const QByteArray good = window.saveGeometry();
        const QRect screens = window.screen()->virtualGeometry();
        // Any byte of it may be another; those of places and sizes stand for numbers of 32 bits.
        for (qsizetype at = 0; at < good.size(); ++at)
            for (const char byte : {'\0', '\x7F', '\x80', '\xFF'}) {
                QByteArray geometry = good;
                geometry[at] = byte;
                QWidget again;
                again.setGeometry(10, 10, 100, 100);
                restore_place(again, geometry);
                QVERIFY2(screens.intersects(again.geometry()), geometry.toHex());
                QVERIFY2(again.width() <= screens.width() && again.height() <= screens.height(),
                         geometry.toHex());
            }
        QWidget again;
        restore_place(again, good);
        QCOMPARE(again.geometry(), window.geometry());
        // A version of long ago, with numbers that no rectangle has.
        restore_place(
            again, QByteArray::fromBase64("AdnQywAB/AAB/AAB/AABZ9/AAN/AAB/AAB/AAB/AAV/AAB/gwN/"));
        QCOMPARE(again.geometry(), window.geometry());
    }

    void recent_files_are_few_paths() {
        QJsonArray many;
        for (int i = 0; i < 100; ++i) many << numbered(i / 2) << 7 << QString();
        const Preferences kept =
            with(QJsonDocument(QJsonObject{{preference::recent_files, many}}).toJson());
        QCOMPARE(kept.recent_files.size(), max_recent_files);
        QCOMPARE(kept.recent_files.first(), numbered(0));
        QCOMPARE(QSet<QString>(kept.recent_files.begin(), kept.recent_files.end()).size(),
                 max_recent_files);
        // A million entries are no file of settings.
        const QByteArray million = "{\"recent_files\": [" +
                                   QByteArray("\"/a/b.stride\",").repeated(1'000'000) + "\"/c\"]}";
        QCOMPARE(with(million), Preferences());
    }
};

QTEST_MAIN(TestPreferences)
#include "tst_preferences.moc"
