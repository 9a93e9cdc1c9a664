package dev.spindle.control.http;

import static dev.spindle.control.Client.at;
import static dev.spindle.control.Client.text;
import static dev.spindle.control.Client.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.control.Client;
import dev.spindle.control.Client.Reply;
import dev.spindle.control.LiveClient;
import dev.spindle.engine.SpindleStreamer.Notices;
import dev.spindle.engine.json.JsonReader;
import dev.spindle.engine.json.JsonValue;
import dev.spindle.engine.json.JsonValue.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The document against the routes: what they answer is what it says, and they take what it allows and nothing else. */
@Timeout(90)
class OpenApiTest {

    private static final String BASE = "\"domain\":\"retail\",\"table\":\"order\"";

    private ControlPlane plane;
    private Client client;
    private JsonObject document;

    @BeforeEach
    void start() {
        plane = ControlPlane.start(
                ControlOptions.onLoopback(0).withLimits(new Limits(1 << 20, 1 << 16, 512, 500, 500, 32, 8)), Notices.NONE);
        client = new Client(plane);
        document = client.get("/v1/openapi.json").json();
    }

    @AfterEach
    void stop() {
        client.close();
        plane.close(Duration.ofSeconds(5));
    }

    private JsonObject schema(String name) {
        return (JsonObject) at(document, "components.schemas." + name);
    }

    /** The reply is one that the document knows for this operation, of the schema that it names there. */
    private Reply documented(String method, String path, String body, int status, String... headers) {
        String actual = path;
        Reply reply = client.send(method.toUpperCase(java.util.Locale.ROOT), actual, body, headers);
        assertThat(reply.status()).as(method + " " + path + " " + reply.body()).isEqualTo(status);
        JsonObject operation = operation(method, actual.replaceAll("\\?.*", ""));
        JsonObject response = (JsonObject) ((JsonObject) operation.get("responses")).get(Integer.toString(status));
        assertThat(response).as(method + " " + path + " may answer " + status).isNotNull();
        if (reply.body().isEmpty()) {
            assertThat(response.get("content")).as(method + " " + path).isNull();
            return reply;
        }
        String mediaType = reply.header("Content-Type").replaceAll(";.*", "");
        JsonObject content = (JsonObject) ((JsonObject) response.get("content")).get(mediaType);
        assertThat(content).as(method + " " + path + " may answer in " + mediaType).isNotNull();
        if (mediaType.endsWith("json")) {
            assertThat(JsonSchema.errors(document, (JsonObject) content.get("schema"), reply.json())).as(reply.body()).isEmpty();
        }
        return reply;
    }

    private JsonObject operation(String method, String path) {
        for (var entry : ((JsonObject) document.get("paths")).members().entrySet()) {
            if (path.matches(entry.getKey().replaceAll("\\{\\w+}", "[^/]+"))) {
                JsonObject operation = (JsonObject) ((JsonObject) entry.getValue()).get(method);
                if (operation != null) {
                    return operation;
                }
            }
        }
        throw new AssertionError("the document has no " + method + " " + path);
    }

    @Test
    void shouldDescribeEveryAnswer() {
        assertThat(text(document, "openapi")).isEqualTo("3.1.0");
        documented("get", "/healthz", null, 200);
        documented("get", "/readyz", null, 200);
        documented("get", "/v1/domains", null, 200);
        Reply started = documented("post", "/v1/runs", "{" + BASE + ",\"rate\":500,\"anomaly_fraction\":0.1,\"pattern\":\"retail-peak\"}", 201);
        String run = "/v1/runs/" + text(started.json(), "run");
        until("anomalies come", () -> client.get(run).body().contains("point:auto"));
        documented("get", "/v1/runs", null, 200);
        documented("get", run, null, 200);
        documented("get", run + "/plan", null, 200);
        client.get(run + "/events");
        until("events are kept", () -> client.get(run + "/events").body().contains("_spindle_seq"));
        documented("get", run + "/events", null, 200);
        documented("get", "/metrics", null, 200);
        for (String of : List.of("latency", "lag")) {
            for (String format : List.of("json", "hgrm", "hlog")) {
                documented("get", run + "/histogram?format=" + format + "&of=" + of, null, 200);
            }
        }
        documented("get", run + "/histogram?format=xml", null, 400);
        documented("patch", run, "{\"rate\":700}", 200);
        documented("patch", run, "{\"rate\":-7}", 400);
        documented("patch", run, "{\"rate\":7}", 412, "If-Match", "\"1\"");
        documented("patch", run, " ".repeat((1 << 20) + 1), 413);
        documented("post", run + "/bursts", "{\"duration_seconds\":100,\"multiplier\":2}", 201);
        documented("post", run + "/bursts", "{\"duration_seconds\":100}", 400);
        documented("post", run + "/bursts", "{\"duration_seconds\":100,\"multiplier\":2}", 412, "If-Match", "\"1\"");
        documented("get", run + "/plan", null, 200);
        documented("delete", run + "/bursts/7", null, 404);
        documented("delete", run + "/bursts/0", null, 412, "If-Match", "\"1\"");
        documented("delete", run + "/bursts/0", null, 204);
        documented("delete", run, null, 409);
        client.post(run + "/stop", "");
        until("it has ended", () -> text(client.get(run).json(), "state").equals("stopped"));
        documented("post", run + "/stop", null, 200);
        documented("patch", run, "{\"rate\":700}", 409);
        documented("post", run + "/bursts", "{\"duration_seconds\":100,\"multiplier\":2}", 409);
        documented("delete", run + "/bursts/0", null, 404);
        documented("get", run, null, 200);
        documented("delete", run, null, 204);
        for (String rest : List.of("", "/plan", "/events", "/histogram")) {
            documented("get", run + rest, null, 404);
        }
        documented("post", run + "/stop", null, 404);
        documented("post", run + "/bursts", "{}", 404);
        documented("post", "/v1/runs", "{", 400);
    }

    /** Bodies right and wrong in every field: accepted by the route where, and only where, the document allows them. */
    @Test
    void shouldTakeWhatTheDocumentAllowsAndNothingElse() {
        List<String> values = List.of(
                "0", "1", "0.5", "-1", "1e30", "5000000000", "2.5", "true", "null", "\"text\"", "\"poisson\"", "\"bucket\"",
                "\"now\"", "\"5m\"", "[]", "{}", "[1]", "[\"x\"]", "[0.5]", "{\"a\":\"b\"}", "{\"a\":1}",
                "{\"fraction\":0.1,\"delay_seconds\":0.01}", "[{\"duration_seconds\":1,\"multiplier\":2}]",
                "[{\"duration_seconds\":1,\"rate\":5}]", "[{\"duration_seconds\":0,\"multiplier\":2}]");
        List<String> disagreements = new ArrayList<>();
        String run = "/v1/runs/" + client.start("{" + BASE + ",\"rate\":1,\"max_delay_slots\":10000}");
        for (String field : fields("Retune")) {
            for (String value : values) {
                compare("Retune", "{\"" + field + "\":" + value + "}", client.patch(run, "{\"" + field + "\":" + value + "}"), disagreements);
            }
        }
        for (String field : fields("Burst")) {
            for (String value : values) {
                String rest = field.equals("multiplier") ? "\"duration_seconds\":1" : field.equals("duration_seconds") ? "\"multiplier\":1" : "\"duration_seconds\":1e6,\"multiplier\":1";
                String body = "{\"" + field + "\":" + value + "," + rest + "}";
                compare("Burst", body, client.post(run + "/bursts", body), disagreements);
            }
        }
        for (String field : fields("StartRun")) {
            if (List.of("domain", "table").contains(field)) {
                continue;
            }
            for (String value : values) {
                String body = "{" + BASE + ",\"" + field + "\":" + value + "}";
                Reply reply = client.post("/v1/runs", body);
                compare("StartRun", body, reply, disagreements);
                if (reply.status() == 201) {
                    client.post(reply.header("Location") + "/stop", "");
                }
            }
        }
        assertThat(disagreements).isEmpty();
    }

    private List<String> fields(String schema) {
        return List.copyOf(((JsonObject) schema(schema).get("properties")).members().keySet());
    }

    /**
     * What the schema refuses, the route must refuse, naming the field. What the schema lets pass, the route takes, or
     * refuses for a reason that no schema can know (another field, the table, the run), which is not a matter of shape.
     */
    private void compare(String name, String body, Reply reply, List<String> disagreements) {
        JsonValue value = JsonReader.parse(body, "body");
        List<String> errors = JsonSchema.errors(document, schema(name), value);
        if (errors.isEmpty() && reply.status() >= 300) {
            boolean shape = reply.body().contains("not known here") || reply.body().contains("is out of range");
            if (reply.status() >= 500 || shape) {
                disagreements.add("refused though allowed: " + body + " " + reply.body());
            }
        } else if (!errors.isEmpty() && reply.status() != 400) {
            disagreements.add("taken though not allowed: " + body + " " + errors);
        }
    }

    @Test
    void shouldDescribeEveryMessage() {
        String run = client.start("{" + BASE + ",\"rate\":500}");
        try (LiveClient live = new LiveClient(client)) {
            JsonObject fromClient = schema("LiveFromClient");
            JsonObject fromServer = schema("LiveFromServer");
            for (String message : List.of(
                    "{\"type\":\"subscribe\",\"run\":\"" + run + "\",\"interval_ms\":50,\"id\":1}",
                    "{\"type\":\"retune\",\"run\":\"" + run + "\",\"rate\":100,\"id\":2}",
                    "{\"type\":\"burst\",\"run\":\"" + run + "\",\"id\":\"x\",\"duration_seconds\":1,\"multiplier\":2}",
                    "{\"type\":\"pause\",\"run\":\"" + run + "\",\"id\":3}",
                    "{\"type\":\"resume\",\"run\":\"" + run + "\",\"id\":3}")) {
                assertThat(JsonSchema.errors(document, fromClient, JsonReader.parse(message, "message"))).isEmpty();
                live.send(message);
                assertThat(JsonSchema.errors(document, fromServer, live.next("ack"))).isEmpty();
            }
            assertThat(JsonSchema.errors(document, fromServer, live.next("stats"))).isEmpty();
            String wrong = "{\"type\":\"retune\",\"run\":\"" + run + "\",\"rate\":-5}";
            assertThat(JsonSchema.errors(document, fromClient, JsonReader.parse(wrong, "message"))).isNotEmpty();
            live.send(wrong);
            assertThat(JsonSchema.errors(document, fromServer, live.next("error"))).isEmpty();
            live.send("{\"type\":\"stop\",\"run\":\"" + run + "\",\"id\":4}");
            assertThat(JsonSchema.errors(document, fromServer, live.next("ended"))).isEmpty();
        }
    }
}
