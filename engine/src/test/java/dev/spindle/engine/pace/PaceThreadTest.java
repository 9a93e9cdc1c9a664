package dev.spindle.engine.pace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.engine.event.Event;
import dev.spindle.engine.event.Stage;
import dev.spindle.engine.plan.Arrivals;
import dev.spindle.engine.plan.PlanCell;
import dev.spindle.engine.plan.PlanDraft;
import dev.spindle.engine.plan.Retune;
import dev.spindle.engine.plan.RetuneAck;
import dev.spindle.engine.plan.RunPlan;
import dev.spindle.engine.stats.BlockedTime;
import dev.spindle.engine.time.HybridWaiting;
import dev.spindle.engine.time.SystemClock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** The stage on a thread of its own with the machine's clock. Bounds are wide: the machine may be busy. */
@Isolated
@Timeout(30)
class PaceThreadTest {

    private static final long WIDE_NANOS = 250_000_000;

    private final CompletableFuture<Long> finished = new CompletableFuture<>();
    private PlanCell cell;
    private PaceStage stage;
    private volatile long lastIntendedNanos = -1;

    @AfterEach
    void stop() throws Exception {
        stage.stop();
        finished.get(10, TimeUnit.SECONDS);
    }

    @Test
    void shouldWakeAParkedPacerForARetune() throws Exception {
        start(constant(1.0 / 3600));
        awaitEvent(0);
        long before = stage.runNanos();
        RetuneAck ack = retune(plan -> plan.ratePerSecond(10_000)).get(10, TimeUnit.SECONDS);
        assertThat(ack.effectiveSequence()).isEqualTo(1);
        assertThat(ack.appliedAtNanos() - before).isBetween(0L, WIDE_NANOS);
        awaitEvent(100);
        // From the retune on there is one every 100 µs: the hundredth after about 10 ms.
        assertThat(lastIntendedNanos - ack.appliedAtNanos()).isLessThan(10_000_000_000L);
    }

    @Test
    void shouldStopAParkedPacerAtOnce() throws Exception {
        start(constant(1.0 / 3600));
        awaitEvent(0);
        long before = System.nanoTime();
        stage.stop();
        assertThat(finished.get(10, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(System.nanoTime() - before).isLessThan(WIDE_NANOS);
    }

    @Test
    void shouldPauseAndResume() throws Exception {
        start(constant(1_000));
        awaitEvent(5);
        RetuneAck paused = retune(plan -> plan.paused(true)).get(10, TimeUnit.SECONDS);
        assertThat(stage.runNanos()).isEqualTo(paused.appliedAtNanos());
        RetuneAck resumed = retune(plan -> plan.paused(false)).get(10, TimeUnit.SECONDS);
        assertThat(resumed.appliedAtNanos()).isEqualTo(paused.appliedAtNanos());
        assertThat(resumed.effectiveSequence()).isEqualTo(paused.effectiveSequence());
        awaitEvent(paused.effectiveSequence() + 5);
    }

    @Test
    void shouldLetStatisticsBeReadWhileItRuns() throws Exception {
        start(constant(20_000));
        long seen = 0;
        for (long target = 1_000; target <= 10_000; target += 1_000) {
            awaitEvent(target);
            seen += stage.stats().lagInterval().getTotalCount();
            assertThat(stage.stats().arrivalsFit().d()).isBetween(0.0, 1.0);
            assertThat(stage.stats().released()).isGreaterThanOrEqualTo(target);
        }
        stage.stop();
        long released = finished.get(10, TimeUnit.SECONDS);
        seen += stage.stats().lagInterval().getTotalCount();
        assertThat(seen).isEqualTo(released);
        assertThat(stage.stats().lagTotal().getTotalCount()).isEqualTo(released);
    }

    private CompletableFuture<RetuneAck> retune(UnaryOperator<PlanDraft> change) {
        return ((Retune.Accepted)
                        cell.retune(plan -> change.apply(plan.edit()).build()))
                .ack();
    }

    private void awaitEvent(long sequence) {
        while (stage.stats().released() <= sequence) {
            Thread.onSpinWait();
        }
    }

    private static PlanDraft constant(double rate) {
        return RunPlan.draft().paced(true).arrivals(Arrivals.CONSTANT).ratePerSecond(rate);
    }

    private void start(PlanDraft plan) {
        cell = new PlanCell(plan.build());
        stage = new PaceStage(
                PaceSettings.of(1),
                cell,
                SystemClock.INSTANCE,
                new HybridWaiting(SystemClock.INSTANCE, HybridWaiting.Core.SHARED),
                new BlockedTime(),
                () -> new Event(1),
                new PaceStats(),
                new Last());
        Thread thread = new Thread(this::run, "pacer");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            Event event = new Event(1);
            stage.start();
            for (long sequence = 0; !stage.ended(); sequence++) {
                event.sequence = sequence;
                event = stage.on(event);
            }
            stage.endOfStream();
            finished.complete(stage.stats().released());
        } catch (Throwable e) {
            finished.completeExceptionally(e);
        }
    }

    private final class Last implements Stage {
        @Override
        public Event on(Event event) {
            lastIntendedNanos = event.intendedNanos;
            return event;
        }

        @Override
        public void endOfBatch() {}

        @Override
        public void endOfStream() {}
    }
}
