package dev.spindle.engine.stats;

/**
 * How long a thread has been kept waiting by what comes after it: a full ring, a sink that does not take the next
 * batch. Added to by whatever waits on that thread, at the end of each wait (never per event), and read by the pacer on
 * the same thread to tell a slow sink from a slow generator.
 */
public final class BlockedTime {

    private long nanos;

    /** Adds one wait, in nanoseconds. */
    public void add(long waitedNanos) {
        nanos += waitedNanos;
    }

    /** All waits so far, in nanoseconds. */
    public long nanos() {
        return nanos;
    }
}
