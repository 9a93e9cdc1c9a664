package dev.spindle.bench;

import dev.spindle.engine.SpindleStreamer;
import dev.spindle.engine.StreamConfig;
import dev.spindle.engine.StreamResult;
import dev.spindle.engine.domain.Domains;
import dev.spindle.engine.event.Event;
import dev.spindle.engine.pipeline.ThreadPlan;
import dev.spindle.engine.publish.SinkSettings;
import dev.spindle.engine.row.RowCompiler;
import dev.spindle.engine.row.RowPlan;
import dev.spindle.engine.schema.RowCounts;
import dev.spindle.engine.schema.Schema;
import dev.spindle.engine.stamp.Encoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;

/**
 * How many events a second whole runs make, beside a loop written by hand that only encodes one fixed row (the ceiling).
 * All take turns in one process, several rounds; the median counts.
 *
 * <pre>
 *   ThroughputBenchmark [--events N] [--rounds N] [--table NAME] [--scale NAME] [--lanes N,N,…] [--folder DIR]
 * </pre>
 *
 * With {@code --lanes} runs with so many lanes take part. With {@code --folder} the file sink and the loop also write files
 * there; lanes write one file together, and each one of its own.
 */
public final class ThroughputBenchmark {

    private final Map<String, String> options;
    private final long events;
    private final String table;
    private final String scale;
    private final List<Integer> lanes;

    private ThroughputBenchmark(Map<String, String> options) {
        this.options = options;
        this.events = Long.parseLong(options.getOrDefault("events", "5000000"));
        this.table = options.getOrDefault("table", "order");
        this.scale = options.getOrDefault("scale", "small");
        this.lanes = Arrays.stream(options.getOrDefault("lanes", "").split(","))
                .filter(count -> !count.isBlank())
                .map(Integer::valueOf)
                .toList();
    }

    public static void main(String[] arguments) throws IOException {
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i].replaceFirst("^--", ""), arguments[i + 1]);
        }
        Report report = Report.begin("ThroughputBenchmark", arguments);
        new ThroughputBenchmark(options).run(report);
    }

    /** Runs so many events and returns the bytes. */
    private interface Contestant extends LongUnaryOperator {}

    private void run(Report report) throws IOException {
        Map<String, Contestant> contestants = new LinkedHashMap<>();
        contestants.put("hand-written loop, fixed row", n -> loop(n, null));
        contestants.put("rows generated and encoded", this::rows);
        for (ThreadPlan.Kind kind : ThreadPlan.Kind.values()) {
            contestants.put(
                    "six stages to null, " + kind, n -> stream(n, c -> c.threads(kind).lanes(1), "null", SinkSettings.NONE));
        }
        for (int count : lanes) {
            contestants.put(
                    "six stages to null, " + count + " lanes", n -> stream(n, c -> c.lanes(count), "null", SinkSettings.NONE));
        }
        if (options.containsKey("folder")) {
            Path folder = Files.createDirectories(Path.of(options.get("folder")));
            Path one = folder.resolve("loop.jsonl");
            Path other = folder.resolve("spindle.jsonl");
            contestants.put("hand-written loop to a file", n -> loop(n, one));
            for (ThreadPlan.Kind kind : List.of(ThreadPlan.Kind.INLINE, ThreadPlan.Kind.SHARED)) {
                SinkSettings settings = SinkSettings.NONE.with("output", other.toString());
                contestants.put("six stages to a file, " + kind, n -> stream(n, c -> c.threads(kind).lanes(1), "file", settings));
            }
            SinkSettings apart = SinkSettings.NONE.with("output", folder.resolve("lane-{lane}.jsonl").toString());
            SinkSettings together = SinkSettings.NONE.with("output", other.toString());
            for (int count : lanes) {
                contestants.put(count + " lanes to one file", n -> stream(n, c -> c.lanes(count), "file", together));
                contestants.put(count + " lanes to a file each", n -> stream(n, c -> c.lanes(count), "file", apart));
            }
        }
        Map<String, List<Double>> rates = new LinkedHashMap<>();
        Map<String, Double> sizes = new LinkedHashMap<>();
        int rounds = Integer.parseInt(options.getOrDefault("rounds", "5"));
        for (int round = -1; round < rounds; round++) { // the first one warms up
            for (Map.Entry<String, Contestant> contestant : contestants.entrySet()) {
                long before = System.nanoTime();
                long bytes = contestant.getValue().applyAsLong(events);
                double seconds = (System.nanoTime() - before) / 1e9;
                if (round >= 0) {
                    rates.computeIfAbsent(contestant.getKey(), k -> new ArrayList<>()).add(events / seconds / 1e6);
                    sizes.put(contestant.getKey(), (double) bytes / events);
                }
            }
        }
        rates.forEach((name, figures) -> report.figure(name, "million events/s", figures));
        double ceiling = Machine.median(rates.get("hand-written loop, fixed row"));
        System.out.printf("%n%-34s %-32s %10s %9s%n", "", "million events/s, median", "bytes", "of loop");
        rates.forEach((name, figures) -> System.out.printf(
                "%-34s %-32s %10.1f %9.2f%n",
                name, Machine.spread(figures, "%.2f"), sizes.get(name), Machine.median(figures) / ceiling));
    }

    private static long loop(long n, Path file) {
        FixedRowLoop loop = new FixedRowLoop();
        loop.run(n, file);
        return loop.bytes();
    }

    private long rows(long n) {
        Schema schema = Domains.named("retail");
        RowPlan plan = new RowCompiler(schema, RowCounts.at(schema, scale), 42, Map.of()).compile(table);
        Encoder encoder = new Encoder(table, plan.columns(), plan.timestampColumn(), true, List.of(), -1);
        Event event = new Event(plan.slots());
        long bytes = 0;
        for (long row = 0; row < n; row++) {
            event.sequence = row;
            plan.fill(row, event);
            encoder.encode(event);
            bytes += event.encodedLength + 1;
        }
        return bytes;
    }

    private long stream(long n, Consumer<StreamConfig.Builder> threads, String sink, SinkSettings settings) {
        StreamConfig.Builder config = StreamConfig.builder()
                .domain("retail")
                .table(table)
                .scale(scale)
                .maxEvents(n)
                .sink(sink, settings);
        threads.accept(config);
        StreamResult result = new SpindleStreamer(config.build()).stream();
        if (result.eventsSent() != n) {
            throw new IllegalStateException("sent " + result.eventsSent() + " of " + n + ": " + result.error());
        }
        return result.bytesSent();
    }
}
