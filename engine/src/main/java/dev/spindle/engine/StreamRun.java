package dev.spindle.engine;

import dev.spindle.engine.StreamResult.State;
import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.EngineException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.error.SinkException;
import dev.spindle.engine.error.SpindleException;
import dev.spindle.engine.pace.PaceStats;
import dev.spindle.engine.pace.PaceTotals;
import dev.spindle.engine.pace.RunTime;
import dev.spindle.engine.pipeline.Joining;
import dev.spindle.engine.pipeline.Lanes;
import dev.spindle.engine.pipeline.Pipeline;
import dev.spindle.engine.pipeline.ThreadPlan;
import dev.spindle.engine.plan.PlanCell;
import dev.spindle.engine.plan.Retune;
import dev.spindle.engine.plan.RunPlan;
import dev.spindle.engine.publish.Outlet;
import dev.spindle.engine.time.NanoClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.HdrHistogram.Histogram;

/**
 * One run: from {@link #run()} to its result. All methods but {@code run} may be called from any thread at any time.
 *
 * <p>A run ends in this order: the pacer takes no further event; those under way pass the stages; the last batch goes to
 * the sink; the sink is flushed and closed; what it has not reported by then is counted as failed. A stop has a deadline,
 * after which everything still waiting is let go.
 */
public final class StreamRun {

    private final String id;
    private final RunDesign design;
    private final StreamConfig config;
    private final NanoClock clock;
    private final SpindleStreamer.Notices notices;
    private final PlanCell plans;
    private final RunTime time;
    private final GroundTruth truth;
    private final Outlets outlets;
    private final Lanes lanes;
    private final CompletableFuture<StreamResult> done = new CompletableFuture<>();

    private final AtomicBoolean begun = new AtomicBoolean();
    private volatile boolean stopped;
    private volatile boolean halted;
    /** When a stop becomes a halt, on {@link #clock}. */
    private volatile long stopDeadlineNanos;
    /** Whether all stages are done, and it is the sink's turn. */
    private volatile boolean draining;

    private volatile Throwable failure;
    /** How long the run took; set when no event can arrive any more. */
    private volatile OptionalLong elapsedNanos = OptionalLong.empty();
    /** The run's last state; null while it lasts. */
    private volatile State last;

    StreamRun(String id, RunDesign design, NanoClock clock, SpindleStreamer.Notices notices) {
        this.id = id;
        this.design = design;
        this.config = design.config();
        this.clock = clock;
        this.notices = notices;
        this.plans = new PlanCell(config.plan());
        this.time = new RunTime(clock, design.lanes(), design.joining() == Joining.APART ? 0 : design.turnEvents());
        this.truth = new GroundTruth(config, design.rows().getFirst().tables(), design.anomalies(), clock);
        List<Outlet> exits = design.outlets(time);
        this.outlets = new Outlets(exits);
        this.lanes = new Lanes(design.lanes(plans, time, truth, exits, clock), design.joining(), design.threads());
    }

    /**
     * Opens the sink, streams to the end, closes the sink. Called once. A run that was stopped before touches nothing.
     *
     * @return the result, also of a run that failed
     */
    public StreamResult run() {
        if (begun.getAndSet(true)) {
            throw new IllegalStateException("the run " + id + " has begun already");
        }
        if (!stopped) {
            attempt(this::stream);
        }
        end();
        try {
            done.complete(result());
        } catch (Throwable e) {
            done.completeExceptionally(e);
            throw e;
        }
        return done.join();
    }

    private void stream() {
        truth.open();
        Set<String> told = ConcurrentHashMap.newKeySet();
        outlets.open(ledger -> new RunContext(this, ledger, told));
        if (plans.current().paced() && !stopped) {
            lanes.rehearse();
        }
        Throwable cause = lanes.run(notices.warning());
        if (cause != null) {
            keep(cause);
        }
    }

    private void end() {
        boolean early = stopped;
        draining = true;
        attempt(() -> plans.end(new EngineException("the run is over")));
        long deadlineNanos = early ? stopDeadlineNanos : clock.nanoTime() + config.drainTimeout().toNanos();
        outlets.flush(() -> left(deadlineNanos), this::keep);
        elapsedNanos = OptionalLong.of(time.nanos());
        outlets.close(() -> left(deadlineNanos), this::keep);
        closeTruth();
        outlets.closeAccounts(deliverable(), this::keep);
        last = lastState(early);
    }

    /** That the reader has gone is no failure, so it must not hide that the ground truth is lost. */
    private void closeTruth() {
        Throwable before = failure;
        if (isReaderGone()) {
            failure = null;
        }
        attempt(truth::close);
        failure = failure == null ? before : failure;
    }

    /** What a sink may still take of the time until {@code deadlineNanos}. */
    private Duration left(long deadlineNanos) {
        return halted ? Duration.ZERO : Duration.ofNanos(Math.max(0, deadlineNanos - clock.nanoTime()));
    }

    /** Whatever is thrown, an {@link Error} too, is kept: the run has more to do before it is over. */
    private void attempt(Runnable action) {
        try {
            action.run();
        } catch (Throwable e) {
            keep(e);
        }
    }

    /** The first failure is the run's; later ones stand beside it. */
    private synchronized void keep(Throwable e) {
        Throwable first = failure;
        if (first == null) {
            failure = e instanceof SpindleException ? e : new EngineException("the engine failed: " + e, e);
        } else if (first != e) {
            first.addSuppressed(e);
        }
    }

    private State lastState(boolean early) {
        if (failure != null) {
            return isReaderGone() ? State.STOPPED : State.FAILED;
        }
        if (outlets.failed() > 0) {
            return State.FAILED;
        }
        return early ? State.STOPPED : State.COMPLETED;
    }

    /**
     * Takes no further event, lets those under way arrive, ends. What has not ended when the drain timeout is over is
     * halted.
     */
    public synchronized void stop() {
        if (stopped || last != null) {
            return;
        }
        long timeoutNanos = config.drainTimeout().toNanos();
        stopDeadlineNanos = clock.nanoTime() + timeoutNanos;
        stopped = true;
        lanes.stop();
        done.copy().orTimeout(timeoutNanos, TimeUnit.NANOSECONDS).whenComplete((result, late) -> {
            if (late != null) {
                halt();
            }
        });
    }

    /** Ends at once; what is under way is lost, and counted. */
    public void halt() {
        halted = true;
        stopped = true;
        lanes.halt();
    }

    /**
     * Changes the plan.
     *
     * @throws ConfigurationException when this run cannot do what the changed plan asks; nothing has changed then
     */
    public Retune retune(UnaryOperator<RunPlan> change) {
        return plans.retune(plan -> checked(change.apply(plan)));
    }

    /** The same if the plan's revision is still {@code expectedRevision}. */
    public Retune retune(long expectedRevision, UnaryOperator<RunPlan> change) {
        return plans.retune(expectedRevision, plan -> checked(change.apply(plan)));
    }

    /** What a plan alone cannot know: whether this run can do what it asks. */
    private RunPlan checked(RunPlan changed) {
        List<Problem> problems = new ArrayList<>();
        StreamConfig.checkOutOfOrder(changed, config.maxDelaySlots(), problems);
        design.anomalies().checkAuto(changed.anomalyFraction(), problems);
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return changed;
    }

    public RunPlan plan() {
        return plans.current();
    }

    public String id() {
        return id;
    }

    public StreamConfig config() {
        return config;
    }

    public ThreadPlan threads() {
        return lanes.threads();
    }

    /** Completed with the result when the run is over; what is done to it is not done to the run. */
    public CompletableFuture<StreamResult> done() {
        return done.copy();
    }

    /** The run's clock: nanoseconds since its origin without its pauses; 0 before, fixed after the end. */
    public long runNanos() {
        return elapsedNanos.orElseGet(time::nanos);
    }

    /** A copy of the lags since this was last called, in nanoseconds. */
    public Histogram lagInterval() {
        return pace().lagInterval();
    }

    /** A copy of the latencies since this was last called, in nanoseconds. */
    public Histogram latencyInterval() {
        return outlets.latencyInterval();
    }

    public Histogram lagTotal() {
        return pace().lagTotal();
    }

    public Histogram latencyTotal() {
        return outlets.latencyTotal();
    }

    /** The last few events that left, as JSON texts. */
    public List<String> sampleEvents() {
        return outlets.sampleEvents();
    }

    /** Free slots in the fullest ring, as a fraction of its size. */
    public double ringRemaining() {
        return lanes.ringRemaining();
    }

    /** The counts so far: what of the result costs next to nothing to read. */
    public EventCounts eventCounts() {
        return new ResultReader(this).eventCounts();
    }

    /** The result so far. */
    public StreamResult result() {
        return new ResultReader(this).read();
    }

    /** Events that each sink has to report, when no stage runs any more. */
    private List<Long> deliverable() {
        List<Long> byLane = new ArrayList<>();
        for (Pipeline lane : lanes.pipelines()) {
            PaceStats pace = lane.pace().stats();
            byLane.add(pace.taken() + lane.reorder().counts().duplicates() - pace.dropped());
        }
        return design.joining() == Joining.APART ? byLane : List.of(byLane.stream().mapToLong(Long::longValue).sum());
    }

    /** Whether the run ended because its reader closed the other end. */
    public boolean isReaderGone() {
        return failure instanceof SinkException e && e.isReaderGone();
    }

    /** Where the run is. */
    public State state() {
        State end = last;
        if (end != null) {
            return end;
        }
        return plans.current().paused() ? State.PAUSED : State.RUNNING;
    }

    RunDesign design() {
        return design;
    }

    List<Pipeline> pipelines() {
        return lanes.pipelines();
    }

    Outlets outlets() {
        return outlets;
    }

    /** What the pacers have done. */
    PaceTotals pace() {
        return new PaceTotals(
                lanes.pipelines().stream().map(lane -> lane.pace().stats()).toList());
    }

    /** The rate asked for now, in events per second; 0 when unpaced. */
    double targetRatePerSecond() {
        return time.targetRatePerSecond(plans.current());
    }

    /** What made the run fail, whole, for those who look for the place in the code. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    SpindleStreamer.Notices notices() {
        return notices;
    }

    NanoClock clock() {
        return clock;
    }

    RunTime time() {
        return time;
    }

    /** Whether sinks need not wait any longer: the run is halted or, while stages run, one of them has failed. */
    boolean isHalted() {
        return halted || !draining && lanes.isHalted();
    }

    /** Has {@code wake} run when the run is halted, or now if it is; perhaps twice. */
    void onHalt(Runnable wake) {
        lanes.onHalt(wake);
    }
}
