package dev.spindle.engine.schema;

import dev.spindle.engine.json.JsonValue;
import dev.spindle.engine.schema.Schema.ColumnRef;
import dev.spindle.engine.schema.Schema.DateRange;
import java.util.List;
import java.util.Map;

/** How a column's values come about: one record for each strategy of the format. */
public sealed interface Strategy {

    record Sequence(long start, long step) implements Strategy {}

    record Uuid() implements Strategy {}

    record Faker(String provider) implements Strategy {}

    /** {@code weighted_enum} and {@code lifecycle}. */
    record WeightedEnum(List<Choice> choices) implements Strategy {
        public boolean numeric() {
            return choices.stream().allMatch(c -> Numbers.isNumber(c.value()));
        }
    }

    record Choice(String value, double weight) {}

    /**
     * A number drawn from a law.
     *
     * @param round fraction digits, or -1
     */
    record Distribution(Law law, int round) implements Strategy {}

    /** A uniform draw through a quantile curve; probabilities rise from above 0 to below 1. */
    record Empirical(List<Quantile> quantiles, boolean logarithmic, int round) implements Strategy {}

    record Quantile(double probability, double value) {}

    record Temporal(DateRange range, Season season) implements Strategy {}

    /**
     * How events spread over the calendar.
     *
     * @param months 12 weights from January, or empty for as many as its days
     * @param days 7 weights from Monday, or empty for all alike
     * @param peaks hours at which the day is busiest, or empty for all hours alike
     * @param peakDeviationHours standard deviation about each peak
     * @param hours 24 weights from midnight, or empty
     */
    record Season(
            List<Double> months, List<Double> days, List<Double> peaks, double peakDeviationHours, List<Double> hours) {
        public static final Season NONE = new Season(List.of(), List.of(), List.of(), 0, List.of());
    }

    record Pattern(List<PatternPart> parts) implements Strategy {}

    /** A piece of a pattern. */
    sealed interface PatternPart {
        record Literal(String text) implements PatternPart {}

        /** The row's number from 1, zero-padded to {@code width}, wider when it needs more. */
        record RowNumber(int width) implements PatternPart {}

        /** {@code width} characters out of A–Z and 0–9. */
        record RandomText(int width) implements PatternPart {}

        /** Another column's text; its first {@code width} characters, zero-padded when a number; 0 for all. */
        record ColumnText(String column, int width) implements PatternPart {}

        /** {@code width} digits 0 to 9. */
        record Digits(int width) implements PatternPart {}

        /** {@code width} digits 0 to f. */
        record Hex(int width) implements PatternPart {}

        /** The check digit of the digits before it in the pattern, as card numbers and IMEIs have it. */
        record CheckDigit() implements PatternPart {}
    }

    /**
     * A key of another table.
     *
     * @param spread how rows spread over the parents
     * @param alpha exponent of {@code zipf} and {@code pareto}
     * @param maxPerParent bound on a parent's expected children under {@code pareto}, or 0
     * @param constrainedBy the parent shares this column's value with the row, or null
     * @param sampleRate fraction of the parents that are ever drawn, 1 for all
     * @param filter condition that the parent meets, or null
     */
    record ForeignKey(
            ColumnRef ref,
            Spread spread,
            double alpha,
            double maxPerParent,
            String constrainedBy,
            double sampleRate,
            Condition filter)
            implements Strategy {}

    enum Spread {
        UNIFORM,
        ZIPF,
        PARETO
    }

    /** {@code via} is a key column, or several joined by dots: the key of the parent's parent, and so on. */
    record Lookup(ColumnRef source, String via) implements Strategy {}

    /** {@code field} and {@code weightField} may be null. */
    record ReferenceData(String dataSet, String field, String weightField) implements Strategy {}

    record RecordSample(String dataSet, String field, String weightField, boolean unique) implements Strategy {}

    record RecordField(String dataSet, String field) implements Strategy {}

    record SelfReferencing(String keyColumn, long rootCount, int levels) implements Strategy {}

    record SelfReferenceLevel() implements Strategy {}

    record FirstPerParent(String parentColumn, boolean first) implements Strategy {}

    record LastPerParent(String parentColumn, boolean last) implements Strategy {}

    /** The row's number among the rows of its parent, in the table's order, from 1. */
    record Ordinal(String parentColumn) implements Strategy {}

    /**
     * A column of the row that stands {@code offset} places from this one among the rows of the same parent.
     *
     * @param otherwise where there is no such row
     */
    record Sibling(String parentColumn, String column, int offset, Strategy otherwise) implements Strategy {}

    /** States that follow one another along the rows of one parent. A state without choices stays as it is. */
    record MarkovChain(String parentColumn, List<Choice> start, Map<String, List<Choice>> transitions) implements Strategy {}

    record Formula(Expression expression) implements Strategy {}

    /**
     * The table's time when the rows of a parent follow one another: the first at the parent's time, each other one a
     * drawn gap, in days, after the one before.
     */
    record AfterPrevious(String table, String column, String via, Law gapDays) implements Strategy {}

    /** A number read off a time of the row. */
    record TimePart(String source, Part part) implements Strategy {}

    enum Part {
        HOUR_OF_DAY,
        DAY_OF_WEEK,
        DAY_OF_MONTH,
        MONTH
    }

    /** Whole units of time from {@code since} to {@code source}, both of the row. */
    record Elapsed(String source, String since, long unitMicros) implements Strategy {}

    /** A date so many days after another. {@code table} is null for the row's own column; {@code days} null for a copy. */
    record Derived(String table, String column, String via, Law days) implements Strategy {}

    /** Another column of the row times, plus or minus a uniform draw. */
    record Correlated(String source, Operation operation, double min, double max) implements Strategy {}

    enum Operation {
        MULTIPLY,
        ADD,
        SUBTRACT
    }

    record Conditional(Condition condition, Strategy whenTrue, Strategy whenFalse) implements Strategy {}

    /**
     * One of several strategies, by the value of a column.
     *
     * @param table the parent that the column is of, or null for the row's own
     * @param via the key that leads there, or null
     * @param otherwise for values that no case names, and for null; null when there must be none
     */
    record Switch(String table, String column, String via, List<Case> cases, Strategy otherwise) implements Strategy {}

    /** A strategy for some values, as the file names them: texts, or ranges of numbers with {@code ..} between. */
    record Case(List<String> values, Strategy strategy) {}

    /**
     * A value that belongs to an entity and moves with time: its base, a daily and a yearly wave, a slow wander, and noise.
     *
     * @param entityColumn what the wander and the entity's own deviation hang on
     * @param entitySigma standard deviation of the entities' bases
     * @param peakHour hour of the day at which the daily wave is highest
     * @param weekendFactor what the daily wave is multiplied by on Saturdays and Sundays
     * @param peakDay day of the year at which the yearly wave is highest
     * @param wander how far the slow wander goes at most
     * @param wanderDays between two turns of the wander
     * @param round fraction digits, or -1
     */
    record Drift(
            String entityColumn,
            String timeColumn,
            Quantity base,
            Quantity entitySigma,
            Quantity dailyAmplitude,
            Quantity peakHour,
            Quantity weekendFactor,
            Quantity yearlyAmplitude,
            Quantity peakDay,
            Quantity wander,
            double wanderDays,
            Quantity noise,
            Quantity min,
            Quantity max,
            int round)
            implements Strategy {

        public List<Quantity> quantities() {
            return List.of(
                    base, entitySigma, dailyAmplitude, peakHour, weekendFactor, yearlyAmplitude, peakDay, wander, noise, min, max);
        }
    }

    /** A number, or the value of a column of the row. */
    sealed interface Quantity {
        record Constant(double value) implements Quantity {}

        record OfColumn(String column) implements Quantity {}
    }

    /** Always the same; {@link JsonValue.JsonNull} for null. */
    record Fixed(JsonValue value) implements Strategy {}

    record OverChildren(Aggregate aggregate, String childTable, String childColumn) implements Strategy {}

    enum Aggregate {
        SUM,
        COUNT,
        AVERAGE,
        MINIMUM,
        MAXIMUM
    }

    /** A test of one column of the row. {@code value} is null for the two null tests. */
    record Condition(String column, Test test, String value) {}

    enum Test {
        IS_NULL,
        IS_NOT_NULL,
        EQUALS,
        DIFFERS
    }
}
