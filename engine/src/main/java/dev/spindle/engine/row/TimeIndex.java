package dev.spindle.engine.row;

/**
 * How many rows of a table have a time by some moment, read from a grid over the table's range: the count at the grid's
 * last line before it. One read in place of a calendar's inversion. Made when it is first asked: a plan that is only
 * checked never asks.
 */
final class TimeIndex {

    private static final int CELLS = 1 << 14;
    /** Near the start, where rows are few, each one counts. */
    private static final int EXACT_CELLS = 64;

    private final TimeLine line;
    private final long startMicros;
    private final long endMicros;
    private final double cellsPerMicro;
    private long[] counts;

    /** An index of the first {@code rows} of a line, 1 or more. */
    TimeIndex(TimeLine line, long rows) {
        this.line = line;
        this.startMicros = line.startMicros();
        this.endMicros = Math.max(startMicros + CELLS, line.micros(rows - 1));
        this.cellsPerMicro = 1 / width();
    }

    private double width() {
        return (double) (endMicros - startMicros) / CELLS;
    }

    private long[] counted() {
        long[] counted = new long[CELLS + 1];
        for (int i = 0; i <= CELLS; i++) {
            // Rounded down: a moment that is counted in a cell is not before the cell's line.
            counted[i] = line.countBy(startMicros + (long) (i * width()) - 1);
        }
        return counted;
    }

    /** 1 at least, and never one too many but for that. */
    long countBy(long micros) {
        if (micros >= endMicros) {
            return line.countBy(micros);
        }
        int cell = (int) ((micros - startMicros) * cellsPerMicro);
        if (cell < EXACT_CELLS) {
            return line.countBy(micros);
        }
        if (counts == null) {
            counts = counted();
        }
        return counts[cell];
    }
}
