package dev.spindle.engine.row;

import dev.spindle.engine.schema.Law;

/** The bounds of a law of delays, in days, 0 or more. */
final class Delays {

    private static final double MOST_DAYS = 1e6;

    private Delays() {}

    static long leastMicros(Law days) {
        return micros(Law.least(days));
    }

    static long mostMicros(Law days) {
        return micros(Law.most(days));
    }

    private static long micros(double days) {
        return (long) (Math.max(0, Math.min(MOST_DAYS, days)) * Calendar.DAY_MICROS);
    }
}
