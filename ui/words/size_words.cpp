// SPDX-License-Identifier: MIT
#include "ui/words/size_words.h"

#include <cstdlib>

#include <QCoreApplication>
#include <QStringList>

namespace ui::words {

using engine::Purpose;
using engine::Quantity;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::words::size_words)
};

/// "0–1", "0 and 4", or nothing.
QString ranges_text(const engine::CellRanges& ranges) {
    QStringList parts;
    for (const engine::CellRange& range : ranges) {
        if (range.last < range.first) continue;
        parts << (range.first == range.last
                      ? QString::number(range.first)
                      : QStringLiteral("%1–%2").arg(range.first).arg(range.last));
    }
    return parts.join(Words::tr(" and "));
}

bool is_one_cell(const engine::CellRanges& ranges) {
    int count = 0;
    for (const engine::CellRange& range : ranges) count += range.last - range.first + 1;
    return count == 1;
}

/// "Row 4", "Rows and columns 0–1"; of a convolution cells of the padded input.
QString where_text(const engine::SizeTerm& term, Along along) {
    const QString ranges = ranges_text(term.cells);
    const bool one = is_one_cell(term.cells);
    switch (along) {
        case Along::both:
            return (one ? Words::tr("Row and column %1") : Words::tr("Rows and columns %1"))
                .arg(ranges);
        case Along::rows:
            return (one ? Words::tr("Row %1") : Words::tr("Rows %1")).arg(ranges);
        case Along::columns:
            return (one ? Words::tr("Column %1") : Words::tr("Columns %1")).arg(ranges);
    }
    return {};
}

QString what_text(const engine::SizeTerm& term, const engine::Axis& axis) {
    const auto count = static_cast<int>(std::abs(term.value));
    switch (term.purpose) {
        case Purpose::steps:
            return Words::tr("from the first stamp to the last, %n step(s) of %1", nullptr,
                             axis.in - 1)
                .arg(axis.stride);
        case Purpose::last_stamp:
            return Words::tr("the whole stamp of the last input, %1 long").arg(axis.extent);
        case Purpose::rest_of_stamp:
            return Words::tr("the last stamp without its first cell");
        case Purpose::first_cell:
            return Words::tr("the first cell of the last stamp");
        case Purpose::blocks:
            return Words::tr("a block of %1 for each of %n input(s)", nullptr, axis.in)
                .arg(axis.stride);
        case Purpose::overhang:
            return count > 0 ? Words::tr("what the last stamp has beyond its block of %1")
                                   .arg(axis.stride)
                             : Words::tr("the last stamp is no longer than its block of %1")
                                   .arg(axis.stride);
        case Purpose::cut_both:
            return Words::tr("padding cuts %1 at each end").arg(count / 2);
        case Purpose::cut_begin:
            return Words::tr("%1 cut at the beginning").arg(count);
        case Purpose::cut_end:
            return Words::tr("%1 cut at the end").arg(count);
        case Purpose::given_back:
            return Words::tr("of what was cut, output_padding gives back %1").arg(count);
        case Purpose::appended:
            return Words::tr("output_padding appends %1, which no input reaches").arg(count);
        case Purpose::wanted:
            return Words::tr("the size that output_shape asks for");
        case Purpose::sliced_begin:
            return Words::tr("%1 cut by hand at the beginning").arg(count);
        case Purpose::sliced_end:
            return Words::tr("%1 cut by hand at the end").arg(count);
        case Purpose::input:
            return Words::tr("the input itself");
        case Purpose::zeros_both:
            return Words::tr("%1 zeros put at each end").arg(count / 2);
        case Purpose::zeros_begin:
            return Words::tr("%1 zeros put before the input").arg(count);
        case Purpose::zeros_end:
            return Words::tr("%1 zeros put behind the input").arg(count);
        case Purpose::first_window:
            return Words::tr("what the first window covers");
        case Purpose::every_stride:
            return Words::tr("one window more for every %1 cells").arg(count);
        case Purpose::first_place:
            return Words::tr("the first window itself");
        case Purpose::rest_of_window:
            return Words::tr("the first window without its first cell");
        case Purpose::first_of_window:
            return Words::tr("the first cell of the first window");
        case Purpose::whole:
            return Words::tr("the full output, before anything is cut");
        case Purpose::kept:
            return Words::tr("the output: what is kept of it");
    }
    return {};
}

}  // namespace

QString term_sentence(const engine::SizeTerm& term, const engine::Axis& axis, Along along) {
    const QString what = what_text(term, axis);
    if (!ranges_text(term.cells).isEmpty())
        return Words::tr("%1: %2.").arg(where_text(term, along), what);
    const QString number = QString::fromStdString(engine::digits(term.value));
    return Words::tr("%1: %2.").arg(number, what);
}

QString factor_sentence(Quantity quantity, int which, const QString& value) {
    const auto say = [&](const QString& rows, const QString& columns) {
        return (which == 0 ? rows : columns).arg(value);
    };
    switch (quantity) {
        case Quantity::in:
            return say(Words::tr("Rows of the input: %1."), Words::tr("Columns of the input: %1."));
        case Quantity::out:
            return say(Words::tr("Rows of the output: %1."),
                       Words::tr("Columns of the output: %1."));
        case Quantity::kernel_size:
            return say(Words::tr("Rows of the kernel: %1."),
                       Words::tr("Columns of the kernel: %1."));
        case Quantity::filters:
            return Words::tr("Filters, each with weights of its own: %1.").arg(value);
        case Quantity::input_channels:
            return Words::tr("Input channels, each with a slice of the kernel: %1.").arg(value);
        case Quantity::bias:
            return Words::tr("Biases, one for each filter: %1.").arg(value);
        case Quantity::units:
            return Words::tr("Units: %1.").arg(value);
        default:
            return Words::tr("Factor: %1.").arg(value);
    }
}

}  // namespace ui::words
