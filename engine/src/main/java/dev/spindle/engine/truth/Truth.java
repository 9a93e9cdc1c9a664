package dev.spindle.engine.truth;

import dev.spindle.engine.event.Event;
import java.util.List;

/**
 * Where the inject stage says what is not as it would have been. One instance serves one stage and is called by one
 * thread at a time. Each event is told before it leaves the stage, with its values as they will be sent.
 *
 * <p>Any call may throw {@link dev.spindle.engine.error.SinkException} when the file cannot be written.
 */
public interface Truth {

    /**
     * A point or contextual anomaly.
     *
     * @param event the changed event; {@link Event#anomaly} is set
     * @param column index of the column that was changed
     * @param original the column's value before
     */
    void rowAnomaly(Event event, int column, long original);

    /**
     * An event of a collective anomaly.
     *
     * @param event the changed event; {@link Event#anomaly} is set
     * @param column index of the timestamp column
     * @param original the timestamp before
     * @param occurrence a number that tells this anomaly of this group in this period from all others
     * @param startMicros start of the group's window, in microseconds since the epoch
     * @param endMicros end of the group's window
     */
    void groupAnomaly(Event event, int column, long original, long occurrence, long startMicros, long endMicros);

    /** An event that leaves out of its place; {@link Event#slip} and {@link Event#extent} say how far. */
    void misplaced(Event event, Misplacement kind);

    /** Nothing more is ready now. */
    void endOfBatch();

    /** The stream has ended: writes what is still held. */
    void endOfStream();

    /** How an event is out of its place. */
    enum Misplacement {
        /** Held back by positions, and out of order because of it. */
        REORDERED,
        /** A second sending. */
        DUPLICATE,
        /** Held back for a time. */
        LATE
    }

    /** Tells nobody. */
    static Truth none() {
        return new ManyTruths(List.of());
    }

    /** Tells all of {@code truths}, in order. */
    static Truth all(List<Truth> truths) {
        return truths.size() == 1 ? truths.getFirst() : new ManyTruths(truths);
    }
}
