package dev.spindle.engine.row;

import dev.spindle.engine.event.Event;

/** Computes one column, or one hidden value, of a cursor's current row; pure in the row and the values before it. */
interface Step {
    long value(RowCursor at);

    /**
     * The step for a cursor that has many rows to compute: one that knows the code of the cursors that it runs, so that the
     * JIT compiler need not look for it each time.
     */
    default Step settled() {
        return this;
    }

    /** A value drawn from the part of the step's law between two bounds, both included; null when it knows of none. */
    default long between(RowCursor at, long least, long most) {
        return Event.NULL;
    }
}
