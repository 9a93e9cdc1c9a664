package dev.spindle.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunPlanTest {

    @Test
    void shouldTellAllProblemsAtOnce() {
        TimePattern wrong = new TimePattern("wrong", null, Collections.nCopies(23, 1.0), Collections.nCopies(7, -1.0));
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> RunPlan.draft()
                        .ratePerSecond(Double.NaN)
                        .arrivals(null)
                        .addBurst(new BurstWindow(-1, 0, Double.POSITIVE_INFINITY))
                        .pattern(wrong)
                        .catchUp(new CatchUp.Drop(-1))
                        .burstCapacityEvents(-1)
                        .outOfOrder(1.5)
                        .anomalyFraction(-0.5)
                        .build())
                .satisfies(e -> assertThat(e.problems())
                        .extracting(Problem::path)
                        .contains(
                                "--rate", "--arrivals", "--burst", "--pattern.zone", "--pattern.hours",
                                "--pattern.days[0]", "--catch-up", "--burst-capacity", "--out-of-order",
                                "--anomaly-fraction"));
    }

    @Test
    void shouldAcceptSilence() {
        RunPlan plan = RunPlan.draft()
                .ratePerSecond(0)
                .addBurst(new BurstWindow(0, 1, 0))
                .build();
        assertThat(plan.ratePerSecond()).isZero();
    }

    @Test
    void shouldKeepEverythingElseWhenOneThingIsEdited() {
        RunPlan plan = RunPlan.draft()
                .paced(true)
                .arrivals(Arrivals.CONSTANT)
                .addBurst(new BurstWindow(1, 2, 3))
                .pattern(TimePattern.RETAIL_PEAK)
                .catchUp(new CatchUp.Unlimited())
                .burstCapacityEvents(7)
                .outOfOrder(0.1)
                .anomalyFraction(0.2)
                .stages(List.of(new RateStage(1, 2, 3)))
                .build();
        assertThat(plan.edit().build()).isEqualTo(plan);
        assertThat(plan.edit().paused(true).build().edit().paused(false).build()).isEqualTo(plan);
    }

    @Test
    void shouldLetANewRateTakeThePlaceOfStages() {
        RunPlan plan =
                RunPlan.draft().stages(List.of(new RateStage(1, 2, 3))).build();
        assertThat(plan.edit().ratePerSecond(5).build().stages()).isEmpty();
    }
}
