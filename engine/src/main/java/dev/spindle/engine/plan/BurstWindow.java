package dev.spindle.engine.plan;

/**
 * A window of time in which the rate is multiplied.
 *
 * @param startNanos start in nanoseconds since the run's origin
 * @param durationNanos length in nanoseconds
 * @param multiplier factor of the rate, 0 or more; 0 is silence
 */
public record BurstWindow(long startNanos, long durationNanos, double multiplier) {}
