package dev.spindle.engine.pace;

import static dev.spindle.engine.pace.PaceFixture.MICRO;
import static dev.spindle.engine.pace.PaceFixture.MILLI;
import static dev.spindle.engine.pace.PaceFixture.SECOND;
import static dev.spindle.engine.pace.PaceFixture.constant;
import static dev.spindle.engine.pace.PaceFixture.poisson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.spindle.engine.plan.BurstWindow;
import dev.spindle.engine.plan.CatchUp;
import dev.spindle.engine.plan.Late;
import dev.spindle.engine.plan.PlanDraft;
import dev.spindle.engine.plan.RateStage;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A thousand events a second; at one second the sink stalls for three. It takes ten microseconds for an event. */
class CatchUpTest {

    private static final long STALL = 3 * SECOND;
    private static final long COST = 10 * MICRO;

    @Test
    void shouldReleaseABucketfulAndThenTwiceTheRateUntilTheLagIsGone() {
        PaceFixture run = stalled(constant(1_000)).feedUntil(8 * SECOND);
        // 1,001 before the stall; two seconds' worth and what refills go out at once, as fast as the sink takes them.
        assertThat(run.releasedBetween(0, 4 * SECOND)).isEqualTo(1_001);
        assertThat(run.releasedBetween(4 * SECOND, 4 * SECOND + 25 * MILLI)).isBetween(2_000L, 2_050L);
        assertThat(run.releasedBetween(4_100 * MILLI, 4_900 * MILLI)).isBetween(1_598L, 1_602L);
        // The backlog of 1,000 that the bucket did not cover shrinks by 1,000 a second.
        assertThat(lagAt(run, 4_500 * MILLI)).isCloseTo(500 * MILLI, within(5 * MILLI));
        assertThat(lagAt(run, 5_010 * MILLI)).isZero();
        assertThat(run.releasedBetween(5_100 * MILLI, 6_100 * MILLI)).isEqualTo(1_000);
        assertEveryEventOnce(run);
        assertThat(run.stats.dropped()).isZero();
        assertThat(run.stats.lagTotal().getMaxValue()).isCloseTo(STALL, within(10 * MILLI));
        assertThat(run.stats.missed()).isZero();
        assertThat(run.stats.rateError()).isCloseTo(0, within(1e-6));
    }

    @Test
    void shouldReleaseEverythingAtOnceWhenUnlimited() {
        PaceFixture run = stalled(constant(1_000).catchUp(new CatchUp.Unlimited())).feedUntil(8 * SECOND);
        assertThat(run.releasedBetween(4 * SECOND, 4 * SECOND + 31 * MILLI)).isBetween(3_000L, 3_035L);
        assertThat(lagAt(run, 4_040 * MILLI)).isZero();
        assertEveryEventOnce(run);
        assertThat(run.stats.dropped()).isZero();
    }

    @Test
    void shouldShedWhatIsOverdueAndCountIt() {
        PaceFixture run = stalled(constant(1_000).catchUp(new CatchUp.Drop(MILLI))).feedUntil(8 * SECOND);
        // Of the 3,000 that fell due in the stall, only the last millisecond's are young enough.
        assertThat(run.stats.dropped()).isBetween(2_998L, 2_999L);
        assertThat(run.stats.taken()).isEqualTo(run.stats.released() + run.stats.dropped());
        assertThat(run.out).hasSize((int) run.stats.released());
        assertThat(run.releasedBetween(4_010 * MILLI, 5_010 * MILLI)).isEqualTo(1_000);
        assertThat(run.stats.lagTotal().getMaxValue()).isLessThanOrEqualTo(MILLI + MICRO);
        assertThat(run.stats.missed()).isZero();
        assertThat(run.sequences()).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void shouldShedOnlyWhatIsLaterThanTheTolerance() {
        PaceFixture run = stalled(constant(1_000).catchUp(new CatchUp.Drop(SECOND))).feedUntil(8 * SECOND);
        assertThat(run.stats.dropped()).isBetween(1_998L, 2_000L);
        assertThat(lagAt(run, 4 * SECOND)).isCloseTo(SECOND, within(2 * MILLI));
    }

    @Test
    void shouldBeBoundByTheBucketsCapacity() {
        PaceFixture run = stalled(constant(1_000).burstCapacityEvents(100)).feedUntil(8 * SECOND);
        assertThat(run.releasedBetween(4 * SECOND, 4 * SECOND + 50 * MILLI)).isBetween(198L, 203L);
        assertThat(run.releasedBetween(5 * SECOND, 6 * SECOND)).isBetween(1_999L, 2_001L);
        assertThat(lagAt(run, 6_950 * MILLI)).isZero();
        assertEveryEventOnce(run);
    }

    @Test
    void shouldTakeNoTokenForAnEventOnTime() {
        PaceFixture run = new PaceFixture(constant(1_000).burstCapacityEvents(1)).feed(10_000);
        assertThat(run.out.getLast().released()).isEqualTo(9_999 * MILLI);
        assertThat(run.stats.lagTotal().getMaxValue()).isZero();
    }

    @Test
    void shouldWorkOffABacklogAlsoInASilentWindow() {
        PaceFixture run = stalled(constant(1_000).burstCapacityEvents(10).addBurst(new BurstWindow(2 * SECOND, 98 * SECOND, 0)));
        run.retuneAt(50 * SECOND, plan -> {
            run.stage.stop();
            return plan;
        });
        run.feed(10_000);
        assertEveryEventOnce(run);
        assertThat(run.out).hasSize(2_000);
        // 1,000 overdue at two thousand a second.
        assertThat(run.out.getLast().released()).isCloseTo(4_500 * MILLI, within(10 * MILLI));
    }

    @Test
    void shouldWorkOffABacklogAtTheEndOfARampDown() {
        PaceFixture run = stalled(constant(1)
                .burstCapacityEvents(10)
                .stages(List.of(new RateStage(2 * SECOND, 1_000, 0), new RateStage(20 * SECOND, 0, 0))));
        run.feed(10_000);
        assertThat(run.stage.ended()).isTrue();
        assertThat(run.out).hasSize(1_000);
    }

    @Test
    void shouldFollowARetuneWhileItCatchesUp() {
        PaceFixture run = stalled(constant(1_000).burstCapacityEvents(1));
        run.retuneAt(5 * SECOND, plan -> plan.ratePerSecond(100));
        run.feedUntil(20 * SECOND);
        // The overdue events' own rate was 1,000/s: they still go out at twice that.
        assertThat(run.releasedBetween(5 * SECOND, 5_900 * MILLI)).isBetween(1_790L, 1_810L);
        assertThat(run.releasedBetween(10 * SECOND, 15 * SECOND)).isBetween(499L, 501L);
        assertEveryEventOnce(run);
    }

    @Test
    void shouldApplyThePolicyToEventsHeldBackToo() {
        PaceSettings settings = PaceSettings.of(3).withLate(new Late(0.1, 500 * MILLI));
        PaceFixture run = stalled(new PaceFixture(constant(1_000).catchUp(new CatchUp.Drop(MILLI)), settings));
        run.feedUntil(8 * SECOND);
        assertThat(run.stats.lagTotal().getMaxValue()).isLessThanOrEqualTo(MILLI + MICRO);
        assertThat(run.stats.taken() - run.stats.released() - run.stats.dropped()).isBetween(30L, 70L);
    }

    @Test
    void shouldCountTheGeneratorsOwnLatenessAsMissed() {
        PaceFixture slow = new PaceFixture(constant(1_000));
        slow.upstreamNanos = 2 * MILLI;
        slow.feed(1_000);
        assertThat(slow.stats.missed()).isBetween(997L, 1_000L);
        PaceFixture sleepy = new PaceFixture(poisson(100));
        sleepy.waiting.overshoot(2 * MILLI);
        sleepy.feed(1_000);
        assertThat(sleepy.stats.missed()).isGreaterThan(800);
    }

    @Test
    void shouldNotBlameTheGeneratorForASinkThatIsAlwaysTooSlow() {
        PaceFixture run = new PaceFixture(constant(1_000).catchUp(new CatchUp.Unlimited()));
        run.onEvent = sequence -> {
            run.clock.advanceNanos(2 * MILLI);
            run.blocked.add(2 * MILLI);
        };
        run.feed(1_000);
        assertThat(run.stats.missed()).isZero();
        assertThat(run.stats.lagTotal().getMaxValue()).isGreaterThan(900 * MILLI);
    }

    private static PaceFixture stalled(PlanDraft plan) {
        return stalled(new PaceFixture(plan));
    }

    private static PaceFixture stalled(PaceFixture run) {
        run.onEvent = new java.util.function.LongConsumer() {
            private boolean done;

            @Override
            public void accept(long sequence) {
                if (!done && run.runNanos() >= SECOND) {
                    done = true;
                    long stall = STALL - (run.runNanos() - SECOND);
                    run.clock.advanceNanos(stall);
                    run.blocked.add(stall);
                } else {
                    run.clock.advanceNanos(COST);
                    run.blocked.add(COST);
                }
            }
        };
        return run;
    }

    private static long lagAt(PaceFixture run, long nanos) {
        PaceFixture.Out out = run.out.stream()
                .filter(o -> o.released() >= nanos)
                .findFirst()
                .orElseThrow();
        return out.released() - out.intended();
    }

    private static void assertEveryEventOnce(PaceFixture run) {
        assertThat(run.sequences())
                .isEqualTo(LongStream.range(0, run.stats.taken()).boxed().toList());
    }
}
