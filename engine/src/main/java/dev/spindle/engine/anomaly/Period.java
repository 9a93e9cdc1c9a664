package dev.spindle.engine.anomaly;

import java.time.Duration;

/**
 * The periods in each of which a group has one window.
 *
 * @param originMicros where one of them begins, in microseconds since the epoch
 * @param lengthMicros how long each is
 */
record Period(long originMicros, long lengthMicros) {

    private static final Duration DAY = Duration.ofDays(1);

    /** The definition's own period; else days with live event time; else the schema's date range, again and again. */
    static Period of(Draft draft, AnomalyTable table, boolean live) {
        if (draft.period != null || live) {
            return new Period(0, micros(draft.period == null ? DAY : draft.period));
        }
        return new Period(table.rangeStartMicros(), Math.max(1, table.rangeEndMicros() - table.rangeStartMicros()));
    }

    static long micros(Duration length) {
        return length.toNanos() / 1_000;
    }

    /** Number of the period in which a moment lies. */
    long indexOf(long micros) {
        return Math.floorDiv(micros - originMicros, lengthMicros);
    }

    long start(long index) {
        return originMicros + index * lengthMicros;
    }
}
