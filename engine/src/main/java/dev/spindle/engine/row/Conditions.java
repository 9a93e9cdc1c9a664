package dev.spindle.engine.row;

import dev.spindle.engine.column.Scaled;
import dev.spindle.engine.event.Event;
import dev.spindle.engine.schema.Numbers;
import dev.spindle.engine.schema.Strategy.Condition;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/** Compiles a test of a column into a comparison of its long. */
final class Conditions {

    /** No value of a column is this: what a text that the column never has is compared with. */
    private static final long NEVER = Long.MIN_VALUE + 1;

    private Conditions() {}

    /** The value is {@code wanted}, or is not when {@code equal} is false. */
    record Test(long wanted, boolean equal, boolean nullTest) {}

    static Test compile(Condition condition, Compiled column) {
        return switch (condition.test()) {
            case IS_NULL -> new Test(Event.NULL, true, true);
            case IS_NOT_NULL -> new Test(Event.NULL, false, true);
            case EQUALS -> new Test(value(condition.value(), column), true, false);
            case DIFFERS -> new Test(value(condition.value(), column), false, false);
        };
    }

    /** A text as the long that the column holds for it. */
    static long value(String text, Compiled column) {
        return switch (column.type()) {
            case INTEGER, DECIMAL, FLOAT ->
                Numbers.parse(text).map(n -> Scaled.of(n, column.scale())).orElse(NEVER);
            case BOOLEAN -> text.equalsIgnoreCase("true") ? 1 : text.equalsIgnoreCase("false") ? 0 : NEVER;
            case DATE, TIMESTAMP -> instant(text);
            case DICTIONARY -> {
                int index = column.dictionary().indexOf(text);
                yield index < 0 ? NEVER : index;
            }
            case TEXT -> NEVER;
        };
    }

    private static long instant(String text) {
        try {
            if (text.length() <= 10) {
                return LocalDate.parse(text).toEpochDay() * Calendar.DAY_MICROS;
            }
            String local = text.endsWith("Z") ? text.substring(0, text.length() - 1) : text;
            LocalDateTime time = LocalDateTime.parse(local.replace(' ', 'T'));
            return time.toEpochSecond(ZoneOffset.UTC) * 1_000_000L + time.getNano() / 1_000;
        } catch (DateTimeParseException e) {
            return NEVER;
        }
    }
}
