package dev.spindle.bench;

import dev.spindle.engine.anomaly.AnomalyPlans;
import dev.spindle.engine.anomaly.AnomalyRegistry;
import dev.spindle.engine.anomaly.InjectStage;
import dev.spindle.engine.event.Event;
import dev.spindle.engine.plan.RunPlan;
import dev.spindle.engine.truth.Truth;
import java.util.List;
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

/** What does an event cost to go through inject, with no anomalies and with all three types? */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class InjectBenchmark {

    @Param({"none", "three"})
    public String types;

    private final Synthetic.Last last = new Synthetic.Last();
    private Event event;
    private RunPlan plan;
    private InjectStage stage;
    private long row;

    @Setup
    public void start() {
        event = new Event(Synthetic.COLUMNS);
        plan = RunPlan.draft().build();
        AnomalyRegistry registry = types.equals("none") ? AnomalyRegistry.empty() : Synthetic.THREE_TYPES;
        AnomalyPlans plans = AnomalyPlans.compile(registry, List.of(Synthetic.TABLE), 42, 0, false);
        stage = new InjectStage(plans, null, Truth.none(), last);
    }

    @Benchmark
    public long event() {
        Synthetic.fill(row++, event);
        event.plan = plan;
        event = stage.on(event);
        return last.sum;
    }
}
