package dev.spindle.bench;

import dev.spindle.engine.event.Event;
import dev.spindle.engine.event.Stage;
import dev.spindle.engine.publish.Batch;
import dev.spindle.engine.publish.EventSample;
import dev.spindle.engine.publish.Outlet;
import dev.spindle.engine.publish.PublishStage;
import dev.spindle.engine.publish.Sink;
import dev.spindle.engine.publish.SinkSettings;
import dev.spindle.engine.publish.Sinks;
import dev.spindle.engine.stamp.Encoder;
import dev.spindle.engine.stats.BlockedTime;
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

/** What does an encoded order cost to go through publish, into the sink null? */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PublishBenchmark {

    private static final int EVENTS = 1_024;
    private static final int BATCH_EVENTS = 100;

    private final SinkRun run = new SinkRun("order");
    private Event[] events;
    private Stage stage;
    private int next;

    @Setup
    public void start() {
        events = Synthetic.orders(EVENTS);
        Encoder encoder = Synthetic.orderEncoder();
        for (Event event : events) {
            encoder.encode(event);
        }
        Sink sink = Sinks.named("null").create(SinkSettings.NONE);
        sink.open(run);
        Batch batch = new Batch(BATCH_EVENTS, new String[] {"order"}, new String[0]);
        stage = new PublishStage(
                new Outlet(batch, sink, run.ledger(), new EventSample()), false, run.clock(), new BlockedTime());
    }

    @Benchmark
    public long event() {
        int at = next++ & EVENTS - 1;
        events[at] = stage.on(events[at]);
        return next;
    }
}
