package dev.spindle.engine.generate;

import dev.spindle.engine.event.Event;
import dev.spindle.engine.row.RowPlan;

/** Generates the events of one table: event n is row n. */
public final class OneTable implements GenerateStage {

    private final RowPlan rows;
    private final Slice slice;
    private long left;
    private long leftInRow;
    private long sequence;

    /** A stage over some of a table's rows. */
    public OneTable(RowPlan rows, Slice slice) {
        this.rows = rows;
        this.slice = slice;
        this.sequence = slice.first();
        this.left = slice.events();
        this.leftInRow = slice.row();
    }

    @Override
    public GenerateStage again(long events) {
        return new OneTable(rows, slice.atMost(Math.min(events, left)));
    }

    @Override
    public boolean next(Event into) {
        if (left == 0) {
            return false;
        }
        left--;
        long row = sequence++;
        if (--leftInRow == 0) {
            leftInRow = slice.row();
            sequence += slice.skip();
        }
        into.sequence = row;
        into.table = 0;
        into.anomaly = 0;
        into.duplicate = false;
        rows.fill(row, into);
        return true;
    }
}
