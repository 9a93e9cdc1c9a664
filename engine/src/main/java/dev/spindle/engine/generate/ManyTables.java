package dev.spindle.engine.generate;

import dev.spindle.engine.event.Event;
import dev.spindle.engine.row.RowPlan;
import dev.spindle.engine.row.StreamOrder;
import dev.spindle.engine.row.StreamRows;

/** Generates the events of several tables, interleaved: event n is the row that stands n-th in their common order. */
public final class ManyTables implements GenerateStage {

    private final RowPlan[] tables;
    private final StreamOrder order;
    private final long first;
    private final long stride;
    private long left;
    private long sequence;

    /**
     * A stage. The rows' order is its own from now on.
     *
     * @param first sequence number of the first event
     * @param stride from one event to the next, 1 or more; the order is walked over those between
     * @param events how many there are
     */
    public ManyTables(StreamRows rows, long first, long stride, long events) {
        this(rows.tables().toArray(RowPlan[]::new), rows.order(), first, stride, events);
    }

    private ManyTables(RowPlan[] tables, StreamOrder order, long first, long stride, long events) {
        this.tables = tables;
        this.order = order;
        this.first = first;
        this.sequence = first;
        this.stride = stride;
        this.left = events;
        order.seek(first);
    }

    @Override
    public GenerateStage again(long events) {
        return new ManyTables(tables, order.again(), first, stride, Math.min(events, left));
    }

    @Override
    public boolean next(Event into) {
        if (left == 0 || !order.next()) {
            return false;
        }
        left--;
        int table = order.table();
        into.sequence = sequence;
        into.table = table;
        into.anomaly = 0;
        into.duplicate = false;
        tables[table].fill(order.row(), into);
        sequence += stride;
        if (stride > 1) {
            order.skip(stride - 1);
        }
        return true;
    }
}
