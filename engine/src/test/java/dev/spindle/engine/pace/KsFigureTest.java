package dev.spindle.engine.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.spindle.engine.draw.Draw;
import dev.spindle.engine.plan.Arrivals;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KsFigureTest {

    /** Quantiles of Kolmogorov's distribution, which every table of it has. */
    @Test
    void shouldGiveTheKnownTailProbabilities() {
        int n = 1_000_000;
        double root = Math.sqrt(n);
        assertThat(KsFigure.pValue(1.2238 / root, n)).isCloseTo(0.10, within(0.001));
        assertThat(KsFigure.pValue(1.3581 / root, n)).isCloseTo(0.05, within(0.001));
        assertThat(KsFigure.pValue(1.6276 / root, n)).isCloseTo(0.01, within(0.001));
        assertThat(KsFigure.pValue(0, n)).isEqualTo(1);
        assertThat(KsFigure.pValue(1, n)).isZero();
    }

    @Test
    void shouldFindTheLargestDistance() {
        // Quantiles in the middle of each hundredth are half a hundredth off everywhere.
        double[] middle = IntStream.range(0, 100)
                .mapToDouble(i -> -Math.log(1 - (i + 0.5) / 100))
                .toArray();
        assertThat(KsFigure.exponential(middle).d()).isCloseTo(0.005, within(1e-9));
    }

    @Test
    void shouldRejectConstantGapsAsExponential() {
        double[] ones = new double[1_000];
        Arrays.fill(ones, 1);
        assertThat(KsFigure.exponential(ones).p()).isLessThan(1e-9);
        assertThat(KsFigure.constant(ones, 1).d()).isZero();
    }

    @Test
    void shouldTellClumpsFromConstantGaps() {
        // Ten at a time, a tenth of the rate: nine gaps of nothing, one of ten.
        double[] clumps = IntStream.range(0, 1_000).mapToDouble(i -> i < 900 ? 0 : 10).toArray();
        assertThat(KsFigure.constant(clumps, 1).d()).isCloseTo(0.9, within(1e-9));
    }

    @Test
    void shouldSampleAllOfALongStream() {
        GapSample sample = new GapSample();
        sample.reset(Arrivals.POISSON, 1);
        int half = 100_000;
        for (int i = 0; i < 2 * half; i++) {
            // The first half is exponential, the second constant: an even sample is half of each.
            sample.add(i < half ? -Math.log(1 - Draw.unit(7, i)) : 1);
        }
        KsFigure figure = sample.figure();
        assertThat(figure.n()).isEqualTo(GapSample.SIZE);
        assertThat(figure.d()).isCloseTo(0.5 * (1 - Math.exp(-1)), within(0.02));
        assertThat(figure.p()).isLessThan(1e-9);
    }

    @Test
    void shouldHaveNoFigureWithoutGaps() {
        GapSample sample = new GapSample();
        sample.reset(Arrivals.POISSON, 1);
        assertThat(sample.figure().n()).isZero();
        assertThat(sample.figure().p()).isNaN();
    }
}
