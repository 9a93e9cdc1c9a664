package dev.spindle.engine.pipeline;

import dev.spindle.engine.event.Event;
import dev.spindle.engine.event.Stage;
import dev.spindle.engine.stats.BlockedTime;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost to hand an event to another thread through a hop? A million are handed over in one go; the start of the
 * other thread is in it. In the engine's package, for a hop is nobody else's business.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class HopBenchmark {

    private static final int EVENTS = 1_000_000;
    private static final int SLOTS = 1_024;

    /** Paced events are published one at a time, others in runs. */
    @Param({"singly", "in runs"})
    public String handed;

    /** Counts what comes. */
    private static final class Count implements Stage {
        private long events;

        @Override
        public Event on(Event event) {
            events++;
            return event;
        }

        @Override
        public void endOfBatch() {}

        @Override
        public void endOfStream() {}
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long event() throws InterruptedException {
        Count count = new Count();
        Hop hop = new Hop(
                SLOTS, handed.equals("singly"), false, () -> new Event(1), new Halt(), new BlockedTime(), count);
        Thread consumer = Thread.ofPlatform().start(hop::drain);
        Event event = new Event(1);
        for (int i = 0; i < EVENTS; i++) {
            event.sequence = i;
            event = hop.on(event);
        }
        hop.endOfStream();
        consumer.join();
        if (count.events != EVENTS) {
            throw new IllegalStateException(count.events + " events came, not " + EVENTS);
        }
        return count.events;
    }
}
