package dev.spindle.engine.plan;

import dev.spindle.engine.error.Problem;
import dev.spindle.engine.json.JsonValue;
import dev.spindle.engine.json.JsonValue.JsonArray;
import dev.spindle.engine.json.JsonValue.JsonNumber;
import dev.spindle.engine.json.JsonValue.JsonObject;
import dev.spindle.engine.json.JsonValue.JsonString;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A time pattern in a file or a request: an object with {@code hours} (24 numbers from midnight, or an object such as
 * {@code {"9": 2}}), {@code days} (7 numbers from Monday, or an object such as {@code {"saturday": 0.5}}), and
 * optionally {@code zone} (such as {@code Europe/Berlin}; UTC when absent) and {@code name}. Hours and days that are not
 * named are 1.
 */
public final class PatternFile {

    private static final List<String> KEYS = List.of("name", "zone", "hours", "days");

    private PatternFile() {}

    /**
     * Reads a pattern; empty, with every problem added, when it is not one.
     *
     * @param path what problems are reported under, such as {@code --pattern}
     * @param name the pattern's name where it does not give its own
     */
    public static Optional<TimePattern> read(String path, String name, JsonValue value, List<Problem> problems) {
        if (!(value instanceof JsonObject object)) {
            problems.add(new Problem(path, value.brief(), "is " + value.kind() + ", not an object", keys()));
            return Optional.empty();
        }
        List<Problem> found = new ArrayList<>();
        for (String key : object.members().keySet()) {
            if (!KEYS.contains(key)) {
                found.add(new Problem(path + "." + key, null, "is no key of a pattern", keys()));
            }
        }
        if (object.get("hours") == null && object.get("days") == null) {
            found.add(new Problem(path, name, "has neither hours nor days", keys()));
        }
        TimePattern pattern = new TimePattern(
                object.get("name") instanceof JsonString own ? own.value() : name,
                zone(path + ".zone", object.get("zone"), found),
                multipliers(path + ".hours", object.get("hours"), 24, found),
                multipliers(path + ".days", object.get("days"), 7, found));
        if (found.isEmpty()) {
            pattern.check(path, found);
        }
        problems.addAll(found);
        return found.isEmpty() ? Optional.of(pattern) : Optional.empty();
    }

    private static String keys() {
        return String.join(", ", KEYS);
    }

    private static ZoneId zone(String path, JsonValue value, List<Problem> problems) {
        if (value == null) {
            return ZoneOffset.UTC;
        }
        try {
            if (value instanceof JsonString text) {
                return ZoneId.of(text.value());
            }
        } catch (DateTimeException e) {
            // Told below, as for any value that is no zone.
        }
        problems.add(new Problem(path, value.brief(), "is no time zone", "such as UTC or Europe/Berlin"));
        return ZoneOffset.UTC;
    }

    private static List<Double> multipliers(String path, JsonValue value, int count, List<Problem> problems) {
        return switch (value) {
            case null -> Collections.nCopies(count, 1.0);
            case JsonArray list -> fromList(path, list, problems);
            case JsonObject named -> fromNames(path, named, count, problems);
            default -> {
                problems.add(new Problem(
                        path, value.brief(), "is neither a list nor an object", "a list of " + count + " numbers"));
                yield Collections.nCopies(count, 1.0);
            }
        };
    }

    private static List<Double> fromList(String path, JsonArray list, List<Problem> problems) {
        List<Double> factors = new ArrayList<>();
        for (int i = 0; i < list.items().size(); i++) {
            factors.add(number(path + "[" + i + "]", list.items().get(i), problems));
        }
        return factors;
    }

    private static List<Double> fromNames(String path, JsonObject named, int count, List<Problem> problems) {
        Double[] factors = new Double[count];
        Arrays.fill(factors, 1.0);
        for (Map.Entry<String, JsonValue> member : named.members().entrySet()) {
            String at = path + "." + member.getKey();
            int index = count == 7 ? day(member.getKey()) : hour(member.getKey());
            if (index < 0) {
                problems.add(new Problem(
                        at, null, "is no key here", count == 7 ? "monday to sunday" : "0 to 23"));
            } else {
                factors[index] = number(at, member.getValue(), problems);
            }
        }
        return List.of(factors);
    }

    private static double number(String path, JsonValue value, List<Problem> problems) {
        if (value instanceof JsonNumber number) {
            return number.value().doubleValue();
        }
        problems.add(new Problem(path, value.brief(), "is " + value.kind() + ", not a number"));
        return 1;
    }

    private static int hour(String key) {
        double hour = Numbers.parse(key);
        return hour >= 0 && hour <= 23 && hour == Math.rint(hour) ? (int) hour : -1;
    }

    private static int day(String key) {
        String wanted = key.toUpperCase(Locale.ROOT);
        for (DayOfWeek day : DayOfWeek.values()) {
            if (wanted.equals(day.name()) || wanted.equals(day.name().substring(0, 3))) {
                return day.ordinal();
            }
        }
        return -1;
    }
}
