package dev.spindle.engine.pace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PaceRehearsalTest {

    @Test
    @Timeout(30)
    void shouldEndAndLeaveNothingBehind() {
        int threads = Thread.activeCount();
        PaceRehearsal.run();
        assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads);
    }
}
