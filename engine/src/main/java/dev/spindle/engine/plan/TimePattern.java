package dev.spindle.engine.plan;

import java.time.ZoneId;
import java.util.List;

/**
 * Multipliers of the rate by hour of day and day of week, as they stand (their mean need not be 1).
 *
 * @param name what it is called
 * @param zone whose hours and days these are
 * @param hours 24 multipliers, from midnight
 * @param days 7 multipliers, from Monday
 */
public record TimePattern(String name, ZoneId zone, List<Double> hours, List<Double> days) {
    public TimePattern {
        hours = List.copyOf(hours);
        days = List.copyOf(days);
    }
}
