package dev.spindle.engine.reorder;

import dev.spindle.engine.plan.RunPlan;

/** Plans that differ in what disorder looks at only. */
public final class Plans {

    private Plans() {}

    public static RunPlan of(double outOfOrder, double anomalyFraction) {
        return RunPlan.draft().outOfOrder(outOfOrder).anomalyFraction(anomalyFraction).build();
    }
}
