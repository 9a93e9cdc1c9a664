package dev.spindle.engine.plan;

import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything about a run that can be changed while it runs, as one immutable, numbered value. A retune is the volatile
 * write of a new plan; an event carries the plan under which it left.
 *
 * <p>A plan that exists is a valid one: the constructor throws {@link ConfigurationException} with every problem found,
 * each under the name of the option it belongs to ({@code --rate}). {@link #edit()} makes a changed copy.
 *
 * @param revision 1 for the plan that the run starts with, one more for each retune
 * @param paced whether events wait for their intended times; if not, an event's intended time is its release
 * @param ratePerSecond base rate in events per second, 0 (silence) to {@value #MOST_PER_SECOND}; unused while there are
 *     {@code stages}
 * @param arrivals the arrival process
 * @param bursts windows in which the rate is multiplied; overlapping windows multiply each other
 * @param stages ramps and steps in place of the base rate, from the run's origin; the run ends with them; may be empty
 * @param pattern multipliers by hour of day and day of week, or null
 * @param catchUp what happens to overdue events
 * @param burstCapacityEvents size of the token bucket; 0 for two seconds of the rate
 * @param paused whether the run's clock stands still
 * @param outOfOrder fraction of events delivered late by positions
 * @param anomalyFraction fraction of rows given the {@code auto} point anomaly
 */
public record RunPlan(
        long revision,
        boolean paced,
        double ratePerSecond,
        Arrivals arrivals,
        List<BurstWindow> bursts,
        List<RateStage> stages,
        TimePattern pattern,
        CatchUp catchUp,
        long burstCapacityEvents,
        boolean paused,
        double outOfOrder,
        double anomalyFraction) {

    /** The highest rate that can be asked for, in events per second. */
    public static final double MOST_PER_SECOND = 1e9;

    /** The highest multiplier of a burst window or a pattern. */
    public static final double MOST_MULTIPLIER = 1e6;

    /** The longest time that a plan may name: ten years, in nanoseconds. */
    public static final long LONGEST_NANOS = 3_650L * 86_400 * 1_000_000_000;

    /** The most burst windows, and the most stages, of one plan. */
    public static final int MOST_PARTS = 10_000;

    public RunPlan {
        bursts = List.copyOf(bursts);
        stages = List.copyOf(stages);
        List<Problem> problems = new ArrayList<>();
        PlanChecks.rate("--rate", ratePerSecond, problems);
        PlanChecks.present("--arrivals", arrivals, problems);
        PlanChecks.present("--catch-up", catchUp, problems);
        PlanChecks.count("--burst", bursts.size(), problems);
        PlanChecks.count("--stages", stages.size(), problems);
        bursts.forEach(burst -> burst.check("--burst", problems));
        RateStage.checkAll("--stages", stages, problems);
        if (pattern != null) {
            pattern.check("--pattern", problems);
        }
        if (catchUp instanceof CatchUp.Drop drop) {
            PlanChecks.duration("--catch-up", drop.toleranceNanos(), problems);
        }
        if (burstCapacityEvents < 0) {
            problems.add(new Problem(
                    "--burst-capacity",
                    Long.toString(burstCapacityEvents),
                    "is less than nothing",
                    "1 or more, or 0 for two seconds of the rate"));
        }
        PlanChecks.fraction("--out-of-order", outOfOrder, problems);
        PlanChecks.fraction("--anomaly-fraction", anomalyFraction, problems);
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    /** A draft with the defaults of every option: unpaced, 10 events per second, Poisson arrivals, token bucket. */
    public static PlanDraft draft() {
        return new PlanDraft();
    }

    /** A draft that starts as a copy of this plan. */
    public PlanDraft edit() {
        return new PlanDraft(this);
    }
}
