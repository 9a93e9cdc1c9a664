package dev.spindle.engine.pipeline;

import dev.spindle.engine.error.SinkException;
import dev.spindle.engine.pace.PaceSettings;
import dev.spindle.engine.pace.RunTime;
import dev.spindle.engine.plan.BurstWindow;
import dev.spindle.engine.plan.CatchUp;
import dev.spindle.engine.plan.Late;
import dev.spindle.engine.plan.PlanCell;
import dev.spindle.engine.plan.RunPlan;
import dev.spindle.engine.publish.Batch;
import dev.spindle.engine.publish.Deliveries;
import dev.spindle.engine.publish.DeliveryLedger;
import dev.spindle.engine.publish.EventSample;
import dev.spindle.engine.publish.Outlet;
import dev.spindle.engine.publish.Sink;
import dev.spindle.engine.publish.SinkContext;
import dev.spindle.engine.time.NanoClock;
import dev.spindle.engine.truth.Truth;
import java.time.Duration;
import java.util.ArrayList;
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

    private final List<PipelineParts> parts;
    private final Joining joining;
    private final ThreadPlan threads;
    private final NanoClock clock;
    private final List<TimedSink> sinks = new ArrayList<>();
    private final long endNanos;

    /**
     * A rehearsal of a run.
     *
     * @param parts of each lane
     * @param joining how the lanes come to the sink
     */
    Rehearsal(List<PipelineParts> parts, Joining joining, ThreadPlan threads) {
        this.parts = parts;
        this.joining = joining;
        this.threads = threads;
        this.clock = parts.getFirst().clock();
        this.endNanos = clock.nanoTime() + MOST_NANOS;
    }

    /** Plays rounds until they take no less time than the one before, or the time is over. */
    void play() {
        try {
            for (PipelineParts lane : joining == Joining.APART ? parts : parts.subList(0, 1)) {
                sinks.add(new TimedSink(lane.outlet().sink().rehearsal(), new DeliveryLedger(clock::nanoTime)));
                sinks.getLast().open();
            }
            long before = Long.MAX_VALUE;
            for (int round = 1; round <= MOST_ROUNDS && left() > 0; round++) {
                long start = clock.nanoTime();
                playRound();
                long took = clock.nanoTime() - start;
                if (round >= LEAST_ROUNDS && took > STEADY * before) {
                    return;
                }
                before = took;
            }
        } catch (SinkException e) {
            // the run's own sink is not concerned
        } finally {
            sinks.forEach(sink -> sink.close(Duration.ZERO));
        }
    }

    private void playRound() {
        PlanCell plans = new PlanCell(plan(parts.getFirst().plans().current()));
        RunTime time = new RunTime(clock, parts.size(), joining == Joining.APART ? 0 : 1);
        List<PipelineParts> playing = new ArrayList<>();
        for (int lane = 0; lane < parts.size(); lane++) {
            playing.add(playing(parts.get(lane), plans, time, sinks.get(joining == Joining.APART ? lane : 0)));
        }
        Lanes lanes = new Lanes(playing, joining, threads);
        sinks.forEach(sink -> sink.play(plans, lanes));
        lanes.run(warning -> {}); // what fails here fails again in the run, which says so
    }

    private long left() {
        return endNanos - clock.nanoTime();
    }

    private PipelineParts playing(PipelineParts real, PlanCell plans, RunTime time, TimedSink sink) {
        PaceSettings settings = real.paceSettings().withDuration(Long.MAX_VALUE);
        if (settings.late().fraction() > 0) {
            settings = settings.withLate(new Late(settings.late().fraction(), LATE_NANOS));
        }
        return new PipelineParts(
                real.generate().again((EVENTS_AT_ONCE + EVENTS_AWAITED) / parts.size()),
                plans,
                time,
                settings,
                real.liveTime(),
                real.disorder(),
                real.anomalies(),
                Truth.none(),
                real.encoders(),
                new Outlet(real.outlet().batch().another(), sink, sink.ledger, new EventSample()),
                clock,
                real.events(),
                RING_SLOTS);
    }

    /** Many events that are overdue from the beginning, then some that are waited for, with and without a park. */
    private static RunPlan plan(RunPlan plan) {
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
        private final DeliveryLedger ledger;
        private PlanCell plans;
        private Lanes lanes;
        private int writes;

        private TimedSink(Sink sink, DeliveryLedger ledger) {
            this.sink = sink;
            this.ledger = ledger;
        }

        private void open() {
            open(new Unheard(ledger, clock));
        }

        private void play(PlanCell current, Lanes playing) {
            plans = current;
            lanes = playing;
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
                lanes.stop();
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
