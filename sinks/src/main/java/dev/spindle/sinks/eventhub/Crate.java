package dev.spindle.sinks.eventhub;

import com.azure.messaging.eventhubs.EventData;
import dev.spindle.engine.publish.Batch;
import java.util.Arrays;
import java.util.Map;

/**
 * Events that wait to go into one batch, or are in it: their texts one behind the other in one array, and beside them what
 * else is needed of each. The client's own objects for an event take more memory than the event, so they are made when the
 * batch is, by the thread that sends it.
 */
final class Crate {

    /** What the client's own objects for an event take in memory, roughly, in bytes. */
    private static final int OBJECT_BYTES = 700;

    /** AMQP's frame around an event, its content type, and what the client adds: roughly, in bytes. */
    private static final int ENVELOPE_BYTES = 56;

    private static final int FIRST_EVENTS = 8;
    private static final int FIRST_BYTES = 512;

    private byte[] bytes = new byte[FIRST_BYTES];
    private int[] ends = new int[FIRST_EVENTS];
    private long[] intended = new long[FIRST_EVENTS];
    /** Null until an event has some, for most runs have none. */
    private String[] keys;
    private Map<String, Object>[] properties;
    private int size;

    /** Takes a copy of event {@code i} of the batch; {@code key} and {@code metadata} go along with it, or are null. */
    void add(Batch batch, int i, String key, Map<String, Object> metadata) {
        add(batch.bytes(), batch.offset(i), batch.length(i), batch.intendedNanos(i), key, metadata);
    }

    private void add(byte[] from, int offset, int length, long intendedNanos, String key, Map<String, Object> metadata) {
        int start = textBytes();
        if (bytes.length - start < length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, start + length));
        }
        System.arraycopy(from, offset, bytes, start, length);
        if (size == ends.length) {
            growEvents();
        }
        ends[size] = start + length;
        intended[size] = intendedNanos;
        if (key != null || keys != null) {
            keys = keys == null ? new String[ends.length] : keys;
            keys[size] = key;
        }
        if (metadata != null || properties != null) {
            properties = properties == null ? noProperties() : properties;
            properties[size] = metadata;
        }
        size++;
    }

    private void growEvents() {
        int capacity = 2 * size;
        ends = Arrays.copyOf(ends, capacity);
        intended = Arrays.copyOf(intended, capacity);
        keys = keys == null ? null : Arrays.copyOf(keys, capacity);
        properties = properties == null ? null : Arrays.copyOf(properties, capacity);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private Map<String, Object>[] noProperties() {
        return new Map[ends.length];
    }

    int size() {
        return size;
    }

    /** Length of all texts together, in bytes. */
    int textBytes() {
        return size == 0 ? 0 : ends[size - 1];
    }

    /** Whether the batch with one more event of so many bytes stays within {@code batchBytes}, roughly. */
    boolean hasRoomFor(int length, int batchBytes) {
        return size == 0 || textBytes() + length + (size + 1L) * ENVELOPE_BYTES <= batchBytes;
    }

    /** Whether the batch with another crate's events too stays within {@code batchBytes}, roughly. */
    boolean hasRoomFor(Crate other, int batchBytes) {
        return textBytes() + other.textBytes() + (size + (long) other.size) * ENVELOPE_BYTES <= batchBytes;
    }

    /** What an event of so many bytes takes in memory while its batch is under way, roughly, in bytes. */
    static int weightBytes(int length) {
        return length + OBJECT_BYTES;
    }

    /** What all events take in memory while their batch is under way, roughly, in bytes. */
    long weightBytes() {
        return textBytes() + (long) size * OBJECT_BYTES;
    }

    /** How much memory the crate itself holds on to, roughly, in bytes. */
    int capacityBytes() {
        return bytes.length;
    }

    int length(int i) {
        return ends[i] - offset(i);
    }

    /** The client's object for event {@code i} with a copy of its text, out of {@code stock} unless that is null. */
    EventData event(int i, Stock stock) {
        return stock == null
                ? new EventData(Arrays.copyOfRange(bytes, offset(i), ends[i]))
                : stock.event(bytes, offset(i), length(i));
    }

    /** When each event should have been sent, since the run's origin; the array itself. */
    long[] intendedNanos() {
        return intended;
    }

    /** The key that goes along with event {@code i}, or null. */
    String key(int i) {
        return keys == null ? null : keys[i];
    }

    /** The metadata of event {@code i}, or null. */
    Map<String, Object> properties(int i) {
        return properties == null ? null : properties[i];
    }

    /** Takes out the events from {@code from} on, into another crate. */
    Crate split(int from) {
        Crate tail = new Crate();
        tail.addAll(this, from, size);
        size = from;
        return tail;
    }

    /** Takes copies of the events {@code from} to {@code to - 1} of another crate. */
    void addAll(Crate other, int from, int to) {
        for (int i = from; i < to; i++) {
            add(other.bytes, other.offset(i), other.length(i), other.intended[i], other.key(i), other.properties(i));
        }
    }

    /** Empties the crate for other events. */
    Crate emptied() {
        if (keys != null) {
            Arrays.fill(keys, 0, size, null);
        }
        if (properties != null) {
            Arrays.fill(properties, 0, size, null);
        }
        size = 0;
        return this;
    }

    private int offset(int i) {
        return i == 0 ? 0 : ends[i - 1];
    }
}
