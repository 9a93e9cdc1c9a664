package dev.spindle.engine.generate;

import dev.spindle.engine.event.Event;
import dev.spindle.engine.row.RowPlan;

/** The first stage: computes rows, one after the other, into the events that it is given. */
public final class GenerateStage {

    private final RowPlan rows;
    private final long first;
    private final long end;
    private long sequence;

    /**
     * A stage.
     *
     * @param first sequence number of the first event
     * @param events how many there are
     */
    public GenerateStage(RowPlan rows, long first, long events) {
        this.rows = rows;
        this.first = first;
        this.sequence = first;
        this.end = events > Long.MAX_VALUE - first ? Long.MAX_VALUE : first + events;
    }

    /** Another stage that computes the first events of the same stream; the two are never used at the same time. */
    public GenerateStage again(long events) {
        return new GenerateStage(rows, first, events);
    }

    /** Computes the next event; false when there is none. */
    public boolean next(Event into) {
        if (sequence == end) {
            return false;
        }
        long row = sequence++;
        into.sequence = row;
        into.table = 0;
        into.anomaly = 0;
        into.duplicate = false;
        rows.fill(row, into);
        return true;
    }
}
