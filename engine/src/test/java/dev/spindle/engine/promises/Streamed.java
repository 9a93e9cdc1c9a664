package dev.spindle.engine.promises;

import dev.spindle.engine.schema.RowCounts;
import dev.spindle.engine.schema.Schema;
import dev.spindle.engine.schema.Schema.ColumnDefinition;
import dev.spindle.engine.schema.Strategy;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A schema and all rows of all of its tables; parents are found by the values of keys. */
record Streamed(Schema schema, Map<String, TableRows> tables) {

    static Streamed of(Schema schema, String scale, long seed) {
        RowCounts counts = RowCounts.at(schema, scale);
        Map<String, TableRows> tables = new LinkedHashMap<>();
        for (String table : schema.tables().keySet()) {
            tables.put(table, new TableRows(schema, counts, seed, table, Map.of()));
        }
        return new Streamed(schema, tables);
    }

    TableRows table(String name) {
        return tables.get(name);
    }

    /** Rows of the parent that the key column may mean: those with its value in the column that it refers to. */
    List<Object[]> parentsOf(TableRows table, Object[] row, String via, String parent) {
        Object key = table.get(row, via);
        return key == null ? List.of() : tables.get(parent).having(referred(table, via, parent), key);
    }

    private String referred(TableRows table, String via, String parent) {
        return switch (table.table().column(via).strategy()) {
            case Strategy.ForeignKey k -> k.ref().column();
            case Strategy.SelfReferencing s -> s.keyColumn();
            default -> tables.get(parent).table().primaryKey().getFirst();
        };
    }

    static boolean condition(TableRows table, Object[] row, Strategy.Condition condition) {
        Object value = table.get(row, condition.column());
        return switch (condition.test()) {
            case IS_NULL -> value == null;
            case IS_NOT_NULL -> value != null;
            case EQUALS -> value != null && same(value, condition.value());
            case DIFFERS -> value != null && !same(value, condition.value());
        };
    }

    /** Whether a value is the one that a text means. */
    static boolean same(Object value, String text) {
        if (value instanceof BigDecimal number) {
            try {
                return number.compareTo(new BigDecimal(text)) == 0;
            } catch (NumberFormatException e) {
                return false;
            }
        }
        return value instanceof Boolean b ? text.equalsIgnoreCase(b.toString()) : value.toString().equals(text);
    }

    /** A text as a column with a greatest length shows it. */
    static String cut(String text, ColumnDefinition column) {
        return column.maxLength() == 0 || text.codePointCount(0, text.length()) <= column.maxLength()
                ? text
                : text.substring(0, text.offsetByCodePoints(0, column.maxLength()));
    }
}
