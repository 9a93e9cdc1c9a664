package dev.spindle.control.cli;

import dev.spindle.control.json.JsonOut;
import dev.spindle.engine.json.JsonReader;
import dev.spindle.engine.json.JsonValue.JsonObject;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Follows a run over the WebSocket and shows it as a line that rewrites itself, or as lines where there is no terminal. */
final class Watch implements WebSocket.Listener {

    private static final int INTERVAL_MILLIS = 500;

    private final RemotePlane plane;
    private final String run;
    private final Screen screen;
    private final Io io;
    private final StringBuilder partial = new StringBuilder();
    private final CompletableFuture<Integer> code = new CompletableFuture<>();

    Watch(RemotePlane plane, String run, Screen screen, Io io) {
        this.plane = plane;
        this.run = run;
        this.screen = screen;
        this.io = io;
    }

    /** The exit code: 0 when the run ended well, 1 when it failed or the connection was lost. */
    int untilTheEnd() {
        for (Signals.Kind kind : Signals.Kind.values()) {
            io.signals().on(kind, () -> code.complete(kind.exitCode()));
        }
        WebSocket socket = plane.live(this);
        socket.sendText(
                JsonOut.text(JsonOut.object("type", "subscribe", "run", run, "interval_ms", INTERVAL_MILLIS)), true);
        int ended = code.join();
        socket.abort();
        return ended;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            receive((JsonObject) JsonReader.parse(partial.toString(), "message"));
            partial.setLength(0);
        }
        socket.request(1);
        return null;
    }

    private void receive(JsonObject message) {
        switch (RemotePlane.text(message, "type")) {
            case "stats" -> show(line(message));
            case "ended" -> {
                String state = RemotePlane.text((JsonObject) message.get("result"), "state");
                String sent = Figures.count((long) RemotePlane.number(message, "result.events_sent"), "event");
                screen.say(state + ": " + sent + " sent");
                code.complete(state.equals("failed") ? ExitCode.FAILED : ExitCode.OK);
            }
            case "error" -> {
                screen.error("the run " + run + " cannot be watched");
                code.complete(ExitCode.FAILED);
            }
            default -> {}
        }
    }

    private void show(String line) {
        if (io.progress()) {
            screen.progress(line);
        } else {
            screen.say(line);
        }
    }

    static String line(JsonObject stats) {
        StringBuilder line = new StringBuilder(RemotePlane.text(stats, "state"))
                .append(": ")
                .append(Figures.rate(RemotePlane.number(stats, "rate")))
                .append("/s");
        if (RemotePlane.number(stats, "target_rate") > 0) {
            line.append(" of ").append(Figures.rate(RemotePlane.number(stats, "target_rate"))).append("/s");
        }
        return line.append(", p50 ")
                .append(Figures.time((long) RemotePlane.number(stats, "latency_ns.p50")))
                .append(", p99 ")
                .append(Figures.time((long) RemotePlane.number(stats, "latency_ns.p99")))
                .append(", ")
                .append(Figures.count((long) RemotePlane.number(stats, "sent"), "event"))
                .toString();
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
        if (!code.isDone()) {
            screen.error("the control plane has closed the connection");
            code.complete(ExitCode.FAILED);
        }
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        if (!code.isDone()) {
            screen.error("the connection to the control plane was lost");
            code.complete(ExitCode.FAILED);
        }
    }
}
