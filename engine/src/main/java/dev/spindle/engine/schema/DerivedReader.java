package dev.spindle.engine.schema;

import dev.spindle.engine.error.Suggestion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the {@code derived} strategy: copies, times so much after others, and what can be read off times. */
final class DerivedReader {

    /** Microseconds of each unit of time, longest first. */
    private static final Map<String, Long> UNITS = units();

    private static final List<String> RULES = List.of(
            "copy", "add_days", "add_hours", "add_minutes", "add_seconds", "after_previous", "days_since", "hours_since",
            "minutes_since", "seconds_since", "milliseconds_since", "hour_of_day", "day_of_week", "day_of_month", "month");

    private static final double MICROS_PER_DAY = 86_400e6;
    /** A hair more than 1, so that whole units stay whole when a fraction of a day is cut to microseconds. */
    private static final double UP = 1 + 0x1p-50;

    private final StrategyReader reader;

    DerivedReader(StrategyReader reader) {
        this.reader = reader;
    }

    private static Map<String, Long> units() {
        Map<String, Long> units = new LinkedHashMap<>();
        units.put("days", 86_400_000_000L);
        units.put("hours", 3_600_000_000L);
        units.put("minutes", 60_000_000L);
        units.put("seconds", 1_000_000L);
        units.put("milliseconds", 1_000L);
        return units;
    }

    Strategy read(Fields in) {
        String source = in.requiredText("source");
        int dot = source.indexOf('.');
        String table = dot < 0 ? null : source.substring(0, dot);
        String column = source.substring(dot + 1);
        String named = in.firstPresent("rule", "operation");
        String rule = in.text(named, in.has("days") ? "add_days" : "copy");
        String via = table == null ? in.name("via") : in.requiredText("via");
        return switch (rule) {
            case "copy" -> new Strategy.Derived(table, column, via, null);
            case "add_days", "add_hours", "add_minutes", "add_seconds" -> {
                String unit = rule.substring("add_".length());
                Law law = in.has("distribution") ? reader.law(in) : new Law.Constant(in.requiredNumber(unit, 0));
                yield new Strategy.Derived(table, column, via, inDays(law, unit));
            }
            case "after_previous" -> afterPrevious(in, table, column, via);
            case "hour_of_day", "day_of_week", "day_of_month", "month" -> {
                own(in, table);
                yield new Strategy.TimePart(column, Strategy.Part.valueOf(rule.toUpperCase(Locale.ROOT)));
            }
            case "days_since", "hours_since", "minutes_since", "seconds_since", "milliseconds_since" -> {
                own(in, table);
                long unit = UNITS.get(rule.substring(0, rule.indexOf('_')));
                yield new Strategy.Elapsed(column, in.requiredText("since"), unit);
            }
            default -> {
                in.error(named, "is not known", Suggestion.among(rule, RULES));
                yield new Strategy.Derived(table, column, via, null);
            }
        };
    }

    private static void own(Fields in, String table) {
        if (table != null) {
            in.error("source", "must be a column of the same table", "a column, such as a hidden lookup");
        }
    }

    private Strategy afterPrevious(Fields in, String table, String column, String via) {
        if (table == null) {
            in.error("source", "must be a time of the parent", "table.column");
        }
        String unit = in.text("unit", "seconds");
        if (!UNITS.containsKey(unit)) {
            in.error("unit", "is no unit of time", Suggestion.among(unit, UNITS.keySet()));
            unit = "seconds";
        }
        Law law = in.has("distribution") ? reader.law(in) : new Law.Constant(in.requiredNumber(unit, 0));
        if (law instanceof Law.Constant constant ? constant.value() < 0 : Double.isFinite(Law.least(law)) && Law.least(law) < 0) {
            in.error(in.has("min") ? "min" : unit, "would let a row stand before the one that it follows", "0 or more");
        }
        return new Strategy.AfterPrevious(table == null ? "" : table, column, via == null ? "" : via, inDays(law, unit));
    }

    private static Law inDays(Law law, String unit) {
        return unit.equals("days") ? law : new Law.Times(law, UNITS.get(unit) / MICROS_PER_DAY * UP);
    }
}
