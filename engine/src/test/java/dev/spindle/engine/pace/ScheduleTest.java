package dev.spindle.engine.pace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.engine.plan.Arrivals;
import dev.spindle.engine.plan.BurstWindow;
import dev.spindle.engine.plan.PlanDraft;
import dev.spindle.engine.plan.RateStage;
import dev.spindle.engine.plan.RunPlan;
import dev.spindle.engine.plan.TimePattern;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {

    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000_000_000L;
    private static final long HOUR = 3_600 * SECOND;

    @Test
    void shouldBeginConstantArrivalsAtZero() {
        assertThat(times(constant(4), 5)).containsExactly(0L, 250 * MILLI, 500 * MILLI, 750 * MILLI, SECOND);
    }

    @Test
    void shouldKeepFractionsOfNanoseconds() {
        assertThat(times(constant(3_000_000), 7)).containsExactly(0L, 333L, 666L, 1_000L, 1_333L, 1_666L, 2_000L);
    }

    @Test
    void shouldStartABurstAtItsBoundaryHoweverSlowTheBaseRate() {
        RunPlan plan = constant(1.0 / 60).addBurst(burst(30, 10, 600)).build();
        // Half a unit has passed by 30 s; the other half takes 50 ms at 10 events/s.
        List<Long> times = timesUntil(plan, 100 * SECOND);
        assertThat(times.subList(0, 3)).containsExactly(0L, 30_050 * MILLI, 30_150 * MILLI);
        // 100 units in the window: half of one completes the first, the rest make 99 and leave half a unit.
        assertThat(times.stream().filter(t -> t >= 30 * SECOND && t < 40 * SECOND)).hasSize(100);
        assertThat(times.getLast()).isEqualTo(70 * SECOND);
    }

    @Test
    void shouldMultiplyOverlappingBursts() {
        RunPlan plan = constant(10)
                .addBurst(burst(1, 3, 2))
                .addBurst(burst(2, 1, 5))
                .build();
        List<Long> times = timesUntil(plan, 5 * SECOND);
        assertThat(perSecond(times, 5)).containsExactly(10L, 20L, 100L, 20L, 10L);
    }

    @Test
    void shouldBeSilentInAWindowOfMultiplierZero() {
        RunPlan plan = constant(10).addBurst(burst(1, 2, 0)).build();
        assertThat(perSecond(timesUntil(plan, 5 * SECOND), 5)).containsExactly(10L, 0L, 0L, 10L, 10L);
        assertThat(times(constant(10).addBurst(burst(0, 2, 0)), 2)).containsExactly(2 * SECOND, 2_100 * MILLI);
    }

    @Test
    void shouldNeverComeWhenTheRateIsZero() {
        assertThat(times(constant(0), 1)).containsExactly(Schedule.NEVER);
        assertThat(times(RunPlan.draft().ratePerSecond(0), 1)).containsExactly(Schedule.NEVER);
    }

    @Test
    void shouldFollowRampsAndSteps() {
        RunPlan plan = constant(1)
                .stages(List.of(
                        new RateStage(10 * SECOND, 0, 100),
                        new RateStage(5 * SECOND, 100, 100),
                        new RateStage(0, 7, 7),
                        new RateStage(10 * SECOND, 100, 0)))
                .build();
        List<Long> times = timesUntil(plan, HOUR);
        assertThat(times).hasSize(1_500);
        assertThat(times).isSorted();
        assertThat(times.stream().filter(t -> t < 10 * SECOND)).hasSize(500);
        // The nth event of the rising ramp: 5 t² = n.
        assertThat(times.get(20)).isEqualTo(2 * SECOND);
        assertThat(times.get(499)).isLessThan(10 * SECOND);
        assertThat(times.get(500)).isEqualTo(10 * SECOND);
        // The last of the falling one: 5 t² = 1 from the end.
        assertThat(25 * SECOND - times.get(1_499)).isBetween(447_213_000L, 447_214_000L);
        assertThat(next(plan, 1_501)).isEqualTo(Schedule.NEVER);
    }

    @Test
    void shouldMultiplyARampByABurst() {
        RunPlan plan = constant(1)
                .stages(List.of(new RateStage(10 * SECOND, 0, 100)))
                .addBurst(burst(5, 5, 3))
                .build();
        // 125 in the first half, three times 375 in the second.
        assertThat(timesUntil(plan, HOUR)).hasSize(125 + 3 * 375);
    }

    @Test
    void shouldFollowHoursAndDaysOfTheWallClock() {
        // 2026-01-02 was a Friday.
        long origin = micros("2026-01-02T22:30:00Z");
        TimePattern pattern = pattern("UTC", 22, 2.0, 5, 3.0);
        RunPlan plan = constant(1).pattern(pattern).build();
        List<Long> times = timesUntil(plan, origin, 2 * HOUR);
        long firstHalfHour = times.stream().filter(t -> t < HOUR / 2).count();
        long friday = times.stream().filter(t -> t >= HOUR / 2 && t < 3 * HOUR / 2).count();
        long saturday = times.stream().filter(t -> t >= 3 * HOUR / 2).count();
        assertThat(List.of(firstHalfHour, friday, saturday)).containsExactly(3_600L, 3_600L, 3 * 1_800L);
    }

    @Test
    void shouldFollowTheHoursOfTheZoneAcrossItsChangeOfClocks() {
        // In Berlin 01:30 on 2026-03-29; at 02:00 it is 03:00, so hour 2 does not come, and hour 3 comes after 30 min.
        long origin = micros("2026-03-29T00:30:00Z");
        RunPlan plan = constant(1).pattern(pattern("Europe/Berlin", 3, 5.0, 0, 1.0)).build();
        List<Long> times = timesUntil(plan, origin, HOUR);
        assertThat(times.stream().filter(t -> t < HOUR / 2)).hasSize(1_800);
        assertThat(times.stream().filter(t -> t >= HOUR / 2)).hasSize(9_000);
    }

    @Test
    void shouldWaitForTheHourThatIsNotSilent() {
        long origin = micros("2026-01-02T00:00:00Z");
        List<Double> hours = new ArrayList<>(Collections.nCopies(24, 0.0));
        hours.set(7, 1.0);
        List<Double> days = new ArrayList<>(Collections.nCopies(7, 0.0));
        days.set(0, 1.0);
        RunPlan plan = constant(1)
                .pattern(new TimePattern("monday", ZoneId.of("UTC"), hours, days))
                .build();
        Schedule schedule = schedule(plan, origin, 1);
        schedule.advance();
        assertThat(schedule.nanos()).isEqualTo((3 * 24 + 7) * HOUR);
    }

    @Test
    void shouldNotLoopOverAPatternThatIsAlwaysSilent() {
        TimePattern silent =
                new TimePattern("silent", ZoneId.of("UTC"), Collections.nCopies(24, 0.0), Collections.nCopies(7, 1.0));
        assertThat(times(constant(1).pattern(silent), 1)).containsExactly(Schedule.NEVER);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 42, 4711})
    void shouldDrawExponentialGaps(long seed) {
        Schedule schedule = schedule(RunPlan.draft().paced(true).ratePerSecond(1_000).build(), 0, seed);
        double[] gaps = gaps(schedule, 100_000);
        Arrays.sort(gaps);
        assertThat(KsFigure.exponential(gaps).p()).as("seed %d", seed).isGreaterThan(0.001);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 42, 4711})
    void shouldDrawExponentialUnitsAlsoThroughRampsAndBursts(long seed) {
        RunPlan plan = RunPlan.draft()
                .stages(List.of(new RateStage(100 * SECOND, 0, 1_000), new RateStage(100 * SECOND, 1_000, 10)))
                .addBurst(burst(20, 50, 4))
                .addBurst(burst(120, 20, 0.1))
                .build();
        List<Long> times = new ArrayList<>();
        Schedule schedule = schedule(plan, 0, seed);
        RatePlan intensity = new RatePlan(plan, 0);
        for (schedule.advance(); schedule.nanos() != Schedule.NEVER; schedule.advance()) {
            times.add(schedule.nanos());
        }
        // Time-rescaling: the integrated intensity between arrivals is a unit exponential.
        double[] units = new double[times.size() - 1];
        for (int i = 0; i < units.length; i++) {
            units[i] = integral(intensity, times.get(i), times.get(i + 1));
        }
        Arrays.sort(units);
        assertThat(units.length).isGreaterThan(100_000);
        assertThat(KsFigure.exponential(units).p()).as("seed %d", seed).isGreaterThan(0.001);
    }

    @Test
    void shouldBeTheSameForTheSameSeedOnly() {
        RunPlan plan = RunPlan.draft().ratePerSecond(1_000).build();
        assertThat(gaps(schedule(plan, 0, 5), 100)).isEqualTo(gaps(schedule(plan, 0, 5), 100));
        assertThat(gaps(schedule(plan, 0, 5), 100)).isNotEqualTo(gaps(schedule(plan, 0, 6), 100));
    }

    /** Fixed for good: the draws are part of what a seed means. */
    @Test
    void shouldDrawTheseTimesFromThisSeed() {
        Schedule schedule = schedule(RunPlan.draft().ratePerSecond(1_000).build(), 0, 42);
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            schedule.advance();
            times.add(schedule.nanos());
        }
        assertThat(times).containsExactly(404_997L, 1_330_519L, 5_927_121L, 7_329_916L);
    }

    @Test
    void shouldTakeTurnsInLanes() {
        List<Long> all = lanes(constant(4).build(), 4, 3);
        Collections.sort(all);
        for (int i = 0; i < 12; i++) {
            assertThat(all.get(i)).isEqualTo(i * 250 * MILLI);
        }
    }

    /** To the nanosecond, whatever the rate does on the way. */
    @ParameterizedTest
    @CsvSource({"CONSTANT, 2", "CONSTANT, 3", "CONSTANT, 7", "POISSON, 2", "POISSON, 3", "POISSON, 7"})
    void shouldHaveTheArrivalsOfOneLaneInSeveral(Arrivals arrivals, int count) {
        List<PlanDraft> plans = List.of(
                RunPlan.draft().ratePerSecond(3_000_000),
                RunPlan.draft().ratePerSecond(0.1),
                RunPlan.draft().ratePerSecond(100).addBurst(new BurstWindow(SECOND, SECOND / 3, 7)),
                RunPlan.draft().stages(List.of(new RateStage(SECOND, 0, 1_000), new RateStage(9 * SECOND, 1_000, 0))));
        for (PlanDraft plan : plans) {
            RunPlan each = plan.paced(true).arrivals(arrivals).build();
            List<Long> several = lanes(each, count, 500);
            Collections.sort(several);
            assertThat(several).isEqualTo(lanes(each, 1, 500 * count));
        }
    }

    @ParameterizedTest
    @EnumSource(Arrivals.class)
    void shouldHaveTheArrivalsOfOneLaneInSeveralAfterARetune(Arrivals arrivals) {
        RunPlan before = RunPlan.draft().paced(true).arrivals(arrivals).ratePerSecond(100).build();
        RatePlan after = intensity(RunPlan.draft().paced(true).ratePerSecond(33).build());
        List<Long> one = retuned(before, after, 0, 1);
        List<Long> several = new ArrayList<>();
        for (int lane = 0; lane < 3; lane++) {
            several.addAll(retuned(before, after, lane, 3));
        }
        Collections.sort(several);
        assertThat(several.subList(0, 250)).isEqualTo(one.subList(0, 250));
    }

    /** The arrivals of a lane that is told at 1.005 s, some later than others, that the rate has changed at 1 s. */
    private static List<Long> retuned(RunPlan before, RatePlan after, int lane, int count) {
        Schedule schedule = new Schedule(intensity(before), 9, lane, count);
        List<Long> times = new ArrayList<>();
        schedule.advance();
        while (schedule.nanos() < SECOND) {
            times.add(schedule.nanos());
            schedule.advance();
        }
        schedule.retune(after, SECOND);
        while (times.size() < 300 / count) {
            times.add(schedule.nanos());
            schedule.advance();
        }
        return times;
    }

    private static List<Long> lanes(RunPlan plan, int count, int each) {
        List<Long> all = new ArrayList<>();
        for (int lane = 0; lane < count; lane++) {
            Schedule schedule = new Schedule(new RatePlan(plan, 0), 1, lane, count);
            for (int i = 0; i < each; i++) {
                schedule.advance();
                all.add(schedule.nanos());
            }
        }
        return all;
    }

    @Test
    void shouldActAtOnceWhenRetunedFromOneAnHourToTenThousandASecond() {
        Schedule schedule = schedule(constant(1.0 / 3600).build(), 0, 1);
        schedule.advance();
        schedule.advance();
        assertThat(schedule.nanos()).isEqualTo(HOUR);
        schedule.retune(intensity(constant(10_000).build()), HOUR / 2);
        // Half a unit is left of it: 50 µs at the new rate.
        assertThat(schedule.nanos()).isEqualTo(HOUR / 2 + 50_000);
        schedule.advance();
        assertThat(schedule.nanos()).isEqualTo(HOUR / 2 + 150_000);
    }

    @Test
    void shouldWakeFromSilenceWhenRetuned() {
        Schedule schedule = schedule(constant(0).build(), 0, 1);
        schedule.advance();
        assertThat(schedule.nanos()).isEqualTo(Schedule.NEVER);
        schedule.retune(intensity(constant(10).build()), 5 * SECOND);
        assertThat(schedule.nanos()).isEqualTo(5 * SECOND);
        schedule.advance();
        schedule.retune(intensity(constant(0).build()), 5_050 * MILLI);
        assertThat(schedule.nanos()).isEqualTo(Schedule.NEVER);
        schedule.retune(intensity(constant(10).build()), 9 * SECOND);
        assertThat(schedule.nanos()).isEqualTo(9_050 * MILLI);
    }

    @Test
    void shouldLeaveThePastAsItWasWhenRetunedWhileBehind() {
        Schedule schedule = schedule(constant(10).build(), 0, 1);
        schedule.advance();
        schedule.advance();
        // The pacer is stuck at the event of 0.1 s; at 1.05 s the rate goes to 100/s, at 1.25 s to 1/s.
        schedule.retune(intensity(constant(100).build()), 1_050 * MILLI);
        schedule.retune(intensity(constant(1).build()), 1_250 * MILLI);
        List<Long> times = new ArrayList<>();
        for (; schedule.nanos() < 4 * SECOND; schedule.advance()) {
            times.add(schedule.nanos());
        }
        assertThat(times.stream().filter(t -> t <= 1_050 * MILLI)).hasSize(10);
        assertThat(times.get(10)).isEqualTo(1_055 * MILLI);
        assertThat(times.stream().filter(t -> t > 1_050 * MILLI && t < 1_250 * MILLI)).hasSize(20);
        assertThat(times.subList(30, 32)).containsExactly(1_750 * MILLI, 2_750 * MILLI);
    }

    /** Whatever the retunes, the integral of the intensity between two arrivals is what was drawn for them. */
    @ParameterizedTest
    @EnumSource(Arrivals.class)
    void shouldNeitherLoseNorDoubleAnythingOverManyRetunes(Arrivals arrivals) {
        double[] rates = {10, 10_000, 0, 0.5, 300, 1e6, 7};
        Schedule schedule = schedule(RunPlan.draft().ratePerSecond(50).arrivals(arrivals).build(), 0, 9);
        List<long[]> steps = new ArrayList<>();
        double drawn = 0;
        long now = 0;
        double integral = 0;
        double rate = 50;
        schedule.advance();
        drawn += schedule.unit();
        for (int i = 0; i < 2_000; i++) {
            long until = now + (i * 7_919L % 1_000) * 100_000;
            while (schedule.nanos() <= until) {
                schedule.advance();
                drawn += schedule.unit();
            }
            integral += rate * (until - now) / 1e9;
            now = until;
            rate = rates[i % rates.length];
            schedule.retune(intensity(RunPlan.draft().ratePerSecond(rate).arrivals(arrivals).build()), now);
            // What has been drawn beyond now is less than what one event takes.
            assertThat(drawn - integral).isBetween(-1e-6, schedule.unit() + 1e-6);
            steps.add(new long[] {now, schedule.nanos()});
        }
        assertThat(steps).allSatisfy(step -> assertThat(step[1]).isGreaterThanOrEqualTo(step[0]));
    }

    private static double integral(RatePlan intensity, long from, long to) {
        double units = 0;
        for (long at = from; at < to; ) {
            Piece piece = intensity.pieceAt(at);
            long end = Math.min(to, piece.endNanos);
            units += (piece.fromPerSecond + piece.rateAt(end)) / 2 * (end - at) / 1e9;
            at = end;
        }
        return units;
    }

    private static double[] gaps(Schedule schedule, int count) {
        double[] gaps = new double[count];
        long before = 0;
        for (int i = 0; i < count; i++) {
            schedule.advance();
            gaps[i] = (schedule.nanos() - before) / 1e6;
            before = schedule.nanos();
        }
        return gaps;
    }

    private static long[] perSecond(List<Long> times, int seconds) {
        long[] counts = new long[seconds];
        times.forEach(t -> counts[(int) (t / SECOND)]++);
        return counts;
    }

    private static long next(RunPlan plan, int count) {
        Schedule schedule = schedule(plan, 0, 1);
        for (int i = 0; i < count; i++) {
            schedule.advance();
        }
        return schedule.nanos();
    }

    private static List<Long> times(PlanDraft draft, int count) {
        Schedule schedule = schedule(draft.build(), 0, 1);
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            schedule.advance();
            times.add(schedule.nanos());
        }
        return times;
    }

    private static List<Long> timesUntil(RunPlan plan, long end) {
        return timesUntil(plan, 0, end);
    }

    private static List<Long> timesUntil(RunPlan plan, long originMicros, long end) {
        Schedule schedule = schedule(plan, originMicros, 1);
        List<Long> times = new ArrayList<>();
        for (schedule.advance(); schedule.nanos() < end; schedule.advance()) {
            times.add(schedule.nanos());
        }
        return times;
    }

    private static TimePattern pattern(String zone, int hour, double hourFactor, int day, double dayFactor) {
        List<Double> hours = new ArrayList<>(Collections.nCopies(24, 1.0));
        hours.set(hour, hourFactor);
        List<Double> days = new ArrayList<>(Collections.nCopies(7, 1.0));
        days.set(day, dayFactor);
        return new TimePattern("test", ZoneId.of(zone), hours, days);
    }

    private static long micros(String instant) {
        return Instant.parse(instant).toEpochMilli() * 1_000;
    }

    private static Schedule schedule(RunPlan plan, long originMicros, long seed) {
        return new Schedule(new RatePlan(plan, originMicros), seed, 0, 1);
    }

    private static RatePlan intensity(RunPlan plan) {
        return new RatePlan(plan, 0);
    }

    private static PlanDraft constant(double rate) {
        return RunPlan.draft().paced(true).arrivals(Arrivals.CONSTANT).ratePerSecond(rate);
    }

    private static BurstWindow burst(double start, double duration, double factor) {
        return new BurstWindow((long) (start * 1e9), (long) (duration * 1e9), factor);
    }
}
