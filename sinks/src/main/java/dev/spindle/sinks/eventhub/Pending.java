package dev.spindle.sinks.eventhub;

import com.azure.messaging.eventhubs.EventData;

/**
 * An event that the sink has taken and not yet reported.
 *
 * @param data as the client wants it
 * @param address where it goes
 * @param intendedNanos when it should have been sent, since the run's origin
 * @param bytes length of its text
 */
record Pending(EventData data, Address address, long intendedNanos, int bytes) {

    /** What the client's own objects for an event take in memory, roughly, in bytes. */
    private static final int OBJECT_BYTES = 700;

    /** What the event takes in memory, roughly, in bytes. */
    int weightBytes() {
        return bytes + OBJECT_BYTES;
    }
}
