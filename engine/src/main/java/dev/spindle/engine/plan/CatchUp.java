package dev.spindle.engine.plan;

/** What happens to events that are overdue after a stall. */
public sealed interface CatchUp {

    /** How late an event may be before {@link Drop} sheds it when nothing else is said: 1 ms. */
    long DEFAULT_TOLERANCE_NANOS = 1_000_000;

    /** Released through a token bucket that refills at twice the current rate. */
    record Bucket() implements CatchUp {}

    /** Released all at once. */
    record Unlimited() implements CatchUp {}

    /**
     * Shed and counted.
     *
     * @param toleranceNanos events later than this are dropped, in nanoseconds
     */
    record Drop(long toleranceNanos) implements CatchUp {}
}
