package dev.spindle.engine.promises;

import dev.spindle.engine.row.RowCompiler;
import dev.spindle.engine.row.RowPlan;
import dev.spindle.engine.schema.RowCounts;
import dev.spindle.engine.schema.Schema;
import dev.spindle.engine.schema.Schema.ColumnDefinition;
import dev.spindle.engine.schema.Schema.Table;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** A schema whose hidden columns are shown, so that what hangs on them can be judged. Their values are the same. */
final class ShownColumns {

    private ShownColumns() {}

    static Schema of(Schema schema) {
        Map<String, Table> tables = new LinkedHashMap<>();
        schema.tables().forEach((name, table) -> {
            Map<String, ColumnDefinition> columns = new LinkedHashMap<>();
            table.columns().forEach((n, c) -> columns.put(
                    n, new ColumnDefinition(n, c.type(), c.strategy(), c.nullRate(), c.maxLength(), c.scale(), false)));
            tables.put(name, new Table(name, table.description(), table.primaryKey(), columns));
        });
        return new Schema(
                schema.name(), schema.description(), schema.domain(), schema.locale(), schema.seed(), schema.range(), tables,
                schema.relationships(), schema.rules(), schema.generation(), schema.dataSets());
    }

    /** The event-time columns as they are while hidden columns are hidden. */
    static Map<String, String> timestampColumns(Schema schema, RowCounts counts, Map<String, String> named) {
        Map<String, String> columns = new HashMap<>(named);
        for (Table table : schema.tables().values()) {
            RowPlan plan = new RowCompiler(schema, counts, 0, named).compile(table.name());
            if (plan.timestampColumn() >= 0) {
                columns.put(table.name(), plan.columns().get(plan.timestampColumn()).name());
            }
        }
        return columns;
    }
}
