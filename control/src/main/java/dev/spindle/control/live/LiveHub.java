package dev.spindle.control.live;

import dev.spindle.control.json.JsonOut;
import dev.spindle.control.run.ControlledRun;
import dev.spindle.control.run.Runs;
import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import io.vertx.core.Context;
import io.vertx.core.http.ServerWebSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Who watches which run. Event loop only, but for {@link #watch}. */
public final class LiveHub {

    private static final long AUTH_MILLIS = 5_000;
    private static final long PING_MILLIS = 20_000;
    private static final short GOING_AWAY = 1001;
    private static final short POLICY = 1008;

    private final Runs runs;
    private final Context eventLoop;
    private final int mostSubscriptions;
    private final int mostIntervals;
    private final int mostBytes;
    private final Set<LiveSocket> sockets = new LinkedHashSet<>();
    private final Map<String, Map<Long, Feed>> feeds = new LinkedHashMap<>();

    /**
     * A hub without clients.
     *
     * @param mostSubscriptions runs that one client may watch
     * @param mostIntervals different intervals at which one run may be watched
     * @param mostBytes length of a message
     */
    public LiveHub(Runs runs, Context eventLoop, int mostSubscriptions, int mostIntervals, int mostBytes) {
        this.runs = runs;
        this.eventLoop = eventLoop;
        this.mostSubscriptions = mostSubscriptions;
        this.mostIntervals = mostIntervals;
        this.mostBytes = mostBytes;
    }

    /** Shows that the connection is alive, to both ends and to what lies between them. Any thread. */
    public void start() {
        eventLoop.runOnContext(v ->
                eventLoop.owner().setPeriodic(PING_MILLIS, timer -> new ArrayList<>(sockets).forEach(LiveSocket::ping)));
    }

    /**
     * A client has come.
     *
     * @param trusted whether it has shown the token; one that has not has a few seconds for it
     * @param onClose called when it has gone
     */
    public void open(ServerWebSocket socket, boolean trusted, Predicate<String> isToken, Runnable onClose) {
        LiveSocket live = new LiveSocket(socket, this, eventLoop, trusted, isToken, mostBytes, onClose);
        sockets.add(live);
        if (!trusted) {
            eventLoop.owner().setTimer(AUTH_MILLIS, timer -> {
                if (!live.isTrusted()) {
                    live.close(POLICY, "a token is needed");
                }
            });
        }
    }

    void closed(LiveSocket socket) {
        sockets.remove(socket);
        for (String run : new ArrayList<>(socket.feeds().keySet())) {
            leave(socket, run);
        }
    }

    Optional<ControlledRun> run(String id) {
        return runs.get(id);
    }

    /** From now on everyone who watches the run hears of its end. Any thread. */
    public void watch(ControlledRun run) {
        run.ended().thenAccept(result -> {
            String message = ended(run);
            eventLoop.runOnContext(v -> end(run, message));
        });
    }

    private static String ended(ControlledRun run) {
        return JsonOut.text(JsonOut.object(
                "type", "ended", "run", run.id(), "result", new JsonOut.Raw(ControlledRun.json(run.result()))));
    }

    private void end(ControlledRun run, String message) {
        Map<Long, Feed> ofRun = feeds.remove(run.id());
        if (ofRun != null) {
            ofRun.values().forEach(feed -> {
                feed.close();
                feed.watchers().forEach(watcher -> {
                    watcher.feeds().remove(run.id());
                    watcher.sendText(message);
                });
            });
        }
    }

    /** Tells a client that came too late. */
    void tellEnd(LiveSocket socket, ControlledRun run) {
        socket.sendText(ended(run));
    }

    void subscribe(LiveSocket socket, ControlledRun run, long intervalMillis) {
        if (run.isOver()) {
            return;
        }
        Map<Long, Feed> ofRun = feeds.computeIfAbsent(run.id(), id -> new LinkedHashMap<>());
        boolean newInterval = !ofRun.containsKey(intervalMillis);
        if (newInterval && ofRun.size() >= mostIntervals) {
            throw new ConfigurationException(new Problem(
                    "interval_ms",
                    Long.toString(intervalMillis),
                    "would be one interval too many for this run",
                    "one of " + ofRun.keySet()));
        }
        if (!socket.feeds().containsKey(run.id()) && socket.feeds().size() >= mostSubscriptions) {
            throw new ConfigurationException(
                    new Problem("run", run.id(), "is one too many for this connection", mostSubscriptions + " at most"));
        }
        leave(socket, run.id());
        Feed feed = feeds.computeIfAbsent(run.id(), id -> new LinkedHashMap<>())
                .computeIfAbsent(intervalMillis, ms -> new Feed(run, ms, runs.sampler(), eventLoop));
        feed.add(socket);
        socket.feeds().put(run.id(), feed);
    }

    void unsubscribe(LiveSocket socket, ControlledRun run) {
        leave(socket, run.id());
    }

    private void leave(LiveSocket socket, String run) {
        Feed feed = socket.feeds().remove(run);
        if (feed != null && !feed.remove(socket)) {
            feed.close();
            Map<Long, Feed> ofRun = feeds.get(run);
            if (ofRun != null) {
                ofRun.values().remove(feed);
                if (ofRun.isEmpty()) {
                    feeds.remove(run);
                }
            }
        }
    }

    /** Says goodbye to everyone, after the last word on the runs that they watch. */
    public void close() {
        for (String id : new ArrayList<>(feeds.keySet())) {
            runs.get(id).filter(ControlledRun::isOver).ifPresent(run -> end(run, ended(run)));
        }
        new ArrayList<>(sockets).forEach(socket -> socket.close(GOING_AWAY, "the control plane is shutting down"));
    }
}
