package dev.spindle.engine.generate;

import dev.spindle.engine.event.Event;
import dev.spindle.engine.row.StreamRows;

/** The first stage: computes the stream's rows, one after the other, into the events that it is given. */
public interface GenerateStage {

    /** Computes the next event; false when there is none. */
    boolean next(Event into);

    /** Another stage that computes the first events of the same slice; the two are never used at the same time. */
    GenerateStage again(long events);

    /** A stage over some events of a stream. */
    static GenerateStage of(StreamRows rows, Slice slice) {
        return rows.order() == null ? new OneTable(rows.tables().getFirst(), slice) : new ManyTables(rows, slice);
    }
}
