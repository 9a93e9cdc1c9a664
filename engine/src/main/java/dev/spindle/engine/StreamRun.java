package dev.spindle.engine;

import dev.spindle.engine.StreamResult.State;
import dev.spindle.engine.anomaly.AnomalyPlans;
import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.EngineException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.error.SinkException;
import dev.spindle.engine.error.SpindleException;
import dev.spindle.engine.event.Event;
import dev.spindle.engine.generate.GenerateStage;
import dev.spindle.engine.pace.PaceRehearsal;
import dev.spindle.engine.pace.PaceSettings;
import dev.spindle.engine.pipeline.Pipeline;
import dev.spindle.engine.pipeline.PipelineParts;
import dev.spindle.engine.pipeline.ThreadPlan;
import dev.spindle.engine.plan.PlanCell;
import dev.spindle.engine.plan.Retune;
import dev.spindle.engine.plan.RunPlan;
import dev.spindle.engine.publish.Batch;
import dev.spindle.engine.publish.Deliveries;
import dev.spindle.engine.publish.DeliveryLedger;
import dev.spindle.engine.publish.EventSample;
import dev.spindle.engine.publish.Sink;
import dev.spindle.engine.publish.SinkContext;
import dev.spindle.engine.reorder.Disorder;
import dev.spindle.engine.column.ColumnType;
import dev.spindle.engine.row.RowPlan;
import dev.spindle.engine.schema.RowCounts;
import dev.spindle.engine.schema.Schema;
import dev.spindle.engine.stamp.Encoder;
import dev.spindle.engine.time.NanoClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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

    private static final int RING_SLOTS = 1_024;

    private final String id;
    private final StreamConfig config;
    private final Schema schema;
    private final RowCounts counts;
    private final long seed;
    private final NanoClock clock;
    private final SpindleStreamer.Notices notices;
    private final PlanCell plans;
    private final Sink sink;
    private final DeliveryLedger ledger;
    private final EventSample sample = new EventSample();
    private final GroundTruth truth;
    private final AnomalyPlans anomalies;
    private final Pipeline pipeline;
    private final CompletableFuture<StreamResult> done = new CompletableFuture<>();

    private volatile boolean stopped;
    private volatile boolean finished;
    private volatile Throwable failure;
    private volatile long undelivered;
    private volatile long elapsedNanos;

    StreamRun(
            String id,
            StreamConfig config,
            Schema schema,
            RowCounts counts,
            long seed,
            RowPlan rows,
            AnomalyPlans anomalies,
            int keyColumn,
            Sink sink,
            ThreadPlan threads,
            NanoClock clock,
            SpindleStreamer.Notices notices) {
        this.id = id;
        this.config = config;
        this.schema = schema;
        this.counts = counts;
        this.seed = seed;
        this.clock = clock;
        this.notices = notices;
        this.anomalies = anomalies;
        this.sink = sink;
        this.plans = new PlanCell(config.plan());
        this.ledger = new DeliveryLedger(this::runNanos);
        this.truth = new GroundTruth(config, rows, anomalies, clock);
        String[] types = anomalies.types().toArray(String[]::new);
        Encoder encoder = new Encoder(
                rows.table(), anomalies.columns(0), rows.timestampColumn(), config.labelled(), anomalies.types(), keyColumn);
        PaceSettings pacing = PaceSettings.of(seed).withLate(config.late());
        if (config.duration().isPresent()) {
            pacing = pacing.withDuration(config.duration().get().toNanos());
        }
        int slots = rows.slots();
        PipelineParts parts = new PipelineParts(
                new GenerateStage(rows, config.fromSequence(), events(config, rows)),
                plans,
                pacing,
                liveTime(config, rows),
                new Disorder(seed, config.maxDelaySlots(), config.duplicates()),
                anomalies,
                truth.truth(),
                new Encoder[] {encoder},
                new Batch(config.batchSize(), new String[] {rows.table()}, types),
                sink,
                ledger,
                sample,
                clock,
                () -> new Event(slots),
                RING_SLOTS);
        this.pipeline = new Pipeline(parts, threads);
    }

    private static long events(StreamConfig config, RowPlan rows) {
        if (config.maxEvents().isPresent()) {
            return config.maxEvents().getAsLong();
        }
        return config.plan().paced() || config.duration().isPresent()
                ? Long.MAX_VALUE
                : Math.max(0, rows.rows() - config.fromSequence());
    }

    private static PipelineParts.LiveColumns liveTime(StreamConfig config, RowPlan rows) {
        if (!config.liveEventTime()) {
            return null;
        }
        int column = rows.timestampColumn();
        boolean date = column >= 0 && rows.columns().get(column).type() == ColumnType.DATE;
        return new PipelineParts.LiveColumns(new int[] {column}, new boolean[] {date});
    }

    /**
     * Opens the sink, streams to the end, closes the sink. Called once.
     *
     * @return the result, also of a run that failed
     */
    public StreamResult run() {
        try {
            sink.open(new Context());
            if (plans.current().paced()) {
                PaceRehearsal.run();
            }
            failure = pipeline.run();
        } catch (SpindleException e) {
            failure = e;
        } catch (RuntimeException | Error e) {
            failure = new EngineException("the engine failed: " + e, e);
        } finally {
            end();
        }
        StreamResult result = result();
        done.complete(result);
        return result;
    }

    private void end() {
        plans.end(new EngineException("the run is over"));
        elapsedNanos = runNanos();
        boolean hurry = pipeline.isHalted();
        Duration timeout = hurry ? Duration.ZERO : config.drainTimeout();
        try {
            sink.flush(timeout);
        } catch (RuntimeException e) {
            keep(e);
        }
        try {
            sink.close(timeout);
        } catch (RuntimeException e) {
            keep(e);
        }
        try {
            truth.close();
        } catch (RuntimeException e) {
            keep(e);
        }
        undelivered = open();
        finished = true;
    }

    private void keep(RuntimeException e) {
        if (failure == null) {
            failure = e;
        }
    }

    /** Takes no further event, lets those under way arrive, ends. */
    public void stop() {
        stopped = true;
        pipeline.stop();
    }

    /** Ends at once; what is under way is lost, and counted. */
    public void halt() {
        stopped = true;
        pipeline.halt();
    }

    /**
     * Changes the plan.
     *
     * @throws ConfigurationException when this run cannot follow the changed plan; nothing has changed then
     */
    public Retune retune(UnaryOperator<RunPlan> change) {
        return plans.retune(plan -> possible(change.apply(plan)));
    }

    /** The same if the plan's revision is still {@code expectedRevision}. */
    public Retune retune(long expectedRevision, UnaryOperator<RunPlan> change) {
        return plans.retune(expectedRevision, plan -> possible(change.apply(plan)));
    }

    /** What no plan can know of itself: how far events may slip, and which anomalies there are beside the plan's own. */
    private RunPlan possible(RunPlan plan) {
        List<Problem> problems = new ArrayList<>();
        double mostOutOfOrder = Disorder.mostOutOfOrder(config.maxDelaySlots());
        if (plan.outOfOrder() > mostOutOfOrder) {
            problems.add(new Problem(
                    "--out-of-order",
                    Double.toString(plan.outOfOrder()),
                    "cannot be met with --max-delay-slots " + config.maxDelaySlots(),
                    "at most " + mostOutOfOrder));
        }
        if (plan.anomalyFraction() > 0 && !anomalies.hasAuto()) {
            problems.add(new Problem(
                    "--anomaly-fraction",
                    Double.toString(plan.anomalyFraction()),
                    "finds no decimal, float or integer column that is no key"));
        } else if (plan.anomalyFraction() > anomalies.mostAutoFraction()) {
            problems.add(new Problem(
                    "--anomaly-fraction",
                    Double.toString(plan.anomalyFraction()),
                    "leaves too little for the other anomalies",
                    "at most " + anomalies.mostAutoFraction()));
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return plan;
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
        return pipeline.threads();
    }

    /** Completed with the result when the run is over. */
    public CompletableFuture<StreamResult> done() {
        return done;
    }

    /** The run's clock: nanoseconds since its origin without its pauses; 0 before, fixed after the end. */
    public long runNanos() {
        return finished ? elapsedNanos : pipeline.pace().runNanos();
    }

    /** A copy of the lags since this was last called, in nanoseconds. */
    public Histogram lagInterval() {
        return pipeline.pace().stats().lagInterval();
    }

    /** A copy of the latencies since this was last called, in nanoseconds. */
    public Histogram latencyInterval() {
        return ledger.latency().interval();
    }

    public Histogram lagTotal() {
        return pipeline.pace().stats().lagTotal();
    }

    public Histogram latencyTotal() {
        return ledger.latency().total();
    }

    /** The last few events that left, as JSON texts. */
    public List<String> sampleEvents() {
        return sample.events();
    }

    /** Free slots in the fullest ring, as a fraction of its size. */
    public double ringRemaining() {
        return pipeline.ringRemaining();
    }

    /** The counts so far: what of the result costs next to nothing to read. */
    public EventCounts eventCounts() {
        return new ResultReader(this).eventCounts();
    }

    /** The result so far. */
    public StreamResult result() {
        return new ResultReader(this).read();
    }

    /** Events taken and not accounted for yet. */
    private long open() {
        long settled = ledger.sent() + ledger.failed();
        long dropped = pipeline.pace().stats().dropped();
        return pipeline.pace().stats().taken() + pipeline.reorder().counts().duplicates() - settled - dropped;
    }

    /** Whether the run ended because its reader closed the other end. */
    public boolean isReaderGone() {
        return failure instanceof SinkException e && e.isReaderGone();
    }

    /** Where the run is. */
    public State state() {
        if (!finished) {
            return plans.current().paused() ? State.PAUSED : State.RUNNING;
        }
        if (failure != null) {
            return isReaderGone() ? State.STOPPED : State.FAILED;
        }
        if (undelivered > 0 || ledger.failed() > 0) {
            return State.FAILED;
        }
        return stopped ? State.STOPPED : State.COMPLETED;
    }

    Pipeline pipeline() {
        return pipeline;
    }

    DeliveryLedger ledger() {
        return ledger;
    }

    Sink sink() {
        return sink;
    }

    Schema schema() {
        return schema;
    }

    RowCounts counts() {
        return counts;
    }

    long seed() {
        return seed;
    }

    AnomalyPlans anomalies() {
        return anomalies;
    }

    boolean isFinished() {
        return finished;
    }

    long undelivered() {
        return undelivered;
    }

    /** What made the run fail, whole, for those who look for the place in the code. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** What the sink sees of the run. */
    private final class Context implements SinkContext {
        @Override
        public List<String> tables() {
            return config.tables();
        }

        @Override
        public Deliveries deliveries() {
            return ledger;
        }

        @Override
        public boolean labelled() {
            return config.labelled();
        }

        @Override
        public NanoClock clock() {
            return clock;
        }

        @Override
        public long originEpochMicros() {
            return pipeline.pace().originEpochMicros();
        }

        @Override
        public boolean halted() {
            return pipeline.isHalted();
        }

        @Override
        public void warn(String line) {
            notices.warning().accept(line);
        }

        @Override
        public void detail(String line) {
            notices.detail().accept(line);
        }
    }
}
