package dev.spindle.engine.plan;

import dev.spindle.engine.error.Problem;
import java.util.List;

/**
 * Events held back for a time, as {@code --late F:DELAY} asks. Fixed for a run.
 *
 * @param fraction how many of the events, 0 to 1
 * @param delayNanos how long each of them is held after its arrival, in nanoseconds
 */
public record Late(double fraction, long delayNanos) {

    /** No event is held back. */
    public static final Late NONE = new Late(0, 0);

    /** Adds what is wrong with this to {@code problems}, under {@code path}. */
    public void check(String path, List<Problem> problems) {
        PlanChecks.fraction(path, fraction, problems);
        PlanChecks.duration(path, delayNanos, problems);
    }
}
