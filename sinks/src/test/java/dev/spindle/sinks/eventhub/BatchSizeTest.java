package dev.spindle.sinks.eventhub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BatchSizeTest {

    private static final int LIMIT = 1 << 20;
    private static final long SLOW = BatchSize.SLOW_NANOS + 1;
    private static final long QUICK = BatchSize.QUICK_NANOS - 1;

    private final BatchSize size = new BatchSize(LIMIT);

    @Test
    void shouldBeginSmall() {
        assertThat(size.bytes()).isEqualTo(BatchSize.LEAST_BYTES);
        assertThat(new BatchSize(65_536).bytes()).as("under a small limit").isEqualTo(65_536);
    }

    @Test
    void shouldGrowToTheLimitWhileAnswersAreSlow() {
        answers(8, SLOW);
        assertThat(size.bytes()).isEqualTo(2 * BatchSize.LEAST_BYTES);
        answers(80, SLOW);
        assertThat(size.bytes()).isEqualTo(LIMIT);
    }

    @Test
    void shouldShrinkAgainWhenAnswersAreQuickAndStayInBetween() {
        answers(80, SLOW);
        answers(8, BatchSize.QUICK_NANOS);
        assertThat(size.bytes()).isEqualTo(LIMIT);
        answers(80, QUICK);
        assertThat(size.bytes()).isEqualTo(BatchSize.LEAST_BYTES);
    }

    @Test
    void shouldNotGrowForASingleQuickAnswerAmongSlowOnes() {
        for (int i = 0; i < 10; i++) {
            answers(7, SLOW);
            answers(1, QUICK);
        }
        assertThat(size.bytes()).isEqualTo(BatchSize.LEAST_BYTES);
    }

    @Test
    void shouldNotGrowForBatchesThatWereNotFull() {
        for (int i = 0; i < 100; i++) {
            size.answered(BatchSize.LEAST_BYTES / 2 - 1, SLOW);
        }
        assertThat(size.bytes()).isEqualTo(BatchSize.LEAST_BYTES);
    }

    private void answers(int count, long nanos) {
        for (int i = 0; i < count; i++) {
            size.answered(size.bytes(), nanos);
        }
    }
}
