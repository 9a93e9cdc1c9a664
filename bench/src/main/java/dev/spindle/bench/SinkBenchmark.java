package dev.spindle.bench;

import dev.spindle.engine.event.Event;
import dev.spindle.engine.publish.Batch;
import dev.spindle.engine.publish.Sink;
import dev.spindle.engine.publish.SinkSettings;
import dev.spindle.engine.publish.Sinks;
import dev.spindle.engine.stamp.Encoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What does the client side of a sink cost an event, handed over a hundred orders at a time? */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SinkBenchmark {

    private static final int BATCH_EVENTS = 100;

    @Param({"null", "file"})
    public String sink;

    private Batch batch;
    private Path file;
    private Sink open;

    @Setup
    public void fill() {
        Encoder encoder = Synthetic.orderEncoder();
        batch = new Batch(BATCH_EVENTS, new String[] {"order"}, new String[0]);
        for (Event event : Synthetic.orders(BATCH_EVENTS)) {
            encoder.encode(event);
            batch.add(event);
        }
    }

    /** The file begins anew in each iteration, so that it does not fill the disk: a RAM disk where there is one. */
    @Setup(Level.Iteration)
    public void open() throws IOException {
        Path ram = Path.of("/dev/shm");
        file = Files.isWritable(ram)
                ? Files.createTempFile(ram, "spindle-sink-", ".jsonl")
                : Files.createTempFile("spindle-sink-", ".jsonl");
        SinkSettings settings = sink.equals("file") ? SinkSettings.NONE.with("output", file.toString()) : SinkSettings.NONE;
        open = Sinks.named(sink).create(settings);
        open.open(new SinkRun("order"));
    }

    @TearDown(Level.Iteration)
    public void close() throws IOException {
        open.close(Duration.ofSeconds(1));
        Files.delete(file);
    }

    @Benchmark
    @OperationsPerInvocation(BATCH_EVENTS)
    public int event() {
        open.write(batch);
        return batch.size();
    }
}
