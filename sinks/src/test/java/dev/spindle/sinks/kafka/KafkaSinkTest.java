package dev.spindle.sinks.kafka;

import static dev.spindle.sinks.kafka.SharedBroker.newTopic;
import static dev.spindle.sinks.kafka.SharedBroker.newTopicName;
import static dev.spindle.sinks.kafka.SharedBroker.readAll;
import static dev.spindle.sinks.kafka.SharedBroker.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.spindle.engine.SpindleStreamer;
import dev.spindle.engine.StreamConfig;
import dev.spindle.engine.StreamResult;
import dev.spindle.engine.error.SinkException;
import dev.spindle.engine.publish.Batch;
import dev.spindle.engine.publish.Sink;
import dev.spindle.engine.publish.SinkSettings;
import dev.spindle.sinks.testing.KafkaBroker;
import dev.spindle.sinks.testing.RecordingContext;
import dev.spindle.sinks.testing.TestEvents;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
class KafkaSinkTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private KafkaBroker broker;

    @BeforeEach
    void useBroker(KafkaBroker shared) {
        broker = shared;
    }

    @Test
    void shouldStoreEveryEventOnceWithItsBytesAndTheOrderOfItsKey() {
        int total = 200_000;
        String topic = newTopic(broker, 4);
        TestEvents events = new TestEvents("orders").withKey(sequence -> "customer-" + sequence % 997);
        RecordingContext context = run(events, total, 500, settings(broker, topic));

        assertThat(context.acknowledged())
                .as("acknowledged; %s failed by %s", context.failed(), context.causes())
                .isEqualTo(total);
        List<ConsumerRecord<byte[], byte[]>> records = readAll(broker, topic);
        assertThat(records).hasSize(total);
        boolean[] seen = new boolean[total];
        Map<String, Long> lastOfKey = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            String text = utf8(record.value());
            long sequence = Long.parseLong(text.substring(6, text.indexOf(',')));
            String key = utf8(record.key());
            Long before = lastOfKey.put(key, sequence);
            if (!text.equals(TestEvents.json(sequence)) || !key.equals("customer-" + sequence % 997)) {
                fail("event %s with key %s: %s", sequence, key, text);
            }
            if (seen[(int) sequence] || before != null && before > sequence) {
                fail("event %s after %s of the same key, seen before: %s", sequence, before, seen[(int) sequence]);
            }
            seen[(int) sequence] = true;
        }
    }

    @Test
    @Timeout(60)
    void shouldSendEveryEventOnceFromAProducerForEachLane() {
        String topic = newTopicName();
        StreamResult result = new SpindleStreamer(StreamConfig.builder()
                        .domain("retail")
                        .table("order")
                        .maxEvents(20_003)
                        .lanes(3)
                        .sink("kafka", settings(broker, topic).with("partitions", "2").with("key", "customer_id"))
                        .build())
                .stream();

        assertThat(result.state()).as("%s", result).isEqualTo(StreamResult.State.COMPLETED);
        assertThat(result.eventsSent()).isEqualTo(20_003);
        assertThat(result.sinkCounters().get("kafka_bytes_written")).isPositive();
        assertThat(readAll(broker, topic).stream().map(record -> sequence(utf8(record.value()))).sorted())
                .isEqualTo(LongStream.range(0, 20_003).boxed().toList());
    }

    private static long sequence(String event) {
        String name = "\"_spindle_seq\":";
        int start = event.indexOf(name) + name.length();
        return Long.parseLong(event.substring(start, event.indexOf(',', start)));
    }

    @Test
    void shouldStampRecordsWithTheIntendedTime() {
        String topic = newTopic(broker, 1);
        RecordingContext context = run(new TestEvents("orders"), 3_000, 100, settings(broker, topic));
        assertThat(readAll(broker, topic)).hasSize(3_000).allSatisfy(record -> assertThat(record.timestamp())
                .isEqualTo((context.originEpochMicros() + record.offset() * TestEvents.INTERVAL_NANOS / 1_000) / 1_000));
    }

    @Test
    void shouldStampRecordsWithTheEventTimeWhenAsked() {
        String topic = newTopic(broker, 1);
        run(new TestEvents("orders"), 10, 10, settings(broker, topic).with("record-timestamp", "event"));
        assertThat(readAll(broker, topic)).hasSize(10).allSatisfy(record -> assertThat(record.timestamp())
                .isEqualTo(TestEvents.eventTimeMicros(record.offset()) / 1_000));
    }

    @Test
    void shouldCarryTheMetadataAsHeadersWhenAsked() {
        String topic = newTopic(broker, 1);
        TestEvents events = new TestEvents("orders").withAnomaly("point:extreme");
        run(events, 2, 2, settings(broker, topic).with("headers", "true"));
        assertThat(headers(readAll(broker, topic).getLast()))
                .isEqualTo(Map.of(
                        "_spindle_table", "orders",
                        "_spindle_seq", "1",
                        "_spindle_event_time", "2025-01-01T00:00:01.500000Z",
                        "_spindle_is_anomaly", "true",
                        "_spindle_anomaly_type", "point:extreme"));
    }

    @Test
    void shouldKeepLabelsOutOfTheHeadersOfAnUnlabelledStream() {
        String topic = newTopic(broker, 1);
        TestEvents events = new TestEvents("orders").withAnomaly("point:extreme");
        RecordingContext context = new RecordingContext(events.tables(), 1).unlabelled();
        Sink sink = new KafkaSinkProvider().create(settings(broker, topic).with("headers", "true"));
        sink.open(context);
        sink.write(events.batch(0, 1));
        sink.close(LONG);
        assertThat(headers(readAll(broker, topic).getFirst()))
                .isEqualTo(Map.of(
                        "_spindle_table", "orders",
                        "_spindle_seq", "0",
                        "_spindle_event_time", "2025-01-01T00:00:00Z"));
    }

    @Test
    void shouldSendNoHeadersUnlessAsked() {
        String topic = newTopic(broker, 1);
        run(new TestEvents("orders"), 1, 1, settings(broker, topic));
        assertThat(headers(readAll(broker, topic).getFirst())).isEmpty();
    }

    @Test
    void shouldGiveEachTableATopicOfItsOwn() {
        String one = newTopic(broker, 1);
        String two = newTopic(broker, 1);
        TestEvents events = new TestEvents(one, two);
        run(events, 10, 5, SinkSettings.NONE.with("bootstrap-server", broker.bootstrap()));
        assertThat(values(one)).containsExactlyElementsOf(everySecond(events.texts(0, 10), 0));
        assertThat(values(two)).containsExactlyElementsOf(everySecond(events.texts(0, 10), 1));
    }

    @Test
    void shouldSendAllTablesToTheOneTopicThatIsGiven() {
        String topic = newTopic(broker, 1);
        TestEvents events = new TestEvents("orders", "lines");
        run(events, 10, 5, settings(broker, topic));
        assertThat(values(topic)).containsExactlyElementsOf(events.texts(0, 10));
    }

    @Test
    void shouldCreateAMissingTopicWithThePartitionsAskedFor() {
        String topic = newTopicName();
        SinkSettings settings =
                settings(broker, topic).with("partitions", "5").with("replication-factor", "1");
        RecordingContext context = run(new TestEvents("orders"), 100, 100, settings);
        assertThat(context.acknowledged()).isEqualTo(100);
        assertThat(SharedBroker.partitions(broker, topic)).hasValue(5);
    }

    @Test
    void shouldSayWhenATopicThatIsThereHasOtherPartitions() {
        String topic = newTopic(broker, 2);
        RecordingContext context = run(
                new TestEvents("orders"), 1, 1, settings(broker, topic).with("partitions", "5"));
        assertThat(context.warnings())
                .containsExactly("Topic " + topic + " is there already with 2 partitions; --partitions 5 changes nothing.");
    }

    @Test
    void shouldRefuseAMissingTopicAtOnce() {
        String topic = newTopicName();
        long begin = System.nanoTime();
        assertThatThrownBy(() -> run(new TestEvents("orders"), 1, 1, settings(broker, topic)))
                .isInstanceOf(SinkException.class)
                .hasMessage("Topic " + topic + " does not exist at " + broker.bootstrap()
                        + ": create it, or give --partitions and --replication-factor.");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
        assertThat(SharedBroker.partitions(broker, topic)).isEmpty();
    }

    @Test
    void shouldSayWhyATopicCouldNotBeCreated() {
        SinkSettings settings = settings(broker, newTopicName()).with("replication-factor", "3");
        assertThatThrownBy(() -> run(new TestEvents("orders"), 1, 1, settings))
                .isInstanceOf(SinkException.class)
                .hasMessageStartingWith("Kafka would not create topic ")
                .hasMessageContaining("eplication factor");
    }

    @Test
    void shouldShowItsSettingsWhenAskedForDetails() {
        String topic = newTopic(broker, 1);
        RecordingContext context = run(new TestEvents("orders"), 1, 1, settings(broker, topic, "linger.ms=3"));
        assertThat(context.details())
                .anySatisfy(line -> assertThat(line).contains("acks=all", "compression.type=lz4", "linger.ms=3"))
                .contains("Topic " + topic + " has 1 partition.");
        assertThat(context.warnings()).isEmpty();
    }

    @Test
    void shouldCountWhatIsWrittenToTheConnectionWhenNothingIsAcknowledged() {
        String topic = newTopic(broker, 1);
        RecordingContext context = run(new TestEvents("orders"), 1_000, 100, settings(broker, topic, "acks=0"));
        assertThat(context.acknowledged()).isEqualTo(1_000);
        assertThat(context.warnings()).singleElement().asString().contains("acks=0");
    }

    @Test
    void shouldFlushWithoutWaitingForTheLinger() {
        String topic = newTopic(broker, 1);
        TestEvents events = new TestEvents("orders");
        RecordingContext context = new RecordingContext(events.tables(), 10);
        Sink sink = new KafkaSinkProvider()
                .create(settings(broker, topic, "linger.ms=60000", "delivery.timeout.ms=120000"));
        sink.open(context);
        sink.write(events.batch(0, 10));
        sink.flush(Duration.ofSeconds(10));
        assertThat(context.acknowledged()).isEqualTo(10);
        sink.close(LONG);
    }

    @Test
    void shouldKeepItsCountersAfterItWasClosed() {
        String topic = newTopic(broker, 1);
        TestEvents events = new TestEvents("orders");
        Sink sink = new KafkaSinkProvider().create(settings(broker, topic));
        sink.open(new RecordingContext(events.tables(), 100));
        sink.write(events.batch(0, 100));
        sink.close(LONG);
        assertThat(sink.counters())
                .containsKeys("kafka_records_retried", "kafka_buffer_wait_ns", "kafka_batches_split")
                .hasEntrySatisfying("kafka_bytes_written", bytes -> assertThat(bytes).isPositive());
    }

    private RecordingContext run(TestEvents events, int total, int batchEvents, SinkSettings settings) {
        RecordingContext context = new RecordingContext(events.tables(), total);
        Sink sink = new KafkaSinkProvider().create(settings);
        sink.open(context);
        Batch batch = events.emptyBatch(batchEvents);
        for (int from = 0; from < total; from += batchEvents) {
            events.fill(batch, from, Math.min(total, from + batchEvents));
            sink.write(batch);
        }
        sink.flush(LONG);
        sink.close(LONG);
        return context;
    }

    private List<String> values(String topic) {
        return readAll(broker, topic).stream().map(record -> utf8(record.value())).toList();
    }

    private static List<String> everySecond(List<String> texts, int from) {
        List<String> picked = new ArrayList<>();
        for (int i = from; i < texts.size(); i += 2) {
            picked.add(texts.get(i));
        }
        return picked;
    }

    private static Map<String, String> headers(ConsumerRecord<byte[], byte[]> record) {
        Map<String, String> headers = new HashMap<>();
        record.headers().forEach(header -> headers.put(header.key(), utf8(header.value())));
        return headers;
    }

    private static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
