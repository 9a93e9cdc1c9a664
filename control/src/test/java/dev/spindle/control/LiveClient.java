package dev.spindle.control;

import dev.spindle.engine.json.JsonReader;
import dev.spindle.engine.json.JsonValue.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** The JDK's WebSocket client on {@code /v1/live}. */
public final class LiveClient implements AutoCloseable, WebSocket.Listener {

    private final BlockingQueue<JsonObject> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private final boolean reads;
    private final WebSocket socket;

    public LiveClient(Client client) {
        this(client, true, builder -> builder);
    }

    /** A client that {@code reads}, or never does, with a changed handshake. */
    public LiveClient(Client client, boolean reads, UnaryOperator<WebSocket.Builder> handshake) {
        this.reads = reads;
        HttpClient http = client.http();
        this.socket = handshake.apply(http.newWebSocketBuilder())
                .buildAsync(URI.create(client.base().replaceFirst("http", "ws") + "/v1/live"), this)
                .join();
    }

    @Override
    public void onOpen(WebSocket opened) {
        if (reads) {
            opened.request(1);
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            messages.add((JsonObject) JsonReader.parse(partial.toString(), "message"));
            partial.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        closed.complete(status);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.complete(-1);
    }

    /** Begins to read, for a client that did not. */
    public void read() {
        socket.request(1);
    }

    public void send(String text) {
        socket.sendText(text, true).join();
    }

    public void sendBinary(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
    }

    /** The next message of a type; others are passed over. */
    public JsonObject next(String type) {
        try {
            while (true) {
                JsonObject message = messages.poll(20, TimeUnit.SECONDS);
                if (message == null) {
                    throw new AssertionError("no message of type " + type);
                }
                if (Client.text(message, "type").equals(type)) {
                    return message;
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public int waiting() {
        return messages.size();
    }

    /** The status with which the server closed. */
    public int closeStatus() {
        try {
            return closed.get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("the server did not close", e);
        }
    }

    public boolean isOpen() {
        return !closed.isDone();
    }

    @Override
    public void close() {
        socket.abort();
    }
}
