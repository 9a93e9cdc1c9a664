package dev.spindle.engine.time;

/** The time, injected so that tests can turn it. The two readings are unrelated, as they are on a real machine. */
public interface NanoClock {

    /** Nanoseconds from an arbitrary fixed point; never goes back. */
    long nanoTime();

    /** Microseconds since the epoch, UTC; may jump. */
    long epochMicros();
}
