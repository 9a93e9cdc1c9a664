package dev.spindle.engine.row;

import dev.spindle.engine.column.Column;
import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.schema.KeyPath;
import dev.spindle.engine.schema.Schema.ColumnDefinition;
import dev.spindle.engine.schema.Schema.Table;
import dev.spindle.engine.schema.Strategy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A cursor in the making: one table, with the columns that somebody has asked for so far. Asking for a column compiles it
 * and, before it, all that it reads.
 */
final class Scope {

    private final RowCompiler compiler;
    private final Table table;
    /** The scope whose rows' children this one's rows are, through {@code ownerKey}; or null. */
    private final Scope owner;

    private final String ownerKey;
    private final RowCursor cursor;
    /** The table's columns by slot: those of the event first, hidden ones behind. */
    private final List<String> order;

    private final Map<String, Compiled> compiled = new HashMap<>();
    private final Map<String, Integer> parentRows = new HashMap<>();
    private final Map<String, Integer> records = new HashMap<>();
    private final Map<String, Scope> parents = new HashMap<>();
    private final Set<String> underway = new LinkedHashSet<>();
    private int slots;
    private int timeSlot = -1;
    private Scope sibling;

    Scope(RowCompiler compiler, Table table, Scope owner, String ownerKey) {
        this.compiler = compiler;
        this.table = table;
        this.owner = owner;
        this.ownerKey = ownerKey;
        this.order = Stream.concat(
                        table.columns().values().stream().filter(c -> !c.hidden()),
                        table.columns().values().stream().filter(ColumnDefinition::hidden))
                .map(ColumnDefinition::name)
                .toList();
        this.slots = order.size();
        this.cursor = new RowCursor(slots + 8);
    }

    RowCursor cursor() {
        return cursor;
    }

    Table table() {
        return table;
    }

    RowCompiler compiler() {
        return compiler;
    }

    int slots() {
        return slots;
    }

    /** The slot of a column, which is computed from now on. */
    int slot(String name) {
        if (!compiled.containsKey(name)) {
            compile(name);
        }
        return order.indexOf(name);
    }

    /** How to read a column; it is computed from now on. */
    Compiled read(String name) {
        slot(name);
        return compiled.get(name);
    }

    Column column(String name) {
        Compiled column = read(name);
        boolean key = table.primaryKey().contains(name)
                || table.column(name).strategy() instanceof Strategy.ForeignKey
                || table.column(name).strategy() instanceof Strategy.SelfReferencing;
        return new Column(name, column.type(), column.scale(), column.dictionary(), key);
    }

    private void compile(String name) {
        if (!underway.add(name)) {
            List<String> circle = new ArrayList<>(underway);
            circle.add(name);
            throw new ConfigurationException(new Problem(
                    "tables." + table.name() + ".columns." + name,
                    null,
                    "is a circular dependency: " + String.join(" → ", circle.subList(circle.indexOf(name), circle.size()))));
        }
        ColumnDefinition definition = table.column(name);
        compiler.enter(table, name);
        Compiled column = new ColumnCompiler(this, definition).compile();
        compiler.leave(table, name);
        compiled.put(name, column);
        cursor.add(order.indexOf(name), column.step());
        underway.remove(name);
    }

    /** A new slot that no column has, computed by {@code step}. */
    int hidden(Step step) {
        int slot = slots++;
        cursor.add(slot, step);
        return slot;
    }

    /**
     * The slot that holds the row, in the parent table, that a key column of this table points to; or several key columns,
     * joined by dots.
     */
    int parentRow(String keyColumn) {
        Integer known = parentRows.get(keyColumn);
        if (known != null) {
            return known;
        }
        String rest = KeyPath.tail(keyColumn);
        if (rest != null && table.column(keyColumn) == null) {
            String head = KeyPath.head(keyColumn);
            Scope next = parent(head, KeyPath.target(compiler.schema(), table, head).orElseThrow());
            int row = parentRow(head);
            int slot = hidden(ColumnCompiler.listed(this, head, row, next, next.parentRow(rest)));
            parentRows.put(keyColumn, slot);
            return slot;
        }
        ColumnDefinition definition = table.column(keyColumn);
        if (!underway.add(keyColumn + " (row)")) {
            throw new ConfigurationException(new Problem(
                    "tables." + table.name() + ".columns." + keyColumn, null, "is a circular dependency on itself"));
        }
        compiler.enter(table, keyColumn + " (row)");
        Step step = new KeyCompiler(this, definition).parentRow();
        compiler.leave(table, keyColumn + " (row)");
        underway.remove(keyColumn + " (row)");
        int slot = hidden(step);
        parentRows.put(keyColumn, slot);
        return slot;
    }

    /** The slot that holds the row's moment in its table's order of time, also where no column of the row shows it. */
    int timeSlot() {
        Timing timing = compiler.times().timing(table.name());
        if (timing != null) {
            ColumnDefinition column = timing.column();
            boolean plain = column.nullRate() == 0 && !(column.strategy() instanceof Strategy.Conditional);
            if (plain) {
                return slot(column.name());
            }
        }
        if (timeSlot < 0) {
            TimeLine line = compiler.presence().line(table.name());
            timeSlot = hidden(timing != null ? new TimeSteps.Ordered(line) : new TimeSteps.Present(line));
        }
        return timeSlot;
    }

    /** The slot that holds the index of the record which the row has drawn from a data set. */
    int record(String dataSet, DataCompiler data) {
        Integer known = records.get(dataSet);
        if (known == null) {
            known = hidden(data.recordStep(dataSet));
            records.put(dataSet, known);
        }
        return known;
    }

    boolean isOwnedThrough(String keyColumn) {
        return owner != null && keyColumn.equals(ownerKey);
    }

    /** The scope over the rows that a key column points to. */
    Scope parent(String keyColumn, String parentTable) {
        if (isOwnedThrough(keyColumn)) {
            return owner;
        }
        return parents.computeIfAbsent(
                keyColumn, k -> new Scope(compiler, compiler.schema().tables().get(parentTable), null, null));
    }

    /** A scope over other rows of the same table, which this one's rows read. */
    Scope sibling() {
        if (sibling == null) {
            sibling = new Scope(compiler, table, null, null);
        }
        return sibling;
    }

    RowCursor ownerCursor() {
        return owner.cursor;
    }

    long key(String column, String purpose) {
        return compiler.key(table.name(), column, purpose);
    }
}
