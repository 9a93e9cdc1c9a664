package dev.spindle.control;

import dev.spindle.control.http.ControlPlane;
import dev.spindle.engine.json.JsonReader;
import dev.spindle.engine.json.JsonValue;
import dev.spindle.engine.json.JsonValue.JsonArray;
import dev.spindle.engine.json.JsonValue.JsonNumber;
import dev.spindle.engine.json.JsonValue.JsonObject;
import dev.spindle.engine.json.JsonValue.JsonString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** The JDK's HTTP client, speaking to a control plane. */
public final class Client implements AutoCloseable {

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String base;

    public Client(ControlPlane plane) {
        base = "http://127.0.0.1:" + plane.port();
    }

    /** An answer. */
    public record Reply(int status, HttpResponse<String> response) {
        public JsonObject json() {
            return (JsonObject) JsonReader.parse(response.body(), "answer");
        }

        public String body() {
            return response.body();
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }
    }

    public HttpClient http() {
        return http;
    }

    public String base() {
        return base;
    }

    public Reply get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    public Reply post(String path, String body, String... headers) {
        return send("POST", path, body, headers);
    }

    public Reply patch(String path, String body, String... headers) {
        return send("PATCH", path, body, headers);
    }

    public Reply delete(String path, String... headers) {
        return send("DELETE", path, null, headers);
    }

    public Reply send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            return new Reply(response.statusCode(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts a run and gives its id, once the run's clock goes: what is asked of it before then takes effect at 0. */
    public String start(String body) {
        Reply reply = post("/v1/runs", body);
        if (reply.status() != 201) {
            throw new AssertionError(reply.body());
        }
        String id = text(reply.json(), "run");
        long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        JsonValue result = reply.json();
        while (text(result, "state").equals("running") && number(result, "elapsed_seconds") == 0) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the run has not begun: " + result);
            }
            result = get("/v1/runs/" + id).json();
        }
        return id;
    }

    /** The value at a path such as {@code pacing.lag_ns.p50} or {@code problems.0.field}. */
    public static JsonValue at(JsonValue value, String path) {
        JsonValue found = value;
        for (String step : path.split("\\.")) {
            found = found instanceof JsonArray list ? list.items().get(Integer.parseInt(step)) : ((JsonObject) found).get(step);
        }
        return found;
    }

    public static String text(JsonValue value, String path) {
        return ((JsonString) at(value, path)).value();
    }

    public static double number(JsonValue value, String path) {
        return ((JsonNumber) at(value, path)).value().doubleValue();
    }

    /** Waits until something holds, looking often; for what happens on other threads. */
    public static void until(String what, BooleanSupplier holds) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not in time: " + what);
            }
            java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
        }
    }

    @Override
    public void close() {
        http.shutdownNow(); // close would wait for WebSockets that tests leave open
    }
}
