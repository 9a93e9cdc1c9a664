package dev.spindle.engine.plan;

import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.EngineException;
import dev.spindle.engine.error.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

/**
 * Holds a run's current plan. Any thread may change it; the pacers read it with one volatile read for each event.
 *
 * <p>A retune is: number the new plan, file its acknowledgement, write the plan, wake the pacers. Requests are serialised
 * among themselves by this object's monitor, which the pacers never take. A pacer that applies a plan says so, and when
 * all pacers of the run have (a run has one for each lane), the acknowledgement is completed on another thread, so that
 * what hangs on it cannot delay an event.
 */
public final class PlanCell {

    private final Executor acknowledgers;
    private final ConcurrentLinkedQueue<Pending> pending = new ConcurrentLinkedQueue<>();
    private final List<Pacer> pacers = new ArrayList<>();
    private volatile RunPlan current;
    private boolean ended;

    /** A cell with the plan that the run starts with; acknowledgements are completed on virtual threads. */
    public PlanCell(RunPlan first) {
        this(first, Thread::startVirtualThread);
    }

    /** The same, with acknowledgements completed by {@code acknowledgers}. */
    public PlanCell(RunPlan first, Executor acknowledgers) {
        this.current = first;
        this.acknowledgers = acknowledgers;
    }

    /** The plan as it stands. */
    public RunPlan current() {
        return current;
    }

    /** Changes the plan, whatever its number is now. See {@link #retune(long, UnaryOperator)}. */
    public synchronized Retune retune(UnaryOperator<RunPlan> change) {
        return retune(current.revision(), change);
    }

    /**
     * Changes the plan if its number is still {@code expectedRevision}.
     *
     * @param change makes the new plan of the current one; its revision is set here
     * @throws ConfigurationException when the changed plan is not valid, or changes whether the run is paced; nothing
     *     has changed then
     */
    public synchronized Retune retune(long expectedRevision, UnaryOperator<RunPlan> change) {
        RunPlan before = current;
        if (ended) {
            return new Retune.Ended();
        }
        if (before.revision() != expectedRevision) {
            return new Retune.Stale(before.revision());
        }
        RunPlan after = change.apply(before).edit().revision(before.revision() + 1).build();
        if (after.paced() != before.paced()) {
            throw new ConfigurationException(new Problem(
                    "--realtime", Boolean.toString(after.paced()), "cannot be changed while the run lasts"));
        }
        Pending ack = new Pending(after.revision(), Math.max(1, pacers.size()));
        pending.add(ack);
        current = after;
        pacers.forEach(pacer -> pacer.wake.run());
        return new Retune.Accepted(after, ack.future);
    }

    /** The run is over: acknowledgements still due are completed with {@code why}, later requests are refused. */
    public synchronized void end(EngineException why) {
        ended = true;
        for (Pending ack = pending.poll(); ack != null; ack = pending.poll()) {
            CompletableFuture<RetuneAck> future = ack.future;
            acknowledgers.execute(() -> future.completeExceptionally(why));
        }
    }

    /** A pacer takes part from now on; {@code wake} must make it look at {@link #current()} soon, from any thread. */
    public synchronized Pacer join(Runnable wake) {
        Pacer pacer = new Pacer(wake, current.revision());
        pacers.add(pacer);
        return pacer;
    }

    /** One pacer's side of the cell; used by its thread. */
    public final class Pacer {

        private final Runnable wake;
        private long appliedRevision;

        private Pacer(Runnable wake, long appliedRevision) {
            this.wake = wake;
            this.appliedRevision = appliedRevision;
        }

        /**
         * Says that {@code plan} is in effect.
         *
         * @param atNanos since when, in nanoseconds since the run's origin
         * @param nextSequence the event next in line
         */
        public void applied(RunPlan plan, long atNanos, long nextSequence) {
            for (Pending ack : pending) {
                if (ack.revision > appliedRevision && ack.revision <= plan.revision()) {
                    ack.applied(atNanos, nextSequence);
                }
            }
            appliedRevision = plan.revision();
        }

        /** Takes part no longer: no change waits for this pacer. After the last one the run is over, as {@code why} says. */
        public void end(EngineException why) {
            synchronized (PlanCell.this) {
                pacers.remove(this);
                if (pacers.isEmpty()) {
                    PlanCell.this.end(why);
                    return;
                }
                for (Pending ack : pending) {
                    if (ack.revision > appliedRevision) {
                        ack.left();
                    }
                }
            }
        }
    }

    /** An acknowledgement that waits for every pacer. */
    private final class Pending {

        private final long revision;
        private final CompletableFuture<RetuneAck> future = new CompletableFuture<>();
        private int pacersLeft;
        private long lastNanos = Long.MIN_VALUE;
        private long firstSequence = Long.MAX_VALUE;

        private Pending(long revision, int pacersLeft) {
            this.revision = revision;
            this.pacersLeft = pacersLeft;
        }

        /** With several lanes: applied when the last has, effective from the lowest of their next events. */
        private synchronized void applied(long atNanos, long nextSequence) {
            lastNanos = Math.max(lastNanos, atNanos);
            firstSequence = Math.min(firstSequence, nextSequence);
            left();
        }

        /** One pacer less to wait for. */
        private synchronized void left() {
            pacersLeft--;
            if (pacersLeft == 0 && firstSequence != Long.MAX_VALUE) {
                pending.remove(this);
                RetuneAck ack = new RetuneAck(revision, lastNanos, firstSequence);
                future.completeAsync(() -> ack, acknowledgers);
            }
        }
    }
}
