package dev.spindle.engine.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.spindle.engine.draw.Draw;
import dev.spindle.engine.testing.Fit;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeavyTailTest {

    private static final long SEED = 23;
    private static final int DRAWS = 400_000;

    private static long[] drawn(HeavyTail tail, int parents, boolean growing) {
        long[] children = new long[parents];
        for (int i = 0; i < DRAWS; i++) {
            long parent = tail.pick(Draw.bits(SEED, i), parents, growing);
            children[(int) parent]++;
        }
        return children;
    }

    /** Weights are quantiles of the Pareto law: one has x times the least with probability x^-alpha. */
    @ParameterizedTest
    @ValueSource(doubles = {0.8, 1.16, 2})
    void shouldWeighByParetosLaw(double alpha) {
        double[] weights = HeavyTail.weights(alpha, 0);
        for (int i = 0; i < weights.length; i++) {
            double above = Math.pow(weights[i], -alpha);
            assertThat(above).isCloseTo(1 - (i + 0.5) / weights.length, within(1e-12));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.5, 5, 20})
    void shouldKeepTheHeaviestWithinItsBound(double largest) {
        double[] weights = HeavyTail.weights(1.05, largest);
        double mean = Arrays.stream(weights).average().orElseThrow();
        double most = Arrays.stream(weights).max().orElseThrow();
        assertThat(most / mean).isBetween(largest * 0.98, largest * 1.000001);
    }

    /** Whole blocks of parents have the law's weights among them, whichever parent has which. */
    @Test
    void shouldDrawEachBlocksParentsByThoseWeights() {
        int blocks = 4;
        double[] weights = HeavyTail.weights(1.3, 30);
        long[] children = drawn(new HeavyTail(1.3, 30, SEED), blocks * weights.length, false);
        for (int block = 0; block < blocks; block++) {
            long[] sorted = Arrays.copyOfRange(children, block * weights.length, (block + 1) * weights.length);
            Arrays.sort(sorted);
            long[] tens = new long[weights.length / 16];
            double[] wanted = new double[tens.length];
            for (int i = 0; i < weights.length; i++) {
                tens[i / 16] += sorted[i];
                wanted[i / 16] += weights[i];
            }
            // Sorting draws light parents a little apart; the heavy half shows the weights.
            assertThat(Fit.chiSquare(Arrays.copyOfRange(tens, 8, 16), Arrays.copyOfRange(wanted, 8, 16)))
                    .as("block %d, seed %d: %s", block, SEED, Arrays.toString(tens))
                    .isLessThan(Fit.MOST_DEVIATIONS);
        }
    }

    @Test
    void shouldSpreadTheHeavyOverTheTable() {
        int parents = 256 * 40;
        long[] children = drawn(new HeavyTail(1.16, 0, SEED), parents, false);
        long[] byBlock = new long[40];
        double[] alike = new double[40];
        Arrays.fill(alike, 1);
        for (int i = 0; i < parents; i++) {
            byBlock[i / 256] += children[i];
        }
        assertThat(Fit.chiSquare(byBlock, alike)).as("seed %d", SEED).isLessThan(Fit.MOST_DEVIATIONS);
        Arrays.sort(children);
        long top = Arrays.stream(children, parents - parents / 5, parents).sum();
        assertThat((double) top / DRAWS).as("share of a fifth of the parents, seed %d", SEED).isBetween(0.55, 0.85);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 255, 256, 257, 300, 1_000})
    void shouldStayAmongTheParentsThatThereAre(int parents) {
        long[] children = drawn(new HeavyTail(1.16, 50, SEED), parents, true);
        assertThat(Arrays.stream(children).sum()).isEqualTo(DRAWS);
        assertThat(Arrays.stream(children).filter(c -> c > 0).count()).isEqualTo(parents);
    }

    /** The later of two uniform draws: the block at the fraction x of all comes with density 2x. */
    @Test
    void shouldFavourParentsThatAreNewWhereTheyGrow() {
        int blocks = 20;
        long[] children = drawn(new HeavyTail(1.16, 50, SEED), blocks * 256, true);
        long[] byBlock = new long[blocks];
        double[] wanted = new double[blocks];
        for (int i = 0; i < children.length; i++) {
            byBlock[i / 256] += children[i];
        }
        for (int block = 0; block < blocks; block++) {
            wanted[block] = 2 * block + 1;
        }
        assertThat(Fit.chiSquare(byBlock, wanted)).as("seed %d: %s", SEED, Arrays.toString(byBlock)).isLessThan(Fit.MOST_DEVIATIONS);
    }
}
