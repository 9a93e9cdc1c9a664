package dev.spindle.engine.plan;

/** What happens to events that are overdue after a stall. */
public sealed interface CatchUp {

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
