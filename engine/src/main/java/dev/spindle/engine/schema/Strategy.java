package dev.spindle.engine.schema;

import dev.spindle.engine.json.JsonValue;
import dev.spindle.engine.schema.Schema.ColumnRef;
import dev.spindle.engine.schema.Schema.DateRange;
import java.util.List;

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

    record Lookup(ColumnRef source, String via) implements Strategy {}

    /** {@code field} and {@code weightField} may be null. */
    record ReferenceData(String dataSet, String field, String weightField) implements Strategy {}

    record RecordSample(String dataSet, String field, String weightField, boolean unique) implements Strategy {}

    record RecordField(String dataSet, String field) implements Strategy {}

    record SelfReferencing(String keyColumn, long rootCount, int levels) implements Strategy {}

    record SelfReferenceLevel() implements Strategy {}

    record FirstPerParent(String parentColumn, boolean first) implements Strategy {}

    record Formula(Expression expression) implements Strategy {}

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
