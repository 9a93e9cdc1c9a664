package dev.spindle.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.engine.SpindleStreamer;
import dev.spindle.engine.StreamConfig;
import dev.spindle.engine.StreamResult;
import dev.spindle.engine.anomaly.AnomalyPlans;
import dev.spindle.engine.anomaly.InjectStage;
import dev.spindle.engine.column.Column;
import dev.spindle.engine.domain.Domains;
import dev.spindle.engine.event.Event;
import dev.spindle.engine.event.Stage;
import dev.spindle.engine.pipeline.ThreadPlan;
import dev.spindle.engine.plan.Arrivals;
import dev.spindle.engine.plan.RunPlan;
import dev.spindle.engine.publish.Batch;
import dev.spindle.engine.publish.EventSample;
import dev.spindle.engine.publish.Outlet;
import dev.spindle.engine.publish.PublishStage;
import dev.spindle.engine.publish.Sink;
import dev.spindle.engine.publish.SinkSettings;
import dev.spindle.engine.publish.Sinks;
import dev.spindle.engine.reorder.Disorder;
import dev.spindle.engine.reorder.ReorderStage;
import dev.spindle.engine.row.RowCompiler;
import dev.spindle.engine.row.RowPlan;
import dev.spindle.engine.schema.RowCounts;
import dev.spindle.engine.schema.Schema;
import dev.spindle.engine.stamp.Encoder;
import dev.spindle.engine.stamp.StampStage;
import dev.spindle.engine.stats.BlockedTime;
import dev.spindle.engine.truth.Truth;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Nothing on an event's way allocates. These tests run with escape analysis switched off (see this module's pom.xml), so
 * that they count what the code asks for and not what a JIT compiler may find out to be needless.
 */
class AllocationTest {

    private static final int EVENTS = 20_000;

    @TempDir
    private Path folder;

    static Stream<Arguments> tables() {
        return Domains.NAMES.stream()
                .flatMap(domain -> Domains.named(domain).tables().keySet().stream()
                        .map(table -> Arguments.of(domain, table)));
    }

    @ParameterizedTest
    @MethodSource("tables")
    void shouldAllocateNothingToGenerateAndEncodeARow(String domain, String table) {
        Schema schema = Domains.named(domain);
        RowPlan rows = new RowCompiler(schema, RowCounts.at(schema, "small"), 42, Map.of()).compile(table);
        Encoder encoder = new Encoder(table, rows.columns(), rows.timestampColumn(), true, List.of(), -1);
        Event event = new Event(rows.slots());
        double bytes = Allocated.perEventHere(EVENTS, n -> {
            for (int row = 0; row < n; row++) {
                event.sequence = row;
                rows.fill(row, event);
                encoder.encode(event);
            }
        });
        assertThat(bytes).as("bytes a row").isLessThan(Allocated.NOTHING);
    }

    static Stream<Arguments> stages() {
        Stage last = new Synthetic.Last();
        RunPlan calm = RunPlan.draft().build();
        RunPlan wild = RunPlan.draft().outOfOrder(0.2).anomalyFraction(0.1).build();
        return Stream.of(
                Arguments.of("pace, unpaced", calm, PacedRun.into(calm, last)),
                Arguments.of("pace, overdue, constant", calm, overdue(Arrivals.CONSTANT, last)),
                Arguments.of("pace, overdue, poisson", calm, overdue(Arrivals.POISSON, last)),
                Arguments.of("reorder, in order", calm, reorder(0, last)),
                Arguments.of("reorder, late and twice", wild, reorder(0.1, last)),
                Arguments.of("inject, three types", wild, new InjectStage(
                        AnomalyPlans.compile(Synthetic.THREE_TYPES, List.of(Synthetic.TABLE), 42, 0, false), null, Truth.none(), last)));
    }

    private static Stage overdue(Arrivals arrivals, Stage last) {
        return PacedRun.into(RunPlan.draft().paced(true).ratePerSecond(1e9).arrivals(arrivals).build(), last);
    }

    private static Stage reorder(double duplicates, Stage last) {
        return new ReorderStage(new Disorder(42, 10, duplicates), () -> new Event(Synthetic.COLUMNS), last);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stages")
    void shouldAllocateNothingInAStage(String name, RunPlan plan, Stage stage) {
        Event[] event = {new Event(Synthetic.COLUMNS)};
        long[] row = {0};
        double bytes = Allocated.perEventHere(10 * EVENTS, n -> {
            for (int i = 0; i < n; i++) {
                Synthetic.fill(row[0]++, event[0]);
                event[0].plan = plan;
                event[0] = stage.on(event[0]);
            }
        });
        assertThat(bytes).as("bytes an event").isLessThan(Allocated.NOTHING);
    }

    static Stream<Arguments> sinks() {
        return Stream.of(Arguments.of("null"), Arguments.of("file"));
    }

    @ParameterizedTest
    @MethodSource("sinks")
    void shouldAllocateNothingFromStampToTheSink(String name) {
        SinkRun run = new SinkRun("order");
        Sink sink = Sinks.named(name).create(settings(name));
        sink.open(run);
        Batch batch = new Batch(100, new String[] {"order"}, new String[0]);
        Stage stage = new StampStage(
                new Encoder[] {Synthetic.orderEncoder()},
                new PublishStage(
                        new Outlet(batch, sink, run.ledger(), new EventSample()), true, run.clock(), new BlockedTime()));
        Event[] events = Synthetic.orders(1_024);
        double bytes = Allocated.perEventHere(2 * EVENTS, n -> {
            for (int i = 0; i < n; i++) {
                events[i & 1_023] = stage.on(events[i & 1_023]);
            }
        });
        assertThat(bytes).as("bytes an event").isLessThan(Allocated.NOTHING);
    }

    @ParameterizedTest
    @EnumSource(ThreadPlan.Kind.class)
    void shouldAllocateNothingInAWholeRunToNull(ThreadPlan.Kind plan) {
        assertThat(bytesPerEvent("retail", "order", plan, 1, "null")).isLessThan(Allocated.NEXT_TO_NOTHING);
    }

    @ParameterizedTest
    @EnumSource(ThreadPlan.Kind.class)
    void shouldAllocateNothingInAWholeRunToAFile(ThreadPlan.Kind plan) {
        assertThat(bytesPerEvent("retail", "order", plan, 1, "file")).isLessThan(Allocated.NEXT_TO_NOTHING);
    }

    @ParameterizedTest
    @MethodSource("sinks")
    void shouldAllocateNothingInLanes(String sink) {
        assertThat(bytesPerEvent("retail", "order", ThreadPlan.Kind.INLINE, 2, sink)).isLessThan(Allocated.NEXT_TO_NOTHING);
    }

    /** Of each domain the table with the most columns that anomalies can change. */
    static Stream<Arguments> widest() {
        return Domains.NAMES.stream().map(domain -> {
            Schema schema = Domains.named(domain);
            RowCompiler compiler = new RowCompiler(schema, RowCounts.at(schema, "small"), 42, Map.of());
            return schema.tables().keySet().stream()
                    .map(compiler::compile)
                    .filter(rows -> rows.columns().stream().anyMatch(AllocationTest::isNumber))
                    .max(Comparator.comparingInt(rows -> rows.columns().size()))
                    .map(rows -> Arguments.of(domain, rows.table()))
                    .orElseThrow();
        });
    }

    private static boolean isNumber(Column column) {
        return !column.key() && switch (column.type()) {
            case DECIMAL, FLOAT, INTEGER -> true;
            default -> false;
        };
    }

    /**
     * Where rows have children, what keeps one parent's grows until it has held the largest family: 4 bytes an event over
     * the first 160,000, less and less after them. An object for every second event would show.
     */
    @ParameterizedTest
    @MethodSource("widest")
    void shouldAllocateNothingInAWholeRunOfTheWidestTable(String domain, String table) {
        assertThat(bytesPerEvent(domain, table, ThreadPlan.Kind.INLINE, 1, "null")).isLessThan(8 * Allocated.NEXT_TO_NOTHING);
    }

    private SinkSettings settings(String sink) {
        return sink.equals("file")
                ? SinkSettings.NONE.with("output", folder.resolve("events").toString())
                : SinkSettings.NONE;
    }

    /** With some events out of order, some sent twice, and some anomalies. */
    private double bytesPerEvent(String domain, String table, ThreadPlan.Kind plan, int lanes, String sink) {
        return Allocated.perFurtherEvent(2 * EVENTS, 8 * EVENTS, events -> {
            StreamResult result = new SpindleStreamer(StreamConfig.builder()
                            .domain(domain)
                            .table(table)
                            .maxEvents(events)
                            .plan(RunPlan.draft().outOfOrder(0.05).anomalyFraction(0.02).build())
                            .duplicates(0.02)
                            .threads(plan)
                            .lanes(lanes)
                            .sink(sink, settings(sink))
                            .build())
                    .stream();
            assertThat(result.eventsSent()).isEqualTo(events + result.duplicates());
        });
    }
}
