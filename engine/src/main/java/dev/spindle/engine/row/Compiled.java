package dev.spindle.engine.row;

import dev.spindle.engine.column.ColumnType;
import dev.spindle.engine.column.Dictionary;

/**
 * A compiled column: how to compute it, and how to read what comes out.
 *
 * @param dictionary the texts of {@link ColumnType#DICTIONARY}, else null
 */
record Compiled(Step step, ColumnType type, int scale, Dictionary dictionary) {

    static Compiled whole(Step step) {
        return new Compiled(step, ColumnType.INTEGER, 0, null);
    }

    static Compiled text(Step step) {
        return new Compiled(step, ColumnType.TEXT, 0, null);
    }

    static Compiled indexes(Step step, Dictionary dictionary) {
        return new Compiled(step, ColumnType.DICTIONARY, 0, dictionary);
    }

    Compiled with(Step other) {
        return new Compiled(other, type, scale, dictionary);
    }

    /** Whether the value is a number, of this or another scale. */
    boolean isNumber() {
        return type == ColumnType.INTEGER || type == ColumnType.DECIMAL || type == ColumnType.FLOAT;
    }
}
