package dev.spindle.engine.plan;

import dev.spindle.engine.error.Problem;
import java.util.List;

/**
 * A window of time in which the rate is multiplied.
 *
 * @param startNanos start in nanoseconds since the run's origin
 * @param durationNanos length in nanoseconds; the window is [start, start + duration)
 * @param multiplier factor of the rate, 0 to {@value RunPlan#MOST_MULTIPLIER}; 0 is silence
 */
public record BurstWindow(long startNanos, long durationNanos, double multiplier) {

    /** The first nanosecond after the window. */
    public long endNanos() {
        return startNanos + durationNanos;
    }

    /** Adds what is wrong with this window to {@code problems}, under {@code path}. */
    public void check(String path, List<Problem> problems) {
        if (startNanos < 0 || startNanos > RunPlan.LONGEST_NANOS) {
            problems.add(new Problem(path, toString(), "has a start out of range", "0 seconds to ten years"));
        }
        if (durationNanos <= 0 || durationNanos > RunPlan.LONGEST_NANOS) {
            problems.add(new Problem(
                    path, toString(), "has a duration out of range", "more than 0 seconds, ten years at most"));
        }
        PlanChecks.multiplier(path, multiplier, toString(), problems);
    }

    /** As the option writes it: {@code START:DURATION:MULTIPLIER} in seconds. */
    @Override
    public String toString() {
        return PlanChecks.plain(startNanos / 1e9) + ":" + PlanChecks.plain(durationNanos / 1e9) + ":"
                + PlanChecks.plain(multiplier);
    }
}
