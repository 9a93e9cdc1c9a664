package dev.spindle.engine.plan;

import java.util.List;

/**
 * Everything about a run that can be changed while it runs, as one immutable, numbered value. A retune is the volatile
 * write of a new plan; an event carries the plan under which it left.
 *
 * @param revision 1 for the plan that the run starts with, one more for each retune
 * @param paced whether events wait for their intended times; if not, an event's intended time is its release
 * @param ratePerSecond base rate in events per second; unused while {@code stages} last
 * @param arrivals the arrival process
 * @param bursts windows in which the rate is multiplied; overlapping windows multiply each other
 * @param stages ramps and steps in place of the base rate, from the run's origin; may be empty
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

    public RunPlan {
        bursts = List.copyOf(bursts);
        stages = List.copyOf(stages);
    }
}
