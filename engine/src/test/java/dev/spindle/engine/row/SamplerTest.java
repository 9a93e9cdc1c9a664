package dev.spindle.engine.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.engine.draw.Draw;
import dev.spindle.engine.promises.LawCurve;
import dev.spindle.engine.schema.Law;
import dev.spindle.engine.testing.Fit;
import java.util.Arrays;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SamplerTest {

    private static final long SEED = 17;
    private static final int DRAWS = 50_000;
    private static final double NONE = Double.POSITIVE_INFINITY;

    static Stream<Law> continuous() {
        return Stream.of(
                new Law.Uniform(-3, 8),
                new Law.Normal(5, 2, -NONE, NONE),
                new Law.LogNormal(1, 0.7, -NONE, NONE),
                new Law.LogNormal(0, 2, -NONE, NONE),
                new Law.Pareto(1.16, 3, NONE),
                new Law.Pareto(8, 0.5, NONE));
    }

    static Stream<Law> discrete() {
        return Stream.of(
                new Law.Zipf(1.3, 40),
                new Law.Geometric(0.3, 1, NONE),
                new Law.Geometric(1, 1, NONE),
                new Law.Geometric(0.2, 1, 6),
                new Law.Geometric(0.2, 3, NONE),
                new Law.Poisson(0.4, 0, NONE),
                new Law.Poisson(30, 0, NONE),
                new Law.Poisson(4, 2, 7),
                new Law.Bernoulli(0.15));
    }

    @ParameterizedTest
    @MethodSource("continuous")
    void shouldFollowItsLaw(Law law) {
        double[] sample = sample(law);
        assertThat(Fit.kolmogorov(sample, x -> LawCurve.atMost(law, x))).as("seed %d", SEED).isLessThan(Fit.MOST_KOLMOGOROV);
    }

    @ParameterizedTest
    @MethodSource("discrete")
    void shouldFollowItsWeights(Law law) {
        int most = 120;
        long[] seen = new long[most];
        for (double value : sample(law)) {
            assertThat(value).isEqualTo(Math.rint(value));
            seen[(int) value]++;
        }
        double[] weights = new double[most];
        double before = 0;
        for (int k = 0; k < most; k++) {
            double now = k >= Law.most(law) ? 1 : k < Law.least(law) ? 0 : LawCurve.atMost(law, k);
            weights[k] = Math.max(0, now - before);
            before = now;
        }
        if (Arrays.stream(weights).filter(w -> w > 0).count() == 1) {
            assertThat(weights[(int) sample(law)[0]]).isEqualTo(1);
        } else {
            assertThat(Fit.chiSquare(seen, weights)).as("seed %d", SEED).isLessThan(Fit.MOST_DEVIATIONS);
        }
    }

    private static double[] sample(Law law) {
        Sampler sampler = Sampler.of(law);
        return LongStream.range(0, DRAWS).mapToDouble(i -> sampler.sample(Draw.bits(SEED, i))).toArray();
    }

    @Test
    void shouldMoveWhatLiesOutsideToItsBounds() {
        for (Law law : new Law[] {
            new Law.Normal(0, 1, -0.5, 1), new Law.LogNormal(0, 1, 0.8, 2), new Law.Pareto(1, 1, 4), new Law.Normal(9, 0, -NONE, 3)
        }) {
            double[] sample = sample(law);
            Arrays.sort(sample);
            assertThat(sample[0]).isGreaterThanOrEqualTo(Law.least(law));
            assertThat(sample[DRAWS - 1]).isEqualTo(Law.most(law));
            double above = Arrays.stream(sample).filter(x -> x == Law.most(law)).count() / (double) DRAWS;
            assertThat(above).as("%s, seed %d", law, SEED).isBetween(
                    beyond(law) - 6 * Math.sqrt(0.25 / DRAWS), beyond(law) + 6 * Math.sqrt(0.25 / DRAWS));
        }
    }

    private static double beyond(Law law) {
        return 1 - LawCurve.atMost(law, Law.most(law));
    }

    @Test
    void shouldBeAlwaysTheSameWhenItIsConstant() {
        assertThat(sample(new Law.Constant(7.5))).containsOnly(7.5);
    }

    /** A part of a law is the law under the condition that the value lies in it. */
    @ParameterizedTest
    @MethodSource("continuous")
    void shouldDrawFromAPartOfItsLaw(Law law) {
        Sampler sampler = Sampler.of(law);
        double low = 4;
        double high = 6;
        double below = LawCurve.atMost(law, low);
        double within = LawCurve.atMost(law, high) - below;
        double[] sample = LongStream.range(0, 5_000).mapToDouble(i -> sampler.between(Draw.bits(SEED, i), low, high)).toArray();
        assertThat(Arrays.stream(sample).allMatch(x -> x >= low && x <= high)).isTrue();
        assertThat(Fit.kolmogorov(sample, x -> (LawCurve.atMost(law, x) - below) / within)).isLessThan(Fit.MOST_KOLMOGOROV);
    }

    @Test
    void shouldHaveNothingToDrawFromWhereTheLawIsNot() {
        assertThat(Sampler.of(new Law.Uniform(0, 1)).between(SEED, 2, 3)).isNaN();
        assertThat(Sampler.of(new Law.Pareto(2, 5, NONE)).between(SEED, 1, 4)).isNaN();
        assertThat(Sampler.of(new Law.Poisson(3, 0, NONE)).between(SEED, 1, 2)).isNaN();
    }
}
