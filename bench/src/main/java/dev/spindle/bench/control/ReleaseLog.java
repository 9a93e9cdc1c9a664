package dev.spindle.bench.control;

import dev.spindle.engine.publish.Batch;
import dev.spindle.engine.publish.Sink;
import dev.spindle.engine.publish.SinkContext;
import dev.spindle.engine.publish.SinkOption;
import dev.spindle.engine.publish.SinkProvider;
import dev.spindle.engine.publish.SinkSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/** A sink that keeps when each of the last events reached it, on the wall clock that runs since the run's origin. */
public final class ReleaseLog implements Sink {

    private static final int SLOTS = 1 << 20;
    private static final AtomicLongArray SEQUENCES = new AtomicLongArray(SLOTS);
    private static final AtomicLongArray CLOCK_NANOS = new AtomicLongArray(SLOTS);

    /** Found by the service loader. */
    public static final class Provider implements SinkProvider {
        @Override
        public String name() {
            return "release-log";
        }

        @Override
        public String help() {
            return "keeps when events came, for a benchmark";
        }

        @Override
        public List<SinkOption> options() {
            return List.of();
        }

        @Override
        public Sink create(SinkSettings settings) {
            return new ReleaseLog();
        }
    }

    private SinkContext context;

    /** When the event reached the sink, by {@code System.nanoTime}; -1 when it has not, or too long ago. */
    public static long clockNanos(long sequence) {
        int slot = (int) (sequence % SLOTS);
        return SEQUENCES.get(slot) == sequence + 1 ? CLOCK_NANOS.get(slot) : -1;
    }

    @Override
    public void open(SinkContext given) {
        context = given;
    }

    @Override
    public void write(Batch batch) {
        long now = context.clock().nanoTime();
        for (int i = 0; i < batch.size(); i++) {
            int slot = (int) (batch.sequence(i) % SLOTS);
            CLOCK_NANOS.set(slot, now);
            SEQUENCES.set(slot, batch.sequence(i) + 1);
        }
        context.deliveries().acknowledged(batch, 0, batch.size());
    }

    @Override
    public void flush(Duration timeout) {}

    @Override
    public void close(Duration timeout) {}
}
