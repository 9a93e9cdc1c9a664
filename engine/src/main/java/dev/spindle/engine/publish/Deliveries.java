package dev.spindle.engine.publish;

/** Where a sink reports what became of each event; every method may be called from any thread. */
public interface Deliveries {

    /**
     * One event has reached its target.
     *
     * @param intendedNanos the event's {@link Batch#intendedNanos}: latency counts from there
     * @param bytes its length
     */
    void acknowledged(long intendedNanos, int bytes);

    /**
     * Several events have reached their target at one moment; cheaper than one by one.
     *
     * @param intendedNanos their {@link Batch#intendedNanos}, the first {@code count} of the array
     * @param bytes their lengths together
     */
    default void acknowledged(long[] intendedNanos, int count, long bytes) {
        for (int i = 0; i < count; i++) {
            acknowledged(intendedNanos[i], i == 0 ? (int) bytes : 0);
        }
    }

    /** Events {@code from} (inclusive) to {@code to} (exclusive) have reached their target. Called within write and writeAll only. */
    void acknowledged(Batch batch, int from, int to);

    /** Events will never reach their target. The first cause is kept as the run's error. */
    void failed(int events, Throwable cause);
}
