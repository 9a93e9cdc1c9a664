package dev.spindle.engine.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SliceTest {

    private static List<Long> sequences(Slice slice) {
        List<Long> sequences = new ArrayList<>();
        for (long i = 0; i < slice.events(); i++) {
            sequences.add(slice.first() + i / slice.row() * (slice.row() + slice.skip()) + i % slice.row());
        }
        return sequences;
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 10", "2, 1, 11", "3, 1, 2", "2, 5, 23", "3, 4, 12", "3, 4, 13", "3, 4, 17", "3, 4, 23", "4, 100, 5", "7, 10, 0"})
    void shouldShareTheStreamOut(int lanes, int row, int events) {
        List<Long> all = new ArrayList<>();
        for (int lane = 0; lane < lanes; lane++) {
            List<Long> own = sequences(Slice.ofLane(lane, lanes, 40, events, row));
            int number = lane;
            assertThat(own).allMatch(sequence -> (sequence - 40) / row % lanes == number);
            all.addAll(own);
        }
        assertThat(all).containsExactlyInAnyOrderElementsOf(LongStream.range(40, 40 + events).boxed().toList());
    }

    @Test
    void shouldHaveNoEndWhereTheRunHasNone() {
        assertThat(Slice.ofLane(1, 3, 0, Long.MAX_VALUE, 1_000).events()).isEqualTo(Long.MAX_VALUE);
    }
}
