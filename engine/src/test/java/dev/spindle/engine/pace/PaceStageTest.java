package dev.spindle.engine.pace;

import static dev.spindle.engine.pace.PaceFixture.EPOCH_MICROS;
import static dev.spindle.engine.pace.PaceFixture.MICRO;
import static dev.spindle.engine.pace.PaceFixture.MILLI;
import static dev.spindle.engine.pace.PaceFixture.SECOND;
import static dev.spindle.engine.pace.PaceFixture.constant;
import static dev.spindle.engine.pace.PaceFixture.poisson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.spindle.engine.draw.Draw;
import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.EngineException;
import dev.spindle.engine.event.Event;
import dev.spindle.engine.plan.Arrivals;
import dev.spindle.engine.plan.BurstWindow;
import dev.spindle.engine.plan.Late;
import dev.spindle.engine.plan.PlanCell;
import dev.spindle.engine.plan.RateStage;
import dev.spindle.engine.plan.Retune;
import dev.spindle.engine.plan.RetuneAck;
import dev.spindle.engine.plan.RunPlan;
import dev.spindle.engine.plan.TimePattern;
import dev.spindle.engine.stats.BlockedTime;
import dev.spindle.engine.time.ManualClock;
import dev.spindle.engine.time.ManualWaiting;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceStageTest {

    private static final long HOUR = 3_600 * SECOND;

    @Test
    void shouldReleaseEachEventAtItsIntendedTime() {
        PaceFixture run = new PaceFixture(constant(1_000)).feed(4);
        assertThat(run.released()).containsExactly(0L, MILLI, 2 * MILLI, 3 * MILLI);
        assertThat(run.out).allSatisfy(o -> assertThat(o.intended()).isEqualTo(o.released()));
        assertThat(run.out).allSatisfy(o -> assertThat(o.revision()).isEqualTo(1));
        assertThat(run.stats.taken()).isEqualTo(4);
        assertThat(run.stats.released()).isEqualTo(4);
        assertThat(run.stats.rateError()).isZero();
        assertThat(run.stats.lagTotal().getMaxValue()).isZero();
    }

    @Test
    void shouldKeepIntendedTimesFreeOfLag() {
        PaceFixture run = new PaceFixture(constant(1_000));
        // What is overshot is the wait for the rehearsal, so that events are late by so much less.
        run.waiting.overshoot(70 * MICRO + PaceStage.REHEARSAL_NANOS);
        run.feed(1_000);
        assertThat(run.out.getLast().intended()).isEqualTo(999 * MILLI);
        assertThat(run.out.getLast().released()).isEqualTo(999 * MILLI + 70 * MICRO);
        assertThat(run.stats.lagTotal().getValueAtPercentile(50)).isBetween(69 * MICRO, 71 * MICRO);
        // The first event does not wait, all others are 70 µs late: 70 µs in 0.999 s.
        assertThat(run.stats.rateError()).isCloseTo(70e-6 / 0.999, within(1e-12));
    }

    @Test
    void shouldTellTheNextStageThatTheBatchHasEndedBeforeALongWait() {
        PaceFixture run = new PaceFixture(constant(1_000)).feed(3);
        assertThat(run.batchEnds).containsExactly(0L, MILLI);
    }

    @Test
    void shouldNotEndTheBatchForAWaitThatIsShorterThanThatTakes() {
        PaceFixture run = new PaceFixture(constant(2_000_000)).feed(100);
        assertThat(run.batchEnds).isEmpty();
    }

    @Test
    void shouldEndBatchesAgainWhenTheirEndsHaveBecomeQuick() {
        PaceFixture run = new PaceFixture(constant(50_000));
        run.batchEndNanos = 200 * MICRO;
        run.feed(100);
        run.batchEndNanos = 2 * MICRO;
        run.batchEnds.clear();

        run.feed(1_000);

        assertThat(run.batchEnds).hasSizeGreaterThan(900);
    }

    @Test
    void shouldGiveUnpacedEventsTheirReleaseAsIntendedTime() {
        PaceFixture run = new PaceFixture(RunPlan.draft());
        run.upstreamNanos = 100;
        run.feed(1_000);
        assertThat(run.waiting.waits()).isZero();
        assertThat(run.out).allSatisfy(o -> assertThat(o.intended()).isEqualTo(o.released()));
        assertThat(run.released()).isSorted();
        // The clock is read once in 64 events.
        assertThat(run.released().stream().distinct()).hasSize((1_000 + 63) / 64);
        assertThat(run.stats.taken()).isEqualTo(1_000);
        assertThat(run.stats.offeredPerSecond()).isCloseTo(1e7, within(1e6));
    }

    @Test
    void shouldReadTheClockAgainAfterTheSinkHasBlocked() {
        PaceFixture run = new PaceFixture(RunPlan.draft());
        run.stallDownstream(10, SECOND);
        run.feed(20);
        assertThat(run.out.get(10).released()).isZero();
        assertThat(run.out.get(11).released()).isEqualTo(SECOND);
    }

    @Test
    void shouldTakeOnlyEventsWithinTheDuration() {
        PaceFixture run = new PaceFixture(constant(10), PaceSettings.of(1).withDuration(SECOND)).feed(100);
        assertThat(run.stage.ended()).isTrue();
        assertThat(run.stats.taken()).isEqualTo(10);
        assertThat(run.runNanos()).isEqualTo(SECOND);
    }

    @Test
    void shouldEndAnUnpacedRunAfterTheDuration() {
        PaceFixture run = new PaceFixture(RunPlan.draft(), PaceSettings.of(1).withDuration(MILLI));
        run.upstreamNanos = 100;
        run.feed(1_000_000);
        assertThat(run.stage.ended()).isTrue();
        assertThat(run.stats.taken()).isBetween(9_900L, 10_100L);
    }

    @Test
    void shouldEndWithTheStages() {
        PaceFixture run = new PaceFixture(constant(1)
                        .stages(List.of(new RateStage(SECOND, 0, 100), new RateStage(SECOND, 100, 100))))
                .feed(1_000);
        assertThat(run.stage.ended()).isTrue();
        assertThat(run.stats.taken()).isEqualTo(150);
        assertThat(run.runNanos()).isEqualTo(2 * SECOND);
    }

    @Test
    void shouldGoOnAfterTheStagesWhenARateHasTakenTheirPlace() {
        PaceFixture run = new PaceFixture(constant(1).stages(List.of(new RateStage(SECOND, 10, 10))));
        run.retuneAt(SECOND / 2 + 1, plan -> plan.ratePerSecond(1));
        run.feed(20);
        assertThat(run.stage.ended()).isFalse();
        assertThat(run.stats.taken()).isEqualTo(20);
    }

    @Test
    void shouldStopWhileItWaits() {
        PaceFixture run = new PaceFixture(constant(1.0 / 3600));
        run.waiting.at(PaceFixture.ORIGIN + 5 * SECOND, run.stage::stop);
        run.feed(10);
        assertThat(run.stage.ended()).isTrue();
        assertThat(run.runNanos()).isEqualTo(5 * SECOND);
        assertThat(run.stats.taken()).isEqualTo(1);
        assertThat(run.sequences()).containsExactly(0L);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldTakeNothingAfterAStop(boolean paced) {
        PaceFixture run = new PaceFixture(constant(1_000).paced(paced)).feed(10);
        run.stage.stop();
        run.feed(10);
        assertThat(run.stats.taken()).isEqualTo(10);
        assertThat(run.stage.ended()).isTrue();
    }

    @Test
    void shouldEndTheCellWithTheStream() {
        PaceFixture run = new PaceFixture(constant(1_000)).feed(10);
        CompletableFuture<RetuneAck> ack = run.retune(plan -> plan.ratePerSecond(5));
        run.stage.endOfStream();
        assertThat(run.streamEnded).isTrue();
        assertThatThrownBy(ack::join).hasCauseInstanceOf(EngineException.class);
        assertThat(run.cell.retune(plan -> plan)).isInstanceOf(Retune.Ended.class);
    }

    @Test
    void shouldActOnARetuneWhileTheNextEventIsAnHourAway() {
        PaceFixture run = new PaceFixture(constant(1.0 / 3600));
        CompletableFuture<RetuneAck> ack = run.retuneAt(HOUR / 2, plan -> plan.ratePerSecond(10_000));
        run.feed(100);
        assertThat(ack).isCompletedWithValue(new RetuneAck(2, HOUR / 2, 1));
        assertThat(run.out.get(1).released()).isEqualTo(HOUR / 2 + 50 * MICRO);
        assertThat(run.out.get(1).revision()).isEqualTo(2);
        assertThat(run.sequences()).isEqualTo(LongStream.range(0, 100).boxed().toList());
    }

    @Test
    void shouldAcknowledgeWhileNothingIsDue() {
        PaceFixture run = new PaceFixture(constant(1.0 / 3600));
        CompletableFuture<RetuneAck> ack = run.retuneAt(HOUR / 2, plan -> plan.ratePerSecond(0));
        CompletableFuture<RetuneAck> stopped = run.retuneAt(HOUR, plan -> {
            run.stage.stop();
            return plan.ratePerSecond(5);
        });
        run.feed(100);
        assertThat(ack).isCompletedWithValue(new RetuneAck(2, HOUR / 2, 1));
        assertThat(stopped).isCompletedWithValue(new RetuneAck(3, HOUR, 1));
        assertThat(run.stats.taken()).isEqualTo(1);
    }

    @Test
    void shouldNameTheStreamsFirstEventForARetuneBeforeTheStart() {
        ManualClock clock = new ManualClock(7, 11);
        PlanCell cell = new PlanCell(constant(10).build(), Runnable::run);
        PaceStage stage = new PaceStage(
                PaceSettings.of(42).withFirst(1_234),
                cell,
                clock,
                new ManualWaiting(clock),
                new BlockedTime(),
                () -> new Event(1),
                new PaceStats(),
                new PaceFixture(constant(10)).sink());
        CompletableFuture<RetuneAck> ack = ((Retune.Accepted)
                        cell.retune(plan -> plan.edit().ratePerSecond(20).build()))
                .ack();
        stage.start();
        assertThat(ack).isCompletedWithValue(new RetuneAck(2, 0, 1_234));
    }

    @Test
    void shouldAcknowledgeInAnUnpacedRun() {
        PaceFixture run = new PaceFixture(RunPlan.draft()).feed(10);
        CompletableFuture<RetuneAck> ack = run.retune(plan -> plan.outOfOrder(0.5));
        run.feed(1);
        assertThat(ack).isCompletedWithValue(new RetuneAck(2, 0, 10));
        assertThat(run.out.getLast().revision()).isEqualTo(2);
    }

    /** Over many retunes at odd moments, every event leaves once, in order, and never before its time. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldNeitherLoseNorRepeatAnEventOverManyRetunes(long seed) {
        PaceFixture run = new PaceFixture(poisson(1_000), PaceSettings.of(seed));
        List<CompletableFuture<RetuneAck>> acks = new ArrayList<>();
        double expected = 0;
        double rate = 1_000;
        long at = 0;
        for (int i = 0; i < 300; i++) {
            long gap = (long) (-Math.log(1 - Draw.unit(seed, i)) * 10 * MILLI);
            expected += rate * gap / 1e9;
            at += gap;
            rate = Math.floor(Draw.unit(seed, 1_000 + i) * 5_000);
            double next = rate;
            acks.add(run.retuneAt(at, plan -> plan.ratePerSecond(next)
                    .arrivals(next % 2 == 0 ? Arrivals.POISSON : Arrivals.CONSTANT)));
        }
        run.waiting.at(PaceFixture.ORIGIN + at, run.stage::stop);
        run.feed(1_000_000);
        assertThat(run.stats.taken()).as("seed %d", seed).isCloseTo((long) expected, within((long) (5 * Math.sqrt(expected))));
        assertThat(run.sequences())
                .isEqualTo(LongStream.range(0, run.stats.taken()).boxed().toList());
        assertThat(run.out).allSatisfy(o -> assertThat(o.released()).isEqualTo(o.intended()));
        for (CompletableFuture<RetuneAck> ack : acks) {
            RetuneAck done = ack.join();
            run.out.stream()
                    .filter(o -> o.sequence() == done.effectiveSequence() || o.sequence() == done.effectiveSequence() - 1)
                    .forEach(o -> assertThat(o.revision() >= done.revision())
                            .isEqualTo(o.sequence() >= done.effectiveSequence()));
        }
    }

    @Test
    void shouldStandStillWhilePausedAndNotCatchUpAfterwards() {
        PaceFixture run = new PaceFixture(constant(1_000));
        CompletableFuture<RetuneAck> paused = run.retuneAt(10 * MILLI + 1, plan -> plan.paused(true));
        run.waiting.at(PaceFixture.ORIGIN + 5 * SECOND, () -> {
            assertThat(run.stage.runNanos()).isEqualTo(10 * MILLI + 1);
            run.retune(plan -> plan.paused(false));
        });
        run.feed(21);
        assertThat(paused).isCompletedWithValue(new RetuneAck(2, 10 * MILLI + 1, 11));
        assertThat(run.released()).isEqualTo(LongStream.range(0, 21).map(i -> i * MILLI).boxed().toList());
        assertThat(run.runNanos()).isEqualTo(5 * SECOND + 20 * MILLI - 10 * MILLI - 1);
        assertThat(run.stage.runNanos()).isEqualTo(20 * MILLI);
        assertThat(run.stats.rateError()).isZero();
    }

    @Test
    void shouldRetuneWhilePaused() {
        PaceFixture run = new PaceFixture(constant(10).paused(true));
        CompletableFuture<RetuneAck> ack = run.retuneAt(SECOND, plan -> plan.ratePerSecond(1_000));
        run.retuneAt(2 * SECOND, plan -> plan.paused(false));
        run.feed(3);
        assertThat(ack).isCompletedWithValue(new RetuneAck(2, 0, 0));
        assertThat(run.released()).containsExactly(0L, MILLI, 2 * MILLI);
        assertThat(run.runNanos()).isEqualTo(2 * SECOND + 2 * MILLI);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldStopWhilePaused(boolean paced) {
        PaceFixture run = new PaceFixture(constant(10).paced(paced).paused(true));
        run.waiting.at(PaceFixture.ORIGIN + SECOND, run.stage::stop);
        run.feed(3);
        assertThat(run.stage.ended()).isTrue();
        assertThat(run.out).isEmpty();
    }

    @Test
    void shouldMoveTheWallClockOfTheOriginByAPause() {
        PaceFixture run = new PaceFixture(constant(1));
        run.retuneAt(10 * SECOND, plan -> plan.paused(true));
        run.retuneAt(17 * SECOND, plan -> plan.paused(false));
        run.feedUntil(9 * SECOND);
        assertThat(run.stage.originEpochMicros()).isEqualTo(EPOCH_MICROS);
        run.feedUntil(20 * SECOND);
        assertThat(run.stage.originEpochMicros()).isEqualTo(EPOCH_MICROS + 7_000_000);
        assertThat(run.out.getLast().intended()).isEqualTo(13 * SECOND);
    }

    @Test
    void shouldWaitForAnOriginAhead() {
        PaceFixture run = new PaceFixture(constant(10), 500 * MICRO);
        CompletableFuture<RetuneAck> early = run.retune(plan -> plan.ratePerSecond(20));
        assertThat(run.stage.runNanos()).isZero();
        run.feed(3);
        assertThat(early).isCompletedWithValue(new RetuneAck(2, 0, 0));
        assertThat(run.released()).containsExactly(0L, 50 * MILLI, 100 * MILLI);
        assertThat(run.stage.originEpochMicros()).isEqualTo(EPOCH_MICROS + 500);
        assertThat(run.runNanos()).isEqualTo(100 * MILLI + 500 * MICRO);
    }

    @Test
    void shouldStandAtItsOriginWhenPausedBeforeIt() {
        PaceFixture run = new PaceFixture(constant(10), 500 * MICRO);
        run.retune(plan -> plan.paused(true));
        run.retuneAt(2 * SECOND, plan -> plan.paused(false));
        run.feed(2);
        assertThat(run.released()).containsExactly(0L, 100 * MILLI);
    }

    @Test
    void shouldGoByTheWallClockAfterAPause() {
        List<Double> hours = new ArrayList<>(Collections.nCopies(24, 1.0));
        // The wall clock at the origin is midnight.
        assertThat(EPOCH_MICROS % 86_400_000_000L).isZero();
        hours.set(1, 10.0);
        TimePattern pattern = new TimePattern("test", ZoneOffset.UTC, hours, Collections.nCopies(7, 1.0));
        PaceFixture run = new PaceFixture(constant(1).pattern(pattern));
        run.retuneAt(10 * SECOND, plan -> plan.paused(true));
        run.retuneAt(HOUR - 10 * SECOND, plan -> plan.paused(false));
        run.feedUntil(HOUR + 10 * SECOND);
        assertThat(run.stats.taken()).isBetween(20L + 98, 20L + 102);
    }

    @Test
    void shouldStartABurstAtItsBoundary() {
        PaceFixture run = new PaceFixture(
                        poisson(1.0 / 60).addBurst(new BurstWindow(30 * SECOND, 10 * SECOND, 600_000)))
                .feed(100);
        long inBurst = run.out.stream()
                .filter(o -> o.intended() >= 30 * SECOND)
                .findFirst()
                .orElseThrow()
                .released();
        assertThat(inBurst).isBetween(30 * SECOND, 30 * SECOND + MILLI);
    }

    @Test
    void shouldHoldLateEventsForTheirDelayAndDelayNothingElse() {
        PaceFixture run = new PaceFixture(constant(1_000), PaceSettings.of(7).withLate(new Late(0.1, 50 * MILLI)));
        run.feed(10_000);
        run.stage.endOfStream();
        assertThat(run.out).hasSize(10_000);
        assertThat(run.sequences()).doesNotHaveDuplicates();
        List<PaceFixture.Out> late =
                run.out.stream().filter(o -> o.intended() != o.sequence() * MILLI).toList();
        assertThat(late).hasSizeBetween(850, 1_150);
        assertThat(late).allSatisfy(o -> assertThat(o.intended()).isEqualTo(o.sequence() * MILLI + 50 * MILLI));
        assertThat(run.out).allSatisfy(o -> assertThat(o.released()).isEqualTo(o.intended()));
        assertThat(run.released()).isSorted();
        assertThat(run.streamEnded).isTrue();
        // No more spares than were held at once, and none after the first time.
        assertThat(run.spares).isLessThan(50);
    }

    @Test
    void shouldChooseTheSameLateEventsForTheSameSeed() {
        List<List<Long>> orders = new ArrayList<>();
        for (long seed : new long[] {7, 7, 8}) {
            PaceFixture run = new PaceFixture(
                    constant(1_000), PaceSettings.of(seed).withLate(new Late(0.1, 5 * MILLI)));
            run.feed(1_000);
            orders.add(run.sequences());
        }
        assertThat(orders.get(0)).isEqualTo(orders.get(1)).isNotEqualTo(orders.get(2));
    }

    @Test
    void shouldFlushLateEventsAtAStop() {
        PaceFixture run = new PaceFixture(constant(1_000), PaceSettings.of(7).withLate(new Late(1, HOUR)));
        run.feed(10);
        assertThat(run.out).isEmpty();
        run.stage.stop();
        run.stage.endOfStream();
        assertThat(run.sequences()).isEqualTo(LongStream.range(0, 10).boxed().toList());
        assertThat(run.runNanos()).isEqualTo(9 * MILLI);
        assertThat(run.stats.released()).isEqualTo(10);
        assertThat(run.stats.lagTotal().getTotalCount()).isZero();
    }

    @Test
    void shouldFlushLateEventsWhenStoppedWhileWaitingForThem() {
        PaceFixture run = new PaceFixture(constant(1_000), PaceSettings.of(7).withLate(new Late(1, HOUR)));
        run.feed(10);
        run.waiting.at(PaceFixture.ORIGIN + HOUR / 2, run.stage::stop);
        run.stage.endOfStream();
        assertThat(run.out).hasSize(10);
        assertThat(run.runNanos()).isEqualTo(HOUR / 2);
    }

    @Test
    void shouldServeRetunesAndPauseWhileWaitingForLateEvents() {
        PaceFixture run = new PaceFixture(constant(1_000), PaceSettings.of(7).withLate(new Late(1, SECOND)));
        run.feed(10);
        CompletableFuture<RetuneAck> paused = run.retuneAt(SECOND / 2, plan -> plan.paused(true));
        run.retuneAt(10 * SECOND, plan -> plan.paused(false));
        run.stage.endOfStream();
        assertThat(paused).isCompletedWithValue(new RetuneAck(2, SECOND / 2, 10));
        assertThat(run.out.getFirst().released()).isEqualTo(SECOND);
        assertThat(run.runNanos()).isEqualTo(10 * SECOND + SECOND / 2 + 9 * MILLI);
    }

    @Test
    void shouldRefuseToHoldMoreEventsThanItsBounds() {
        PaceSettings settings = PaceSettings.of(7).withLate(new Late(1, HOUR));
        PaceFixture byCount = new PaceFixture(constant(1_000), settings.withHeldAtMost(100, Long.MAX_VALUE));
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> byCount.feed(1_000))
                .withMessageContaining("--late")
                .withMessageContaining("100 events");
        assertThat(byCount.stats.taken()).isEqualTo(101);
        PaceFixture byBytes = new PaceFixture(constant(1_000), settings.withHeldAtMost(1_000, 10_000));
        assertThatExceptionOfType(EngineException.class).isThrownBy(() -> byBytes.feed(1_000));
    }

    @Test
    void shouldRefuseToHoldEventsBackInAnUnpacedRun() {
        PaceSettings settings = PaceSettings.of(7).withLate(new Late(0.5, HOUR));
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> new PaceFixture(RunPlan.draft(), settings));
    }

    @Test
    void shouldReportTheTargetRateOfTheMoment() {
        PaceFixture run = new PaceFixture(constant(100).addBurst(new BurstWindow(SECOND, SECOND, 5)));
        assertThat(run.stage.targetRatePerSecond()).isEqualTo(100);
        run.feedUntil(3 * SECOND / 2);
        assertThat(run.stage.targetRatePerSecond()).isEqualTo(500);
        assertThat(run.stage.originEpochMicros()).isEqualTo(EPOCH_MICROS);
    }

    @Test
    void shouldShareTheRateAmongLanes() {
        PaceFixture lane = new PaceFixture(constant(100), PaceSettings.of(1).withLane(1, 4)).feed(3);
        assertThat(lane.released()).containsExactly(10 * MILLI, 50 * MILLI, 90 * MILLI);
        assertThat(lane.stage.targetRatePerSecond()).isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 7, 64})
    void shouldShowThatEveryNthArrivalIsOfAPoissonProcess(int lanes) {
        PaceFixture run = new PaceFixture(poisson(1_000), PaceSettings.of(3).withLane(lanes - 1, lanes));
        run.feed(10_000);
        KsFigure fit = run.stats.arrivalsFit();
        assertThat(fit.n()).isEqualTo(GapSample.SIZE);
        assertThat(fit.p()).isGreaterThan(0.001);
        assertThat(new PaceTotals(List.of(run.stats)).rateError()).isZero();
    }

    @Test
    void shouldShowThatEveryNthArrivalIsConstant() {
        PaceFixture run = new PaceFixture(constant(1_000), PaceSettings.of(3).withLane(1, 3)).feed(1_000);
        assertThat(run.stats.arrivalsFit().d()).isZero();
        run.waiting.overshoot(MILLI / 2);
        run.feed(1);
        run.waiting.overshoot(0);
        run.feed(1);
        assertThat(run.stats.arrivalsFit().d()).isCloseTo(1 / 1_001.0, within(1e-9));
    }

    /** A stall of two seconds: what is overdue then goes out at twice the lane's part of the rate. */
    @Test
    void shouldShareTheTokensAmongLanes() {
        PaceFixture lane = new PaceFixture(constant(1_000).burstCapacityEvents(40), PaceSettings.of(1).withLane(0, 4));
        lane.stallDownstream(100, 2 * SECOND);
        lane.feed(1_000);
        long end = 400 * MILLI + 2 * SECOND;
        assertThat(lane.releasedBetween(end, end + MILLI)).isBetween(9L, 13L);
        assertThat(lane.releasedBetween(end + MILLI, end + 101 * MILLI)).isBetween(48L, 52L);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldShowThatPoissonArrivalsAreExponential(long seed) {
        PaceFixture run = new PaceFixture(poisson(1_000), PaceSettings.of(seed));
        run.waiting.overshoot(50);
        run.feed(20_000);
        KsFigure fit = run.stats.arrivalsFit();
        assertThat(fit.n()).isEqualTo(GapSample.SIZE);
        assertThat(fit.p()).as("seed %d", seed).isGreaterThan(0.001);
    }

    @Test
    void shouldShowThatArrivalsClumpWhenThePacerWakesEveryMillisecond() {
        PaceFixture run = new PaceFixture(poisson(10_000));
        run.waiting.overshoot(MILLI);
        run.feed(20_000);
        assertThat(run.stats.arrivalsFit().p()).isLessThan(1e-6);
    }

    @Test
    void shouldShowThatConstantArrivalsAreConstant() {
        PaceFixture run = new PaceFixture(constant(1_000)).feed(1_000);
        assertThat(run.stats.arrivalsFit().d()).isZero();
        assertThat(run.stats.arrivalsFit().n()).isEqualTo(999);
        run.retune(plan -> plan.arrivals(Arrivals.POISSON));
        run.feed(10);
        assertThat(run.stats.arrivalsFit().n()).isEqualTo(9);
    }
}
