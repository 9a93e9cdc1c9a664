package dev.spindle.engine.plan;

import dev.spindle.engine.error.Problem;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;

/**
 * Multipliers of the rate by hour of day and day of week, as they stand (their mean need not be 1): at any moment the
 * rate is multiplied by that of the hour and that of the day.
 *
 * @param name what it is called
 * @param zone whose hours and days these are
 * @param hours 24 multipliers, from midnight
 * @param days 7 multipliers, from Monday
 */
public record TimePattern(String name, ZoneId zone, List<Double> hours, List<Double> days) {

    /** Offices: busy from 8 to 17 on weekdays, a tenth of that at night. In UTC. */
    public static final TimePattern BUSINESS_HOURS = new TimePattern(
            "business-hours",
            ZoneOffset.UTC,
            List.of(
                    0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.2, 0.4, 0.8, 1.0, 1.0, 1.0, 0.8, 1.0, 1.0, 1.0, 1.0, 0.7, 0.4, 0.3,
                    0.2, 0.2, 0.1, 0.1),
            List.of(1.0, 1.0, 1.0, 1.0, 1.0, 0.3, 0.2));

    /** Shops: a peak at noon, a higher one in the evening, and busy Saturdays. In UTC. */
    public static final TimePattern RETAIL_PEAK = new TimePattern(
            "retail-peak",
            ZoneOffset.UTC,
            List.of(
                    0.2, 0.1, 0.1, 0.1, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 1.1, 1.4, 1.6, 1.4, 1.2, 1.2, 1.3, 1.5, 1.8, 2.0,
                    1.9, 1.4, 0.8, 0.4),
            List.of(0.9, 0.9, 0.9, 1.0, 1.2, 1.4, 1.2));

    /** The patterns that are known by name. */
    public static final List<TimePattern> BUILT_IN = List.of(BUSINESS_HOURS, RETAIL_PEAK);

    public TimePattern {
        hours = List.copyOf(hours);
        days = List.copyOf(days);
    }

    /** Whether no hour of any day has events. */
    public boolean silent() {
        return Collections.max(hours) == 0 || Collections.max(days) == 0;
    }

    /** Adds what is wrong with this pattern to {@code problems}, under {@code path}. */
    void check(String path, List<Problem> problems) {
        PlanChecks.present(path + ".zone", zone, problems);
        checkMultipliers(path + ".hours", hours, 24, problems);
        checkMultipliers(path + ".days", days, 7, problems);
    }

    private static void checkMultipliers(String path, List<Double> factors, int wanted, List<Problem> problems) {
        if (factors.size() != wanted) {
            problems.add(new Problem(
                    path, factors.size() + " values", "is the wrong number of multipliers", wanted + " of them"));
        }
        for (int i = 0; i < factors.size(); i++) {
            PlanChecks.multiplier(path + "[" + i + "]", factors.get(i), PlanChecks.plain(factors.get(i)), problems);
        }
    }
}
