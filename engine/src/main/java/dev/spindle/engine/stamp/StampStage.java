package dev.spindle.engine.stamp;

import dev.spindle.engine.event.Event;
import dev.spindle.engine.event.Stage;
import java.util.function.LongSupplier;

/** Writes the metadata and encodes the event: from here on it is bytes. */
public final class StampStage implements Stage {

    private static final long DAY_MICROS = 86_400_000_000L;

    private final Encoder[] encoders;
    private final LiveTime live;
    private final Stage next;

    /**
     * Event time as the wall clock at the intended time.
     *
     * @param originEpochMicros the wall clock at the run's origin; asked once events come
     * @param columns event-time column of each table, -1 for none
     * @param wholeDays whether that column is a date
     */
    public record LiveTime(LongSupplier originEpochMicros, int[] columns, boolean[] wholeDays) {}

    /**
     * A stage.
     *
     * @param encoders one for each table of the run
     * @param live how event time is set, or null when it is the schema's own
     */
    public StampStage(Encoder[] encoders, LiveTime live, Stage next) {
        this.encoders = encoders.clone();
        this.live = live;
        this.next = next;
    }

    @Override
    public Event on(Event event) {
        if (live != null) {
            setLiveTime(event);
        }
        encoders[event.table].encode(event);
        return next.on(event);
    }

    private void setLiveTime(Event event) {
        int column = live.columns()[event.table];
        if (column >= 0) {
            long micros = live.originEpochMicros().getAsLong() + event.intendedNanos / 1_000;
            event.values[column] =
                    live.wholeDays()[event.table] ? Math.floorDiv(micros, DAY_MICROS) * DAY_MICROS : micros;
        }
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
