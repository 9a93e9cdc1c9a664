package dev.spindle.engine.generate;

import dev.spindle.engine.event.Event;
import dev.spindle.engine.row.RowPlan;

/** Generates the events of one table: event n is row n. */
public final class OneTable implements GenerateStage {

    private final RowPlan rows;
    private final long first;
    private final long stride;
    private long left;
    private long sequence;

    /**
     * A stage.
     *
     * @param first sequence number of the first event
     * @param stride from one event to the next, 1 or more
     * @param events how many there are
     */
    public OneTable(RowPlan rows, long first, long stride, long events) {
        this.rows = rows;
        this.first = first;
        this.sequence = first;
        this.stride = stride;
        this.left = events;
    }

    @Override
    public GenerateStage again(long events) {
        return new OneTable(rows, first, stride, Math.min(events, left));
    }

    @Override
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
