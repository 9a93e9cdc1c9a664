package dev.spindle.bench.suite;

import dev.spindle.engine.domain.Domains;
import dev.spindle.engine.event.Event;
import dev.spindle.engine.row.RowCompiler;
import dev.spindle.engine.row.RowPlan;
import dev.spindle.engine.schema.RowCounts;
import dev.spindle.engine.schema.Schema;
import dev.spindle.engine.stamp.Encoder;
import java.util.List;
import java.util.Map;

/**
 * Spindle's rows generated and encoded, with neither stages nor threads between: what a core makes of them.
 *
 * <pre>
 *   RowsProgram ROWS THREADS [TABLE [SCALE]]
 * </pre>
 */
public final class RowsProgram {

    private RowsProgram() {}

    public static void main(String[] args) throws InterruptedException {
        String table = args.length > 2 ? args[2] : "order";
        String scale = args.length > 3 ? args[3] : "small";
        Schema schema = Domains.named("retail");
        Shares.run(Long.parseLong(args[0]), Integer.parseInt(args[1]), number -> {
            RowPlan plan = new RowCompiler(schema, RowCounts.at(schema, scale), 42, Map.of()).compile(table);
            Encoder encoder = new Encoder(table, plan.columns(), plan.timestampColumn(), true, List.of(), -1);
            Event event = new Event(plan.slots());
            return (from, to) -> {
                long bytes = 0;
                for (long row = from; row < to; row++) {
                    event.sequence = row;
                    plan.fill(row, event);
                    encoder.encode(event);
                    bytes += event.encodedLength + 1;
                }
                return bytes;
            };
        });
    }
}
