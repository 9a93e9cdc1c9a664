package dev.spindle.bench;

import dev.spindle.engine.event.Event;
import dev.spindle.engine.event.Stage;
import dev.spindle.engine.plan.Arrivals;
import dev.spindle.engine.plan.RunPlan;
import java.util.Locale;
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

/** What does an event cost to go through pace, unpaced and when every event is overdue? */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PaceBenchmark {

    @Param({"unpaced", "constant", "poisson"})
    public String arrivals;

    private final Synthetic.Last last = new Synthetic.Last();
    private Event event;
    private Stage stage;
    private long sequence;

    @Setup
    public void start() {
        event = new Event(Synthetic.COLUMNS);
        stage = PacedRun.into(
                arrivals.equals("unpaced")
                        ? RunPlan.draft().build()
                        : RunPlan.draft()
                                .paced(true)
                                .ratePerSecond(1e9)
                                .arrivals(Arrivals.valueOf(arrivals.toUpperCase(Locale.ROOT)))
                                .build(),
                last);
    }

    @Benchmark
    public long event() {
        event.sequence = sequence++;
        event = stage.on(event);
        return last.sum;
    }
}
