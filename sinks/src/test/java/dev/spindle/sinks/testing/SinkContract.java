package dev.spindle.sinks.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.spindle.engine.error.SinkException;
import dev.spindle.engine.publish.Batch;
import dev.spindle.engine.publish.Sink;
import dev.spindle.engine.publish.SinkOption;
import dev.spindle.engine.publish.SinkProvider;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every sink keeps, whatever its target.
 *
 * <p>A subclass gives the sink, reads the target back, and, where its target can be made to take nothing, says how.
 */
@Timeout(60)
public abstract class SinkContract {

    private static final int BATCH_EVENTS = 100;
    private static final Duration LONG = Duration.ofSeconds(20);

    /** How much later than its deadline a call may return on a busy machine. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final TestEvents events = new TestEvents("orders");

    /** The provider as {@link ServiceLoader} must find it. */
    protected abstract Class<? extends SinkProvider> provider();

    /** A sink that is not open, with a target of its own that is empty. */
    protected abstract Sink newSink();

    /** The lines that the target of the last {@link #newSink} has, in any order; empty for a target that keeps none. */
    protected abstract Optional<List<String>> received();

    /**
     * Makes the target of the last {@link #newSink} take nothing more, so that a sink which is written to without end
     * blocks; false where that cannot be done.
     */
    protected boolean block() {
        return false;
    }

    /** Undoes {@link #block}. */
    protected void unblock() {}

    @Test
    void shouldBeFoundByTheServiceLoader() {
        List<Class<?>> found = ServiceLoader.load(SinkProvider.class).stream()
                .<Class<?>>map(ServiceLoader.Provider::type)
                .toList();
        assertThat(found).contains(provider());
    }

    @Test
    void shouldNameEachOptionOnceAndSayWhatItIs() throws Exception {
        SinkProvider provider = provider().getConstructor().newInstance();
        assertThat(provider.name()).matches("[a-z]+");
        assertThat(provider.help()).endsWith(".");
        assertThat(provider.options()).extracting(SinkOption::name).doesNotHaveDuplicates();
        assertThat(provider.options()).allSatisfy(option -> {
            assertThat(option.name()).matches("[a-z][a-z-]*");
            assertThat(option.help()).isNotBlank().doesNotContain("\n");
        });
    }

    @Test
    void shouldReportEveryEventExactlyOnceWhenFlushed() {
        int total = 2_345;
        RecordingContext context = new RecordingContext(events.tables(), total);
        Sink sink = newSink();
        sink.open(context);
        writeAll(sink, total);
        sink.flush(LONG);
        assertThat(context.acknowledged()).as("acknowledged after flush").isEqualTo(total);
        sink.close(LONG);
        assertEachAcknowledgedOnce(context, total);
        assertThat(context.failed()).isZero();
        assertThat(context.acknowledgedBytes()).isEqualTo(bytes(total));
        received().ifPresent(lines ->
                assertThat(lines).containsExactlyInAnyOrderElementsOf(events.texts(0, total)));
    }

    @Test
    void shouldDeliverWhatWasTakenWhenClosedWithoutAFlush() {
        int total = 250;
        RecordingContext context = new RecordingContext(events.tables(), total);
        Sink sink = newSink();
        sink.open(context);
        writeAll(sink, total);
        sink.close(LONG);
        assertEachAcknowledgedOnce(context, total);
        received().ifPresent(lines ->
                assertThat(lines).containsExactlyInAnyOrderElementsOf(events.texts(0, total)));
    }

    @Test
    void shouldNotTouchABatchAfterWriteHasReturned() {
        int total = 1_000;
        RecordingContext context = new RecordingContext(events.tables(), total);
        Sink sink = newSink();
        sink.open(context);
        Batch batch = events.emptyBatch(BATCH_EVENTS);
        for (int from = 0; from < total; from += BATCH_EVENTS) {
            events.fill(batch, from, from + BATCH_EVENTS);
            sink.write(batch);
            Arrays.fill(batch.bytes(), (byte) 'X');
            batch.clear();
        }
        sink.close(LONG);
        assertEachAcknowledgedOnce(context, total);
        received().ifPresent(lines ->
                assertThat(lines).containsExactlyInAnyOrderElementsOf(events.texts(0, total)));
    }

    @Test
    void shouldTakeSomeOfSeveralBatchesTogether() {
        int total = 3 * BATCH_EVENTS;
        RecordingContext context = new RecordingContext(events.tables(), total);
        Sink sink = newSink();
        sink.open(context);
        Batch[] batches = new Batch[4];
        for (int i = 0; i < batches.length; i++) {
            batches[i] = events.batch((long) i * BATCH_EVENTS, (i + 1L) * BATCH_EVENTS);
        }
        sink.writeAll(batches, 0, 1);
        sink.writeAll(batches, 1, 3);
        for (Batch batch : batches) {
            Arrays.fill(batch.bytes(), (byte) 'X');
        }
        sink.close(LONG);
        assertEachAcknowledgedOnce(context, total);
        received().ifPresent(lines ->
                assertThat(lines).containsExactlyInAnyOrderElementsOf(events.texts(0, total)));
    }

    @Test
    void shouldTakeAnEmptyBatchAndAnEmptyStream() {
        RecordingContext context = new RecordingContext(events.tables(), 1);
        Sink sink = newSink();
        sink.open(context);
        sink.write(events.emptyBatch(1));
        sink.flush(LONG);
        sink.close(LONG);
        assertThat(context.reported()).isZero();
    }

    @Test
    void shouldReachAndCountNothingInARehearsal() {
        Sink sink = newSink();
        RecordingContext context = new RecordingContext(events.tables(), 250);
        RecordingContext rehearsed = new RecordingContext(events.tables(), 250);
        sink.open(context);
        Map<String, Long> before = sink.counters();
        Sink rehearsal = sink.rehearsal();
        rehearsal.open(rehearsed);
        writeAll(rehearsal, 250);
        rehearsal.close(LONG);
        assertThat(rehearsed.acknowledged()).isEqualTo(250);
        assertThat(context.reported()).isZero();
        assertThat(sink.counters()).isEqualTo(before);
        writeAll(sink, 100);
        sink.close(LONG);
        assertEachAcknowledgedOnce(context, 100);
        received().ifPresent(lines -> assertThat(lines).containsExactlyInAnyOrderElementsOf(events.texts(0, 100)));
    }

    @Test
    void shouldShowItsCountersAtAnyTime() {
        RecordingContext context = new RecordingContext(events.tables(), 100);
        Sink sink = newSink();
        assertThat(sink.counters()).isNotNull();
        sink.open(context);
        writeAll(sink, 100);
        assertThat(sink.counters()).isNotNull();
        sink.close(LONG);
        assertThat(sink.counters()).allSatisfy((name, value) -> {
            assertThat(name).matches("[a-z][a-z_]*");
            assertThat(value).isNotNegative();
        });
    }

    @Test
    void shouldReturnFromFlushAndCloseInTimeWhenTheTargetTakesNothing() {
        RecordingContext context = new RecordingContext(events.tables(), BATCH_EVENTS);
        Sink sink = newSink();
        sink.open(context);
        assumeTrue(block(), "this target takes everything at once");
        try {
            sink.write(events.batch(0, BATCH_EVENTS));
            Duration timeout = Duration.ofMillis(500);
            assertThat(timeOf(() -> sink.flush(timeout))).isLessThan(timeout.plus(GRACE));
            assertThat(timeOf(() -> sink.close(timeout))).isLessThan(timeout.plus(GRACE));
        } finally {
            unblock();
        }
        assertThat(context.reported()).isLessThanOrEqualTo(BATCH_EVENTS);
    }

    @Test
    void shouldGiveUpAWriteThatBlocksSoonAfterTheRunIsHalted() throws Exception {
        int total = 5_000_000;
        RecordingContext context = new RecordingContext(events.tables(), total);
        Sink sink = newSink();
        sink.open(context);
        assumeTrue(block(), "this target takes everything at once");
        try {
            Written written = new Written();
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> written.writeUntilRefused(sink, total));
            awaitNoProgress(written);
            assertThat(writing).as("a write that blocks").isNotDone();
            context.halt();
            assertThat(timeOf(() -> assertThatThrownBy(() -> writing.get(20, TimeUnit.SECONDS))
                            .hasCauseInstanceOf(SinkException.class)))
                    .isLessThan(GRACE);
            sink.close(Duration.ofMillis(100));
            assertThat(context.reported())
                    .as("reported; what is not when close returns, the engine counts as failed")
                    .isLessThanOrEqualTo(written.taken);
        } finally {
            unblock();
        }
    }

    /** What a writing thread has handed over so far. */
    private final class Written {
        private volatile long taken;

        void writeUntilRefused(Sink sink, int total) {
            Batch batch = events.emptyBatch(BATCH_EVENTS);
            for (int from = 0; from < total; from += BATCH_EVENTS) {
                events.fill(batch, from, from + BATCH_EVENTS);
                try {
                    sink.write(batch);
                } catch (SinkException e) {
                    taken = from + batch.accepted();
                    throw e;
                }
                taken = from + BATCH_EVENTS;
            }
        }
    }

    /** Waits until the writer has stood still for a second. */
    private static void awaitNoProgress(Written written) throws InterruptedException {
        long before = -1;
        while (before != written.taken) {
            before = written.taken;
            TimeUnit.SECONDS.sleep(1);
        }
    }

    private void writeAll(Sink sink, int total) {
        Batch batch = events.emptyBatch(BATCH_EVENTS);
        for (int from = 0; from < total; from += BATCH_EVENTS) {
            events.fill(batch, from, Math.min(total, from + BATCH_EVENTS));
            sink.write(batch);
        }
    }

    private long bytes(int total) {
        return events.texts(0, total).stream()
                .mapToLong(text -> text.getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }

    private static void assertEachAcknowledgedOnce(RecordingContext context, int total) {
        for (int sequence = 0; sequence < total; sequence++) {
            assertThat(context.acknowledgements(sequence))
                    .as("acknowledgements of event %s", sequence)
                    .isEqualTo(1);
        }
    }

    private static Duration timeOf(Runnable call) {
        long begin = System.nanoTime();
        call.run();
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
