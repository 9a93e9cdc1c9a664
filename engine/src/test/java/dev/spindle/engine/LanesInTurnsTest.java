package dev.spindle.engine;

import static dev.spindle.engine.LaneRuns.disturbed;
import static dev.spindle.engine.LaneRuns.orders;
import static dev.spindle.engine.LaneRuns.sequences;
import static dev.spindle.engine.LaneRuns.together;
import static dev.spindle.engine.testing.Runs.SECONDS;
import static dev.spindle.engine.testing.Runs.begun;
import static dev.spindle.engine.testing.Runs.ended;
import static dev.spindle.engine.testing.Runs.prepared;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.engine.plan.Retune;
import dev.spindle.engine.plan.RetuneAck;
import dev.spindle.engine.plan.RunPlan;
import dev.spindle.engine.testing.MemorySink;
import dev.spindle.engine.testing.MemorySink.Behaviour;
import dev.spindle.engine.testing.MemorySinkProvider;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that are not paced, with several lanes and one sink: blocks of the stream, written in turns. */
@Timeout(60)
class LanesInTurnsTest {

    @ParameterizedTest
    @CsvSource({"2, 100", "3, 7", "7, 1", "2, 4000"})
    void shouldTakeTurnsInTheSameOrderInEveryRun(int lanes, int batchSize) {
        StreamConfig.Builder config = disturbed().maxEvents(20_011).batchSize(batchSize);
        String first = together(config, lanes);
        assertThat(together(config, lanes)).isEqualTo(first);
        assertThat(together(config.batchSize(333), lanes)).isEqualTo(first);
        List<String> one = together(config, 1).lines().toList();
        assertThat(first.lines().sorted()).isEqualTo(one.stream().sorted().toList());
    }

    @ParameterizedTest
    @CsvSource({"2, 100", "5, 1", "3, 1500"})
    void shouldMoveNoEventFartherThanAskedForWhereLanesTakeTurns(int lanes, int batchSize) {
        List<Long> sequences = sequences(together(
                        orders()
                                .maxEvents(20_011)
                                .batchSize(batchSize)
                                .maxDelaySlots(7)
                                .plan(RunPlan.draft().paced(false).outOfOrder(0.1).build()),
                        lanes)
                .lines()
                .toList());
        LongSummaryStatistics slips = IntStream.range(0, sequences.size())
                .mapToLong(place -> place - sequences.get(place))
                .summaryStatistics();
        assertThat(slips.getMax()).isEqualTo(7);
        assertThat(slips.getMin()).isBetween(-7L, -1L);
    }

    /** A plan takes effect at one place of the stream, with all before it written, wherever the lanes are when it comes. */
    @ParameterizedTest
    @ValueSource(ints = {2, 5})
    void shouldStandStillAtOnePlaceOfTheStreamWhereLanesTakeTurns(int lanes) throws Exception {
        long seed = 20_261_126;
        Random random = new Random(seed);
        MemorySink sink = new MemorySink(new Behaviour.Keep());
        StreamRun run = prepared(orders()
                .maxEvents(100_000_000)
                .batchSize(40)
                .lanes(lanes)
                .sink("memory", MemorySinkProvider.settings(sink)));
        CompletableFuture<StreamResult> result = begun(run);
        for (int round = 0; round < 15; round++) {
            Thread.sleep(random.nextInt(8));
            RetuneAck paused = acknowledged(run.retune(plan -> plan.edit().paused(true).build()));
            EventCounts counts = run.eventCounts();
            assertThat(counts.sent()).as("round %d, seed %d", round, seed).isEqualTo(counts.taken());
            assertThat(paused.effectiveSequence()).isEqualTo(counts.taken());
            acknowledged(run.retune(plan -> plan.edit().anomalyFraction(0.1 * random.nextDouble()).build()));
            assertThat(run.eventCounts().taken()).isEqualTo(counts.taken());
            if (random.nextBoolean()) {
                acknowledged(run.retune(plan -> plan.edit().paused(false).build()));
            } else {
                run.retune(plan -> plan.edit().paused(false).build());
            }
        }
        acknowledged(run.retune(plan -> plan.edit().paused(true).build()));
        long taken = run.eventCounts().taken();
        run.stop();
        StreamResult ended = ended(result);
        assertThat(ended.eventsSent()).isEqualTo(taken).isGreaterThan(10_000);
        assertThat(sequences(sink.lines())).isEqualTo(LongStream.range(0, taken).boxed().toList());
    }

    /** A lane that has ended, but has to wait for one that is paused, is no reason to wait for an acknowledgement. */
    @Test
    void shouldAcknowledgeWhatComesInTheLastRound() throws Exception {
        for (int events : new int[] {300, 1_500, 2_500, 3_500}) {
            MemorySink sink = new MemorySink(new Behaviour.Keep());
            StreamRun run = prepared(orders()
                    .maxEvents(events)
                    .lanes(2)
                    .plan(RunPlan.draft().paced(false).paused(true).build())
                    .sink("memory", MemorySinkProvider.settings(sink)));
            CompletableFuture<StreamResult> result = begun(run);
            acknowledged(run.retune(plan -> plan.edit().anomalyFraction(0.1).build()));
            assertThat(run.eventCounts().sent()).isZero();
            acknowledged(run.retune(plan -> plan.edit().paused(false).build()));
            assertThat(ended(result).eventsSent()).isEqualTo(events);
            assertThat(sequences(sink.lines())).isEqualTo(LongStream.range(0, events).boxed().toList());
        }
    }

    @Test
    void shouldTakeNothingWhenStoppedBeforeItBegins() throws Exception {
        MemorySink sink = new MemorySink(new Behaviour.Keep());
        StreamRun run = prepared(orders()
                .maxEvents(1_000_000)
                .lanes(3)
                .plan(RunPlan.draft().paced(false).paused(true).build())
                .sink("memory", MemorySinkProvider.settings(sink)));
        CompletableFuture<StreamResult> result = begun(run);
        run.stop();
        assertThat(ended(result).eventsTaken()).isZero();
        assertThat(sink.lines()).isEmpty();
    }

    private static RetuneAck acknowledged(Retune retune) throws Exception {
        return ((Retune.Accepted) retune).ack().get(SECONDS, TimeUnit.SECONDS);
    }
}
