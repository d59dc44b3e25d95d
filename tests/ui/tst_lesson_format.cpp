// SPDX-License-Identifier: MIT
// The table of lesson files: what a file is, its content says; what no row knows is refused with
// what it seems to be.
#include <set>

#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include "ui/formats/json/json_keys.h"
#include "ui/formats/lesson_door.h"
#include "ui/formats/shipped_lessons.h"
#include "ui/formats/stride.h"
#include "ui/words/error_text.h"

using namespace ui::formats;
using engine::ErrorCode;

namespace {

QString text(const char* utf8) { return QString::fromUtf8(utf8); }

QByteArray puzzle() { return *shipped_lesson_text(text("readers_puzzle")); }

QString refusal(const QByteArray& bytes) {
    const auto opened = read_lesson(bytes);
    return opened ? text("read") : ui::words::error_text(opened.error());
}

template <std::size_t size>
QByteArray bytes_of(const char (&literal)[size]) {
    return QByteArray(literal, size - 1);
}

}  // namespace

class TestLessonFormat : public QObject {
    Q_OBJECT
private slots:
    void everyRowIsWhole() {
        std::set<QString> ids;
        for (const LessonFormat* format : lesson_formats()) {
            QVERIFY(ids.insert(text(format->id)).second);
            QVERIFY(!format->title().isEmpty() && format->recognise && format->read);
            QVERIFY(!format->endings.empty());
            QVERIFY(text(format->mime_type).contains(u'/'));
            for (const char* ending : format->endings) {
                QCOMPARE(text(ending), text(ending).toLower());
                QVERIFY(format->patterns().contains(text("*.") + text(ending)));
                QVERIFY(lesson_endings().contains(text(".") + text(ending)));
                QVERIFY(lesson_format_names().contains(text(".") + text(ending)));
            }
            // Nobody's files are taken for a row's.
            for (const QByteArray& nothing : {QByteArray(), QByteArray("{}"), QByteArray("[]")})
                QVERIFY(!format->recognise(nothing));
        }
        QVERIFY(lesson_formats().front() == &own_format());
        QVERIFY(own_format().write);
    }

    // A double click on a lesson opens it; other people's types are not laid claim to.
    void desktopsKnowOurType() {
        QFile desktop(text(TESTS_DIR "/../packaging/org.stridescope.Stridescope.desktop"));
        QVERIFY(desktop.open(QIODevice::ReadOnly));
        const QByteArray types = QByteArray("\nMimeType=") + own_format().mime_type + ";\n";
        QVERIFY(desktop.readAll().contains(types));
    }

    void whatShipsIsKnownByItsContent() {
        for (const ShippedLesson& lesson : shipped_lessons()) {
            const auto opened = read_lesson(*shipped_lesson_text(lesson.name));
            QVERIFY(opened.has_value());
            QVERIFY(opened->format == &own_format());
            QVERIFY(opened->warnings.empty());
            QVERIFY(opened->file == *shipped_lesson(lesson.name));
        }
    }

    void theContentDecidesAndNotTheName() {
        QTemporaryDir folder;
        for (const char* name : {"a.stride", "a.json", "a.png", "a"}) {
            QFile file(folder.filePath(text(name)));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(puzzle());
            file.close();
            const auto opened = load_lesson(file.fileName());
            QVERIFY2(opened.has_value() && opened->format == &own_format(), name);
        }
        // What some editors put in front of a text.
        QVERIFY(read_lesson("\xEF\xBB\xBF" + puzzle()).has_value());
        QVERIFY(!read_lesson("\xEF\xBB\xBF").has_value());
    }

    void theEndingSaysHowToWrite() {
        for (const LessonFormat* format : lesson_formats()) {
            if (!format->write) continue;
            for (const char* ending : format->endings) {
                const QString path = text("/a.b/c.d.") + text(ending).toUpper();
                const LessonFormat& found = lesson_format_to_write(path, own_format());
                QVERIFY(found.patterns().contains(text(ending)));
                QVERIFY(&lesson_format_to_write(path, *format) == format);
            }
            for (const char* other : {"/a/lesson", "/a/lesson.txt", "/a.json/lesson", ""})
                QVERIFY(&lesson_format_to_write(text(other), *format) == format);
        }
    }

    void whatIsNoLessonIsCalledByItsName_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("name");
        const auto row = [](const char* name, const QByteArray& bytes) {
            QTest::addRow("%s %d", name, static_cast<int>(bytes.size())) << bytes << text(name);
        };
        const QByteArray nothing(600, '\0');
        row("a picture (PNG)", bytes_of("\x89PNG\r\n\x1a\n\0\0\0\rIHDR") + nothing);
        row("a picture (JPEG)", bytes_of("\xff\xd8\xff\xe0\0\x10JFIF\0"));
        row("a picture (GIF)", bytes_of("GIF89a\1\0"));
        row("a picture (WebP)", bytes_of("RIFF\x24\0\0\0WEBPVP8 "));
        row("a picture (TIFF)", bytes_of("II*\0\x08\0\0\0"));
        row("a picture (BMP)", bytes_of("BM\x46\0\0\0\0\0"));
        row("a picture (SVG)", bytes_of("<?xml version=\"1.0\"?>\n<svg xmlns=\"\">"));
        row("a web page", bytes_of("<!DOCTYPE html><html>"));
        row("XML", bytes_of("<mime-info/>"));
        row("a PDF document", bytes_of("%PDF-1.7\n%\xe2\xe3"));
        row("an HDF5 file, such as Keras keeps weights in", bytes_of("\x89HDF\r\n\x1a\n\0\0"));
        row("a NumPy array", bytes_of("\x93NUMPY\1\0v\0"));
        row("a Keras archive (.keras)",
            bytes_of("PK\3\4\x14\0\0\0") + nothing + "PK\1\2metadata.jsonPK\1\2config.json");
        row("a PyTorch archive", bytes_of("PK\3\4\0\0") + "archive/data.pkl");
        row("NumPy arrays (npz)", bytes_of("PK\3\4\0\0") + "arr_0.npy");
        row("a zip archive", bytes_of("PK\3\4\x14\0\0\0") + nothing);
        row("a zip archive", bytes_of("PK\5\6") + QByteArray(18, '\0'));
        row("a gzip archive", bytes_of("\x1f\x8b\x08\0"));
        row("a tar archive", QByteArray(257, 'a') + "ustar");
        row("an ONNX model", bytes_of("\x08\x08\x12\x07pytorch\x1a\x05"));
        row("a TensorFlow Lite model", bytes_of("\x1c\0\0\0TFL3\0"));
        row("a Python pickle, such as PyTorch keeps weights in", bytes_of("\x80\2}q\0"));
        row("a program", bytes_of("\x7f"
                                  "ELF\2\1\1\0"));
        row("a program", bytes_of("MZ\x90\0"));
        row("text in UTF-16", bytes_of("\xff\xfe{\0}\0"));
        row("plain text", bytes_of("hello"));
        row("plain text", bytes_of("BMI and MZ are words"));
        row("plain text", QByteArray(4095, 'a') + "\xc3\xbc");  // cut where it is looked at
        row("a file without content", QByteArray());
        row("a file without content", bytes_of(" \n\n"));
        row("bytes of an unknown kind", nothing);
        row("bytes of an unknown kind", bytes_of("\xfe\1\2"));
        row("JSON that holds neither a lesson nor a model", bytes_of("{\"cases\": []}"));
        row("JSON that holds neither a lesson nor a model",
            bytes_of("{\"a\": {\"stridescope\": 1}, \"b\": \"stridescope\"}"));
        row("JSON that holds neither a lesson nor a model", bytes_of("[1, 2]"));
        row("JSON that holds neither a lesson nor a model", bytes_of("\"stridescope\""));
    }
    void whatIsNoLessonIsCalledByItsName() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, name);
        QCOMPARE(refusal(bytes), text("The content seems to be %1; what can be opened: %2.")
                                     .arg(name, lesson_format_names()));
    }

    // A lesson with a slip before anything says that it is one: the slip, and where it is.
    void brokenJsonIsRefusedWithThePlace() {
        QVERIFY(refusal("{\"title\": \"a\",, }").endsWith(text("(line 1, column 15).")));
        QVERIFY(refusal("[1, 2").contains(text("line 1")));
        QVERIFY(refusal(QByteArray(1'000'000, '[')).contains(text("depth of brackets")));
        QCOMPARE(refusal("{\"stridescope\": 1"),
                 text("A value is missing, or the text ends too early (line 1, column 18)."));
    }

    void onlyTheOutermostKeysCount() {
        QVERIFY(has_top_level_key("{\"a\": [{\"b\": 1}], \"c\" : 2}", "c"));
        QVERIFY(!has_top_level_key("{\"a\": [{\"b\": 1}], \"c\": 2}", "b"));
        QVERIFY(!has_top_level_key("{\"a\": \"b\"}", "b"));
        QVERIFY(!has_top_level_key("{\"a\": \"\\\"b\\\": 1\"}", "b"));
        QVERIFY(!has_top_level_key("[{\"a\": 1}]", "a"));
        QVERIFY(!has_top_level_key("{} {\"a\": 1}", "a"));
        QVERIFY(has_top_level_key(" \n{\"a\\\"\": 1, \"b\"\t:", "b"));
        for (const char* cut : {"", "{", "{\"", "{\"a", "{\"a\"", "{\"\\", "{\"a\\"})
            QVERIFY(!has_top_level_key(cut, "a"));
    }

    void tooManyBytesAreNotLookedAt() {
        const QByteArray large(max_file_size + 1, ' ');
        QCOMPARE(refusal(large), text("The number of bytes is 134217729, but must be at most "
                                      "134217728."));
    }
};

QTEST_GUILESS_MAIN(TestLessonFormat)
#include "tst_lesson_format.moc"
