package dev.spindle.bench;

import dev.spindle.engine.event.Event;
import dev.spindle.engine.event.Stage;
import dev.spindle.engine.pace.PaceSettings;
import dev.spindle.engine.pace.PaceStage;
import dev.spindle.engine.pace.PaceStats;
import dev.spindle.engine.plan.PlanCell;
import dev.spindle.engine.plan.Retune;
import dev.spindle.engine.plan.RetuneAck;
import dev.spindle.engine.plan.RunPlan;
import dev.spindle.engine.stats.BlockedTime;
import dev.spindle.engine.time.HybridWaiting;
import dev.spindle.engine.time.HybridWaiting.Core;
import dev.spindle.engine.time.ManualClock;
import dev.spindle.engine.time.ManualWaiting;
import dev.spindle.engine.time.NanoClock;
import dev.spindle.engine.time.SystemClock;
import dev.spindle.engine.time.Waiting;

/** One run of a pace stage into a stage that reads the clock, on the thread that calls. */
final class PacedRun {

    /** The origin lies ahead by more than the stage needs to measure its parks. */
    private static final long AHEAD_NANOS = 30_000_000;

    private final PlanCell cell;
    private final PaceStage stage;
    private final PaceStats stats = new PaceStats();
    private final NanoClock clock;
    private final Waiting waiting;
    private final long[] intended;
    private final long[] released;
    private long originNanos;
    private int count;

    PacedRun(RunPlan plan, long seed, Core core, int events) {
        this(plan, seed, SystemClock.INSTANCE, new HybridWaiting(SystemClock.INSTANCE, core), events);
    }

    private PacedRun(RunPlan plan, long seed, NanoClock clock, Waiting waiting, int events) {
        this.clock = clock;
        this.waiting = waiting;
        this.intended = new long[events];
        this.released = new long[events];
        this.cell = new PlanCell(plan);
        this.stage = new PaceStage(
                PaceSettings.of(seed), cell, clock, waiting, new BlockedTime(), () -> new Event(8), stats, new Keep());
    }

    /** The intended times that a plan gives, computed without waiting for them. */
    static long[] intendedNanos(RunPlan plan, long seed, int events) {
        ManualClock clock = new ManualClock(0, 0);
        return new PacedRun(plan, seed, clock, new ManualWaiting(clock), events).run().intended;
    }

    /** What an event costs when there is no waiting, in nanoseconds. */
    static double nanosPerEvent(RunPlan plan, int events) {
        PaceStage stage = into(plan, Stage.NOWHERE);
        feed(stage, events / 10, 0);
        long before = System.nanoTime();
        feed(stage, events, events / 10);
        return (double) (System.nanoTime() - before) / events;
    }

    /** A stage that has started, before another. */
    static PaceStage into(RunPlan plan, Stage next) {
        PaceStage stage = new PaceStage(
                PaceSettings.of(1),
                new PlanCell(plan),
                SystemClock.INSTANCE,
                new HybridWaiting(SystemClock.INSTANCE, Core.OWN),
                new BlockedTime(),
                () -> new Event(8),
                new PaceStats(),
                next);
        stage.start();
        return stage;
    }

    private static void feed(PaceStage stage, int events, long from) {
        Event event = new Event(8);
        for (int i = 0; i < events; i++) {
            event.sequence = from + i;
            event = stage.on(event);
        }
    }

    /** Feeds all events. */
    PacedRun run() {
        originNanos = clock.nanoTime() + AHEAD_NANOS;
        stage.startAt(originNanos, clock.epochMicros());
        feed(stage, intended.length, 0);
        return this;
    }

    PaceStats stats() {
        return stats;
    }

    long runNanos() {
        return stage.runNanos();
    }

    /** Waits, on another thread, until so many events and one have been released. */
    void awaitRelease(int sequence) {
        while (stats.released() <= sequence) {
            Thread.onSpinWait();
        }
    }

    /** Changes the rate and waits for the acknowledgement. */
    RetuneAck retune(double rate) {
        return ((Retune.Accepted)
                        cell.retune(plan -> plan.edit().ratePerSecond(rate).build()))
                .ack()
                .join();
    }

    /** When each event came to the next stage, by that stage's own reading of the clock, since the origin. */
    long[] releases() {
        return released;
    }

    /** How late each event came. */
    long[] lags() {
        return lags(intended, released);
    }

    /** How late each of some releases was. */
    static long[] lags(long[] intended, long[] released) {
        long[] lags = new long[released.length];
        for (int i = 0; i < lags.length; i++) {
            lags[i] = released[i] - intended[i];
        }
        return lags;
    }

    private final class Keep implements Stage {
        @Override
        public Event on(Event event) {
            long now = clock.nanoTime(); // first, so that no cache line of the arrays is waited for before
            intended[count] = event.intendedNanos;
            released[count] = now - originNanos;
            count++;
            return event;
        }

        @Override
        public void endOfBatch() {}

        @Override
        public void endOfStream() {}
    }
}
