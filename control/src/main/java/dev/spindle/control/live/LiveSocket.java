package dev.spindle.control.live;

import dev.spindle.control.json.Body;
import dev.spindle.control.json.JsonOut;
import dev.spindle.control.request.BurstRequest;
import dev.spindle.control.request.Paths;
import dev.spindle.control.request.RetuneRequest;
import dev.spindle.control.run.ControlledRun;
import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.json.JsonValue;
import dev.spindle.engine.plan.Retune;
import dev.spindle.engine.plan.RetuneAck;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * One WebSocket of {@code /v1/live}. Event loop only.
 *
 * <p>Figures are offered: a client whose socket has no room loses them. Answers and ends are always written, and when
 * too many of them wait to be read, nothing more is read from that client until it has caught up: so nothing is lost and
 * nothing grows, and the client that does not read slows itself only.
 */
final class LiveSocket {

    private static final int MOST_UNREAD_ANSWERS = 64;
    private static final short POLICY = 1008;

    private final ServerWebSocket socket;
    private final LiveHub hub;
    private final Context eventLoop;
    private final Predicate<String> isToken;
    private final int mostBytes;
    private final Map<String, Feed> feeds = new LinkedHashMap<>();
    private boolean trusted;
    private boolean reading = true;
    private int unread;

    LiveSocket(
            ServerWebSocket socket,
            LiveHub hub,
            Context eventLoop,
            boolean trusted,
            Predicate<String> isToken,
            int mostBytes,
            Runnable onClose) {
        this.socket = socket;
        this.hub = hub;
        this.eventLoop = eventLoop;
        this.trusted = trusted;
        this.isToken = isToken;
        this.mostBytes = mostBytes;
        socket.textMessageHandler(this::receive);
        socket.binaryMessageHandler(bytes -> refuse(null, "(message)", "is binary", "JSON in text frames"));
        socket.exceptionHandler(e -> socket.close());
        socket.closeHandler(v -> {
            onClose.run();
            hub.closed(this);
        });
    }

    boolean isTrusted() {
        return trusted;
    }

    Map<String, Feed> feeds() {
        return feeds;
    }

    /** Figures, written when the client keeps up. */
    void offer(String message) {
        if (!socket.isClosed() && !socket.writeQueueFull()) {
            socket.writeTextMessage(message);
        }
    }

    void ping() {
        if (!socket.isClosed() && !socket.writeQueueFull()) {
            socket.writePing(Buffer.buffer());
        }
    }

    /** What the client must get, in the end. */
    void send(Map<String, Object> message) {
        sendText(JsonOut.text(message));
    }

    void sendText(String message) {
        if (socket.isClosed()) {
            return;
        }
        unread++;
        if (unread >= MOST_UNREAD_ANSWERS && reading) {
            reading = false;
            socket.pause();
        }
        socket.writeTextMessage(message).onComplete(written -> {
            unread--;
            if (!reading && unread < MOST_UNREAD_ANSWERS / 2) {
                reading = true;
                socket.resume();
            }
        });
    }

    void close(short code, String reason) {
        if (!socket.isClosed()) {
            socket.close(code, reason);
        }
    }

    private void receive(String text) {
        JsonValue value = null;
        try {
            if (text.length() > mostBytes) {
                throw wrong("(message)", "is too long", mostBytes + " bytes at most");
            }
            value = Body.parse(text.getBytes(StandardCharsets.UTF_8));
            Body message = LiveMessages.read(value);
            String type = message.text("type").orElseThrow();
            if (type.equals("auth")) {
                authenticate(message);
            } else if (!trusted) {
                refuse(LiveMessages.id(value), "token", "is needed first", "{\"type\":\"auth\",\"token\":\"…\"}");
                close(POLICY, "a token is needed");
            } else {
                serve(type, message);
            }
        } catch (ConfigurationException e) {
            error(LiveMessages.id(value), e.problems());
            if (!trusted) {
                close(POLICY, "a token is needed");
            }
        }
    }

    private static ConfigurationException wrong(String field, String reason, String allowed) {
        return new ConfigurationException(new Problem(field, null, reason, allowed));
    }

    private void authenticate(Body message) {
        if (isToken.test(message.text("token").orElseThrow())) {
            trusted = true;
            ack(message, Map.of());
        } else {
            refuse(LiveMessages.id(message.object()), "token", "is not the right one", null);
            close(POLICY, "a token is needed");
        }
    }

    private void serve(String type, Body message) {
        String id = message.text("run").orElseThrow();
        ControlledRun run = hub.run(id)
                .orElseThrow(() -> new ConfigurationException(new Problem("run", id, "is no run that is known here")));
        switch (type) {
            case "subscribe" -> subscribe(run, message);
            case "unsubscribe" -> {
                hub.unsubscribe(this, run);
                ack(message, Map.of());
            }
            case "retune" -> retune(run, message, RetuneRequest.read(message));
            case "pause" -> retune(run, message, RetuneRequest.pause(true));
            case "resume" -> retune(run, message, RetuneRequest.pause(false));
            case "burst" -> burst(run, message, BurstRequest.read(message));
            case "stop" -> stop(run, message);
            default -> throw new IllegalStateException(type);
        }
    }

    private void subscribe(ControlledRun run, Body message) {
        hub.subscribe(this, run, message.whole("interval_ms").orElse(1_000));
        if (message.has("id")) {
            ack(message, Map.of());
        }
        if (run.isOver()) {
            hub.tellEnd(this, run);
        }
    }

    private void retune(ControlledRun run, Body message, RetuneRequest request) {
        answer(run, message, run.retune(OptionalLong.empty(), request::apply), Map.of());
    }

    private void burst(ControlledRun run, Body message, BurstRequest request) {
        ControlledRun.AddedBurst added =
                run.addBurst(OptionalLong.empty(), request.startNanos(), request.durationNanos(), request.multiplier());
        answer(run, message, added.retune(), added.number() < 0 ? Map.of() : Map.of("n", added.number()));
    }

    private void stop(ControlledRun run, Body message) {
        Map<String, Object> now =
                JsonOut.object("applied_at_ns", Math.max(0, run.runNanos()), "effective_seq", run.nextSequence());
        run.stop();
        ack(message, now);
    }

    private void answer(ControlledRun run, Body message, Retune retune, Map<String, Object> more) {
        switch (retune) {
            case Retune.Accepted accepted ->
                accepted.ack().whenComplete((ack, failure) -> eventLoop.runOnContext(v -> {
                    if (ack == null) {
                        refuse(LiveMessages.id(message.object()), "run", "ended before the change could take effect", null);
                    } else {
                        ack(message, acknowledgement(ack, more));
                    }
                }));
            case Retune.Ended ended -> throw wrong("run", "is over: it cannot be changed any more", null);
            case Retune.Stale stale -> throw new IllegalStateException("no revision was asked for");
        }
    }

    private static Map<String, Object> acknowledgement(RetuneAck ack, Map<String, Object> more) {
        Map<String, Object> tree = JsonOut.object(
                "applied_at_ns", ack.appliedAtNanos(),
                "effective_seq", ack.effectiveSequence(),
                "revision", ack.revision());
        tree.putAll(more);
        return tree;
    }

    private void ack(Body message, Map<String, Object> more) {
        Map<String, Object> tree = JsonOut.object("type", "ack", "id", JsonOut.present(LiveMessages.id(message.object())));
        tree.putAll(more);
        send(tree);
    }

    private void refuse(Object id, String field, String reason, String allowed) {
        error(id, List.of(new Problem(field, null, reason, allowed)));
    }

    private void error(Object id, List<Problem> problems) {
        send(JsonOut.object(
                "type", "error",
                "id", JsonOut.present(id),
                "problems", ProblemTree.all(Paths.asFields(problems))));
    }
}
