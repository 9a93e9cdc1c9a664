package dev.spindle.engine.row;

import dev.spindle.engine.event.Event;

/** Computes one column, or one hidden value, of a cursor's current row; pure in the row and the values before it. */
interface Step {
    long value(RowCursor at);

    /** A value drawn from the part of the step's law between two bounds, both included; null when it knows of none. */
    default long between(RowCursor at, long least, long most) {
        return Event.NULL;
    }
}
