package dev.spindle.engine;

import static dev.spindle.engine.testing.Runs.SECONDS;
import static dev.spindle.engine.testing.Runs.assertAccountedFor;
import static dev.spindle.engine.testing.Runs.begun;
import static dev.spindle.engine.testing.Runs.ended;
import static dev.spindle.engine.testing.Runs.prepared;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.spindle.engine.StreamResult.State;
import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.SinkException;
import dev.spindle.engine.pipeline.ThreadPlan;
import dev.spindle.engine.plan.Late;
import dev.spindle.engine.plan.RunPlan;
import dev.spindle.engine.publish.Sink;
import dev.spindle.engine.testing.MemorySinkProvider;
import dev.spindle.engine.testing.ScriptedSink;
import dev.spindle.engine.time.ManualClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How runs end: in time, once, with every event accounted for, whatever the sink does and whenever they are told to. */
@Timeout(60)
class StreamRunEndTest {

    @TempDir
    Path directory;

    private static StreamConfig.Builder orders(Sink sink) {
        return StreamConfig.builder()
                .domain("retail")
                .table("order")
                .maxEvents(1_000)
                .sink("memory", MemorySinkProvider.settings(sink));
    }

    @ParameterizedTest
    @ValueSource(strings = {"open", "write", "flush", "close"})
    void shouldEndWithTheErrorThatASinkThrows(String call) {
        Error error = new NoClassDefFoundError("org/vendor/Client");
        Runnable fails = () -> {
            throw error;
        };
        ScriptedSink sink = new ScriptedSink();
        switch (call) {
            case "open" -> sink.onOpen(fails);
            case "write" -> sink.onWrite(batch -> fails.run());
            case "flush" -> sink.onFlush(timeout -> fails.run());
            default -> sink.onClose(timeout -> fails.run());
        }
        StreamRun run = prepared(orders(sink));
        StreamResult result = run.run();
        assertThat(result.state()).isEqualTo(State.FAILED);
        assertThat(result.error()).contains("NoClassDefFoundError").contains("org/vendor/Client");
        assertThat(sink.calls()).last().isEqualTo("close");
        assertThat(run.done()).isCompletedWithValue(result);
        assertAccountedFor(result);
    }

    @Test
    void shouldCloseButNotFlushASinkThatCouldNotBeOpened() {
        ScriptedSink sink = new ScriptedSink().onOpen(() -> {
            throw new SinkException("nobody there");
        });
        StreamResult result = prepared(orders(sink)).run();
        assertThat(result.error()).isEqualTo("nobody there");
        assertThat(sink.calls()).containsExactly("open", "close");
    }

    @Test
    void shouldRunOnce() {
        StreamRun run = prepared(orders(new ScriptedSink()));
        run.run();
        assertThatThrownBy(run::run).isInstanceOf(IllegalStateException.class);
        assertThat(run.result().eventsSent()).isEqualTo(1_000);
    }

    @Test
    void shouldNotMindWhatIsDoneToItsFuture() throws Exception {
        StreamRun run = prepared(orders(new ScriptedSink()));
        run.done().cancel(true);
        assertThat(run.done()).isNotDone();
        assertThat(run.run().state()).isEqualTo(State.COMPLETED);
        assertThat(run.done()).isCompleted();
    }

    @Test
    void shouldStayCompletedWhenStoppedAfterItsEnd() {
        StreamRun run = prepared(orders(new ScriptedSink()));
        StreamResult result = run.run();
        run.stop();
        run.halt();
        assertThat(run.result()).isEqualTo(result);
        assertThat(result.state()).isEqualTo(State.COMPLETED);
    }

    @Test
    void shouldHearNothingThatIsReportedAfterTheEnd() {
        ScriptedSink sink = new ScriptedSink().onWrite(batch -> {});
        StreamRun run = prepared(orders(sink));
        StreamResult result = run.run();
        assertThat(result.eventsFailed()).isEqualTo(1_000);
        assertAccountedFor(result);
        for (int i = 0; i < 1_000; i++) {
            sink.context().deliveries().acknowledged(0, 10);
        }
        sink.context().deliveries().failed(3, new SinkException("too late"));
        assertThat(run.result()).isEqualTo(result);
    }

    @Test
    void shouldFailAndKeepTheAccountWhenASinkReportsEventsTwice() {
        ScriptedSink sink = new ScriptedSink();
        AtomicInteger batches = new AtomicInteger();
        sink.onWrite(batch -> {
            batches.incrementAndGet();
            sink.acknowledge(batch);
            sink.context().deliveries().failed(1, new SinkException("and failed as well"));
        });
        StreamResult result = prepared(orders(sink).batchSize(100)).run();
        assertThat(result.state()).isEqualTo(State.FAILED);
        assertThat(result.error()).contains(batches + " events more than once");
        assertThat(result.eventsFailed()).isEqualTo(batches.get());
        assertAccountedFor(result);
    }

    @Test
    void shouldSayHowManyFailedWhenTheSinkGivesNoCause() {
        ScriptedSink sink = new ScriptedSink();
        sink.onWrite(batch -> sink.context().deliveries().failed(batch.size(), null));
        StreamResult result = prepared(orders(sink)).run();
        assertThat(result.error()).contains("1000").doesNotContain("acknowledged");
        assertAccountedFor(result);
    }

    @Test
    void shouldEndWhenTheSinksOwnFiguresCannotBeRead() {
        ScriptedSink sink = new ScriptedSink().onCounters(() -> {
            throw new IllegalStateException("closed");
        });
        StreamRun run = prepared(orders(sink));
        StreamResult result = run.run();
        assertThat(result.state()).isEqualTo(State.COMPLETED);
        assertThat(result.sinkCounters()).isEmpty();
        assertThat(run.done()).isCompleted();
    }

    @Test
    void shouldGiveOneDrainTimeoutToFlushAndCloseTogether() {
        ManualClock clock = new ManualClock(5, 1_000);
        List<Duration> timeouts = new ArrayList<>();
        ScriptedSink sink = new ScriptedSink()
                .onFlush(timeout -> {
                    timeouts.add(timeout);
                    clock.advanceNanos(Duration.ofSeconds(20).toNanos());
                })
                .onClose(timeouts::add);
        StreamConfig config = orders(sink).drainTimeout(Duration.ofSeconds(30)).build();
        StreamResult result =
                new SpindleStreamer(config, clock, SpindleStreamer.Notices.NONE).prepare("run").run();
        assertThat(timeouts).containsExactly(Duration.ofSeconds(30), Duration.ofSeconds(10));
        assertThat(result.elapsedSeconds()).isEqualTo(20); // events may arrive while the sink is flushed
    }

    @Test
    void shouldGiveTheDrainTimeoutToASinkWhenSomethingElseFails() {
        List<Duration> timeouts = new ArrayList<>();
        AtomicBoolean halted = new AtomicBoolean();
        ScriptedSink sink = new ScriptedSink();
        sink.onWrite(batch -> {
            throw new IllegalStateException("a bug");
        });
        sink.onFlush(timeout -> {
            timeouts.add(timeout);
            halted.set(sink.context().halted());
        });
        prepared(orders(sink).drainTimeout(Duration.ofSeconds(30))).run();
        assertThat(timeouts.getFirst()).isGreaterThan(Duration.ofSeconds(20));
        assertThat(halted).isFalse();
    }

    @Test
    void shouldGiveNoTimeToASinkWhenTheRunIsHalted() {
        List<Duration> timeouts = new ArrayList<>();
        ScriptedSink sink = new ScriptedSink().onFlush(timeouts::add).onClose(timeouts::add);
        List<StreamRun> run = new ArrayList<>();
        sink.onWrite(batch -> run.getFirst().halt());
        run.add(prepared(orders(sink)));
        StreamResult result = run.getFirst().run();
        assertThat(timeouts).containsExactly(Duration.ZERO, Duration.ZERO);
        assertThat(result.state()).isEqualTo(State.FAILED);
        assertAccountedFor(result);
    }

    @ParameterizedTest
    @EnumSource(ThreadPlan.Kind.class)
    void shouldHaltAStopThatDoesNotEndInTime(ThreadPlan.Kind kind) throws Exception {
        CountDownLatch writing = new CountDownLatch(1);
        ScriptedSink sink = new ScriptedSink();
        sink.onWrite(batch -> {
            writing.countDown();
            awaitHalt(sink);
            throw new SinkException("gave up");
        });
        StreamRun run = prepared(orders(sink).threads(kind).drainTimeout(Duration.ofMillis(200)));
        CompletableFuture<StreamResult> result = begun(run);
        assertThat(writing.await(SECONDS, TimeUnit.SECONDS)).isTrue();
        run.stop();
        StreamResult ended = ended(result);
        assertThat(ended.state()).isEqualTo(State.FAILED);
        assertThat(ended.eventsFailed()).isPositive();
    }

    @ParameterizedTest
    @EnumSource(ThreadPlan.Kind.class)
    void shouldHaltASlowSinkThatNeverLooksUp(ThreadPlan.Kind kind) throws Exception {
        AtomicBoolean slow = new AtomicBoolean();
        ScriptedSink sink = new ScriptedSink();
        sink.onWrite(batch -> {
            LockSupport.parkNanos(slow.get() ? 50_000_000 : 0); // what is held back would take most of a minute
            sink.acknowledge(batch);
        });
        StreamRun run = prepared(orders(sink)
                .threads(kind)
                .plan(RunPlan.draft().paced(true).ratePerSecond(1_000_000).build())
                .late(new Late(0.9, 3_600_000_000_000L))
                .batchSize(1)
                .drainTimeout(Duration.ofMillis(300)));
        CompletableFuture<StreamResult> result = begun(run);
        while (run.result().eventsTaken() < 1_000) {
            assertThat(Thread.interrupted()).isFalse();
        }
        slow.set(true);
        long before = System.nanoTime();
        run.stop();
        StreamResult ended = ended(result);
        assertThat(System.nanoTime() - before).isLessThan(Duration.ofSeconds(5).toNanos());
        assertThat(ended.eventsFailed()).isPositive();
        assertThat(ended.error()).isEqualTo(ended.eventsFailed() + " events were not acknowledged in time");
    }

    @Test
    void shouldTellASinkThatFlushesTooLong() throws Exception {
        CountDownLatch flushing = new CountDownLatch(1);
        ScriptedSink sink = new ScriptedSink();
        sink.onFlush(timeout -> {
            flushing.countDown();
            awaitHalt(sink);
        });
        StreamRun run = prepared(orders(sink).drainTimeout(Duration.ofMillis(100)));
        CompletableFuture<StreamResult> result = begun(run);
        assertThat(flushing.await(SECONDS, TimeUnit.SECONDS)).isTrue();
        run.stop();
        assertThat(ended(result).state()).isEqualTo(State.COMPLETED); // all had been taken, and all arrived
    }

    private static void awaitHalt(ScriptedSink sink) {
        while (!sink.context().halted()) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void shouldOpenNothingWhenStoppedBeforeItBegins() throws Exception {
        Path labels = Files.writeString(directory.resolve("labels.jsonl"), "of an earlier run");
        ScriptedSink sink = new ScriptedSink();
        StreamRun run = prepared(orders(sink).labels(labels));
        run.stop();
        StreamResult result = run.run();
        assertThat(result.state()).isEqualTo(State.STOPPED);
        assertThat(result.eventsTaken()).isZero();
        assertThat(sink.calls()).isEmpty();
        assertThat(labels).hasContent("of an earlier run");
        assertThat(run.done()).isCompletedWithValue(result);
    }

    @Test
    void shouldTouchNoFileBeforeItBegins() throws Exception {
        Path labels = Files.writeString(directory.resolve("labels.jsonl"), "of an earlier run");
        Path windows = Files.writeString(directory.resolve("windows.json"), "of an earlier run");
        prepared(orders(new ScriptedSink()).labels(labels).labelWindows(windows));
        assertThatThrownBy(() -> prepared(orders(new ScriptedSink())
                        .labels(labels)
                        .labelWindows(windows)
                        .late(new Late(0.5, 1_000))))
                .isInstanceOf(ConfigurationException.class);
        assertThat(labels).hasContent("of an earlier run");
        assertThat(windows).hasContent("of an earlier run");
    }

    @Test
    void shouldNotOpenTheSinkWhenAFileOfTheGroundTruthCannotBeWritten() {
        ScriptedSink sink = new ScriptedSink();
        StreamResult result = prepared(orders(sink)
                        .labels(directory.resolve("labels.jsonl"))
                        .labelWindows(directory.resolve("nowhere/windows.json")))
                .run();
        assertThat(result.state()).isEqualTo(State.FAILED);
        assertThat(result.error()).contains("no such directory");
        assertThat(sink.calls()).isEmpty();
    }

    @Test
    void shouldFailWhenTheGroundTruthIsLostThoughTheReaderHasGone() {
        Path full = Path.of("/dev/full");
        assumeThat(Files.exists(full)).isTrue();
        ScriptedSink sink = new ScriptedSink();
        sink.onWrite(batch -> {
            throw SinkException.readerGone(null);
        });
        StreamResult result = prepared(orders(sink)
                        .plan(RunPlan.draft().paced(false).anomalyFraction(0.5).build())
                        .labels(full))
                .run();
        assertThat(result.state()).isEqualTo(State.FAILED);
        assertThat(result.error()).contains("the labels file /dev/full cannot be written");
        assertAccountedFor(result);
    }

    @ParameterizedTest
    @EnumSource(ThreadPlan.Kind.class)
    void shouldStopWhilePaused(ThreadPlan.Kind kind) throws Exception {
        StreamRun run = prepared(orders(new ScriptedSink())
                .threads(kind)
                .plan(RunPlan.draft().paced(true).ratePerSecond(100_000).paused(true).build())
                .late(new Late(0.5, 3_600_000_000_000L)));
        CompletableFuture<StreamResult> result = begun(run);
        run.retune(plan -> plan.edit().paused(false).build());
        while (run.result().eventsTaken() < 500) {
            assertThat(Thread.interrupted()).as("%s", run.result()).isFalse();
        }
        run.retune(plan -> plan.edit().paused(true).build());
        assertThat(run.result().state()).isEqualTo(State.PAUSED);
        run.stop();
        StreamResult ended = ended(result);
        assertThat(ended.state()).isIn(State.STOPPED, State.COMPLETED);
        assertThat(ended.eventsSent()).isEqualTo(ended.eventsTaken());
        assertThat(ended.elapsedSeconds()).isLessThan(SECONDS);
    }

    /** Whatever the moment: the run ends, and every figure read on the way adds up. */
    @ParameterizedTest
    @EnumSource(ThreadPlan.Kind.class)
    void shouldEndWheneverItIsToldTo(ThreadPlan.Kind kind) throws Exception {
        long seed = 20_260_101;
        Random random = new Random(seed);
        for (int i = 0; i < 12; i++) {
            boolean halts = i % 2 == 0;
            boolean paced = i % 4 < 2;
            StreamRun run = prepared(orders(new ScriptedSink())
                    .threads(kind)
                    .maxEvents(10_000_000)
                    .plan(RunPlan.draft().paced(paced).ratePerSecond(50_000).outOfOrder(0.1).build())
                    .late(paced ? new Late(0.1, 5_000_000) : Late.NONE)
                    .duplicates(0.1));
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
                assertThat(ended.eventsSent()).isEqualTo(ended.eventsTaken() + ended.duplicates());
            }
        }
    }

    @Test
    void shouldRefuseARetuneThatCannotBeMet() {
        StreamRun run = prepared(orders(new ScriptedSink()).maxDelaySlots(1));
        assertThatThrownBy(() -> run.retune(plan -> plan.edit().outOfOrder(0.9).build()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("--out-of-order");
        StreamRun other = prepared(StreamConfig.builder()
                .domain("retail")
                .table("order")
                .anomalies(dev.spindle.engine.anomaly.AnomalyRegistry.of(
                        new dev.spindle.engine.anomaly.PointAnomaly("big", "order_total").withFraction(0.6)))
                .sink("memory", MemorySinkProvider.settings(new ScriptedSink())));
        assertThatThrownBy(() -> other.retune(plan -> plan.edit().anomalyFraction(0.5).build()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("--anomaly-fraction");
        assertThat(other.plan().revision()).isEqualTo(run.plan().revision()).isEqualTo(1);
    }

    @Test
    void shouldRefuseTimesAndSequenceNumbersBeyondTheirBounds() {
        assertThatThrownBy(() -> orders(new ScriptedSink())
                        .duration(Duration.ofDays(200_000))
                        .drainTimeout(Duration.ofDays(200_000))
                        .fromSequence((1L << 53) - 10)
                        .maxEvents(11)
                        .build())
                .isInstanceOfSatisfying(ConfigurationException.class, e -> assertThat(e.problems())
                        .extracting(p -> p.path())
                        .containsExactlyInAnyOrder("--duration", "--drain-timeout", "--max-events"));
    }

    @Test
    void shouldStreamUpToTheLastSequenceNumber() {
        StreamResult result = prepared(orders(new ScriptedSink())
                        .fromSequence((1L << 53) - 10)
                        .maxEvents(10)
                        .seed(Long.MIN_VALUE))
                .run();
        assertThat(result.error()).isNull();
        assertThat(result.eventsSent()).isEqualTo(10);
    }

    @Test
    void shouldLeaveTheCallersThreadOnTheCoresThatItHad() throws Exception {
        Path status = Path.of("/proc/thread-self/status");
        assumeThat(Files.exists(status)).isTrue();
        String before = cores(status);
        StreamResult result = prepared(orders(new ScriptedSink())
                        .threads(ThreadPlan.Kind.INLINE)
                        .cpus(List.of(Integer.parseInt(before.split("[-,]")[0]))))
                .run();
        assertThat(result.state()).isEqualTo(State.COMPLETED);
        assertThat(cores(status)).isEqualTo(before);
    }

    private static String cores(Path status) throws java.io.IOException {
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("Cpus_allowed_list:"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElseThrow();
    }
}
