package dev.spindle.engine.promises;

import dev.spindle.engine.schema.KeyPath;
import dev.spindle.engine.schema.NumberRange;
import dev.spindle.engine.schema.RowCounts;
import dev.spindle.engine.schema.Schema;
import dev.spindle.engine.schema.Schema.ColumnDefinition;
import dev.spindle.engine.schema.Strategy;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A schema and all rows of all of its tables; parents are found by the values of keys. */
record Streamed(Schema schema, Map<String, TableRows> tables) {

    static Streamed of(Schema schema, String scale, long seed) {
        RowCounts counts = RowCounts.at(schema, scale);
        Schema shown = ShownColumns.of(schema);
        Map<String, String> times = ShownColumns.timestampColumns(schema, counts, Map.of());
        Map<String, TableRows> tables = new LinkedHashMap<>();
        for (String table : schema.tables().keySet()) {
            tables.put(table, new TableRows(shown, counts, seed, table, times));
        }
        return new Streamed(shown, tables);
    }

    TableRows table(String name) {
        return tables.get(name);
    }

    /** Rows of the parent that the key column may mean: those with its value in the column that it refers to. */
    List<Object[]> parentsOf(TableRows table, Object[] row, String via, String parent) {
        String rest = KeyPath.tail(via);
        if (rest != null) {
            String next = KeyPath.target(schema, table.table(), KeyPath.head(via)).orElseThrow();
            return parentsOf(table, row, KeyPath.head(via), next).stream()
                    .flatMap(p -> parentsOf(tables.get(next), p, rest, parent).stream())
                    .toList();
        }
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

    /** The strategy that the row takes; null for none. */
    Strategy chosen(TableRows table, Object[] row, Strategy.Switch s) {
        List<Object> values = s.table() == null
                ? Arrays.asList(table.get(row, s.column()))
                : parentsOf(table, row, s.via(), s.table()).stream()
                        .map(p -> table(s.table()).get(p, s.column()))
                        .toList();
        Object value = values.isEmpty() ? null : values.getFirst();
        for (Strategy.Case c : s.cases()) {
            if (value != null && c.values().stream().anyMatch(v -> names(v, value))) {
                return c.strategy();
            }
        }
        return s.otherwise();
    }

    private static boolean names(String text, Object value) {
        if (!(value instanceof BigDecimal number)) {
            return same(value, text);
        }
        NumberRange range = NumberRange.parse(text).orElseThrow();
        return (range.least() == null || number.compareTo(range.least()) >= 0)
                && (range.most() == null || number.compareTo(range.most()) <= 0);
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
