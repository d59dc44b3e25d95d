// SPDX-License-Identifier: MIT
// A row a kind of file.
#include "ui/words/foreign_text.h"

#include <array>

#include <QCoreApplication>

namespace ui::words {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::words::foreign_text)
};

/// What can be done with it here.
enum class Use { picture, model, code, numbers, sheet, cases, none };

struct Kind {
    std::string_view name;
    const char* what;
    Use use;
};

constexpr std::array kinds{
    Kind{"png", QT_TRANSLATE_NOOP("ui::words::foreign_text", "a PNG picture"), Use::picture},
    Kind{"jpeg", QT_TRANSLATE_NOOP("ui::words::foreign_text", "a JPEG picture"), Use::picture},
    Kind{"gif", QT_TRANSLATE_NOOP("ui::words::foreign_text", "a GIF picture"), Use::picture},
    Kind{"webp", QT_TRANSLATE_NOOP("ui::words::foreign_text", "a WebP picture"), Use::picture},
    Kind{"tiff", QT_TRANSLATE_NOOP("ui::words::foreign_text", "a TIFF picture"), Use::picture},
    Kind{"bmp", QT_TRANSLATE_NOOP("ui::words::foreign_text", "a BMP picture"), Use::picture},
    Kind{"svg", QT_TRANSLATE_NOOP("ui::words::foreign_text", "an SVG picture"), Use::picture},
    Kind{"pdf", QT_TRANSLATE_NOOP("ui::words::foreign_text", "a PDF document"), Use::picture},
    Kind{"hdf5",
         QT_TRANSLATE_NOOP("ui::words::foreign_text", "an HDF5 file, as Keras saves models"),
         Use::model},
    Kind{"keras", QT_TRANSLATE_NOOP("ui::words::foreign_text", "a model saved by Keras"),
         Use::model},
    Kind{"keras_json",
         QT_TRANSLATE_NOOP("ui::words::foreign_text", "a model as Keras's to_json() writes it"),
         Use::model},
    Kind{"pickle",
         QT_TRANSLATE_NOOP("ui::words::foreign_text", "a Python pickle, as PyTorch saves models"),
         Use::model},
    Kind{"onnx", QT_TRANSLATE_NOOP("ui::words::foreign_text", "an ONNX model"), Use::model},
    Kind{"tflite", QT_TRANSLATE_NOOP("ui::words::foreign_text", "a TensorFlow Lite model"),
         Use::model},
    Kind{"notebook", QT_TRANSLATE_NOOP("ui::words::foreign_text", "a Jupyter notebook"), Use::code},
    Kind{"python", QT_TRANSLATE_NOOP("ui::words::foreign_text", "Python code"), Use::code},
    Kind{"numpy", QT_TRANSLATE_NOOP("ui::words::foreign_text", "a NumPy file"), Use::numbers},
    Kind{"sheet", QT_TRANSLATE_NOOP("ui::words::foreign_text", "a spreadsheet"), Use::sheet},
    Kind{"table", QT_TRANSLATE_NOOP("ui::words::foreign_text", "a table of numbers"), Use::sheet},
    Kind{"cases", QT_TRANSLATE_NOOP("ui::words::foreign_text", "a list of cases to compute"),
         Use::cases},
    Kind{"html", QT_TRANSLATE_NOOP("ui::words::foreign_text", "a web page"), Use::none},
    Kind{"zip", QT_TRANSLATE_NOOP("ui::words::foreign_text", "a ZIP archive"), Use::none},
    Kind{"gzip", QT_TRANSLATE_NOOP("ui::words::foreign_text", "a packed file"), Use::none},
};

QString advice(Use use) {
    switch (use) {
        case Use::picture:
            return Words::tr(
                "If it was exported from here, open the lesson that it was drawn from; to work on "
                "its numbers, paste them into the input as a table.");
        case Use::model:
            return Words::tr(
                "Put its layers together in the rail under Model, and paste the numbers of "
                "get_weights() into the kernel.");
        case Use::code:
            return Words::tr("Put its layers together in the rail under Model.");
        case Use::numbers:
            return Words::tr("Print it with tolist() and paste that into a grid on the stage.");
        case Use::sheet:
            return Words::tr("Copy its cells and paste them into a grid on the stage.");
        case Use::cases:
            return Words::tr("The command line computes it: stridescope eval FILE.");
        case Use::none:
            break;
    }
    return Words::tr("Lessons are files that end in .stride.");
}

}  // namespace

QString foreign_text(std::string_view kind) {
    for (const Kind& one : kinds)
        if (one.name == kind)
            return Words::tr("This is %1, not a lesson. %2")
                .arg(Words::tr(one.what), advice(one.use));
    return {};
}

QStringList foreign_kinds() {
    QStringList names;
    for (const Kind& one : kinds)
        names << QString::fromLatin1(one.name.data(), static_cast<qsizetype>(one.name.size()));
    return names;
}

}  // namespace ui::words
