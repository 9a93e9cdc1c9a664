package dev.spindle.engine.promises;

import dev.spindle.engine.column.Column;
import dev.spindle.engine.column.ValueText;
import dev.spindle.engine.event.Event;
import dev.spindle.engine.row.RowCompiler;
import dev.spindle.engine.row.RowPlan;
import dev.spindle.engine.schema.RowCounts;
import dev.spindle.engine.schema.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All rows of a table, as plain values: BigDecimal, String, Boolean, or microseconds as Long; null for null. */
final class TableRows {

    private final Schema.Table table;
    private final List<Column> columns;
    private final List<Object[]> rows = new ArrayList<>();
    private final Map<String, Integer> indexes = new HashMap<>();
    private final Map<String, Map<Object, List<Object[]>>> byValue = new HashMap<>();
    private final int timestampColumn;

    TableRows(Schema schema, RowCounts counts, long seed, String name, Map<String, String> timestampColumns) {
        this.table = schema.tables().get(name);
        RowPlan plan = new RowCompiler(schema, counts, seed, timestampColumns).compile(name);
        this.columns = plan.columns();
        this.timestampColumn = plan.timestampColumn();
        for (int i = 0; i < columns.size(); i++) {
            indexes.put(columns.get(i).name(), i);
        }
        Event event = new Event(plan.slots());
        for (long row = 0; row < plan.rows(); row++) {
            plan.fill(row, event);
            Object[] values = new Object[columns.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = value(columns.get(i), event.values[i], event);
            }
            rows.add(values);
        }
    }

    private static Object value(Column column, long value, Event event) {
        String text = ValueText.text(column, value, event);
        if (text == null) {
            return null;
        }
        return switch (column.type()) {
            case INTEGER, DECIMAL, FLOAT -> new BigDecimal(text);
            case BOOLEAN -> Boolean.valueOf(text);
            case DATE -> LocalDate.parse(text).toEpochDay() * 86_400_000_000L;
            case TIMESTAMP -> {
                Instant instant = Instant.parse(text);
                yield instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
            }
            case DICTIONARY, TEXT -> text;
        };
    }

    Schema.Table table() {
        return table;
    }

    List<Object[]> rows() {
        return rows;
    }

    int index(String column) {
        return indexes.get(column);
    }

    Column column(String name) {
        return columns.get(indexes.get(name));
    }

    /** Index of the event-time column, or -1. */
    int timestampColumn() {
        return timestampColumn;
    }

    Object get(Object[] row, String column) {
        return row[indexes.get(column)];
    }

    /** The rows that have {@code value} in {@code column}. */
    List<Object[]> having(String column, Object value) {
        return byValue
                .computeIfAbsent(column, c -> {
                    Map<Object, List<Object[]>> index = new HashMap<>();
                    for (Object[] row : rows) {
                        if (get(row, c) != null) {
                            index.computeIfAbsent(key(get(row, c)), v -> new ArrayList<>()).add(row);
                        }
                    }
                    return index;
                })
                .getOrDefault(key(value), List.of());
    }

    /** Numbers that are equal are one key, whatever their scale. */
    static Object key(Object value) {
        return value instanceof BigDecimal number ? number.stripTrailingZeros() : value;
    }
}
