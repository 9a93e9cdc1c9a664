package dev.spindle.bench;

import dev.spindle.engine.domain.Domains;
import dev.spindle.engine.event.Event;
import dev.spindle.engine.row.RowCompiler;
import dev.spindle.engine.row.RowPlan;
import dev.spindle.engine.schema.RowCounts;
import dev.spindle.engine.schema.Schema;
import dev.spindle.engine.stamp.Encoder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What does it cost to turn the values of a row of retail into JSON? */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EncodeBenchmark {

    private static final int EVENTS = 1_024;

    @Param({"order", "order_line", "customer", "address"})
    public String table;

    private final Event[] events = new Event[EVENTS];
    private Encoder encoder;
    private byte[] line = {};
    private int next;

    @Setup
    public void fill() {
        Schema schema = Domains.named("retail");
        RowPlan rows = new RowCompiler(schema, RowCounts.at(schema, "medium"), 42, Map.of()).compile(table);
        encoder = new Encoder(table, rows.columns(), rows.timestampColumn(), true, List.of(), -1);
        for (int row = 0; row < EVENTS; row++) {
            events[row] = new Event(rows.slots());
            events[row].sequence = row;
            rows.fill(row, events[row]);
        }
    }

    @Benchmark
    public int event() {
        Event event = events[next++ & EVENTS - 1];
        event.encoded = line; // one for all, as in the stamp stage
        encoder.encode(event);
        line = event.encoded;
        return event.encodedLength;
    }
}
