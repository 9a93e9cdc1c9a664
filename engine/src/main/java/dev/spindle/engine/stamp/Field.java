package dev.spindle.engine.stamp;

import dev.spindle.engine.column.Column;
import dev.spindle.engine.column.ColumnType;
import dev.spindle.engine.column.Dictionary;
import dev.spindle.engine.column.ValueText;
import dev.spindle.engine.event.Event;
import dev.spindle.engine.json.JsonText;
import java.util.List;

/**
 * Writes one member of an event's JSON object: a column by its type, or metadata. Records, because the JIT compiler takes
 * their components for constants.
 */
sealed interface Field {

    /** Writes the member and returns where it ends. */
    int write(Event event, byte[] to, int at);

    /** No more bytes than these are written, texts of the row's own apart. */
    int mostBytes();

    /** The field of column {@code slot}. */
    static Field of(Column column, int slot) {
        String name = (slot == 0 ? "{" : ",") + JsonText.quoted(column.name()) + ":";
        Bytes absent = Bytes.of(name + "null");
        return switch (column.type()) {
            case INTEGER -> new Whole(slot, Bytes.of(name), absent);
            case DICTIONARY -> Choice.of(slot, Bytes.of(name), absent, column.dictionary());
            case TIMESTAMP -> new Instant(slot, Bytes.of(name + "\""), absent);
            case DATE -> new Quoted(slot, Bytes.of(name + "\""), absent, column.type(), column.scale());
            case TEXT -> new Text(slot, Bytes.of(name + "\""), absent);
            case DECIMAL, FLOAT, BOOLEAN -> new Plain(slot, Bytes.of(name), absent, column.type(), column.scale());
        };
    }

    /** A whole number. */
    record Whole(int slot, Bytes before, Bytes absent) implements Field {
        @Override
        public int write(Event event, byte[] to, int at) {
            long value = event.values[slot];
            return value == Event.NULL ? absent.copyTo(to, at) : ValueText.writeLong(value, to, before.copyTo(to, at));
        }

        @Override
        public int mostBytes() {
            return before.length() + ValueText.MOST_BYTES + Bytes.SLACK;
        }
    }

    /** Any other value that needs no quotes. */
    record Plain(int slot, Bytes before, Bytes absent, ColumnType type, int scale) implements Field {
        @Override
        public int write(Event event, byte[] to, int at) {
            long value = event.values[slot];
            return value == Event.NULL
                    ? absent.copyTo(to, at)
                    : ValueText.write(type, scale, value, to, before.copyTo(to, at));
        }

        @Override
        public int mostBytes() {
            return before.length() + ValueText.MOST_BYTES + Bytes.SLACK;
        }
    }

    /** A value that needs quotes and no escapes. */
    record Quoted(int slot, Bytes before, Bytes absent, ColumnType type, int scale) implements Field {
        @Override
        public int write(Event event, byte[] to, int at) {
            long value = event.values[slot];
            if (value == Event.NULL) {
                return absent.copyTo(to, at);
            }
            int end = ValueText.write(type, scale, value, to, before.copyTo(to, at));
            to[end] = '"';
            return end + 1;
        }

        @Override
        public int mostBytes() {
            return before.length() + ValueText.MOST_BYTES + Bytes.SLACK;
        }
    }

    record Instant(int slot, Bytes before, Bytes absent) implements Field {
        @Override
        public int write(Event event, byte[] to, int at) {
            long value = event.values[slot];
            if (value == Event.NULL) {
                return absent.copyTo(to, at);
            }
            int end = ValueText.writeTimestamp(value, to, before.copyTo(to, at));
            to[end] = '"';
            return end + 1;
        }

        @Override
        public int mostBytes() {
            return before.length() + ValueText.MOST_BYTES + Bytes.SLACK;
        }
    }

    /** An entry of a dictionary. */
    record Choice(int slot, Bytes before, Bytes absent, byte[] texts, int[] starts, int longest) implements Field {
        private static Choice of(int slot, Bytes before, Bytes absent, Dictionary dictionary) {
            int[] starts = new int[dictionary.size() + 1];
            int longest = 0;
            for (int i = 0; i < starts.length; i++) {
                starts[i] = dictionary.jsonStart(i);
                longest = i == 0 ? 0 : Math.max(longest, starts[i] - starts[i - 1]);
            }
            return new Choice(slot, before, absent, dictionary.json(), starts, longest);
        }

        @Override
        public int write(Event event, byte[] to, int at) {
            long value = event.values[slot];
            if (value == Event.NULL) {
                return absent.copyTo(to, at);
            }
            int from = starts[(int) value];
            return Bytes.copy(texts, from, starts[(int) value + 1] - from, to, before.copyTo(to, at));
        }

        @Override
        public int mostBytes() {
            return before.length() + Math.max(longest, 4) + Bytes.SLACK;
        }
    }

    /** A text of the row's own. */
    record Text(int slot, Bytes before, Bytes absent) implements Field {
        @Override
        public int write(Event event, byte[] to, int at) {
            long value = event.values[slot];
            if (value == Event.NULL) {
                return absent.copyTo(to, at);
            }
            int end = Escapes.write(
                    event.text, Event.textOffset(value), Event.textLength(value), to, before.copyTo(to, at));
            to[end] = '"';
            return end + 1;
        }

        @Override
        public int mostBytes() {
            return before.length() + 4 + Bytes.SLACK;
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
            return ValueText.writeLong(event.sequence, to, before.copyTo(to, at));
        }

        @Override
        public int mostBytes() {
            return before.length() + ValueText.MOST_BYTES + Bytes.SLACK;
        }
    }

    /** The event time as metadata: always an instant, also where the column is a date. */
    record EventTime(int slot, Bytes before, Bytes absent) implements Field {
        static EventTime of(int slot) {
            return new EventTime(slot, Bytes.of(",\"_spindle_event_time\":\""), Bytes.of(",\"_spindle_event_time\":null"));
        }

        @Override
        public int write(Event event, byte[] to, int at) {
            long micros = event.values[slot];
            event.eventTimeMicros = micros;
            if (micros == Event.NULL) {
                return absent.copyTo(to, at);
            }
            int end = ValueText.writeTimestamp(micros, to, before.copyTo(to, at));
            to[end] = '"';
            return end + 1;
        }

        @Override
        public int mostBytes() {
            return before.length() + ValueText.MOST_BYTES + Bytes.SLACK;
        }
    }

    /** The two anomaly columns, by what was done to the event; and the end of the object. */
    record Label(Bytes clean, Bytes[] anomalous) implements Field {
        static Label of(List<String> types, boolean labelled) {
            Bytes[] anomalous = new Bytes[types.size()];
            for (int i = 0; i < anomalous.length; i++) {
                anomalous[i] = Bytes.of(labelled
                        ? ",\"_spindle_is_anomaly\":true,\"_spindle_anomaly_type\":" + JsonText.quoted(types.get(i)) + "}"
                        : "}");
            }
            return new Label(
                    Bytes.of(labelled ? ",\"_spindle_is_anomaly\":false,\"_spindle_anomaly_type\":null}" : "}"), anomalous);
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
