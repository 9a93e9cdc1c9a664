package dev.spindle.engine.plan;

import dev.spindle.engine.error.Problem;
import java.util.List;

/** What may stand in a plan: one method for each kind of figure, shared by the records. */
final class PlanChecks {

    private PlanChecks() {}

    static void rate(String path, double perSecond, List<Problem> problems) {
        if (!(perSecond >= 0 && perSecond <= RunPlan.MOST_PER_SECOND)) {
            problems.add(new Problem(
                    path, plain(perSecond), "is no rate", "0 to 1G events per second, such as 250, 50k or 1.5M"));
        }
    }

    static void multiplier(String path, double factor, String value, List<Problem> problems) {
        if (!(factor >= 0 && factor <= RunPlan.MOST_MULTIPLIER)) {
            problems.add(new Problem(path, value, "has a multiplier out of range", "0 to 1000000"));
        }
    }

    static void duration(String path, long nanos, List<Problem> problems) {
        if (nanos < 0 || nanos > RunPlan.LONGEST_NANOS) {
            problems.add(new Problem(
                    path, DurationText.write(nanos), "has a duration out of range", "0 to ten years"));
        }
    }

    static void fraction(String path, double fraction, List<Problem> problems) {
        if (!(fraction >= 0 && fraction <= 1)) {
            problems.add(new Problem(path, plain(fraction), "is no fraction", "0 to 1"));
        }
    }

    static void present(String path, Object value, List<Problem> problems) {
        if (value == null) {
            problems.add(new Problem(path, null, "is missing"));
        }
    }

    static void count(String path, int parts, List<Problem> problems) {
        if (parts > RunPlan.MOST_PARTS) {
            problems.add(
                    new Problem(path, Integer.toString(parts), "are too many", RunPlan.MOST_PARTS + " at most"));
        }
    }

    /** A number as a person writes it: no trailing {@code .0}, no exponent for whole numbers. */
    static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }
}
