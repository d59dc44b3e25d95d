// SPDX-License-Identifier: MIT
// model.summary() as each release of Keras prints it, and as torchinfo prints the same model in
// PyTorch.
#pragma once

#include <array>
#include <string>

#include "engine/models/model.h"

namespace engine {

/// Releases whose text differs. Sources: keras 2.2.4 and 2.3.1, utils/layer_utils.py;
/// tf.keras 2.6, 2.11 and 2.15, the same file; keras 3.13, utils/summary_utils.py, whose table the
/// package rich draws.
///
/// torchinfo: summary(model, input_size=(1, …)) of the package torchinfo 1.8, files formatting.py,
/// layer_info.py and model_statistics.py, where the model is the nn.Sequential that computes the
/// same:
///
///     Dense               Linear (Conv2d by one cell on feature maps)    Reshape   Unflatten
///     Conv2D              Conv2d        UpSampling2D   Upsample          Flatten   Flatten
///     Conv2DTranspose     ConvTranspose2d                                Dropout   Dropout
///     BatchNormalization  BatchNorm1d or 2d, whose moving statistics are no parameters
///     poolings            MaxPool2d, AvgPool2d; global: AdaptiveAvgPool2d and Flatten
///     an activation, in a layer or by itself: a module of its own
///
/// What PyTorch's padding cannot say (see dialect.h) is a ZeroPad2d before or, with negative
/// padding, behind the convolution; ZeroPadding2D and Cropping2D are ZeroPad2d, too. Shapes are [1,
/// channels, rows, columns]. Sizes count 4 bytes a number; "forward/backward" counts twice the
/// outputs of modules with parameters; "mult-adds" are torchinfo's: a convolution's parameters,
/// bias included, times its output cells. (From Python 3.11 on torchinfo 1.8 writes its unit M as
/// "Units.MEGABYTES"; here it is M.)
enum class SummaryStyle { keras_2_2, keras_2_3, tf_2_6, tf_2_11, tf_2_15, keras_3, torchinfo };

/// All of them, Keras's oldest first.
inline constexpr std::array summary_styles{
    SummaryStyle::keras_2_2, SummaryStyle::keras_2_3, SummaryStyle::tf_2_6,   SummaryStyle::tf_2_11,
    SummaryStyle::tf_2_15,   SummaryStyle::keras_3,   SummaryStyle::torchinfo};

/// "keras-2.2", "tf-2.15", "keras-3"
std::string_view name_of(SummaryStyle style);
std::optional<SummaryStyle> summary_style_named(std::string_view name);

/// What Keras makes of a class's name for a layer without one, before it counts: an underscore
/// before a capital that begins a word or follows a small letter. Conv2DTranspose ->
/// conv2d_transpose, LeakyReLU -> leaky_re_lu.
std::string snake_case(const std::string& name);

struct SummaryRow {
    /// The layer's own, or an auto-name: "conv2d_transpose_1", without TensorFlow's first number
    /// "conv2d_transpose"; empty in torchinfo's.
    std::string name{};
    std::string type{};  ///< class name, Keras's or PyTorch's
    Shape output{};      ///< channels last
    std::int64_t parameters = 0;
    bool is_input = false;  ///< an InputLayer, whose shape TensorFlow 2 prints in brackets
};
struct Summary {
    SummaryStyle style = SummaryStyle::keras_2_2;
    std::string name;            ///< the model's, UTF-8
    int batch = Shape::unknown;  ///< printed as the first of each shape
    Shape input;
    std::vector<SummaryRow> rows;  ///< one a layer; torchinfo: one a module
    std::int64_t total = 0, trainable = 0, non_trainable = 0;
    std::int64_t total_bytes = 0, trainable_bytes = 0;
};
/// How Keras built the model. A Sequential does not list its InputLayer.
enum class ModelClass { sequential, functional };
/// What of a model is printed beside its layers.
struct ModelHead {
    std::string name = {};  ///< empty: the release's own, "sequential_1"
    ModelClass model_class = ModelClass::sequential;
};
/// `geometries` as given by infer_model without an error; torchinfo needs every size to be known.
Summary summarize(std::span<const Layer> layers, std::span<const Geometry> geometries,
                  SummaryStyle style = SummaryStyle::keras_2_2, const ModelHead& head = {});

/// Columns of the terminal it is printed on: only Keras 3 looks at it, and makes no table wider
/// than 88.
struct TerminalColumns {
    static constexpr int least = 40, most = 1000;
    int count = 80;
};

/// The summary to the character in UTF-8, trailing spaces included, each line ended by '\n'.
std::string summary_text(const Summary& summary, TerminalColumns terminal = {});

/// "(None, 5, 5, 128)"
std::string keras_shape(const Shape& shape, int batch = Shape::unknown);
/// The same of a row in its release's words: "[(None, 100)]" for the input of TensorFlow 2.
std::string shape_text(const Summary& summary, const SummaryRow& row);
/// "324,353"
std::string with_thousands(std::int64_t number);
/// "0.46"
std::string two_decimals(double number);
/// "1.24 MB"; `unit` names a single byte.
std::string memory_text(std::int64_t bytes, std::string_view unit);

/// Behind summarize and summary_text: Keras 3's table, and torchinfo.
std::string summary_table(const Summary& summary, TerminalColumns terminal);
std::vector<SummaryRow> torchinfo_rows(std::span<const Layer> layers,
                                       std::span<const Geometry> geometries);
std::string torchinfo_text(const Summary& summary);

}  // namespace engine
