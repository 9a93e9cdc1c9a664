package dev.spindle.engine.anomaly;

import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A definition as it was given, complete or not. What is null was not given, or was so wrong that a problem has been
 * noted already; everything else can still be checked, so that one look at a file finds all that is wrong with it.
 */
final class Draft {

    /** The types of definitions. */
    enum Kind {
        POINT,
        CONTEXTUAL,
        COLLECTIVE;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** A century: windows and periods are held in nanoseconds and microseconds, and no sum of them may overflow. */
    private static final Duration LONGEST = Duration.ofDays(36_600);

    final Kind kind;
    final String path;
    final String name;
    String column;
    String conditionColumn;
    List<?> normalValues;
    List<?> anomalousValues;
    String groupColumn;
    String timestampColumn;
    Double multiplierLow;
    Double multiplierHigh;
    Duration window;
    Duration period;
    Double fraction;

    /** Keys whose values have been found wrong; they are not said to be missing as well. */
    final List<String> noted = new ArrayList<>();

    Draft(Kind kind, String path, String name) {
        this.kind = kind;
        this.path = path;
        this.name = name;
    }

    String label() {
        return kind.word() + ":" + name;
    }

    void refuseIfWrong() {
        List<Problem> problems = new ArrayList<>();
        check(problems);
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    /** Notes what can be said without knowing the table. */
    void check(List<Problem> problems) {
        require("name", name, problems);
        if (fraction != null && !(fraction >= 0 && fraction <= 1)) {
            problems.add(new Problem(path + ".fraction", number(fraction), "is out of range", "0 to 1"));
        }
        switch (kind) {
            case POINT -> checkPoint(problems);
            case CONTEXTUAL -> checkContextual(problems);
            case COLLECTIVE -> checkCollective(problems);
        }
    }

    private void checkPoint(List<Problem> problems) {
        require("column", column, problems);
        if ("auto".equals(name)) {
            problems.add(new Problem(
                    path + ".name", name, "is the name of the anomaly that --anomaly-fraction makes", "another name"));
        }
        if (multiplierLow != null && multiplierHigh != null) {
            boolean finite = Double.isFinite(multiplierLow) && Double.isFinite(multiplierHigh);
            if (!finite || multiplierLow > multiplierHigh) {
                problems.add(new Problem(
                        path + ".multiplier_range",
                        "[" + number(multiplierLow) + ", " + number(multiplierHigh) + "]",
                        "is no range",
                        "two numbers, the lower one first"));
            }
        }
    }

    private void checkContextual(List<Problem> problems) {
        require("column", column, problems);
        require("condition_column", conditionColumn, problems);
        requireValues("normal_values", normalValues, problems);
        requireValues("anomalous_values", anomalousValues, problems);
    }

    private void checkCollective(List<Problem> problems) {
        require("group_column", groupColumn, problems);
        require("timestamp_column", timestampColumn, problems);
        require("window_seconds", window, problems);
        boolean windowIsRight = isLength("window_seconds", window, problems);
        boolean periodIsRight = isLength("period_seconds", period, problems);
        if (windowIsRight && periodIsRight && window.compareTo(period) > 0) {
            problems.add(new Problem(
                    path + ".window_seconds", seconds(window), "is longer than the period of " + seconds(period) + " s"));
        }
    }

    private boolean isLength(String key, Duration length, List<Problem> problems) {
        if (length == null) {
            return false;
        }
        if (length.compareTo(Duration.ofNanos(1_000)) < 0 || length.compareTo(LONGEST) > 0) {
            problems.add(new Problem(
                    path + "." + key, seconds(length), "is out of range", "0.000001 to " + LONGEST.toSeconds() + " seconds"));
            return false;
        }
        return true;
    }

    private void require(String key, Object value, List<Problem> problems) {
        if (value == null && !noted.contains(key)) {
            problems.add(new Problem(path + "." + key, null, "is missing"));
        } else if (value instanceof String text && text.isBlank()) {
            problems.add(new Problem(path + "." + key, "\"" + text + "\"", "is empty"));
        }
    }

    private void requireValues(String key, List<?> values, List<Problem> problems) {
        require(key, values, problems);
        if (values == null) {
            return;
        }
        if (values.isEmpty()) {
            problems.add(new Problem(path + "." + key, "[]", "is empty", "at least one value"));
        }
        for (int i = 0; i < values.size(); i++) {
            if (!(values.get(i) instanceof String || values.get(i) instanceof Boolean || values.get(i) instanceof Number)) {
                problems.add(new Problem(
                        path + "." + key + "[" + i + "]",
                        String.valueOf(values.get(i)),
                        "is no value of a column",
                        "a text, a number, true or false"));
            }
        }
    }

    /** The values with every number as a decimal; what is no value of a column is left for {@link #check} to note. */
    static List<?> scalars(List<?> values) {
        if (values == null) {
            return null;
        }
        List<Object> scalars = new ArrayList<>();
        for (Object value : values) {
            scalars.add(
                    switch (value) {
                        case BigDecimal decimal -> decimal;
                        case Number number when isFinite(number) -> new BigDecimal(number.toString());
                        case Number number -> number.toString();
                        case null -> new NoValue("null");
                        default -> value;
                    });
        }
        return List.copyOf(scalars);
    }

    private static boolean isFinite(Number number) {
        return Double.isFinite(number.doubleValue()) || number instanceof java.math.BigInteger;
    }

    /** Stands for what is no value of a column, such as a null, in a list of values. */
    record NoValue(String brief) {
        @Override
        public String toString() {
            return brief;
        }
    }

    static String number(double value) {
        return Double.isFinite(value) ? new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString() : "" + value;
    }

    static String seconds(Duration length) {
        return BigDecimal.valueOf(length.toSeconds())
                .add(BigDecimal.valueOf(length.getNano(), 9))
                .stripTrailingZeros()
                .toPlainString();
    }
}
