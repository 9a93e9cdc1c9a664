package dev.spindle.engine.row;

import dev.spindle.engine.draw.Draw;

/**
 * The event times of a table's rows, in stream order: row k stands at quantile (k + u) / rows of its calendar, u drawn
 * for the row in [0, 1) and 0 for row 0, so that times follow the calendar's profile and never go back.
 */
final class EventTime {

    private final Calendar calendar;
    private final long rows;
    private final long key;
    private final long shiftMicros;
    private final boolean wholeDays;

    /**
     * Event times.
     *
     * @param rows rows of the table at its scale, over which the calendar's range is spread
     * @param key what the draws hang on
     * @param shiftMicros added to every time: a table whose times follow another's begins so much later
     * @param wholeDays whether the times are dates
     */
    EventTime(Calendar calendar, long rows, long key, long shiftMicros, boolean wholeDays) {
        this.calendar = calendar;
        this.rows = rows;
        this.key = key;
        this.shiftMicros = shiftMicros;
        this.wholeDays = wholeDays;
    }

    /** The time of a row in microseconds since the epoch. */
    long micros(long row) {
        double u = row == 0 ? 0 : Draw.unit(key, row);
        long micros = Math.min(calendar.micros((row + u) / rows) + shiftMicros, Calendar.LAST_MICROS);
        return wholeDays ? Math.floorDiv(micros, Calendar.DAY_MICROS) * Calendar.DAY_MICROS : micros;
    }

    /** How many rows have a time of {@code micros} or earlier: 1 at least, and never one too many. */
    long rowsBy(long micros) {
        // Two microseconds less outweigh the rounding of the calendar's way there and back.
        double quantile = calendar.quantile(micros - shiftMicros - 2);
        return Math.max(1, (long) (quantile * rows));
    }

    /** The first row's time. */
    long startMicros() {
        return calendar.startMicros() + shiftMicros;
    }
}
