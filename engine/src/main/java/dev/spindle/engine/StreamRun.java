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
import dev.spindle.engine.pace.PaceStats;
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
import dev.spindle.engine.row.StreamRows;
import dev.spindle.engine.schema.RowCounts;
import dev.spindle.engine.schema.Schema;
import dev.spindle.engine.stamp.Encoder;
import dev.spindle.engine.time.NanoClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
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

    private boolean opening;
    private boolean opened;

    StreamRun(
            String id,
            StreamConfig config,
            Schema schema,
            RowCounts counts,
            long seed,
            StreamRows rows,
            AnomalyPlans anomalies,
            int[] keyColumns,
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
        this.ledger = new DeliveryLedger(this::clockNanos);
        this.truth = new GroundTruth(config, rows.tables(), anomalies, clock);
        String[] types = anomalies.types().toArray(String[]::new);
        PaceSettings pacing = PaceSettings.of(seed).withLate(config.late());
        if (config.duration().isPresent()) {
            pacing = pacing.withDuration(config.duration().get().toNanos());
        }
        int slots = rows.slots();
        PipelineParts parts = new PipelineParts(
                GenerateStage.of(rows, config.fromSequence(), events(config, rows)),
                plans,
                pacing,
                liveTime(config, rows.tables()),
                new Disorder(seed, config.maxDelaySlots(), config.duplicates()),
                anomalies,
                truth.truth(),
                encoders(config, rows.tables(), anomalies, keyColumns),
                new Batch(config.batchSize(), config.tables().toArray(String[]::new), types),
                sink,
                ledger,
                sample,
                clock,
                () -> new Event(slots),
                RING_SLOTS);
        this.pipeline = new Pipeline(parts, threads);
    }

    private static Encoder[] encoders(StreamConfig config, List<RowPlan> tables, AnomalyPlans anomalies, int[] keyColumns) {
        Encoder[] encoders = new Encoder[tables.size()];
        for (int i = 0; i < encoders.length; i++) {
            RowPlan table = tables.get(i);
            encoders[i] = new Encoder(
                    table.table(),
                    anomalies.columns(i),
                    table.timestampColumn(),
                    config.labelled(),
                    anomalies.types(),
                    keyColumns[i]);
        }
        return encoders;
    }

    private static long events(StreamConfig config, StreamRows rows) {
        if (config.maxEvents().isPresent()) {
            return config.maxEvents().getAsLong();
        }
        return config.plan().paced() || config.duration().isPresent()
                ? Long.MAX_VALUE
                : Math.max(0, rows.rows() - config.fromSequence());
    }

    private static PipelineParts.LiveColumns liveTime(StreamConfig config, List<RowPlan> tables) {
        if (!config.liveEventTime()) {
            return null;
        }
        int[] columns = new int[tables.size()];
        boolean[] dates = new boolean[tables.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = tables.get(i).timestampColumn();
            dates[i] = columns[i] >= 0 && tables.get(i).columns().get(columns[i]).type() == ColumnType.DATE;
        }
        return new PipelineParts.LiveColumns(columns, dates);
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
        opening = true;
        sink.open(new Context());
        opened = true;
        if (plans.current().paced() && !stopped) {
            PaceRehearsal.run();
        }
        Throwable cause = pipeline.run(notices.warning());
        if (cause != null) {
            keep(cause);
        }
    }

    private void end() {
        boolean early = stopped;
        draining = true;
        attempt(() -> plans.end(new EngineException("the run is over")));
        long deadlineNanos = early ? stopDeadlineNanos : clock.nanoTime() + config.drainTimeout().toNanos();
        if (opened) {
            attempt(() -> sink.flush(left(deadlineNanos)));
        }
        elapsedNanos = OptionalLong.of(clockNanos());
        if (opening) {
            attempt(() -> sink.close(left(deadlineNanos)));
        }
        closeTruth();
        long excess = ledger.close(deliverable());
        if (excess > 0) {
            keep(new EngineException("the sink reported " + excess + " events more than once"));
        }
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
    private void keep(Throwable e) {
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
        if (ledger.failed() > 0) {
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
        pipeline.stop();
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
        pipeline.halt();
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
        anomalies.checkAuto(changed.anomalyFraction(), problems);
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
        return pipeline.threads();
    }

    /** Completed with the result when the run is over; what is done to it is not done to the run. */
    public CompletableFuture<StreamResult> done() {
        return done.copy();
    }

    /** The run's clock: nanoseconds since its origin without its pauses; 0 before, fixed after the end. */
    public long runNanos() {
        return elapsedNanos.orElseGet(this::clockNanos);
    }

    private long clockNanos() {
        return pipeline.pace().runNanos();
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

    /** Events that a sink has to report, when no stage runs any more. */
    private long deliverable() {
        PaceStats pace = pipeline.pace().stats();
        return pace.taken() + pipeline.reorder().counts().duplicates() - pace.dropped();
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
            return halted || !draining && pipeline.isHalted();
        }

        @Override
        public void onHalt(Runnable wake) {
            pipeline.onHalt(wake);
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
