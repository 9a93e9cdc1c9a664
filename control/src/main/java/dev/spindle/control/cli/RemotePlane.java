package dev.spindle.control.cli;

import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.EngineException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.json.JsonReader;
import dev.spindle.engine.json.JsonValue;
import dev.spindle.engine.json.JsonValue.JsonArray;
import dev.spindle.engine.json.JsonValue.JsonNumber;
import dev.spindle.engine.json.JsonValue.JsonObject;
import dev.spindle.engine.json.JsonValue.JsonString;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A control plane somewhere, spoken to over HTTP. */
final class RemotePlane implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI base;
    private final Optional<String> token;

    RemotePlane(URI base, Optional<String> token) {
        this.base = base;
        this.token = token;
    }

    /**
     * Asks and gives the answer's body; null when it has none.
     *
     * @throws ConfigurationException when the control plane finds the request wrong
     * @throws EngineException when it cannot be reached or refuses
     */
    JsonObject ask(String method, String path, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(TIMEOUT)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        HttpResponse<String> response;
        try {
            response = http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new EngineException("there is no control plane at " + base + ": " + reason, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("interrupted", e);
        }
        JsonObject answer = object(response.body());
        if (response.statusCode() >= 400) {
            throw refusal(response.statusCode(), answer);
        }
        return answer;
    }

    private static JsonObject object(String text) {
        try {
            return !text.isEmpty() && JsonReader.parse(text, "answer") instanceof JsonObject object ? object : null;
        } catch (ConfigurationException e) {
            return null; // not a control plane's answer: the status says what there is to say
        }
    }

    private RuntimeException refusal(int status, JsonObject answer) {
        if (answer != null && answer.get("problems") instanceof JsonArray list) {
            List<Problem> problems = new ArrayList<>();
            for (JsonValue item : list.items()) {
                problems.add(problem((JsonObject) item));
            }
            return new ConfigurationException(problems);
        }
        if (status == 401) {
            return new EngineException("the control plane asks for another token: give --token-file or SPINDLE_TOKEN");
        }
        String detail = answer == null ? null : text(answer, "detail");
        return new EngineException(detail == null ? base + " answered " + status : detail);
    }

    private static Problem problem(JsonObject entry) {
        String field = text(entry, "field");
        String path = field.startsWith("(") ? field : "--" + field.replace('_', '-');
        return new Problem(path, text(entry, "value"), text(entry, "reason"), text(entry, "allowed"));
    }

    /** Opens {@code /v1/live}. */
    WebSocket live(WebSocket.Listener listener) {
        String scheme = base.getScheme().equals("https") ? "wss" : "ws";
        WebSocket.Builder socket = http.newWebSocketBuilder().connectTimeout(Duration.ofSeconds(5));
        token.ifPresent(secret -> socket.header("Authorization", "Bearer " + secret));
        return socket.buildAsync(URI.create(scheme + "://" + base.getRawAuthority() + "/v1/live"), listener).join();
    }

    /** A text member, or null. */
    static String text(JsonObject object, String name) {
        return object.get(name) instanceof JsonString text ? text.value() : null;
    }

    /** A number at a path such as {@code pacing.target_rate}, or 0. */
    static double number(JsonObject object, String path) {
        JsonValue at = object;
        for (String step : path.split("\\.")) {
            at = at instanceof JsonObject inner ? inner.get(step) : null;
        }
        return at instanceof JsonNumber number ? number.value().doubleValue() : 0;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
