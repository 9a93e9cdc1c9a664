package dev.spindle.sinks.eventhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.engine.error.SinkException;
import dev.spindle.sinks.eventhub.standin.Fault;
import dev.spindle.sinks.eventhub.standin.StandIn;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a service may do differently from the stand-in as it usually is, over real sockets. */
@Timeout(90)
class EventHubMannersTest {

    private final StandIn standIn = StandIn.start().withHub("orders", 4);

    @AfterEach
    void stop() {
        standIn.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0"})
    void shouldSendOneBatchAtATimeToAServiceThatGivesCreditForOne(String partition) {
        standIn.manners().credit(1);
        standIn.faults().next(1, Fault.throttle());
        standIn.faults().next(1, new Fault.Release());
        try (Driver run = partition.isEmpty() ? open() : open("partition", partition)) {
            run.write(0, 3_000).flush();
            assertAllDeliveredOnce(run, 3_000);
        }
    }

    @Test
    void shouldConnectAnewWhenALinkHasFallenSilentForGood() {
        standIn.manners().credit(1);
        standIn.faults().next(1, new Fault.Swallow(true));
        try (Driver run = open("retry-timeout", "20", "partition", "0")) {
            run.write(0, 100).flush();
            assertThat(run.causes()).isEmpty();
            assertThat(run.acknowledged()).isEqualTo(100);
            run.write(100, 200).flush();
            assertThat(run.acknowledged()).isEqualTo(200);
            assertThat(standIn.connectionCount()).isGreaterThan(1);
            assertThat(standIn.hub("orders").eventCount() - 200).isBetween(1L, run.counter("possible_duplicates"));
        }
    }

    @Test
    void shouldComeThroughARejectionThatNamesNoReason() {
        standIn.faults().next(1, new Fault.Reject(null, null));
        try (Driver run = open("retry-timeout", "20")) {
            run.write(0, 100).flush();
            run.write(100, 200).flush();
            assertThat(run.causes()).isEmpty();
            assertThat(run.acknowledged()).isEqualTo(200);
            // The client no longer hears the link's answers, so the next try is kept without its knowing.
            assertThat(standIn.hub("orders").eventCount() - 200).isBetween(0L, run.counter("possible_duplicates"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"amqp:link:detach-forced", ""})
    void shouldOpenALinkAgainThatWasDetachedWithoutBeingClosedOrWithoutAReason(String condition) {
        if (!condition.isEmpty()) {
            standIn.manners().detachesWithoutClosing();
        }
        try (Driver run = open("retry-timeout", "20")) {
            run.write(0, 100).flush();
            standIn.detachLinks(condition.isEmpty() ? null : condition, "Detached.");
            run.write(100, 200).flush();
            assertThat(run.causes()).isEmpty();
            assertThat(run.acknowledged()).isEqualTo(200);
        }
    }

    @Test
    void shouldSendABatchAgainThatCrossedTheDetachmentOfItsLink() {
        standIn.manners().tellsDetachmentsLate();
        try (Driver run = open()) {
            run.write(0, 100).flush();
            standIn.detachLinks("amqp:link:detach-forced", "The link is moved.");
            run.write(100, 200).flush();
            assertAllDeliveredOnce(run, 200);
            assertThat(run.counter("possible_duplicates")).isEqualTo(100);
        }
    }

    @Test
    void shouldTakeAnOutcomeThatIsSettledLater() {
        standIn.manners().settlesLate();
        standIn.faults().next(1, Fault.throttle());
        try (Driver run = open()) {
            run.write(0, 3_000).flush();
            assertAllDeliveredOnce(run, 3_000);
            assertThat(run.counter("throttled")).isEqualTo(1);
        }
    }

    @Test
    void shouldMakeLargerBatchesForAServiceThatAnswersSlowly() {
        standIn.manners().answersAfter(Duration.ofMillis(100));
        String filler = "x".repeat(1_000);
        try (Driver run = driver().texts(n -> "{\"n\":" + n + ",\"filler\":\"" + filler + "\"}")) {
            run.open().write(0, 20_000).flush();
            assertAllDeliveredOnce(run, 20_000);
        }
        // 20 MB in batches of 256 KiB at first and of a mebibyte at last; eighty if they did not grow.
        assertThat(standIn.hub("orders").deliveryCount()).isBetween(20L, 50L);
    }

    @Test
    void shouldEndTheRunOnALinkThatNamesNoLimitForTheClientCannotSendThere() {
        standIn.manners().namesNoLimit();
        try (Driver run = open()) {
            run.write(0, 100).flush();
            assertThat(run.failed()).isEqualTo(100);
            assertThat(run.causes().getFirst()).hasMessageContaining("names no limit for messages");
            assertThatThrownBy(() -> run.write(100, 200))
                    .isInstanceOf(SinkException.class)
                    .hasMessageContaining("names no limit for messages");
        }
    }

    @Test
    void shouldNotNeedTheManagementNodeUnlessKeysAreMappedHere() {
        standIn.manners().silentManagement();
        try (Driver run = open("partition-key", "k").keys(n -> "k" + n % 3)) {
            run.write(0, 100).flush();
            assertAllDeliveredOnce(run, 100);
        }
        Driver run = driver("partition-key", "k", "partition-key-mapping", "client", "retry-timeout", "2");
        assertThatThrownBy(run::open).isInstanceOf(SinkException.class).hasMessageContaining("no answer in time");
        run.close();
    }

    @Test
    void shouldGiveUpOnAServiceThatNeverOpensTheLink() {
        standIn.manners().silentLinks(true);
        Driver run = driver("retry-timeout", "2");
        assertThatThrownBy(run::open).isInstanceOf(SinkException.class).hasMessageContaining("cannot be reached");
        run.close();
    }

    @Test
    void shouldGoOnWhenALinkOpensAtLast() {
        try (Driver run = open("retry-timeout", "30")) {
            run.write(0, 100).flush();
            standIn.manners().silentLinks(true);
            standIn.dropConnections();
            run.write(100, 200);
            assertThat(run.acknowledged()).isLessThanOrEqualTo(100);
            standIn.manners().silentLinks(false);
            run.write(200, 300).flush();
            assertAllDeliveredOnce(run, 300);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 400, 401})
    void shouldNotAskAgainWhenATokenIsRefusedForGood(int status) {
        standIn.manners().tokenStatus(status);
        Driver run = driver();
        long begin = System.nanoTime();
        assertThatThrownBy(run::open).isInstanceOf(SinkException.class).hasMessageContaining("Answered on command");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
        run.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"amqp:not-found", "com.microsoft:entity-disabled", "amqp:unauthorized-access"})
    void shouldNotAskAgainWhenALinkIsRefusedForGoodInWhateverWords(String condition) {
        standIn.faults().refuseLinks(condition, "Said otherwise.");
        Driver run = driver();
        long begin = System.nanoTime();
        assertThatThrownBy(run::open).isInstanceOf(SinkException.class).hasMessageContaining("Said otherwise.");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
        run.close();
    }

    @Test
    void shouldAskAgainWhenATokenIsRefusedForTheMoment() {
        standIn.manners().tokenStatus(503);
        try (Driver run = driver()) {
            Thread opening = Thread.ofVirtual().start(run::open);
            while (run.lines().isEmpty() && opening.isAlive()) {
                Thread.onSpinWait();
            }
            standIn.manners().tokenStatus(0);
            join(opening);
            run.write(0, 100).flush();
            assertAllDeliveredOnce(run, 100);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"amqp:connection:forced", "amqp:internal-error", "amqp:connection:framing-error"})
    void shouldConnectAgainAfterTheServiceHasClosedTheConnection(String condition) {
        try (Driver run = open()) {
            run.write(0, 100).flush();
            standIn.closeConnections(condition, "The connection was inactive for too long.");
            run.write(100, 200).flush();
            assertThat(run.causes()).isEmpty();
            assertThat(run.acknowledged()).isEqualTo(200);
            // What was on the way when the connection closed may have been kept without an answer.
            assertThat(standIn.hub("orders").eventCount() - 200).isBetween(0L, run.counter("possible_duplicates"));
        }
    }

    @Test
    void shouldSendSmallerBatchesWhenTheLinkComesBackWithASmallerLimit() {
        try (Driver run = open("retry-timeout", "30").texts(n -> "{\"n\":" + n + ",\"f\":\"" + "f".repeat(2_000) + "\"}")) {
            run.write(0, 200).flush();
            standIn.manners().answersAfter(Duration.ofMillis(300));
            run.write(200, 1_000);
            standIn.withMaxMessageBytes(100_000);
            standIn.dropConnections();
            run.flush();
            assertThat(run.failed()).isZero();
            assertThat(run.acknowledged()).isEqualTo(1_000);
        }
    }

    private Driver driver(String... options) {
        return Driver.with(standIn.connectionString("orders"), options);
    }

    private Driver open(String... options) {
        return driver(options).open();
    }

    private void assertAllDeliveredOnce(Driver run, int events) {
        assertThat(run.causes()).isEmpty();
        assertThat(run.acknowledged()).isEqualTo(events);
        assertThat(run.acknowledgedOnce()).isTrue();
        assertThat(EventHubSinkTest.texts(standIn.hub("orders").all()))
                .containsExactlyInAnyOrderElementsOf(EventHubSinkTest.texts(run, 0, events));
    }

    private static void join(Thread thread) {
        try {
            thread.join(Duration.ofSeconds(60));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
