// SPDX-License-Identifier: MIT
// Files of weights, for a layer that has a bias and one that has none.
#include <cstring>

#include "engine/layers/weights.h"
#include "tests/fuzz/entry_points.h"
#include "tests/fuzz/sentence.h"
#include "ui/formats/weights_file.h"
#include "ui/words/error_text.h"

namespace fuzz {

namespace {

using engine::KernelOrder;

bool same_bits(const engine::Tensor& one, const engine::Tensor& other) {
    const auto a = one.values();
    const auto b = other.values();
    return one.shape() == other.shape() && a.size() == b.size() &&
           (a.empty() || std::memcmp(a.data(), b.data(), a.size_bytes()) == 0);
}

std::string complaint_about_weights_for(const QByteArray& file, const engine::LayerSpec& spec,
                                        int channels, KernelOrder shown) {
    const engine::WeightShapes wanted = engine::weight_shapes(spec, {4, 4, channels});
    const auto opened = ui::formats::weights_in(file, spec, wanted, shown);
    if (!opened) return complaint_about_sentence(ui::words::error_text(opened.error()));
    const auto& kernel = opened->weights.kernel;
    const auto& bias = opened->weights.bias;
    if (kernel.shape()[2] != wanted.kernel[2] || kernel.shape()[3] != wanted.kernel[3])
        return "other channels";
    if (kernel.values().empty()) return "a kernel without numbers";
    if (!bias.empty() && bias.shape() != wanted.bias) return "another bias";
    for (const ui::formats::WeightsFile& format : ui::formats::weights_files())
        for (const KernelOrder order : {KernelOrder::keras, KernelOrder::pytorch}) {
            const auto written = ui::formats::weights_as(format, spec, {kernel, bias}, order);
            if (!written) return "not written";
            // Where both orders fit, the one that is shown is read.
            const auto again = ui::formats::weights_in(*written, spec, wanted, order);
            if (!again) return "not read again";
            if (again->weights.order == order && !same_bits(again->weights.kernel, kernel))
                return "another kernel comes back";
            if (format.has_names && !same_bits(again->weights.bias, bias))
                return "another bias comes back";
        }
    return {};
}

}  // namespace

std::string complaint_about_weights(Bytes bytes) {
    const QByteArray file(reinterpret_cast<const char*>(bytes.data()),
                          static_cast<qsizetype>(bytes.size()));
    engine::Conv2DTranspose tutorial;
    tutorial.kernel_size = {3, 3};
    tutorial.filters = 1;
    engine::Conv2D bare;
    bare.kernel_size = {2, 2};
    bare.filters = 2;
    bare.use_bias = false;
    for (const KernelOrder shown : {KernelOrder::keras, KernelOrder::pytorch}) {
        std::string wrong = complaint_about_weights_for(file, tutorial, 1, shown);
        if (wrong.empty()) wrong = complaint_about_weights_for(file, bare, 3, shown);
        if (!wrong.empty()) return wrong;
    }
    return {};
}

}  // namespace fuzz
