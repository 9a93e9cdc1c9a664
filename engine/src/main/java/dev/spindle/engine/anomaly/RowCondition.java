package dev.spindle.engine.anomaly;

import dev.spindle.engine.event.Event;
import dev.spindle.engine.column.Column;
import dev.spindle.engine.column.ColumnType;
import dev.spindle.engine.column.Dictionary;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Whether a column of a row has one of some values; never with a null. */
sealed interface RowCondition {

    boolean holds(Event event);

    /** The condition that {@code column}, the table's column {@code index}, has one of {@code values}. */
    static RowCondition of(int index, Column column, List<?> values) {
        List<ValueFit> fits = values.stream().map(value -> ValueFit.of(column, value)).toList();
        if (column.type() == ColumnType.DICTIONARY) {
            return inDictionary(index, column.dictionary(), texts(fits));
        }
        if (column.type() == ColumnType.TEXT) {
            return new IsText(
                    index,
                    texts(fits).stream()
                            .map(text -> text.getBytes(StandardCharsets.UTF_8))
                            .toArray(byte[][]::new));
        }
        return new IsNumber(
                index,
                fits.stream().mapToLong(fit -> ((ValueFit.Fixed) fit).value()).toArray());
    }

    private static List<String> texts(List<ValueFit> fits) {
        return fits.stream().map(fit -> ((ValueFit.Text) fit).text()).toList();
    }

    private static RowCondition inDictionary(int index, Dictionary dictionary, List<String> texts) {
        boolean[] holds = new boolean[dictionary.size()];
        for (int i = 0; i < holds.length; i++) {
            holds[i] = texts.contains(dictionary.text(i)); // a text may stand at several indexes
        }
        return new IsEntry(index, holds);
    }

    /** Of a number, boolean, date or timestamp column. */
    record IsNumber(int column, long[] values) implements RowCondition {
        @Override
        public boolean holds(Event event) {
            long value = event.values[column];
            for (long wanted : values) {
                if (value == wanted) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Of a dictionary column: by index. */
    record IsEntry(int column, boolean[] holdsAt) implements RowCondition {
        @Override
        public boolean holds(Event event) {
            long value = event.values[column];
            return value >= 0 && value < holdsAt.length && holdsAt[(int) value];
        }
    }

    /** Of a text column. */
    record IsText(int column, byte[][] texts) implements RowCondition {
        @Override
        public boolean holds(Event event) {
            for (byte[] text : texts) {
                if (isText(event, column, text)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Whether a text column has exactly these UTF-8 bytes. */
    static boolean isText(Event event, int column, byte[] utf8) {
        long value = event.values[column];
        if (value == Event.NULL || Event.textLength(value) != utf8.length) {
            return false;
        }
        int offset = Event.textOffset(value);
        return Arrays.equals(event.text, offset, offset + utf8.length, utf8, 0, utf8.length);
    }
}
