package dev.spindle.engine.generate;

import dev.spindle.engine.event.Event;
import dev.spindle.engine.row.RowPlan;

/**
 * The first stage: computes rows, one after the other, into the events that it is given. Of several lanes each computes
 * every so-many-th row.
 */
public final class GenerateStage {

    private final RowPlan rows;
    private final long first;
    private final long stride;
    private long left;
    private long sequence;

    /**
     * A stage.
     *
     * @param first sequence number of the first event
     * @param stride from one sequence number to the next: 1, or the number of lanes that share the stream
     * @param events how many events this stage computes
     */
    public GenerateStage(RowPlan rows, long first, long stride, long events) {
        this.rows = rows;
        this.first = first;
        this.sequence = first;
        this.stride = stride;
        this.left = events;
    }

    /** Another stage that computes the first events of the same slice; the two are never used at the same time. */
    public GenerateStage again(long events) {
        return new GenerateStage(rows, first, stride, Math.min(events, left));
    }

    /** Computes the next event; false when there is none. */
    public boolean next(Event into) {
        if (left == 0) {
            return false;
        }
        left--;
        long row = sequence;
        sequence += stride;
        into.sequence = row;
        into.table = 0;
        into.anomaly = 0;
        into.duplicate = false;
        rows.fill(row, into);
        return true;
    }
}
