package dev.spindle.engine.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bounds are wide: the machine may be busy. */
@Isolated
@Timeout(30)
class HybridWaitingTest {

    private static final NanoClock CLOCK = SystemClock.INSTANCE;

    @ParameterizedTest
    @EnumSource(HybridWaiting.Core.class)
    void shouldNeverEndBeforeTheDeadline(HybridWaiting.Core core) {
        HybridWaiting waiting = new HybridWaiting(CLOCK, core);
        waiting.start();
        for (long ask = 100; ask < 20_000_000; ask *= 3) {
            long deadline = CLOCK.nanoTime() + ask;
            assertThat(waiting.until(deadline)).isGreaterThanOrEqualTo(deadline);
        }
        assertThat(waiting.marginNanos()).isBetween(5_000L, core == HybridWaiting.Core.OWN ? 1_000_000L : 400_000L);
    }

    @ParameterizedTest
    @EnumSource(HybridWaiting.Core.class)
    void shouldReturnAtOnceWhenTheDeadlineHasPassed(HybridWaiting.Core core) {
        HybridWaiting waiting = new HybridWaiting(CLOCK, core);
        long now = CLOCK.nanoTime();
        assertThat(waiting.until(now - 1_000_000)).isBetween(now, now + 1_000_000_000);
    }

    @ParameterizedTest
    @EnumSource(HybridWaiting.Core.class)
    void shouldNotLoseAWakeThatComesFirst(HybridWaiting.Core core) {
        HybridWaiting waiting = new HybridWaiting(CLOCK, core);
        waiting.start();
        waiting.wake();
        assertThat(waiting.until(Long.MAX_VALUE)).isLessThan(Long.MAX_VALUE);
        long deadline = CLOCK.nanoTime() + 100_000;
        assertThat(waiting.until(deadline)).isGreaterThanOrEqualTo(deadline);
    }

    @ParameterizedTest
    @EnumSource(HybridWaiting.Core.class)
    void shouldWakeAParkedThread(HybridWaiting.Core core) throws Exception {
        HybridWaiting waiting = new HybridWaiting(CLOCK, core);
        CompletableFuture<Boolean> started = new CompletableFuture<>();
        CompletableFuture<Long> woken = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            waiting.start();
            started.complete(true);
            woken.complete(waiting.until(Long.MAX_VALUE));
        });
        thread.start();
        started.get(10, TimeUnit.SECONDS);
        while (thread.getState() != Thread.State.TIMED_WAITING && !woken.isDone()) {
            Thread.onSpinWait();
        }
        long before = CLOCK.nanoTime();
        waiting.wake();
        assertThat(woken.get(10, TimeUnit.SECONDS) - before).isBetween(0L, 250_000_000L);
        thread.join();
    }
}
