package dev.spindle.engine.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FitTest {

    @Test
    void shouldTellASampleThatFitsFromOneThatDoesNot() {
        Random random = new Random(1);
        long[] seen = new long[4];
        double[] sample = new double[10_000];
        for (int i = 0; i < sample.length; i++) {
            sample[i] = random.nextDouble();
            seen[(int) (sample[i] * 4)]++;
        }
        assertThat(Fit.chiSquare(seen, new double[] {1, 1, 1, 1})).isLessThan(3);
        assertThat(Fit.chiSquare(seen, new double[] {1.2, 1, 1, 0.8})).isGreaterThan(Fit.MOST_DEVIATIONS);
        assertThat(Fit.chiSquare(seen, new double[] {1, 1, 1, 0})).isInfinite();
        assertThat(Fit.kolmogorov(sample, x -> x)).isLessThan(2);
        assertThat(Fit.kolmogorov(sample, x -> x * x)).isGreaterThan(Fit.MOST_KOLMOGOROV);
    }
}
