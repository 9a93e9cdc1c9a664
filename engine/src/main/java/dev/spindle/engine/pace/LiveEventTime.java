package dev.spindle.engine.pace;

import dev.spindle.engine.event.Event;
import dev.spindle.engine.event.Stage;
import java.util.function.LongSupplier;

/**
 * The end of pacing under {@code --event-time live}: the event time becomes the wall clock at the intended time. Stands
 * between pace and reorder, so that all that comes after sees the event's own time.
 */
public final class LiveEventTime implements Stage {

    private static final long DAY_MICROS = 86_400_000_000L;

    private final LongSupplier originEpochMicros;
    private final int[] columns;
    private final boolean[] wholeDays;
    private final Stage next;

    /**
     * A step behind the pacer.
     *
     * @param originEpochMicros the wall clock at the run's origin; asked for each event
     * @param columns event-time column of each table, -1 for none
     * @param wholeDays whether that column is a date
     */
    public LiveEventTime(LongSupplier originEpochMicros, int[] columns, boolean[] wholeDays, Stage next) {
        this.originEpochMicros = originEpochMicros;
        this.columns = columns.clone();
        this.wholeDays = wholeDays.clone();
        this.next = next;
    }

    @Override
    public Event on(Event event) {
        int column = columns[event.table];
        if (column >= 0) {
            long micros = originEpochMicros.getAsLong() + event.intendedNanos / 1_000;
            event.values[column] = wholeDays[event.table] ? Math.floorDiv(micros, DAY_MICROS) * DAY_MICROS : micros;
        }
        return next.on(event);
    }

    @Override
    public void endOfBatch() {
        next.endOfBatch();
    }

    @Override
    public void endOfStream() {
        next.endOfStream();
    }
}
