package dev.spindle.engine.schema;

import java.util.Map;
import java.util.List;
import java.util.OptionalLong;

/**
 * A domain as its schema file states it, checked.
 *
 * @param name the model's name
 * @param description what it is
 * @param domain the domain's short name
 * @param locale such as {@code en_US}
 * @param seed the model's seed, when it has one
 * @param range the model's date range
 * @param tables by name, in the file's order
 * @param relationships as stated
 * @param rules what the rows keep
 * @param generation row counts
 * @param dataSets the reference data that the strategies name
 */
public record Schema(
        String name,
        String description,
        String domain,
        String locale,
        OptionalLong seed,
        DateRange range,
        Map<String, Table> tables,
        List<Relationship> relationships,
        List<Rule> rules,
        Generation generation,
        DataSets dataSets) {

    /**
     * A table.
     *
     * @param columns by name, in the file's order
     */
    public record Table(String name, String description, List<String> primaryKey, Map<String, ColumnDefinition> columns) {

        public ColumnDefinition column(String column) {
            return columns.get(column);
        }

        /** The first date-time column, else the first date column, else null: the default event time. */
        public ColumnDefinition defaultTimestampColumn() {
            ColumnDefinition date = null;
            for (ColumnDefinition column : columns.values()) {
                if (column.hidden()) {
                    continue;
                }
                if (column.type().isDateTime()) {
                    return column;
                }
                if (column.type() == DataType.DATE && date == null) {
                    date = column;
                }
            }
            return date;
        }
    }

    /**
     * A column.
     *
     * @param nullRate fraction of rows that are null, 0 when never
     * @param maxLength characters at most, or 0
     * @param scale fraction digits of a decimal, or -1 when the file does not say
     * @param hidden whether the column is only there for others to read, and no part of the event
     */
    public record ColumnDefinition(
            String name, DataType type, Strategy strategy, double nullRate, int maxLength, int scale, boolean hidden) {}

    /** Column types as the file names them. */
    public enum DataType {
        INTEGER,
        BIGINT,
        STRING,
        DECIMAL,
        FLOAT,
        BOOLEAN,
        DATE,
        DATETIME,
        TIMESTAMP,
        UUID;

        public boolean isDateTime() {
            return this == DATETIME || this == TIMESTAMP;
        }

        public boolean isTemporal() {
            return isDateTime() || this == DATE;
        }

        public boolean isNumeric() {
            return this == INTEGER || this == BIGINT || this == DECIMAL || this == FLOAT;
        }

        public boolean isWhole() {
            return this == INTEGER || this == BIGINT;
        }
    }

    /** A column of a table. */
    public record ColumnRef(String table, String column) {
        @Override
        public String toString() {
            return table + "." + column;
        }
    }

    public record Relationship(
            String name,
            String parent,
            String child,
            List<String> parentColumns,
            List<String> childColumns,
            String type) {}

    /**
     * Days from the first to the last, both included.
     *
     * @param startDay first day, in days since the epoch
     * @param endDay the day after the last, in days since the epoch
     */
    public record DateRange(long startDay, long endDay) {
        public long days() {
            return endDay - startDay;
        }
    }

    /**
     * Row counts.
     *
     * @param defaultScale the preset used when none is named
     * @param scales preset → table → rows
     * @param derived table → how its count follows
     */
    public record Generation(
            String defaultScale, Map<String, Map<String, Long>> scales, Map<String, DerivedCount> derived) {}

    /** How a table's row count follows from something else. */
    public sealed interface DerivedCount {
        /**
         * {@code ratio} rows for each row of {@code table}, on average.
         *
         * @param geometric whether the number of each parent is geometric: of 1, 2 … when there are as many rows as
         *     parents at least, else of 0, 1 …; it is as for independent choices of a parent otherwise
         */
        record PerParent(String table, double ratio, boolean geometric) implements DerivedCount {}

        record Fixed(long rows) implements DerivedCount {}

        /** Rows for each year of the model's date range. */
        record PerYear(double rows) implements DerivedCount {}
    }
}
