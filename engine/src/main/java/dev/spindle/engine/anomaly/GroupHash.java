package dev.spindle.engine.anomaly;

import dev.spindle.engine.draw.Draw;
import dev.spindle.engine.event.Event;
import dev.spindle.engine.column.Column;
import dev.spindle.engine.column.Dictionary;
import java.nio.charset.StandardCharsets;

/** The group of a row as a number: the hash of the group column's value, the same for the same text. */
sealed interface GroupHash {

    /** The hash of a value that is not null. */
    long of(Event event, long value);

    static GroupHash of(Column column) {
        return switch (column.type()) {
            case DICTIONARY -> new OfEntry(hashes(column.dictionary()));
            case TEXT -> new OfText();
            case INTEGER, DECIMAL, FLOAT, BOOLEAN, DATE, TIMESTAMP -> new OfNumber();
        };
    }

    private static long[] hashes(Dictionary dictionary) {
        long[] hashes = new long[dictionary.size()];
        for (int i = 0; i < hashes.length; i++) {
            byte[] utf8 = dictionary.text(i).getBytes(StandardCharsets.UTF_8);
            hashes[i] = hash(utf8, 0, utf8.length);
        }
        return hashes;
    }

    /** Multiply and fold, byte by byte, then mixed. */
    private static long hash(byte[] from, int offset, int length) {
        long hash = length;
        for (int i = offset; i < offset + length; i++) {
            hash = (hash ^ from[i]) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        return Draw.mix(hash);
    }

    record OfNumber() implements GroupHash {
        @Override
        public long of(Event event, long value) {
            return value;
        }
    }

    record OfEntry(long[] hashes) implements GroupHash {
        @Override
        public long of(Event event, long value) {
            return hashes[(int) value];
        }
    }

    record OfText() implements GroupHash {
        @Override
        public long of(Event event, long value) {
            return hash(event.text, Event.textOffset(value), Event.textLength(value));
        }
    }
}
