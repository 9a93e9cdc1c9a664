package dev.spindle.engine.pipeline;

import static dev.spindle.engine.pipeline.StageKind.INJECT;
import static dev.spindle.engine.pipeline.StageKind.PACE;
import static dev.spindle.engine.pipeline.StageKind.PUBLISH;
import static dev.spindle.engine.pipeline.StageKind.REORDER;
import static dev.spindle.engine.pipeline.StageKind.STAMP;

import dev.spindle.engine.anomaly.InjectStage;
import dev.spindle.engine.anomaly.LiveTime;
import dev.spindle.engine.event.Event;
import dev.spindle.engine.event.Stage;
import dev.spindle.engine.generate.GenerateStage;
import dev.spindle.engine.pace.PaceStage;
import dev.spindle.engine.pace.PaceStats;
import dev.spindle.engine.plan.PlanCell;
import dev.spindle.engine.publish.Outlet;
import dev.spindle.engine.publish.PublishStage;
import dev.spindle.engine.reorder.ReorderStage;
import dev.spindle.engine.stamp.StampStage;
import dev.spindle.engine.stats.BlockedTime;
import dev.spindle.engine.time.HybridWaiting;
import dev.spindle.engine.time.NanoClock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The six stages of one lane and how they hang together:
 *
 * <pre>
 *   generate → pace → reorder → inject → stamp → publish
 * </pre>
 *
 * Each stage calls the next. Where the thread plan puts a stage on a thread of its own, a {@link Hop} stands before it.
 * Where several lanes have one sink between them, a {@link LaneExit} stands in place of the publish stage.
 */
public final class Pipeline {

    private static final long LEAD_NANOS = 500_000;

    private final ThreadPlan threads;
    private final GenerateStage generate;
    private final PaceStage pace;
    private final ReorderStage reorder;
    private final InjectStage inject;
    private final Stage afterGenerate;
    private final Supplier<Event> events;
    private final Halt halt;
    private final LaneExit exit;
    private final Hop[] hops;
    private final BlockedTime[] blocked;
    private final int slots;
    private final PlanCell plans;

    /**
     * Builds the stages from the last to the first.
     *
     * @param threads of this lane
     * @param halt of the whole run
     * @param exit where the lane's events go when lanes have one sink between them, else null
     */
    Pipeline(PipelineParts parts, ThreadPlan threads, Halt halt, LaneExit exit) {
        this.threads = threads;
        this.halt = halt;
        this.exit = exit;
        this.events = parts.events();
        this.slots = parts.ringSlots();
        this.plans = parts.plans();
        this.hops = new Hop[threads.groups().size()];
        this.blocked = new BlockedTime[hops.length];
        for (int i = 0; i < blocked.length; i++) {
            blocked[i] = exit != null ? exit.blocked() : new BlockedTime();
        }

        Stage publish = exit != null
                ? exit
                : publish(parts.outlet(), !threads.begins(PUBLISH), parts.clock(), halt, blocked[threads.groupOf(PUBLISH)]);
        StampStage stamp = new StampStage(parts.encoders(), hop(PUBLISH, publish));
        inject = new InjectStage(parts.anomalies(), live(parts.liveTime()), parts.truth(), hop(STAMP, stamp));
        reorder = new ReorderStage(parts.disorder(), events, hop(INJECT, inject));
        pace = new PaceStage(
                parts.paceSettings(),
                parts.plans(),
                parts.time(),
                parts.clock(),
                new HybridWaiting(parts.clock(), threads.pacingCore()),
                blocked[threads.groupOf(PACE)],
                events,
                new PaceStats(),
                hop(REORDER, reorder));
        generate = parts.generate();
        afterGenerate = hop(PACE, pace);
        halt.onCall(pace::stop);
    }

    /**
     * The stage that hands events to the sink, as long as the run is not halted.
     *
     * @param lends whether it comes right after stamp on the same thread
     */
    static PublishStage publish(Outlet outlet, boolean lends, NanoClock clock, Halt halt, BlockedTime blocked) {
        return new PublishStage(HaltedSink.at(outlet, halt), lends, clock, blocked);
    }

    /** The stage itself when it runs on the same thread as the one before it, else a hop to its thread. */
    private Stage hop(StageKind kind, Stage stage) {
        if (!threads.begins(kind)) {
            return stage;
        }
        int group = threads.groupOf(kind);
        boolean atOnce = plans.current().paced() && kind != PACE;
        hops[group] = new Hop(slots, atOnce, threads.spins(), events, halt, blocked[group - 1], stage);
        return hops[group];
    }

    private LiveTime live(PipelineParts.LiveColumns columns) {
        return columns == null
                ? null
                : new LiveTime(() -> pace.originEpochMicros(), columns.columns(), columns.wholeDays());
    }

    /** What each of the lane's threads does, in the order of the thread plan. */
    List<Runnable> work() {
        List<Runnable> work = new ArrayList<>();
        work.add(
                switch (exit) {
                    case null -> this::generateAll;
                    case Meeting.Entrance entrance -> () -> generateOneByOne(entrance);
                    case Turns.Place place -> () -> generateInBlocks(place);
                });
        for (int i = 1; i < hops.length; i++) {
            Hop hop = hops[i];
            boolean pacing = threads.groupOf(PACE) == i;
            work.add(() -> {
                if (pacing) {
                    begin();
                }
                hop.drain();
            });
        }
        return work;
    }

    /** The origin of a paced run lies a little ahead, so that an event due just then is waited for, and not late already. */
    private void begin() {
        pace.start(plans.current().paced() ? LEAD_NANOS : 0);
    }

    private void generateAll() {
        if (threads.groupOf(PACE) == 0) {
            begin();
        }
        Event event = events.get();
        while (!pace.ended() && generate.next(event)) {
            event = afterGenerate.on(event);
            halt.check();
        }
        afterGenerate.endOfStream();
    }

    private void generateOneByOne(Meeting.Entrance entrance) {
        begin();
        Event event = events.get();
        while (!pace.ended() && generate.next(event)) {
            event = afterGenerate.on(event);
            entrance.endTurn();
            halt.check();
        }
        afterGenerate.endOfStream();
    }

    /** Nothing is held back beyond its block, or it would be late by the blocks of all lanes. */
    private void generateInBlocks(Turns.Place place) {
        begin();
        Event event = events.get();
        int left = place.blockEvents();
        while (!pace.ended() && generate.next(event)) {
            event = afterGenerate.on(event);
            if (--left == 0) {
                left = place.blockEvents();
                reorder.letAllGo();
                place.endTurn();
            }
            halt.check();
        }
        afterGenerate.endOfStream();
    }

    public PaceStage pace() {
        return pace;
    }

    public ReorderStage reorder() {
        return reorder;
    }

    public InjectStage inject() {
        return inject;
    }

    /** Free slots in the fullest ring, as a fraction of its size; 1 without rings. */
    double ringRemaining() {
        double least = 1;
        for (Hop hop : hops) {
            if (hop != null) {
                least = Math.min(least, hop.remaining());
            }
        }
        return least;
    }
}
