package dev.spindle.engine.plan;

import dev.spindle.engine.error.Problem;
import java.util.List;

/**
 * A stretch of time in which the rate goes linearly from one figure to another.
 *
 * @param durationNanos length in nanoseconds; 0 is a step
 * @param fromPerSecond rate at its start, in events per second
 * @param toPerSecond rate at its end, in events per second
 */
public record RateStage(long durationNanos, double fromPerSecond, double toPerSecond) {

    /** Adds what is wrong with a list of stages to {@code problems}, under {@code path}. */
    static void checkAll(String path, List<RateStage> stages, List<Problem> problems) {
        double totalNanos = 0;
        for (RateStage stage : stages) {
            PlanChecks.duration(path, stage.durationNanos, problems);
            PlanChecks.rate(path, stage.fromPerSecond, problems);
            if (stage.toPerSecond != stage.fromPerSecond) {
                PlanChecks.rate(path, stage.toPerSecond, problems);
            }
            totalNanos += Math.max(0, stage.durationNanos);
        }
        if (!stages.isEmpty() && totalNanos == 0) {
            problems.add(new Problem(path, null, "takes no time in all", "at least one duration above 0"));
        }
        if (totalNanos > RunPlan.LONGEST_NANOS) {
            problems.add(new Problem(path, null, "takes too long in all", "ten years at most"));
        }
    }
}
