package dev.spindle.control.cli;

import dev.spindle.engine.pipeline.LaneCount;
import dev.spindle.engine.pipeline.ThreadPlan;
import dev.spindle.engine.plan.TimePattern;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The options of {@code spindle stream} but for those that the sinks declare. */
final class StreamOptions {

    static final List<String> EVENT_TIMES = List.of("schema", "live");
    static final List<String> ARRIVALS = List.of("poisson", "constant");
    static final List<String> THREADS = threads();

    /** Options that make sense only when events wait for their time, and so turn {@code --realtime} on. */
    static final List<String> PACING = List.of("rate", "stages", "burst", "pattern", "arrivals", "catch-up", "late");

    private static final String WHAT = "What is streamed";
    private static final String WHERE = "Where it goes";
    private static final String PACE = "How fast";
    private static final String ORDER = "Out of order, late, twice";
    private static final String ANOMALIES = "Anomalies and their ground truth";
    private static final String HOW = "Threads and batches";
    private static final String RESULT = "Results";

    private StreamOptions() {}

    static List<Option> all() {
        return List.of(
                Option.value(WHAT, "table", "NAME,…", "The table to stream. Several, with commas between, are interleaved by event time.").shortName("t"),
                Option.value(WHAT, "schema", "FILE", "A schema file of your own in place of a built-in DOMAIN."),
                Option.value(WHAT, "scale", "NAME", "Scale preset of the domain.")
                        .shortName("s")
                        .byDefault("the schema's own, else small"),
                Option.value(WHAT, "seed", "N", "Seed; the same seed gives the same bytes, on any number of threads.")
                        .byDefault("the schema's own, else 42"),
                Option.value(WHAT, "max-events", "N", "Stop after N events.")
                        .byDefault("the rows left of the tables; no bound with --realtime or --duration"),
                Option.value(WHAT, "duration", "D",
                        "Take the events whose intended time lies in [0, D), such as 60, 60s or 5m. The clock stands still"
                                + " while the run is paused."),
                Option.value(WHAT, "from-seq", "N", "Begin at event N of the same stream.").byDefault("0"),
                Option.value(WHAT, "timestamp-column", "NAME", "The event-time column; of several tables, of those that have it.")
                        .byDefault("the first datetime or timestamp column, else the first date column"),
                Option.value(WHAT, "event-time", "schema|live",
                                "Event time from the schema's own date range, or the intended send time.")
                        .byDefault("schema")
                        .oneOf(EVENT_TIMES),
                Option.value(WHERE, "sink", "NAME", "The kind of sink.").byDefault("console"),
                Option.flag(PACE, "realtime", "Pace to the rate. Any option of this group but --no-realtime turns it on,"
                        + " and so does --late; only --burst-capacity does not."),
                Option.flag(PACE, "no-realtime", "Go as fast as the sink takes. This is the default."),
                Option.value(PACE, "rate", "R", "Target events per second, such as 250, 50k or 1.5M.").byDefault("10"),
                Option.value(PACE, "stages", "SPEC", "Ramps and steps in place of --rate: 10s:0..50k,5m:50k,10s:50k..0. The run"
                        + " ends with them."),
                Option.value(PACE, "burst", "START:DURATION:MULTIPLIER",
                                "Multiply the rate in a window of time, in seconds. Overlapping windows multiply."
                                        + " Repeatable.")
                        .repeated(),
                Option.value(PACE, "pattern", "NAME|FILE",
                                "Multipliers by hour of day and day of week: " + patterns() + ", or a file. In UTC unless"
                                        + " the file names a zone.")
                        .oneOf(TimePattern.BUILT_IN.stream().map(TimePattern::name).toList()),
                Option.value(PACE, "arrivals", "poisson|constant", "Arrival process.")
                        .byDefault("poisson")
                        .oneOf(ARRIVALS),
                Option.value(PACE, "catch-up", "POLICY",
                                "What happens to events that are overdue after a stall. bucket: released through a token"
                                        + " bucket that refills at twice the rate. unlimited: all at once. drop: shed and"
                                        + " counted when more than 1 ms late, or drop:DURATION.")
                        .byDefault("bucket")
                        .oneOf(List.of("bucket", "unlimited", "drop")),
                Option.value(PACE, "burst-capacity", "N", "Size of the token bucket in events.")
                        .byDefault("2 s of the rate"),
                Option.value(ORDER, "out-of-order", "F", "Fraction of events delivered late by some positions.")
                        .byDefault("0"),
                Option.value(ORDER, "max-delay-slots", "N", "How many positions such an event may slip, 1 to N.")
                        .byDefault("10"),
                Option.value(ORDER, "duplicates", "F",
                                "Fraction of events sent a second time, same bytes, within the next --max-delay-slots"
                                        + " positions.")
                        .byDefault("0"),
                Option.value(ORDER, "late", "F:DELAY", "Fraction of events held back for a time, such as 0.01:30s."),
                Option.value(ANOMALIES, "anomaly-fraction", "F",
                                "Fraction of rows given a point anomaly named auto in the table's first decimal or float"
                                        + " column, else its first integer column, that is no key.")
                        .byDefault("0"),
                Option.value(ANOMALIES, "anomalies", "FILE", "Anomaly definitions in YAML or JSON."),
                Option.flag(ANOMALIES, "no-labels", "Leave the two anomaly columns out of the events."),
                Option.value(ANOMALIES, "labels", "FILE", "Write the ground truth beside the stream as JSON Lines."),
                Option.value(ANOMALIES, "label-windows", "FILE",
                        "Write the anomalies as time windows, in the shape of the Numenta Anomaly Benchmark."),
                Option.value(HOW, "threads", "PLAN",
                                "How the six stages are grouped onto threads: " + String.join(", ", THREADS) + ".")
                        .byDefault("auto")
                        .oneOf(THREADS),
                Option.value(HOW, "lanes", "N", "Pipelines side by side, each on its own thread over its share of the events: 1 to "
                                + LaneCount.MOST + ", or what suits the cores and the sink.").byDefault("auto"),
                Option.value(HOW, "cpus", "LIST", "Cores to pin threads to, as 2-7 or 2,4,6.")
                        .byDefault("not pinned, unless the plan is dedicated"),
                Option.value(HOW, "batch-size", "N", "Events handed to the sink at once, at most.").byDefault("100"),
                Option.value(RESULT, "result", "FILE", "Write the run's result as JSON, also when it fails."),
                Option.value(RESULT, "hdr", "FILE", "Write latencies as an HdrHistogram interval log (.hlog), one"
                        + " histogram a second, in nanoseconds."),
                Option.value(RESULT, "fail-if", "'METRIC>VALUE'",
                                "End with exit code 3 if it holds at the end: METRIC is a path of the result such as"
                                        + " pacing.rate_error, latency_ns.p99 or events_dropped; < works too. Repeatable.")
                        .repeated(),
                Option.value(RESULT, "serve", "[PORT]",
                        "Serve the run's dashboard and live control on 127.0.0.1 while it lasts, on port 8080 unless another"
                                + " is given; with SPINDLE_TOKEN set, only to those who have the token."),
                Option.value(RESULT, "drain-timeout", "D", "How long a stop may take until what is left is given up.")
                        .byDefault("30s"));
    }

    private static String patterns() {
        return String.join(", ", TimePattern.BUILT_IN.stream().map(TimePattern::name).toList());
    }

    private static List<String> threads() {
        return Stream.concat(
                        Stream.of("auto"),
                        Arrays.stream(ThreadPlan.Kind.values()).map(ThreadPlan.Kind::toString))
                .toList();
    }
}
