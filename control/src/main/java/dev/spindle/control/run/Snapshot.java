package dev.spindle.control.run;

import dev.spindle.engine.EventCounts;
import dev.spindle.engine.StreamResult.State;
import org.HdrHistogram.Histogram;

/**
 * A run's live figures at one moment, all as totals: what has happened between two moments is the difference of two
 * snapshots, so any number of readers can look at their own pace without taking anything from each other.
 *
 * @param atNanos when, on the machine's clock
 * @param atMillis when, in milliseconds since the epoch
 * @param runNanos when, on the run's clock
 * @param revision number of the plan
 * @param ringRemaining free slots in the fullest ring, as a fraction of its size
 * @param lag release minus intended time, in nanoseconds
 * @param latency acknowledgement minus intended time, in nanoseconds
 */
public record Snapshot(
        long atNanos,
        long atMillis,
        long runNanos,
        long revision,
        State state,
        EventCounts counts,
        double ringRemaining,
        Histogram lag,
        Histogram latency) {

    /** What {@code later} has that {@code earlier} has not. */
    public static Histogram between(Histogram earlier, Histogram later) {
        Histogram difference = later.copy();
        difference.subtract(earlier);
        return difference;
    }
}
