package dev.spindle.sinks.eventhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.engine.error.SinkException;
import dev.spindle.engine.publish.Batch;
import dev.spindle.sinks.eventhub.standin.Fault;
import dev.spindle.sinks.eventhub.standin.ReceivedEvent;
import dev.spindle.sinks.eventhub.standin.StandIn;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of events when the service or the way to it fails, over real sockets. */
@Timeout(90)
class EventHubFaultTest {

    private final StandIn standIn = StandIn.start().withHub("orders", 4);

    @AfterEach
    void stop() {
        standIn.close();
    }

    @Test
    void shouldWaitAndSendAgainWhenThrottledAndCountIt() {
        standIn.faults().next(3, Fault.throttle());
        try (Driver run = open()) {
            run.write(0, 1_000).flush();
            assertAllDeliveredOnce(run, 1_000);
            assertThat(run.counter("throttled")).isEqualTo(3);
            assertThat(run.counter("possible_duplicates")).isZero();
            assertThat(run.warnings()).singleElement().asString().contains("throttles (server-busy)");
        }
    }

    @Test
    void shouldFailEventsThatAreThrottledLongerThanTheRetryTimeoutAndGoOn() {
        standIn.faults().always(Fault.throttle());
        try (Driver run = open("retry-timeout", "2")) {
            run.write(0, 10).flush();
            assertThat(run.failed()).isEqualTo(10);
            assertThat(run.causes().getFirst()).hasMessageContaining("took no batch within 2 s");
            standIn.faults().always(null);
            run.write(10, 20).flush();
            assertThat(run.acknowledged()).isEqualTo(10);
            assertThat(run.counter("throttled")).isGreaterThanOrEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "com.microsoft:timeout",
        "amqp:resource-limit-exceeded",
        "com.microsoft:operation-cancelled"
    })
    void shouldSendAgainWhatWasRejectedForAPassingReason(String condition) {
        standIn.faults().next(2, new Fault.Reject(condition, "Try again."));
        try (Driver run = open()) {
            run.write(0, 500).flush();
            assertAllDeliveredOnce(run, 500);
            assertThat(run.counter("retries")).isGreaterThanOrEqualTo(1);
            assertThat(run.counter("throttled")).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldSendAgainWhatWasReleasedOrRejectedForAnInternalError(boolean released) {
        standIn.faults()
                .next(2, released ? new Fault.Release() : new Fault.Reject("amqp:internal-error", "Something broke."));
        try (Driver run = open()) {
            run.write(0, 500).flush();
            assertAllDeliveredOnce(run, 500);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"com.microsoft:argument-error", "amqp:not-allowed", "other:error"})
    void shouldFailTheEventsOfABatchThatIsRefusedForGoodAndSendTheRest(String condition) {
        standIn.faults().next(1, new Fault.Reject(condition, "This will not do."));
        try (Driver run = open()) {
            run.write(0, 100).flush();
            run.write(100, 200).flush();
            assertThat(run.failed()).isEqualTo(100);
            assertThat(run.acknowledged()).isEqualTo(100);
            assertThat(run.causes().getFirst())
                    .hasMessageContaining("refused a batch of 100 events")
                    .hasMessageContaining("This will not do.");
        }
    }

    @Test
    void shouldSendTheEventsOfABatchThatIsTooLargeInSmallerOnesInOrder() {
        standIn.faults().next(2, new Fault.Reject("amqp:link:message-size-exceeded", "Too large."));
        try (Driver run = open("partition", "0")) {
            run.write(0, 100).write(100, 300).flush();
            assertAllDeliveredOnce(run, 300);
            assertThat(EventHubSinkTest.texts(standIn.hub("orders").partition(0)))
                    .containsExactlyElementsOf(EventHubSinkTest.texts(run, 0, 300));
        }
    }

    @Test
    void shouldFailASingleEventThatIsSaidToBeTooLarge() {
        standIn.faults().next(1, new Fault.Reject("amqp:link:message-size-exceeded", "Too large."));
        try (Driver run = open()) {
            run.write(0, 1).flush();
            run.write(1, 2).flush();
            assertThat(run.failed()).isEqualTo(1);
            assertThat(run.acknowledged(1)).isTrue();
        }
    }

    @Test
    void shouldOpenALinkAgainThatWasDetached() {
        try (Driver run = open()) {
            run.write(0, 100).flush();
            standIn.detachLinks("amqp:link:detach-forced", "The link was idle for too long.");
            run.write(100, 200).flush();
            standIn.faults().next(1, new Fault.Detach("amqp:link:detach-forced", "The link is moved."));
            run.write(200, 300).flush();
            assertAllDeliveredOnce(run, 300);
            // The last batch had no answer; the one before had none either if it was sent before the client knew.
            assertThat(run.counter("possible_duplicates")).isIn(100L, 200L);
        }
    }

    @Test
    void shouldGoOnAfterConnectionsWereLost() {
        try (Driver run = open()) {
            run.write(0, 100).flush();
            standIn.dropConnections();
            run.write(100, 200).flush();
            standIn.faults().next(1, new Fault.Drop(false));
            run.write(200, 300).flush();
            assertAllDeliveredOnce(run, 300);
            assertThat(run.warnings()).hasSize(1);
            assertThat(run.lines()).anyMatch(line -> line.endsWith("takes batches again."));
        }
    }

    @Test
    void shouldComeThroughAnOutageWithoutLosingAnEvent() {
        try (Driver run = open()) {
            run.write(0, 1_000).flush();
            standIn.goAway();
            run.write(1_000, 3_000);
            pause(3_000);
            assertThat(run.acknowledged()).isEqualTo(1_000);
            assertThat(run.failed()).isZero();
            standIn.comeBack();
            run.write(3_000, 4_000).flush();
            assertAllDeliveredOnce(run, 4_000);
        }
    }

    @Test
    void shouldFailTheEventsOfAnOutageThatOutlastsTheRetryTimeoutAndGoOnAfterwards() {
        try (Driver run = open("retry-timeout", "2")) {
            run.write(0, 100).flush();
            standIn.goAway();
            run.write(100, 200).flush();
            assertThat(run.failed()).isEqualTo(100);
            assertThat(run.causes().getFirst()).hasMessageContaining("took no batch within 2 s");
            standIn.comeBack();
            run.write(200, 300).flush();
            assertThat(run.acknowledged()).isEqualTo(200);
        }
    }

    @Test
    void shouldSendAgainAndCountPossibleDuplicatesWhenAnAnswerIsLost() {
        standIn.faults().next(1, new Fault.Drop(true));
        try (Driver run = open()) {
            run.write(0, 100).flush();
            assertThat(run.acknowledged()).isEqualTo(100);
            assertThat(run.acknowledgedOnce()).isTrue();
            assertThat(run.counter("possible_duplicates")).isEqualTo(100);
            assertThat(standIn.hub("orders").eventCount()).isEqualTo(200);
        }
    }

    @Test
    void shouldSendAgainWhenAnAnswerNeverComes() {
        standIn.faults().next(1, new Fault.Swallow(false));
        try (Driver run = open("retry-timeout", "6")) {
            run.write(0, 100).flush();
            assertAllDeliveredOnce(run, 100);
        }
    }

    @ParameterizedTest
    @CsvSource({"11, partition-key, service", "12, partition, 1", "13, partition-key, client"})
    void shouldKeepTheOrderOfEachKeyThroughAnyMixOfFaults(long seed, String option, String value) {
        boolean onePartition = option.equals("partition");
        Random random = new Random(seed);
        List<Fault> faults = List.of(
                Fault.throttle(),
                new Fault.Release(),
                new Fault.Reject("amqp:internal-error", "Something broke."),
                new Fault.Detach("amqp:link:detach-forced", "The link is moved."),
                new Fault.Drop(false),
                new Fault.Drop(true));
        try (Driver run = onePartition
                ? open("partition", value)
                : open("partition-key", "customer", "partition-key-mapping", value)) {
            run.keys(n -> onePartition ? null : "k" + n % 5);
            for (int from = 0; from < 3_000; from += 100) {
                boolean faulty = random.nextInt(3) == 0;
                standIn.faults().next(faulty ? 1 : 0, faults.get(random.nextInt(faults.size())));
                run.write(from, from + 100);
                if (faulty) {
                    run.flush();
                }
            }
            run.flush();
            assertThat(run.acknowledged()).as("seed %s", seed).isEqualTo(3_000);
            assertThat(run.failed()).as("seed %s", seed).isZero();
        }
        Map<String, List<ReceivedEvent>> lanes = standIn.hub("orders").all().stream()
                .collect(Collectors.groupingBy(event -> String.valueOf(event.partitionKey())));
        assertThat(lanes).hasSize(onePartition ? 1 : 5);
        lanes.forEach((key, events) -> {
            Set<Long> seen = new HashSet<>();
            List<Long> first = EventHubSinkTest.numbers(events).stream().filter(seen::add).toList();
            assertThat(first).as("seed %s, key %s", seed, key).isSorted().hasSize(onePartition ? 3_000 : 600);
        });
    }

    @Test
    void shouldRefuseAWrongKeyAtOnceInOneLineThatShowsNoSecret() {
        String wrong = "d3Jvbmcga2V5IHRoYXQgbWF0Y2hlcyBub3RoaW5n";
        Driver run = Driver.with(standIn.connectionString("orders").replace(StandIn.KEY, wrong));
        long begin = System.nanoTime();
        assertThatThrownBy(run::open)
                .isInstanceOf(SinkException.class)
                .hasMessageStartingWith("The event hub 'orders' at localhost:" + standIn.port() + " refused the credentials: ")
                .satisfies(e -> assertThat(allOf(e)).doesNotContain(wrong))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        run.close();
    }

    @Test
    void shouldRefuseAHubThatDoesNotExistAtOnce() {
        Driver run = Driver.with(standIn.connectionString("nowhere"));
        long begin = System.nanoTime();
        assertThatThrownBy(run::open)
                .isInstanceOf(SinkException.class)
                .hasMessageStartingWith("The event hub 'nowhere' at localhost:" + standIn.port() + " does not exist: ");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        run.close();
    }

    @Test
    void shouldSayThatNobodyAnswersAtAnAddress() {
        standIn.goAway();
        Driver run = Driver.with(standIn.connectionString("orders"), "retry-timeout", "2");
        assertThatThrownBy(run::open)
                .isInstanceOf(SinkException.class)
                .hasMessage("The event hub 'orders' at localhost:" + standIn.port()
                        + " cannot be reached: Connection refused (port " + standIn.port() + ")");
        run.close();
    }

    @Test
    void shouldSayAtOnceThatAHostIsNotKnown() {
        Driver run = Driver.with("Endpoint=sb://no-such-host.invalid/;SharedAccessKeyName=a;SharedAccessKey=b;EntityPath=h");
        assertThatThrownBy(run::open)
                .isInstanceOf(SinkException.class)
                .hasMessage("The event hub 'h' at no-such-host.invalid cannot be reached: the name of the host is not known");
        run.close();
    }

    @Test
    void shouldWaitForAServiceThatIsSlowToStart() {
        standIn.goAway();
        CompletableFuture<Void> later = CompletableFuture.runAsync(
                standIn::comeBack, CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS));
        try (Driver run = open()) {
            run.write(0, 10).flush();
            assertAllDeliveredOnce(run, 10);
        }
        later.join();
    }

    @Test
    void shouldEndTheRunWhenTheKeyIsRevokedOnTheWay() {
        try (Driver run = open()) {
            run.write(0, 100).flush();
            standIn.faults().refuseTokens(true);
            standIn.dropConnections();
            assertThatThrownBy(() -> {
                        for (int from = 100; ; from += 100) {
                            run.write(from, from + 100).flush();
                        }
                    })
                    .isInstanceOf(SinkException.class)
                    .hasMessageContaining("refused the credentials");
            assertThat(run.acknowledged()).isEqualTo(100);
            assertThat(run.failed()).isEqualTo(100);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "amqp:not-found, The messaging entity 'orders' could not be found.",
        "com.microsoft:entity-disabled, The hub is disabled.",
        "amqp:unauthorized-access, Unauthorized."
    })
    void shouldEndTheRunWhenTheHubIsGone(String condition, String description) {
        try (Driver run = open()) {
            run.write(0, 100).flush();
            standIn.faults().refuseLinks(condition, description);
            standIn.detachLinks(condition, description);
            run.write(100, 200).flush();
            assertThat(run.failed()).isEqualTo(100);
            Batch next = run.batch(200, 300);
            assertThatThrownBy(() -> run.write(next)).isInstanceOf(SinkException.class).hasMessageContaining(description);
            assertThat(next.accepted()).isZero();
        }
    }

    @Test
    void shouldBlockWhenTheWindowIsFullAndGiveUpWhenHalted() throws Exception {
        standIn.faults().always(new Fault.Swallow(false));
        Driver run = open().texts(n -> "x".repeat(10_000));
        long[] taken = new long[1];
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
            for (int from = 0; ; from += 100) {
                Batch batch = run.batch(from, from + 100);
                try {
                    run.write(batch);
                } catch (SinkException e) {
                    taken[0] = from + batch.accepted();
                    throw e;
                }
            }
        });
        pause(1_500);
        assertThat(writing).isNotDone();
        run.halt();
        assertThatThrownBy(() -> writing.get(3, TimeUnit.SECONDS)).hasCauseInstanceOf(SinkException.class);
        assertThat(taken[0] * 10_000).isBetween(14_000_000L, 20_000_000L);
        run.sink().close(Duration.ofMillis(100));
        assertThat(run.failed() + run.acknowledged()).isEqualTo(taken[0]);
    }

    @Test
    void shouldReturnFromFlushAndCloseInTimeAndReportWhatIsLeftAsFailed() {
        standIn.faults().always(new Fault.Swallow(true));
        Driver run = open().write(0, 100);
        assertThat(timeOf(() -> run.sink().flush(Duration.ofMillis(300)))).isBetween(Duration.ofMillis(290), Duration.ofSeconds(2));
        assertThat(run.failed()).isZero();
        assertThat(timeOf(() -> run.sink().close(Duration.ofMillis(300)))).isLessThan(Duration.ofSeconds(2));
        assertThat(run.failed()).isEqualTo(100);
        assertThat(run.causes()).singleElement().satisfies(cause ->
                assertThat(cause).hasMessageContaining("closed before").hasMessageContaining("100 events"));
    }

    private Driver open(String... options) {
        return Driver.with(standIn.connectionString("orders"), options).open();
    }

    private void assertAllDeliveredOnce(Driver run, int events) {
        assertThat(run.acknowledged()).isEqualTo(events);
        assertThat(run.acknowledgedOnce()).isTrue();
        assertThat(run.failed()).isZero();
        assertThat(EventHubSinkTest.texts(standIn.hub("orders").all()))
                .containsExactlyInAnyOrderElementsOf(EventHubSinkTest.texts(run, 0, events));
    }

    private static String allOf(Throwable error) {
        StringBuilder all = new StringBuilder();
        for (Throwable t = error; t != null; t = t.getCause()) {
            all.append(t).append('\n');
        }
        return all.toString();
    }

    private static Duration timeOf(Runnable call) {
        long begin = System.nanoTime();
        call.run();
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** Lets real time pass where the point is that nothing happens. */
    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
