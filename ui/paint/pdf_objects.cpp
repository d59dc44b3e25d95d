// SPDX-License-Identifier: MIT
#include "ui/paint/pdf_objects.h"

#include <algorithm>
#include <functional>
#include <map>

#include <QRegularExpression>
#include <QStringEncoder>

namespace ui::paint::pdf {

namespace {

/// What stands between "3 0 obj" and "endobj".
struct Object {
    QByteArray words;   ///< all that names other objects
    QByteArray stream;  ///< "stream …", to be left as it is
};

int number_after(const QByteArray& bytes, const char* word, qsizetype from) {
    const qsizetype start = bytes.indexOf(word, from) + qstrlen(word);
    qsizetype end = start;
    while (end < bytes.size() && (bytes[end] == ' ' || bytes[end] == '\n')) ++end;
    const qsizetype digits = end;
    while (end < bytes.size() && bytes[end] >= '0' && bytes[end] <= '9') ++end;
    return bytes.mid(digits, end - digits).toInt();
}

/// By its number; the first is no object. The last line but one says where the table of places is.
std::vector<Object> objects_of(const QByteArray& file, qsizetype table) {
    constexpr qsizetype line = 20;  // "0000000015 00000 n \n"
    const int count = number_after(file, "xref\n0 ", table);
    qsizetype entry = file.indexOf('\n', table + 5) + 1;
    std::vector<Object> objects(static_cast<std::size_t>(count));
    for (std::size_t i = 1; i < objects.size(); ++i) {
        entry += line;
        const qsizetype begin = file.indexOf("obj\n", file.mid(entry, 10).toLongLong()) + 4;
        const qsizetype stream = file.indexOf("stream\n", begin);
        qsizetype end = file.indexOf("endobj\n", begin);
        qsizetype words = end;
        if (stream >= 0 && stream < end) {
            words = stream;
            end = file.indexOf("endstream\nendobj\n", stream) + 10;
        }
        objects[i] = {file.mid(begin, words - begin), file.mid(words, end - words)};
    }
    return objects;
}

/// `replace` is given what the pattern's group holds.
QByteArray replaced(const QByteArray& words, const char* pattern,
                    const std::function<QByteArray(const QString&)>& replace) {
    const QString text = QString::fromLatin1(words);
    QByteArray result;
    qsizetype done = 0;
    auto matches = QRegularExpression(QLatin1String(pattern)).globalMatch(text);
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        result += words.mid(done, match.capturedStart(1) - done) + replace(match.captured(1));
        done = match.capturedEnd(1);
    }
    return result + words.mid(done);
}

/// A box of a page, "0 0 width height" from the lower left corner, of another size.
QByteArray upper_left(const QString& box, QSizeF size) {
    const QStringList sides = box.simplified().split(u' ');
    if (sides.size() != 4) return box.toLatin1();
    const double height = sides[3].toDouble();
    const auto number = [](double value) { return QByteArray::number(value, 'g', 8); };
    return "0 " + number(height - size.height()) + ' ' + number(size.width()) + ' ' +
           number(height);
}

QByteArray hexadecimal(const QString& text) {
    QStringEncoder encoder(QStringEncoder::Utf16BE, QStringEncoder::Flag::WriteBom);
    const QByteArray encoded = encoder(text);
    return '<' + encoded.toHex() + '>';
}

}  // namespace

QByteArray tidied(const QByteArray& written, const std::vector<Fact>& facts, QSizeF page) {
    const qsizetype table = number_after(written, "startxref\n", written.lastIndexOf("startxref"));
    std::vector<Object> objects = objects_of(written, table);
    const int info = number_after(written, "/Info ", table);
    const int root = number_after(written, "/Root ", table);

    QByteArray& table_of_facts = objects[static_cast<std::size_t>(info)].words;
    table_of_facts = "<<\n";
    for (const Fact& fact : facts)
        table_of_facts += QByteArray(fact.name) + ' ' + hexadecimal(fact.text) + '\n';
    table_of_facts += ">>\n";

    // A number for each object when it is first named.
    std::vector<int> order{0, info, root};
    std::map<int, int> numbers{{info, 1}, {root, 2}};
    // A subset of a face is called QABCDE+Inter, after its old number.
    std::map<QString, QByteArray> tags;
    QByteArray file = written.left(written.indexOf("1 0 obj\n"));
    std::vector<qsizetype> places{0};
    for (std::size_t i = 1; i < order.size(); ++i) {
        const Object& object = objects[static_cast<std::size_t>(order[i])];
        QByteArray words =
            replaced(object.words, "(?<![0-9.])([0-9]+) 0 R\\b", [&](const QString& old) {
                const int number = old.toInt();
                if (numbers.emplace(number, static_cast<int>(order.size())).second)
                    order.push_back(number);
                return QByteArray::number(numbers[number]);
            });
        words = replaced(words, "/(Q[A-Z]{5})\\+", [&](const QString& old) {
            const int next = static_cast<int>(tags.size());
            QByteArray tag = "QAAAAA";
            tag[4] = static_cast<char>('A' + next / 26 % 26);
            tag[5] = static_cast<char>('A' + next % 26);
            return tags.emplace(old, tag).first->second;
        });
        words = replaced(words, "/MediaBox \\[([^\\]]*)\\]",
                         [&](const QString& whole) { return upper_left(whole, page); });
        places.push_back(file.size());
        file += QByteArray::number(static_cast<int>(i)) + " 0 obj\n" + words + object.stream +
                "endobj\n";
    }

    const QByteArray new_table = QByteArray::number(file.size());
    file += "xref\n0 " + QByteArray::number(static_cast<int>(places.size())) +
            "\n0000000000 65535 f \n";
    for (std::size_t i = 1; i < places.size(); ++i)
        file += QByteArray::number(places[i]).rightJustified(10, '0') + " 00000 n \n";
    return file + "trailer\n<<\n/Size " + QByteArray::number(static_cast<int>(places.size())) +
           "\n/Info 1 0 R\n/Root 2 0 R\n>>\nstartxref\n" + new_table + "\n%%EOF\n";
}

}  // namespace ui::paint::pdf
