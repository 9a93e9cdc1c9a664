package dev.spindle.engine.column;

/** How the {@code long} of a column in {@link dev.spindle.engine.event.Event#values} is to be read. */
public enum ColumnType {
    /** The number itself. */
    INTEGER,
    /** The number times 10^scale; written with exactly that many fraction digits. */
    DECIMAL,
    /** The number times 10^scale; written without trailing zeros, with at least one fraction digit. */
    FLOAT,
    /** 0 or 1. */
    BOOLEAN,
    /** Microseconds since the epoch at midnight UTC; written as {@code 2025-12-31}. */
    DATE,
    /** Microseconds since the epoch; written as {@code 2025-12-31T23:59:59.123456Z}, the fraction only if any. */
    TIMESTAMP,
    /** Index into the column's {@link Dictionary}. */
    DICTIONARY,
    /** Offset and length in the row's own text, as {@link dev.spindle.engine.event.Event#textValue} packs them. */
    TEXT
}
