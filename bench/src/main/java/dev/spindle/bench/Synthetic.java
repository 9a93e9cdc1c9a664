package dev.spindle.bench;

import dev.spindle.engine.anomaly.AnomalyRegistry;
import dev.spindle.engine.anomaly.AnomalyTable;
import dev.spindle.engine.anomaly.CollectiveAnomaly;
import dev.spindle.engine.anomaly.ContextualAnomaly;
import dev.spindle.engine.anomaly.PointAnomaly;
import dev.spindle.engine.column.Column;
import dev.spindle.engine.column.ColumnType;
import dev.spindle.engine.column.Dictionary;
import dev.spindle.engine.draw.Draw;
import dev.spindle.engine.event.Event;
import dev.spindle.engine.event.Stage;
import dev.spindle.engine.domain.Domains;
import dev.spindle.engine.row.RowCompiler;
import dev.spindle.engine.row.RowPlan;
import dev.spindle.engine.schema.RowCounts;
import dev.spindle.engine.schema.Schema;
import dev.spindle.engine.stamp.Encoder;
import java.util.List;
import java.util.Map;

/** Events that cost next to nothing to make, for benchmarks of single stages. */
final class Synthetic {

    static final int COLUMNS = 5;

    private static final long YEAR_MICROS = 31_536_000_000_000L;

    private Synthetic() {}

    static final AnomalyTable TABLE = new AnomalyTable(
            "order",
            List.of(
                    new Column("order_id", ColumnType.INTEGER, 0, null, true),
                    new Column("customer_id", ColumnType.INTEGER, 0, null, true),
                    new Column("order_date", ColumnType.TIMESTAMP, 0, null, false),
                    new Column(
                            "status",
                            ColumnType.DICTIONARY,
                            0,
                            new Dictionary(List.of("completed", "shipped", "cancelled", "returned")),
                            false),
                    new Column("order_total", ColumnType.DECIMAL, 2, null, false)),
            COLUMNS,
            Synthetic::fill,
            1_000_000,
            2,
            0,
            YEAR_MICROS);

    /** All three types, at the fractions that they have by default. */
    static final AnomalyRegistry THREE_TYPES = AnomalyRegistry.of(
            new PointAnomaly("extreme", "order_total"),
            new ContextualAnomaly("wrong", "status", "status", List.of("completed"), List.of("cancelled")),
            new CollectiveAnomaly("burst", "customer_id", "order_date"));

    static void fill(long row, Event into) {
        long bits = Draw.bits(7, row);
        into.sequence = row;
        into.values[0] = row;
        into.values[1] = bits & 0xFFFF;
        into.values[2] = row * 1_000_000 % YEAR_MICROS;
        into.values[3] = bits >>> 62;
        into.values[4] = 500 + (bits >>> 16 & 0xFFFF);
    }

    /** Prepared events of retail's orders, in their order; a power of two of them, to go round in. */
    static Event[] orders(int count) {
        Schema schema = Domains.named("retail");
        RowPlan rows = orderRows(schema);
        Event[] events = new Event[count];
        for (int row = 0; row < count; row++) {
            events[row] = new Event(rows.slots());
            events[row].sequence = row;
            rows.fill(row, events[row]);
        }
        return events;
    }

    /** What encodes them. */
    static Encoder orderEncoder() {
        RowPlan rows = orderRows(Domains.named("retail"));
        return new Encoder("order", rows.columns(), rows.timestampColumn(), true, List.of(), -1);
    }

    private static RowPlan orderRows(Schema schema) {
        return new RowCompiler(schema, RowCounts.at(schema, "medium"), 42, Map.of()).compile("order");
    }

    /** The end of a line of stages. */
    static final class Last implements Stage {
        long sum;

        @Override
        public Event on(Event event) {
            sum += event.values[4] + event.anomaly;
            return event;
        }

        @Override
        public void endOfBatch() {}

        @Override
        public void endOfStream() {}
    }
}
