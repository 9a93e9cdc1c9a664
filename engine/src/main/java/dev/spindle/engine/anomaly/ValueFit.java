package dev.spindle.engine.anomaly;

import dev.spindle.engine.event.Event;
import dev.spindle.engine.column.Column;
import dev.spindle.engine.column.ColumnType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** A value of a definition as a column's value: which of them it is, or why it is none. */
sealed interface ValueFit {

    /** A column's value as events carry it. */
    record Fixed(long value) implements ValueFit {}

    /** A text, of a dictionary or a text column. */
    record Text(String text) implements ValueFit {}

    /** No value of the column. */
    record Misfit(String reason, String allowed) implements ValueFit {}

    static ValueFit of(Column column, Object value) {
        return switch (column.type()) {
            case INTEGER -> number(value, 0, "a whole number");
            case DECIMAL, FLOAT -> number(
                    value, column.scale(), "a number with at most " + column.scale() + " fraction digits");
            case BOOLEAN -> value instanceof Boolean bool
                    ? new Fixed(bool ? 1 : 0)
                    : misfit(column, "true or false");
            case DATE -> date(column, value);
            case TIMESTAMP -> timestamp(column, value);
            case DICTIONARY, TEXT -> value instanceof String text ? new Text(text) : misfit(column, "a text, in quotes");
        };
    }

    private static ValueFit number(Object value, int scale, String allowed) {
        if (!(value instanceof BigDecimal decimal)) {
            return new Misfit("does not fit a number column", allowed);
        }
        BigDecimal scaled = decimal.stripTrailingZeros();
        if (scaled.scale() > scale) {
            return new Misfit("has too many fraction digits for the column", allowed);
        }
        try {
            long unscaled = scaled.setScale(scale).unscaledValue().longValueExact();
            return unscaled == Event.NULL ? new Misfit("is out of range", allowed) : new Fixed(unscaled);
        } catch (ArithmeticException e) {
            return new Misfit("is out of range", allowed);
        }
    }

    private static ValueFit date(Column column, Object value) {
        try {
            if (value instanceof String text) {
                return new Fixed(micros(LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)));
            }
        } catch (DateTimeException | ArithmeticException e) {
            // said below
        }
        return misfit(column, "a text such as 2025-12-31");
    }

    private static ValueFit timestamp(Column column, Object value) {
        try {
            if (value instanceof String text) {
                return new Fixed(micros(Instant.parse(text)));
            }
        } catch (DateTimeException | ArithmeticException e) {
            // said below
        }
        return misfit(column, "a text such as 2025-12-31T23:59:59Z");
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private static Misfit misfit(Column column, String allowed) {
        return new Misfit("does not fit " + kind(column.type()), allowed);
    }

    /** A column of a type, in a person's words. */
    static String kind(ColumnType type) {
        return switch (type) {
            case INTEGER -> "an integer column";
            case DECIMAL -> "a decimal column";
            case FLOAT -> "a float column";
            case BOOLEAN -> "a boolean column";
            case DATE -> "a date column";
            case TIMESTAMP -> "a timestamp column";
            case DICTIONARY, TEXT -> "a text column";
        };
    }
}
