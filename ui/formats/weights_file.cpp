// SPDX-License-Identifier: MIT
#include "ui/formats/weights_file.h"

#include <algorithm>

#include <QFileInfo>

namespace ui::formats {

using engine::Error;
using engine::ErrorCode;
using engine::KernelOrder;
using engine::Result;
using engine::Tensor;

namespace {

const WeightsFile rows[]{
    {.name = "NumPy archive",
     .ending = ".npz",
     .begins = QByteArrayLiteral("PK"),
     .has_names = true,
     .read = read_npz,
     .write = write_npz},
    {.name = "NumPy array",
     .ending = ".npy",
     .begins = QByteArrayLiteral("\x93NUMPY"),
     .has_names = false,
     .read = read_npy,
     .write = write_npy},
};

NamedArray named(const QString& name, const Tensor& tensor) {
    NamedArray array{.name = name};
    for (const int size : tensor.shape().sizes())
        array.sizes.push_back(static_cast<std::size_t>(size));
    array.values.assign(tensor.values().begin(), tensor.values().end());
    return array;
}

/// The array with one of these names, else the first of this rank; -1: none.
int found_in(const std::vector<NamedArray>& arrays, const QStringList& names, std::size_t rank) {
    for (const QString& name : names)
        for (std::size_t i = 0; i < arrays.size(); ++i) {
            const QString own = arrays[i].name.section(u'/', -1).section(u'.', -1);
            if (own.compare(name, Qt::CaseInsensitive) == 0 && arrays[i].sizes.size() == rank)
                return static_cast<int>(i);
        }
    const auto first = std::ranges::find_if(
        arrays, [rank](const NamedArray& array) { return array.sizes.size() == rank; });
    return first == arrays.end() ? -1 : static_cast<int>(first - arrays.begin());
}

}  // namespace

std::span<const WeightsFile> weights_files() { return rows; }

const WeightsFile* weights_file_of(const QString& path) {
    for (const WeightsFile& row : rows)
        if (path.endsWith(QLatin1String(row.ending), Qt::CaseInsensitive)) return &row;
    return nullptr;
}

Error not_weights(const char* seems) {
    return {
        .code = ErrorCode::unknown_format, .text = seems, .meant = ".npy and .npz with numbers"};
}

Result<OpenedWeights> weights_in(const QByteArray& file, const engine::LayerSpec& spec,
                                 const engine::WeightShapes& wanted, KernelOrder shown) {
    const auto row = std::ranges::find_if(
        rows, [&](const WeightsFile& one) { return file.startsWith(one.begins); });
    if (row == std::end(rows))
        return not_weights(QT_TRANSLATE_NOOP("ui::words::error_text", "something else"));
    const auto arrays = row->read(file);
    if (!arrays) return arrays.error();
    if (arrays->empty())
        return not_weights(QT_TRANSLATE_NOOP("ui::words::error_text", "an archive without arrays"));
    const int kernel =
        std::max(found_in(*arrays, {QStringLiteral("kernel"), QStringLiteral("weight")}, 4), 0);
    const int bias = wanted.bias.rank() == 0 ? -1 : found_in(*arrays, {QStringLiteral("bias")}, 1);
    std::vector<ReadArray> chosen;
    OpenedWeights opened;
    for (const int index : {kernel, bias}) {
        if (index < 0) continue;
        const NamedArray& array = (*arrays)[static_cast<std::size_t>(index)];
        chosen.push_back({array.sizes, array.values});
        opened.rounded = opened.rounded || array.rounded;
    }
    for (std::size_t i = 0; i < arrays->size(); ++i)
        if (static_cast<int>(i) != kernel && static_cast<int>(i) != bias)
            opened.left_out << (*arrays)[i].name;
    const auto fitted = fit_weights(chosen, spec, wanted, shown, false);
    if (!fitted) return fitted.error();
    opened.weights = *fitted;
    return opened;
}

Result<QByteArray> weights_as(const WeightsFile& format, const engine::LayerSpec& spec,
                              const engine::Weights& weights, KernelOrder order) {
    const bool keras = order == KernelOrder::keras;
    std::vector<NamedArray> arrays{
        named(keras ? QStringLiteral("kernel") : QStringLiteral("weight"),
              engine::reordered(weights.kernel, engine::kernel_axes(spec, KernelOrder::keras),
                                engine::kernel_axes(spec, order)))};
    if (format.has_names && !weights.bias.empty())
        arrays.push_back(named(QStringLiteral("bias"), weights.bias));
    return format.write(arrays);
}

}  // namespace ui::formats
