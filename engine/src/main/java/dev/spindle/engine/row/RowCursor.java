package dev.spindle.engine.row;

import dev.spindle.engine.draw.Draw;
import dev.spindle.engine.event.Event;

/**
 * The columns of one table that somebody needs, computed for one row at a time, each after those that it reads. For one
 * thread.
 */
final class RowCursor {

    private static final int MOST_ROWS_IN_A_LOOP = 25_000;
    private static final int SETTLED = -1;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    /** The row that {@link #values} hold; -1 for none yet. */
    long row = -1;

    /** The values of the row, by slot: the table's columns first, then hidden ones such as parents' rows. */
    long[] values;

    /** Where the row's text goes. */
    Event event;

    /** Added to every draw: a column that is drawn again because a rule did not hold sets it for the while. */
    long salt;

    private StraightLine line;
    private int rowsInALoop;
    private Step[] steps = {};
    private int[] slots = {};

    /** A cursor whose rows are only looked at by others. */
    RowCursor(int slots) {
        this.event = new Event(slots);
        this.values = event.values;
    }

    /** One more column or hidden value; its step runs after those added before it. */
    void add(int slot, Step step) {
        rowsInALoop = 0;
        steps = java.util.Arrays.copyOf(steps, steps.length + 1);
        slots = java.util.Arrays.copyOf(slots, slots.length + 1);
        steps[steps.length - 1] = step;
        slots[slots.length - 1] = slot;
        if (slot >= values.length) {
            event = new Event(slot + 8);
            values = event.values;
        }
    }

    /** Makes {@code wanted} the current row. Costs nothing when it is already. */
    void seek(long wanted) {
        if (wanted != row) {
            row = wanted;
            event.textLength = 0;
            run();
        }
    }

    /** The same by a step that has settled: {@code known} is what it took for the cursor's code; null for not yet. */
    void seek(long wanted, StraightLine known) {
        if (wanted != row) {
            row = wanted;
            event.textLength = 0;
            if (known != null && line == known) {
                known.run(this);
            } else {
                run();
            }
        }
    }

    /** Computes row {@code wanted} into an event. */
    void fill(long wanted, Event into) {
        row = wanted;
        event = into;
        values = into.values;
        into.textLength = 0;
        run();
    }

    private void run() {
        if (rowsInALoop >= 0) {
            settle();
        }
        line.run(this);
    }

    /** A few rows, such as a small table's at start, are not worth the making of code for them. */
    private void settle() {
        if (rowsInALoop == 0) {
            line = new StraightLine.Loop(steps, slots);
        } else if (rowsInALoop == MOST_ROWS_IN_A_LOOP) {
            settled();
            return;
        }
        rowsInALoop++;
    }

    /** The code of this cursor, made for it; what it has had so far while that is being made. */
    StraightLine settled() {
        if (rowsInALoop >= 0) {
            rowsInALoop = SETTLED; // before the steps: a child's step may ask for the code of its owner
            Step[] settled = new Step[steps.length];
            for (int i = 0; i < steps.length; i++) {
                settled[i] = steps[i].settled();
            }
            line = StraightLine.of(settled, slots);
        }
        return line;
    }

    /** The bits drawn for the current row under {@code key}. */
    long bits(long key) {
        return Draw.mix(key + row * GOLDEN + salt);
    }

    /** A number in [0, 1) drawn for the current row under {@code key}. */
    double unit(long key) {
        return Draw.unit(bits(key));
    }
}
