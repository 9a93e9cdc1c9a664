package dev.spindle.engine.row;

import java.util.List;

/**
 * The rows of a stream: those of one table, or of several that are interleaved. For one thread; threads that share a
 * stream compile one each.
 *
 * @param tables the tables, as the stream names them
 * @param order how the rows of several tables follow one another; null for one table, whose rows follow their numbers
 */
public record StreamRows(List<RowPlan> tables, StreamOrder order) {

    public StreamRows {
        tables = List.copyOf(tables);
    }

    /** Rows of all tables at the scale. */
    public long rows() {
        return order == null ? tables.getFirst().rows() : order.rows();
    }

    /** Whether there are rows beyond those of the scale: of several tables at least one must have a time. */
    public boolean goOn() {
        return order == null || order.goesOn();
    }

    /** How many values an event needs to hold a row of any table. */
    public int slots() {
        return tables.stream().mapToInt(RowPlan::slots).max().orElseThrow();
    }
}
