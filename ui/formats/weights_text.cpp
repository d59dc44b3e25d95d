// SPDX-License-Identifier: MIT
#include "ui/formats/weights_text.h"

#include <array>
#include <charconv>
#include <limits>
#include <optional>
#include <vector>

#include <QCoreApplication>

#include "ui/formats/grid_text_parts.h"

namespace ui::formats {

namespace {

using engine::Error;
using engine::ErrorCode;
using engine::KernelOrder;
using engine::Result;
using engine::Shape;
using engine::Tensor;

/// The shortest decimal that is this float32, as Python reads it: "10.0", "1e-05".
QString number(float value) {
    std::array<char, 32> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
    QString text = QString::fromLatin1(buffer.data(), end - buffer.data());
    if (!text.contains(u'.') && !text.contains(u'e')) text += QStringLiteral(".0");
    return text;
}

/// Nested lists, a bracket for every axis.
QString lists(const Tensor& tensor, int axis = 0, std::int64_t first = 0) {
    const Shape& shape = tensor.shape();
    std::int64_t step = 1;
    for (int inner = axis + 1; inner < shape.rank(); ++inner) step *= shape[inner];
    QStringList items;
    for (int i = 0; i < shape[axis]; ++i)
        items << (axis + 1 == shape.rank() ? number(tensor.data()[first + i])
                                           : lists(tensor, axis + 1, first + i * step));
    return u'[' + items.join(QStringLiteral(", ")) + u']';
}

QString array_of(const Tensor& tensor) {
    return QStringLiteral("np.array(%1, dtype=np.float32)").arg(lists(tensor));
}

QString set_weights(const Tensor& kernel, const Tensor& bias) {
    QStringList arrays{array_of(kernel)};
    if (!bias.empty()) arrays << array_of(bias);
    return QStringLiteral("layer.set_weights([%1])").arg(arrays.join(QStringLiteral(", ")));
}

QString weight_data(const Tensor& kernel, const Tensor& bias) {
    const auto line = [](const char* name, const Tensor& tensor) {
        return QStringLiteral("layer.%1.data = torch.tensor(%2)")
            .arg(QLatin1String(name), lists(tensor));
    };
    QStringList lines{line("weight", kernel)};
    if (!bias.empty()) lines << line("bias", bias);
    return lines.join(u'\n');
}

QString numpy_text(const Tensor& kernel, const Tensor& bias) {
    QStringList lines{QStringLiteral("kernel = ") + array_of(kernel)};
    if (!bias.empty()) lines << QStringLiteral("bias = ") + array_of(bias);
    return lines.join(u'\n');
}

constexpr std::array forms{
    WeightsForm{"set_weights", QT_TRANSLATE_NOOP("WeightsForm", "Keras’s set_weights"),
                KernelOrder::keras, set_weights},
    WeightsForm{"weight_data", QT_TRANSLATE_NOOP("WeightsForm", "PyTorch’s weight.data"),
                KernelOrder::pytorch, weight_data},
    WeightsForm{"numpy", QT_TRANSLATE_NOOP("WeightsForm", "NumPy arrays"), KernelOrder::keras,
                numpy_text},
};

bool speaks_of_pytorch(const QString& text) {
    for (const char* word : {"torch", "tensor(", "weight.data", "Parameter containing"})
        if (text.contains(QLatin1String(word)) && !text.contains(QLatin1String("tf.Tensor")))
            return true;
    return false;
}

/// The array's shape, or none where it is no tensor of this rank.
std::optional<Shape> shape_of(const std::vector<std::size_t>& sizes, std::size_t rank) {
    if (sizes.size() != rank) return std::nullopt;
    std::vector<int> narrow;
    for (const std::size_t size : sizes) {
        if (size > std::numeric_limits<int>::max()) return std::nullopt;
        narrow.push_back(static_cast<int>(size));
    }
    return Shape(std::span<const int>(narrow));
}

const char* name_of(engine::KernelAxis axis) {
    switch (axis) {
        case engine::KernelAxis::row:
            return "row";
        case engine::KernelAxis::column:
            return "column";
        case engine::KernelAxis::input_channel:
            return "input_channel";
        case engine::KernelAxis::filter:
            return "filter";
    }
    return "";
}

Error wrong_shape(const char* subject, const std::vector<std::size_t>& found, const Shape& wanted) {
    Error error{.code = ErrorCode::shape_mismatch, .subject = subject};
    for (const std::size_t size : found) error.given.push_back(static_cast<std::int64_t>(size));
    for (const int size : wanted.sizes()) error.limit.push_back(size);
    return error;
}

/// A kernel's shape in this order beside the one needed, with the names of the axes that are wrong;
/// other rows and columns are not, as long as a kernel may have them.
Error wrong_kernel(const std::vector<std::size_t>& found, const Shape& wanted,
                   const engine::KernelAxes& axes) {
    Error error = wrong_shape("kernel", found, wanted);
    if (found.size() != axes.size()) return error;
    for (std::size_t i = 0; i < axes.size(); ++i) {
        const bool is_side =
            axes[i] == engine::KernelAxis::row || axes[i] == engine::KernelAxis::column;
        const bool right = is_side ? found[i] >= 1 && found[i] <= max_kernel_side
                                   : error.given[i] == error.limit[i];
        if (i > 0) error.text += ',';
        if (!right) error.text += name_of(axes[i]);
    }
    return error;
}

/// As many input channels and filters, and no more rows and columns than a kernel may have.
bool has_channels_of(const Shape& found, const Shape& wanted) {
    const auto is_side = [](int size) { return size >= 1 && size <= max_kernel_side; };
    return found[2] == wanted[2] && found[3] == wanted[3] && is_side(found[0]) && is_side(found[1]);
}

}  // namespace

QString WeightsForm::title() const { return QCoreApplication::translate("WeightsForm", name); }

std::span<const WeightsForm> weights_forms() { return forms; }

QString write_weights(const WeightsForm& form, const engine::LayerSpec& spec,
                      const engine::Weights& weights) {
    return form.write(
        engine::reordered(weights.kernel, engine::kernel_axes(spec, KernelOrder::keras),
                          engine::kernel_axes(spec, form.order)),
        weights.bias);
}

Result<ReadWeights> read_weights(const QString& text, const engine::LayerSpec& spec,
                                 const engine::WeightShapes& wanted) {
    const auto arrays = read_arrays(text);
    if (!arrays) return arrays.error();
    const bool says_pytorch = speaks_of_pytorch(text);
    return fit_weights(*arrays, spec, wanted,
                       says_pytorch ? KernelOrder::pytorch : KernelOrder::keras, says_pytorch);
}

std::optional<KernelFit> fit_of(const std::vector<std::size_t>& sizes,
                                const engine::LayerSpec& spec, const engine::WeightShapes& wanted,
                                KernelOrder first, bool only) {
    const auto shape = shape_of(sizes, 4);
    if (!shape || wanted.kernel.rank() != 4) return std::nullopt;
    std::vector<KernelOrder> orders{first};
    if (!only)
        orders.push_back(first == KernelOrder::keras ? KernelOrder::pytorch : KernelOrder::keras);
    // The layer's own shape in either order comes before another size in any.
    for (const bool exact : {true, false})
        for (const KernelOrder order : orders) {
            const Shape in_keras = engine::reordered(*shape, engine::kernel_axes(spec, order),
                                                     engine::kernel_axes(spec, KernelOrder::keras));
            if (exact ? in_keras == wanted.kernel : has_channels_of(in_keras, wanted.kernel))
                return KernelFit{order, exact};
        }
    return std::nullopt;
}

Result<ReadWeights> fit_weights(std::span<const ReadArray> arrays, const engine::LayerSpec& spec,
                                const engine::WeightShapes& wanted, KernelOrder first, bool only) {
    if (wanted.kernel.rank() != 4)
        return wrong_shape("kernel", arrays.front().sizes, wanted.kernel);
    const auto keras = engine::kernel_axes(spec, KernelOrder::keras);
    const auto fit = fit_of(arrays.front().sizes, spec, wanted, first, only);
    if (!fit) {
        const auto axes = engine::kernel_axes(spec, first);
        return wrong_kernel(arrays.front().sizes, engine::reordered(wanted.kernel, keras, axes),
                            axes);
    }
    ReadWeights read;
    read.order = fit->order;
    read.kernel =
        engine::reordered(Tensor(*shape_of(arrays.front().sizes, 4), arrays.front().values),
                          engine::kernel_axes(spec, fit->order), keras);
    for (std::size_t i = 1; i < arrays.size(); ++i) {
        const auto bias = shape_of(arrays[i].sizes, 1);
        if (i > 1 || !bias || *bias != wanted.bias)
            return wrong_shape("bias", arrays[i].sizes, wanted.bias);
        read.bias = Tensor(*bias, arrays[i].values);
    }
    return read;
}

}  // namespace ui::formats
