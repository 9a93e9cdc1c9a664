package dev.spindle.sinks.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.engine.error.SinkException;
import dev.spindle.sinks.testing.RecordingContext;
import dev.spindle.sinks.testing.TestEvents;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class LedgerTest {

    private final RecordingContext context = new RecordingContext(List.of("orders"), 10);
    private final Ledger ledger = new Ledger(context, Duration.ofSeconds(2));

    @Test
    void shouldKeepARefusalBackWhileTheWriterMayTryAgain() {
        ledger.writtenByThisThread();
        TimeoutException full = new TimeoutException("no room");
        ledger.refused(full);
        assertThat(context.reported()).isZero();
        assertThat(ledger.takeRefusal()).isSameAs(full);
        assertThat(ledger.takeRefusal()).isNull();
    }

    @Test
    void shouldGoOnAfterAFaultOfOneEvent() {
        ledger.lost(new RecordTooLargeException("12 bytes too many"));
        assertThat(context.failed()).isEqualTo(1);
        assertThat(ledger.firstLoss()).isPresent();
        assertThat(ledger.inFlight()).isZero();
        ledger.throwIfEnded();
    }

    @Test
    void shouldEndWithTheFirstErrorThatIsNotOfOneEvent() {
        takeThree();
        ledger.refused(new TimeoutException("first"));
        ledger.refused(new OutOfOrderSequenceException("second"));
        ledger.refused(new TimeoutException("third"));
        assertThat(context.failed()).isEqualTo(3);
        assertThatThrownBy(ledger::throwIfEnded)
                .isInstanceOf(SinkException.class)
                .hasMessage("Kafka did not acknowledge events within delivery.timeout.ms=2000: first.");
    }

    @Test
    void shouldNotReportAnEventWhoseLossEndsTheRunInsideWrite() {
        assertThatThrownBy(() -> ledger.lost(new OutOfOrderSequenceException("gap"))).isInstanceOf(SinkException.class);
        assertThat(context.reported()).isZero();
        assertThat(ledger.fatal()).isPresent();
    }

    @Test
    void shouldFailWhatTheClientHasNotReportedAndHearNothingMoreOfIt() {
        takeThree();
        ledger.acknowledged(TestEvents.INTERVAL_NANOS, 5);
        ledger.closed();
        assertThat(context.acknowledged()).isEqualTo(1);
        assertThat(context.failed()).isEqualTo(2);
        ledger.acknowledged(2 * TestEvents.INTERVAL_NANOS, 5);
        ledger.refused(new TimeoutException("late"));
        assertThat(context.reported()).isEqualTo(3);
        assertThat(ledger.inFlight()).isZero();
    }

    private void takeThree() {
        for (int i = 0; i < 3; i++) {
            ledger.taken();
        }
    }
}
