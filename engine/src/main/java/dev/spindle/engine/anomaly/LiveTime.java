package dev.spindle.engine.anomaly;

import dev.spindle.engine.event.Event;
import java.util.function.LongSupplier;

/**
 * Event time as the wall clock at the time that the arrival process has the event: however long the event is held back,
 * it keeps its time. Set before any anomaly, so that a collective one moves it.
 *
 * @param originEpochMicros the wall clock at the run's origin, in microseconds since the epoch; with the run's pauses added to it;
 *     asked for each event
 * @param columns event-time column of each table, -1 for none
 * @param wholeDays whether that column is a date
 */
public record LiveTime(LongSupplier originEpochMicros, int[] columns, boolean[] wholeDays) {

    private static final long DAY_MICROS = 86_400_000_000L;

    void set(Event event) {
        int column = columns[event.table];
        if (column >= 0) {
            long micros = originEpochMicros.getAsLong() + Math.floorDiv(event.arrivalNanos, 1_000L);
            event.values[column] = wholeDays[event.table] ? micros - Math.floorMod(micros, DAY_MICROS) : micros;
        }
    }
}
