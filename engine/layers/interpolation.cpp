// SPDX-License-Identifier: MIT
#include "engine/layers/interpolation.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>

namespace engine {

namespace {

/// A fraction kept whole, so that a weight is rounded once only.
struct Fraction {
    std::int64_t numerator = 0;
    std::int64_t denominator = 1;  ///< positive

    double value() const {
        return static_cast<double>(numerator) / static_cast<double>(denominator);
    }
    std::int64_t floor() const {
        const std::int64_t whole = numerator / denominator;
        return numerator % denominator < 0 ? whole - 1 : whole;
    }
    std::int64_t ceil() const { return -Fraction{-numerator, denominator}.floor(); }
};

/// p / q = out / in unless it is given.
Fraction centre(const Sampling& sampling, std::int64_t in, std::int64_t out, std::int64_t output) {
    const bool given = sampling.scale.numerator > 0;
    const std::int64_t p = given ? sampling.scale.numerator : out;
    const std::int64_t q = given ? sampling.scale.denominator : in;
    const Fraction half_pixel{(2 * output + 1) * q - p, 2 * p};
    switch (sampling.coordinates) {
        case Coordinates::half_pixel:
            return half_pixel;
        case Coordinates::asymmetric:
            return {output * q, p};
        case Coordinates::align_corners:
            return out == 1 ? Fraction{} : Fraction{output * (in - 1), out - 1};
        case Coordinates::pytorch_half_pixel:
            return out == 1 ? Fraction{} : half_pixel;
        case Coordinates::half_pixel_symmetric:
            return {half_pixel.numerator + in * p - out * q, 2 * p};
        case Coordinates::tf_half_pixel_for_nn:
            return {(2 * output + 1) * q, 2 * p};
    }
    return {};
}

std::int64_t nearest_cell(NearestMode mode, Fraction u) {
    switch (mode) {
        case NearestMode::floor:
            return u.floor();
        case NearestMode::ceil:
            return u.ceil();
        case NearestMode::round_prefer_floor:
            return Fraction{2 * u.numerator - u.denominator, 2 * u.denominator}.ceil();
        case NearestMode::round_prefer_ceil:
            return Fraction{2 * u.numerator + u.denominator, 2 * u.denominator}.floor();
    }
    return 0;
}

/// Cells further away than this count nothing.
double reach(Filter filter) {
    switch (filter) {
        case Filter::nearest:
            return 0;
        case Filter::triangle:
            return 1;
        case Filter::cubic:
        case Filter::mitchell:
            return 2;
        case Filter::lanczos3:
            return 3;
        case Filter::lanczos5:
            return 5;
        case Filter::gaussian:
            return 1.5;
    }
    return 0;
}

/// Keys, "Cubic convolution interpolation for digital image processing" (1981).
double keys(double x, double a) {
    if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
    return ((a * x - 5 * a) * x + 8 * a) * x - 4 * a;
}

/// Mitchell and Netravali, "Reconstruction filters in computer graphics" (1988), B = C = 1/3.
double mitchell(double x) {
    if (x < 1) return (7.0 / 6 * x - 2) * x * x + 8.0 / 9;
    return ((-7.0 / 18 * x + 2) * x - 10.0 / 3) * x + 16.0 / 9;
}

/// sinc x times sinc x / radius.
double lanczos(Fraction distance, double radius) {
    if (distance.numerator == 0) return 1;
    if (distance.numerator % distance.denominator == 0)
        return 0;  // which sin of a rounded pi is not
    const double angle = std::numbers::pi * distance.value();
    return radius * std::sin(angle) * std::sin(angle / radius) / (angle * angle);
}

/// The share of a cell before it is normalised. `distance` is not negative and within reach.
double share(const Sampling& sampling, Fraction distance) {
    const double x = distance.value();
    switch (sampling.filter) {
        case Filter::nearest:
            return 1;
        case Filter::triangle:
            return static_cast<double>(distance.denominator - distance.numerator) /
                   static_cast<double>(distance.denominator);
        case Filter::cubic:
            return keys(x, sampling.cubic_coeff_a);
        case Filter::mitchell:
            return mitchell(x);
        case Filter::lanczos3:
            return lanczos(distance, 3);
        case Filter::lanczos5:
            return lanczos(distance, 5);
        case Filter::gaussian:
            return x < 1.5 ? std::exp(-2 * x * x) : 0;
    }
    return 0;
}

constexpr std::array coordinate_names{
    named(Coordinates::half_pixel, "half_pixel"),
    named(Coordinates::asymmetric, "asymmetric"),
    named(Coordinates::align_corners, "align_corners"),
    named(Coordinates::pytorch_half_pixel, "pytorch_half_pixel"),
    named(Coordinates::half_pixel_symmetric, "half_pixel_symmetric"),
    named(Coordinates::tf_half_pixel_for_nn, "tf_half_pixel_for_nn"),
};
constexpr std::array nearest_names{
    named(NearestMode::floor, "floor"),
    named(NearestMode::ceil, "ceil"),
    named(NearestMode::round_prefer_floor, "round_prefer_floor"),
    named(NearestMode::round_prefer_ceil, "round_prefer_ceil"),
};

}  // namespace

const ChoiceNames& choice_names(Coordinates) {
    static constexpr ChoiceNames names{coordinate_names};
    return names;
}
const ChoiceNames& choice_names(NearestMode) {
    static constexpr ChoiceNames names{nearest_names};
    return names;
}

// The convergents of a continued fraction, until one rounds to the number.
Ratio ratio_of(float number) {
    std::int64_t p = 1, q = 0, p_before = 0, q_before = 1;
    double rest = number;
    constexpr int most_terms = 24;  // more than a float32 has bits for
    for (int term = 0; term < most_terms; ++term) {
        const auto whole = static_cast<std::int64_t>(std::floor(rest));
        const std::int64_t p_next = whole * p + p_before;
        const std::int64_t q_next = whole * q + q_before;
        p_before = std::exchange(p, p_next);
        q_before = std::exchange(q, q_next);
        if (static_cast<float>(static_cast<double>(p) / static_cast<double>(q)) == number) break;
        rest = 1 / (rest - static_cast<double>(whole));
    }
    return {p, q};
}

std::int64_t scaled(int in, Ratio scale) { return in * scale.numerator / scale.denominator; }

Sampling sampling_of(Interpolation interpolation) {
    const auto resampled = [](Filter filter) {
        return Sampling{filter, Coordinates::half_pixel, Rim::renormalise};
    };
    switch (interpolation) {
        case Interpolation::nearest:
        case Interpolation::area:
            return {};
        case Interpolation::bilinear:
            return {Filter::triangle, Coordinates::half_pixel, Rim::hold};
        case Interpolation::bicubic:
            return resampled(Filter::cubic);
        case Interpolation::lanczos3:
            return resampled(Filter::lanczos3);
        case Interpolation::lanczos5:
            return resampled(Filter::lanczos5);
        case Interpolation::gaussian:
            return resampled(Filter::gaussian);
        case Interpolation::mitchellcubic:
            return resampled(Filter::mitchell);
    }
    return {};
}

std::vector<Sample> samples(const Sampling& sampling, int in, int out, int output) {
    const Fraction u = centre(sampling, in, out, output);
    if (sampling.filter == Filter::nearest) {
        const std::int64_t cell = nearest_cell(sampling.nearest_mode, u);
        return {{static_cast<int>(std::clamp<std::int64_t>(cell, 0, in - 1)), 1}};
    }
    const std::int64_t before = u.floor();
    const auto radius = static_cast<std::int64_t>(std::ceil(reach(sampling.filter)));
    const std::int64_t first = before - radius + 1;
    const std::int64_t last = before + radius;

    std::vector<Sample> found;
    double sum = 0;
    for (std::int64_t cell = first; cell <= last; ++cell) {
        const bool outside = cell < 0 || cell >= in;
        if (outside && sampling.rim == Rim::renormalise) continue;
        const std::int64_t away = cell * u.denominator - u.numerator;
        const double weight = share(sampling, {std::abs(away), u.denominator});
        if (weight == 0) continue;
        const int source = static_cast<int>(std::clamp<std::int64_t>(cell, 0, in - 1));
        if (!found.empty() && found.back().source == source)
            found.back().weight += weight;
        else
            found.push_back({source, weight});
        sum += weight;
    }
    if (sampling.rim == Rim::renormalise)
        for (Sample& sample : found) sample.weight /= sum;
    return found;
}

std::vector<std::vector<Sample>> all_samples(const Sampling& sampling, int in, int out) {
    std::vector<std::vector<Sample>> found;
    found.reserve(static_cast<std::size_t>(out));
    for (int output = 0; output < out; ++output)
        found.push_back(samples(sampling, in, out, output));
    return found;
}

std::vector<Sample> samples(Interpolation interpolation, int in, int factor, int output) {
    return samples(sampling_of(interpolation), in, in * factor, output);
}

double source_position(int factor, int output) { return (output + 0.5) / factor - 0.5; }

}  // namespace engine
