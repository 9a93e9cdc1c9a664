package dev.spindle.engine.promises;

import dev.spindle.engine.json.JsonValue.JsonNull;
import dev.spindle.engine.schema.DataSets;
import dev.spindle.engine.schema.Strategy;
import dev.spindle.engine.schema.Strategy.PatternPart;

/** A column is null as often as its rate says, and where something that it is made of is null. */
final class NullPromises {

    private final Streamed streamed;
    private final Broken broken;

    NullPromises(Streamed streamed, Broken broken) {
        this.streamed = streamed;
        this.broken = broken;
    }

    void check(Checked checked) {
        Strategy strategy = checked.column().strategy();
        if (mayBeNull(strategy)) {
            return;
        }
        int rows = 0;
        int nulls = 0;
        for (Object[] row : checked.rows()) {
            if (!dependsOnNull(checked.table(), row, strategy)) {
                rows++;
                nulls += checked.value(row) == null ? 1 : 0;
            }
        }
        if (checked.column().nullRate() == 0 && nulls > 0) {
            broken.add(checked.name() + " nulls", nulls + " of " + rows + " rows with all that the column is made of");
        } else {
            broken.frequency(checked.name() + " null rate", nulls, rows, checked.column().nullRate());
        }
    }

    private boolean mayBeNull(Strategy strategy) {
        return switch (strategy) {
            case Strategy.SelfReferencing s -> true;
            case Strategy.Fixed f -> f.value() instanceof JsonNull;
            case Strategy.Conditional c -> mayBeNull(c.whenTrue()) || mayBeNull(c.whenFalse());
            case Strategy.OverChildren o -> o.aggregate() != Strategy.Aggregate.SUM && o.aggregate() != Strategy.Aggregate.COUNT;
            case Strategy.ForeignKey k -> k.constrainedBy() != null;
            case Strategy.Formula f -> true;
            case Strategy.RecordSample s -> hasNulls(s.dataSet(), s.field());
            case Strategy.RecordField s -> hasNulls(s.dataSet(), s.field());
            case Strategy.ReferenceData s -> hasNulls(s.dataSet(), s.field());
            default -> false;
        };
    }

    private boolean hasNulls(String dataSet, String field) {
        return DataSets.field(streamed.schema().dataSets().records(dataSet).orElseThrow(), field).orElseThrow().stream()
                .anyMatch(JsonNull.class::isInstance);
    }

    /** Whether something that the value is made of is null in this row. */
    private boolean dependsOnNull(TableRows table, Object[] row, Strategy strategy) {
        return switch (strategy) {
            case Strategy.Lookup l -> isNullInParent(table, row, l.via(), l.source().table(), l.source().column());
            case Strategy.Derived d when d.table() == null -> table.get(row, d.column()) == null;
            case Strategy.Derived d -> isNullInParent(table, row, d.via(), d.table(), d.column());
            case Strategy.Correlated c -> table.get(row, c.source()) == null;
            case Strategy.Formula f -> f.expression().columns().stream().anyMatch(c -> table.get(row, c) == null);
            case Strategy.Pattern p -> p.parts().stream()
                    .anyMatch(part -> part instanceof PatternPart.ColumnText t && table.get(row, t.column()) == null);
            case Strategy.ForeignKey k when k.constrainedBy() != null -> table.get(row, k.constrainedBy()) == null;
            case Strategy.Conditional c ->
                dependsOnNull(table, row, Streamed.condition(table, row, c.condition()) ? c.whenTrue() : c.whenFalse());
            default -> false;
        };
    }

    private boolean isNullInParent(TableRows table, Object[] row, String via, String parent, String column) {
        return table.get(row, via) == null
                || streamed.parentsOf(table, row, via, parent).stream().allMatch(p -> streamed.table(parent).get(p, column) == null);
    }
}
