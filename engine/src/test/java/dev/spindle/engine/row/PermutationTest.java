package dev.spindle.engine.row;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PermutationTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 63, 64, 65, 1000, 1009, 4096})
    void shouldTakeEachNumberOnce(long size) {
        Permutation order = new Permutation(size, 42);
        for (long period = 0; period < 3; period++) {
            long start = period * size;
            assertThat(LongStream.range(start, start + size).map(order::structural).sorted().toArray())
                    .isEqualTo(LongStream.range(start, start + size).toArray());
        }
        LongStream.range(0, 3 * size).forEach(i -> assertThat(order.row(order.structural(i))).isEqualTo(i));
    }

    @Test
    void shouldBeItsOwnWayBackAmongVeryMany() {
        Permutation order = new Permutation(10_000_000_019L, 7);
        for (long i = 0; i < 20_000; i++) {
            long number = Long.remainderUnsigned(i * 0x9E3779B97F4A7C15L, 10_000_000_019L);
            assertThat(order.structural(number)).isBetween(0L, 10_000_000_018L);
            assertThat(order.row(order.structural(number))).isEqualTo(number);
        }
    }

    /** Neighbours are thrown apart: of 1,000 pairs as many lie in rising as in falling order, by five deviations. */
    @Test
    void shouldKeepNoOrder() {
        Permutation order = new Permutation(1_000_003, 3);
        long rising = LongStream.range(0, 1_000).filter(i -> order.structural(2 * i) < order.structural(2 * i + 1)).count();
        assertThat(rising).isBetween(420L, 580L);
    }
}
