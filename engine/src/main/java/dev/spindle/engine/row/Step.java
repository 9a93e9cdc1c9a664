package dev.spindle.engine.row;

/** Computes one column, or one hidden value, of a cursor's current row; pure in the row and the values before it. */
abstract class Step {
    abstract long value(RowCursor at);
}
