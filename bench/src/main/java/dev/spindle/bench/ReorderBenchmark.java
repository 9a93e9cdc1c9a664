package dev.spindle.bench;

import dev.spindle.engine.event.Event;
import dev.spindle.engine.plan.RunPlan;
import dev.spindle.engine.reorder.Disorder;
import dev.spindle.engine.reorder.ReorderStage;
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

/** What does an event cost to go through reorder, with and without some that are late? */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ReorderBenchmark {

    @Param({"0", "0.05"})
    public double outOfOrder;

    private final Synthetic.Last last = new Synthetic.Last();
    private Event event;
    private RunPlan plan;
    private ReorderStage stage;
    private long row;

    @Setup
    public void start() {
        event = new Event(Synthetic.COLUMNS);
        plan = RunPlan.draft().outOfOrder(outOfOrder).build();
        stage = new ReorderStage(new Disorder(42, 10, 0), () -> new Event(Synthetic.COLUMNS), last);
    }

    @Benchmark
    public long event() {
        Synthetic.fill(row++, event);
        event.plan = plan;
        event = stage.on(event);
        return last.sum;
    }
}
