package dev.spindle.control.http;

import static dev.spindle.control.Client.number;
import static dev.spindle.control.Client.text;
import static dev.spindle.control.Client.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.control.Client;
import dev.spindle.control.Client.Reply;
import dev.spindle.engine.SpindleStreamer.Notices;
import dev.spindle.engine.json.JsonValue.JsonArray;
import dev.spindle.engine.json.JsonValue.JsonNull;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Starting, watching, retuning and stopping runs over HTTP, on a real socket. */
@Timeout(60)
class RunRoutesTest {

    private static final String PACED = "{\"domain\":\"retail\",\"table\":\"order\",\"rate\":1000}";

    private ControlPlane plane;
    private Client client;

    @BeforeEach
    void start() {
        plane = ControlPlane.start(ControlOptions.onLoopback(0), Notices.NONE);
        client = new Client(plane);
    }

    @AfterEach
    void stop() {
        client.close();
        plane.close(java.time.Duration.ofSeconds(5));
    }

    @Test
    void shouldStartARunAndSayWhereItIs() {
        Reply reply = client.post("/v1/runs", PACED);
        assertThat(reply.status()).isEqualTo(201);
        String id = text(reply.json(), "run");
        assertThat(reply.header("Location")).isEqualTo("/v1/runs/" + id);
        assertThat(reply.header("ETag")).isEqualTo("\"1\"");
        assertThat(text(reply.json(), "state")).isEqualTo("running");
        until("events are sent", () -> number(client.get("/v1/runs/" + id).json(), "events_sent") > 100);
        Reply result = client.get("/v1/runs/" + id);
        assertThat(result.header("Content-Type")).isEqualTo("application/json");
        assertThat(number(result.json(), "pacing.target_rate")).isEqualTo(1000);
        assertThat(number(client.get("/v1/runs").json(), "runs.0.events_sent")).isPositive();
    }

    @Test
    void shouldRunSeveralLanesAsOneRun() {
        String id = client.start("{\"domain\":\"retail\",\"table\":\"order\",\"rate\":1000,\"lanes\":3}");
        until("events are sent", () -> number(client.get("/v1/runs/" + id).json(), "events_sent") > 100);
        assertThat(number(client.get("/v1/runs/" + id).json(), "pacing.target_rate")).isEqualTo(1000);
        assertThat(text(client.get("/v1/runs/" + id).json(), "threads.2.name")).isEqualTo("spindle-lane-2");
        Reply retuned = client.patch("/v1/runs/" + id, "{\"rate\":2000}");
        assertThat(number(retuned.json(), "applied_at_ns")).isPositive();
        assertThat(number(client.get("/v1/runs/" + id).json(), "pacing.target_rate")).isEqualTo(2000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "257", "1.5", "\"many\"", "2,\"threads\":\"split\""})
    void shouldRefuseLanesThatCannotBe(String lanes) {
        Reply reply = client.post("/v1/runs", "{\"domain\":\"retail\",\"table\":\"order\",\"lanes\":" + lanes + "}");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(text(reply.json(), "problems.0.field")).isEqualTo("lanes");
    }

    @Test
    void shouldKeepTheAccountingIdentityInEveryAnswer() {
        String id = client.start("{\"domain\":\"retail\",\"table\":\"order\",\"rate\":20000,\"duplicates\":0.1,\"out_of_order\":0.1}");
        for (int i = 0; i < 20; i++) {
            var json = client.get("/v1/runs/" + id).json();
            assertThat(number(json, "events_taken") + number(json, "duplicate_count"))
                    .isEqualTo(number(json, "events_sent") + number(json, "events_failed")
                            + number(json, "events_dropped") + number(json, "in_flight"));
        }
    }

    @Test
    void shouldStreamSeveralTablesAsOne() {
        String id = client.start("{\"domain\":\"retail\",\"table\":\"order, order_line\"}");
        until("it is over", () -> text(client.get("/v1/runs/" + id).json(), "state").equals("completed"));
        var json = client.get("/v1/runs/" + id).json();
        assertThat(text(json, "table")).isEqualTo("order,order_line");
        assertThat(number(json, "events_sent")).isEqualTo(17_500);
        assertThat(number(json, "events_by_table.order")).isEqualTo(5_000);
        Reply wrong = client.post("/v1/runs", "{\"domain\":\"retail\",\"table\":\"order,ordr\"}");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.body()).contains("did you mean order?");
        Reply twice = client.post("/v1/runs", "{\"domain\":\"retail\",\"table\":\"order,order\"}");
        assertThat(twice.status()).isEqualTo(400);
        assertThat(twice.body()).contains("names a table twice");
        Reply missing = client.post("/v1/runs", "{\"domain\":\"retail\",\"table\":\"order,\"}");
        assertThat(missing.status()).isEqualTo(400);
        assertThat(missing.body()).contains("a name is missing").doesNotContain("is no table");
    }

    @Test
    void shouldRetuneAndSaySinceWhenItHolds() {
        String id = client.start(PACED);
        until("it is under way", () -> number(client.get("/v1/runs/" + id).json(), "events_sent") > 0);
        Reply reply = client.patch("/v1/runs/" + id, "{\"rate\":5000,\"arrivals\":\"constant\",\"catch_up\":\"drop:5ms\"}");
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(number(reply.json(), "revision")).isEqualTo(2);
        assertThat(reply.header("ETag")).isEqualTo("\"2\"");
        assertThat(number(reply.json(), "applied_at_ns")).isPositive();
        assertThat(number(reply.json(), "plan.rate")).isEqualTo(5000);
        assertThat(text(reply.json(), "plan.arrivals")).isEqualTo("constant");
        assertThat(text(reply.json(), "plan.catch_up")).isEqualTo("drop:5ms");
        assertThat(client.get("/v1/runs/" + id).header("ETag")).isEqualTo("\"2\"");
        until("the target follows", () -> number(client.get("/v1/runs/" + id).json(), "pacing.target_rate") == 5000);
    }

    @Test
    void shouldRefuseARetuneOfAPlanThatHasMovedOn() {
        String id = client.start(PACED);
        assertThat(client.patch("/v1/runs/" + id, "{\"rate\":2000}", "If-Match", "\"1\"").status()).isEqualTo(200);
        Reply stale = client.patch("/v1/runs/" + id, "{\"rate\":3000}", "If-Match", "\"1\"");
        assertThat(stale.status()).isEqualTo(412);
        assertThat(stale.header("ETag")).isEqualTo("\"2\"");
        assertThat(number(client.get("/v1/runs/" + id + "/plan").json(), "rate")).isEqualTo(2000);
        assertThat(client.patch("/v1/runs/" + id, "{\"rate\":3000}", "If-Match", "W/\"2\"").status()).isEqualTo(412);
        assertThat(client.patch("/v1/runs/" + id, "{\"rate\":3000}", "If-Match", "nonsense").status()).isEqualTo(412);
        assertThat(client.patch("/v1/runs/" + id, "{\"rate\":3000}", "If-Match", "\"1\", \"2\"").status()).isEqualTo(200);
        assertThat(client.patch("/v1/runs/" + id, "{\"rate\":4000}", "If-Match", "*").status()).isEqualTo(200);
        assertThat(client.patch("/v1/runs/" + id, "{}", "If-Match", "\"1\"").status()).isEqualTo(412);
    }

    @Test
    void shouldPauseAndResume() {
        String id = client.start(PACED);
        assertThat(client.patch("/v1/runs/" + id, "{\"paused\":true}").status()).isEqualTo(200);
        assertThat(text(client.get("/v1/runs/" + id).json(), "state")).isEqualTo("paused");
        assertThat(client.patch("/v1/runs/" + id, "{\"paused\":false}").status()).isEqualTo(200);
        assertThat(text(client.get("/v1/runs/" + id).json(), "state")).isEqualTo("running");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"rate\":-1}|rate",
        "{\"rate\":1e300}|rate",
        "{\"rate\":\"fast\"}|rate",
        "{\"rate\":null}|rate",
        "{\"arrivals\":\"bursty\"}|arrivals",
        "{\"pattern\":\"/etc/passwd\"}|pattern",
        "{\"pattern\":{\"hours\":[1]}}|pattern.hours",
        "{\"catch_up\":\"sometimes\"}|catch_up",
        "{\"burst_capacity\":1.5}|burst_capacity",
        "{\"out_of_order\":0.999}|out_of_order",
        "{\"out_of_order\":2}|out_of_order",
        "{\"anomaly_fraction\":-0.1}|anomaly_fraction",
        "{\"paused\":\"yes\"}|paused",
        "{\"rat\":5}|rat",
        "{\"rate\":NaN}|(body)",
        "{\"rate\":5,\"rate\":6}|(body)",
        "[1]|(body)",
        "{|(body)",
        "''|(body)",
    })
    void shouldNameTheWrongFieldAndChangeNothing(String body, String field) {
        String id = client.start(PACED);
        Reply reply = client.patch("/v1/runs/" + id, body);
        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(text(reply.json(), "problems.0.field")).isEqualTo(field);
        assertThat(number(client.get("/v1/runs/" + id + "/plan").json(), "revision")).isEqualTo(1);
    }

    @Test
    void shouldReportEveryWrongFieldOfAStartAtOnce() {
        Reply reply = client.post(
                "/v1/runs",
                "{\"domain\":\"retail\",\"table\":\"orders\",\"scale\":\"huge\",\"max_delay_slots\":3,\"out_of_order\":0.9,"
                        + "\"bursts\":[{\"duration_seconds\":1,\"multiplier\":2}],\"late\":{\"fraction\":0.1,\"delay_seconds\":1},"
                        + "\"realtime\":false,\"sink\":\"null\",\"password\":\"hush\"}");
        assertThat(reply.status()).isEqualTo(400);
        List<String> fields = ((JsonArray) Client.at(reply.json(), "problems"))
                .items().stream().map(item -> text(item, "field")).toList();
        assertThat(fields).contains("table", "scale", "out_of_order", "bursts", "late", "password");
        assertThat(reply.body()).doesNotContain("hush");
        Reply shapes = client.post("/v1/runs", "{\"domain\":\"retial\",\"rate\":true,\"late\":{\"fraction\":2},\"seed\":1.5,\"tabel\":\"order\"}");
        assertThat(((JsonArray) Client.at(shapes.json(), "problems")).items().stream().map(item -> text(item, "field")))
                .containsExactlyInAnyOrder("domain", "rate", "late.fraction", "late.delay_seconds", "seed", "tabel", "table");
        assertThat(((JsonArray) Client.at(client.get("/v1/runs").json(), "runs")).items()).isEmpty();
    }

    @Test
    void shouldAddAndRemoveBursts() {
        String id = client.start(PACED);
        Reply later = client.post("/v1/runs/" + id + "/bursts", "{\"start_offset_seconds\":600,\"duration_seconds\":10,\"multiplier\":5}");
        assertThat(later.status()).as(later.body()).isEqualTo(201);
        assertThat(later.header("Location")).isEqualTo("/v1/runs/" + id + "/bursts/0");
        Reply now = client.post("/v1/runs/" + id + "/bursts", "{\"start_offset_seconds\":\"now\",\"duration_seconds\":60,\"multiplier\":3}");
        assertThat(number(now.json(), "n")).isEqualTo(1);
        until("the target follows", () -> number(client.get("/v1/runs/" + id).json(), "pacing.target_rate") == 3000);
        assertThat(client.delete("/v1/runs/" + id + "/bursts/0", "If-Match", "\"1\"").status()).isEqualTo(412);
        assertThat(client.delete("/v1/runs/" + id + "/bursts/0").status()).isEqualTo(204);
        assertThat(client.delete("/v1/runs/" + id + "/bursts/0").status()).isEqualTo(404);
        assertThat(number(client.get("/v1/runs/" + id + "/plan").json(), "bursts.0.n")).isEqualTo(1);
        assertThat(client.delete("/v1/runs/" + id + "/bursts/1").status()).isEqualTo(204);
        until("the target follows", () -> number(client.get("/v1/runs/" + id).json(), "pacing.target_rate") == 1000);
    }

    @Test
    void shouldRefuseABurstThatIsOverOrNoBurst() {
        String id = client.start(PACED);
        until("time passes", () -> number(client.get("/v1/runs/" + id).json(), "elapsed_seconds") > 0.05);
        Reply over = client.post("/v1/runs/" + id + "/bursts", "{\"start_offset_seconds\":0,\"duration_seconds\":0.01,\"multiplier\":5}");
        assertThat(over.status()).isEqualTo(400);
        assertThat(text(over.json(), "problems.0.field")).isEqualTo("start_offset_seconds");
        Reply none = client.post("/v1/runs/" + id + "/bursts", "{\"start_offset_seconds\":\"soon\",\"duration_seconds\":0}");
        assertThat(((JsonArray) Client.at(none.json(), "problems")).items()).hasSize(3);
    }

    @Test
    void shouldNotRemoveABurstThatIsOver() {
        String id = client.start("{\"domain\":\"retail\",\"table\":\"order\",\"rate\":1000,\"bursts\":[{\"start_offset_seconds\":0,\"duration_seconds\":0.01,\"multiplier\":2}]}");
        until("time passes", () -> number(client.get("/v1/runs/" + id).json(), "elapsed_seconds") > 0.05);
        assertThat(client.delete("/v1/runs/" + id + "/bursts/0").status()).isEqualTo(409);
    }

    @Test
    void shouldStopDrainedAndForgetWhatHasEnded() {
        String id = client.start(PACED);
        assertThat(client.delete("/v1/runs/" + id).status()).isEqualTo(409);
        assertThat(client.post("/v1/runs/" + id + "/stop", "").status()).isIn(200, 202);
        until("it has ended", () -> text(client.get("/v1/runs/" + id).json(), "state").equals("stopped"));
        Reply again = client.post("/v1/runs/" + id + "/stop", "");
        assertThat(again.status()).isEqualTo(200);
        assertThat(number(again.json(), "in_flight")).isZero();
        assertThat(client.patch("/v1/runs/" + id, "{\"rate\":5}").status()).isEqualTo(409);
        assertThat(client.post("/v1/runs/" + id + "/bursts", "{\"duration_seconds\":1,\"multiplier\":2}").status()).isEqualTo(409);
        assertThat(client.get("/v1/runs/" + id + "/histogram?format=hlog").status()).isEqualTo(200);
        assertThat(client.delete("/v1/runs/" + id).status()).isEqualTo(204);
        assertThat(client.get("/v1/runs/" + id).status()).isEqualTo(404);
        assertThat(client.delete("/v1/runs/" + id).status()).isEqualTo(404);
    }

    @Test
    void shouldShowWhyARunFailed() {
        String id = client.start("{\"domain\":\"retail\",\"table\":\"order\",\"sink\":\"slow\",\"refuse\":true}");
        until("it has failed", () -> text(client.get("/v1/runs/" + id).json(), "state").equals("failed"));
        assertThat(text(client.get("/v1/runs/" + id).json(), "error")).isEqualTo("the test sink refuses");
    }

    @Test
    void shouldRunASchemaThatTheBodyBrings() {
        String schema = "{\"tables\":{\"reading\":{\"primary_key\":[\"id\"],\"columns\":{\"id\":{\"type\":\"integer\",\"generator\":"
                + "{\"strategy\":\"sequence\",\"start\":1}}}}}}";
        String id = client.start("{\"schema\":" + schema + ",\"table\":\"reading\",\"rate\":500}");
        client.get("/v1/runs/" + id + "/events");
        until("events are kept", () -> client.get("/v1/runs/" + id + "/events").body().contains("_spindle_seq"));
        Reply wrong = client.post("/v1/runs", "{\"schema\":{\"tables\":{\"t\":{\"columns\":{\"c\":{\"type\":\"intt\"}}}}},\"table\":\"t\"}");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.body()).contains("schema.tables.t.columns.c");
    }

    @Test
    void shouldRefusePacingChangesOfAnUnpacedRun() {
        String id = client.start("{\"domain\":\"retail\",\"table\":\"order\",\"max_events\":9000000000,\"sink\":\"slow\",\"write_micros\":1000}");
        Reply reply = client.patch("/v1/runs/" + id, "{\"rate\":5}");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(text(reply.json(), "problems.0.field")).isEqualTo("rate");
        assertThat(client.post("/v1/runs/" + id + "/bursts", "{\"duration_seconds\":1,\"multiplier\":2}").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/plan", "/events", "/histogram"})
    void shouldNotKnowUnknownRuns(String rest) {
        Reply reply = client.get("/v1/runs/nobody" + rest);
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(number(reply.json(), "status")).isEqualTo(404);
    }

    @Test
    void shouldSayWhichMethodsAPathHas() {
        Reply reply = client.send("PUT", "/v1/runs", "{}");
        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("Allow")).contains("GET", "POST");
        assertThat(client.get("/v2/runs").status()).isEqualTo(404);
        assertThat(client.send("HEAD", "/v1/runs", null).status()).isEqualTo(200);
    }

    @Test
    void shouldServeHistogramsInThreeFormats() {
        String id = client.start("{\"domain\":\"retail\",\"table\":\"order\",\"rate\":2000}");
        until("events are sent", () -> number(client.get("/v1/runs/" + id).json(), "events_sent") > 200);
        Reply json = client.get("/v1/runs/" + id + "/histogram");
        assertThat(number(json.json(), "count")).isGreaterThan(200);
        assertThat(((JsonArray) Client.at(json.json(), "percentiles")).items()).hasSizeGreaterThan(5);
        Reply hgrm = client.get("/v1/runs/" + id + "/histogram?format=hgrm&of=lag");
        assertThat(hgrm.body()).contains("Percentile", "TotalCount");
        client.post("/v1/runs/" + id + "/stop", "");
        until("it has ended", () -> text(client.get("/v1/runs/" + id).json(), "state").equals("stopped"));
        Reply hlog = client.get("/v1/runs/" + id + "/histogram?format=hlog");
        var reader = new org.HdrHistogram.HistogramLogReader(
                new java.io.ByteArrayInputStream(hlog.body().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        long count = 0;
        while (reader.hasNext()) {
            count += ((org.HdrHistogram.Histogram) reader.nextIntervalHistogram()).getTotalCount();
        }
        assertThat((double) count).isEqualTo(number(client.get("/v1/runs/" + id).json(), "events_sent"));
        assertThat(client.get("/v1/runs/" + id + "/histogram?format=csv").status()).isEqualTo(400);
        assertThat(client.get("/v1/runs/" + id + "/histogram?of=love").status()).isEqualTo(400);
    }

    @Test
    void shouldExposeEveryMetricWithRunAndTable() {
        String id = client.start("{\"domain\":\"retail\",\"table\":\"order\",\"rate\":2000,\"anomaly_fraction\":0.5}");
        until("anomalies come", () -> client.get("/metrics").body().contains("spindle_anomalies_total{"));
        String page = client.get("/metrics").body();
        String labels = "{run=\"" + id + "\",table=\"order\"";
        assertThat(page).contains(
                "spindle_events_generated_total" + labels,
                "spindle_events_sent_total" + labels,
                "spindle_events_failed_total" + labels,
                "spindle_events_dropped_total" + labels,
                "spindle_bytes_sent_total" + labels,
                "spindle_anomalies_total" + labels + ",type=\"point:auto\"}",
                "spindle_out_of_order_total" + labels,
                "spindle_target_rate" + labels + "} 2000\n",
                "spindle_schedule_lag_seconds_bucket" + labels + ",le=\"1.0E-6\"}",
                "spindle_delivery_latency_seconds_count" + labels,
                "spindle_ring_remaining" + labels);
    }

    @Test
    void shouldListDomainsTablesAndColumns() {
        var json = client.get("/v1/domains").json();
        assertThat(text(json, "domains.0.name")).isEqualTo("retail");
        assertThat(client.get("/v1/domains").body()).contains("\"order\"", "customer_id", "business-hours", "\"slow\"");
    }

    @Test
    void shouldShowNothingAppliedWhileTheRunHasNotComeToIt() {
        // A sink that blocks for a second and more: the pacer waits for room and cannot look at the new plan.
        String id = client.start("{\"domain\":\"retail\",\"table\":\"order\",\"rate\":1000000,\"batch_size\":1,\"sink\":\"slow\",\"write_micros\":4000000,\"drain_timeout\":0}");
        var run = plane.runs().get(id).orElseThrow();
        long[] before = {-1};
        until("the pacer stands still", () -> {
            long taken = run.snapshot().counts().taken();
            boolean still = taken > 0 && taken == before[0];
            before[0] = taken;
            java.util.concurrent.locks.LockSupport.parkNanos(100_000_000);
            return still;
        });
        Reply reply = client.patch("/v1/runs/" + id, "{\"rate\":10}");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(Client.at(reply.json(), "applied_at_ns")).isInstanceOf(JsonNull.class);
        plane.runs().get(id).orElseThrow().halt();
    }
}
