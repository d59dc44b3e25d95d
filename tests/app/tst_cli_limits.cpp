// SPDX-License-Identifier: MIT
// What a few hundred bytes can ask for: long work is refused with its estimate, memory stays under
// 1 GiB, and a system that gives less of either is told about in one sentence.
#include <QFile>
#include <QJsonArray>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <sys/resource.h>
#include <unistd.h>

#include "tests/support/program.h"

namespace {

using program::Outcome;

#ifdef STRIDESCOPE_SANITIZED
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif

/// A lesson of one or more layers as text.
QByteArray lesson(const char* layers, const char* shape, const char* initializer = "counting") {
    return QByteArray(R"({"stridescope": 1, "title": "Large", "layers": [)") + layers +
           R"(], "input": {"shape": [)" + shape + R"(], "initializer": ")" + initializer +
           R"("}, "weights": [{"initializer": "ones"}]})";
}

const QByteArray long_convolution =
    lesson(R"({"class_name": "Conv2D", "filters": 1, "kernel_size": 511, "padding": "same"})",
           "512, 512, 1");

/// Lessons that would hold as much as may be held, or more.
const std::vector<std::pair<const char*, QByteArray>> large_lessons{
    {"two activations", lesson(R"({"class_name": "Activation", "activation": "relu"},
                {"class_name": "Activation", "activation": "relu"})",
                               "8192, 8192, 1")},
    {"bicubic",
     lesson(R"({"class_name": "UpSampling2D", "interpolation": "bicubic"})", "4096, 4096, 1")},
    {"enlarged", lesson(R"({"class_name": "UpSampling2D", "size": 8192})", "1, 1, 1")},
    {"transposed",
     lesson(R"({"class_name": "Conv2DTranspose", "filters": 4, "kernel_size": 3, "strides": 2,
                "padding": "same"})",
            "1400, 1400, 4")},
    {"dense", lesson(R"({"class_name": "Dense", "units": 8192})", "8192", "random_normal")},
    {"many layers",
     lesson(
         R"({"class_name": "LeakyReLU"}, {"class_name": "LeakyReLU"}, {"class_name": "LeakyReLU"},
                {"class_name": "LeakyReLU"}, {"class_name": "LeakyReLU"})",
         "6000, 6000, 1")},
};

}  // namespace

class TestCliLimits : public QObject {
    Q_OBJECT
private:
    QTemporaryDir m_folder;
    QString file(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    QString written(const QByteArray& text) const {
        QFile out(file("lesson.stride"));
        if (!out.open(QIODevice::WriteOnly) || out.write(text) != text.size()) qFatal("no file");
        return out.fileName();
    }
    Outcome render(const QByteArray& text, const QStringList& options = {}) const {
        return program::run(QStringList{QStringLiteral("render"), written(text),
                                        QStringLiteral("-o"), file("out.png")} +
                            options);
    }

private slots:
    // 68 thousand million products: a minute and more, refused at once with how long it would take.
    void long_work_is_refused_with_its_estimate() {
        const Outcome refused = render(long_convolution);
        QCOMPARE(refused.code, 1);
        const QString sentence = QString::fromUtf8(refused.err);
        QVERIFY2(sentence.startsWith(QStringLiteral("This would take ")), refused.err);
        QVERIFY2(sentence.contains(QStringLiteral("68,451,303,424 multiply-adds")), refused.err);
        QVERIFY2(sentence.contains(QStringLiteral("10 s is the limit")), refused.err);
        QVERIFY2(sentence.contains(QStringLiteral("--limit")), refused.err);
        QVERIFY(!QFile::exists(file("out.png")));
    }

    void the_limit_is_the_callers() {
        const QByteArray small = lesson(
            R"({"class_name": "Conv2DTranspose", "filters": 1, "kernel_size": 9, "padding": "same"})",
            "64, 64, 1");
        QCOMPARE(render(small).code, 0);
        QCOMPARE(render(small, {QStringLiteral("--limit"), QStringLiteral("none")}).code, 0);
        QCOMPARE(render(small, {QStringLiteral("--limit"), QStringLiteral("600")}).code, 0);
        const Outcome refused = render(long_convolution, {QStringLiteral("--limit=0.5")});
        QCOMPARE(refused.code, 1);
        QVERIFY2(refused.err.contains("0.5 s is the limit"), refused.err);
        for (const char* wrong : {"0", "-1", "soon", "nan", "inf", "1e300", "", "10s"}) {
            const Outcome ended =
                render(small, {QStringLiteral("--limit"), QString::fromLatin1(wrong)});
            QVERIFY2(ended.code == 2, wrong);
            QCOMPARE(ended.err.count('\n'), 1);
        }
    }

    // The cases of a file together: those within the limit are answered, the rest say why not.
    void eval_bounds_the_sum_of_its_cases() {
        QByteArray cases = R"({"cases": [)";
        constexpr int count = 24;
        for (int i = 0; i < count; ++i)
            cases += QByteArray(i > 0 ? "," : "") + R"({"id": )" + QByteArray::number(i) +
                     R"(, "layer": "max_pooling2d", "args": {"pool_size": 60, "strides": 1,
                        "padding": "same"}, "input": {"shape": [1, 300, 300, 1], "data": [)" +
                     QByteArray("0,").repeated(89'999) + "0]}}";
        cases += "]}";
        const QString path = written(cases);
        const auto codes = [&](const QStringList& options) {
            const Outcome ended = program::run(QStringList{QStringLiteral("eval"), path} + options);
            QStringList found;
            const QJsonArray answers = program::object(ended.out)[u"cases"].toArray();
            for (const auto& answer : answers) found << answer[u"error"][u"code"].toString();
            return found;
        };
        const QStringList refused = codes({QStringLiteral("--limit"), QStringLiteral("2")});
        QCOMPARE(refused.size(), count);
        QVERIFY(refused.contains(QStringLiteral("too_much_work")));
        QCOMPARE(refused.back(), QStringLiteral("too_much_work"));
    }

    void memory_stays_below_a_gibibyte() {
        if (sanitized) QSKIP("the sanitizer's own memory counts");
        for (const auto& [name, text] : large_lessons) {
            const Outcome ended = render(text, {QStringLiteral("--limit"), QStringLiteral("60")});
            QVERIFY2(ended.code == 0 || ended.code == 1, name);
            QVERIFY2(ended.code == 0 || ended.err.count('\n') == 1, name);
            rusage used{};
            getrusage(RUSAGE_CHILDREN, &used);
            const QByteArray said = QByteArray(name) + ": " +
                                    QByteArray::number(qint64{used.ru_maxrss} / 1024) + " MiB";
            QVERIFY2(used.ru_maxrss < 1024 * 1024, said);
        }
    }

    // Whatever the system refuses, the answer is a picture or a sentence.
    void a_system_with_less_memory_is_told_about() {
        if (sanitized) QSKIP("the sanitizer needs the address space");
        const QString bash = QStandardPaths::findExecutable(QStringLiteral("bash"));
        if (bash.isEmpty()) QSKIP("no bash to set a limit with");
        const QString path = written(large_lessons[1].second);
        for (int mebibytes = 250; mebibytes <= 1250; mebibytes += 100) {
            const Outcome ended = program::run_other(
                bash,
                {QStringLiteral("-c"),
                 QStringLiteral("ulimit -v %1; exec \"$0\" render \"$1\" -o \"$2\" --limit 60")
                     .arg(mebibytes * 1024),
                 QStringLiteral(STRIDESCOPE), path, file("out.png")});
            const QByteArray said = QByteArray::number(mebibytes) + " MiB: " + ended.err;
            QVERIFY2(ended.code == 0 || ended.code == 1, said);
            QVERIFY2(ended.code == 0 || ended.err.count('\n') == 1, said);
        }
    }

    void a_system_without_threads_is_no_hindrance() {
        if (sanitized) QSKIP("the sanitizer looks for leaks with a process of its own");
        const QString setpriv = QStandardPaths::findExecutable(QStringLiteral("setpriv"));
        if (geteuid() != 0 || setpriv.isEmpty()) QSKIP("only root can become a user with a limit");
        QFile::setPermissions(m_folder.path(), QFile::Permissions(0x7777));
        const Outcome ended = program::run_other(
            setpriv,
            {QStringLiteral("--reuid=65534"), QStringLiteral("--regid=65534"),
             QStringLiteral("--clear-groups"), QStringLiteral("bash"), QStringLiteral("-c"),
             QStringLiteral("ulimit -u 1; exec \"$0\" render readers_puzzle -o \"$1\""),
             QStringLiteral(STRIDESCOPE), file("threadless.svg")});
        QVERIFY2(ended.code == 0 || (ended.code == 1 && ended.err.count('\n') == 1), ended.err);
        if (ended.code == 0) QVERIFY(QFile::exists(file("threadless.svg")));
    }
};

QTEST_GUILESS_MAIN(TestCliLimits)
#include "tst_cli_limits.moc"
