package dev.spindle.engine.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.spindle.engine.anomaly.AnomalyPlans;
import dev.spindle.engine.anomaly.AnomalyRegistry;
import dev.spindle.engine.anomaly.AnomalyTable;
import dev.spindle.engine.anomaly.InjectStage;
import dev.spindle.engine.domain.Domains;
import dev.spindle.engine.event.Event;
import dev.spindle.engine.event.Stage;
import dev.spindle.engine.json.JsonReader;
import dev.spindle.engine.json.JsonValue;
import dev.spindle.engine.json.JsonValue.JsonBoolean;
import dev.spindle.engine.json.JsonValue.JsonNumber;
import dev.spindle.engine.json.JsonValue.JsonObject;
import dev.spindle.engine.json.JsonValue.JsonString;
import dev.spindle.engine.plan.RunPlan;
import dev.spindle.engine.reorder.Disorder;
import dev.spindle.engine.reorder.Plans;
import dev.spindle.engine.reorder.ReorderStage;
import dev.spindle.engine.row.RowCompiler;
import dev.spindle.engine.row.RowPlan;
import dev.spindle.engine.schema.RowCounts;
import dev.spindle.engine.schema.Schema;
import dev.spindle.engine.stamp.Encoder;
import dev.spindle.engine.stamp.StampStage;
import dev.spindle.engine.time.ManualClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 200,000 orders as a reader of the stream and of its labels sees them, beside the same orders left alone. */
class RetailOrdersTest {

    private static final long DAY_MICROS = 86_400_000_000L;
    private static final long SEED = 42;
    private static final int ORDERS = 200_000;
    private static final int SLOTS = 10;
    private static final String YAML =
            """
            anomalies:
              - {type: point, name: extreme_amount, column: order_total, multiplier_range: [10, 100], fraction: 0.01}
              - {type: contextual, name: wrong_status, column: status, condition_column: status,
                 normal_values: [completed], anomalous_values: [cancelled, vanished], fraction: 0.02}
              - {type: collective, name: velocity_burst, group_column: customer_id, timestamp_column: order_date,
                 window_seconds: 600, fraction: 0.005}
            """;

    @TempDir
    Path directory;

    private final Schema schema = Domains.named("retail");
    private final RowPlan rows =
            new RowCompiler(schema, RowCounts.at(schema, "medium"), SEED, Map.of()).compile("order");
    private List<JsonObject> labels;

    /** Keeps the text of every event. */
    private static final class Lines implements Stage {
        private final List<String> lines = new ArrayList<>();

        @Override
        public Event on(Event event) {
            lines.add(new String(event.encoded, 0, event.encodedLength, StandardCharsets.UTF_8));
            return event;
        }

        @Override
        public void endOfBatch() {}

        @Override
        public void endOfStream() {}
    }

    private List<String> stream(AnomalyRegistry registry, double outOfOrder, double duplicates) throws IOException {
        AnomalyTable table = new AnomalyTable(
                rows.table(),
                rows.columns(),
                rows.slots(),
                rows::fill,
                rows.rows(),
                rows.timestampColumn(),
                schema.range().startDay() * DAY_MICROS,
                schema.range().endDay() * DAY_MICROS);
        AnomalyPlans plans = AnomalyPlans.compile(registry, List.of(table), SEED, 0, false);
        LabelledTable labelled = new LabelledTable("order", plans.columns(0), rows.timestampColumn());
        Path labelsFile = directory.resolve("labels.jsonl");
        Lines lines = new Lines();
        try (LabelsWriter writer =
                new LabelsWriter(labelsFile, plans.types(), List.of(labelled), new ManualClock(0, 0)).open()) {
            Encoder encoder =
                    new Encoder("order", plans.columns(0), rows.timestampColumn(), true, plans.types(), -1);
            Stage stamp = new StampStage(new Encoder[] {encoder}, lines);
            Stage inject = new InjectStage(plans, null, writer.truth(), stamp);
            Stage reorder =
                    new ReorderStage(new Disorder(SEED, SLOTS, duplicates), () -> new Event(rows.slots()), inject);
            RunPlan plan = Plans.of(outOfOrder, 0);
            Event event = new Event(rows.slots());
            for (long n = 0; n < ORDERS; n++) {
                rows.fill(n, event);
                event.sequence = n;
                event.plan = plan;
                event = reorder.on(event);
            }
            reorder.endOfStream();
        }
        labels = new ArrayList<>();
        for (String line : Files.readAllLines(labelsFile)) {
            labels.add((JsonObject) JsonReader.parse(line, "labels"));
        }
        return lines.lines;
    }

    private static JsonObject parsed(String line) {
        return (JsonObject) JsonReader.parse(line, "event");
    }

    private static long sequence(JsonObject event) {
        return ((JsonNumber) event.get("_spindle_seq")).value().longValueExact();
    }

    private static String text(JsonValue value) {
        return value == null ? null : value.brief();
    }

    private static boolean isAnomaly(JsonObject event) {
        return ((JsonBoolean) event.get("_spindle_is_anomaly")).value();
    }

    private static long micros(JsonValue time) {
        Instant instant = Instant.parse(((JsonString) time).value());
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
    }

    @Test
    void shouldDifferFromTheCleanStreamExactlyWhereTheLabelsSaySo() throws IOException {
        List<String> clean = stream(AnomalyRegistry.empty(), 0, 0);
        assertThat(labels).isEmpty();
        List<String> seen =
                stream(AnomalyRegistry.read(JsonReader.parse(YAML, "anomalies.yaml")), 0.05, 0.01);

        List<String> first = withoutSecondSendings(seen);
        Map<Long, JsonObject> anomalies = compare(clean, first);
        checkLabelsOfAnomalies(clean, anomalies);
        checkFractions(clean, anomalies);
        checkGroups(clean, anomalies);
        checkPlaces(first);
    }

    /** Second sendings have the same bytes, come within K positions of the first, and have one label each. */
    private List<String> withoutSecondSendings(List<String> seen) {
        Map<String, Integer> places = new HashMap<>();
        List<String> first = new ArrayList<>();
        Set<Long> repeated = new HashSet<>();
        for (String line : seen) {
            Integer before = places.putIfAbsent(line, first.size());
            if (before == null) {
                first.add(line);
            } else {
                assertThat(repeated.add(sequence(parsed(line)))).isTrue();
                assertThat(first.size() - before).isLessThanOrEqualTo(2 * SLOTS);
            }
        }
        assertThat(first).hasSize(ORDERS);
        assertThat((double) repeated.size()).isCloseTo(ORDERS * 0.01, within(4 * Math.sqrt(ORDERS * 0.01)));
        assertThat(sequences("duplicate")).isEqualTo(repeated);
        return first;
    }

    private Set<Long> sequences(String type) {
        Set<Long> sequences = new HashSet<>();
        for (JsonObject label : labels) {
            if (type.equals(text(label.get("type")))) {
                assertThat(sequences.add(((JsonNumber) label.get("seq")).value().longValueExact()))
                        .isTrue();
            }
        }
        return sequences;
    }

    /** Rows that are not labelled have the bytes of the clean stream; gives those that are. */
    private static Map<Long, JsonObject> compare(List<String> clean, List<String> first) {
        Map<Long, JsonObject> anomalies = new TreeMap<>();
        for (String line : first) {
            if (line.contains("\"_spindle_is_anomaly\":true")) {
                JsonObject event = parsed(line);
                anomalies.put(sequence(event), event);
            } else {
                int at = line.indexOf("\"_spindle_seq\":") + "\"_spindle_seq\":".length();
                int sequence = Integer.parseInt(line.substring(at, line.indexOf(',', at)));
                assertThat(line).isEqualTo(clean.get(sequence));
            }
        }
        return anomalies;
    }

    private void checkLabelsOfAnomalies(List<String> clean, Map<Long, JsonObject> anomalies) {
        int found = 0;
        for (JsonObject label : labels) {
            if (label.get("changes") == null) {
                continue;
            }
            found++;
            long sequence = ((JsonNumber) label.get("seq")).value().longValueExact();
            JsonObject event = anomalies.get(sequence);
            JsonObject before = parsed(clean.get((int) sequence));
            assertThat(isAnomaly(event)).isTrue();
            assertThat(text(label.get("type"))).isEqualTo(text(event.get("_spindle_anomaly_type")));
            assertThat(text(label.get("event_time"))).isEqualTo(text(event.get("_spindle_event_time")));
            JsonObject changes = (JsonObject) label.get("changes");
            for (String column : event.members().keySet()) {
                JsonObject change = (JsonObject) changes.get(column);
                if (change != null) {
                    assertThat(text(change.get("original"))).isEqualTo(text(before.get(column)));
                    assertThat(text(change.get("new"))).isEqualTo(text(event.get(column)));
                    assertThat(text(change.get("new"))).isNotEqualTo(text(change.get("original")));
                } else if (!column.startsWith("_spindle_")) {
                    assertThat(text(event.get(column))).isEqualTo(text(before.get(column)));
                }
            }
        }
        assertThat(found).isEqualTo(anomalies.size());
    }

    private static void checkFractions(List<String> clean, Map<Long, JsonObject> anomalies) {
        long eligible = clean.stream().filter(line -> line.contains("\"status\":\"completed\"")).count();
        long points = 0;
        long contextual = 0;
        for (Map.Entry<Long, JsonObject> anomaly : anomalies.entrySet()) {
            String type = text(anomaly.getValue().get("_spindle_anomaly_type"));
            points += type.equals("point:extreme_amount") ? 1 : 0;
            if (type.equals("contextual:wrong_status")) {
                contextual++;
                assertThat(clean.get(anomaly.getKey().intValue())).contains("\"status\":\"completed\"");
                assertThat(text(anomaly.getValue().get("status"))).isIn("cancelled", "vanished");
            }
        }
        double chiSquare = deviation(points, ORDERS, 0.01) + deviation(contextual, eligible, 0.02);
        assertThat(chiSquare).as("2 degrees of freedom, p = 0.001").isLessThan(13.8);
    }

    private static double deviation(long seen, long rows, double fraction) {
        double off = seen - rows * fraction;
        return off * off / (rows * fraction * (1 - fraction));
    }

    private static void checkGroups(List<String> clean, Map<Long, JsonObject> anomalies) {
        Map<String, List<Long>> times = new HashMap<>();
        anomalies.values().stream()
                .filter(event -> text(event.get("_spindle_anomaly_type")).startsWith("collective:"))
                .forEach(event -> times.computeIfAbsent(text(event.get("customer_id")), c -> new ArrayList<>())
                        .add(micros(event.get("order_date"))));
        times.values().forEach(inWindow -> {
            assertThat(inWindow).isSorted();
            assertThat(inWindow.getLast() - inWindow.getFirst()).isLessThanOrEqualTo(600_000_000L);
        });
        Map<String, Integer> orders = new HashMap<>();
        clean.forEach(line -> orders.merge(text(parsed(line).get("customer_id")), 1, Integer::sum));
        times.forEach((customer, inWindow) -> assertThat(inWindow).hasSize(orders.get(customer)));
        double expected = orders.size() * 0.005;
        assertThat((double) times.size()).isCloseTo(expected, within(4 * Math.sqrt(expected)));
    }

    private void checkPlaces(List<String> first) {
        Set<Long> behind = new HashSet<>();
        long highest = -1;
        for (int place = 0; place < first.size(); place++) {
            long sequence = sequence(parsed(first.get(place)));
            assertThat(Math.abs(place - sequence)).isLessThanOrEqualTo(SLOTS);
            if (sequence < highest) {
                behind.add(sequence);
            }
            highest = Math.max(highest, sequence);
        }
        assertThat(sequences("reordered")).isEqualTo(behind);
        assertThat((double) behind.size()).isCloseTo(ORDERS * 0.05, within(4 * Math.sqrt(ORDERS * 0.05)));
        assertThat(labels.stream().map(label -> text(label.get("type"))).filter(Objects::nonNull).distinct())
                .containsExactlyInAnyOrder(
                        "point:extreme_amount",
                        "contextual:wrong_status",
                        "collective:velocity_burst",
                        "reordered",
                        "duplicate");
    }
}
