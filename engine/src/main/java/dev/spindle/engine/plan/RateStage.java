package dev.spindle.engine.plan;

/**
 * A stretch of time in which the rate goes linearly from one figure to another.
 *
 * @param durationNanos length in nanoseconds; 0 is a step
 * @param fromPerSecond rate at its start, in events per second
 * @param toPerSecond rate at its end, in events per second
 */
public record RateStage(long durationNanos, double fromPerSecond, double toPerSecond) {}
