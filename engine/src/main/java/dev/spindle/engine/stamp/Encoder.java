package dev.spindle.engine.stamp;

import dev.spindle.engine.column.Column;
import dev.spindle.engine.event.Event;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the events of one table as JSON objects in UTF-8: the columns in schema order, then the metadata. Everything that
 * is the same in each event, names and punctuation, is written in pieces that were put together at start.
 */
public final class Encoder {

    private final Line line;
    private final Key key;
    private final boolean timed;
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
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Field field = Field.of(columns.get(i), i);
            fields.add(
                    i == timestampColumn && field instanceof Field.Instant instant
                            ? new Field.OrderedInstant(i, instant.before())
                            : field);
        }
        fields.add(Field.Sequence.of(table, columns.isEmpty()));
        if (timestampColumn >= 0) {
            fields.add(new Field.EventTime(timestampColumn, fields.get(timestampColumn) instanceof Field.OrderedInstant));
        }
        fields.add(Field.Label.of(anomalyTypes, labelled));
        this.line = Line.of(fields);
        this.timed = timestampColumn >= 0;
        this.key = keyColumn < 0 ? null : new Key(columns.get(keyColumn), keyColumn);
        this.fixedBytes =
                fields.stream().mapToInt(f -> f.before().length() + Bytes.SLACK + f.mostBytes()).sum() + (key == null ? 0 : key.mostBytes()) + Bytes.SLACK;
    }

    /** Writes the event's bytes, its key and its event time. */
    public void encode(Event event) {
        int bound = fixedBytes + 2 * Escapes.MOST_BYTES * event.textLength;
        if (event.encoded.length - event.encodedStart < bound) {
            event.encoded = new byte[Math.max(bound, (event.encoded.length - event.encodedStart) * 2)];
            event.encodedStart = 0;
        }
        event.encodedRoom = bound;
        if (!timed) {
            event.eventTimeMicros = Event.NULL;
        }
        int end = line.write(event, event.encoded, event.encodedStart);
        event.encodedLength = end - event.encodedStart;
        event.keyLength = key == null ? -1 : key.write(event, event.encoded, end);
    }
}
