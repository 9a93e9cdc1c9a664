package dev.spindle.control.http;

import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** What goes back to a client. */
final class Answer {

    static final String JSON = "application/json";

    private final int status;
    private final String mediaType;
    private final Buffer body;
    private final Map<String, String> headers = new LinkedHashMap<>();

    Answer(int status, String mediaType, Buffer body) {
        this.status = status;
        this.mediaType = mediaType;
        this.body = body;
    }

    Answer(int status, String mediaType, String body) {
        this(status, mediaType, Buffer.buffer(body));
    }

    static Answer json(int status, String json) {
        return new Answer(status, JSON, json);
    }

    static Answer nothing() {
        return new Answer(204, null, Buffer.buffer());
    }

    Answer header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    Answer revision(long revision) {
        return header("ETag", "\"" + revision + "\"");
    }

    int status() {
        return status;
    }

    /** Null without a body. */
    String mediaType() {
        return mediaType;
    }

    Buffer body() {
        return body;
    }

    Map<String, String> headers() {
        return headers;
    }
}
