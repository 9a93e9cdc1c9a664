package dev.spindle.bench;

import dev.spindle.engine.event.Event;
import dev.spindle.engine.row.RowCompiler;
import dev.spindle.engine.row.RowPlan;
import dev.spindle.engine.schema.RowCounts;
import dev.spindle.engine.schema.Schema;
import dev.spindle.engine.schema.Schema.Table;
import dev.spindle.engine.stamp.Encoder;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The rows of one table, generated and encoded one after the other on the caller's thread. */
final class EncodedRows {

    private final RowPlan plan;
    private final Encoder encoder;
    private final Event event;
    private long row;

    /** {@code scale} null for the schema's own. */
    EncodedRows(Schema schema, String scale, String table) {
        this.plan = new RowCompiler(schema, RowCounts.at(schema, scale), 42, Map.of()).compile(table);
        this.encoder = new Encoder(table, plan.columns(), plan.timestampColumn(), true, List.of(), -1);
        this.event = new Event(plan.slots());
    }

    /** The table with the most columns. */
    static String widest(Schema schema) {
        return schema.tables().values().stream()
                .max(Comparator.comparingInt((Table table) -> table.columns().size()))
                .orElseThrow()
                .name();
    }

    /** Makes the next row and returns the bytes of its line. */
    int next() {
        event.sequence = row;
        plan.fill(row++, event);
        encoder.encode(event);
        return event.encodedLength + 1;
    }

    /** Makes so many rows and returns their bytes. */
    long next(long rows) {
        long bytes = 0;
        for (long i = 0; i < rows; i++) {
            bytes += next();
        }
        return bytes;
    }

    int columns() {
        return plan.columns().size();
    }
}
