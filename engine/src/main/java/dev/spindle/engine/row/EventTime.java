package dev.spindle.engine.row;

import dev.spindle.engine.draw.Draw;

/**
 * Times spread over a calendar: rank k stands at quantile (k + u) / rows, u drawn for the rank in [0, 1) and 0 for rank 0,
 * so that times follow the calendar's profile and never go back.
 */
final class EventTime extends TimeLine {

    /** Near the start, where rows are few, each one counts. */
    private static final int EXACT_ROWS = 64;

    private final Calendar calendar;
    private final long rows;
    private final long key;
    private final long shiftMicros;
    private final boolean wholeDays;
    private final double from;
    private final double width;

    /**
     * Times over a whole calendar.
     *
     * @param rows rows of the table at its scale, over which the calendar's range is spread
     * @param key what the draws hang on
     * @param shiftMicros added to every time: a table whose times follow another's begins so much later
     * @param wholeDays whether the times are dates
     */
    EventTime(Calendar calendar, long rows, long key, long shiftMicros, boolean wholeDays) {
        this(calendar, rows, key, shiftMicros, wholeDays, 0, 1);
    }

    /** Times over the calendar's quantiles from {@code from} to {@code to}: the rest is ruled out. */
    EventTime(Calendar calendar, long rows, long key, long shiftMicros, boolean wholeDays, double from, double to) {
        this.calendar = calendar;
        this.rows = rows;
        this.key = key;
        this.shiftMicros = shiftMicros;
        this.wholeDays = wholeDays;
        this.from = from;
        this.width = to - from;
    }

    @Override
    long micros(long rank) {
        double u = rank == 0 ? 0 : Draw.unit(key, rank);
        double quantile = (rank + u) / rows;
        double bounded = quantile < 1 ? from + quantile * width : from + width + (quantile - 1);
        long micros = Math.min(calendar.micros(bounded) + shiftMicros, Calendar.LAST_MICROS);
        return wholeDays ? Math.floorDiv(micros, Calendar.DAY_MICROS) * Calendar.DAY_MICROS : micros;
    }

    @Override
    long countBy(long micros) {
        long last = wholeDays ? (Math.floorDiv(micros, Calendar.DAY_MICROS) + 1) * Calendar.DAY_MICROS - 1 : micros;
        // Two microseconds less outweigh the rounding of the calendar's way there and back.
        double bounded = calendar.quantile(last - shiftMicros - 2);
        double quantile = bounded < from + width ? (bounded - from) / width : 1 + bounded - from - width;
        long count = Math.max(1, (long) (quantile * rows));
        while (count < EXACT_ROWS && micros(count) <= micros) {
            count++;
        }
        return count;
    }

    @Override
    long startMicros() {
        return micros(0);
    }

    @Override
    Calendar calendar() {
        return calendar;
    }

    @Override
    long shiftMicros() {
        return shiftMicros;
    }
}
