package dev.spindle.engine.anomaly;

import dev.spindle.engine.event.Event;

/** The rows of one table, each a pure function of its index. */
@FunctionalInterface
public interface RowSource {

    /** Writes row {@code row} into {@code into}: its values and its text. */
    void fill(long row, Event into);
}
