package dev.spindle.engine;

import static dev.spindle.engine.LaneRuns.apart;
import static dev.spindle.engine.LaneRuns.assertDelivered;
import static dev.spindle.engine.LaneRuns.disturbed;
import static dev.spindle.engine.LaneRuns.orders;
import static dev.spindle.engine.LaneRuns.sequences;
import static dev.spindle.engine.LaneRuns.sinks;
import static dev.spindle.engine.LaneRuns.together;
import static dev.spindle.engine.LaneRuns.union;
import static dev.spindle.engine.testing.Runs.SECONDS;
import static dev.spindle.engine.testing.Runs.assertAccountedFor;
import static dev.spindle.engine.testing.Runs.begun;
import static dev.spindle.engine.testing.Runs.ended;
import static dev.spindle.engine.testing.Runs.prepared;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.engine.StreamResult.State;
import dev.spindle.engine.anomaly.AnomalyRegistry;
import dev.spindle.engine.anomaly.CollectiveAnomaly;
import dev.spindle.engine.anomaly.PointAnomaly;
import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.pipeline.ThreadPlan;
import dev.spindle.engine.plan.Arrivals;
import dev.spindle.engine.plan.Late;
import dev.spindle.engine.plan.PlanDraft;
import dev.spindle.engine.plan.Retune;
import dev.spindle.engine.plan.RetuneAck;
import dev.spindle.engine.plan.RunPlan;
import dev.spindle.engine.testing.MemorySink;
import dev.spindle.engine.testing.MemorySink.Behaviour;
import dev.spindle.engine.testing.MemorySinkProvider;
import dev.spindle.engine.testing.ScriptedSink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs with several lanes: together they are the run with one, and one account. */
@Timeout(60)
class LanesTest {

    @TempDir
    private Path directory;

    private static AnomalyRegistry anomalies() {
        return AnomalyRegistry.of(
                new PointAnomaly("huge", "order_total").withFraction(0.03),
                new CollectiveAnomaly("rush", "customer_id", "order_date").withFraction(0.05));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 7})
    void shouldSendWhatOneLaneSends(int lanes) {
        StreamConfig.Builder config = orders()
                .fromSequence(123)
                .maxEvents(3_001)
                .anomalies(anomalies())
                .plan(RunPlan.draft().paced(false).anomalyFraction(0.02).build());
        List<String> one = apart(config, 1).getFirst();
        List<List<String>> several = apart(config, lanes);
        assertThat(union(several)).isEqualTo(one.stream().sorted().toList());
        for (int lane = 0; lane < lanes; lane++) {
            assertThat(sequences(several.get(lane)))
                    .isEqualTo(LongStream.iterate(123 + lane, n -> n < 3_124, n -> n + lanes).boxed().toList());
        }
        assertThat(one).hasSize(3_001).anyMatch(line -> line.contains("point:huge")).anyMatch(line -> line.contains("collective:rush"));
    }

    @ParameterizedTest
    @CsvSource({"retail, customer", "retail, return", "retail, order_line", "payments, dispute", "iot, reading"})
    void shouldSendWhatOneLaneSendsOfEveryKindOfTable(String domain, String table) {
        StreamConfig.Builder config = StreamConfig.builder().domain(domain).table(table).maxEvents(4_500).batchSize(7);
        assertThat(together(config, 3)).isEqualTo(together(config, 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 7})
    void shouldKeepTheOrderOfTheStreamWhereThereIsOneSink(int lanes) {
        StreamConfig.Builder config = orders().fromSequence(77).maxEvents(20_003).scale("medium").anomalies(anomalies());
        assertThat(together(config, lanes)).isEqualTo(together(config, 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5})
    void shouldKeepTheOrderOfTheStreamWhenPaced(int lanes) {
        StreamConfig.Builder config = orders()
                .maxEvents(3_001)
                .plan(RunPlan.draft().paced(true).ratePerSecond(20_000).build());
        assertThat(together(config, lanes)).isEqualTo(together(config, 1));
    }

    @Test
    void shouldEndAtTheSameEventWhenThereAreFewerEventsThanLanes() {
        StreamConfig.Builder config = orders().maxEvents(3);
        assertThat(together(config, 7)).isEqualTo(together(config, 1));
        assertThat(sequences(union(apart(config, 7)))).containsExactlyInAnyOrder(0L, 1L, 2L);
    }

    @ParameterizedTest
    @CsvSource({"POISSON, 2", "POISSON, 3", "CONSTANT, 3"})
    void shouldTakeTheSameEventsWithinADuration(Arrivals arrivals, int lanes) {
        StreamConfig.Builder config = orders()
                .duration(Duration.ofMillis(83))
                .plan(RunPlan.draft().paced(true).arrivals(arrivals).ratePerSecond(20_000).build());
        assertThat(together(config, lanes)).isEqualTo(together(config, 1));
    }

    @Test
    void shouldEndWithItsStages() {
        PlanDraft plan = RunPlan.draft()
                .paced(true)
                .stages(List.of(new dev.spindle.engine.plan.RateStage(60_000_000, 0, 40_000)));
        StreamConfig.Builder config = orders().plan(plan.build());
        assertThat(together(config, 4)).isEqualTo(together(config, 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 7})
    void shouldRepeatAndDelayTheSameEventsInEveryRun(int lanes) {
        List<List<String>> first = apart(disturbed(), lanes);
        assertThat(apart(disturbed().batchSize(7), lanes)).isEqualTo(first);
        assertThat(union(first)).isEqualTo(together(disturbed(), 1).lines().sorted().toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 7})
    void shouldMeetInTheSameOrderInEveryRun(int lanes) {
        StreamConfig.Builder paced = disturbed()
                .plan(RunPlan.draft().paced(true).ratePerSecond(100_000).outOfOrder(0.1).anomalyFraction(0.02).build());
        String first = together(paced, lanes);
        for (int i = 0; i < 5; i++) {
            assertThat(together(paced.batchSize(1 + 30 * i), lanes)).isEqualTo(first);
        }
        assertThat(first.lines().sorted()).isEqualTo(together(paced, 1).lines().sorted().toList());
    }

    @Test
    void shouldGoOnWhereItWouldHaveBeenWhenItBeginsLater() {
        StreamConfig.Builder whole = orders().maxEvents(1_000).plan(RunPlan.draft().paced(false).outOfOrder(0.2).build());
        StreamConfig.Builder tail = orders().fromSequence(400).maxEvents(600).plan(RunPlan.draft().paced(false).outOfOrder(0.2).build());
        // Sequence 400 is lane 0's in both; after the slips of what came before it, the lanes go on alike.
        List<String> end = apart(whole, 4).get(2);
        List<String> begun = apart(tail, 4).get(2);
        assertThat(begun.subList(20, 150)).isEqualTo(end.subList(120, 250));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void shouldLabelWhatOneLaneLabels(int lanes) throws Exception {
        Path one = directory.resolve("one.jsonl");
        Path several = directory.resolve("several.jsonl");
        Path oneWindows = directory.resolve("one.json");
        Path severalWindows = directory.resolve("several.json");
        StreamConfig.Builder config = orders().maxEvents(3_001).anomalies(anomalies());
        together(config.labels(one).labelWindows(oneWindows), 1);
        together(config.labels(several).labelWindows(severalWindows), lanes);
        assertThat(Files.readAllLines(several)).containsExactlyInAnyOrderElementsOf(Files.readAllLines(one)).hasSizeGreaterThan(50);
        assertThat(severalWindows).hasSameTextualContentAs(oneWindows);
    }

    @Test
    void shouldAddUpWhatTheLanesDid() {
        List<MemorySink> sinks = sinks(3);
        StreamResult result = new SpindleStreamer(
                        disturbed().lanes(3).sink("memory", MemorySinkProvider.apart(sinks)).build())
                .stream();
        StreamResult one = new SpindleStreamer(
                        disturbed().sink("memory", MemorySinkProvider.settings(new MemorySink(new Behaviour.Keep()))).build())
                .stream();
        assertThat(result.eventsTaken()).isEqualTo(3_001);
        assertThat(result.eventsSent()).isEqualTo(sinks.stream().mapToLong(s -> s.lines().size()).sum());
        assertThat(result.bytesSent()).isEqualTo(sinks.stream().mapToLong(s -> s.text().length()).sum());
        assertThat(result.duplicates()).isEqualTo(one.duplicates()).isPositive();
        assertThat(result.anomaliesByType()).isEqualTo(one.anomaliesByType());
        assertThat(result.reordering().ratio()).isBetween(0.07, 0.13);
        assertThat(result.reordering().maxExtent()).isPositive();
        assertThat(result.latencyNanos().count()).isEqualTo(result.eventsSent());
        assertThat(result.threads()).extracting(StreamResult.ThreadUse::name)
                .containsExactly("spindle-lane-0", "spindle-lane-1", "spindle-lane-2");
    }

    private static StreamConfig.Builder paced(double rate) {
        return orders().plan(RunPlan.draft().paced(true).ratePerSecond(rate).build());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldLoseNoEventWhenRetuned(boolean apart) throws Exception {
        long seed = 20_261_123;
        Random random = new Random(seed);
        List<MemorySink> sinks = sinks(apart ? 3 : 1);
        StreamRun run = prepared(paced(20_000)
                .maxEvents(30_000)
                .lanes(3)
                .sink("memory", apart ? MemorySinkProvider.apart(sinks) : MemorySinkProvider.settings(sinks.getFirst())));
        CompletableFuture<StreamResult> result = begun(run);
        long before = -1;
        while (!result.isDone()) {
            boolean pause = random.nextInt(4) == 0;
            double rate = 10_000 + random.nextInt(60_000);
            Retune retune = run.retune(plan -> plan.edit()
                    .ratePerSecond(rate)
                    .arrivals(random.nextBoolean() ? Arrivals.POISSON : Arrivals.CONSTANT)
                    .paused(pause)
                    .build());
            if (retune instanceof Retune.Accepted accepted && run.state() != State.COMPLETED) {
                RetuneAck ack = accepted.ack().handle((done, failure) -> done).get(SECONDS, TimeUnit.SECONDS);
                if (ack != null) {
                    assertThat(ack.effectiveSequence()).as("seed %d", seed).isGreaterThanOrEqualTo(before - 3);
                    before = ack.effectiveSequence();
                }
            }
            run.retune(plan -> plan.edit().paused(false).build());
            assertAccountedFor(run.result());
        }
        assertThat(ended(result).state()).isEqualTo(State.COMPLETED);
        List<Long> all = sinks.stream().flatMap(s -> sequences(s.lines()).stream()).sorted().toList();
        assertThat(all).isEqualTo(LongStream.range(0, 30_000).boxed().toList());
        if (!apart) {
            assertThat(sequences(sinks.getFirst().lines())).isEqualTo(all);
        }
    }

    @Test
    void shouldStandStillTogetherWhenPaused() throws Exception {
        StreamRun run = prepared(paced(50_000).lanes(3).sink("memory", MemorySinkProvider.apart(sinks(3))));
        CompletableFuture<StreamResult> result = begun(run);
        while (run.eventCounts().taken() < 1_000) {
            Thread.onSpinWait();
        }
        Retune.Accepted pause = (Retune.Accepted) run.retune(plan -> plan.edit().paused(true).build());
        pause.ack().get(SECONDS, TimeUnit.SECONDS);
        long taken = run.eventCounts().taken();
        long nanos = run.runNanos();
        assertThat(run.result().state()).isEqualTo(State.PAUSED);
        Retune.Accepted still = (Retune.Accepted) run.retune(plan -> plan.edit().ratePerSecond(60_000).build());
        assertThat(still.ack().get(SECONDS, TimeUnit.SECONDS).appliedAtNanos()).isEqualTo(nanos);
        assertThat(run.eventCounts().taken()).isEqualTo(taken);
        run.stop();
        assertThat(ended(result).eventsSent()).isEqualTo(taken);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldEndAllLanesWhenOneFails(boolean paced) {
        List<MemorySink> sinks = List.of(
                new MemorySink(new Behaviour.Keep()),
                new MemorySink(new Behaviour.Refuse(123)),
                new MemorySink(new Behaviour.Keep()));
        StreamResult result = new SpindleStreamer((paced ? paced(30_000) : orders().maxEvents(10_000_000))
                        .lanes(3)
                        .sink("memory", MemorySinkProvider.apart(sinks))
                        .build())
                .stream();
        assertThat(result.state()).isEqualTo(State.FAILED);
        assertThat(result.error()).isEqualTo("the target refused");
        assertThat(sinks.get(1).lines()).hasSize(123);
        assertThat(result.eventsSent()).isEqualTo(sinks.stream().mapToLong(s -> s.lines().size()).sum());
        assertAccountedFor(result);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldEndAllLanesWhenTheirOneSinkFails(boolean paced) {
        MemorySink sink = new MemorySink(new Behaviour.Refuse(1_234));
        StreamResult result = new SpindleStreamer((paced ? paced(30_000) : orders().maxEvents(10_000_000))
                        .lanes(3)
                        .sink("memory", MemorySinkProvider.settings(sink))
                        .build())
                .stream();
        assertThat(result.state()).isEqualTo(State.FAILED);
        assertThat(result.eventsSent()).isEqualTo(1_234).isEqualTo(sink.lines().size());
        assertAccountedFor(result);
    }

    @Test
    void shouldCloseTheSinksThatWereOpenedWhenOneCannotBe() {
        List<ScriptedSink> sinks = List.of(new ScriptedSink(), new ScriptedSink(), new ScriptedSink());
        sinks.get(1).onOpen(() -> {
            throw new dev.spindle.engine.error.SinkException("no such place");
        });
        StreamResult result = new SpindleStreamer(
                        orders().lanes(3).sink("memory", MemorySinkProvider.apart(sinks)).build())
                .stream();
        assertThat(result.error()).isEqualTo("no such place");
        assertThat(sinks.get(0).calls()).containsExactly("open", "flush", "close");
        assertThat(sinks.get(1).calls()).containsExactly("open", "close");
        assertThat(sinks.get(2).calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldDrainOnAStop(boolean apart) throws Exception {
        List<MemorySink> sinks = List.of(
                new MemorySink(new Behaviour.Block(300)),
                new MemorySink(new Behaviour.Keep()),
                new MemorySink(new Behaviour.Keep()));
        StreamRun run = prepared(orders()
                .maxEvents(1_000_000_000)
                .lanes(3)
                .sink("memory", apart ? MemorySinkProvider.apart(sinks) : MemorySinkProvider.settings(sinks.getFirst())));
        CompletableFuture<StreamResult> result = begun(run);
        assertThat(sinks.getFirst().awaitBlocked(Duration.ofSeconds(SECONDS))).isTrue();
        assertAccountedFor(run.result());
        run.stop();
        sinks.getFirst().release();
        StreamResult ended = ended(result);
        assertThat(ended.state()).isEqualTo(State.STOPPED);
        assertThat(ended.eventsSent()).isEqualTo(ended.eventsTaken()).isLessThan(1_000_000_000);
    }

    /** What has left when a run with one sink is stopped is the stream up to some event, without a gap. */
    @ParameterizedTest
    @CsvSource({"true, 2", "true, 5", "false, 2", "false, 5"})
    void shouldStopAtOnePlaceOfTheStream(boolean paced, int lanes) throws Exception {
        long seed = 20_261_125;
        Random random = new Random(seed);
        for (int i = 0; i < 10; i++) {
            MemorySink sink = new MemorySink(new Behaviour.Keep());
            StreamRun run = prepared((paced ? paced(200_000) : orders().maxEvents(100_000_000))
                    .lanes(lanes)
                    .sink("memory", MemorySinkProvider.settings(sink)));
            CompletableFuture<StreamResult> result = begun(run);
            long until = random.nextInt(5_000);
            while (run.eventCounts().sent() < until) {
                Thread.onSpinWait();
            }
            run.stop();
            StreamResult ended = ended(result);
            assertThat(ended.eventsSent()).isEqualTo(ended.eventsTaken());
            assertThat(sequences(sink.lines()))
                    .as("seed %d", seed)
                    .isEqualTo(LongStream.range(0, ended.eventsSent()).boxed().toList());
        }
    }

    @Test
    void shouldEndAnUnpacedDurationAtOnePlaceOfTheStream() {
        List<String> lines = together(orders().duration(Duration.ofMillis(50)), 3).lines().toList();
        assertThat(lines).hasSizeGreaterThan(100);
        assertThat(sequences(lines)).isEqualTo(LongStream.range(0, lines.size()).boxed().toList());
    }

    /** Whatever the moment: the run ends, and every figure read on the way adds up. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldEndWheneverItIsToldTo(boolean apart) throws Exception {
        long seed = 20_261_124;
        Random random = new Random(seed);
        for (int i = 0; i < 12; i++) {
            boolean halts = i % 2 == 0;
            boolean paced = i % 4 < 2;
            int lanes = 2 + i % 3;
            StreamRun run = prepared(orders()
                    .lanes(lanes)
                    .maxEvents(10_000_000)
                    .plan(RunPlan.draft().paced(paced).ratePerSecond(50_000).outOfOrder(0.1).build())
                    .late(paced ? new Late(0.1, 5_000_000) : Late.NONE)
                    .duplicates(0.1)
                    .sink("memory", apart
                            ? MemorySinkProvider.apart(IntStream.range(0, lanes).mapToObj(n -> new ScriptedSink()).toList())
                            : MemorySinkProvider.settings(new ScriptedSink())));
            CompletableFuture<StreamResult> result = begun(run);
            long end = System.nanoTime() + random.nextInt(paced ? 200_000_000 : 20_000_000);
            while (System.nanoTime() < end) {
                assertAccountedFor(run.result());
                run.retune(plan -> plan.edit().paused(random.nextBoolean()).build());
            }
            if (halts) {
                run.halt();
            } else {
                run.stop();
            }
            StreamResult ended = ended(result);
            assertThat(ended.state()).as("round %d, seed %d: %s", i, seed, ended).isIn(State.STOPPED, State.FAILED);
            if (!halts) {
                assertThat(ended.eventsSent()).as("round %d, seed %d", i, seed).isEqualTo(ended.eventsTaken() + ended.duplicates());
            }
        }
    }

    @Test
    void shouldNotHoldUpLateEventsUntilTheirLanesNextTurn() {
        MemorySink sink = new MemorySink(new Behaviour.Keep());
        StreamResult result = new SpindleStreamer(orders()
                        .lanes(2)
                        .plan(RunPlan.draft().paced(true).arrivals(Arrivals.CONSTANT).ratePerSecond(2).build())
                        .late(new Late(0.9, 50_000_000))
                        .duration(Duration.ofMillis(1_600))
                        .sink("memory", MemorySinkProvider.settings(sink))
                        .build())
                .stream();
        assertThat(sink.lines()).hasSize(4);
        assertThat(result.reordering().lateCount()).isPositive();
        assertThat(result.latencyNanos().max()).isLessThan(300_000_000); // the lane's next turn is 950 ms away
    }

    @Test
    void shouldKeepOneScheduleOverAllLanes() {
        StreamResult result = new SpindleStreamer(paced(5_000)
                        .lanes(2)
                        .duration(Duration.ofMillis(600))
                        .sink("memory", MemorySinkProvider.apart(sinks(2)))
                        .build())
                .stream();
        assertThat(result.pacing().targetRate()).isEqualTo(5_000);
        assertThat(result.pacing().rateError()).isBetween(-0.1, 0.5);
        assertThat(result.pacing().lagNanos().count()).isEqualTo(result.eventsTaken());
        assertThat(result.pacing().arrivalsKs().n()).isBetween(1_000L, 2_000L);
        assertThat(result.elapsedSeconds()).isGreaterThan(0.5);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 257})
    void shouldRefuseACountThatIsNone(int lanes) {
        assertThatThrownBy(() -> orders().lanes(lanes).build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("--lanes")
                .hasMessageContaining("1 to 256");
    }

    @Test
    void shouldRefuseOtherThreadPlansThanOneThreadForEachLane() {
        assertThatThrownBy(() -> orders().lanes(2).threads(ThreadPlan.Kind.SHARED).build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("--lanes = 2")
                .hasMessageContaining("--threads shared");
        assertThat(orders().lanes(2).threads(ThreadPlan.Kind.INLINE).build().lanes()).hasValue(2);
        assertThat(orders().lanes(1).threads(ThreadPlan.Kind.SPLIT).build().lanes()).hasValue(1);
    }

    @Test
    void shouldFlushAllSinksAtTheSameTime() {
        List<ScriptedSink> sinks = new ArrayList<>();
        List<Duration> left = java.util.Collections.synchronizedList(new ArrayList<>());
        java.util.concurrent.CyclicBarrier all = new java.util.concurrent.CyclicBarrier(3);
        for (int lane = 0; lane < 3; lane++) {
            sinks.add(new ScriptedSink().onFlush(timeout -> {
                left.add(timeout);
                try {
                    all.await(SECONDS, TimeUnit.SECONDS);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        StreamResult result = new SpindleStreamer(
                        orders().lanes(3).sink("memory", MemorySinkProvider.apart(sinks)).build())
                .stream();
        assertDelivered(result);
        assertThat(left).hasSize(3);
    }
}
