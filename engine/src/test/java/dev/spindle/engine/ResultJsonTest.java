package dev.spindle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.engine.StreamResult.Fit;
import dev.spindle.engine.StreamResult.Pacing;
import dev.spindle.engine.StreamResult.Percentiles;
import dev.spindle.engine.StreamResult.Reordering;
import dev.spindle.engine.StreamResult.State;
import dev.spindle.engine.StreamResult.ThreadUse;
import dev.spindle.engine.json.JsonReader;
import dev.spindle.engine.json.JsonValue;
import dev.spindle.engine.json.JsonValue.JsonArray;
import dev.spindle.engine.json.JsonValue.JsonNull;
import dev.spindle.engine.json.JsonValue.JsonNumber;
import dev.spindle.engine.json.JsonValue.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ResultJsonTest {

    private static final List<String> KEYS = List.of(
            "run", "domain", "table", "seed", "scale", "state", "events_taken", "events_sent", "events_failed",
            "events_dropped", "in_flight", "duplicate_count", "events_safe", "anomaly_count", "anomalies_by_type", "events_by_table",
            "out_of_order_count", "elapsed_seconds", "events_per_second_actual", "bytes_sent", "reordering", "pacing",
            "latency_ns", "threads", "error");

    @Test
    void shouldHaveTheKeysOfTheContract() {
        JsonObject root = parse(result(OptionalLong.of(7), 0.5, Map.of(), "the disk is full"));

        assertThat(root.members().keySet()).containsExactlyElementsOf(KEYS);
        assertThat(keys(root, "reordering")).containsExactly("ratio", "max_extent", "late_count");
        assertThat(keys(root, "pacing"))
                .containsExactly("target_rate", "offered", "rate_error", "lag_ns", "arrivals", "arrivals_ks", "missed");
        assertThat(keys((JsonObject) root.get("pacing"), "lag_ns")).containsExactly("p50", "p90", "p99", "p999", "max");
        assertThat(keys((JsonObject) root.get("pacing"), "arrivals_ks")).containsExactly("d", "p", "n");
        assertThat(keys(root, "latency_ns")).containsExactly("p50", "p90", "p99", "p999", "max");
        assertThat(((JsonArray) root.get("threads")).items())
                .first()
                .satisfies(thread -> assertThat(((JsonObject) thread).members().keySet())
                        .containsExactly("name", "stages", "cpu"));
    }

    @Test
    void shouldLeaveOutWhatARunDoesNotHave() {
        JsonObject root = parse(result(OptionalLong.empty(), 0.5, Map.of(), null));

        assertThat(root.members()).doesNotContainKeys("events_safe", "error", "sink_counters");
    }

    @Test
    void shouldWriteNumbersAsNumbersAndNullWhereThereIsNone() {
        JsonObject root = parse(result(OptionalLong.empty(), Double.NaN, Map.of("requests", 9L), null));

        assertThat(((JsonNumber) root.get("seed")).value()).hasToString(Long.toString(Long.MIN_VALUE));
        assertThat(((JsonObject) root.get("pacing")).get("rate_error")).isInstanceOf(JsonNull.class);
        assertThat(((JsonObject) root.get("sink_counters")).get("requests")).isInstanceOf(JsonNumber.class);
    }

    @Test
    void shouldNameEveryFigureByItsPath() {
        Map<String, Double> figures = ResultJson.figures(result(OptionalLong.of(7), 0.5, Map.of("requests", 9L), null));

        assertThat(figures)
                .containsEntry("events_safe", 7.0)
                .containsEntry("pacing.rate_error", 0.5)
                .containsEntry("pacing.lag_ns.p999", 4.0)
                .containsEntry("latency_ns.max", 50.0)
                .containsEntry("anomalies_by_type.point:auto", 3.0)
                .containsEntry("events_by_table.order", 9.0)
                .containsEntry("sink_counters.requests", 9.0)
                .doesNotContainKey("state");
        assertThat(ResultJson.figurePaths())
                .contains("events_dropped", "pacing.arrivals_ks.d", "reordering.ratio", "events_safe")
                .doesNotContain("seed", "state");
    }

    private static StreamResult result(
            OptionalLong safe, double rateError, Map<String, Long> counters, String error) {
        return new StreamResult(
                "r", "retail", "order", Long.MIN_VALUE, "small", error == null ? State.COMPLETED : State.FAILED, 10, 9, 1, 0,
                0, 0, safe, 3, Map.of("point:auto", 3L), Map.of("order", 9L), 0, 1.5, 6.0, 2_700, new Reordering(0.1, 2, 1),
                new Pacing(10, 9.9, rateError, new Percentiles(1, 2, 3, 4, 5, 10), "poisson", new Fit(0.1, 0.9, 10), 0),
                new Percentiles(10, 20, 30, 40, 50, 9), List.of(new ThreadUse("spindle-generate", List.of("generate"), -1)),
                counters, error);
    }

    private static JsonObject parse(StreamResult result) {
        return (JsonObject) JsonReader.parse(ResultJson.indented(result), "result.json");
    }

    private static Iterable<String> keys(JsonObject root, String key) {
        JsonValue value = root.get(key);
        return ((JsonObject) value).members().keySet();
    }
}
