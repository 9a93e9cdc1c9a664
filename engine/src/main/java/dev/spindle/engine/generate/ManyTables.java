package dev.spindle.engine.generate;

import dev.spindle.engine.event.Event;
import dev.spindle.engine.row.RowPlan;
import dev.spindle.engine.row.StreamOrder;
import dev.spindle.engine.row.StreamRows;

/** Generates the events of several tables, interleaved: event n is the row that stands n-th in their common order. */
public final class ManyTables implements GenerateStage {

    private final RowPlan[] tables;
    private final StreamOrder order;
    private final Slice slice;
    private long left;
    private long leftInRow;
    private long sequence;

    /** A stage over some of the rows, whose order is its own from now on: it walks over those that are not in the slice. */
    public ManyTables(StreamRows rows, Slice slice) {
        this(rows.tables().toArray(RowPlan[]::new), rows.order(), slice);
    }

    private ManyTables(RowPlan[] tables, StreamOrder order, Slice slice) {
        this.tables = tables;
        this.order = order;
        this.slice = slice;
        this.sequence = slice.first();
        this.left = slice.events();
        this.leftInRow = slice.row();
        order.seek(slice.first());
    }

    @Override
    public GenerateStage again(long events) {
        return new ManyTables(tables, order.again(), slice.atMost(Math.min(events, left)));
    }

    @Override
    public boolean next(Event into) {
        if (left == 0) {
            return false;
        }
        if (leftInRow == 0) {
            leftInRow = slice.row();
            skip();
        }
        if (!order.next()) {
            return false;
        }
        left--;
        leftInRow--;
        int table = order.table();
        into.sequence = sequence++;
        into.table = table;
        into.anomaly = 0;
        into.duplicate = false;
        tables[table].fill(order.row(), into);
        return true;
    }

    private void skip() {
        long others = slice.skip();
        if (others > 0) {
            sequence += others;
            order.skip(others);
        }
    }
}
