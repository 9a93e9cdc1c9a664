package dev.spindle.sinks.kafka;

import dev.spindle.engine.event.Event;
import dev.spindle.engine.publish.Batch;

/** What a record's timestamp is. */
enum RecordTimestamp {
    /** The event time; for an event that has none, the intended time. */
    EVENT,
    /** When the event should have been sent, by the wall clock. */
    INTENDED;

    /**
     * The timestamp of event {@code i}.
     *
     * @param originEpochMicros wall clock at the run's origin, in microseconds since the epoch
     * @return milliseconds since the epoch; 0 for times before it, which Kafka does not take
     */
    long epochMillis(Batch batch, int i, long originEpochMicros) {
        if (this == EVENT && batch.eventTimeMicros(i) != Event.NULL) {
            return Math.max(0, Math.floorDiv(batch.eventTimeMicros(i), 1_000L));
        }
        return Math.max(0, (originEpochMicros + batch.intendedNanos(i) / 1_000) / 1_000);
    }
}
