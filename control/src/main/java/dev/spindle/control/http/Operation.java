package dev.spindle.control.http;

import dev.spindle.control.json.Shape;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;

/**
 * One route: what serves it and what documents it.
 *
 * @param path with its parameters in braces
 * @param name its operation id
 * @param summary one line
 * @param query its query parameters
 * @param body name of its body's schema, or null
 * @param conditional whether it heeds {@code If-Match}
 * @param replies what it can answer
 */
record Operation(
        HttpMethod method,
        String path,
        String name,
        String summary,
        List<Query> query,
        String body,
        boolean conditional,
        List<Reply> replies,
        Handler handler) {

    /** Serves a call; throws {@link Refusal} or {@link dev.spindle.engine.error.ConfigurationException}. */
    interface Handler {
        Future<Answer> serve(Call call);
    }

    /** A query parameter that is one of a few words, the first by default. */
    record Query(String name, List<String> words, String help) {}

    /** An answer: its body is of a schema by name, or of another media type, or nothing. */
    record Reply(int status, String help, String mediaType, String schema) {}

    static Operation of(HttpMethod method, String path, String name, String summary, Handler handler) {
        return new Operation(method, path, name, summary, List.of(), null, false, List.of(), handler);
    }

    Operation takes(String schema) {
        return new Operation(method, path, name, summary, query, schema, conditional, replies, handler);
    }

    Operation ifMatch() {
        return new Operation(method, path, name, summary, query, body, true, replies, handler);
    }

    Operation asks(String parameter, List<String> words, String help) {
        List<Query> more = new ArrayList<>(query);
        more.add(new Query(parameter, words, help));
        return new Operation(method, path, name, summary, more, body, conditional, replies, handler);
    }

    Operation gives(int status, String schema, String help) {
        return gives(status, schema == null ? null : Answer.JSON, schema, help);
    }

    Operation gives(int status, String mediaType, String schema, String help) {
        List<Reply> more = new ArrayList<>(replies);
        more.add(new Reply(status, help, mediaType, schema));
        return new Operation(method, path, name, summary, query, body, conditional, more, handler);
    }

    Operation refuses(int... statuses) {
        Operation refusing = this;
        for (int status : statuses) {
            refusing = refusing.gives(status, "application/problem+json", "Problem", reason(status));
        }
        return refusing;
    }

    private static String reason(int status) {
        return switch (status) {
            case 400 -> "The input is wrong; nothing has changed.";
            case 404 -> "There is no such run or window.";
            case 409 -> "The run's state does not allow it.";
            case 412 -> "The plan's revision is another one than If-Match says.";
            case 413 -> "The body is too large.";
            case 429 -> "There are too many runs.";
            default -> throw new IllegalArgumentException(Integer.toString(status));
        };
    }

    /** The path as Vert.x writes it. */
    String routePath() {
        return path.replaceAll("\\{(\\w+)}", ":$1");
    }

    /** Whether a request's path is one of this route's. */
    boolean matches(String requestPath) {
        return requestPath.matches(path.replaceAll("\\{\\w+}", "[^/]+").replace(".", "\\."));
    }
}
