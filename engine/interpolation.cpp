// SPDX-License-Identifier: MIT
#include "engine/interpolation.h"

#include <algorithm>
#include <cmath>
#include <numbers>

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
};

Fraction centre(Coordinates coordinates, std::int64_t in, std::int64_t out, std::int64_t output) {
    switch (coordinates) {
        case Coordinates::half_pixel:
            return {(2 * output + 1) * in - out, 2 * out};
        case Coordinates::asymmetric:
            return {output * in, out};
        case Coordinates::align_corners:
            return out == 1 ? Fraction{} : Fraction{output * (in - 1), out - 1};
    }
    return {};
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

}  // namespace

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
    const Fraction u = centre(sampling.coordinates, in, out, output);
    const std::int64_t before = u.floor();
    const auto radius = static_cast<std::int64_t>(std::ceil(reach(sampling.filter)));
    const std::int64_t first = sampling.filter == Filter::nearest ? before : before - radius + 1;
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
