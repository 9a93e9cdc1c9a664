package dev.spindle.engine.anomaly;

import dev.spindle.engine.column.Column;
import java.util.List;

/**
 * A table of the run, as anomaly definitions are compiled against it.
 *
 * @param name the table's name
 * @param columns its columns, in schema order
 * @param slots how many values an event needs for a row of it: its columns, and what else {@code rows} keeps there
 * @param rows its rows before any anomaly
 * @param rowCount how many rows it has at the run's scale; samples are spread over them
 * @param eventTimeColumn index of the event-time column, or -1 without one; only collective anomalies may change it
 * @param rangeStartMicros start of the schema's date range, in microseconds since the epoch
 * @param rangeEndMicros end of the schema's date range, the first moment that is not in it
 */
public record AnomalyTable(
        String name,
        List<Column> columns,
        int slots,
        RowSource rows,
        long rowCount,
        int eventTimeColumn,
        long rangeStartMicros,
        long rangeEndMicros) {

    public AnomalyTable {
        columns = List.copyOf(columns);
    }
}
