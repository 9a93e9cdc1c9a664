package dev.spindle.sinks.eventhub;

/**
 * How large batches should be where several of them are under way at once. Small ones stay in the processor's caches and
 * keep all threads busy; large ones get more through while each waits for its answer. So batches are small as long as
 * answers come quickly, and grow to the link's limit when they do not. The best of a few answers counts, so that one that
 * met a pause of this machine does not.
 */
final class BatchSize {

    /** Where it starts, and the least, in bytes: some 700 events of 300 bytes. */
    static final int LEAST_BYTES = 256 << 10;

    /** Answers that take longer than this make batches larger, in nanoseconds. */
    static final long SLOW_NANOS = 16_000_000;

    /** Answers that take less than this make them smaller; a doubled batch may take twice as long, so it is half of slow. */
    static final long QUICK_NANOS = SLOW_NANOS / 2;

    private static final int ANSWERS = 8;

    private final int mostBytes;
    private volatile int bytes;
    private int answers;
    private long bestNanos = Long.MAX_VALUE;

    /** Up to {@code mostBytes}, the link's limit. */
    BatchSize(int mostBytes) {
        this.mostBytes = mostBytes;
        this.bytes = Math.min(mostBytes, LEAST_BYTES);
    }

    /** About how much should go into a batch. */
    int bytes() {
        return bytes;
    }

    /** A batch of so many bytes was accepted so long after it was sent, at the first try. */
    synchronized void answered(int batchBytes, long nanos) {
        if (batchBytes < bytes / 2) {
            return; // A larger one would not have been filled.
        }
        bestNanos = Math.min(bestNanos, nanos);
        if (++answers < ANSWERS) {
            return;
        }
        if (bestNanos > SLOW_NANOS) {
            bytes = Math.min(mostBytes, 2 * bytes);
        } else if (bestNanos < QUICK_NANOS) {
            bytes = Math.min(mostBytes, Math.max(LEAST_BYTES, bytes / 2));
        }
        answers = 0;
        bestNanos = Long.MAX_VALUE;
    }
}
