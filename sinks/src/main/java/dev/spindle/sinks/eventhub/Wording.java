package dev.spindle.sinks.eventhub;

import com.azure.core.amqp.exception.AmqpErrorCondition;
import com.azure.core.amqp.exception.AmqpException;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** Turns the client's errors into one line for a person, without anything secret. */
final class Wording {

    private static final int MAX_CHARACTERS = 300;

    private final String hub;
    private final String address;
    private final List<String> secrets;

    Wording(EventHubSettings settings) {
        this.hub = settings.hub();
        this.address = settings.access().address();
        this.secrets = settings.secrets();
    }

    /** Who is meant: the hub and where it is. */
    String target() {
        return "event hub '" + hub + "' at " + address;
    }

    /** Why no event will be taken. */
    String refusal(Throwable error) {
        Throwable cause = Verdict.cause(error);
        AmqpErrorCondition condition = cause instanceof AmqpException amqp ? amqp.getErrorCondition() : null;
        String what = switch (condition) {
            case UNAUTHORIZED_ACCESS -> " refused the credentials: ";
            case NOT_FOUND -> " does not exist: ";
            case LINK_PAYLOAD_SIZE_EXCEEDED -> " names no limit for messages, without which the client cannot send: ";
            case ENTITY_DISABLED_ERROR -> " is disabled: ";
            case ARGUMENT_OUT_OF_RANGE_ERROR -> " has no such partition: ";
            case null, default -> " cannot be used: ";
        };
        return target() + what + reason(cause);
    }

    /** The service's or the client's own words in one line. */
    String reason(Throwable error) {
        Throwable cause = Verdict.cause(error);
        String message = cause.getMessage();
        if (cause instanceof TimeoutException) {
            message = "no answer in time";
        } else if (message == null || message.isBlank()) {
            message = cause.getClass().getSimpleName();
        }
        int context = message.indexOf(", errorContext[");
        if (context > 0) {
            message = message.substring(0, context);
        }
        for (String secret : secrets) {
            message = message.replace(secret, "***");
        }
        message = message.replaceAll("sig=[^&\\s]+", "sig=***").replaceAll("\\s+", " ").strip();
        return message.length() <= MAX_CHARACTERS ? message : message.substring(0, MAX_CHARACTERS) + " …";
    }
}
