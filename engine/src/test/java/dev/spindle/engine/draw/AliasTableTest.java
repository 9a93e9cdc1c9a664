package dev.spindle.engine.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.engine.testing.Fit;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AliasTableTest {

    private static final long SEED = 9;

    /** Added up over all bits, each index has its weight's share to a part in 2^32 of a cell. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 256, 1_000})
    void shouldGiveEachIndexItsShare(int size) {
        double[] weights = new Random(SEED + size).doubles(size, 0, 1).map(w -> w < 0.2 ? 0 : Math.exp(8 * w)).toArray();
        weights[size - 1] = 1;
        double sum = Arrays.stream(weights).sum();
        double[] shares = shares(new AliasTable(weights), size);
        for (int i = 0; i < size; i++) {
            assertThat(shares[i]).as("index %d of %d, seed %d", i, size, SEED).isBetween(weights[i] / sum - 1e-9, weights[i] / sum + 1e-9);
        }
    }

    /** Each index's share of all bits: in every cell the place where it gives way to its alias is sought. */
    private static double[] shares(AliasTable table, int size) {
        double[] shares = new double[size];
        for (int cell = 0; cell < size; cell++) {
            long high = (((long) cell << 32) + size - 1) / size << 32;
            long low = 0;
            long end = 1L << 32;
            if (table.pick(high) != cell) {
                end = 0; // all of the cell is its alias's
            } else {
                while (end - low > 1) {
                    long middle = (low + end) >>> 1;
                    if (table.pick(high | middle) == cell) {
                        low = middle;
                    } else {
                        end = middle;
                    }
                }
            }
            shares[cell] += end * 0x1p-32 / size;
            shares[table.pick(high | 0xFFFF_FFFFL)] += (1 - end * 0x1p-32) / size;
        }
        return shares;
    }

    @Test
    void shouldDrawByWeight() {
        double[] weights = {5, 0, 1, 3, 0.01, 0};
        AliasTable table = new AliasTable(weights);
        assertThat(table.size()).isEqualTo(6);
        long[] seen = new long[weights.length];
        for (int i = 0; i < 100_000; i++) {
            seen[table.pick(Draw.bits(SEED, i))]++;
        }
        assertThat(Fit.chiSquare(seen, weights)).as("seed %d: %s", SEED, Arrays.toString(seen)).isLessThan(Fit.MOST_DEVIATIONS);
    }

    @Test
    void shouldNeedAWeightAboveZero() {
        for (double[] weights : new double[][] {{}, {0}, {0, 0}, {Double.NaN, 1}}) {
            assertThatThrownBy(() -> new AliasTable(weights)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
