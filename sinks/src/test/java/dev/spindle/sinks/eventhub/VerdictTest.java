package dev.spindle.sinks.eventhub;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.amqp.exception.AmqpErrorCondition;
import com.azure.core.amqp.exception.AmqpException;
import com.azure.core.amqp.exception.OperationCancelledException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.Exceptions;

class VerdictTest {

    @ParameterizedTest
    @CsvSource({
        "SERVER_BUSY_ERROR, true, THROTTLED",
        "TIMEOUT_ERROR, true, UNKNOWN",
        "INTERNAL_ERROR, true, UNKNOWN",
        "LINK_DETACH_FORCED, true, UNKNOWN",
        "CONNECTION_FORCED, true, UNKNOWN",
        "PROTON_IO, true, UNKNOWN",
        "LINK_STOLEN, false, UNKNOWN",
        "RESOURCE_LIMIT_EXCEEDED, false, NOT_STORED",
        "UNAUTHORIZED_ACCESS, false, RUN_OVER",
        "NOT_FOUND, false, RUN_OVER",
        "NOT_FOUND, true, UNKNOWN",
        "ENTITY_DISABLED_ERROR, false, RUN_OVER",
        "ARGUMENT_OUT_OF_RANGE_ERROR, false, RUN_OVER",
        "ARGUMENT_ERROR, false, EVENTS_REFUSED",
        "LINK_PAYLOAD_SIZE_EXCEEDED, false, TOO_LARGE",
    })
    void shouldJudgeWhatTheServiceSays(AmqpErrorCondition condition, boolean passing, Verdict expected) {
        AmqpException error = new AmqpException(passing, condition, "said so", null);
        assertThat(Verdict.of(error)).isEqualTo(expected);
        assertThat(Verdict.of(new ExecutionException(Exceptions.retryExhausted("Retries exhausted: 0/0", error))))
                .as("under what Reactor and futures wrap around it")
                .isEqualTo(expected);
    }

    @Test
    void shouldTryAgainAfterWhatHappensOnTheWay() {
        assertThat(Verdict.of(new TimeoutException())).isEqualTo(Verdict.UNKNOWN);
        assertThat(Verdict.of(new IllegalStateException("disposed"))).isEqualTo(Verdict.UNKNOWN);
        assertThat(Verdict.of(new AmqpException(true, "link closed", null))).isEqualTo(Verdict.UNKNOWN);
        assertThat(Verdict.of(new OperationCancelledException("Released{}", null))).isEqualTo(Verdict.NOT_STORED);
        assertThat(Verdict.of(new AmqpException(false, "Modified{}", null))).isEqualTo(Verdict.NOT_STORED);
        assertThat(Verdict.of(new CredentialException("slow", false))).isEqualTo(Verdict.NOT_STORED);
    }

    @Test
    void shouldGiveUpOnWhatItDoesNotKnow() {
        assertThat(Verdict.of(new UnsupportedOperationException("not allowed"))).isEqualTo(Verdict.EVENTS_REFUSED);
        assertThat(Verdict.of(new AmqpException(false, "errorCondition[x]", null))).isEqualTo(Verdict.EVENTS_REFUSED);
        assertThat(Verdict.of(new CredentialException("who?", true))).isEqualTo(Verdict.RUN_OVER);
    }
}
