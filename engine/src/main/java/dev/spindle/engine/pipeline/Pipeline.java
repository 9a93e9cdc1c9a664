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
import dev.spindle.engine.pipeline.ThreadPlan.Group;
import dev.spindle.engine.publish.PublishStage;
import dev.spindle.engine.reorder.ReorderStage;
import dev.spindle.engine.stamp.StampStage;
import dev.spindle.engine.stats.BlockedTime;
import dev.spindle.engine.time.HybridWaiting;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The six stages and how they hang together:
 *
 * <pre>
 *   generate → pace → reorder → inject → stamp → publish
 * </pre>
 *
 * Each stage calls the next. Where the thread plan puts a stage on a thread of its own, a {@link Hop} stands before it.
 */
public final class Pipeline {

    private static final long LEAD_NANOS = 500_000;

    private final PipelineParts parts;
    private final ThreadPlan threads;
    private final GenerateStage generate;
    private final PaceStage pace;
    private final ReorderStage reorder;
    private final InjectStage inject;
    private final Stage afterGenerate;
    private final Supplier<Event> events;
    private final Halt halt = new Halt();
    private final Hop[] hops;
    private final BlockedTime[] blocked;
    private final int slots;
    private final boolean paced;

    /** Builds the stages from the last to the first. */
    public Pipeline(PipelineParts parts, ThreadPlan threads) {
        this.parts = parts;
        this.threads = threads;
        this.events = parts.events();
        this.slots = parts.ringSlots();
        this.paced = parts.plans().current().paced();
        this.hops = new Hop[threads.groups().size()];
        this.blocked = new BlockedTime[hops.length];
        for (int i = 0; i < blocked.length; i++) {
            blocked[i] = new BlockedTime();
        }

        PublishStage publish = new PublishStage(
                parts.batch(), new HaltedSink(parts.sink(), halt), parts.ledger(), parts.clock(), blocked[threads.groupOf(PUBLISH)], parts.sample());
        StampStage stamp = new StampStage(parts.encoders(), hop(PUBLISH, publish));
        inject = new InjectStage(parts.anomalies(), live(parts.liveTime()), parts.truth(), hop(STAMP, stamp));
        reorder = new ReorderStage(parts.disorder(), events, hop(INJECT, inject));
        pace = new PaceStage(
                parts.paceSettings(),
                parts.plans(),
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

    /** The stage itself when it runs on the same thread as the one before it, else a hop to its thread. */
    private Stage hop(StageKind kind, Stage stage) {
        if (!threads.begins(kind)) {
            return stage;
        }
        int group = threads.groupOf(kind);
        hops[group] = new Hop(slots, paced && kind != PACE, threads.spins(), events, halt, blocked[group - 1], stage);
        return hops[group];
    }

    private LiveTime live(PipelineParts.LiveColumns columns) {
        return columns == null
                ? null
                : new LiveTime(() -> pace.originEpochMicros(), columns.columns(), columns.wholeDays());
    }

    /** Warms everything up that the first event of a paced run will touch; returns in a fraction of a second. */
    public void rehearse() {
        new Rehearsal(parts, threads).play();
    }

    /**
     * Runs the stream to its end: the first group of stages on the calling thread, each other one on its own.
     *
     * @param warnings told what cannot be done as asked, though the run goes on; from any of the threads
     * @return what ended it before its time, or null
     */
    public Throwable run(Consumer<String> warnings) {
        List<StageThread> others = new ArrayList<>();
        for (int i = 1; i < hops.length; i++) {
            Hop hop = hops[i];
            boolean pacing = threads.groups().get(i).stages().contains(PACE);
            others.add(new StageThread(threads.groups().get(i), halt, warnings, () -> {
                if (pacing) {
                    begin();
                }
                hop.drain();
            }));
        }
        StageThread first = new StageThread(threads.groups().getFirst(), halt, warnings, this::generateAll);
        Throwable cause = start(others);
        if (cause == null) {
            Pinning.restoringCores(first);
            cause = first.cause();
        }
        for (StageThread other : others) {
            other.joinUninterruptibly();
            cause = cause == null ? other.cause() : cause;
        }
        return cause;
    }

    /** Those that have begun are halted when one cannot begin, because there is no memory for it, say. */
    private Throwable start(List<StageThread> others) {
        try {
            others.forEach(Thread::start);
            return null;
        } catch (Throwable e) {
            halt.call();
            return e;
        }
    }

    /** The origin of a paced run lies a little ahead, so that an event due just then is waited for, and not late already. */
    private void begin() {
        pace.start(paced ? LEAD_NANOS : 0);
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

    /** Takes no further event; those under way go to the sink. */
    public void stop() {
        pace.stop();
    }

    /** Leaves everything as it is: every thread ends as soon as it looks up. */
    public void halt() {
        halt.call();
    }

    public boolean isHalted() {
        return halt.isCalled();
    }

    /** Has {@code wake} run, from any thread, when the pipeline is halted, or now if it is; perhaps twice. */
    public void onHalt(Runnable wake) {
        halt.onCall(wake);
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

    public ThreadPlan threads() {
        return threads;
    }

    /** Free slots in the fullest ring, as a fraction of its size; 1 without rings. */
    public double ringRemaining() {
        double least = 1;
        for (Hop hop : hops) {
            if (hop != null) {
                least = Math.min(least, (double) hop.free() / hop.size());
            }
        }
        return least;
    }

    /** A group of stages on its thread. */
    private static final class StageThread extends Thread {
        private final Group group;
        private final Halt halt;
        private final Consumer<String> warnings;
        private final Runnable work;
        private volatile Throwable cause;

        private StageThread(Group group, Halt halt, Consumer<String> warnings, Runnable work) {
            super(group.name());
            this.group = group;
            this.halt = halt;
            this.warnings = warnings;
            this.work = work;
            setDaemon(true);
        }

        /** Whatever escapes ends the whole pipeline: no thread may be left waiting for one that is gone. */
        @Override
        public void run() {
            try {
                if (group.cpu() >= 0) {
                    Pinning.pinTo(group.cpu()).ifPresent(why -> warnings.accept(getName() + " is not pinned: " + why));
                }
                work.run();
            } catch (Halt.Halted halted) {
                // somebody else has the cause
            } catch (Throwable escaped) {
                cause = escaped;
                halt.call();
            }
        }

        private Throwable cause() {
            return cause;
        }

        private void joinUninterruptibly() {
            boolean interrupted = false;
            while (true) {
                try {
                    join();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
