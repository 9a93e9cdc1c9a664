package dev.spindle.engine.row;

import dev.spindle.engine.draw.Draw;
import dev.spindle.engine.schema.RowCounts;
import dev.spindle.engine.schema.Schema.ColumnDefinition;
import dev.spindle.engine.schema.Schema.DerivedCount;
import dev.spindle.engine.schema.Schema.Table;
import dev.spindle.engine.schema.Schema;
import dev.spindle.engine.schema.Strategy;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Which foreign keys are structural: fixed by the order of the rows, so that a parent's children can be found from the
 * parent, rather than drawn row by row. They are where something needs the children of a parent, and where a table that
 * has no time of its own has so many rows for each row of another.
 */
final class Relations {

    private final Schema schema;
    private final RowCounts counts;
    private final long seed;
    private final Function<Table, ColumnDefinition> timestampColumn;
    /** Foreign keys, as {@code table.column}, whose parents' children something needs. */
    private final Set<String> needed = new HashSet<>();

    private final Map<String, Children> children = new HashMap<>();

    Relations(Schema schema, RowCounts counts, long seed, Function<Table, ColumnDefinition> timestampColumn) {
        this.schema = schema;
        this.counts = counts;
        this.seed = seed;
        this.timestampColumn = timestampColumn;
        for (Table table : schema.tables().values()) {
            for (ColumnDefinition column : table.columns().values()) {
                need(table, column.strategy());
            }
        }
    }

    private void need(Table table, Strategy strategy) {
        switch (strategy) {
            case Strategy.OverChildren over -> {
                Table child = schema.tables().get(over.childTable());
                needed.add(child.name() + "." + foreignKey(child, table.name()).name());
            }
            case Strategy.ForeignKey key when key.constrainedBy() != null -> {
                Table parent = schema.tables().get(key.ref().table());
                if (parent.column(key.constrainedBy()).strategy() instanceof Strategy.ForeignKey) {
                    needed.add(parent.name() + "." + key.constrainedBy());
                }
            }
            case Strategy.FirstPerParent first -> needed.add(table.name() + "." + first.parentColumn());
            case Strategy.Conditional conditional -> {
                need(table, conditional.whenTrue());
                need(table, conditional.whenFalse());
            }
            default -> {}
        }
    }

    /** The first foreign key of {@code child} that points to {@code parent}; there is one: the schema has been checked. */
    static ColumnDefinition foreignKey(Table child, String parent) {
        for (ColumnDefinition column : child.columns().values()) {
            if (column.strategy() instanceof Strategy.ForeignKey key && key.ref().table().equals(parent)) {
                return column;
            }
        }
        throw new IllegalArgumentException(child.name() + " has no foreign key to " + parent);
    }

    /** The structure behind a foreign key, or null when it is drawn row by row. */
    Children of(Table table, ColumnDefinition column) {
        Strategy.ForeignKey key = (Strategy.ForeignKey) column.strategy();
        String name = table.name() + "." + column.name();
        boolean isNeeded = needed.contains(name);
        if (!isNeeded && !dealtOut(table, key)) {
            return null;
        }
        return children.computeIfAbsent(name, n -> {
            long parents = counts.of(key.ref().table());
            long rows = counts.of(table.name());
            return new Children(
                    parents, rows, isNeeded && rows >= parents, Draw.key(seed, table.name(), column.name(), "children"));
        });
    }

    /** Whether a table without a time of its own has its rows for each row of this parent. */
    private boolean dealtOut(Table table, Strategy.ForeignKey key) {
        return key.spread() == Strategy.Spread.UNIFORM
                && key.constrainedBy() == null
                && key.filter() == null
                && key.sampleRate() == 1
                && schema.generation().derived().get(table.name()) instanceof DerivedCount.PerParent perParent
                && perParent.table().equals(key.ref().table())
                && timestampColumn.apply(table) == null;
    }
}
