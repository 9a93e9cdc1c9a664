package dev.spindle.sinks.eventhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.engine.publish.SinkProvider;
import dev.spindle.sinks.eventhub.standin.ReceivedEvent;
import dev.spindle.sinks.eventhub.standin.StandIn;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the sink promises while nothing goes wrong, over real sockets. */
@Timeout(60)
class EventHubSinkTest {

    private final StandIn standIn = StandIn.start().withHub("orders", 4);

    @AfterEach
    void stop() {
        standIn.close();
    }

    @Test
    void shouldBeFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(SinkProvider.class)).hasAtLeastOneElementOfType(EventHubSinkProvider.class);
    }

    @Test
    void shouldDeliverEveryEventOnceWithItsBytes() {
        try (Driver run = Driver.with(standIn.connectionString("orders")).open()) {
            run.write(0, 2_345).flush();
            assertThat(run.acknowledged()).isEqualTo(2_345);
            assertThat(run.acknowledgedOnce()).isTrue();
            assertThat(run.failed()).isZero();
            assertThat(run.bytes()).isEqualTo(bytesOf(run, 2_345));
            assertThat(texts(standIn.hub("orders").all())).containsExactlyInAnyOrderElementsOf(texts(run, 0, 2_345));
            assertThat(standIn.hub("orders").all()).allSatisfy(event -> {
                assertThat(event.contentType()).isEqualTo("application/json");
                assertThat(event.partitionKey()).isNull();
                assertThat(event.properties()).isEmpty();
            });
        }
    }

    @Test
    void shouldSpreadBatchesOverThePartitions() {
        try (Driver run = Driver.with(standIn.connectionString("orders")).open()) {
            for (int i = 0; i < 20; i++) {
                run.write(i, i + 1).flush();
            }
            assertThat(IntStream.range(0, 4).mapToObj(p -> standIn.hub("orders").partition(p).size()))
                    .containsOnly(5);
        }
    }

    @Test
    void shouldDeliverWhatWasTakenWhenClosedWithoutAFlush() {
        Driver run = Driver.with(standIn.connectionString("orders")).open();
        run.write(0, 250).close();
        assertThat(run.acknowledged()).isEqualTo(250);
        assertThat(standIn.hub("orders").eventCount()).isEqualTo(250);
    }

    @Test
    void shouldTakeAnEmptyBatch() {
        try (Driver run = Driver.with(standIn.connectionString("orders")).open()) {
            run.write(run.batch(0, 0)).flush();
            assertThat(run.acknowledged()).isZero();
        }
    }

    @Test
    void shouldNotTouchABatchAfterWriteHasReturned() {
        try (Driver run = Driver.with(standIn.connectionString("orders")).open()) {
            for (int i = 0; i < 1_000; i += 100) {
                var batch = run.batch(i, i + 100);
                run.write(batch);
                java.util.Arrays.fill(batch.bytes(), (byte) 'X');
            }
            run.flush();
            assertThat(texts(standIn.hub("orders").all())).containsExactlyInAnyOrderElementsOf(texts(run, 0, 1_000));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"service", "client"})
    void shouldKeepEventsOfOneKeyInOrderInOnePartitionUnderThatKey(String mapping) {
        try (Driver run = Driver.with(
                        standIn.connectionString("orders"),
                        "partition-key", "customer_id",
                        "partition-key-mapping", mapping)
                .keys(n -> n % 11 == 10 ? null : "customer-" + n * n % 11)
                .open()) {
            run.write(0, 3_000).flush();
            assertThat(run.acknowledged()).isEqualTo(3_000);
        }
        Map<String, List<ReceivedEvent>> byKey = standIn.hub("orders").all().stream()
                .filter(event -> event.partitionKey() != null)
                .collect(Collectors.groupingBy(ReceivedEvent::partitionKey));
        assertThat(byKey).hasSize(6);
        byKey.forEach((key, events) -> {
            assertThat(events).extracting(ReceivedEvent::partition).as(key).containsOnly(events.getFirst().partition());
            assertThat(numbers(events)).as(key).isSorted();
            assertThat(numbers(events)).allSatisfy(n -> assertThat("customer-" + n * n % 11).isEqualTo(key));
        });
        assertThat(standIn.hub("orders").eventCount()).isEqualTo(3_000);
    }

    @Test
    void shouldSendManyDifferentKeysAndTreatAnEmptyKeyAsNone() {
        try (Driver run = Driver.with(standIn.connectionString("orders"), "partition-key", "id")
                .keys(n -> n == 7 ? "" : Long.toString(n))
                .open()) {
            run.write(0, 2_000).flush();
            assertThat(run.acknowledged()).isEqualTo(2_000);
        }
        assertThat(standIn.hub("orders").all()).allSatisfy(event -> assertThat(event.partitionKey())
                .isEqualTo(number(event) == 7 ? null : Long.toString(number(event))));
    }

    @Test
    void shouldFillBatchesWithManyKeysWhenItMapsThemItself() {
        try (Driver run = Driver.with(
                        standIn.connectionString("orders"), "partition-key", "id", "partition-key-mapping", "client")
                .keys(Long::toString)
                .open()) {
            run.write(0, 20_000).flush();
            assertThat(run.acknowledged()).isEqualTo(20_000);
        }
        assertThat(standIn.hub("orders").deliveryCount()).isLessThan(1_000);
        for (int id = 0; id < 4; id++) {
            assertThat(standIn.hub("orders").partition(id)).as("partition %s", id).hasSizeBetween(4_500, 5_500);
        }
        assertThat(standIn.hub("orders").all()).allSatisfy(event ->
                assertThat(event.partitionKey()).isEqualTo(Long.toString(number(event))));
    }

    @Test
    void shouldFailAnEventWhoseKeyIsTooLongAndSendTheRest() {
        try (Driver run = Driver.with(standIn.connectionString("orders"), "partition-key", "id")
                .keys(n -> "k".repeat(n == 5 ? 129 : 128))
                .open()) {
            run.write(0, 10).flush();
            assertThat(run.acknowledged()).isEqualTo(9);
            assertThat(run.failed()).isEqualTo(1);
            assertThat(run.causes().getFirst()).hasMessageContaining("128 characters");
        }
    }

    @Test
    void shouldSendEverythingToOnePartitionInOrder() {
        try (Driver run = Driver.with(standIn.connectionString("orders"), "partition", "2").open()) {
            run.write(0, 5_000).flush();
            assertThat(run.acknowledged()).isEqualTo(5_000);
        }
        assertThat(texts(standIn.hub("orders").partition(2))).containsExactlyElementsOf(texts(Driver.with(standIn.connectionString("orders")), 0, 5_000));
    }

    @Test
    void shouldSendTheMetadataAsApplicationPropertiesWhenAsked() {
        try (Driver run = Driver.with(standIn.connectionString("orders"), "headers", "true", "partition", "0").open()) {
            run.write(0, 1).anomalies("point:extreme").write(1, 2).flush();
        }
        assertThat(standIn.hub("orders").partition(0)).extracting(ReceivedEvent::properties).containsExactly(
                Map.of(
                        "_spindle_table", "orders",
                        "_spindle_seq", 0L,
                        "_spindle_event_time", "2025-01-01T00:00:00Z",
                        "_spindle_is_anomaly", false),
                Map.of(
                        "_spindle_table", "orders",
                        "_spindle_seq", 1L,
                        "_spindle_event_time", "2025-01-01T00:00:01.500000Z",
                        "_spindle_is_anomaly", true,
                        "_spindle_anomaly_type", "point:extreme"));
    }

    @Test
    void shouldShowNoLabelsInPropertiesWhenTheRunIsUnlabelled() {
        try (Driver run = Driver.with(standIn.connectionString("orders"), "headers", "true").unlabelled().open()) {
            run.write(0, 2).flush();
        }
        assertThat(standIn.hub("orders").all()).allSatisfy(event -> assertThat(event.properties())
                .containsOnlyKeys("_spindle_table", "_spindle_seq", "_spindle_event_time"));
    }

    @Test
    void shouldFillBatchesToTheLinksLimitWhenThereIsMuchToSend() {
        String filler = "x".repeat(1_000);
        try (Driver run = Driver.with(standIn.connectionString("orders"), "partition", "0")
                .texts(n -> "{\"n\":" + n + ",\"filler\":\"" + filler + "\"}")
                .open()) {
            run.write(0, 20_000).flush();
            assertThat(run.acknowledged()).isEqualTo(20_000);
        }
        // 20 MB in batches of up to a mebibyte, the first few of them smaller.
        assertThat(standIn.hub("orders").deliveryCount()).isBetween(20L, 60L);
    }

    @Test
    void shouldHonourASmallerLimitOfTheLink() {
        standIn.withMaxMessageBytes(64 * 1024);
        try (Driver run = Driver.with(standIn.connectionString("orders")).texts(n -> "y".repeat(3_000)).open()) {
            run.write(0, 500).flush();
            assertThat(run.acknowledged()).isEqualTo(500);
        }
        assertThat(standIn.hub("orders").deliveryCount()).isGreaterThan(500 / 22);
    }

    @Test
    void shouldFailAnEventThatIsLargerThanTheLimitAndSendTheRest() {
        try (Driver run = Driver.with(standIn.connectionString("orders"))
                .texts(n -> n == 150 ? "z".repeat(1_100_000) : "{\"n\":" + n + "}")
                .open()) {
            run.write(0, 300).flush();
            assertThat(run.acknowledged()).isEqualTo(299);
            assertThat(run.acknowledged(150)).isFalse();
            assertThat(run.failed()).isEqualTo(1);
            assertThat(run.causes().getFirst())
                    .hasMessage("An event of 1100000 bytes is larger than the event hub 'orders' at localhost:"
                            + standIn.port() + " takes (1048576 bytes with its envelope).");
        }
        assertThat(standIn.hub("orders").eventCount()).isEqualTo(299);
    }

    @Test
    void shouldTakeTheHubFromTheOptionWhenTheConnectionStringHasNone() {
        try (Driver run = Driver.with(standIn.connectionString(), "eventhub", "orders").open()) {
            run.write(0, 10).flush();
            assertThat(standIn.hub("orders").eventCount()).isEqualTo(10);
        }
    }

    @Test
    void shouldGetInWithASharedAccessSignature() {
        try (Driver run = Driver.with(standIn.connectionStringWithSignature("orders")).open()) {
            run.write(0, 10).flush();
            assertThat(standIn.hub("orders").eventCount()).isEqualTo(10);
        }
    }

    @Test
    void shouldRefuseAPartitionThatDoesNotExistAtOnce() {
        Driver run = Driver.with(standIn.connectionString("orders"), "partition", "9");
        assertThatThrownBy(run::open)
                .hasMessageStartingWith("The event hub 'orders' at localhost:" + standIn.port() + " has no such partition: ");
        run.close();
    }

    static List<String> texts(List<ReceivedEvent> events) {
        return events.stream().map(ReceivedEvent::text).toList();
    }

    static List<String> texts(Driver run, long from, long to) {
        return LongStream.range(from, to).mapToObj(run::textOf).toList();
    }

    static List<Long> numbers(List<ReceivedEvent> events) {
        return events.stream().map(EventHubSinkTest::number).toList();
    }

    static long number(ReceivedEvent event) {
        return Long.parseLong(event.text().replaceAll("\\{\"n\":(\\d+).*", "$1"));
    }

    private static long bytesOf(Driver run, long to) {
        return texts(run, 0, to).stream()
                .mapToLong(text -> text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length)
                .sum();
    }
}
