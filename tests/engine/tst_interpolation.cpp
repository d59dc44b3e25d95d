// SPDX-License-Identifier: MIT
// The sampling rules of UpSampling2D along one axis.
#include <QTest>
#include <algorithm>
#include <array>
#include <cmath>

#include "engine/layers/interpolation.h"

using namespace engine;

class TestInterpolation : public QObject {
    Q_OBJECT

private slots:
    /// 1 2 doubled is 1 1.25 1.75 2: half-pixel centres, held at the edge.
    void doubling_a_pair() {
        const std::vector<double> row{1, 2};
        std::vector<double> doubled;
        for (int output = 0; output < 4; ++output) {
            double sum = 0;
            for (const Sample& sample : samples(Interpolation::bilinear, 2, 2, output))
                sum += sample.weight * row[static_cast<std::size_t>(sample.source)];
            doubled.push_back(sum);
        }
        QCOMPARE(doubled, (std::vector<double>{1, 1.25, 1.75, 2}));
    }

    void nearest_repeats() {
        for (const Interpolation kind : {Interpolation::nearest, Interpolation::area})
            for (int output = 0; output < 6; ++output)
                QCOMPARE(samples(kind, 2, 3, output), (std::vector<Sample>{{output / 3, 1}}));
    }

    void centres() {
        QCOMPARE(source_position(2, 0), -0.25);
        QCOMPARE(source_position(2, 1), 0.25);
        QCOMPARE(source_position(3, 1), 0.0);  // the middle of three lies on its cell
        QCOMPARE(samples(Interpolation::bilinear, 5, 3, 4), (std::vector<Sample>{{1, 1}}));
        QCOMPARE(samples(Interpolation::bilinear, 1, 4, 2), (std::vector<Sample>{{0, 1}}));
    }

    void every_sample_is_a_mean_of_neighbours() {
        for (const Interpolation kind : {Interpolation::nearest, Interpolation::bilinear})
            for (int in = 1; in <= 6; ++in)
                for (int factor = 1; factor <= 9; ++factor)
                    for (int output = 0; output < in * factor; ++output) {
                        const auto found = samples(kind, in, factor, output);
                        double weights = 0, mean = 0;
                        for (std::size_t i = 0; i < found.size(); ++i) {
                            QVERIFY(found[i].source >= 0 && found[i].source < in);
                            QVERIFY(found[i].weight > 0);
                            if (i > 0) QCOMPARE(found[i].source, found[i - 1].source + 1);
                            weights += found[i].weight;
                            mean += found[i].weight * found[i].source;
                        }
                        QCOMPARE(weights, 1.0);
                        if (kind == Interpolation::bilinear) {
                            // A ramp stays a ramp, held where it ends.
                            const double position = source_position(factor, output);
                            QVERIFY(std::abs(mean - std::clamp(position, 0.0, in - 1.0)) < 1e-12);
                        }
                    }
    }

    void mirrored() {
        for (const Interpolation kind : smooth)
            for (int factor = 1; factor <= 9; ++factor)
                for (int output = 0; output < 4 * factor; ++output) {
                    auto found = samples(kind, 4, factor, output);
                    const auto mirror = samples(kind, 4, factor, 4 * factor - 1 - output);
                    std::reverse(found.begin(), found.end());
                    QCOMPARE(found.size(), mirror.size());
                    for (std::size_t i = 0; i < found.size(); ++i) {
                        QCOMPARE(3 - found[i].source, mirror[i].source);
                        QVERIFY(std::abs(found[i].weight - mirror[i].weight) < 1e-15);
                    }
                }
    }

    /// Keys 1981, a = -1/2, a quarter of a cell beside the centre: whole 128ths.
    void bicubic_weights() {
        const auto found = samples(Interpolation::bicubic, 8, 2, 7);  // u = 3.25
        const std::vector<double> expected{-9.0 / 128, 111.0 / 128, 29.0 / 128, -3.0 / 128};
        QCOMPARE(found.size(), expected.size());
        for (std::size_t i = 0; i < found.size(); ++i) {
            QCOMPARE(found[i].source, 2 + static_cast<int>(i));
            QCOMPARE(found[i].weight, expected[i]);
        }
    }

    /// Flat grey stays flat grey; an output on a cell is that cell where the rule passes through
    /// its cells.
    void weights_add_up_to_one() {
        for (const Interpolation kind : smooth)
            for (int in = 1; in <= 12; ++in)
                for (int factor = 1; factor <= 8; ++factor)
                    for (int output = 0; output < in * factor; ++output) {
                        const auto found = samples(kind, in, factor, output);
                        double sum = 0;
                        for (const Sample& sample : found) {
                            QVERIFY(sample.source >= 0 && sample.source < in);
                            QVERIFY(sample.weight != 0);
                            sum += sample.weight;
                        }
                        QVERIFY(std::abs(sum - 1) < 1e-14);
                        const bool blurs =
                            kind == Interpolation::gaussian || kind == Interpolation::mitchellcubic;
                        if (!blurs && factor % 2 == 1 && output % factor == factor / 2)
                            QCOMPARE(found, (std::vector<Sample>{{output / factor, 1}}));
                    }
    }

    void other_conventions() {
        // 1 2 doubled, a program and a decade apart.
        const auto doubled = [](const Sampling& sampling) {
            std::vector<float> values;
            for (const auto& cell : all_samples(sampling, 2, 4)) {
                double sum = 0;
                for (const Sample& sample : cell) sum += sample.weight * (sample.source + 1);
                values.push_back(static_cast<float>(sum));
            }
            return values;
        };
        QCOMPARE(doubled({Filter::triangle, Coordinates::asymmetric}),
                 (std::vector<float>{1, 1.5F, 2, 2}));  // TensorFlow 1, Keras 2.2
        QCOMPARE(doubled({Filter::triangle, Coordinates::half_pixel}),
                 (std::vector<float>{1, 1.25F, 1.75F, 2}));
        QCOMPARE(doubled({Filter::triangle, Coordinates::align_corners}),
                 (std::vector<float>{1, 4.0F / 3, 5.0F / 3, 2}));
        QCOMPARE(doubled({Filter::nearest, Coordinates::asymmetric}),
                 (std::vector<float>{1, 1, 2, 2}));
        // One output has no corners to align: PyTorch takes the first cell.
        QCOMPARE(samples({Filter::triangle, Coordinates::align_corners}, 5, 1, 0),
                 (std::vector<Sample>{{0, 1}}));
    }

private:
    static constexpr std::array smooth{Interpolation::bilinear, Interpolation::bicubic,
                                       Interpolation::lanczos3, Interpolation::lanczos5,
                                       Interpolation::gaussian, Interpolation::mitchellcubic};
};

QTEST_APPLESS_MAIN(TestInterpolation)
#include "tst_interpolation.moc"
