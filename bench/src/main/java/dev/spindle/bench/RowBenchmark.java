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

/** What does a row of retail cost, generated, and generated and encoded? */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class RowBenchmark {

    @Param({"order", "order_line", "customer", "address", "return"})
    private String table;

    private RowPlan plan;
    private Encoder encoder;
    private Event event;
    private long row;

    @Setup
    public void compile() {
        Schema schema = Domains.named("retail");
        plan = new RowCompiler(schema, RowCounts.at(schema, "medium"), 42, Map.of()).compile(table);
        encoder = new Encoder(table, plan.columns(), plan.timestampColumn(), true, List.of(), -1);
        event = new Event(plan.slots());
    }

    @Benchmark
    public long generate() {
        plan.fill(row++, event);
        return event.values[0];
    }

    @Benchmark
    public int generateAndEncode() {
        event.sequence = row;
        plan.fill(row++, event);
        encoder.encode(event);
        return event.encodedLength;
    }
}
