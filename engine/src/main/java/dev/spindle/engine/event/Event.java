package dev.spindle.engine.event;

import dev.spindle.engine.plan.RunPlan;
import java.util.Arrays;

/**
 * One event on its way through the six stages: typed column values first, encoded bytes last.
 *
 * <p>Events are allocated once, when a run is built, and overwritten ever after. The fields are public because the
 * stages are the only users and each field has one writer, named in its comment; at any moment an event belongs to
 * exactly one stage.
 */
public final class Event {

    /** The value of a column that is null. */
    public static final long NULL = Long.MIN_VALUE;

    /** Position in the stream before any reordering, from 0. Written by generate. */
    public long sequence;

    /** Index of the event's table among the run's tables. Written by generate. */
    public int table;

    /**
     * One value for each column, in schema order, as {@link dev.spindle.engine.column.ColumnType} says. Written by
     * generate, changed by inject.
     */
    public final long[] values;

    /** UTF-8 bytes of the row's own text values. Written by generate, appended to by inject. */
    public byte[] text = new byte[256];

    /** How many bytes of {@link #text} are taken. */
    public int textLength;

    /**
     * When the arrival process has the event, in nanoseconds since the run's origin; live event time follows from it.
     * Written by pace.
     */
    public long arrivalNanos;

    /**
     * When the event should leave, in nanoseconds since the run's origin: at its arrival, or later when it is held back on
     * purpose. Written by pace, moved on by reorder to the time of the place where a late event goes.
     */
    public long intendedNanos;

    /** Whether the event was held back for a time, as {@code --late} asks. Written by pace. */
    public boolean late;

    /** When the event did leave, in nanoseconds since the run's origin. Written by pace. */
    public long releasedNanos;

    /** The plan under which the event left. Written by pace. */
    public RunPlan plan;

    /** 0 when clean, else 1 + index of the anomaly definition. Written by inject. */
    public int anomaly;

    /** Whether this is a second sending of an event that has been sent. Written by reorder. */
    public boolean duplicate;

    /**
     * Positions between the event's own place in the stream and where it left; of a second sending, since the first. 0
     * when it left in its place. Written by reorder.
     */
    public int slip;

    /**
     * How far the event is out of order as RFC 4737 measures it: positions since the earliest event with a higher
     * sequence number left; 0 when it is in order. Written by reorder.
     */
    public long extent;

    /**
     * Holds the event as JSON text in UTF-8, without a line end, then the key if there is one. Written by stamp. When
     * publish gives an event back to it, where the next one is to be written.
     */
    public byte[] encoded = {};

    /** Where in {@link #encoded} the text begins. */
    public int encodedStart;

    /** How many bytes of {@link #encoded}, from {@link #encodedStart} on, had to be free for it. Written by stamp. */
    public int encodedRoom;

    /** Bytes of the JSON text. */
    public int encodedLength;

    /** Bytes after the text that are the key; -1 when there is none. */
    public int keyLength = -1;

    /** The event time in microseconds since the epoch, or {@link #NULL}. Written by stamp. */
    public long eventTimeMicros;

    /** Where the event time's text, with the quote behind it, stands in {@link #encoded}. Written by stamp. */
    public int eventTimeStart;

    public int eventTimeEnd;

    /** An event with room for {@code columns} values. */
    public Event(int columns) {
        this.values = new long[columns];
    }

    /** Makes this event a copy of {@code other}; grows buffers only when the other's are larger. */
    public void copyFrom(Event other) {
        sequence = other.sequence;
        table = other.table;
        System.arraycopy(other.values, 0, values, 0, other.values.length);
        if (text.length < other.textLength) {
            text = new byte[other.text.length];
        }
        System.arraycopy(other.text, 0, text, 0, other.textLength);
        textLength = other.textLength;
        arrivalNanos = other.arrivalNanos;
        intendedNanos = other.intendedNanos;
        late = other.late;
        releasedNanos = other.releasedNanos;
        plan = other.plan;
        anomaly = other.anomaly;
        duplicate = other.duplicate;
    }

    /** Room for {@code bytes} more bytes of text; the buffer grows at most a few times in a run. */
    public byte[] textWithRoomFor(int bytes) {
        if (text.length - textLength < bytes) {
            text = Arrays.copyOf(text, Math.max(text.length * 2, textLength + bytes));
        }
        return text;
    }

    /** Appends raw UTF-8 bytes to the row's text and returns the value that refers to them. */
    public long appendText(byte[] utf8, int offset, int length) {
        byte[] room = textWithRoomFor(length);
        System.arraycopy(utf8, offset, room, textLength, length);
        long value = textValue(textLength, length);
        textLength += length;
        return value;
    }

    /** The value of a text column: where its bytes stand in {@link #text}. */
    public static long textValue(int offset, int length) {
        return ((long) offset << 32) | length;
    }

    /** First byte in {@link #text} of a text value. */
    public static int textOffset(long value) {
        return (int) (value >>> 32);
    }

    /** Bytes of a text value. */
    public static int textLength(long value) {
        return (int) value;
    }
}
