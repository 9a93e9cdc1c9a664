package dev.spindle.engine.anomaly;

import dev.spindle.engine.event.Event;
import dev.spindle.engine.column.Column;
import dev.spindle.engine.column.ColumnType;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The values that a contextual anomaly puts into a column, each different from the others. */
sealed interface Replacement {

    int size();

    /** Whether value {@code i} is not what the row has. */
    boolean differs(Event event, int i);

    /** Puts value {@code i} into the row. */
    void put(Event event, int i);

    /** The values as those of {@code column}, the table's column {@code index}, whose dictionary has all of them. */
    static Replacement of(int index, Column column, List<?> values) {
        List<ValueFit> fits =
                values.stream().map(value -> ValueFit.of(column, value)).distinct().toList();
        if (column.type() == ColumnType.TEXT) {
            return new Texts(
                    index,
                    fits.stream()
                            .map(fit -> ((ValueFit.Text) fit).text().getBytes(StandardCharsets.UTF_8))
                            .toArray(byte[][]::new));
        }
        if (column.type() == ColumnType.DICTIONARY) {
            return new Entries(
                    index,
                    column,
                    fits.stream()
                            .mapToInt(fit -> column.dictionary().indexOf(((ValueFit.Text) fit).text()))
                            .toArray());
        }
        return new Numbers(
                index,
                fits.stream().mapToLong(fit -> ((ValueFit.Fixed) fit).value()).toArray());
    }

    /** For number, boolean, date and timestamp columns. */
    record Numbers(int column, long[] values) implements Replacement {
        @Override
        public int size() {
            return values.length;
        }

        @Override
        public boolean differs(Event event, int i) {
            return event.values[column] != values[i];
        }

        @Override
        public void put(Event event, int i) {
            event.values[column] = values[i];
        }
    }

    /** For dictionary columns; a text that stands at several indexes does not differ from itself. */
    record Entries(int column, int[] indexes, int[] firstIndexes) implements Replacement {

        Entries(int column, Column described, int[] indexes) {
            this(column, indexes, new int[described.dictionary().size()]);
            for (int i = 0; i < firstIndexes.length; i++) {
                firstIndexes[i] = described.dictionary().indexOf(described.dictionary().text(i));
            }
        }

        @Override
        public int size() {
            return indexes.length;
        }

        @Override
        public boolean differs(Event event, int i) {
            long value = event.values[column];
            return value == Event.NULL || firstIndexes[(int) value] != indexes[i];
        }

        @Override
        public void put(Event event, int i) {
            event.values[column] = indexes[i];
        }
    }

    /** For text columns. */
    record Texts(int column, byte[][] texts) implements Replacement {
        @Override
        public int size() {
            return texts.length;
        }

        @Override
        public boolean differs(Event event, int i) {
            return !RowCondition.isText(event, column, texts[i]);
        }

        @Override
        public void put(Event event, int i) {
            event.values[column] = event.appendText(texts[i], 0, texts[i].length);
        }
    }
}
