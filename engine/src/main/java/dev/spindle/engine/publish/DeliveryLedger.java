package dev.spindle.engine.publish;

import dev.spindle.engine.stats.Counter;
import dev.spindle.engine.stats.LatencyRecorder;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Keeps count of what became of the events: each is acknowledged or failed, once. When the run is over the account is
 * closed: the figures stand from then on, whatever is still reported.
 */
public final class DeliveryLedger implements Deliveries {

    /** The figures as they stand when the run is over. */
    private record Account(long sent, long failed, long unreported, long bytes) {}

    private final LongSupplier runNanos;
    private final LatencyRecorder latency = new LatencyRecorder();
    private final Counter sentInBatches = new Counter();
    private final Counter bytesInBatches = new Counter();
    private final LongAdder sentSingly = new LongAdder();
    private final LongAdder bytesSingly = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final AtomicReference<Throwable> firstCause = new AtomicReference<>();
    private volatile Account closed;

    /** {@code runNanos} is the run's clock: nanoseconds since its origin, without its pauses. */
    public DeliveryLedger(LongSupplier runNanos) {
        this.runNanos = runNanos;
    }

    @Override
    public void acknowledged(long intendedNanos, int bytes) {
        if (closed != null) {
            return;
        }
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
        if (from >= to || closed != null) {
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
        if (closed != null) {
            return;
        }
        firstCause.compareAndSet(null, cause);
        failed.add(events);
    }

    /**
     * Closes the account when no stage runs any more and the sink is closed: what has not been reported has failed.
     *
     * @param events how many there were to be reported
     * @return how many reports there were too many, 0 unless the sink reported events more than once; events that failed
     *     count as failed then, however often others were acknowledged
     */
    public long close(long events) {
        long reportedSent = sent();
        long reportedFailed = failed();
        long reported = reportedSent + reportedFailed;
        long sent = Math.min(reportedSent, Math.max(0, events - reportedFailed));
        closed = new Account(sent, events - sent, Math.max(0, events - reported), bytes());
        return Math.max(0, reported - events);
    }

    /** Events acknowledged. */
    public long sent() {
        Account account = closed;
        return account == null ? sentInBatches.get() + sentSingly.sum() : account.sent();
    }

    /** Events that will never arrive; when the account is closed, with those that nothing was reported of. */
    public long failed() {
        Account account = closed;
        return account == null ? failed.sum() : account.failed();
    }

    /** Events that nothing had been reported of when the account was closed. */
    public long unreported() {
        Account account = closed;
        return account == null ? 0 : account.unreported();
    }

    /** Bytes of the acknowledged events; in batches with their line feeds. */
    public long bytes() {
        Account account = closed;
        return account == null ? bytesInBatches.get() + bytesSingly.sum() : account.bytes();
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
