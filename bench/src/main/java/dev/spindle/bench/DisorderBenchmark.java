package dev.spindle.bench;

import dev.spindle.engine.anomaly.AnomalyPlans;
import dev.spindle.engine.anomaly.AnomalyRegistry;
import dev.spindle.engine.anomaly.AnomalyTable;
import dev.spindle.engine.anomaly.InjectStage;
import dev.spindle.engine.domain.Domains;
import dev.spindle.engine.event.Event;
import dev.spindle.engine.event.Stage;
import dev.spindle.engine.plan.RunPlan;
import dev.spindle.engine.reorder.Disorder;
import dev.spindle.engine.reorder.ReorderStage;
import dev.spindle.engine.row.RowCompiler;
import dev.spindle.engine.row.RowPlan;
import dev.spindle.engine.schema.RowCounts;
import dev.spindle.engine.schema.Schema;
import dev.spindle.engine.stamp.Encoder;
import dev.spindle.engine.stamp.StampStage;
import dev.spindle.engine.truth.Truth;
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

/**
 * How much of the throughput of generate and stamp is left with 5 % of the events out of order and anomalies of all three
 * types? Retail orders on one thread, without pacing and without a sink.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DisorderBenchmark {

    private static final long DAY_MICROS = 86_400_000_000L;

    @Param({"off", "on"})
    public String disorder;

    private final Synthetic.Last last = new Synthetic.Last();
    private RowPlan rows;
    private Event event;
    private RunPlan plan;
    private Stage first;
    private long row;

    @Setup
    public void start() {
        boolean on = disorder.equals("on");
        Schema schema = Domains.named("retail");
        rows = new RowCompiler(schema, RowCounts.at(schema, "medium"), 42, Map.of()).compile("order");
        AnomalyTable table = new AnomalyTable(
                "order",
                rows.columns(),
                rows.slots(),
                rows::fill,
                rows.rows(),
                rows.timestampColumn(),
                schema.range().startDay() * DAY_MICROS,
                schema.range().endDay() * DAY_MICROS);
        AnomalyRegistry registry = on ? Synthetic.THREE_TYPES : AnomalyRegistry.empty();
        AnomalyPlans plans = AnomalyPlans.compile(registry, List.of(table), 42, 0, false);
        Encoder encoder = new Encoder("order", plans.columns(0), rows.timestampColumn(), true, plans.types(), -1);
        Stage stamp = new StampStage(new Encoder[] {encoder}, last);
        first = on
                ? new ReorderStage(
                        new Disorder(42, 10, 0),
                        () -> new Event(rows.slots()),
                        new InjectStage(plans, null, Truth.none(), stamp))
                : stamp;
        event = new Event(rows.slots());
        plan = RunPlan.draft().outOfOrder(on ? 0.05 : 0).build();
    }

    @Benchmark
    public long event() {
        rows.fill(row, event);
        event.sequence = row++;
        event.plan = plan;
        event = first.on(event);
        return last.sum;
    }
}
