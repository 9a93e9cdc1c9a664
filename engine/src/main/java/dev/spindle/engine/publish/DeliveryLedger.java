package dev.spindle.engine.publish;

import dev.spindle.engine.stats.Counter;
import dev.spindle.engine.stats.LatencyRecorder;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** Keeps count of what became of the events: each is acknowledged or failed, once. */
public final class DeliveryLedger implements Deliveries {

    private final LongSupplier runNanos;
    private final LatencyRecorder latency = new LatencyRecorder();
    private final Counter sentInBatches = new Counter();
    private final Counter bytesInBatches = new Counter();
    private final LongAdder sentSingly = new LongAdder();
    private final LongAdder bytesSingly = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final AtomicReference<Throwable> firstCause = new AtomicReference<>();

    /** {@code runNanos} is the run's clock: nanoseconds since its origin, without its pauses. */
    public DeliveryLedger(LongSupplier runNanos) {
        this.runNanos = runNanos;
    }

    @Override
    public void acknowledged(long intendedNanos, int bytes) {
        latency.recordFromAnyThread(runNanos.getAsLong() - intendedNanos);
        sentSingly.increment();
        bytesSingly.add(bytes);
    }

    @Override
    public void acknowledged(long[] intendedNanos, int count, long bytes) {
        latency.recordFromAnyThread(runNanos.getAsLong(), intendedNanos, count);
        sentSingly.add(count);
        bytesSingly.add(bytes);
    }

    @Override
    public void acknowledged(Batch batch, int from, int to) {
        if (from >= to) {
            return;
        }
        long now = runNanos.getAsLong();
        int i = from;
        while (i < to) { // events of one moment are recorded at once
            long intended = batch.intendedNanos(i);
            int first = i;
            do {
                i++;
            } while (i < to && batch.intendedNanos(i) == intended);
            latency.record(now - intended, i - first);
        }
        sentInBatches.add(to - from);
        bytesInBatches.add(batch.offset(to - 1) + batch.length(to - 1) + 1 - batch.offset(from));
    }

    @Override
    public void failed(int events, Throwable cause) {
        firstCause.compareAndSet(null, cause);
        failed.add(events);
    }

    /** Events acknowledged. */
    public long sent() {
        return sentInBatches.get() + sentSingly.sum();
    }

    /** Events that will never arrive. */
    public long failed() {
        return failed.sum();
    }

    /** Bytes of the acknowledged events; in batches with their line feeds. */
    public long bytes() {
        return bytesInBatches.get() + bytesSingly.sum();
    }

    /** What first made an event fail, or null. */
    public Throwable firstCause() {
        return firstCause.get();
    }

    /** Nanoseconds from the intended time to the acknowledgement. */
    public LatencyRecorder latency() {
        return latency;
    }
}
