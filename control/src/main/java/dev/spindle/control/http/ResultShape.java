package dev.spindle.control.http;

import dev.spindle.control.json.Field;
import dev.spindle.control.json.Shape;
import java.util.Arrays;
import java.util.List;

/** What a run's result looks like as JSON. */
final class ResultShape {

    private static final Shape COUNT = Shape.whole(0, Long.MAX_VALUE);
    private static final Shape REAL = Shape.real(-Double.MAX_VALUE, Double.MAX_VALUE);
    private static final Shape FIGURE = Shape.either(REAL, new Shape.Nothing());
    private static final Shape WORD = Shape.text(10_000);

    /** Times in nanoseconds. */
    private static final Shape.Members PERCENTILES = new Shape.Members(
            List.of(
                    count("p50", "Median, in nanoseconds."),
                    count("p90", "90 % are at most this, in nanoseconds."),
                    count("p99", "99 % are at most this, in nanoseconds."),
                    count("p999", "99.9 % are at most this, in nanoseconds."),
                    count("max", "The highest, in nanoseconds.")),
            false);

    static final Shape.Members SHAPE = Shape.open(
            word("run", "The run's id."),
            word("domain", "The schema's domain."),
            word("table", "The table, or several with commas between."),
            Field.of("seed", Shape.whole(Long.MIN_VALUE, Long.MAX_VALUE), "The seed.").mandatory(),
            word("scale", "The scale preset."),
            Field.of(
                            "state",
                            Shape.oneOf(List.of("running", "paused", "completed", "stopped", "failed")),
                            "Where the run is.")
                    .mandatory(),
            count("events_taken", "Events taken from the generator."),
            count("events_sent", "Events acknowledged by the sink."),
            count("events_failed", "Events that will never arrive."),
            count("events_dropped", "Events shed because they were overdue."),
            count("in_flight", "Events under way; 0 at the end."),
            count("duplicate_count", "Second sendings."),
            Field.of("events_safe", COUNT, "File sink: complete lines written, or synced where that was asked for."),
            count("anomaly_count", "Events with an anomaly."),
            Field.of("anomalies_by_type", new Shape.Lookup(COUNT, 100_000), "The same by type.").mandatory(),
            Field.of("events_by_table", new Shape.Lookup(COUNT, 100_000), "Of several tables, the events that passed the stages, second sendings apart."),
            count("out_of_order_count", "Events that left after one with a higher sequence number."),
            real("elapsed_seconds", "The run's clock: since its origin, without its pauses."),
            real("events_per_second_actual", "Events sent per second of it."),
            count("bytes_sent", "Bytes of the events sent."),
            part("reordering", "As RFC 4737 has it.",
                    real("ratio", "Part of the events that are out of order."),
                    count("max_extent", "The most positions that one has slipped."),
                    count("late_count", "Events held back by positions or for a time.")),
            part("pacing", "How well the run kept its own schedule.",
                    real("target_rate", "The rate asked for now; 0 when unpaced."),
                    real("offered", "Events let go per second."),
                    real("rate_error", "(actual − intended release of the last event, from the first) / intended."),
                    Field.of("lag_ns", PERCENTILES, "Release minus intended time.").mandatory(),
                    word("arrivals", "The arrival process, or unpaced."),
                    part("arrivals_ks", "Kolmogorov and Smirnov's distance of the releases from it.",
                            Field.of("d", FIGURE, "The distance; null before there is one.").mandatory(),
                            Field.of("p", FIGURE, "Its probability; null before there is one.").mandatory(),
                            count("n", "Size of the sample.")),
                    count("missed", "Events late by the generator's own fault.")),
            Field.of("latency_ns", PERCENTILES, "Acknowledgement minus intended time.").mandatory(),
            Field.of(
                            "threads",
                            Shape.items(
                                    Shape.open(
                                            word("name", "Its name."),
                                            Field.of("stages", Shape.items(WORD, 10), "The stages it runs.").mandatory(),
                                            Field.of("cpu", Shape.either(COUNT, new Shape.Nothing()), "The core it is pinned to, or null.").mandatory()),
                                    1_000),
                            "The threads.")
                    .mandatory(),
            Field.of("sink_counters", new Shape.Lookup(REAL, 1_000), "Figures of the sink's own."),
            Field.of("error", Shape.either(WORD, new Shape.Nothing()), "What made the run fail, in one line."));

    private ResultShape() {}

    private static Field count(String name, String help) {
        return Field.of(name, COUNT, help).mandatory();
    }

    private static Field real(String name, String help) {
        return Field.of(name, REAL, help).mandatory();
    }

    private static Field word(String name, String help) {
        return Field.of(name, WORD, help).mandatory();
    }

    private static Field part(String name, String help, Field... fields) {
        return Field.of(name, new Shape.Members(Arrays.asList(fields), false), help).mandatory();
    }
}
