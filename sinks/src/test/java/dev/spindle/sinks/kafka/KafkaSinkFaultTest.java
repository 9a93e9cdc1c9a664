package dev.spindle.sinks.kafka;

import static dev.spindle.sinks.kafka.SharedBroker.newTopic;
import static dev.spindle.sinks.kafka.SharedBroker.newTopicName;
import static dev.spindle.sinks.kafka.SharedBroker.readAll;
import static dev.spindle.sinks.kafka.SharedBroker.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.spindle.engine.error.SinkException;
import dev.spindle.engine.publish.Batch;
import dev.spindle.engine.publish.Sink;
import dev.spindle.engine.publish.SinkSettings;
import dev.spindle.sinks.testing.KafkaBroker;
import dev.spindle.sinks.testing.RecordingContext;
import dev.spindle.sinks.testing.TestEvents;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
@Timeout(120)
class KafkaSinkFaultTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int BATCH_EVENTS = 100;

    private final TestEvents events = new TestEvents("orders").withKey(sequence -> "key-" + sequence % 31);
    private KafkaBroker broker;

    @BeforeEach
    void useBroker(KafkaBroker shared) {
        broker = shared;
    }

    @Test
    void shouldSayWithinItsTimeThatNoBrokerIsThere() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertThatStartFails(
                "127.0.0.1:" + port,
                Duration.ofMillis(1_500),
                "No Kafka broker answered at 127.0.0.1:" + port + " within 1500 ms.");
    }

    @Test
    void shouldSayWithinItsTimeThatABrokerDoesNotAnswer() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + silent.getLocalPort();
            assertThatStartFails(
                    address, Duration.ofSeconds(1), "No Kafka broker answered at " + address + " within 1 s.");
        }
    }

    @Test
    void shouldSayThatAHostHasNoAddress() {
        SinkSettings settings = SinkSettings.NONE
                .with("bootstrap-server", "no-such-host.invalid:9092")
                .with("topic", "t")
                .with("producer-property", "max.block.ms=1000");
        Sink sink = new KafkaSinkProvider().create(settings);
        assertThatThrownBy(() -> sink.open(new RecordingContext(events.tables(), 1)))
                .isInstanceOf(SinkException.class)
                .hasMessageContaining("no-such-host.invalid:9092");
    }

    @Test
    void shouldGiveUpStartingWhenTheRunIsHalted() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            RecordingContext context = new RecordingContext(events.tables(), 1);
            Sink sink = new KafkaSinkProvider()
                    .create(SinkSettings.NONE
                            .with("bootstrap-server", "127.0.0.1:" + silent.getLocalPort())
                            .with("topic", "t"));
            CompletableFuture<Void> opening = CompletableFuture.runAsync(() -> sink.open(context));
            context.halt();
            assertThatThrownBy(() -> opening.get(5, TimeUnit.SECONDS)).hasCauseInstanceOf(SinkException.class);
        }
    }

    @Test
    void shouldLoseNothingAndRepeatNothingWhenTheBrokerIsKilledAndStartedAgain() throws Exception {
        String topic = newTopic(broker, 3);
        int total = 60_000;
        RecordingContext context = new RecordingContext(events.tables(), total);
        Sink sink = new KafkaSinkProvider().create(settings(broker, topic, "buffer.memory=1048576"));
        sink.open(context);
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> writeAll(sink, total));
        awaitAcknowledged(context, 5_000);
        broker.kill();
        try {
            // An outage long enough for the buffer to fill and the writer to block.
            TimeUnit.SECONDS.sleep(6);
            assertThat(writing).as("a write that blocks").isNotDone();
            assertThat(context.failed()).isZero();
        } finally {
            broker.start();
        }
        writing.get(60, TimeUnit.SECONDS);
        sink.flush(LONG);
        sink.close(LONG);
        assertThat(context.acknowledged()).isEqualTo(total);
        assertThat(context.failed()).isZero();
        assertThat(context.warnings()).singleElement().asString().startsWith("Kafka has taken no event for 5 s; ");
        assertThat(sequences(topic)).as("each once").hasSize(total);
    }

    @Test
    void shouldEndWithExactCountsWhenTheBrokerIsGoneForGood() throws Exception {
        String topic = newTopic(broker, 3);
        int total = 5_000_000;
        RecordingContext context = new RecordingContext(events.tables(), total);
        Sink sink = new KafkaSinkProvider()
                .create(settings(
                        broker, topic, "buffer.memory=1048576", "request.timeout.ms=2000", "delivery.timeout.ms=3000"));
        sink.open(context);
        Written written = new Written();
        CompletableFuture<SinkException> writing = CompletableFuture.supplyAsync(() -> written.untilRefused(sink, total));
        awaitAcknowledged(context, 1_000);
        broker.kill();
        try {
            long begin = System.nanoTime();
            SinkException end = writing.get(30, TimeUnit.SECONDS);
            sink.flush(LONG);
            sink.close(LONG);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(12));
            assertThat(end).hasMessageStartingWith("Kafka did not acknowledge events within delivery.timeout.ms=3000: ");
            assertThat(context.failed()).isPositive();
            assertThat(context.reported()).as("of %s taken", written.taken).isEqualTo(written.taken);
        } finally {
            broker.start();
        }
        Set<Long> stored = sequences(topic);
        assertThat(stored).hasSizeGreaterThanOrEqualTo((int) context.acknowledged());
        for (long sequence = 0; sequence < written.taken; sequence++) {
            if (context.acknowledgements(sequence) == 1 && !stored.contains(sequence)) {
                throw new AssertionError("event " + sequence + " was acknowledged and is not stored");
            }
        }
    }

    @Test
    void shouldReportAllThatIsOutstandingWhenClosedBeforeTheBrokerAnswers() {
        String topic = newTopic(broker, 1);
        RecordingContext context = new RecordingContext(events.tables(), BATCH_EVENTS);
        Sink sink = new KafkaSinkProvider().create(settings(broker, topic));
        sink.open(context);
        broker.pause();
        try {
            sink.write(events.batch(0, BATCH_EVENTS));
            sink.close(Duration.ofMillis(300));
            assertThat(context.failed()).isEqualTo(BATCH_EVENTS);
            assertThat(context.causes().getFirst())
                    .hasMessage("The run ended before Kafka had acknowledged all events.");
        } finally {
            broker.resume();
        }
    }

    @Test
    void shouldEndARunWhoseWritesFindNoRoomForMaxBlockMillis() {
        String topic = newTopic(broker, 1);
        RecordingContext context = new RecordingContext(events.tables(), 1_000_000);
        Sink sink = new KafkaSinkProvider()
                .create(settings(broker, topic, "buffer.memory=300000", "max.block.ms=1000"));
        sink.open(context);
        broker.pause();
        Written written = new Written();
        try {
            assertThat(written.untilRefused(sink, 1_000_000)).hasMessageStartingWith("Kafka has taken no event for 1");
        } finally {
            broker.resume();
        }
        sink.close(LONG);
        assertThat(context.acknowledged()).isEqualTo(written.taken);
    }

    @Test
    void shouldGoOnAfterAnEventThatTheClientFindsTooLarge() {
        String topic = newTopic(broker, 1);
        assertOnlyTheLargeEventFails(topic, settings(broker, topic, "max.request.size=20000"));
    }

    @Test
    void shouldGoOnAfterAnEventThatTheBrokerFindsTooLarge() {
        String topic = newTopic(broker, 1, Map.of("max.message.bytes", "20000"));
        assertOnlyTheLargeEventFails(topic, settings(broker, topic, "compression.type=none"));
    }

    @Test
    void shouldLetOnlySoManyEventsWaitForTheBroker() throws Exception {
        String topic = newTopic(broker, 1);
        int total = KafkaSink.MAX_IN_FLIGHT_EVENTS + 100_000;
        TestEvents small = new TestEvents("orders").withText(Long::toString);
        RecordingContext context = new RecordingContext(small.tables(), total);
        Sink sink = new KafkaSinkProvider().create(settings(broker, topic));
        sink.open(context);
        AtomicInteger taken = new AtomicInteger();
        broker.pause();
        CompletableFuture<Void> writing;
        try {
            writing = CompletableFuture.runAsync(() -> {
                Batch batch = small.emptyBatch(1_000);
                for (int from = 0; from < total; from += 1_000) {
                    small.fill(batch, from, from + 1_000);
                    sink.write(batch);
                    taken.addAndGet(1_000);
                }
            });
            while (taken.get() < KafkaSink.MAX_IN_FLIGHT_EVENTS) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
            TimeUnit.MILLISECONDS.sleep(300);
            assertThat(taken).hasValue(KafkaSink.MAX_IN_FLIGHT_EVENTS);
        } finally {
            broker.resume();
        }
        writing.get(60, TimeUnit.SECONDS);
        sink.flush(LONG);
        sink.close(LONG);
        assertThat(context.acknowledged()).isEqualTo(total);
    }

    @Test
    void shouldGoOnAfterEventsWhoseTimestampTheTopicRefuses() {
        String topic = newTopic(broker, 1, Map.of("message.timestamp.before.max.ms", "1000"));
        RecordingContext context = new RecordingContext(events.tables(), 100);
        Sink sink = new KafkaSinkProvider().create(settings(broker, topic).with("record-timestamp", "event"));
        sink.open(context);
        sink.write(events.batch(0, 100));
        sink.flush(LONG);
        sink.close(LONG);
        assertThat(context.failed()).isEqualTo(100);
        assertThat(context.warnings()).singleElement().asString().startsWith("Kafka refused an event: ");
    }

    @Test
    void shouldUseATopicThatTheBrokerCreatesWhenAskedForIt() {
        broker.stop();
        broker.with("auto.create.topics.enable", "true").start();
        try {
            String topic = newTopicName();
            RecordingContext context = new RecordingContext(events.tables(), 1_000);
            Sink sink = new KafkaSinkProvider().create(settings(broker, topic));
            sink.open(context);
            sink.write(events.batch(0, 1_000));
            sink.close(LONG);
            assertThat(context.acknowledged()).isEqualTo(1_000);
            assertThat(sequences(topic)).hasSize(1_000);
        } finally {
            broker.stop();
            broker.with("auto.create.topics.enable", "false").start();
        }
    }

    private void assertOnlyTheLargeEventFails(String topic, SinkSettings settings) {
        TestEvents mixed = new TestEvents("orders")
                .withText(sequence -> sequence == 50 ? "x".repeat(30_000) : TestEvents.json(sequence));
        RecordingContext context = new RecordingContext(mixed.tables(), 100);
        Sink sink = new KafkaSinkProvider().create(settings);
        sink.open(context);
        sink.write(mixed.batch(0, 100));
        sink.flush(LONG);
        sink.close(LONG);
        assertThat(context.acknowledgements(50)).isZero();
        assertThat(context.acknowledged()).isEqualTo(99);
        assertThat(context.failed()).isEqualTo(1);
        assertThat(context.causes()).singleElement().satisfies(cause -> assertThat(cause)
                .hasMessageStartingWith("Kafka refused an event as too large: "));
        assertThat(context.warnings()).containsExactly(context.causes().getFirst().getMessage());
        assertThat(readAll(broker, topic)).hasSize(99);
    }

    private void assertThatStartFails(String bootstrap, Duration timeout, String message) {
        SinkSettings settings = SinkSettings.NONE
                .with("bootstrap-server", bootstrap)
                .with("topic", "t")
                .with("producer-property", "max.block.ms=" + timeout.toMillis());
        Sink sink = new KafkaSinkProvider().create(settings);
        long begin = System.nanoTime();
        SinkException e = catchThrowableOfType(
                SinkException.class, () -> sink.open(new RecordingContext(events.tables(), 1)));
        assertThat(e).hasMessage(message);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(timeout.plusSeconds(6));
    }

    /** What has been handed to the sink; written by one thread, read after it has ended. */
    private final class Written {
        private long taken;

        SinkException untilRefused(Sink sink, int total) {
            Batch batch = events.emptyBatch(BATCH_EVENTS);
            for (int from = 0; from < total; from += BATCH_EVENTS) {
                events.fill(batch, from, from + BATCH_EVENTS);
                try {
                    sink.write(batch);
                } catch (SinkException e) {
                    taken = from + batch.accepted();
                    return e;
                }
            }
            throw new AssertionError("nothing was refused");
        }
    }

    private void writeAll(Sink sink, int total) {
        Batch batch = events.emptyBatch(BATCH_EVENTS);
        for (int from = 0; from < total; from += BATCH_EVENTS) {
            events.fill(batch, from, from + BATCH_EVENTS);
            sink.write(batch);
        }
    }

    private static void awaitAcknowledged(RecordingContext context, long atLeast) throws InterruptedException {
        while (context.acknowledged() < atLeast) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    /** The sequence numbers in a topic, each of which must stand there once. */
    private Set<Long> sequences(String topic) {
        Set<Long> sequences = new HashSet<>();
        for (ConsumerRecord<byte[], byte[]> record : readAll(broker, topic)) {
            String text = new String(record.value(), StandardCharsets.UTF_8);
            long sequence = Long.parseLong(text.substring(6, text.indexOf(',')));
            assertThat(sequences.add(sequence)).as("event %s once", sequence).isTrue();
        }
        return sequences;
    }
}
