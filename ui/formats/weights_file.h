// SPDX-License-Identifier: MIT
// The table of files that hold arrays: a row says by what a file is known, its own file reads and
// writes it.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include <QByteArray>
#include <QString>
#include <QStringList>

#include "engine/values/result.h"
#include "engine/values/tensor.h"
#include "ui/formats/weights_text.h"

namespace ui::formats {

/// An array as a file has it.
struct NamedArray {
    QString name = {};  ///< "kernel"; empty where the format has no names
    std::vector<std::size_t> sizes = {};
    std::vector<float> values = {};  ///< the last axis fastest
    bool rounded = false;            ///< numbers that float32 does not hold were rounded to it
    /// Why there are no values: an archive may hold what is no weights beside what is.
    std::optional<engine::Error> unread = {};
};

struct WeightsFile {
    const char* name;    ///< "NumPy array", for people
    const char* ending;  ///< ".npy"
    QByteArray begins;   ///< by which its content is known
    bool has_names;      ///< it holds several arrays
    engine::Result<std::vector<NamedArray>> (*read)(const QByteArray& bytes);
    /// The same bytes for the same arrays.
    engine::Result<QByteArray> (*write)(std::span<const NamedArray> arrays);
};
std::span<const WeightsFile> weights_files();
/// By a file name's ending; null if it says none.
const WeightsFile* weights_file_of(const QString& path);

/// Largest file, and largest sum of what an archive unpacks to, in bytes; most arrays in one.
inline constexpr qint64 max_weights_bytes = qint64{256} << 20;
inline constexpr int max_arrays = 256;

struct OpenedWeights {
    ReadWeights weights;
    QStringList left_out = {};  ///< arrays that are not taken, or cannot be read
    bool rounded = false;
};
/// The kernel and the bias among a file's arrays: those that fit before those that do not, and then
/// those that are called so. A bias stands beside its kernel, "conv_2.bias" with "conv_2.weight".
/// `shown`: the order taken where both fit.
engine::Result<OpenedWeights> weights_in(const QByteArray& file, const engine::LayerSpec& spec,
                                         const engine::WeightShapes& wanted,
                                         engine::KernelOrder shown);
/// The bytes of a file that holds them in this order; a format without names holds the kernel
/// alone.
engine::Result<QByteArray> weights_as(const WeightsFile& format, const engine::LayerSpec& spec,
                                      const engine::Weights& weights, engine::KernelOrder order);

// The rows.
engine::Result<std::vector<NamedArray>> read_npy(const QByteArray& bytes);
engine::Result<QByteArray> write_npy(std::span<const NamedArray> arrays);
engine::Result<std::vector<NamedArray>> read_npz(const QByteArray& bytes);
engine::Result<QByteArray> write_npz(std::span<const NamedArray> arrays);
/// The content is no such file that can be read: what it seems to be.
engine::Error not_weights(const char* seems);

}  // namespace ui::formats
