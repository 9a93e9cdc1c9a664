package dev.spindle.engine;

import static dev.spindle.engine.testing.Runs.assertAccountedFor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.engine.StreamResult.State;
import dev.spindle.engine.anomaly.AnomalyRegistry;
import dev.spindle.engine.anomaly.PointAnomaly;
import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.pipeline.ThreadPlan;
import dev.spindle.engine.plan.Late;
import dev.spindle.engine.plan.Retune;
import dev.spindle.engine.plan.RunPlan;
import dev.spindle.engine.publish.Batch;
import dev.spindle.engine.publish.Sink;
import dev.spindle.engine.publish.SinkContext;
import dev.spindle.engine.testing.MemorySink;
import dev.spindle.engine.testing.MemorySink.Behaviour;
import dev.spindle.engine.testing.MemorySinkProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs: the same bytes under every plan, and every event accounted for whatever happens. */
@Timeout(60)
class StreamRunTest {

    private static StreamConfig.Builder orders(MemorySink sink) {
        return StreamConfig.builder()
                .domain("retail")
                .table("order")
                .sink("memory", MemorySinkProvider.settings(sink));
    }

    private static String streamed(StreamConfig.Builder config, MemorySink sink) {
        StreamResult result = new SpindleStreamer(config.build()).stream();
        assertThat(result.error()).isNull();
        assertAccountedFor(result);
        return sink.text();
    }

    /** Everything that can change an event or move it. */
    private static StreamConfig.Builder disturbed(MemorySink sink) {
        return orders(sink)
                .maxEvents(3_000)
                .plan(RunPlan.draft().paced(false).outOfOrder(0.1).anomalyFraction(0.02).build())
                .duplicates(0.05)
                .anomalies(AnomalyRegistry.of(new PointAnomaly("huge", "order_total").withFraction(0.03)));
    }

    @ParameterizedTest
    @EnumSource(ThreadPlan.Kind.class)
    void shouldSendTheSameBytesUnderEveryPlan(ThreadPlan.Kind kind) {
        MemorySink inline = new MemorySink(new Behaviour.Keep());
        MemorySink other = new MemorySink(new Behaviour.Keep());
        String expected = streamed(disturbed(inline).threads(ThreadPlan.Kind.INLINE), inline);
        String actual = streamed(disturbed(other).threads(kind).batchSize(7), other);
        assertThat(actual).isEqualTo(expected);
        assertThat(expected.lines().count()).isGreaterThan(3_100);
    }

    @Test
    void shouldBeginAnywhereInTheSameStream() {
        MemorySink whole = new MemorySink(new Behaviour.Keep());
        MemorySink tail = new MemorySink(new Behaviour.Keep());
        List<String> all = streamed(orders(whole).maxEvents(2_000), whole).lines().toList();
        List<String> end = streamed(orders(tail).fromSequence(1_234).maxEvents(766), tail).lines().toList();
        assertThat(end).isEqualTo(all.subList(1_234, 2_000));
    }

    @Test
    void shouldEndAtTheTablesRowsWhenNothingElseIsSaid() {
        MemorySink sink = new MemorySink(new Behaviour.Keep());
        StreamResult result =
                new SpindleStreamer(orders(sink).fromSequence(4_990).build()).stream();
        assertThat(result.eventsSent()).isEqualTo(10);
        assertThat(result.state()).isEqualTo(State.COMPLETED);
    }

    @ParameterizedTest
    @EnumSource(ThreadPlan.Kind.class)
    void shouldAccountForEveryEventWhenTheSinkRefuses(ThreadPlan.Kind kind) {
        MemorySink sink = new MemorySink(new Behaviour.Refuse(1_234));
        StreamResult result = new SpindleStreamer(
                        orders(sink).maxEvents(100_000).threads(kind).build())
                .stream();
        assertThat(result.state()).isEqualTo(State.FAILED);
        assertThat(result.error()).isEqualTo("the target refused");
        assertThat(result.eventsSent()).isEqualTo(1_234).isEqualTo(sink.lines().size());
        assertAccountedFor(result);
    }

    @ParameterizedTest
    @EnumSource(ThreadPlan.Kind.class)
    void shouldEndWhenTheSinkBreaks(ThreadPlan.Kind kind) {
        MemorySink sink = new MemorySink(new Behaviour.Break(500));
        StreamResult result = new SpindleStreamer(
                        orders(sink).maxEvents(100_000).threads(kind).build())
                .stream();
        assertThat(result.state()).isEqualTo(State.FAILED);
        assertThat(result.error()).contains("a bug");
        assertThat(result.eventsSent()).isEqualTo(500);
        assertAccountedFor(result);
    }

    @Test
    void shouldStopWithoutFailingWhenTheReaderGoes() {
        MemorySink sink = new MemorySink(new Behaviour.LoseReader(10));
        StreamResult result =
                new SpindleStreamer(orders(sink).maxEvents(1_000).build()).stream();
        assertThat(result.state()).isEqualTo(State.STOPPED);
        assertThat(result.error()).isNull();
        assertThat(result.eventsSent()).isEqualTo(10);
        assertAccountedFor(result);
    }

    @Test
    void shouldCountAsFailedWhatIsNeverAcknowledged() {
        MemorySink sink = new MemorySink(new Behaviour.Forget(400));
        StreamResult result =
                new SpindleStreamer(orders(sink).maxEvents(1_000).build()).stream();
        assertThat(result.state()).isEqualTo(State.FAILED);
        assertThat(result.eventsSent()).isEqualTo(400);
        assertThat(result.eventsFailed()).isEqualTo(600);
        assertThat(result.error()).contains("600");
        assertAccountedFor(result);
    }

    @ParameterizedTest
    @EnumSource(ThreadPlan.Kind.class)
    void shouldDrainOnAStop(ThreadPlan.Kind kind) throws Exception {
        MemorySink sink = new MemorySink(new Behaviour.Block(300));
        StreamRun run = new SpindleStreamer(
                        orders(sink).maxEvents(1_000_000).threads(kind).build())
                .prepare("stopped");
        CompletableFuture<StreamResult> result = CompletableFuture.supplyAsync(run::run);
        assertThat(sink.awaitBlocked(Duration.ofSeconds(20))).isTrue();
        assertAccountedFor(run.result());
        run.stop();
        sink.release();
        StreamResult ended = result.get(20, TimeUnit.SECONDS);
        assertThat(ended.state()).isEqualTo(State.STOPPED);
        assertThat(ended.eventsFailed()).isZero();
        assertThat(ended.eventsSent()).isEqualTo(ended.eventsTaken()).isLessThan(1_000_000);
        assertThat(sink.lines()).hasSize((int) ended.eventsSent());
        assertAccountedFor(ended);
    }

    @ParameterizedTest
    @EnumSource(ThreadPlan.Kind.class)
    void shouldLeaveAtOnceOnAHaltAndSayWhatIsLost(ThreadPlan.Kind kind) throws Exception {
        MemorySink sink = new MemorySink(new Behaviour.Block(300));
        StreamRun run = new SpindleStreamer(
                        orders(sink).maxEvents(1_000_000).threads(kind).build())
                .prepare("halted");
        CompletableFuture<StreamResult> result = CompletableFuture.supplyAsync(run::run);
        assertThat(sink.awaitBlocked(Duration.ofSeconds(20))).isTrue();
        run.halt();
        StreamResult ended = result.get(20, TimeUnit.SECONDS);
        assertThat(ended.state()).isEqualTo(State.FAILED);
        assertThat(ended.eventsSent()).isGreaterThanOrEqualTo(300).isEqualTo(sink.lines().size());
        assertThat(ended.eventsFailed()).isPositive();
        assertAccountedFor(ended);
    }

    @ParameterizedTest
    @EnumSource(ThreadPlan.Kind.class)
    void shouldStopWhileTheNextEventIsFarAway(ThreadPlan.Kind kind) throws Exception {
        MemorySink sink = new MemorySink(new Behaviour.Keep());
        StreamRun run = new SpindleStreamer(orders(sink)
                        .plan(RunPlan.draft().paced(true).ratePerSecond(1.0 / 3_600).build())
                        .threads(kind)
                        .build())
                .prepare("slow");
        CompletableFuture<StreamResult> result = CompletableFuture.supplyAsync(run::run);
        Thread.sleep(100);
        run.stop();
        StreamResult ended = result.get(10, TimeUnit.SECONDS);
        assertThat(ended.state()).isEqualTo(State.STOPPED);
        assertAccountedFor(ended);
    }

    @ParameterizedTest
    @EnumSource(ThreadPlan.Kind.class)
    void shouldTakeTheEventsOfADuration(ThreadPlan.Kind kind) {
        MemorySink sink = new MemorySink(new Behaviour.Keep());
        StreamResult result = new SpindleStreamer(orders(sink)
                        .plan(RunPlan.draft()
                                .paced(true)
                                .ratePerSecond(2_000)
                                .arrivals(dev.spindle.engine.plan.Arrivals.CONSTANT)
                                .build())
                        .duration(Duration.ofMillis(500))
                        .threads(kind)
                        .build())
                .stream();
        assertThat(result.eventsSent()).isEqualTo(1_000); // at 0, 0.5 ms, … 499.5 ms
        assertThat(result.state()).isEqualTo(State.COMPLETED);
        assertThat(result.latencyNanos().count()).isEqualTo(1_000);
        assertAccountedFor(result);
    }

    @Test
    void shouldDeliverEventsHeldBackForATimeBeforeTheEnd() {
        MemorySink sink = new MemorySink(new Behaviour.Keep());
        StreamResult result = new SpindleStreamer(orders(sink)
                        .plan(RunPlan.draft().paced(true).ratePerSecond(5_000).build())
                        .late(new Late(0.2, 200_000_000))
                        .maxEvents(1_000)
                        .build())
                .stream();
        assertThat(sink.lines()).hasSize(1_000);
        assertThat(result.reordering().lateCount()).isBetween(150L, 250L);
        assertThat(result.elapsedSeconds()).isGreaterThan(0.35);
        assertAccountedFor(result);
    }

    @Test
    void shouldUseTheIntendedSendTimeAsLiveEventTime() {
        MemorySink sink = new MemorySink(new Behaviour.Keep());
        long before = System.currentTimeMillis();
        new SpindleStreamer(orders(sink).maxEvents(1).liveEventTime(true).build()).stream();
        String line = sink.lines().getFirst();
        String time = line.replaceAll(".*\"_spindle_event_time\":\"([^\"]*)\".*", "$1");
        assertThat(line).contains("\"order_date\":\"" + time + "\"");
        assertThat(java.time.Instant.parse(time).toEpochMilli()).isBetween(before - 1, System.currentTimeMillis() + 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldAllocateNothingPerEventInTheSteadyState(boolean paced) {
        AllocationSink sink = new AllocationSink(200_000);
        new SpindleStreamer(StreamConfig.builder()
                        .domain("retail")
                        .table("order")
                        .sink("memory", MemorySinkProvider.settings(sink))
                        .maxEvents(1_200_000)
                        .plan(RunPlan.draft()
                                .paced(paced)
                                .ratePerSecond(1_000_000)
                                .outOfOrder(0.05)
                                .anomalyFraction(0.01)
                                .build())
                        .late(paced ? new Late(0.01, 1_000_000) : Late.NONE)
                        .duplicates(0.01)
                        .threads(ThreadPlan.Kind.INLINE)
                        .build())
                .stream();
        assertThat(sink.events).isGreaterThan(1_200_000);
        assertThat((double) sink.bytes / (sink.events - sink.from)).as("bytes per event").isLessThan(0.5);
    }

    /** Measures what its thread, on which all stages run, allocates after so many events. */
    private static final class AllocationSink implements Sink {
        private final com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        private final long from;
        private long events;
        private long atFrom;
        private long bytes;
        private SinkContext context;

        private AllocationSink(long from) {
            this.from = from;
        }

        @Override
        public void open(SinkContext given) {
            context = given;
        }

        @Override
        public void write(Batch batch) {
            events += batch.size();
            long allocated = threads.getCurrentThreadAllocatedBytes();
            if (events < from) {
                atFrom = allocated;
            }
            bytes = allocated - atFrom;
            context.deliveries().acknowledged(batch, 0, batch.size());
        }

        @Override
        public void flush(Duration timeout) {}

        @Override
        public void close(Duration timeout) {}
    }

    /** Every event before the one that the acknowledgement names has the old content, it and all behind it the new. */
    @ParameterizedTest
    @EnumSource(ThreadPlan.Kind.class)
    void shouldChangeTheContentAtTheEventThatTheRetuneNames(ThreadPlan.Kind kind) throws Exception {
        MemorySink clean = new MemorySink(new Behaviour.Keep());
        MemorySink odd = new MemorySink(new Behaviour.Keep());
        List<String> before = streamed(orders(clean).maxEvents(5_000), clean).lines().toList();
        List<String> after = streamed(
                        orders(odd).maxEvents(5_000).plan(RunPlan.draft().paced(false).anomalyFraction(0.3).build()), odd)
                .lines()
                .toList();
        MemorySink sink = new MemorySink(new Behaviour.Keep());
        StreamRun run = new SpindleStreamer(orders(sink)
                        .maxEvents(5_000)
                        .plan(RunPlan.draft().paced(true).ratePerSecond(5_000).build())
                        .threads(kind)
                        .build())
                .prepare("retuned");
        CompletableFuture<StreamResult> result = CompletableFuture.supplyAsync(run::run);
        while (run.result().eventsTaken() < 1_000) {
            assertThat(Thread.interrupted()).isFalse();
        }
        Retune answer = run.retune(plan -> plan.edit().anomalyFraction(0.3).build());
        if (!(answer instanceof Retune.Accepted retune)) {
            throw new AssertionError(answer + " of " + result.get(20, TimeUnit.SECONDS));
        }
        int effective = (int) retune.ack().get(20, TimeUnit.SECONDS).effectiveSequence();
        result.get(20, TimeUnit.SECONDS);
        assertThat(effective).isBetween(1_000, 5_000);
        assertThat(sink.lines().subList(0, effective)).isEqualTo(before.subList(0, effective));
        assertThat(sink.lines().subList(effective, 5_000)).isEqualTo(after.subList(effective, 5_000));
    }

    @Test
    void shouldNameEveryProblemAtOnce() {
        assertThatThrownBy(() -> StreamConfig.builder()
                        .table()
                        .batchSize(0)
                        .duplicates(2)
                        .maxDelaySlots(0)
                        .fromSequence(-1)
                        .build())
                .isInstanceOfSatisfying(ConfigurationException.class, e -> assertThat(e.problems())
                        .extracting(p -> p.path())
                        .contains("--table", "--batch-size", "--duplicates", "--max-delay-slots", "--from-seq"));
    }

    @Test
    void shouldSuggestWhatWasMeant() {
        Map<String, StreamConfig.Builder> wrong = Map.of(
                "retail", StreamConfig.builder().domain("retial").table("order"),
                "order_line", StreamConfig.builder().table("order_lin"),
                "medium", StreamConfig.builder().table("order").scale("medum"),
                "memory", StreamConfig.builder().table("order").sink("memori", dev.spindle.engine.publish.SinkSettings.NONE));
        wrong.forEach((meant, config) -> assertThatThrownBy(() -> new SpindleStreamer(config.build()).stream())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("did you mean " + meant + "?"));
    }
}
