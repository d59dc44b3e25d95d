// SPDX-License-Identifier: MIT
// DepthToSpace: nothing is computed, numbers move.
#include <array>

#include "engine/frameworks/torch_modules.h"
#include "engine/layers/families/cells.h"
#include "engine/layers/families/equation_line.h"
#include "engine/layers/families/inference.h"
#include "engine/layers/layer_definition.h"

namespace engine {

namespace {

std::size_t index(int i) { return static_cast<std::size_t>(i); }

/// Cells in a block.
std::int64_t cells_of_block(const DepthToSpace& layer) {
    return std::int64_t{layer.block_size} * layer.block_size;
}

/// Channel of the input cell that comes to lie in channel `filter` of the block's cell number
/// `cell`, in reading order.
int source_channel(const DepthToSpace& layer, int filters, int filter, int cell) {
    const auto cells = static_cast<int>(cells_of_block(layer));
    return layer.mode == DepthMode::dcr ? cell * filters + filter : filter * cells + cell;
}

Result<Geometry> infer_depth(const DepthToSpace& layer, const Shape& input) {
    if (Check wrong = first_of(is_feature_map(input), knows_channels(input))) return *wrong;
    const std::int64_t cells = cells_of_block(layer);
    if (input.channels() % cells != 0)
        return mistake(ErrorCode::indivisible_channels, "input", input.channels(), cells);
    // Blocks lie side by side: a transposed convolution whose kernel is as large as its strides.
    return feature_map(input, static_cast<int>(input.channels() / cells), [&](int axis, int in) {
        return transposed_axis(in, {layer.block_size, layer.block_size, 1}, Valid{}, std::nullopt,
                               axis);
    });
}

Tensor rearranged(const DepthToSpace& layer, const LayerInput& from) {
    const Shape& in = from.geometry.input;
    const Shape& out = from.geometry.output;
    const int block = layer.block_size;
    const float* values = from.input.data();
    std::vector<float> moved(static_cast<std::size_t>(out.count()));
    for (int row = 0; row < out.height(); ++row)
        for (int column = 0; column < out.width(); ++column) {
            const float* cell = values + cell_index(in, row / block, column / block);
            float* to = &moved[cell_index(out, row, column)];
            const int place = row % block * block + column % block;
            for (int filter = 0; filter < out.channels(); ++filter)
                to[filter] = cell[source_channel(layer, out.channels(), filter, place)];
        }
    return Tensor(out, std::move(moved));
}

double loops_of_depth(const LayerSpec&, const Geometry& geometry) {
    constexpr double of_moved_number = 3;  // nanoseconds
    return of_moved_number * static_cast<double>(geometry.output.count());
}

int channels_of_filter(const DepthToSpace& layer, const Geometry&) {
    return static_cast<int>(cells_of_block(layer));
}

/// Each channel's kernel is 1 in the cell of the block that it moves to.
OneFilter filter_of_depth(const DepthToSpace& layer, const Geometry& geometry, const Weights&,
                          int filter) {
    const int block = layer.block_size;
    const int cells = channels_of_filter(layer, geometry);
    Conv2DTranspose stamping;
    stamping.kernel_size = {block, block};
    stamping.strides = {block, block};
    stamping.use_bias = false;
    OneFilter played{.layer = stamping};
    std::vector<float> kernel(index(cells) * index(cells), 0.0F);
    for (int cell = 0; cell < cells; ++cell) {
        kernel[index(cell) * index(cells) + index(cell)] = 1;
        played.channels.push_back(source_channel(layer, geometry.output.channels(), filter, cell));
    }
    played.kernel = Tensor({block, block, 1, cells}, std::move(kernel));
    return played;
}

/// A channel's stamp is one weight among as many as the block has cells: larger blocks would be
/// nearly all zeros, and their channels would not be told apart.
bool is_played(const DepthToSpace& layer) {
    constexpr int largest_block = 8;
    return layer.block_size <= largest_block;
}

Formula sizes_of_depth(const DepthToSpace&, const Geometry& geometry) {
    return grown_formula(geometry, "block_size");
}

/// PyTorch has the one mode only.
void modules_of_depth(const DepthToSpace& layer, TorchModules& modules) {
    modules.add(layer.mode == DepthMode::crd ? "PixelShuffle" : "DepthToSpace");
}

constexpr std::array mode_names{
    named(DepthMode::dcr, "DCR"),
    named(DepthMode::crd, "CRD"),
};

const std::array rows{LayerDefinition{
    .class_name = "DepthToSpace",
    .is_in_keras = false,
    .defaults = DepthToSpace{},
    .example = DepthToSpace{},
    .arguments = {required(argument<&DepthToSpace::block_size>(
                      "block_size", {1, max_argument},
                      {.keras_2 = "blocksize", .pytorch = "upscale_factor", .onnx = "blocksize"})),
                  defining(argument<&DepthToSpace::mode>("mode", {}, {.pytorch = no_name}))},
    .name_in_pytorch = "PixelShuffle",
    .infer = erased<infer_depth>,
    .loop_nanoseconds = loops_of_depth,
    .forward = erased<rearranged>,
    .is_played = erased<is_played>,
    .one_filter = erased<filter_of_depth>,
    .filter_channels = erased<channels_of_filter>,
    .window = LayerDefinition::Window::stamps,
    .sizes = erased<sizes_of_depth>,
    .torch_modules = erased<modules_of_depth>,
}};

}  // namespace

const ChoiceNames& choice_names(DepthMode) {
    static constexpr ChoiceNames names{mode_names};
    return names;
}

Definitions DepthToSpace::definitions() { return rows; }

}  // namespace engine
