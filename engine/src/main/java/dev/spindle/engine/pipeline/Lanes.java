package dev.spindle.engine.pipeline;

import dev.spindle.engine.event.Stage;
import dev.spindle.engine.pace.RunTime;
import dev.spindle.engine.stats.BlockedTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The pipelines of a run, side by side, each over its own slice of the stream; mostly there is one. If one fails, all end.
 */
public final class Lanes {

    private final List<PipelineParts> parts;
    private final Joining joining;
    private final ThreadPlan threads;
    private final Halt halt = new Halt();
    private final List<Pipeline> pipelines = new ArrayList<>();
    private final RunTime time;
    private final Meeting meeting;
    private final Stage publish;

    /**
     * Builds the pipelines.
     *
     * @param parts of each lane
     * @param joining where it is not {@link Joining#APART}, the lanes have one outlet, that of the first one's parts
     */
    public Lanes(List<PipelineParts> parts, Joining joining, ThreadPlan threads) {
        this.parts = List.copyOf(parts);
        this.joining = joining;
        this.threads = threads;
        PipelineParts any = parts.getFirst();
        this.meeting = joining == Joining.MEETING
                ? new Meeting(parts.size(), any.ringSlots(), threads.spins(), any.events(), halt)
                : null;
        this.publish = joining == Joining.MEETING ? Pipeline.publish(any.outlet(), false, any.clock(), halt, new BlockedTime()) : null;
        Turns turns = joining == Joining.TURNS
                ? new Turns(parts.size(), any.time().turnEvents(), HaltedSink.at(any.outlet(), halt), any.clock(), threads.spins(), halt)
                : null;
        for (int lane = 0; lane < parts.size(); lane++) {
            LaneExit exit =
                    switch (joining) {
                        case APART -> null;
                        case MEETING -> meeting.entrance(lane);
                        case TURNS -> turns.place(lane);
                    };
            pipelines.add(new Pipeline(parts.get(lane), threads.lane(lane), halt, exit));
        }
        this.time = any.time();
        halt.onCall(time::abandon);
    }

    /** Warms everything up that the first event of a paced run will touch; returns in a fraction of a second. */
    public void rehearse() {
        new Rehearsal(parts, joining, threads).play();
    }

    /**
     * Runs the stream to its end: the first thread of the plan is the calling one.
     *
     * @param warnings told what cannot be done as asked, though the run goes on; from any of the threads
     * @return what ended it before its time, or null
     */
    public Throwable run(Consumer<String> warnings) {
        List<Runnable> work = new ArrayList<>();
        pipelines.forEach(pipeline -> work.addAll(pipeline.work()));
        if (meeting != null) {
            work.add(() -> meeting.drain(publish));
        }
        List<StageThread> all = new ArrayList<>();
        for (int i = 0; i < work.size(); i++) {
            all.add(new StageThread(threads.groups().get(i), halt, warnings, work.get(i)));
        }
        StageThread first = all.getFirst();
        List<StageThread> others = all.subList(1, all.size());
        Throwable cause = start(others);
        if (cause == null) {
            runHere(first);
            cause = first.cause();
        }
        for (StageThread other : others) {
            other.joinUninterruptibly();
            cause = cause == null ? other.cause() : cause;
        }
        return cause;
    }

    /** The calling thread's cores are given back. Where it is not pinned, the system need not be asked: that takes 10 ms. */
    private void runHere(StageThread first) {
        if (threads.groups().getFirst().cpu() < 0) {
            first.run();
        } else {
            Pinning.restoringCores(first);
        }
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

    /** Takes no further event; those under way go to the sink. */
    public void stop() {
        time.stop();
    }

    /** Leaves everything as it is: every thread ends as soon as it looks up. */
    public void halt() {
        halt.call();
    }

    public boolean isHalted() {
        return halt.isCalled();
    }

    /** Has {@code wake} run, from any thread, when the run is halted, or now if it is; perhaps twice. */
    public void onHalt(Runnable wake) {
        halt.onCall(wake);
    }

    /** The pipelines, by lane. */
    public List<Pipeline> pipelines() {
        return pipelines;
    }

    public ThreadPlan threads() {
        return threads;
    }

    /** Free slots in the fullest ring, as a fraction of its size; 1 without rings. */
    public double ringRemaining() {
        double least = meeting == null ? 1 : meeting.remaining();
        for (Pipeline pipeline : pipelines) {
            least = Math.min(least, pipeline.ringRemaining());
        }
        return least;
    }
}
