package dev.spindle.engine;

import dev.spindle.engine.anomaly.AnomalyPlans;
import dev.spindle.engine.anomaly.AnomalyTable;
import dev.spindle.engine.domain.Domains;
import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.error.Suggestion;
import dev.spindle.engine.pipeline.Cores;
import dev.spindle.engine.pipeline.Joining;
import dev.spindle.engine.pipeline.LaneCount;
import dev.spindle.engine.pipeline.ThreadPlan;
import dev.spindle.engine.publish.Sink;
import dev.spindle.engine.publish.SinkLanes;
import dev.spindle.engine.publish.SinkProvider;
import dev.spindle.engine.publish.Sinks;
import dev.spindle.engine.column.Column;
import dev.spindle.engine.row.RowCompiler;
import dev.spindle.engine.row.RowPlan;
import dev.spindle.engine.row.StreamRows;
import dev.spindle.engine.schema.RowCounts;
import dev.spindle.engine.schema.Schema;
import dev.spindle.engine.schema.SchemaReader;
import dev.spindle.engine.time.NanoClock;
import dev.spindle.engine.time.SystemClock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Streams the events of a configuration to its sink: the engine's front door. */
public final class SpindleStreamer {

    /** The seed of a run when neither its configuration nor its schema has one. */
    public static final long DEFAULT_SEED = 42;

    private final StreamConfig config;
    private final NanoClock clock;
    private final Notices notices;

    /** Where a run says things that a person may want to read, a line at a time; called from any thread. */
    public record Notices(Consumer<String> warning, Consumer<String> detail) {
        public static final Notices NONE = new Notices(line -> {}, line -> {});
    }

    public SpindleStreamer(StreamConfig config) {
        this(config, SystemClock.INSTANCE, Notices.NONE);
    }

    public SpindleStreamer(StreamConfig config, NanoClock clock, Notices notices) {
        this.config = config;
        this.clock = clock;
        this.notices = notices;
    }

    /**
     * Prepares a run: reads the schema, compiles the rows, creates the sink. Nothing is opened yet.
     *
     * @param id the run's name in its result
     * @throws ConfigurationException with every problem
     */
    public StreamRun prepare(String id) {
        Schema schema = schema(config.source());
        RowCounts counts = RowCounts.at(schema, config.scale().orElse(null));
        long seed = config.seed().orElse(schema.seed().orElse(DEFAULT_SEED));
        Map<String, String> times = timestampColumns(schema, config.tables(), config.timestampColumn());
        StreamRows rows = new RowCompiler(schema, counts, seed, times).stream(config.tables());
        List<AnomalyTable> anomalyTables =
                rows.tables().stream().map(table -> anomalyTable(schema, table)).toList();
        AnomalyPlans anomalies = AnomalyPlans.compile(
                config.anomalies(), anomalyTables, seed, config.plan().anomalyFraction(), config.liveEventTime());
        SinkProvider provider = Sinks.named(config.sink());
        int[] keys = keyColumns(provider, rows.tables());
        Cores.check(config.cpus());
        ThreadPlan threads = threads(provider, rows);
        List<Sink> sinks = sinks(provider, threads.lanes());
        List<StreamRows> perLane = new ArrayList<>(List.of(rows));
        while (perLane.size() < threads.lanes()) {
            perLane.add(new RowCompiler(schema, counts, seed, times).stream(config.tables()));
        }
        RunDesign design =
                new RunDesign(config, schema, counts, seed, perLane, anomalies, keys, sinks, threads);
        return new StreamRun(id, design, clock, notices);
    }

    private ThreadPlan threads(SinkProvider provider, StreamRows rows) {
        int cores = Runtime.getRuntime().availableProcessors();
        SinkLanes sink = provider.lanes(config.sinkSettings());
        int lanes = config.lanes().orElseGet(() -> fittingLanes(sink, cores, rows));
        return lanes == 1
                ? ThreadPlan.of(config.threads(), cores, config.cpus(), config.plan().paced())
                : ThreadPlan.ofLanes(
                        lanes,
                        Joining.of(lanes, sink == SinkLanes.TOGETHER, config.plan().paced()),
                        cores,
                        config.cpus());
    }

    /** Several lanes without being asked for must not show but in the speed. */
    private int fittingLanes(SinkLanes sink, int cores, StreamRows rows) {
        boolean shows = config.plan().paced()
                || config.plan().outOfOrder() > 0
                || config.duplicates() > 0
                || config.labels().isPresent()
                || config.threads().isPresent();
        int usable = config.cpus().isEmpty() ? cores : config.cpus().size();
        return shows ? 1 : LaneCount.fitting(sink, usable, RunDesign.events(config, rows));
    }

    private List<Sink> sinks(SinkProvider provider, int lanes) {
        if (lanes == 1 || provider.lanes(config.sinkSettings()) == SinkLanes.TOGETHER) {
            return List.of(provider.create(config.sinkSettings()));
        }
        List<Sink> sinks = new ArrayList<>();
        for (int lane = 0; lane < lanes; lane++) {
            sinks.add(provider.create(config.sinkSettings(), lane));
        }
        return sinks;
    }

    /**
     * The event-time column of each table that has one of the name asked for; the others keep theirs.
     *
     * @param tables the tables of the stream
     * @throws ConfigurationException when none of several tables has such a column
     */
    public static Map<String, String> timestampColumns(Schema schema, List<String> tables, Optional<String> name) {
        if (name.isEmpty()) {
            return Map.of();
        }
        if (tables.size() == 1) {
            return Map.of(tables.getFirst(), name.get());
        }
        Map<String, String> columns = new HashMap<>();
        Set<String> candidates = new LinkedHashSet<>();
        boolean known = true;
        for (String table : tables) {
            Schema.Table definition = schema.tables().get(table);
            known &= definition != null;
            for (Schema.ColumnDefinition column : definition == null ? List.<Schema.ColumnDefinition>of() : definition.columns().values()) {
                if (column.type().isTemporal()) {
                    candidates.add(column.name());
                    if (column.name().equals(name.get())) {
                        columns.put(table, name.get());
                    }
                }
            }
        }
        if (columns.isEmpty() && known) {
            throw new ConfigurationException(new Problem(
                    "--timestamp-column",
                    name.get(),
                    "is no date or time column of " + String.join(", ", tables),
                    candidates.isEmpty() ? "the tables have none" : Suggestion.among(name.get(), candidates)));
        }
        return columns;
    }

    private static AnomalyTable anomalyTable(Schema schema, RowPlan rows) {
        long day = 86_400_000_000L;
        return new AnomalyTable(
                rows.table(),
                rows.columns(),
                rows.slots(),
                rows::fill,
                rows.rows(),
                rows.timestampColumn(),
                schema.range().startDay() * day,
                schema.range().endDay() * day);
    }

    /** For each table the column whose text is its events' key, -1 for none: a table without such a column has no keys. */
    private int[] keyColumns(SinkProvider provider, List<RowPlan> tables) {
        int[] keys = new int[tables.size()];
        Arrays.fill(keys, -1);
        String name = provider.keyColumn(config.sinkSettings()).orElse(null);
        if (name == null) {
            return keys;
        }
        Set<String> names = new LinkedHashSet<>();
        for (int i = 0; i < keys.length; i++) {
            List<String> columns = tables.get(i).columns().stream().map(Column::name).toList();
            keys[i] = columns.indexOf(name);
            names.addAll(columns);
        }
        if (names.contains(name)) {
            return keys;
        }
        String option = provider.options().stream()
                .filter(o -> o.type() == dev.spindle.engine.publish.SinkOption.Type.COLUMN)
                .map(o -> "--" + o.name())
                .findFirst()
                .orElse("key column");
        throw new ConfigurationException(
                new Problem(option, name, "is no column of " + String.join(", ", config.tables()), Suggestion.among(name, names)));
    }

    /** The schema that a source names. */
    public static Schema schema(StreamConfig.SchemaSource source) {
        return switch (source) {
            case StreamConfig.SchemaSource.Domain domain -> Domains.named(domain.name());
            case StreamConfig.SchemaSource.SchemaFile file -> SchemaReader.read(file.file()).orThrow();
        };
    }

    /**
     * Streams to the end on the calling thread and those of the thread plan.
     *
     * @throws ConfigurationException before anything is opened
     */
    public StreamResult stream() {
        return prepare("run").run();
    }
}
