// SPDX-License-Identifier: MIT
// The ways of the designer in short words, and settings that are claimed in the same.
#pragma once

#include <vector>

#include <QString>

#include "engine/frameworks/design.h"

namespace ui::words {

/// "k4 s2 same", "k3 s2 p1 op1", "UpSampling2D 2, Conv2D k3 same": short for the layers as a lesson
/// holds them. Numbers of rows and columns where they differ: "k3×5".
QString setting_text(const std::vector<engine::LayerSpec>& layers);
/// "even overlap" and what else is told apart: of each a word or two.
QStringList badges(const engine::Way& way);
/// What a short line has room for: "uneven crop · 10 parameters · 36 multiply-adds".
QString costs_text(const engine::Way& way);
/// "2×2", or "2" where both are the same.
QString pair_text(engine::Size2D size);

/// A setting that somebody says leads to a size.
struct NamedClaim {
    QString name;  ///< "k4 s2 p1"
    engine::Claim claim;
};
struct ReadClaims {
    std::vector<NamedClaim> claims = {};
    QString not_understood = {};              ///< the part that is no setting
    std::optional<engine::Error> error = {};  ///< a setting that no layer can have
};
/// Reads "k4 s2 p1, k5 s1 p0": of each setting the kernel, then strides, padding and
/// output_padding as far as they are not 1 and 0.
ReadClaims read_claims(const QString& text, engine::Size2D from);
/// "k4 s2 p1 and k5 s1 p0 both give 8, not 16.": a sentence a line.
QStringList claim_sentences(const std::vector<NamedClaim>& claims, engine::Size2D to);

}  // namespace ui::words
