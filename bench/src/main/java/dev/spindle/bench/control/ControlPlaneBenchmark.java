package dev.spindle.bench.control;

import dev.spindle.bench.Report;
import dev.spindle.control.http.ControlOptions;
import dev.spindle.control.http.ControlPlane;
import dev.spindle.engine.SpindleStreamer;
import dev.spindle.engine.SpindleStreamer.Notices;
import dev.spindle.engine.StreamConfig;
import dev.spindle.engine.StreamRun;
import dev.spindle.engine.plan.Arrivals;
import dev.spindle.engine.plan.RunPlan;
import dev.spindle.engine.publish.SinkSettings;
import dev.spindle.engine.time.SystemClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What live control costs and how soon it acts.
 *
 * <pre>
 *   round trip   client ──retune──► control plane ──plan──► pacer ──ack──► client
 *   effect       the acknowledgement's time ──► the first event under the new plan reaches the sink
 *   watching     events/s of an unpaced run: nobody watches | 100 clients at 10 messages/s each | nobody | …
 *
 *   ControlPlaneBenchmark [--retunes 2000] [--effects 300] [--rounds 7] [--seconds 3] [--clients 100]
 * </pre>
 */
public final class ControlPlaneBenchmark {

    private static final Pattern ACK = Pattern.compile("\"applied_at_ns\":(\\d+),\"effective_seq\":(\\d+)");

    private final Map<String, String> options;
    private final Report report;

    private ControlPlaneBenchmark(Map<String, String> options, Report report) {
        this.options = options;
        this.report = report;
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i].replaceFirst("^--", ""), arguments[i + 1]);
        }
        Report report = Report.begin("ControlPlaneBenchmark", arguments);
        ControlPlaneBenchmark benchmark = new ControlPlaneBenchmark(options, report);
        benchmark.roundTrip();
        benchmark.effect();
        benchmark.watching();
        System.exit(0);
    }

    private int option(String name, int otherwise) {
        return Integer.parseInt(options.getOrDefault(name, Integer.toString(otherwise)));
    }

    /** One acknowledgement. */
    private record Ack(long appliedAtNanos, long effectiveSequence) {}

    /** A client that sends a retune and waits for its acknowledgement. */
    private static final class Tuner implements WebSocket.Listener, AutoCloseable {
        private final BlockingQueue<Ack> acks = new LinkedBlockingQueue<>();
        private final StringBuilder message = new StringBuilder();
        private final HttpClient http = HttpClient.newHttpClient();
        private final WebSocket socket;
        private final String run;

        private Tuner(ControlPlane plane, String run) {
            this.run = run;
            this.socket = http.newWebSocketBuilder()
                    .buildAsync(URI.create(plane.url().replaceFirst("http", "ws") + "v1/live"), this)
                    .join();
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            message.append(data);
            if (last) {
                Matcher ack = ACK.matcher(message.toString());
                boolean ofRun = ack.find();
                if (!ofRun && message.indexOf("\"type\":\"ack\"") < 0) {
                    throw new IllegalStateException("no acknowledgement: " + message);
                }
                message.setLength(0);
                acks.add(ofRun ? new Ack(Long.parseLong(ack.group(1)), Long.parseLong(ack.group(2))) : new Ack(0, 0));
            }
            from.request(1);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            System.err.println("the connection failed: " + error);
        }

        private Ack rate(double perSecond) throws InterruptedException {
            return ask("{\"type\":\"retune\",\"run\":\"" + run + "\",\"id\":1,\"rate\":" + perSecond + "}");
        }

        /** A message that is answered at once, without the run. */
        private void nothing() throws InterruptedException {
            ask("{\"type\":\"unsubscribe\",\"run\":\"" + run + "\",\"id\":1}");
        }

        private Ack ask(String text) throws InterruptedException {
            socket.sendText(text, true);
            Ack ack = acks.poll(10, TimeUnit.SECONDS);
            if (ack == null) {
                throw new IllegalStateException("no answer");
            }
            return ack;
        }

        @Override
        public void close() {
            socket.abort();
            http.shutdownNow();
        }
    }

    /** A run that goes on while something is measured. */
    private static StreamRun start(ControlPlane plane, String id, RunPlan plan, String sink) {
        StreamConfig.Builder config = StreamConfig.builder().domain("retail").table("order").plan(plan).sink(sink, SinkSettings.NONE);
        if (!plan.paced()) {
            config.maxEvents(StreamConfig.MOST_EVENTS);
        }
        StreamRun run = new SpindleStreamer(config.build(), SystemClock.INSTANCE, Notices.NONE).prepare(id);
        plane.adopt(run);
        Thread thread = new Thread(run::run, "run-" + id);
        thread.setDaemon(true);
        thread.start();
        return run;
    }

    private void roundTrip() throws Exception {
        int retunes = option("retunes", 2_000);
        try (ControlPlane plane = ControlPlane.start(ControlOptions.onLoopback(0), Notices.NONE)) {
            StreamRun run = start(plane, "trip", RunPlan.draft().paced(true).ratePerSecond(10_000).build(), "null");
            long[] nanos = new long[retunes];
            long[] bare = new long[retunes];
            try (Tuner tuner = new Tuner(plane, "trip")) {
                for (int i = 0; i < retunes / 2; i++) { // warms up
                    tuner.rate(10_000 + i % 100);
                }
                for (int i = 0; i < retunes; i++) {
                    long start = System.nanoTime();
                    tuner.rate(10_000 + i % 100);
                    nanos[i] = System.nanoTime() - start;
                    LockSupport.parkNanos(1_000_000);
                    long bareStart = System.nanoTime();
                    tuner.nothing();
                    bare[i] = System.nanoTime() - bareStart;
                    LockSupport.parkNanos(1_000_000);
                }
            }
            run.stop();
            run.done().join();
            print("retune round trip over the WebSocket", nanos, "p99 under 5 ms");
            print("a message answered without the run, in turns with it", bare, "what the sockets and the machine take");
        }
    }

    /** From one event a second to 10,000, so slow that events leave singly: the one that waited for its time comes at once. */
    private void effect() throws Exception {
        int effects = option("effects", 300);
        try (ControlPlane plane = ControlPlane.start(ControlOptions.onLoopback(0), Notices.NONE)) {
            RunPlan slow = RunPlan.draft().paced(true).arrivals(Arrivals.CONSTANT).ratePerSecond(1).build();
            StreamRun run = start(plane, "effect", slow, "release-log");
            List<Long> nanos = new ArrayList<>();
            try (Tuner tuner = new Tuner(plane, "effect")) {
                for (int i = 0; i < effects + 20; i++) {
                    tuner.rate(1);
                    LockSupport.parkNanos(5_000_000);
                    // The run has not been paused: its clock and the machine's differ by a constant.
                    long originNanos = System.nanoTime() - run.runNanos();
                    Ack ack = tuner.rate(10_000);
                    LockSupport.parkNanos(3_000_000);
                    long reached = ReleaseLog.clockNanos(ack.effectiveSequence());
                    if (i >= 20 && reached >= 0) {
                        nanos.add(Math.max(0, reached - originNanos - ack.appliedAtNanos()));
                    }
                }
            }
            run.stop();
            run.done().join();
            print("effect on the events: first one under the new plan after the acknowledged time",
                    nanos.stream().mapToLong(Long::longValue).toArray(), "within 1 ms");
        }
    }

    private void watching() throws Exception {
        int rounds = option("rounds", 7);
        int clients = option("clients", 100);
        double seconds = option("seconds", 3);
        try (ControlPlane plane = ControlPlane.start(ControlOptions.onLoopback(0), Notices.NONE)) {
            StreamRun run = start(plane, "watched", RunPlan.draft().paced(false).build(), "null");
            rate(run, seconds);
            List<Double> ratios = new ArrayList<>();
            String subscribe = "{\"type\":\"subscribe\",\"run\":\"watched\",\"interval_ms\":100}";
            for (int round = 0; round < rounds; round++) {
                double before = rate(run, seconds);
                double watched;
                double frames;
                try (Watchers watchers = new Watchers(plane.port(), clients, subscribe)) {
                    long framesBefore = watchers.frames();
                    long start = System.nanoTime();
                    watched = rate(run, seconds);
                    frames = (watchers.frames() - framesBefore) * 1e9 / (System.nanoTime() - start) / clients;
                }
                double after = rate(run, seconds);
                double ratio = 2 * watched / (before + after);
                ratios.add(ratio);
                report.figure("nobody watches", "events/s", before, after);
                String crowd = clients + " clients watch, 10 frames/s each";
                report.figure(crowd, "events/s", watched);
                report.figure(crowd, "of that before and after", ratio);
                System.out.printf("  nobody %,.0f/s, %d clients %,.0f/s, nobody %,.0f/s: ratio %.3f (%.1f messages/s each)%n",
                        before, clients, watched, after, ratio, frames);
            }
            run.stop();
            run.done().join();
            ratios.sort(null);
            System.out.printf("throughput with %d clients over none: median %.3f, lowest %.3f (asked: at least 0.95)%n",
                    clients, ratios.get(ratios.size() / 2), ratios.getFirst());
        }
    }

    private static double rate(StreamRun run, double seconds) {
        long start = System.nanoTime();
        long before = run.eventCounts().sent();
        LockSupport.parkNanos((long) (seconds * 1e9));
        return (run.eventCounts().sent() - before) * 1e9 / (System.nanoTime() - start);
    }

    private void print(String what, long[] nanos, String asked) {
        Arrays.sort(nanos);
        report.figure(what, "p50 ms", at(nanos, 0.5));
        report.figure(what, "p90 ms", at(nanos, 0.9));
        report.figure(what, "p99 ms", at(nanos, 0.99));
        report.figure(what, "max ms", at(nanos, 1));
        System.out.printf("%s: p50 %.3f ms, p90 %.3f ms, p99 %.3f ms, max %.3f ms, n %d (asked: %s)%n",
                what, at(nanos, 0.5), at(nanos, 0.9), at(nanos, 0.99), at(nanos, 1), nanos.length, asked);
    }

    private static double at(long[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, Math.ceil(share * sorted.length))] / 1e6;
    }
}
