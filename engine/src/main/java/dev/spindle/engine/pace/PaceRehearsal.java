package dev.spindle.engine.pace;

import dev.spindle.engine.event.Event;
import dev.spindle.engine.event.Stage;
import dev.spindle.engine.plan.Arrivals;
import dev.spindle.engine.plan.PlanCell;
import dev.spindle.engine.plan.RunPlan;
import dev.spindle.engine.stats.BlockedTime;
import dev.spindle.engine.time.HybridWaiting;
import dev.spindle.engine.time.SystemClock;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Paces some thousand events to nowhere, so that the JVM has loaded and compiled the stage when the first real event
 * falls due: in a JVM that has just started it would be a millisecond late otherwise. Takes about a tenth of a second.
 */
public final class PaceRehearsal {

    private static final int RUNS = 4;
    private static final int EVENTS = 3_000;
    private static final double PER_SECOND = 500_000;

    private static final AtomicBoolean DONE = new AtomicBoolean();

    private PaceRehearsal() {}

    /** Rehearses on this thread, if nobody has in this JVM. */
    public static void run() {
        if (!DONE.compareAndSet(false, true)) {
            return;
        }
        for (int i = 0; i < RUNS; i++) {
            // Several short runs, so that what happens once in a run is no surprise to the compiler either.
            for (Arrivals arrivals : Arrivals.values()) {
                pace(RunPlan.draft().paced(true).ratePerSecond(PER_SECOND).arrivals(arrivals).build());
            }
        }
    }

    private static void pace(RunPlan plan) {
        PaceStage stage = new PaceStage(
                PaceSettings.of(plan.revision()),
                new PlanCell(plan),
                SystemClock.INSTANCE,
                new HybridWaiting(SystemClock.INSTANCE, HybridWaiting.Core.SHARED),
                new BlockedTime(),
                () -> new Event(0),
                new PaceStats(),
                new Nowhere());
        stage.start();
        Event event = new Event(0);
        for (int sequence = 0; sequence < EVENTS; sequence++) {
            event.sequence = sequence;
            event = stage.on(event);
        }
        stage.endOfStream();
    }

    private static final class Nowhere implements Stage {
        @Override
        public Event on(Event event) {
            return event;
        }

        @Override
        public void endOfBatch() {}

        @Override
        public void endOfStream() {}
    }
}
