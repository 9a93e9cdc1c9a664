package dev.spindle.engine.truth;

import dev.spindle.engine.event.Event;
import dev.spindle.engine.column.Column;
import java.util.List;

/**
 * A table of the run, as labels speak of it.
 *
 * @param name the table's name
 * @param columns its columns, as stamp encodes them
 * @param eventTimeColumn index of the event-time column, or -1 without one
 */
public record LabelledTable(String name, List<Column> columns, int eventTimeColumn) {

    public LabelledTable {
        columns = List.copyOf(columns);
    }

    /** The event time in microseconds since the epoch, or {@link Event#NULL} where there is none. */
    long eventTimeMicros(Event event) {
        return eventTimeColumn < 0 ? Event.NULL : event.values[eventTimeColumn];
    }
}
