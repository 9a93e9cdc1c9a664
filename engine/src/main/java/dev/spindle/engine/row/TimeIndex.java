package dev.spindle.engine.row;

/**
 * How many rows of a table have a time by some moment. Over the table's range the answer is read from a grid: the count at
 * the grid's last line before the moment, in place of a calendar's inversion. Beyond it, the last answer is kept together
 * with the time that it holds for, as moments come in order mostly. For one thread.
 *
 * @param startMicros the range's first time
 * @param endMicros its last
 * @param counts at each line of the grid
 * @param countAtEnd by the end of the calendar; all rows that are left then have that time
 * @param last the last answer beyond the range, as since when and until when it holds, and itself
 */
record TimeIndex(
        TimeLine line,
        long startMicros,
        long endMicros,
        double cellsPerMicro,
        long[] counts,
        long countAtEnd,
        long[] last) {

    private static final int CELLS = 1 << 14;
    /** Near the start, where rows are few, each one counts. */
    private static final int EXACT_CELLS = 64;

    private static final long LAST_DAY_MICROS = Calendar.LAST_MICROS + 1 - Calendar.DAY_MICROS;

    private static final int SINCE = 0;
    private static final int UNTIL = 1;
    private static final int COUNT = 2;

    /** An index of the first {@code rows} of a line, 1 or more. */
    static TimeIndex of(TimeLine line, long rows) {
        long startMicros = line.startMicros();
        long endMicros = Math.max(startMicros + CELLS, line.micros(rows - 1));
        double width = (double) (endMicros - startMicros) / CELLS;
        long[] counts = new long[CELLS + 1];
        for (int i = 0; i <= CELLS; i++) {
            // Rounded down: a moment that is counted in a cell is not before the cell's line.
            counts[i] = line.countBy(startMicros + (long) (i * width) - 1);
        }
        long[] none = {Long.MAX_VALUE, Long.MIN_VALUE, 0};
        return new TimeIndex(
                line, startMicros, endMicros, 1 / width, counts, line.countBy(Calendar.LAST_MICROS), none);
    }

    /** 1 at least, and never one too many but for that. */
    long countBy(long micros) {
        if (micros >= LAST_DAY_MICROS) {
            return micros == Calendar.LAST_MICROS ? countAtEnd : line.countBy(micros);
        }
        if (micros >= endMicros) {
            return micros >= last[SINCE] && micros < last[UNTIL] ? last[COUNT] : countBeyond(micros);
        }
        int cell = (int) ((micros - startMicros) * cellsPerMicro);
        return cell < EXACT_CELLS ? line.countBy(micros) : counts[cell];
    }

    /** The exact count, for one that is a little less would hang on which moment was asked for before. */
    private long countBeyond(long micros) {
        long since = last[UNTIL];
        long count = last[COUNT] + 1; // the next answer along the stream, as a rule
        long next = last[SINCE] <= since && since <= micros ? line.micros(count) : Long.MIN_VALUE;
        if (next <= micros) {
            count = line.countBy(micros);
            next = line.micros(count);
            while (next <= micros) {
                next = line.micros(++count);
            }
            since = line.micros(count - 1);
        }
        last[SINCE] = since;
        last[UNTIL] = next;
        last[COUNT] = count;
        return count;
    }
}
