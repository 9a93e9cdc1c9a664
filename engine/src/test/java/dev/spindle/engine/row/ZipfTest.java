package dev.spindle.engine.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.engine.draw.Draw;
import dev.spindle.engine.testing.Fit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZipfTest {

    private static final long SEED = 3;
    private static final int DRAWS = 200_000;

    @ParameterizedTest
    @CsvSource({"1.5, 1", "1.5, 2", "0.7, 50", "2.5, 1000", "1, 65536"})
    void shouldWeighRanksByAPower(double alpha, int ranks) {
        Zipf zipf = Zipf.of(alpha, ranks);
        long[] seen = new long[Math.max(2, ranks)];
        double[] weights = new double[seen.length];
        for (int i = 0; i < ranks; i++) {
            weights[i] = Math.pow(i + 1, -alpha);
        }
        for (int i = 0; i < DRAWS; i++) {
            seen[(int) zipf.rank(Draw.bits(SEED, i))]++;
        }
        if (ranks == 1) {
            assertThat(seen).containsExactly(DRAWS, 0);
        } else {
            assertThat(Fit.chiSquare(seen, weights)).as("seed %d", SEED).isLessThan(Fit.MOST_DEVIATIONS);
        }
    }

    /** Far more ranks than can be listed: by powers of ten, the sum over whose ranks is an integral but for the first. */
    @ParameterizedTest
    @CsvSource({"0.5, 1000000000", "1.2, 1000000000000", "1.01, 70000"})
    void shouldDoSoAmongVeryMany(double alpha, long ranks) {
        Zipf zipf = Zipf.of(alpha, ranks);
        int decades = (int) Math.ceil(Math.log10(ranks));
        long[] seen = new long[decades + 1];
        double[] weights = new double[decades + 1];
        weights[0] = 1;
        for (int d = 1; d <= decades; d++) {
            weights[d] = sum(alpha, (long) Math.pow(10, d - 1) + 1, Math.min(ranks, (long) Math.pow(10, d)));
        }
        for (int i = 0; i < DRAWS; i++) {
            long rank = zipf.rank(Draw.bits(SEED, i));
            assertThat(rank).isBetween(0L, ranks - 1);
            seen[rank == 0 ? 0 : (int) Math.ceil(Math.log10(rank + 1) - 1e-12)]++;
        }
        assertThat(Fit.chiSquare(seen, weights)).as("seed %d", SEED).isLessThan(Fit.MOST_DEVIATIONS);
    }

    /** The sum of k^-alpha: term by term at first, then by Euler and Maclaurin's formula. */
    private static double sum(double alpha, long from, long to) {
        double sum = 0;
        long k = from;
        for (; k <= to && k < 10_000; k++) {
            sum += Math.pow(k, -alpha);
        }
        if (k > to) {
            return sum;
        }
        double integral = (Math.pow(to, 1 - alpha) - Math.pow(k, 1 - alpha)) / (1 - alpha);
        return sum + integral + (Math.pow(k, -alpha) + Math.pow(to, -alpha)) / 2;
    }

    @Test
    void shouldReachTheLastRank() {
        Zipf zipf = Zipf.of(0.01, 1_000_000_000_000L);
        long most = 0;
        for (int i = 0; i < DRAWS; i++) {
            most = Math.max(most, zipf.rank(Draw.bits(SEED, i)));
        }
        assertThat(most).as("seed %d", SEED).isGreaterThan(999_000_000_000L);
    }
}
