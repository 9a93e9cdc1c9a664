package dev.spindle.engine.stamp;

import dev.spindle.engine.column.Column;
import dev.spindle.engine.column.ColumnType;
import dev.spindle.engine.column.Dictionary;
import dev.spindle.engine.column.ValueText;
import dev.spindle.engine.event.Event;
import dev.spindle.engine.json.JsonText;
import java.util.List;

/**
 * One member of an event's JSON object: a column by its type, or metadata. What comes before the value is the same in each
 * event. Records, because the JIT compiler takes their components for constants.
 */
sealed interface Field {

    /** What stands before the value: the punctuation and the name. */
    Bytes before();

    /** Writes the value and returns where it ends. */
    int write(Event event, byte[] to, int at);

    /** No more bytes than these are written as the value, texts of the row's own apart. */
    int mostBytes();

    /** The field of column {@code slot}. */
    static Field of(Column column, int slot) {
        Bytes name = Bytes.of((slot == 0 ? "{" : ",") + JsonText.quoted(column.name()) + ":");
        return switch (column.type()) {
            case INTEGER -> new Whole(slot, name);
            case DICTIONARY -> Choice.of(slot, name, column.dictionary());
            case TIMESTAMP -> new Instant(slot, name);
            case DATE -> new Date(slot, name);
            case TEXT -> new Text(slot, name);
            case DECIMAL, FLOAT, BOOLEAN -> new Plain(slot, name, column.type(), column.scale());
        };
    }

    /** A whole number. */
    record Whole(int slot, Bytes before) implements Field {
        @Override
        public int write(Event event, byte[] to, int at) {
            long value = event.values[slot];
            return value == Event.NULL ? Bytes.putNull(to, at) : ValueText.writeLong(value, to, at);
        }

        @Override
        public int mostBytes() {
            return ValueText.MOST_BYTES;
        }
    }

    /** Any other value that needs no quotes. */
    record Plain(int slot, Bytes before, ColumnType type, int scale) implements Field {
        @Override
        public int write(Event event, byte[] to, int at) {
            long value = event.values[slot];
            return value == Event.NULL ? Bytes.putNull(to, at) : ValueText.write(type, scale, value, to, at);
        }

        @Override
        public int mostBytes() {
            return ValueText.MOST_BYTES;
        }
    }

    record Date(int slot, Bytes before) implements Field {
        @Override
        public int write(Event event, byte[] to, int at) {
            long value = event.values[slot];
            if (value == Event.NULL) {
                return Bytes.putNull(to, at);
            }
            to[at] = '"';
            int end = ValueText.writeDate(value, to, at + 1);
            to[end] = '"';
            return end + 1;
        }

        @Override
        public int mostBytes() {
            return ValueText.MOST_BYTES;
        }
    }

    record Instant(int slot, Bytes before) implements Field {
        @Override
        public int write(Event event, byte[] to, int at) {
            return instant(event.values[slot], to, at);
        }

        @Override
        public int mostBytes() {
            return ValueText.MOST_BYTES;
        }
    }

    /** The instant that is the event time: it is written once and copied where it is wanted again. */
    record OrderedInstant(int slot, Bytes before, ValueText.InOrder instants) implements Field {
        OrderedInstant(int slot, Bytes before) {
            this(slot, before, new ValueText.InOrder());
        }

        @Override
        public int write(Event event, byte[] to, int at) {
            long micros = event.values[slot];
            int end = micros == Event.NULL ? Bytes.putNull(to, at) : quoted(micros, to, at);
            event.eventTimeStart = at;
            event.eventTimeEnd = end;
            return end;
        }

        private int quoted(long micros, byte[] to, int at) {
            to[at] = '"';
            int end = instants.write(micros, to, at + 1);
            to[end] = '"';
            return end + 1;
        }

        @Override
        public int mostBytes() {
            return ValueText.MOST_BYTES;
        }
    }

    private static int instant(long micros, byte[] to, int at) {
        if (micros == Event.NULL) {
            return Bytes.putNull(to, at);
        }
        to[at] = '"';
        int end = ValueText.writeTimestamp(micros, to, at + 1);
        to[end] = '"';
        return end + 1;
    }

    /** An entry of a dictionary. */
    record Choice(int slot, Bytes before, byte[] texts, int[] starts, int longest) implements Field {
        private static Choice of(int slot, Bytes before, Dictionary dictionary) {
            int[] starts = new int[dictionary.size() + 1];
            int longest = 0;
            for (int i = 0; i < starts.length; i++) {
                starts[i] = dictionary.jsonStart(i);
                longest = i == 0 ? 0 : Math.max(longest, starts[i] - starts[i - 1]);
            }
            return new Choice(slot, before, dictionary.json(), starts, longest);
        }

        @Override
        public int write(Event event, byte[] to, int at) {
            long value = event.values[slot];
            if (value == Event.NULL) {
                return Bytes.putNull(to, at);
            }
            int from = starts[(int) value];
            return Bytes.copy(texts, from, starts[(int) value + 1] - from, to, at);
        }

        @Override
        public int mostBytes() {
            return Math.max(longest, 4) + Bytes.SLACK;
        }
    }

    /** A text of the row's own. */
    record Text(int slot, Bytes before) implements Field {
        @Override
        public int write(Event event, byte[] to, int at) {
            long value = event.values[slot];
            if (value == Event.NULL) {
                return Bytes.putNull(to, at);
            }
            to[at] = '"';
            int end = Escapes.write(event.text, Event.textOffset(value), Event.textLength(value), to, at + 1);
            to[end] = '"';
            return end + 1;
        }

        @Override
        public int mostBytes() {
            return 4 + Bytes.SLACK;
        }
    }

    /** The table's name, which is always the same, and the sequence number. */
    record Sequence(Bytes before) implements Field {
        static Sequence of(String table, boolean first) {
            return new Sequence(Bytes.of((first ? "{" : ",") + "\"_spindle_table\":" + JsonText.quoted(table)
                    + ",\"_spindle_seq\":"));
        }

        @Override
        public int write(Event event, byte[] to, int at) {
            return ValueText.writeLong(event.sequence, to, at);
        }

        @Override
        public int mostBytes() {
            return ValueText.MOST_BYTES;
        }
    }

    /**
     * The event time as metadata: always an instant, also where the column is a date.
     *
     * @param written whether an {@link OrderedInstant} before has written the same text
     */
    record EventTime(int slot, boolean written, Bytes before) implements Field {
        EventTime(int slot, boolean written) {
            this(slot, written, Bytes.of(",\"_spindle_event_time\":"));
        }

        @Override
        public int write(Event event, byte[] to, int at) {
            long micros = event.values[slot];
            event.eventTimeMicros = micros;
            return written
                    ? Bytes.copy(to, event.eventTimeStart, event.eventTimeEnd - event.eventTimeStart, to, at)
                    : instant(micros, to, at);
        }

        @Override
        public int mostBytes() {
            return ValueText.MOST_BYTES + Bytes.SLACK;
        }
    }

    /** The two anomaly columns, by what was done to the event; and the end of the object. */
    record Label(Bytes before, Bytes clean, Bytes[] anomalous) implements Field {
        static Label of(List<String> types, boolean labelled) {
            Bytes[] anomalous = new Bytes[types.size()];
            for (int i = 0; i < anomalous.length; i++) {
                anomalous[i] = Bytes.of(labelled
                        ? "true,\"_spindle_anomaly_type\":" + JsonText.quoted(types.get(i)) + "}"
                        : "}");
            }
            return new Label(
                    Bytes.of(labelled ? ",\"_spindle_is_anomaly\":" : ""),
                    Bytes.of(labelled ? "false,\"_spindle_anomaly_type\":null}" : "}"),
                    anomalous);
        }

        @Override
        public int write(Event event, byte[] to, int at) {
            return event.anomaly == 0 ? clean.copyTo(to, at) : anomalous[event.anomaly - 1].copyTo(to, at);
        }

        @Override
        public int mostBytes() {
            int most = clean.length();
            for (Bytes label : anomalous) {
                most = Math.max(most, label.length());
            }
            return most + Bytes.SLACK;
        }
    }
}
