package dev.spindle.engine.row;

import dev.spindle.engine.column.Column;
import dev.spindle.engine.event.Event;
import java.util.List;

/** Computes the rows of one table, in any order. For one thread; threads that share a stream compile one each. */
public final class RowPlan {

    private final String table;
    private final List<Column> columns;
    private final RowCursor cursor;
    private final int slots;
    private final int timestampColumn;
    private final long rows;

    RowPlan(String table, List<Column> columns, RowCursor cursor, int slots, int timestampColumn, long rows) {
        this.table = table;
        this.columns = List.copyOf(columns);
        this.cursor = cursor;
        this.slots = slots;
        this.timestampColumn = timestampColumn;
        this.rows = rows;
    }

    /** Computes row {@code row}, from 0, into the event's values and text. */
    public void fill(long row, Event into) {
        cursor.fill(row, into);
    }

    public String table() {
        return table;
    }

    /** The table's columns, in schema order. */
    public List<Column> columns() {
        return columns;
    }

    /** How many values an event needs: the columns and what else the computation keeps in it. */
    public int slots() {
        return slots;
    }

    /** Index of the event-time column, or -1. */
    public int timestampColumn() {
        return timestampColumn;
    }

    /** Rows of the table at its scale; more can be computed. */
    public long rows() {
        return rows;
    }
}
