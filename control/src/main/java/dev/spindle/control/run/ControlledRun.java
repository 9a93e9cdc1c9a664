package dev.spindle.control.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.spindle.engine.ResultJson;
import dev.spindle.engine.StreamResult;
import dev.spindle.engine.StreamRun;
import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.EngineException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.plan.BurstWindow;
import dev.spindle.engine.plan.Retune;
import dev.spindle.engine.plan.RunPlan;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.HdrHistogram.Histogram;

/**
 * A run under control, and what is left of it when it is over: its result, totals and last plan, not its stages and
 * rings. Every method may be called from any thread; none waits for the run.
 */
public final class ControlledRun {

    private static final JsonFactory JSON = new JsonFactory();
    private static final long SHARED_FOR_NANOS = 10_000_000;

    private final String id;
    private final String table;
    private final CompletableFuture<StreamResult> ended = new CompletableFuture<>();
    private final IntervalLog lagLog;
    private final IntervalLog latencyLog;
    private final List<Integer> burstNumbers = new ArrayList<>();
    private int nextBurst;
    private volatile StreamRun run;
    private volatile End end;
    /** Guards {@link #shared}; never held by what retunes, so that a retune waits for no look. */
    private final Object looking = new Object();

    private Snapshot shared;

    private record End(StreamResult result, RunPlan plan, Snapshot last) {}

    /** A burst window that was asked for, and what became of it. */
    public record AddedBurst(int number, BurstWindow window, Retune retune) {}

    /** What became of a request to remove a burst window. */
    public enum BurstRemoval {
        REMOVED,
        UNKNOWN,
        OVER,
        RUN_ENDED,
        STALE
    }

    ControlledRun(StreamRun run) {
        this.run = run;
        this.id = run.id();
        this.table = String.join(",", run.config().tables());
        long now = Clock.systemUTC().millis();
        this.lagLog = new IntervalLog(now);
        this.latencyLog = new IntervalLog(now);
        for (int i = 0; i < run.plan().bursts().size(); i++) {
            burstNumbers.add(nextBurst++);
        }
        run.done().whenComplete((result, failure) -> {
            if (result != null) {
                end(run, result);
            }
        });
    }

    private void end(StreamRun over, StreamResult result) {
        Snapshot last = look(over);
        lagLog.last(last.lag(), last.atMillis());
        latencyLog.last(last.latency(), last.atMillis());
        end = new End(result, over.plan(), last);
        run = null;
        ended.complete(result);
    }

    public String id() {
        return id;
    }

    public String table() {
        return table;
    }

    /** Completed when the run is over, on any thread. */
    public CompletableFuture<StreamResult> ended() {
        return ended;
    }

    public boolean isOver() {
        return end != null;
    }

    /** The result so far, or the last one. Reads histograms: not for an event loop. */
    public StreamResult result() {
        StreamRun now = run;
        StreamResult result = now == null ? end.result : now.result();
        // Over for the engine, but not here for another moment: whoever reads that it is over may rely on it.
        return now != null && result.state().isOver() ? ended.join() : result;
    }

    /** A result as JSON. */
    public static String json(StreamResult result) {
        StringWriter text = new StringWriter(1_024);
        try (JsonGenerator out = JSON.createGenerator(text)) {
            ResultJson.write(result, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    public RunPlan plan() {
        StreamRun now = run;
        return now == null ? end.plan : now.plan();
    }

    /** The plan as JSON. */
    public synchronized Map<String, Object> planTree() {
        return PlanTree.of(plan(), burstNumbers);
    }

    /** The live figures, or the last ones; readers within a few milliseconds share a look. Not for an event loop. */
    public Snapshot snapshot() {
        synchronized (looking) {
            StreamRun now = run;
            if (now == null) {
                return end.last;
            }
            if (shared == null || System.nanoTime() - shared.atNanos() > SHARED_FOR_NANOS) {
                shared = look(now);
            }
            return shared;
        }
    }

    private static Snapshot look(StreamRun run) {
        return new Snapshot(
                System.nanoTime(),
                Clock.systemUTC().millis(),
                run.runNanos(),
                run.plan().revision(),
                run.state(),
                run.eventCounts(),
                run.ringRemaining(),
                run.lagTotal(),
                run.latencyTotal());
    }

    /** All lags so far, as a copy: some of a histogram's own readers change it. */
    public Histogram lagTotal() {
        return snapshot().lag().copy();
    }

    /** All latencies so far, as a copy. */
    public Histogram latencyTotal() {
        return snapshot().latency().copy();
    }

    public IntervalLog lagLog() {
        return lagLog;
    }

    public IntervalLog latencyLog() {
        return latencyLog;
    }

    /** A second has passed. */
    void second() {
        if (run != null) {
            Snapshot now = snapshot();
            lagLog.second(now.lag(), now.atMillis());
            latencyLog.second(now.latency(), now.atMillis());
        }
    }

    /** The last few events that left, as JSON texts; none of a run that is over. */
    public List<String> sampleEvents() {
        StreamRun now = run;
        return now == null ? List.of() : now.sampleEvents();
    }

    /** The run's clock in nanoseconds. */
    public long runNanos() {
        StreamRun now = run;
        return now == null ? end.last.runNanos() : now.runNanos();
    }

    /** The event that is next in line, about. */
    public long nextSequence() {
        StreamRun now = run;
        return now == null ? end.last.counts().taken() : now.config().fromSequence() + now.eventCounts().taken();
    }

    /**
     * Changes the plan, if its revision is still the one given.
     *
     * @throws ConfigurationException when the changed plan is not valid for this run; nothing has changed then
     */
    public synchronized Retune retune(OptionalLong expectedRevision, UnaryOperator<RunPlan> change) {
        StreamRun now = run;
        if (now == null) {
            return new Retune.Ended();
        }
        return expectedRevision.isPresent() ? now.retune(expectedRevision.getAsLong(), change) : now.retune(change);
    }

    /**
     * Adds a burst window.
     *
     * @param startNanos its start on the run's clock; empty for now
     * @throws ConfigurationException when it is over already or not valid
     */
    public synchronized AddedBurst addBurst(
            OptionalLong expectedRevision, OptionalLong startNanos, long durationNanos, double multiplier) {
        long now = runNanos();
        BurstWindow window = new BurstWindow(startNanos.orElse(now), durationNanos, multiplier);
        if (window.endNanos() <= now && !isOver()) {
            throw new ConfigurationException(new Problem(
                    "start_offset_seconds",
                    Double.toString(window.startNanos() / 1e9),
                    "is a window that is already over",
                    "a window that ends after " + now / 1e9 + " s on the run's clock, or \"now\""));
        }
        if (!plan().paced()) {
            throw new ConfigurationException(unpaced("multiplier"));
        }
        Retune retune = retune(expectedRevision, plan -> plan.edit().addBurst(window).build());
        int number = -1;
        if (retune instanceof Retune.Accepted) {
            number = nextBurst++;
            burstNumbers.add(number);
        }
        return new AddedBurst(number, window, retune);
    }

    /** Removes a burst window that is not over. */
    public synchronized BurstRemoval removeBurst(OptionalLong expectedRevision, int number) {
        int index = burstNumbers.indexOf(number);
        if (index < 0) {
            return BurstRemoval.UNKNOWN;
        }
        if (isOver()) {
            return BurstRemoval.RUN_ENDED;
        }
        if (plan().bursts().get(index).endNanos() <= runNanos()) {
            return BurstRemoval.OVER;
        }
        Retune retune = retune(expectedRevision, plan -> {
            List<BurstWindow> left = new ArrayList<>(plan.bursts());
            left.remove(index);
            return plan.edit().bursts(left).build();
        });
        return switch (retune) {
            case Retune.Accepted accepted -> {
                burstNumbers.remove(index);
                yield BurstRemoval.REMOVED;
            }
            case Retune.Stale stale -> BurstRemoval.STALE;
            case Retune.Ended e -> BurstRemoval.RUN_ENDED;
        };
    }

    /** Why pacing cannot be changed in a run that is not paced. */
    public static Problem unpaced(String field) {
        return new Problem(field, null, "has no meaning in a run that is not paced", "a run started with realtime");
    }

    /** Takes no further event, lets those under way arrive. Does nothing to a run that is over. */
    public void stop() {
        StreamRun now = run;
        if (now != null) {
            now.stop();
        }
    }

    /** Ends at once. */
    public void halt() {
        StreamRun now = run;
        if (now != null) {
            now.halt();
        }
    }

    /** Why nothing can be changed any more. */
    public static EngineException over(String id) {
        return new EngineException("the run " + id + " is over");
    }
}
