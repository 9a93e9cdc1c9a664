package dev.spindle.bench;

import dev.spindle.engine.event.Event;
import dev.spindle.engine.event.Stage;
import dev.spindle.engine.stamp.Encoder;
import dev.spindle.engine.stamp.StampStage;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What does an order cost to go through stamp, into a stage that does nothing? */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class StampBenchmark {

    private static final int EVENTS = 1_024;

    private final Synthetic.Last last = new Synthetic.Last();
    private Event[] events;
    private Stage stage;
    private int next;

    @Setup
    public void start() {
        events = Synthetic.orders(EVENTS);
        stage = new StampStage(new Encoder[] {Synthetic.orderEncoder()}, last);
    }

    @Benchmark
    public long event() {
        int at = next++ & EVENTS - 1;
        events[at] = stage.on(events[at]);
        return last.sum;
    }
}
