package dev.spindle.sinks.eventhub;

import com.azure.core.amqp.exception.AmqpErrorCondition;
import com.azure.core.amqp.exception.AmqpException;
import com.azure.core.amqp.exception.OperationCancelledException;
import java.nio.BufferOverflowException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import reactor.core.Exceptions;

/** What an error of the client or the service means for the batch that met it, and for the run. */
enum Verdict {

    /** The service asks to slow down: try again later. */
    THROTTLED,

    /** Nothing was stored: try again. */
    NOT_STORED,

    /** The batch may have been stored, the answer is missing: try again, at the risk of a duplicate. */
    UNKNOWN,

    /** These events will never be taken; others may. */
    EVENTS_REFUSED,

    /** The batch is larger than the link takes, for which it was not made: its events may go in smaller ones. */
    TOO_LARGE,

    /** No event will ever be taken. */
    RUN_OVER;

    /** The client's words when the link named no limit, on which it cannot send anything. */
    private static final String NO_LIMIT = "maximum message size: 0 kb";

    boolean isRetried() {
        return this == THROTTLED || this == NOT_STORED || this == UNKNOWN;
    }

    static Verdict of(Throwable error) {
        return switch (cause(error)) {
            case CredentialException refused -> refused.isFinal() ? RUN_OVER : NOT_STORED;
            case OperationCancelledException released -> NOT_STORED;
            case AmqpException amqp when amqp.getErrorCondition() != null -> of(amqp.getErrorCondition(), amqp);
            // The client reports a delivery's outcome "modified" as a final error without a condition.
            case AmqpException amqp when amqp.getMessage().startsWith("Modified") -> NOT_STORED;
            case AmqpException amqp -> amqp.isTransient() ? UNKNOWN : EVENTS_REFUSED;
            // A link or a connection that was closed between being looked up and being used.
            case IllegalStateException closed -> UNKNOWN;
            // So the client says that a batch holds an event which is larger than the link takes by now.
            case BufferOverflowException large -> TOO_LARGE;
            case TimeoutException late -> UNKNOWN;
            case RejectedExecutionException closing -> UNKNOWN;
            default -> EVENTS_REFUSED;
        };
    }

    private static Verdict of(AmqpErrorCondition condition, AmqpException error) {
        return switch (condition) {
            case SERVER_BUSY_ERROR -> THROTTLED;
            case UNAUTHORIZED_ACCESS, ENTITY_DISABLED_ERROR, ARGUMENT_OUT_OF_RANGE_ERROR, PUBLISHER_REVOKED_ERROR ->
                RUN_OVER;
            case NOT_FOUND -> error.isTransient() ? UNKNOWN : RUN_OVER;
            case LINK_PAYLOAD_SIZE_EXCEEDED -> error.getMessage().contains(NO_LIMIT) ? RUN_OVER : TOO_LARGE;
            case ARGUMENT_ERROR -> EVENTS_REFUSED;
            // The client calls these final, but a namespace that is short of something recovers, and links come back.
            case RESOURCE_LIMIT_EXCEEDED -> NOT_STORED;
            case LINK_STOLEN, ILLEGAL_STATE, OPERATION_CANCELLED, TRANSFER_LIMIT_EXCEEDED -> UNKNOWN;
            default -> error.isTransient() ? UNKNOWN : EVENTS_REFUSED;
        };
    }

    /** Whether something is said not to exist, in whatever words: the service's own words are final, others may pass. */
    static boolean isNotFound(Throwable error) {
        return cause(error) instanceof AmqpException amqp && amqp.getErrorCondition() == AmqpErrorCondition.NOT_FOUND;
    }

    /** Whether there was no answer at all in a try's time; the service's own word for its timeout looks the same. */
    static boolean isSilence(Throwable error) {
        return switch (cause(error)) {
            case TimeoutException late -> true;
            case AmqpException amqp -> amqp.getErrorCondition() == AmqpErrorCondition.TIMEOUT_ERROR;
            default -> false;
        };
    }

    /** The real cause under what Reactor and futures wrap around it. */
    static Throwable cause(Throwable error) {
        Throwable cause = Exceptions.unwrap(error);
        while (cause.getCause() != null
                && (Exceptions.isRetryExhausted(cause)
                        || cause instanceof ExecutionException
                        || cause instanceof CompletionException)) {
            cause = Exceptions.unwrap(cause.getCause());
        }
        return cause;
    }
}
