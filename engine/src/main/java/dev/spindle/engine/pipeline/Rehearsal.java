package dev.spindle.engine.pipeline;

import dev.spindle.engine.error.SinkException;
import dev.spindle.engine.pace.PaceSettings;
import dev.spindle.engine.plan.BurstWindow;
import dev.spindle.engine.plan.CatchUp;
import dev.spindle.engine.plan.Late;
import dev.spindle.engine.plan.PlanCell;
import dev.spindle.engine.plan.RunPlan;
import dev.spindle.engine.publish.Batch;
import dev.spindle.engine.publish.Deliveries;
import dev.spindle.engine.publish.DeliveryLedger;
import dev.spindle.engine.publish.EventSample;
import dev.spindle.engine.publish.Sink;
import dev.spindle.engine.publish.SinkContext;
import dev.spindle.engine.time.NanoClock;
import dev.spindle.engine.truth.Truth;
import java.time.Duration;
import java.util.List;

/**
 * Streams to nowhere, for a moment, what a paced run is about to stream: the same rows through the same stages on the same
 * threads. In a JVM that has just started, the first events would be milliseconds late without it, and those of the first
 * second would wait for the JIT compiler: classes are loaded, linked and set up, and code is made, when they are first used.
 *
 * <p>Rows, encoders and anomalies are the run's own, since the code made for them is theirs; they keep nothing of the
 * events that pass. All that counts, tells or is told is the rehearsal's own.
 */
final class Rehearsal {

    /** A rehearsal ends after so long, however cold the code still is. */
    private static final long MOST_NANOS = 250_000_000;

    private static final int RING_SLOTS = 128;
    private static final int MOST_ROUNDS = 10;
    /** Some rounds are always played, so that each method has been called as often as the compiler wants to see. */
    private static final int LEAST_ROUNDS = 4;

    private static final int EVENTS_AT_ONCE = 7_000;
    private static final long AT_ONCE_NANOS = 100_000;
    private static final int EVENTS_AWAITED = 60;
    private static final double AWAITED_PER_SECOND = 10_000;
    /** As fast as events go when this is what a round costs of the one before. */
    private static final double STEADY = 0.9;

    private static final int WRITES_PER_RETUNE = 16;
    private static final long LATE_NANOS = 100_000;

    private final PipelineParts parts;
    private final ThreadPlan threads;
    private final long endNanos;

    Rehearsal(PipelineParts parts, ThreadPlan threads) {
        this.parts = parts;
        this.threads = threads;
        this.endNanos = parts.clock().nanoTime() + MOST_NANOS;
    }

    /** Plays rounds until they take no less time than the one before, or the time is over. */
    void play() {
        NanoClock clock = parts.clock();
        DeliveryLedger ledger = new DeliveryLedger(clock::nanoTime);
        TimedSink sink = new TimedSink(parts.sink().rehearsal());
        try {
            sink.open(new Unheard(ledger, clock));
            long before = Long.MAX_VALUE;
            for (int round = 1; round <= MOST_ROUNDS && left() > 0; round++) {
                long start = clock.nanoTime();
                PipelineParts playing = playing(sink, ledger);
                sink.plans = playing.plans();
                sink.pipeline = new Pipeline(playing, threads);
                sink.pipeline.run(warning -> {}); // what fails here fails again in the run, which says so
                long took = clock.nanoTime() - start;
                if (round >= LEAST_ROUNDS && took > STEADY * before) {
                    return;
                }
                before = took;
            }
        } catch (SinkException e) {
            // the run's own sink is not concerned
        } finally {
            sink.close(Duration.ZERO);
        }
    }

    private long left() {
        return endNanos - parts.clock().nanoTime();
    }

    private PipelineParts playing(Sink sink, DeliveryLedger ledger) {
        PaceSettings settings = parts.paceSettings().withDuration(Long.MAX_VALUE);
        if (settings.late().fraction() > 0) {
            settings = settings.withLate(new Late(settings.late().fraction(), LATE_NANOS));
        }
        return new PipelineParts(
                parts.generate().again(EVENTS_AT_ONCE + EVENTS_AWAITED),
                new PlanCell(plan()),
                settings,
                parts.liveTime(),
                parts.disorder(),
                parts.anomalies(),
                Truth.none(),
                parts.encoders(),
                parts.batch().another(),
                sink,
                ledger,
                new EventSample(),
                parts.clock(),
                parts.events(),
                RING_SLOTS);
    }

    /** Many events that are overdue from the beginning, then some that are waited for, with and without a park. */
    private RunPlan plan() {
        RunPlan plan = parts.plans().current();
        double atOncePerSecond = EVENTS_AT_ONCE * 1e9 / AT_ONCE_NANOS;
        return plan.edit()
                .ratePerSecond(AWAITED_PER_SECOND)
                .bursts(List.of(new BurstWindow(0, AT_ONCE_NANOS, atOncePerSecond / AWAITED_PER_SECOND)))
                .pattern(null)
                .catchUp(plan.catchUp() instanceof CatchUp.Drop ? new CatchUp.Drop(MOST_NANOS) : plan.catchUp())
                .burstCapacityEvents(0)
                .paused(false)
                .build();
    }

    /** Retunes now and then, as somebody may; ends the round when the time is over. */
    private final class TimedSink implements Sink {
        private final Sink sink;
        private PlanCell plans;
        private Pipeline pipeline;
        private int writes;

        private TimedSink(Sink sink) {
            this.sink = sink;
        }

        @Override
        public void open(SinkContext context) {
            sink.open(context);
        }

        @Override
        public void write(Batch batch) {
            sink.write(batch);
            writes++;
            if (writes % WRITES_PER_RETUNE == 0) {
                plans.retune(plan -> plan);
            }
            if (left() <= 0) {
                pipeline.stop();
            }
        }

        @Override
        public void flush(Duration timeout) {
            sink.flush(timeout);
        }

        @Override
        public void close(Duration timeout) {
            sink.close(timeout);
        }
    }

    /** A run that nobody hears of. */
    private record Unheard(Deliveries deliveries, NanoClock clock) implements SinkContext {
        @Override
        public List<String> tables() {
            return List.of();
        }

        @Override
        public long originEpochMicros() {
            return 0;
        }

        @Override
        public boolean halted() {
            return false;
        }

        @Override
        public void warn(String line) {
            // the run says it again
        }

        @Override
        public void detail(String line) {
            // the run says it again
        }
    }
}
