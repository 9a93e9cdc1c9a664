package dev.spindle.engine.reorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.spindle.engine.reorder.Recorder.Departure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReorderStageTest {

    private static final long SEED = 42;
    private static final int EVENTS = 20_000;

    @Test
    void shouldPassOnAtOnceAndUnchangedWhenNothingIsLate() {
        Stream stream = new Stream(new Disorder(SEED, 10, 0), 0).send(0, 100);

        assertThat(stream.recorder.departures).hasSize(100).allMatch(d -> d.slip() == 0 && d.extent() == 0);
        assertThat(stream.recorder.firstSequences()).isSorted();
        assertThat(stream.stage.counts().outOfOrder()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0.05,10,0", "0.05,1,0", "0.3,3,0.2", "0.9,10,0.01", "0.5,1,1", "1,7,0.5", "0.02,1000,0.02", "0.7,100,0.3"})
    void shouldLoseRepeatAndChangeNothing(double outOfOrder, int slots, double duplicates) {
        Stream stream = new Stream(new Disorder(SEED, slots, duplicates), outOfOrder).send(0, EVENTS).end();

        assertThat(stream.recorder.firstSequences())
                .containsExactlyInAnyOrderElementsOf(LongStream.range(0, EVENTS).boxed().toList());
        assertThat(stream.recorder.departures).allMatch(d -> d.payload() == Stream.payload(d.sequence()));
        assertThat(stream.recorder.ends).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"0.05,10", "0.05,1", "0.3,3", "0.9,10", "1,7", "0.02,1000", "0.7,100"})
    void shouldSlipAtMostTheGivenPositions(double outOfOrder, int slots) {
        Stream stream = new Stream(new Disorder(SEED, slots, 0), outOfOrder).send(0, EVENTS).end();

        List<Departure> all = stream.recorder.departures;
        for (int i = 0; i < all.size(); i++) {
            assertThat(i - all.get(i).sequence()).as("shift of %s", all.get(i)).isBetween((long) -slots, (long) slots);
            assertThat(all.get(i).slip()).isBetween(0, slots);
            // the extent counts older late events too that go in between, so that it can be above the slip
            assertThat(all.get(i).extent()).isBetween(0L, 2L * slots);
        }
    }

    @ParameterizedTest
    @CsvSource({"0.05,10", "0.05,1", "0.3,3", "0.9,10", "1,7"})
    void shouldKeepTheOrderOfEventsThatAreNotLateAndLetEachGoInItsOwnCall(double outOfOrder, int slots) {
        Stream stream = new Stream(new Disorder(SEED, slots, 0.1), outOfOrder);
        List<Long> inPlace = new ArrayList<>();
        for (long n = 0; n < EVENTS; n++) {
            int before = stream.recorder.departures.size();
            stream.send(n);
            List<Departure> left = stream.recorder.departures.subList(before, stream.recorder.departures.size());
            if (!left.isEmpty() && left.getFirst().slip() == 0) {
                assertThat(left.getFirst().sequence()).isEqualTo(n);
                inPlace.add(n);
            }
            assertThat(left.stream().filter(d -> d.slip() == 0).count()).isLessThanOrEqualTo(1);
        }

        assertThat(inPlace).isSorted().hasSizeGreaterThan((int) (EVENTS * (1 - outOfOrder) * 0.9));
    }

    @ParameterizedTest
    @CsvSource({"0.05,10", "0.05,1", "0.3,3", "0.9,10", "1,7", "0.5,1000"})
    void shouldMakeEveryHeldEventTrulyLate(double outOfOrder, int slots) {
        Stream stream = new Stream(new Disorder(SEED, slots, 0), outOfOrder).send(0, EVENTS);

        for (Departure departure : stream.recorder.departures) {
            assertThat(departure.extent() > 0).as("%s", departure).isEqualTo(departure.slip() > 0);
        }
    }

    @ParameterizedTest
    @CsvSource({"0.05,10,0", "0.3,3,0.1", "0.9,10,0", "0.5,1,0.5", "0.02,1000,0"})
    void shouldCountExactlyTheEventsBehindAHigherOneAndTheirLargestExtent(
            double outOfOrder, int slots, double duplicates) {
        Stream stream = new Stream(new Disorder(SEED, slots, duplicates), outOfOrder).send(0, EVENTS).end();

        long reordered = 0;
        long largest = 0;
        List<Departure> first = stream.recorder.first();
        long highest = -1;
        for (int i = 0; i < first.size(); i++) {
            long sequence = first.get(i).sequence();
            if (sequence < highest) {
                reordered++;
                int j = i;
                for (int k = Math.max(0, i - 3 * slots); k < i; k++) {
                    if (first.get(k).sequence() > sequence) {
                        j = k;
                        break;
                    }
                }
                assertThat(first.get(i).extent()).isEqualTo(i - j);
                largest = Math.max(largest, i - j);
            } else {
                assertThat(first.get(i).extent()).isZero();
            }
            highest = Math.max(highest, sequence);
        }
        ReorderCounts counts = stream.stage.counts();
        assertThat(counts.outOfOrder()).isEqualTo(reordered).isPositive();
        assertThat(counts.late()).isEqualTo(reordered);
        assertThat(counts.maxExtent()).isEqualTo(largest);
        assertThat(counts.maxExtentIsExact()).isTrue();
        assertThat(counts.departed()).isEqualTo(EVENTS);
        assertThat(counts.ratio()).isEqualTo((double) reordered / EVENTS);
        assertThat(counts.overdue()).isZero();
    }

    /** Four standard deviations of a binomial count: seeds are fixed, so the test cannot flake. */
    @ParameterizedTest
    @CsvSource({"0.05,10,42", "0.05,1,42", "0.01,10,7", "0.3,3,7", "0.5,1,3", "0.25,1,3", "0.9,10,11", "0.9,9,11", "1,4,5"})
    void shouldDelayTheFractionAskedForAsFarAsItCanBe(double outOfOrder, int slots, long seed) {
        int events = 200_000;
        Stream stream = new Stream(new Disorder(seed, slots, 0), outOfOrder).send(0, events).end();

        double expected = Math.min(outOfOrder, Disorder.mostOutOfOrder(slots)) * events;
        assertThat((double) stream.stage.counts().outOfOrder())
                .as("seed %d", seed)
                .isCloseTo(expected, within(4 * Math.sqrt(expected * (1 - expected / events)) + slots));
    }

    @Test
    void shouldDrawSlipsEvenly() {
        int slots = 10;
        Stream stream = new Stream(new Disorder(SEED, slots, 0), 0.02).send(0, 500_000);

        long[] seen = new long[slots + 1];
        for (Departure departure : stream.recorder.departures) {
            seen[departure.slip()]++;
        }
        double expected = (double) stream.stage.counts().late() / slots;
        double chiSquare = 0;
        for (int slip = 1; slip <= slots; slip++) {
            chiSquare += (seen[slip] - expected) * (seen[slip] - expected) / expected;
        }
        // 9 degrees of freedom: 27.9 is p = 0.001. The draws of neighbours shift a slip now and then, hence the low rate.
        assertThat(chiSquare).as("seed %d", SEED).isLessThan(27.9);
    }

    @ParameterizedTest
    @CsvSource({"0.05,10,0.05", "0.5,3,0.1", "0.95,4,0", "0.8,4,0.3", "1,3,0.2", "0.5,1,0"})
    void shouldDecideTheSameFromAnyStartingSequence(double outOfOrder, int slots, double duplicates) {
        Disorder disorder = new Disorder(SEED, slots, duplicates);
        Stream whole = new Stream(disorder, outOfOrder).send(0, 3_000).end();
        Map<Long, Departure> first = new HashMap<>();
        Map<Long, Departure> second = new HashMap<>();
        for (Departure departure : whole.recorder.departures) {
            (departure.duplicate() ? second : first).put(departure.sequence(), departure);
        }
        for (long from : new long[] {1, 2, 3, 17, 500, 501, 502, 503, 504, 1_999}) {
            Stream tail = new Stream(disorder, outOfOrder).send(from, 3_000).end();
            for (Departure departure : tail.recorder.departures) {
                Departure before = (departure.duplicate() ? second : first).get(departure.sequence());
                assertThat(departure.slip()).as("slip of %s from %d", departure, from).isEqualTo(before.slip());
            }
        }
    }

    @Test
    void shouldDecideTheSameInALaneFromAnyStartingSequence() {
        Disorder lane = new Disorder(SEED, 2, 0, 4);
        Map<Long, Integer> slips = new HashMap<>();
        Stream whole = new Stream(lane, 0.6);
        for (long n = 3; n < 8_000; n += 4) {
            whole.send(n);
        }
        whole.recorder.departures.forEach(d -> slips.put(d.sequence(), d.slip()));
        for (long from = 403; from < 480; from += 4) {
            Stream tail = new Stream(lane, 0.6);
            for (long n = from; n < 8_000; n += 4) {
                tail.send(n);
            }
            tail.recorder.departures.forEach(
                    d -> assertThat(d.slip()).isEqualTo(slips.get(d.sequence())));
            assertThat(tail.stage.counts().maxExtent()).isBetween(1L, 4L);
        }
    }

    @ParameterizedTest
    @CsvSource({"0,10,0.05", "0.3,3,0.2", "0.9,10,1", "0.5,1,1"})
    void shouldSendDuplicatesOnceMoreWithinTheGivenPositions(double outOfOrder, int slots, double duplicates) {
        Stream stream = new Stream(new Disorder(SEED, slots, duplicates), outOfOrder).send(0, EVENTS).end();

        Map<Long, Integer> firstAt = new HashMap<>();
        Set<Long> repeated = new HashSet<>();
        int place = 0;
        for (Departure departure : stream.recorder.departures) {
            if (departure.duplicate()) {
                assertThat(repeated.add(departure.sequence())).isTrue();
                assertThat(firstAt).containsKey(departure.sequence());
                assertThat(departure.slip()).isLessThanOrEqualTo(slots);
                assertThat(departure.extent()).isZero();
                assertThat(place - firstAt.get(departure.sequence())).isLessThanOrEqualTo(3 * slots);
            } else {
                firstAt.put(departure.sequence(), place++);
            }
        }
        double expected = duplicates * EVENTS;
        assertThat((double) repeated.size())
                .isCloseTo(expected, within(4 * Math.sqrt(expected * (1 - duplicates))));
        assertThat(stream.stage.counts().duplicates()).isEqualTo(repeated.size());
    }

    @Test
    void shouldNeverShareAnEventAndKeepTheirNumber() {
        Stream stream = new Stream(new Disorder(SEED, 10, 0.5), 0.9).send(0, EVENTS).end();

        assertThat(stream.recorder.seen).hasSizeLessThanOrEqualTo(1 + 10 + 22);
    }

    @Test
    void shouldLoseNothingAndStayWithinBoundsThroughRetunesAndGaps() {
        Random random = new Random(SEED);
        Stream stream = new Stream(new Disorder(SEED, 5, 0.1), 0.1);
        Set<Long> sent = new HashSet<>();
        for (long n = 0; n < EVENTS; n++) {
            if (random.nextInt(50) == 0) {
                stream.retune(random.nextInt(11) / 10.0);
            }
            if (random.nextInt(10) > 0) {
                stream.send(n);
                sent.add(n);
            }
        }
        List<Departure> running = List.copyOf(stream.recorder.departures);
        stream.end();

        assertThat(stream.recorder.firstSequences()).containsExactlyInAnyOrderElementsOf(sent);
        assertThat(running).allMatch(d -> d.slip() <= 5 && (d.duplicate() || d.extent() > 0 == d.slip() > 0));
    }

    @Test
    void shouldStopDelayingFromTheEventThatCarriesThePlan() {
        Stream stream = new Stream(new Disorder(SEED, 3, 0), 0.5).send(0, 1_000).retune(0).send(1_000, 2_000).end();

        assertThat(stream.recorder.departures)
                .filteredOn(d -> d.sequence() >= 1_000)
                .allMatch(d -> d.slip() == 0);
        assertThat(stream.recorder.departures).filteredOn(d -> d.slip() > 0).hasSizeGreaterThan(400);
    }

    @Test
    void shouldMeasureAndCountEventsThatPaceHeldBack() {
        Random random = new Random(SEED);
        Map<Long, List<Long>> heldUntil = new HashMap<>();
        List<Long> arrivals = new ArrayList<>();
        for (long n = 0; n < EVENTS; n++) {
            if (random.nextInt(100) == 0) {
                heldUntil.computeIfAbsent(n + 3_000, x -> new ArrayList<>()).add(n);
            } else {
                arrivals.add(n);
            }
            arrivals.addAll(heldUntil.getOrDefault(n, List.of()));
        }
        Stream stream = new Stream(new Disorder(SEED, 5, 0), 0.3);
        long held = 0;
        long highest = -1;
        for (long n : arrivals) {
            stream.late = n < highest - 100;
            held += stream.late ? 1 : 0;
            highest = Math.max(highest, n);
            stream.send(n);
        }
        stream.end();

        assertThat(stream.recorder.firstSequences()).containsExactlyInAnyOrderElementsOf(arrivals);
        assertThat(stream.stage.counts().overdue()).isEqualTo(held).isGreaterThan(100);
        assertThat(stream.stage.counts().outOfOrder()).isGreaterThan(stream.stage.counts().late());
        List<Long> left = stream.recorder.firstSequences();
        for (int i = 0; i < left.size(); i++) {
            int j = 0;
            while (j < i && left.get(j) <= left.get(i)) {
                j++;
            }
            assertThat(stream.recorder.departures.get(i).extent()).isEqualTo(i - j);
            assertThat(stream.recorder.departures.get(i).slip()).isLessThanOrEqualTo(5);
        }
        assertThat(stream.stage.counts().maxExtent()).isGreaterThan(2_900);
        assertThat(stream.stage.counts().maxExtentIsExact()).isTrue();
    }

    @Test
    void shouldCountAnEventOnceThatWasHeldBackForATimeAndByPositions() {
        Stream byTime = new Stream(new Disorder(SEED, 5, 0), 0.3);
        byTime.late = true;
        for (long n = 0; n < 1_000; n++) {
            byTime.send(n);
        }
        byTime.end();

        assertThat(byTime.stage.counts().outOfOrder()).isGreaterThan(200);
        assertThat(byTime.stage.counts().late()).isZero();
        assertThat(byTime.stage.counts().overdue()).isEqualTo(1_000);
    }

    @Test
    void shouldPassOnTheEndOfABatchAndOfTheStream() {
        Stream stream = new Stream(new Disorder(SEED, 3, 0), 1);
        stream.send(0, 2);
        stream.stage.endOfBatch();
        assertThat(stream.recorder.batches).isEqualTo(1);
        assertThat(stream.recorder.departures).isEmpty();

        stream.end();
        assertThat(stream.recorder.firstSequences()).containsExactly(0L, 1L);
        assertThat(stream.recorder.ends).isEqualTo(1);
        assertThat(stream.stage.counts().outOfOrder()).isZero();
    }

    @Test
    void shouldMakeWhatItHoldsDueWithThePlaceWhereItGoes() {
        Stream stream = new Stream(new Disorder(SEED, 5, 0.3), 0.4).send(0, 5_000);

        long lastInPlace = 0;
        for (Departure departure : stream.recorder.departures) {
            assertThat(departure.arrivalNanos()).isEqualTo(departure.sequence() * 1_000);
            assertThat(departure.intendedNanos()).isGreaterThanOrEqualTo(lastInPlace);
            lastInPlace = departure.intendedNanos();
            if (!departure.duplicate()) {
                assertThat(departure.intendedNanos())
                        .isEqualTo((departure.sequence() + departure.slip()) * 1_000 + 5);
            }
        }
    }

    @Test
    void shouldEndAnEmptyStream() {
        assertThat(new Stream(new Disorder(SEED, 3, 1), 1).end().recorder.departures).isEmpty();
    }
}
