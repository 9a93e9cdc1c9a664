package dev.spindle.engine.reorder;

import dev.spindle.engine.plan.Arrivals;
import dev.spindle.engine.plan.CatchUp;
import dev.spindle.engine.plan.RunPlan;
import java.util.List;

/** Plans that differ in what disorder looks at only. */
public final class Plans {

    private Plans() {}

    public static RunPlan of(double outOfOrder, double anomalyFraction) {
        return new RunPlan(
                1,
                false,
                10,
                Arrivals.POISSON,
                List.of(),
                List.of(),
                null,
                new CatchUp.Bucket(),
                0,
                false,
                outOfOrder,
                anomalyFraction);
    }
}
