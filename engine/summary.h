// SPDX-License-Identifier: MIT
// model.summary() as each release of Keras prints it.
#pragma once

#include <array>
#include <string>

#include "engine/model.h"

namespace engine {

/// Releases whose text differs. Sources: keras 2.2.4 and 2.3.1, utils/layer_utils.py; tf.keras 2.6, 2.11 and
/// 2.15, the same file; keras 3.13, utils/summary_utils.py, whose table the package rich draws.
enum class SummaryStyle { keras_2_2, keras_2_3, tf_2_6, tf_2_11, tf_2_15, keras_3 };

/// All of them, oldest first.
inline constexpr std::array summary_styles{SummaryStyle::keras_2_2, SummaryStyle::keras_2_3,
                                           SummaryStyle::tf_2_6,    SummaryStyle::tf_2_11,
                                           SummaryStyle::tf_2_15,   SummaryStyle::keras_3};

/// "keras-2.2", "tf-2.15", "keras-3"
std::string_view name_of(SummaryStyle style);
std::optional<SummaryStyle> summary_style_named(std::string_view name);

struct SummaryRow {
    std::string
        name;  ///< auto-name: "conv2d_transpose_1", without TensorFlow's first number "conv2d_transpose"
    std::string type;  ///< class name
    Shape output;
    std::int64_t parameters = 0;
};
struct Summary {
    SummaryStyle style = SummaryStyle::keras_2_2;
    std::vector<SummaryRow> rows;
    std::int64_t total = 0, trainable = 0, non_trainable = 0;
};
/// `geometries` as given by infer_model without an error.
Summary summarize(std::span<const Layer> layers, std::span<const Geometry> geometries,
                  SummaryStyle style = SummaryStyle::keras_2_2);

/// Columns of the terminal it is printed on: only Keras 3 looks at it, and makes no table wider than 88.
struct TerminalColumns {
    static constexpr int least = 40, most = 1000;
    int count = 80;
};

/// model.summary() to the character in UTF-8, trailing spaces included, each line ended by '\n'.
std::string summary_text(const Summary& summary, TerminalColumns terminal = {});

/// "(None, 5, 5, 128)"
std::string keras_shape(const Shape& shape);
/// "324,353"
std::string with_thousands(std::int64_t number);
/// What parameters of 4 bytes each take: "1.24 MB"; `unit` names a single byte.
std::string memory_text(std::int64_t parameters, std::string_view unit);

/// Behind summary_text: Keras 3's table.
std::string summary_table(const Summary& summary, TerminalColumns terminal);

}  // namespace engine
