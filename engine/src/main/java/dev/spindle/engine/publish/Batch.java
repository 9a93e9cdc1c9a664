package dev.spindle.engine.publish;

import dev.spindle.engine.event.Event;
import java.util.Arrays;

/**
 * Encoded events in the order in which they leave: their JSON texts one behind the other in one array, each followed
 * by a line feed, their keys in another. Reused for every batch.
 */
public final class Batch {

    /** A batch is full when it has so many bytes, however few its events: 64 MiB. */
    static final int ENOUGH_BYTES = 1 << 26;

    private final String[] tables;
    private final String[] anomalyTypes;
    private final long[] sequences;
    private final long[] eventTimes;
    private final long[] intended;
    private final int[] tableIndexes;
    private final int[] anomalies;
    private final int[] ends;
    private final int[] keyEnds;
    private final boolean[] keyed;
    private byte[] bytes;
    private byte[] keys = new byte[256];
    /** What an event asked for that did not find it here. */
    private int mostRoom;

    private int size;
    private int accepted;

    /**
     * An empty batch.
     *
     * @param capacityEvents how many events it takes at most
     * @param tables the names of the run's tables, by {@link Event#table}
     * @param anomalyTypes {@code point:NAME} and the like, by {@link Event#anomaly} - 1
     */
    public Batch(int capacityEvents, String[] tables, String[] anomalyTypes) {
        this.tables = tables.clone();
        this.anomalyTypes = anomalyTypes.clone();
        this.sequences = new long[capacityEvents];
        this.eventTimes = new long[capacityEvents];
        this.intended = new long[capacityEvents];
        this.tableIndexes = new int[capacityEvents];
        this.anomalies = new int[capacityEvents];
        this.ends = new int[capacityEvents];
        this.keyEnds = new int[capacityEvents];
        this.keyed = new boolean[capacityEvents];
        this.bytes = new byte[Math.max(1, capacityEvents) * 512];
    }

    /** Takes an event's encoded bytes: copies them, unless they stand in their place already. */
    public void add(Event event) {
        int length = event.encodedLength;
        int start = endOffset();
        int i = size++;
        addKey(i, event);
        if (event.encoded != bytes || event.encodedStart != start) {
            mostRoom = Math.max(mostRoom, event.encodedRoom);
            grow(start, length + 1);
            System.arraycopy(event.encoded, event.encodedStart, bytes, start, length);
        }
        bytes[start + length] = '\n';
        ends[i] = start + length + 1;
        sequences[i] = event.sequence;
        eventTimes[i] = event.eventTimeMicros;
        intended[i] = event.intendedNanos;
        tableIndexes[i] = event.table;
        anomalies[i] = event.anomaly;
    }

    /**
     * Has the stage before write the next event to its place in this batch. Only where that stage is on the same thread,
     * and has written {@code event} last.
     */
    public void lend(Event event) {
        int end = endOffset();
        grow(end, mostRoom);
        event.encoded = bytes;
        event.encodedStart = end;
    }

    private void grow(int end, int more) {
        if (bytes.length - end < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, end + more));
        }
    }

    /** An empty batch of the same size for the same events. */
    public Batch another() {
        return another(sequences.length);
    }

    /** An empty batch of another size for the same events. */
    public Batch another(int capacityEvents) {
        return new Batch(capacityEvents, tables, anomalyTypes);
    }

    private void addKey(int i, Event event) {
        int start = i == 0 ? 0 : keyEnds[i - 1];
        int length = Math.max(0, event.keyLength);
        if (length > 0) {
            if (keys.length - start < length) {
                keys = Arrays.copyOf(keys, Math.max(keys.length * 2, start + length));
            }
            System.arraycopy(event.encoded, event.encodedStart + event.encodedLength, keys, start, length);
        }
        keyEnds[i] = start + length;
        keyed[i] = event.keyLength >= 0;
    }

    /** Empties the batch. Called by the stage that fills it only. */
    public void clear() {
        size = 0;
        accepted = 0;
    }

    public int size() {
        return size;
    }

    /** How many events it takes at most. */
    public int capacity() {
        return sequences.length;
    }

    public boolean isFull() {
        return size == sequences.length || endOffset() >= ENOUGH_BYTES;
    }

    /** All events' bytes: {@link #endOffset()} of them, each event followed by a line feed. */
    public byte[] bytes() {
        return bytes;
    }

    /** How many bytes of {@link #bytes()} are taken. */
    public int endOffset() {
        return size == 0 ? 0 : ends[size - 1];
    }

    /** Where event {@code i} starts in {@link #bytes()}. */
    public int offset(int i) {
        return i == 0 ? 0 : ends[i - 1];
    }

    /** Bytes of event {@code i} without its line feed. */
    public int length(int i) {
        return ends[i] - offset(i) - 1;
    }

    public long sequence(int i) {
        return sequences[i];
    }

    /** Event time of event {@code i} in microseconds since the epoch, or {@link Event#NULL}. */
    public long eventTimeMicros(int i) {
        return eventTimes[i];
    }

    /** When event {@code i} should have been sent, in nanoseconds since the run's origin. */
    public long intendedNanos(int i) {
        return intended[i];
    }

    public String table(int i) {
        return tables[tableIndexes[i]];
    }

    /** {@code point:NAME}, {@code contextual:NAME} or {@code collective:NAME}, or null when the event is clean. */
    public String anomalyType(int i) {
        return anomalies[i] == 0 ? null : anomalyTypes[anomalies[i] - 1];
    }

    /** The UTF-8 text of the key column of event {@code i}, in a new array; null without a key column or a null key. */
    public byte[] key(int i) {
        if (!keyed[i]) {
            return null;
        }
        return Arrays.copyOfRange(keys, i == 0 ? 0 : keyEnds[i - 1], keyEnds[i]);
    }

    /** Before throwing out of {@link Sink#write} or {@link Sink#writeAll}: the first {@code events} have been or will be reported by the sink. */
    public void accept(int events) {
        if (events < 0 || events > size) {
            throw new IllegalArgumentException("accept " + events + " of " + size + " events");
        }
        accepted = events;
    }

    /** What {@link #accept} said since the batch was last empty. */
    public int accepted() {
        return accepted;
    }
}
