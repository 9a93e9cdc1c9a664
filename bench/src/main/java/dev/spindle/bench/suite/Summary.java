package dev.spindle.bench.suite;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The few figures that the README quotes, each with the part of the suite that it comes from. */
final class Summary {

    static final String BLOCK = "figures";

    private final Results results;
    private final List<String> lines = new ArrayList<>();

    private Summary(Results results) {
        this.results = results;
    }

    /** A table of what has been measured. */
    static String of(Results results) {
        Summary summary = new Summary(results);
        summary.throughput();
        summary.peers();
        summary.memory();
        summary.pace();
        summary.kafka();
        return "| what | figure | measured by |\n| --- | --- | --- |\n" + String.join("", summary.lines) + summary.origin();
    }

    private void throughput() {
        best("throughput", name -> name.startsWith("Spindle, six stages to null"), Race.RATE).ifPresent(best -> line(
                "throughput", "all six stages, `retail.order`, thrown away", "%.2f million events/s (%s)%s",
                best.median() / 1e6, lastWord(best), of(best, "hand-written loop, one fixed row", "a loop that only encodes one fixed row, on all cores")));
        best("throughput", name -> name.startsWith("Spindle, six stages to a file,"), Race.RATE).ifPresent(best -> line(
                "throughput", "to one file on a RAM disk", "%.2f million events/s (%s)%s",
                best.median() / 1e6, lastWord(best), of(best, "hand-written loop to a file, 1", "such a loop that writes there")));
    }

    /** The thread plan. */
    private static String lastWord(Figure figure) {
        return figure.name().substring(figure.name().lastIndexOf(' ') + 1);
    }

    /** How it stands to the fastest of the loops. */
    private String of(Figure best, String loop, String words) {
        return best("throughput", name -> name.startsWith(loop), best.measure())
                .flatMap(other -> View.Column.Ratio.ratio(
                        results.of("throughput").figures(), best.name(), other.name(), best.measure()))
                .map(ratio -> String.format(Locale.ROOT, ": %.2f of %s", ratio, words))
                .orElse("");
    }

    private void peers() {
        Predicate<String> own = name -> name.startsWith("Spindle");
        Predicate<String> loop = name -> name.startsWith("hand-written");
        Optional<Figure> spindle = best("peers", own, Race.RATE);
        Optional<Figure> peer = best("peers", own.or(loop).negate(), Race.RATE);
        if (spindle.isPresent() && peer.isPresent()) {
            line("peers", "beside the fastest of the other generators",
                    "%.1f times its rows (%s)", spindle.get().median() / peer.get().median(), peer.get().name());
        }
    }

    private void memory() {
        Optional<Result> flat = Optional.ofNullable(results.of("flat"));
        List<Figure> lengths = flat.stream()
                .flatMap(result -> result.figures().all().stream())
                .filter(figure -> figure.measure().equals(Race.MEMORY) && figure.name().endsWith("events"))
                .toList();
        if (!lengths.isEmpty()) {
            line("flat", "resident memory",
                    "%.0f MB after %s, %.0f MB after %s", lengths.getFirst().median(), lengths.getFirst().name(),
                    lengths.getLast().median(), lengths.getLast().name());
        }
    }

    private void pace() {
        String schedule = "constant, 100,000/s";
        Optional.ofNullable(results.of("pacing")).map(Result::figures).ifPresent(figures -> {
            List<Optional<Figure>> lags = Stream.of("p50 ns", "p50 of the spin ns", "p99 ns", "p99 of the spin ns")
                    .map(measure -> figures.find(schedule, measure))
                    .toList();
            if (lags.stream().allMatch(Optional::isPresent)) {
                line("pacing", "pace at 100,000/s, constant",
                        "half the events within %,.0f ns of their time (a bare spin: %,.0f), 99 %% within %,.0f ns (%,.0f)",
                        lags.stream().map(lag -> lag.get().median()).toArray());
            }
        });
    }

    private void kafka() {
        Optional.ofNullable(results.of("kafka")).map(Result::figures).ifPresent(figures -> View.Column.Ratio.ratio(
                        figures, "Spindle, a whole run, a new row in each record", "Kafka's producer tool, rows from a file", "records/s")
                .ifPresent(ratio -> line("kafka", "into Kafka, beside Kafka's own producer tool",
                        "%.2f of its records, each a new row", ratio)));
    }

    /** The largest median among some rows. */
    private Optional<Figure> best(String part, Predicate<String> rows, String measure) {
        return Optional.ofNullable(results.of(part)).stream()
                .flatMap(result -> result.figures().all().stream())
                .filter(figure -> figure.measure().equals(measure) && rows.test(figure.name()))
                .max(Comparator.comparingDouble(Figure::median));
    }

    private void line(String part, String what, String figure, Object... values) {
        lines.add("| " + what + " | " + String.format(Locale.ROOT, figure, values) + " | `bench/suite " + part + "` |\n");
    }

    private String origin() {
        return Parts.NAMES.stream().map(results::of).filter(result -> result != null).findFirst()
                .map(result -> String.format(
                        Locale.ROOT, "%nMedians, measured on %s (%s) on %s.%n", result.hardware(), result.jdk(),
                        result.date().substring(0, 10)))
                .orElse("");
    }
}
