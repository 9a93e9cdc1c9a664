package dev.spindle.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.engine.StreamResult.State;
import dev.spindle.engine.anomaly.AnomalyRegistry;
import dev.spindle.engine.anomaly.ContextualAnomaly;
import dev.spindle.engine.anomaly.PointAnomaly;
import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.json.JsonReader;
import dev.spindle.engine.json.JsonValue;
import dev.spindle.engine.json.JsonValue.JsonObject;
import dev.spindle.engine.json.JsonValue.JsonString;
import dev.spindle.engine.pipeline.ThreadPlan;
import dev.spindle.engine.plan.RunPlan;
import dev.spindle.engine.testing.MemorySink;
import dev.spindle.engine.testing.MemorySink.Behaviour;
import dev.spindle.engine.testing.MemorySinkProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs over several tables. */
@Timeout(120)
class InterleavedRunTest {

    private static final String ALL =
            "customer,address,product_category,product,store,promotion,order,order_line,return";

    private static StreamConfig.Builder run(MemorySink sink, String tables) {
        return StreamConfig.builder().domain("retail").tables(tables).sink("memory", MemorySinkProvider.settings(sink));
    }

    private static StreamResult stream(StreamConfig.Builder config) {
        StreamResult result = new SpindleStreamer(config.build()).stream();
        assertThat(result.error()).isNull();
        assertThat(result.state()).isEqualTo(State.COMPLETED);
        assertThat(result.eventsSent()).isEqualTo(result.eventsTaken() + result.duplicates());
        return result;
    }

    private static List<String> lines(StreamConfig.Builder config, MemorySink sink) {
        stream(config);
        return sink.lines();
    }

    /** Everything that can change an event or move it. */
    private static StreamConfig.Builder disturbed(MemorySink sink) {
        return run(sink, ALL)
                .scale("fabric_demo")
                .plan(RunPlan.draft().paced(false).outOfOrder(0.1).anomalyFraction(0.02).build())
                .duplicates(0.05)
                .anomalies(AnomalyRegistry.of(new PointAnomaly("huge", "order_total").withFraction(0.03)));
    }

    @ParameterizedTest
    @EnumSource(ThreadPlan.Kind.class)
    void shouldSendTheSameBytesUnderEveryPlan(ThreadPlan.Kind kind) {
        MemorySink inline = new MemorySink(new Behaviour.Keep());
        MemorySink other = new MemorySink(new Behaviour.Keep());
        List<String> expected = lines(disturbed(inline).threads(ThreadPlan.Kind.INLINE), inline);
        assertThat(lines(disturbed(other).threads(kind).batchSize(7), other)).isEqualTo(expected);
        assertThat(expected).hasSizeGreaterThan(4_500);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 7})
    void shouldSendTheSameBytesWithSeveralLanes(int lanes) {
        MemorySink one = new MemorySink(new Behaviour.Keep());
        MemorySink several = new MemorySink(new Behaviour.Keep());
        List<String> expected = lines(run(one, ALL).scale("fabric_demo").fromSequence(77).lanes(1), one);
        assertThat(lines(run(several, ALL).scale("fabric_demo").fromSequence(77).lanes(lanes), several)).isEqualTo(expected);
        List<MemorySink> apart = IntStream.range(0, lanes).mapToObj(i -> new MemorySink(new Behaviour.Keep())).toList();
        StreamResult result = stream(StreamConfig.builder()
                .domain("retail")
                .tables("store,product")
                .maxEvents(10_000)
                .lanes(lanes)
                .sink("memory", MemorySinkProvider.apart(apart)));
        assertThat(result.eventsByTable()).isEqualTo(Map.of("store", 150L, "product", 500L));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 999, 12_000, 21_000})
    void shouldBeginAnywhereAndEndWithTheLastRow(long first) {
        MemorySink whole = new MemorySink(new Behaviour.Keep());
        MemorySink tail = new MemorySink(new Behaviour.Keep());
        List<String> all = lines(run(whole, ALL), whole);
        assertThat(all).hasSize(21_750);
        assertThat(lines(run(tail, ALL).fromSequence(first), tail)).isEqualTo(all.subList((int) first, all.size()));
    }

    @Test
    void shouldCountTheEventsOfEachTable() {
        MemorySink sink = new MemorySink(new Behaviour.Keep());
        StreamResult result = stream(run(sink, "order,order_line").duplicates(0.1));
        assertThat(result.table()).isEqualTo("order,order_line");
        assertThat(result.eventsByTable()).isEqualTo(Map.of("order", 5_000L, "order_line", 12_500L));
        assertThat(stream(run(new MemorySink(new Behaviour.Keep()), "order")).eventsByTable()).isEmpty();
    }

    @Test
    void shouldGoOnBeyondItsRowsWhenAskedTo() {
        MemorySink sink = new MemorySink(new Behaviour.Keep());
        assertThat(lines(run(sink, "customer,order").maxEvents(20_000), sink)).hasSize(20_000);
        MemorySink standing = new MemorySink(new Behaviour.Keep());
        assertThat(lines(run(standing, "store,product").maxEvents(20_000), standing)).hasSize(650);
    }

    @Test
    void shouldInjectIntoTheTablesThatADefinitionFits(@TempDir Path folder) throws IOException {
        MemorySink sink = new MemorySink(new Behaviour.Keep());
        Path labels = folder.resolve("labels.jsonl");
        StreamResult result = stream(run(sink, "order,order_line,product")
                .labels(labels)
                .duplicates(0.01)
                .anomalies(AnomalyRegistry.of(
                        new PointAnomaly("dear", "unit_price").withFraction(0.05),
                        new ContextualAnomaly("off", "status", "status", List.of("completed"), List.of("cancelled"))
                                .withFraction(0.05))));
        Map<String, Map<String, Long>> byTable = sink.lines().stream()
                .map(line -> (JsonObject) JsonReader.parse(line, "event"))
                .filter(event -> event.get("_spindle_anomaly_type") instanceof JsonString)
                .collect(Collectors.groupingBy(
                        event -> text(event, "_spindle_anomaly_type"),
                        Collectors.groupingBy(event -> text(event, "_spindle_table"), Collectors.counting())));
        assertThat(byTable.get("point:dear").keySet()).containsExactlyInAnyOrder("order_line", "product");
        assertThat(byTable.get("contextual:off").keySet()).containsExactly("order");
        assertThat(result.anomaliesByType().keySet()).containsExactlyInAnyOrder("point:dear", "contextual:off");

        Map<Long, String> tables = new HashMap<>();
        for (String line : sink.lines()) {
            JsonObject event = (JsonObject) JsonReader.parse(line, "event");
            tables.put(((JsonValue.JsonNumber) event.get("_spindle_seq")).value().longValue(), text(event, "_spindle_table"));
        }
        List<String> told = Files.readAllLines(labels);
        assertThat(told).hasSizeGreaterThan(500);
        for (String line : told) {
            JsonObject label = (JsonObject) JsonReader.parse(line, "label");
            long sequence = ((JsonValue.JsonNumber) label.get("seq")).value().longValue();
            assertThat(text(label, "table")).as(line).isEqualTo(tables.get(sequence));
        }
    }

    private static String text(JsonObject object, String key) {
        return ((JsonString) object.get(key)).value();
    }

    @Test
    void shouldRefuseADefinitionThatFitsNoTable() {
        StreamConfig.Builder config = run(new MemorySink(new Behaviour.Keep()), "store,product")
                .anomalies(AnomalyRegistry.of(new PointAnomaly("huge", "order_total")));
        assertThatThrownBy(() -> new SpindleStreamer(config.build()).stream())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("no such column in store, product");
    }

    @Test
    void shouldTakeTheAutomaticAnomalyToTheTablesThatHaveANumber() {
        MemorySink sink = new MemorySink(new Behaviour.Keep());
        RunPlan plan = RunPlan.draft().paced(false).anomalyFraction(0.1).build();
        StreamResult result = stream(run(sink, "store,order").plan(plan));
        assertThat((double) result.anomalies()).isBetween(400.0, 600.0);
        StreamConfig.Builder none = run(new MemorySink(new Behaviour.Keep()), "store,customer").plan(plan);
        assertThatThrownBy(() -> new SpindleStreamer(none.build()).stream())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("--anomaly-fraction");
    }

    @Test
    void shouldTakeAColumnOfTimeWhereATableHasIt() {
        MemorySink sink = new MemorySink(new Behaviour.Keep());
        List<String> lines = lines(run(sink, "promotion,order").timestampColumn("end_date"), sink);
        String last = "";
        for (String line : lines) {
            JsonObject event = (JsonObject) JsonReader.parse(line, "event");
            String time = text(event, "_spindle_event_time");
            if (text(event, "_spindle_table").equals("promotion")) {
                assertThat(time).startsWith(text(event, "end_date"));
            }
            assertThat(time.substring(0, 19)).isGreaterThanOrEqualTo(last);
            last = time.substring(0, 19);
        }
        StreamConfig.Builder wrong =
                run(new MemorySink(new Behaviour.Keep()), "promotion,order").timestampColumn("order_dat");
        assertThatThrownBy(() -> new SpindleStreamer(wrong.build()).stream())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("is no date or time column of promotion, order")
                .hasMessageContaining("did you mean order_date");
    }

    @Test
    void shouldSetLiveTimesInEveryTable() {
        MemorySink sink = new MemorySink(new Behaviour.Keep());
        String before = Instant.now().toString().substring(0, 10);
        List<String> lines = lines(run(sink, "customer,order,order_line").liveEventTime(true).maxEvents(500), sink);
        String after = Instant.now().toString().substring(0, 10);
        for (String line : lines) {
            JsonObject event = (JsonObject) JsonReader.parse(line, "event");
            if (!text(event, "_spindle_table").equals("order_line")) {
                assertThat(text(event, "_spindle_event_time").substring(0, 10)).isBetween(before, after);
            }
        }
    }

    @Test
    void shouldRefuseTablesThatAreNotThereOrThereTwice() {
        StreamConfig.Builder twice = run(new MemorySink(new Behaviour.Keep()), "order,store,order");
        assertThatThrownBy(twice::build)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("--table = order,store,order: names a table twice");
        StreamConfig.Builder unknown = run(new MemorySink(new Behaviour.Keep()), "ordr,store,stor");
        assertThatThrownBy(() -> new SpindleStreamer(unknown.build()).stream())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("--table = ordr")
                .hasMessageContaining("--table = stor:");
    }
}
