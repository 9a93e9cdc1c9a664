package dev.spindle.engine.reorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReorderingMeterTest {

    /** The example of RFC 4737, section 7: 1 2 3 7 8 9 10 4 5 6 11, with extents 4, 5 and 6. */
    @Test
    void shouldAgreeWithTheExampleOfTheStandard() {
        ReorderingMeter meter = new ReorderingMeter(1, 16);
        List<Long> extents = new ArrayList<>();
        for (long sequence : new long[] {1, 2, 3, 7, 8, 9, 10, 4, 5, 6, 11}) {
            extents.add(meter.left(sequence));
        }

        assertThat(extents).containsExactly(0L, 0L, 0L, 0L, 0L, 0L, 0L, 4L, 5L, 6L, 0L);
    }

    @Test
    void shouldAgreeWithTheDefinitionOnAnyOrder() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            int stride = 1 + random.nextInt(3);
            List<Long> order = new ArrayList<>();
            for (long n = 0; n < 60; n++) {
                if (random.nextInt(8) > 0) {
                    order.add(Math.max(0, order.size() - random.nextInt(1 + random.nextInt(20))), n * stride);
                }
            }
            ReorderingMeter meter = new ReorderingMeter(stride, 64);
            for (int i = 0; i < order.size(); i++) {
                long sequence = order.get(i);
                int first = 0;
                while (first < i && order.get(first) <= sequence) {
                    first++;
                }
                assertThat(meter.left(sequence)).as("seed %d, position %d of %s", seed, i, order).isEqualTo(i - first);
                assertThat(meter.isExact()).isTrue();
            }
        }
    }

    @Test
    void shouldSayWhenItRemembersOnlyALowerBound() {
        ReorderingMeter meter = new ReorderingMeter(1, 4);
        for (long sequence = 1; sequence < 100; sequence += 2) {
            assertThat(meter.left(sequence)).isZero();
        }

        assertThat(meter.left(96)).isEqualTo(2);
        assertThat(meter.isExact()).isTrue();
        assertThat(meter.left(0)).isEqualTo(5);
        assertThat(meter.isExact()).isFalse();
    }
}
