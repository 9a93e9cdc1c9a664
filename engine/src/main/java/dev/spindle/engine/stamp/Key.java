package dev.spindle.engine.stamp;

import dev.spindle.engine.column.Column;
import dev.spindle.engine.column.Dictionary;
import dev.spindle.engine.column.ValueText;
import dev.spindle.engine.event.Event;

/** Writes the key column's text beside the event: as plain UTF-8, without quotes or escapes. */
final class Key {

    private final Column column;
    private final int slot;
    private final int mostBytes;

    Key(Column column, int slot) {
        this.column = column;
        this.slot = slot;
        int most = ValueText.MOST_BYTES;
        Dictionary texts = column.dictionary();
        for (int i = 0; texts != null && i < texts.size(); i++) {
            most = Math.max(most, texts.rawStart(i + 1) - texts.rawStart(i));
        }
        this.mostBytes = most;
    }

    /** Bytes that a key takes at most, unless it is a text of the row's own. */
    int mostBytes() {
        return mostBytes;
    }

    /** Writes the key at {@code at}; returns its length, -1 when it is null. */
    int write(Event event, byte[] to, int at) {
        long value = event.values[slot];
        if (value == Event.NULL) {
            return -1;
        }
        return switch (column.type()) {
            case DICTIONARY -> {
                int start = column.dictionary().rawStart((int) value);
                int length = column.dictionary().rawStart((int) value + 1) - start;
                System.arraycopy(column.dictionary().raw(), start, to, at, length);
                yield length;
            }
            case TEXT -> {
                System.arraycopy(event.text, Event.textOffset(value), to, at, Event.textLength(value));
                yield Event.textLength(value);
            }
            default -> ValueText.write(column.type(), column.scale(), value, to, at) - at;
        };
    }
}
