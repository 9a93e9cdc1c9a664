package dev.spindle.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.engine.publish.SinkLanes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LaneCountTest {

    @ParameterizedTest
    @CsvSource({
        "APART, 1, 1", "APART, 2, 2", "APART, 16, 16", "APART, 512, 32",
        "TOGETHER, 1, 1", "TOGETHER, 2, 2", "TOGETHER, 64, 4",
        "APART_WHEN_ASKED, 64, 1"
    })
    void shouldFollowTheCoresAndTheSink(SinkLanes sink, int cores, int expected) {
        assertThat(LaneCount.fitting(sink, cores, Long.MAX_VALUE)).isEqualTo(expected);
        assertThat(LaneCount.fitting(sink, cores, 1_000_000)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(SinkLanes.class)
    void shouldBeOneForAFewEvents(SinkLanes sink) {
        assertThat(LaneCount.fitting(sink, 64, 999_999)).isOne();
    }

    @ParameterizedTest
    @EnumSource(SinkLanes.class)
    void shouldNeverHaveMoreThreadsThanCores(SinkLanes sink) {
        for (int cores = 1; cores < 100; cores++) {
            assertThat(LaneCount.fitting(sink, cores, Long.MAX_VALUE)).isLessThanOrEqualTo(cores);
        }
    }
}
