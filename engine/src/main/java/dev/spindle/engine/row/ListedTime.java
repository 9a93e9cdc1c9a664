package dev.spindle.engine.row;

import static dev.spindle.engine.event.Event.NULL;

import java.util.Arrays;
import java.util.Comparator;

/** The moments of a small table's rows by any column, computed and sorted at start; rows where it is null come last. */
final class ListedTime extends TimeLine {

    /** Up to so many rows are listed. */
    static final long MOST_ROWS = 1 << 17;

    private final long[] times;
    private final int[] rows;
    private final int[] ranks;
    private final Calendar calendar;

    ListedTime(long[] byRow, Calendar calendar) {
        Integer[] sorted = new Integer[byRow.length];
        Arrays.setAll(sorted, i -> i);
        Arrays.sort(sorted, Comparator.comparingLong(i -> byRow[i] == NULL ? Long.MAX_VALUE : byRow[i]));
        this.times = new long[byRow.length];
        this.rows = new int[byRow.length];
        this.ranks = new int[byRow.length];
        for (int i = 0; i < sorted.length; i++) {
            times[i] = byRow[sorted[i]] == NULL ? Long.MAX_VALUE : byRow[sorted[i]];
            rows[i] = sorted[i];
            ranks[sorted[i]] = i;
        }
        this.calendar = calendar;
    }

    @Override
    long micros(long rank) {
        return rank < times.length ? times[(int) rank] : Long.MAX_VALUE;
    }

    @Override
    long countBy(long micros) {
        int low = 0;
        int high = times.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times[middle] <= micros) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return Math.max(1, low);
    }

    @Override
    Calendar calendar() {
        return calendar;
    }

    @Override
    long shiftMicros() {
        return times[0] == Long.MAX_VALUE ? 0 : Math.max(0, times[0] - calendar.startMicros());
    }

    @Override
    long rowAt(long rank) {
        return rows[(int) (rank % rows.length)];
    }

    @Override
    long rankOf(long row) {
        return ranks[(int) (row % ranks.length)];
    }
}
