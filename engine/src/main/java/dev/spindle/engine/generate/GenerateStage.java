package dev.spindle.engine.generate;

import dev.spindle.engine.event.Event;
import dev.spindle.engine.row.StreamRows;

/** The first stage: computes the stream's rows, one after the other, into the events that it is given. */
public interface GenerateStage {

    /** Computes the next event; false when there is none. */
    boolean next(Event into);

    /** Another stage that computes the first events of the same slice; the two are never used at the same time. */
    GenerateStage again(long events);

    /**
     * A stage over every {@code stride}-th event of a stream.
     *
     * @param first sequence number of its first event
     * @param stride from one of its events to the next, 1 or more
     * @param events how many it has at most
     */
    static GenerateStage of(StreamRows rows, long first, long stride, long events) {
        return rows.order() == null
                ? new OneTable(rows.tables().getFirst(), first, stride, events)
                : new ManyTables(rows, first, stride, events);
    }
}
