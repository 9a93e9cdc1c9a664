package dev.spindle.engine.schema;

import dev.spindle.engine.schema.Schema.ColumnDefinition;
import dev.spindle.engine.schema.Schema.DataType;
import dev.spindle.engine.schema.Schema.Table;
import dev.spindle.engine.schema.Strategy.Quantity;
import java.util.Iterator;
import java.util.List;

/** Checks the strategies by which a value hangs on other values, on time, or on the other rows of its parent. */
final class ContextChecks {

    private final SchemaChecks checks;
    private final Schema schema;

    ContextChecks(SchemaChecks checks, Schema schema) {
        this.checks = checks;
        this.schema = schema;
    }

    void check(Table table, ColumnDefinition column, Strategy.Switch s, String path) {
        ColumnDefinition on = null;
        if (s.table() == null) {
            on = checks.own(table, s.column(), path + ".on") ? table.column(s.column()) : null;
        } else if (checks.reference(s.table(), s.column(), path + ".on", path + ".on")) {
            checks.via(table, s.via(), s.table(), path);
            on = schema.tables().get(s.table()).column(s.column());
        }
        for (Strategy.Case c : s.cases()) {
            String place = path + ".cases." + String.join("|", c.values());
            if (on != null) {
                values(on, c.values(), place);
            }
            checks.check(table, column, c.strategy(), place);
        }
        if (s.otherwise() != null) {
            checks.check(table, column, s.otherwise(), path + ".default");
        }
    }

    private void values(ColumnDefinition on, List<String> values, String path) {
        for (String value : values) {
            boolean fits =
                    switch (TypeChecks.of(on.type())) {
                        case NUMBER -> NumberRange.parse(value).isPresent();
                        case TRUTH -> value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false");
                        case TEXT -> true;
                        case TIME -> false;
                    };
            if (!fits) {
                checks.error(path, value, "is no value of " + on.name(),
                        switch (TypeChecks.of(on.type())) {
                            case NUMBER -> "a number, or a range such as 5..10, 5.. or ..10";
                            case TRUTH -> "true, false";
                            default -> "a switch on a number, a text or a truth; a time has hour_of_day and the like";
                        });
            }
        }
    }

    void check(Table table, ColumnDefinition column, Strategy.Drift s, String path) {
        checks.numeric(column, path);
        checks.own(table, s.entityColumn(), path + ".entity_column");
        time(table, s.timeColumn(), path + ".time_column");
        Iterator<String> names = List.of(
                        "base", "entity_sigma", "daily_amplitude", "peak_hour", "weekend_factor", "yearly_amplitude", "peak_day",
                        "wander", "noise", "min", "max")
                .iterator();
        for (Quantity quantity : s.quantities()) {
            String name = names.next();
            if (quantity instanceof Quantity.OfColumn of) {
                checks.number(table, of.column(), path + "." + name);
            }
        }
    }

    private void time(Table table, String column, String path) {
        if (checks.own(table, column, path) && !table.column(column).type().isTemporal()) {
            checks.error(path, column, "is no time", "a column of type date, datetime or timestamp");
        }
    }

    void check(Table table, ColumnDefinition column, Strategy.TimePart s, String path) {
        checks.numeric(column, path);
        time(table, s.source(), path + ".source");
    }

    void check(Table table, ColumnDefinition column, Strategy.Elapsed s, String path) {
        checks.numeric(column, path);
        time(table, s.source(), path + ".source");
        time(table, s.since(), path + ".since");
    }

    void check(Table table, ColumnDefinition column, Strategy.Ordinal s, String path) {
        checks.numeric(column, path);
        parent(table, s.parentColumn(), path);
    }

    void check(Table table, ColumnDefinition column, Strategy.Sibling s, String path) {
        parent(table, s.parentColumn(), path);
        if (checks.own(table, s.column(), path + ".column")) {
            checks.shows(column, table, s.column(), path + ".column");
        }
        checks.check(table, column, s.otherwise(), path + ".default");
    }

    void check(Table table, ColumnDefinition column, Strategy.MarkovChain s, String path) {
        parent(table, s.parentColumn(), path);
        if (column.type() != DataType.STRING) {
            checks.error(path + ".strategy", "markov_chain", "makes texts, but the column is of another type", "string");
        }
    }

    void check(Table table, ColumnDefinition column, Strategy.AfterPrevious s, String path) {
        if (!column.type().isDateTime()) {
            checks.error(path + ".strategy", "derived", "with after_previous makes moments, but the column is of another type", "datetime, timestamp");
        }
        if (!checks.reference(s.table(), s.column(), path + ".source", path + ".source")) {
            return;
        }
        Table parent = schema.tables().get(s.table());
        if (!parent.column(s.column()).type().isTemporal()) {
            checks.error(path + ".source", s.column(), "is no time", "a column of type date, datetime or timestamp");
        }
        if (checks.own(table, s.via(), path + ".via")) {
            boolean key = table.column(s.via()).strategy() instanceof Strategy.ForeignKey foreign
                    && foreign.ref().table().equals(s.table());
            if (!key) {
                checks.error(path + ".via", s.via(), "is no foreign_key to " + s.table(), null);
            }
        }
    }

    private void parent(Table table, String column, String path) {
        if (checks.own(table, column, path + ".parent_column")) {
            checks.foreignKeyColumn(table, column, path + ".parent_column");
        }
    }
}
