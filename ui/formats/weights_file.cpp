// SPDX-License-Identifier: MIT
#include "ui/formats/weights_file.h"

#include <algorithm>
#include <initializer_list>

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

/// "conv_2/" of "conv_2/kernel" and "conv_2." of "conv_2.weight".
QString layer_part(const QString& name) {
    return name.left(std::max(name.lastIndexOf(u'/'), name.lastIndexOf(u'.')) + 1);
}

bool is_called(const NamedArray& array, std::initializer_list<const char*> names) {
    // TensorFlow 1 says "kernel:0".
    const QString own = array.name.mid(layer_part(array.name).size()).section(u':', 0, 0);
    return std::ranges::any_of(names, [&own](const char* name) {
        return own.compare(QLatin1String(name), Qt::CaseInsensitive) == 0;
    });
}

/// The first of the arrays for which `worth` is largest; -1 if it is 0 for all.
template <typename Worth>
int best_of(const std::vector<NamedArray>& arrays, Worth worth) {
    int best = -1;
    int most = 0;
    for (std::size_t i = 0; i < arrays.size(); ++i)
        if (const int own = worth(arrays[i]); own > most) {
            most = own;
            best = static_cast<int>(i);
        }
    return best;
}

int kernel_in(const std::vector<NamedArray>& arrays, const engine::LayerSpec& spec,
              const engine::WeightShapes& wanted, KernelOrder shown) {
    return best_of(arrays, [&](const NamedArray& array) {
        const int called = is_called(array, {"kernel", "weight"}) ? 1 : 0;
        // What is called so and cannot be read is said rather than passed over in silence.
        if (array.unread) return 5 * called;
        const auto fit = fit_of(array.sizes, spec, wanted, shown, false);
        if (fit) return 16 + 4 * called + (fit->exact ? 2 : 0);
        return (array.sizes.size() == 4 ? 4 : 1) + 2 * called;
    });
}

int bias_in(const std::vector<NamedArray>& arrays, const NamedArray& kernel,
            const engine::WeightShapes& wanted) {
    if (wanted.bias.rank() != 1) return -1;
    return best_of(arrays, [&](const NamedArray& array) {
        const bool called = is_called(array, {"bias"}) ||
                            array.name.startsWith(QStringLiteral("arr_"));  // savez without names
        if (&array == &kernel || array.unread || array.sizes.size() != 1 ||
            layer_part(array.name) != layer_part(kernel.name))
            return 0;
        const bool fits = array.sizes.front() == static_cast<std::size_t>(wanted.bias[0]);
        return (fits ? 2 : 0) + (called ? 1 : 0);
    });
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
    const int kernel = std::max(kernel_in(*arrays, spec, wanted, shown), 0);
    const NamedArray& taken = (*arrays)[static_cast<std::size_t>(kernel)];
    if (taken.unread) return *taken.unread;
    const int bias = bias_in(*arrays, taken, wanted);
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
