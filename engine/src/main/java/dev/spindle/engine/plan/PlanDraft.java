package dev.spindle.engine.plan;

import java.util.ArrayList;
import java.util.List;

/** A plan in the making: every setter changes one thing, {@link #build()} checks all of them together. */
public final class PlanDraft {

    private long revision = 1;
    private boolean paced;
    private double ratePerSecond = 10;
    private Arrivals arrivals = Arrivals.POISSON;
    private List<BurstWindow> bursts = List.of();
    private List<RateStage> stages = List.of();
    private TimePattern pattern;
    private CatchUp catchUp = new CatchUp.Bucket();
    private long burstCapacityEvents;
    private boolean paused;
    private double outOfOrder;
    private double anomalyFraction;

    PlanDraft() {}

    PlanDraft(RunPlan plan) {
        revision = plan.revision();
        paced = plan.paced();
        ratePerSecond = plan.ratePerSecond();
        arrivals = plan.arrivals();
        bursts = plan.bursts();
        stages = plan.stages();
        pattern = plan.pattern();
        catchUp = plan.catchUp();
        burstCapacityEvents = plan.burstCapacityEvents();
        paused = plan.paused();
        outOfOrder = plan.outOfOrder();
        anomalyFraction = plan.anomalyFraction();
    }

    /** Number of the plan; {@link PlanCell} sets it at a retune. */
    public PlanDraft revision(long number) {
        revision = number;
        return this;
    }

    /** Whether events wait for their intended times. */
    public PlanDraft paced(boolean yes) {
        paced = yes;
        return this;
    }

    /** A base rate in events per second; it takes the place of stages, which are dropped. */
    public PlanDraft ratePerSecond(double rate) {
        ratePerSecond = rate;
        stages = List.of();
        return this;
    }

    /** The arrival process. */
    public PlanDraft arrivals(Arrivals process) {
        arrivals = process;
        return this;
    }

    /** All burst windows. */
    public PlanDraft bursts(List<BurstWindow> windows) {
        bursts = windows;
        return this;
    }

    /** One more burst window, after the others. */
    public PlanDraft addBurst(BurstWindow window) {
        List<BurstWindow> longer = new ArrayList<>(bursts);
        longer.add(window);
        bursts = longer;
        return this;
    }

    /** Ramps and steps in place of the base rate. */
    public PlanDraft stages(List<RateStage> list) {
        stages = list;
        return this;
    }

    /** Multipliers by hour and day, or null for none. */
    public PlanDraft pattern(TimePattern multipliers) {
        pattern = multipliers;
        return this;
    }

    /** What happens to overdue events. */
    public PlanDraft catchUp(CatchUp policy) {
        catchUp = policy;
        return this;
    }

    /** Size of the token bucket in events; 0 for two seconds of the rate. */
    public PlanDraft burstCapacityEvents(long events) {
        burstCapacityEvents = events;
        return this;
    }

    /** Whether the run's clock stands still. */
    public PlanDraft paused(boolean yes) {
        paused = yes;
        return this;
    }

    /** Fraction of events delivered late by positions. */
    public PlanDraft outOfOrder(double fraction) {
        outOfOrder = fraction;
        return this;
    }

    /** Fraction of rows given the {@code auto} point anomaly. */
    public PlanDraft anomalyFraction(double fraction) {
        anomalyFraction = fraction;
        return this;
    }

    /**
     * The plan.
     *
     * @throws dev.spindle.engine.error.ConfigurationException with everything that is wrong with it
     */
    public RunPlan build() {
        return new RunPlan(
                revision,
                paced,
                ratePerSecond,
                arrivals,
                bursts,
                stages,
                pattern,
                catchUp,
                burstCapacityEvents,
                paused,
                outOfOrder,
                anomalyFraction);
    }
}
