package dev.spindle.engine.row;

import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.event.Event;
import dev.spindle.engine.schema.Schema.ColumnDefinition;
import dev.spindle.engine.schema.Schema.Table;
import dev.spindle.engine.schema.Strategy;

/** A condition on a parent's row. */
final class Filter {

    private final RowCursor cursor;
    private final int slot;
    private final Conditions.Test test;

    private Filter(RowCursor cursor, int slot, Conditions.Test test) {
        this.cursor = cursor;
        this.slot = slot;
        this.test = test;
    }

    static Filter of(Scope parent, Strategy.Condition condition) {
        Compiled tested = parent.read(condition.column());
        return new Filter(parent.cursor(), parent.slot(condition.column()), Conditions.compile(condition, tested));
    }

    boolean suits(long row) {
        cursor.seek(row);
        long value = cursor.values[slot];
        return (value == test.wanted()) == test.equal() && (test.nullTest() || value != Event.NULL);
    }

    /** Which of the first {@code count} rows meet it. */
    boolean[] rows(int count) {
        boolean[] meets = new boolean[count];
        for (int row = 0; row < count; row++) {
            meets[row] = suits(row);
        }
        return meets;
    }

    static ConfigurationException nothingMeets(Table table, ColumnDefinition column, Strategy.ForeignKey key) {
        return new ConfigurationException(new Problem(
                "tables." + table.name() + ".columns." + column.name() + ".generator.filter",
                key.filter().column() + (key.filter().value() == null ? "" : " == " + key.filter().value()),
                "is met by no row of " + key.ref().table() + " at this scale"));
    }
}
