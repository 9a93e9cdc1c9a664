package dev.spindle.engine.truth;

import dev.spindle.engine.event.Event;
import dev.spindle.engine.json.JsonText;
import dev.spindle.engine.column.Column;
import dev.spindle.engine.column.ValueText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** One inject stage's lines of a labels file. */
final class LabelLines implements Truth {

    private static final int ENOUGH_BYTES = 1 << 16;

    /** Lines are shown to who reads along after this long at most, as long as events come. */
    private static final long PATIENCE_NANOS = 200_000_000;

    private final LabelsWriter writer;
    private final StringBuilder line = new StringBuilder(256);
    private byte[] lines = new byte[ENOUGH_BYTES + 1024];
    private int length;
    private long writtenNanos;

    LabelLines(LabelsWriter writer) {
        this.writer = writer;
        this.writtenNanos = writer.clock().nanoTime() - PATIENCE_NANOS;
    }

    @Override
    public void rowAnomaly(Event event, int column, long original) {
        begin(event, writer.type(event.anomaly));
        Column described = writer.table(event.table).columns().get(column);
        line.append(",\"changes\":{")
                .append(JsonText.quoted(described.name()))
                .append(":{\"original\":")
                .append(value(described, original, event))
                .append(",\"new\":")
                .append(value(described, event.values[column], event))
                .append("}}");
        end();
    }

    @Override
    public void groupAnomaly(
            Event event, int column, long original, long occurrence, long startMicros, long endMicros) {
        rowAnomaly(event, column, original);
    }

    @Override
    public void misplaced(Event event, Misplacement kind) {
        switch (kind) {
            case REORDERED -> {
                begin(event, "reordered");
                line.append(",\"slip\":").append(event.slip).append(",\"extent\":").append(event.extent);
            }
            case DUPLICATE -> {
                begin(event, "duplicate");
                line.append(",\"slip\":").append(event.slip);
            }
            case LATE -> {
                begin(event, "late");
                line.append(",\"extent\":").append(event.extent);
            }
        }
        end();
    }

    private void begin(Event event, String type) {
        line.setLength(0);
        line.append("{\"seq\":")
                .append(event.sequence)
                .append(writer.tableMember(event.table))
                .append(",\"type\":")
                .append(JsonText.quoted(type))
                .append(",\"event_time\":");
        long micros = writer.table(event.table).eventTimeMicros(event);
        if (micros == Event.NULL) {
            line.append("null");
        } else {
            line.append('"').append(Moments.iso(micros)).append('"');
        }
    }

    /** As the event's own JSON has it. */
    private static String value(Column column, long value, Event event) {
        String text = ValueText.text(column, value, event);
        if (text == null) {
            return "null";
        }
        return switch (column.type()) {
            case DATE, TIMESTAMP, DICTIONARY, TEXT -> JsonText.quoted(text);
            case INTEGER, DECIMAL, FLOAT, BOOLEAN -> text;
        };
    }

    private void end() {
        byte[] utf8 = line.append("}\n").toString().getBytes(StandardCharsets.UTF_8);
        if (lines.length - length < utf8.length) {
            write();
        }
        if (lines.length < utf8.length) {
            lines = new byte[utf8.length];
        }
        System.arraycopy(utf8, 0, lines, length, utf8.length);
        length += utf8.length;
        if (length >= ENOUGH_BYTES) {
            write();
        }
    }

    @Override
    public void endOfBatch() {
        if (length > 0 && writer.clock().nanoTime() - writtenNanos >= PATIENCE_NANOS) {
            write();
        }
    }

    @Override
    public void endOfStream() {
        write();
    }

    private void write() {
        if (length > 0) {
            ByteBuffer all = ByteBuffer.wrap(lines, 0, length);
            length = 0;
            writer.write(all);
            writtenNanos = writer.clock().nanoTime();
        }
    }
}
