package dev.spindle.engine.plan;

import dev.spindle.engine.error.Problem;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as options write them: {@code 60}, {@code 60s}, {@code 5m}, {@code 1.5h}, {@code 250ms}. */
public final class DurationText {

    private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(ns|us|µs|ms|s|m|h|d)?");

    private DurationText() {}

    /** Nanoseconds; empty, with a problem added, when {@code text} is no duration. A bare number is in seconds. */
    public static OptionalLong parse(String path, String text, List<Problem> problems) {
        Matcher form = FORM.matcher(text.strip());
        if (form.matches() && form.group(1).length() <= 30) {
            BigDecimal nanos = new BigDecimal(form.group(1)).multiply(BigDecimal.valueOf(unitNanos(form.group(2))));
            if (nanos.compareTo(BigDecimal.valueOf(RunPlan.LONGEST_NANOS)) <= 0) {
                return OptionalLong.of(nanos.longValue());
            }
        }
        problems.add(new Problem(
                path, text, "is no duration", "seconds, or a number with ns, us, ms, s, m, h or d; ten years at most"));
        return OptionalLong.empty();
    }

    private static long unitNanos(String unit) {
        return switch (unit == null ? "s" : unit) {
            case "ns" -> 1L;
            case "us", "µs" -> 1_000L;
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            case "d" -> 86_400_000_000_000L;
            default -> throw new IllegalArgumentException(unit);
        };
    }

    /** A duration as one would write it: the largest unit that leaves no fraction. */
    public static String write(long nanos) {
        for (String unit : List.of("h", "m", "s", "ms", "us")) {
            if (nanos != 0 && nanos % unitNanos(unit) == 0) {
                return nanos / unitNanos(unit) + unit;
            }
        }
        return nanos == 0 ? "0s" : nanos + "ns";
    }
}
