package dev.spindle.bench.suite;

import dev.spindle.bench.Machine;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * A table of a part's figures, or a plot of them.
 *
 * @param title of the plot; of the table's first column
 */
sealed interface View {

    String title();

    /**
     * A table.
     *
     * @param rows which names have a row
     * @param columns beside the name
     */
    record Table(String title, Predicate<String> rows, List<Column> columns) implements View {}

    /**
     * Horizontal bars with the spread of the rounds, from 0.
     *
     * @param file its file's name, without the ending
     * @param measure what the bars show
     * @param unit in the plot's words
     * @param divisor from the measure to the unit
     */
    record Bars(String title, String file, Predicate<String> rows, String measure, String unit, double divisor)
            implements View {}

    /**
     * Points on a logarithmic axis, several for each row.
     *
     * @param file its file's name, without the ending
     * @param measures what the points show
     */
    record Points(String title, String file, Predicate<String> rows, List<String> measures, String unit) implements View {}

    /** A column of a table. */
    sealed interface Column {

        String heading();

        /** A row's text; a dash when there is no figure. */
        String text(Figures figures, String name);

        /** The median, with the least and the largest when there were several rounds. */
        record Spread(String heading, String measure, String format, double divisor) implements Column {
            @Override
            public String text(Figures figures, String name) {
                return figures.find(name, measure).map(this::text).orElse("–");
            }

            private String text(Figure figure) {
                String median = format(figure.median());
                return figure.rounds().size() == 1
                        ? median
                        : median + " (" + format(figure.least()) + " to " + format(figure.largest()) + ")";
            }

            private String format(double value) {
                return String.format(Locale.ROOT, format, value / divisor);
            }
        }

        /** The median alone. */
        record Middle(String heading, String measure, String format, double divisor) implements Column {
            @Override
            public String text(Figures figures, String name) {
                return figures.find(name, measure)
                        .map(figure -> String.format(Locale.ROOT, format, figure.median() / divisor))
                        .orElse("–");
            }
        }

        /** How often in a second, in millions, what takes so many nanoseconds can be done. */
        record PerSecond(String heading, String measure) implements Column {
            @Override
            public String text(Figures figures, String name) {
                return figures.find(name, measure)
                        .map(figure -> String.format(Locale.ROOT, "%.2f", 1e3 / figure.median()))
                        .orElse("–");
            }
        }

        /** The median of the rounds' ratios to another row's figure of the same round. */
        record Ratio(String heading, String measure, String reference) implements Column {
            @Override
            public String text(Figures figures, String name) {
                return ratio(figures, name, reference, measure)
                        .map(ratio -> String.format(Locale.ROOT, ratio < 10 ? "%.2f" : "%.1f", ratio))
                        .orElse("–");
            }

            static Optional<Double> ratio(Figures figures, String name, String reference, String measure) {
                return figures.find(name, measure).flatMap(one -> figures.find(reference, measure)
                        .filter(other -> other.rounds().size() == one.rounds().size())
                        .map(other -> {
                            List<Double> ratios = IntStream.range(0, one.rounds().size())
                                    .mapToObj(i -> one.rounds().get(i) / other.rounds().get(i))
                                    .toList();
                            return Machine.median(ratios);
                        }));
            }
        }
    }
}
