package dev.spindle.engine.promises;

import dev.spindle.engine.schema.Schema;
import dev.spindle.engine.schema.Schema.ColumnDefinition;
import dev.spindle.engine.schema.Strategy;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Set;

/** What holds for every table: its key, its order in time, parents that exist by then, values of the right type. */
final class TablePromises {

    private static final long DAY_MICROS = 86_400_000_000L;

    private final Streamed streamed;
    private final Broken broken;

    TablePromises(Streamed streamed, Broken broken) {
        this.streamed = streamed;
        this.broken = broken;
    }

    void check(TableRows table) {
        primaryKey(table);
        neverGoesBack(table);
        parentsExist(table);
        table.table().columns().values().forEach(column -> type(table, column));
    }

    private void primaryKey(TableRows table) {
        if (table.table().primaryKey().isEmpty()) {
            return;
        }
        boolean unique = table.table().primaryKey().stream().anyMatch(c -> isUnique(table.table().column(c).strategy()));
        Set<Object> seen = new HashSet<>();
        for (Object[] row : table.rows()) {
            Object key = table.table().primaryKey().stream().map(c -> TableRows.key(table.get(row, c))).toList();
            if (unique && !seen.add(key)) {
                broken.add(table.table().name() + " primary key", key + " twice");
            }
        }
    }

    private static boolean isUnique(Strategy strategy) {
        return strategy instanceof Strategy.Sequence
                || strategy instanceof Strategy.Uuid
                || (strategy instanceof Strategy.RecordSample sample && sample.unique());
    }

    private void neverGoesBack(TableRows table) {
        if (table.timestampColumn() < 0) {
            return;
        }
        long last = Long.MIN_VALUE;
        for (int i = 0; i < table.rows().size(); i++) {
            Object time = table.rows().get(i)[table.timestampColumn()];
            if (time != null) {
                if ((Long) time < last) {
                    broken.add(table.table().name() + " event time", "goes back in row " + i + " by " + (last - (Long) time) + " µs");
                }
                last = (Long) time;
            }
        }
    }

    /** A child whose times begin no earlier than its parent's has only parents that exist by then. */
    private void parentsExist(TableRows table) {
        for (ColumnDefinition column : table.table().columns().values()) {
            if (column.strategy() instanceof Strategy.ForeignKey key && beginsAfter(table, column, key)) {
                for (Object[] row : table.rows()) {
                    parentExists(table, column, key, row);
                }
            }
        }
    }

    private boolean beginsAfter(TableRows table, ColumnDefinition column, Strategy.ForeignKey key) {
        TableRows parent = streamed.table(key.ref().table());
        if (table.timestampColumn() < 0 || parent == table || parent.timestampColumn() < 0 || showsAnother(table, column)) {
            return false;
        }
        Object own = table.rows().getFirst()[table.timestampColumn()];
        Object theirs = parent.rows().getFirst()[parent.timestampColumn()];
        return own != null && theirs != null && (Long) own >= (Long) theirs;
    }

    private void parentExists(TableRows table, ColumnDefinition column, Strategy.ForeignKey key, Object[] row) {
        TableRows parent = streamed.table(key.ref().table());
        Object value = table.get(row, column.name());
        Object time = row[table.timestampColumn()];
        if (value == null || time == null) {
            return;
        }
        boolean exists = parent.having(key.ref().column(), value).stream()
                .anyMatch(p -> p[parent.timestampColumn()] == null || (Long) p[parent.timestampColumn()] <= (Long) time);
        if (!exists) {
            broken.add(table.table().name() + "." + column.name() + " parent exists", value + " is later than its child");
        }
    }

    /** Whether the table's time is made of some time of this parent: it says itself how much later it is. */
    private static boolean showsAnother(TableRows table, ColumnDefinition key) {
        Schema.Table definition = table.table();
        String time = definition.columns().keySet().stream().toList().get(table.timestampColumn());
        return switch (definition.column(time).strategy()) {
            case Strategy.Lookup l -> l.via().equals(key.name());
            case Strategy.Derived d -> key.name().equals(d.via());
            default -> false;
        };
    }

    private void type(TableRows table, ColumnDefinition column) {
        for (Object[] row : table.rows()) {
            Object value = table.get(row, column.name());
            if (value != null && !fits(value, column)) {
                broken.add(table.table().name() + "." + column.name() + " type", value + " is no " + column.type());
            }
        }
    }

    private static boolean fits(Object value, ColumnDefinition column) {
        return switch (column.type()) {
            case INTEGER, BIGINT -> value instanceof BigDecimal n && n.scale() <= 0;
            case DECIMAL -> value instanceof BigDecimal n && (column.scale() < 0 || n.scale() == column.scale());
            case FLOAT -> value instanceof BigDecimal;
            case BOOLEAN -> value instanceof Boolean;
            case DATE -> value instanceof Long t && Math.floorMod(t, DAY_MICROS) == 0;
            case DATETIME, TIMESTAMP -> value instanceof Long;
            case STRING, UUID ->
                value instanceof String s && (column.maxLength() == 0 || s.codePointCount(0, s.length()) <= column.maxLength());
        };
    }
}
