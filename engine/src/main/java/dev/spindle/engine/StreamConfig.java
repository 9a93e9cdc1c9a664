package dev.spindle.engine;

import dev.spindle.engine.anomaly.AnomalyRegistry;
import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.pipeline.LaneCount;
import dev.spindle.engine.pipeline.ThreadPlan;
import dev.spindle.engine.plan.Late;
import dev.spindle.engine.plan.RunPlan;
import dev.spindle.engine.publish.SinkSettings;
import dev.spindle.engine.reorder.Disorder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Everything that a run is asked to do. Built with {@link #builder()}; values are checked when it is built, all at once.
 *
 * @param source where the schema comes from
 * @param tables the tables to stream; several are interleaved by event time
 * @param scale the scale preset; empty for the schema's own
 * @param seed the seed; empty for the schema's own, else 42
 * @param fromSequence sequence number of the first event
 * @param maxEvents how many events at most; empty for what follows from the rest
 * @param duration takes the events whose intended time is below this; empty for no bound
 * @param timestampColumn the event-time column; empty for the table's default
 * @param liveEventTime whether event time is the intended send time
 * @param plan pacing, and what else can be changed while the run lasts
 * @param late events held back for a time
 * @param maxDelaySlots how many positions an event may slip
 * @param duplicates fraction of events sent a second time
 * @param anomalies what is injected
 * @param labelled whether events say what was injected into them
 * @param labels file for the ground truth
 * @param labelWindows file for the anomalies as time windows
 * @param threads the thread plan; empty for the one that suits the cores
 * @param lanes how many pipelines run side by side; empty for what suits the cores and the sink
 * @param cpus cores to pin threads to
 * @param batchSize events handed to the sink at once, at most
 * @param sink name of the sink
 * @param sinkSettings the sink's options
 * @param drainTimeout how long a stop may take
 */
public record StreamConfig(
        SchemaSource source,
        List<String> tables,
        Optional<String> scale,
        OptionalLong seed,
        long fromSequence,
        OptionalLong maxEvents,
        Optional<Duration> duration,
        Optional<String> timestampColumn,
        boolean liveEventTime,
        RunPlan plan,
        Late late,
        int maxDelaySlots,
        double duplicates,
        AnomalyRegistry anomalies,
        boolean labelled,
        Optional<Path> labels,
        Optional<Path> labelWindows,
        Optional<ThreadPlan.Kind> threads,
        OptionalInt lanes,
        List<Integer> cpus,
        int batchSize,
        String sink,
        SinkSettings sinkSettings,
        Duration drainTimeout) {

    /** The largest batch: it bounds the memory of the publish stage. */
    public static final int MOST_BATCH_EVENTS = 100_000;

    /** Sequence numbers stay below 2^53, so that every reader of JSON holds them exactly. */
    public static final long MOST_EVENTS = 1L << 53;

    /** Nanoseconds of ten years and of the run's clock fit into 63 bits together. */
    private static final Duration LONGEST = Duration.ofNanos(RunPlan.LONGEST_NANOS);

    /** Where a schema comes from. */
    public sealed interface SchemaSource {
        /** A built-in domain. */
        record Domain(String name) implements SchemaSource {}

        /** A schema file, with its data sets beside it. */
        record SchemaFile(Path file) implements SchemaSource {}
    }

    public StreamConfig {
        tables = List.copyOf(tables);
        cpus = List.copyOf(cpus);
        List<Problem> problems = new ArrayList<>();
        check(tables.isEmpty(), problems, "--table", null, "is missing", "the table to stream");
        List<String> named = tables.stream().filter(name -> !name.isBlank()).toList();
        check(
                named.size() < tables.size(),
                problems,
                "--table",
                String.join(",", tables),
                "a name is missing",
                "names with one comma between");
        check(
                new HashSet<>(named).size() < named.size(),
                problems,
                "--table",
                String.join(",", tables),
                "names a table twice",
                "each table once");
        check(fromSequence < 0 || fromSequence > MOST_EVENTS, problems, "--from-seq", fromSequence, "is out of range", "0 to 2^53");
        if (maxEvents.isPresent()) {
            long most = maxEvents.getAsLong();
            check(most < 1 || most > MOST_EVENTS, problems, "--max-events", most, "is out of range", "1 to 2^53");
            check(
                    most >= 1 && most <= MOST_EVENTS && fromSequence >= 0 && fromSequence + most > MOST_EVENTS,
                    problems,
                    "--max-events",
                    most,
                    "goes beyond the last sequence number",
                    "at most " + (MOST_EVENTS - fromSequence) + " from --from-seq on");
        }
        if (duration.isPresent()) {
            Duration length = duration.get();
            check(
                    length.isNegative() || length.isZero() || length.compareTo(LONGEST) > 0,
                    problems,
                    "--duration",
                    length,
                    "is out of range",
                    "above 0, at most ten years");
        }
        check(
                maxDelaySlots < 1 || maxDelaySlots > Disorder.MOST_SLOTS,
                problems,
                "--max-delay-slots",
                maxDelaySlots,
                "is out of range",
                "1 to " + Disorder.MOST_SLOTS);
        check(!(duplicates >= 0 && duplicates <= 1), problems, "--duplicates", duplicates, "is out of range", "0 to 1");
        check(
                batchSize < 1 || batchSize > MOST_BATCH_EVENTS,
                problems,
                "--batch-size",
                batchSize,
                "is out of range",
                "1 to " + MOST_BATCH_EVENTS);
        check(
                drainTimeout.isNegative() || drainTimeout.compareTo(LONGEST) > 0,
                problems,
                "--drain-timeout",
                drainTimeout,
                "is out of range",
                "0 to ten years");
        if (lanes.isPresent()) {
            int count = lanes.getAsInt();
            check(count < 1 || count > LaneCount.MOST, problems, "--lanes", count, "is out of range", "1 to " + LaneCount.MOST);
            check(
                    count > 1 && threads.isPresent() && threads.get() != ThreadPlan.Kind.INLINE,
                    problems,
                    "--lanes",
                    count,
                    "cannot be combined with --threads " + threads.map(ThreadPlan.Kind::toString).orElse(""),
                    "--threads inline or auto: each lane has one thread");
        }
        int cores = Runtime.getRuntime().availableProcessors();
        for (int cpu : cpus) {
            check(cpu < 0 || cpu > 1_023, problems, "--cpus", cpu, "is no core", "0 to 1023; this process has " + cores + " cores");
        }
        late.check("--late", problems);
        checkOutOfOrder(plan, maxDelaySlots, problems);
        check(
                plan.paced() && plan.ratePerSecond() == 0 && plan.stages().isEmpty() && plan.bursts().isEmpty() && duration.isEmpty(),
                problems,
                "--rate",
                0,
                "sends nothing for ever",
                "above 0, or with --duration");
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    /** The tables that a list with commas between names. */
    public static List<String> tableNames(String list) {
        return Arrays.stream(list.split(",", -1)).map(String::strip).toList();
    }

    /** Whether so many events can be late by so few positions. */
    static void checkOutOfOrder(RunPlan plan, int maxDelaySlots, List<Problem> problems) {
        double most = Disorder.mostOutOfOrder(Math.max(1, maxDelaySlots));
        check(
                plan.outOfOrder() > most,
                problems,
                "--out-of-order",
                plan.outOfOrder(),
                "cannot be met with --max-delay-slots " + maxDelaySlots,
                "at most " + most);
    }

    private static void check(
            boolean wrong, List<Problem> problems, String option, Object value, String reason, String allowed) {
        if (wrong) {
            problems.add(new Problem(option, value == null ? null : value.toString(), reason, allowed));
        }
    }

    /** A builder with the defaults of the command line: unpaced, the console sink. */
    public static Builder builder() {
        return new Builder();
    }

    /** Gathers a configuration. */
    public static final class Builder {
        private SchemaSource source = new SchemaSource.Domain("retail");
        private List<String> tables = List.of();
        private Optional<String> scale = Optional.empty();
        private OptionalLong seed = OptionalLong.empty();
        private long fromSequence;
        private OptionalLong maxEvents = OptionalLong.empty();
        private Optional<Duration> duration = Optional.empty();
        private Optional<String> timestampColumn = Optional.empty();
        private boolean liveEventTime;
        private RunPlan plan = RunPlan.draft().paced(false).build();
        private Late late = Late.NONE;
        private int maxDelaySlots = 10;
        private double duplicates;
        private AnomalyRegistry anomalies = AnomalyRegistry.empty();
        private boolean labelled = true;
        private Optional<Path> labels = Optional.empty();
        private Optional<Path> labelWindows = Optional.empty();
        private Optional<ThreadPlan.Kind> threads = Optional.empty();
        private OptionalInt lanes = OptionalInt.empty();
        private List<Integer> cpus = List.of();
        private int batchSize = 100;
        private String sink = "console";
        private SinkSettings sinkSettings = SinkSettings.NONE;
        private Duration drainTimeout = Duration.ofSeconds(30);

        private Builder() {}

        public Builder domain(String name) {
            source = new SchemaSource.Domain(name);
            return this;
        }

        public Builder schema(Path file) {
            source = new SchemaSource.SchemaFile(file);
            return this;
        }

        /** The tables of a list with commas between, such as {@code order,order_line}. */
        public Builder tables(String list) {
            tables = tableNames(list);
            return this;
        }

        public Builder table(String... names) {
            tables = List.of(names);
            return this;
        }

        public Builder scale(String name) {
            scale = Optional.of(name);
            return this;
        }

        public Builder seed(long value) {
            seed = OptionalLong.of(value);
            return this;
        }

        public Builder fromSequence(long first) {
            fromSequence = first;
            return this;
        }

        public Builder maxEvents(long events) {
            maxEvents = OptionalLong.of(events);
            return this;
        }

        public Builder duration(Duration length) {
            duration = Optional.of(length);
            return this;
        }

        public Builder timestampColumn(String name) {
            timestampColumn = Optional.of(name);
            return this;
        }

        public Builder liveEventTime(boolean live) {
            liveEventTime = live;
            return this;
        }

        public Builder plan(RunPlan first) {
            plan = first;
            return this;
        }

        public Builder late(Late held) {
            late = held;
            return this;
        }

        public Builder maxDelaySlots(int slots) {
            maxDelaySlots = slots;
            return this;
        }

        public Builder duplicates(double fraction) {
            duplicates = fraction;
            return this;
        }

        public Builder anomalies(AnomalyRegistry definitions) {
            anomalies = definitions;
            return this;
        }

        public Builder labelled(boolean yes) {
            labelled = yes;
            return this;
        }

        public Builder labels(Path file) {
            labels = Optional.of(file);
            return this;
        }

        public Builder labelWindows(Path file) {
            labelWindows = Optional.of(file);
            return this;
        }

        public Builder threads(ThreadPlan.Kind kind) {
            threads = Optional.of(kind);
            return this;
        }

        public Builder lanes(int count) {
            lanes = OptionalInt.of(count);
            return this;
        }

        public Builder cpus(List<Integer> cores) {
            cpus = cores;
            return this;
        }

        public Builder batchSize(int events) {
            batchSize = events;
            return this;
        }

        public Builder sink(String name, SinkSettings settings) {
            sink = name;
            sinkSettings = settings;
            return this;
        }

        public Builder drainTimeout(Duration length) {
            drainTimeout = length;
            return this;
        }

        /**
         * The configuration.
         *
         * @throws ConfigurationException with every value that is out of range
         */
        public StreamConfig build() {
            return new StreamConfig(
                    source, tables, scale, seed, fromSequence, maxEvents, duration, timestampColumn, liveEventTime, plan,
                    late, maxDelaySlots, duplicates, anomalies, labelled, labels, labelWindows, threads, lanes, cpus, batchSize,
                    sink, sinkSettings, drainTimeout);
        }
    }
}
