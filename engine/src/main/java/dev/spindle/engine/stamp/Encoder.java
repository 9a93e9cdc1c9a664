package dev.spindle.engine.stamp;

import dev.spindle.engine.event.Event;
import dev.spindle.engine.json.JsonText;
import dev.spindle.engine.column.Column;
import dev.spindle.engine.column.ColumnType;
import dev.spindle.engine.column.Dictionary;
import dev.spindle.engine.column.ValueText;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes the events of one table as JSON objects in UTF-8: the columns in schema order, then the metadata. Everything that
 * is the same in each event, names and punctuation, is written in pieces that were put together at start.
 */
public final class Encoder {

    private static final int MOST_ESCAPED = 6;

    private final Field[] fields;
    private final Bytes beforeSequence;
    private final Bytes beforeEventTime;
    private final Bytes nullEventTime;
    private final Bytes clean;
    private final Bytes[] anomalous;
    private final int timestampColumn;
    private final boolean timestampIsInstant;
    private final Field key;
    private final int fixedBytes;

    /**
     * An encoder.
     *
     * @param table the table's name
     * @param columns its columns
     * @param timestampColumn index of the event-time column, -1 for none
     * @param labelled whether the two anomaly columns are written
     * @param anomalyTypes {@code point:NAME} and the like, by {@link Event#anomaly} - 1
     * @param keyColumn index of the column whose text goes beside the event as its key, -1 for none
     */
    public Encoder(
            String table,
            List<Column> columns,
            int timestampColumn,
            boolean labelled,
            List<String> anomalyTypes,
            int keyColumn) {
        this.fields = new Field[columns.size()];
        int bytes = 256;
        for (int i = 0; i < fields.length; i++) {
            fields[i] = new Field(columns.get(i), i);
            bytes += fields[i].mostBytes();
        }
        this.timestampColumn = timestampColumn;
        this.timestampIsInstant = timestampColumn >= 0 && columns.get(timestampColumn).type() == ColumnType.TIMESTAMP;
        this.beforeSequence = new Bytes(
                (fields.length == 0 ? "{" : ",") + "\"_spindle_table\":" + JsonText.quoted(table) + ",\"_spindle_seq\":");
        this.beforeEventTime = new Bytes(",\"_spindle_event_time\":\"");
        this.nullEventTime = new Bytes(",\"_spindle_event_time\":null");
        this.clean = new Bytes(labelled ? ",\"_spindle_is_anomaly\":false,\"_spindle_anomaly_type\":null}" : "}");
        this.anomalous = new Bytes[anomalyTypes.size()];
        int longest = clean.length();
        for (int i = 0; i < anomalous.length; i++) {
            anomalous[i] = new Bytes(
                    labelled
                            ? ",\"_spindle_is_anomaly\":true,\"_spindle_anomaly_type\":" + JsonText.quoted(anomalyTypes.get(i)) + "}"
                            : "}");
            longest = Math.max(longest, anomalous[i].length());
        }
        this.key = keyColumn < 0 ? null : fields[keyColumn];
        this.fixedBytes = bytes + table.length() * MOST_ESCAPED + longest + (key == null ? 0 : key.mostBytes());
    }

    /** Writes the event's bytes, its key and its event time. */
    public void encode(Event event) {
        int bound = fixedBytes + 2 * MOST_ESCAPED * event.textLength;
        if (event.encoded.length < bound) {
            event.encoded = new byte[Math.max(bound, event.encoded.length * 2)];
        }
        byte[] to = event.encoded;
        int at = 0;
        for (Field field : fields) {
            at = field.write(event, to, at);
        }
        at = beforeSequence.copyTo(to, at);
        at = ValueText.writeLong(event.sequence, to, at);
        at = writeEventTime(event, to, at);
        at = (event.anomaly == 0 ? clean : anomalous[event.anomaly - 1]).copyTo(to, at);
        event.encodedLength = at;
        event.keyLength = key == null ? -1 : key.writeRaw(event, to, at);
    }

    private int writeEventTime(Event event, byte[] to, int at) {
        if (timestampColumn < 0) {
            event.eventTimeMicros = Event.NULL;
            return at;
        }
        long micros = event.values[timestampColumn];
        event.eventTimeMicros = micros;
        if (micros == Event.NULL) {
            return nullEventTime.copyTo(to, at);
        }
        at = beforeEventTime.copyTo(to, at);
        int from = timestampIsInstant ? fields[timestampColumn].writtenAt : -1;
        at = from < 0 ? ValueText.writeTimestamp(micros, to, at) : again(to, from, at);
        to[at] = '"';
        return at + 1;
    }

    /** The instant has been written in its column already: the same bytes once more. */
    private int again(byte[] to, int from, int at) {
        return Bytes.copy(to, from, fields[timestampColumn].writtenBytes, to, at);
    }

    /** One column: the bytes before its value, and how to write it. */
    private static final class Field {
        private final ColumnType type;
        private final int scale;
        private final int slot;
        private final Bytes before;
        private final Bytes nullText;
        private final byte[] dictionary;
        private final int[] starts;
        private final byte[] raw;
        private final int[] rawStarts;
        private final int mostBytes;
        /** Where the last value was written: for the event time, which is written twice. */
        private int writtenAt;

        private int writtenBytes;

        private Field(Column column, int slot) {
            this.type = column.type();
            this.scale = column.scale();
            this.slot = slot;
            String name = (slot == 0 ? "{" : ",") + JsonText.quoted(column.name()) + ":";
            boolean quoted = type == ColumnType.DATE || type == ColumnType.TIMESTAMP || type == ColumnType.TEXT;
            this.before = new Bytes(quoted ? name + "\"" : name);
            this.nullText = new Bytes(name + "null");
            Dictionary texts = column.dictionary();
            this.dictionary = texts == null ? null : texts.json();
            this.raw = texts == null ? null : texts.raw();
            this.starts = texts == null ? null : new int[texts.size() + 1];
            this.rawStarts = texts == null ? null : new int[texts.size() + 1];
            int longest = ValueText.MOST_BYTES;
            for (int i = 0; starts != null && i < starts.length; i++) {
                starts[i] = texts.jsonStart(i);
                rawStarts[i] = texts.rawStart(i);
                longest = i == 0 ? longest : Math.max(longest, starts[i] - starts[i - 1]);
            }
            this.mostBytes = name.getBytes(StandardCharsets.UTF_8).length + longest + Bytes.SLACK + 8;
        }

        private int mostBytes() {
            return mostBytes;
        }

        private int write(Event event, byte[] to, int start) {
            long value = event.values[slot];
            if (value == Event.NULL) {
                return nullText.copyTo(to, start);
            }
            int at = before.copyTo(to, start);
            switch (type) {
                case INTEGER -> {
                    return ValueText.writeLong(value, to, at);
                }
                case DICTIONARY -> {
                    int from = starts[(int) value];
                    return Bytes.copy(dictionary, from, starts[(int) value + 1] - from, to, at);
                }
                case TIMESTAMP -> {
                    int end = ValueText.writeTimestamp(value, to, at);
                    writtenAt = at;
                    writtenBytes = end - at;
                    to[end] = '"';
                    return end + 1;
                }
                case DATE -> {
                    int end = ValueText.write(type, scale, value, to, at);
                    to[end] = '"';
                    return end + 1;
                }
                case TEXT -> {
                    return writeText(event.text, Event.textOffset(value), Event.textLength(value), to, at);
                }
                default -> {
                    return ValueText.write(type, scale, value, to, at);
                }
            }
        }

        /** Escapes as JSON asks; almost no text has anything to escape. */
        private static int writeText(byte[] text, int offset, int length, byte[] to, int start) {
            int at = start;
            for (int i = offset; i < offset + length; i++) {
                byte c = text[i];
                if (c >= 0x20 && c != '"' && c != '\\' || c < 0) {
                    to[at++] = c;
                } else {
                    at = writeEscaped(c, to, at);
                }
            }
            to[at] = '"';
            return at + 1;
        }

        private static int writeEscaped(byte c, byte[] to, int at) {
            to[at] = '\\';
            switch (c) {
                case '"', '\\' -> to[at + 1] = c;
                case '\n' -> to[at + 1] = 'n';
                case '\r' -> to[at + 1] = 'r';
                case '\t' -> to[at + 1] = 't';
                default -> {
                    to[at + 1] = 'u';
                    to[at + 2] = '0';
                    to[at + 3] = '0';
                    to[at + 4] = (byte) (c < 0x10 ? '0' : '1');
                    to[at + 5] = (byte) "0123456789abcdef".charAt(c & 15);
                    return at + 6;
                }
            }
            return at + 2;
        }

        /** The value as plain text; returns its length, -1 when it is null. */
        private int writeRaw(Event event, byte[] to, int at) {
            long value = event.values[slot];
            if (value == Event.NULL) {
                return -1;
            }
            switch (type) {
                case DICTIONARY -> {
                    int from = rawStarts[(int) value];
                    int length = rawStarts[(int) value + 1] - from;
                    System.arraycopy(raw, from, to, at, length);
                    return length;
                }
                case TEXT -> {
                    System.arraycopy(event.text, Event.textOffset(value), to, at, Event.textLength(value));
                    return Event.textLength(value);
                }
                default -> {
                    return ValueText.write(type, scale, value, to, at) - at;
                }
            }
        }
    }
}
