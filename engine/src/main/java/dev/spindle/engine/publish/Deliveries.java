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

    /** Events {@code from} (inclusive) to {@code to} (exclusive) have reached their target. Called within write only. */
    void acknowledged(Batch batch, int from, int to);

    /** Events will never reach their target. The first cause is kept as the run's error. */
    void failed(int events, Throwable cause);
}
