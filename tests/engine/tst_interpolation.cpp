// SPDX-License-Identifier: MIT
// The sampling rules of UpSampling2D along one axis.
#include <QTest>
#include <algorithm>
#include <cmath>

#include "engine/interpolation.h"

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
        for (int factor = 1; factor <= 9; ++factor)
            for (int output = 0; output < 4 * factor; ++output) {
                auto found = samples(Interpolation::bilinear, 4, factor, output);
                const auto mirror =
                    samples(Interpolation::bilinear, 4, factor, 4 * factor - 1 - output);
                std::reverse(found.begin(), found.end());
                for (Sample& sample : found) sample.source = 3 - sample.source;
                QCOMPARE(found, mirror);
            }
    }
};

QTEST_APPLESS_MAIN(TestInterpolation)
#include "tst_interpolation.moc"
