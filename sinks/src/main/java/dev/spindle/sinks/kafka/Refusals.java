package dev.spindle.sinks.kafka;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;

/** What the client's exceptions mean for a run, and how they are told to a person. */
final class Refusals {

    /** Errors that lie in a record; the next record may well be taken. All others end the run. */
    private static final Set<Class<? extends Exception>> OF_ONE_EVENT = Set.of(
            RecordTooLargeException.class,
            RecordBatchTooLargeException.class,
            InvalidTimestampException.class,
            InvalidRecordException.class);

    /** Of events that were in flight when the sink was closed. */
    static final String NOT_ACKNOWLEDGED = "The run ended before Kafka had acknowledged all events.";

    private Refusals() {}

    /** Whether other events may be delivered although this one was not. */
    static boolean concernOneEvent(Exception error) {
        return OF_ONE_EVENT.contains(error.getClass()) || sharedABatchWithABadOne(error);
    }

    /** The broker refuses whole batches; the client tells the good records of such a batch apart by this text only. */
    private static boolean sharedABatchWithABadOne(Exception error) {
        return error.getClass() == KafkaException.class
                && error.getMessage() != null
                && error.getMessage().contains("part of a batch");
    }

    /** One sentence. */
    static String sentence(Exception error, Duration deliveryTimeout) {
        return switch (error) {
            case RecordTooLargeException e -> "Kafka refused an event as too large: " + Causes.line(e) + ".";
            case RecordBatchTooLargeException e -> "Kafka refused an event as too large: " + Causes.line(e) + ".";
            case TopicAuthorizationException e -> mayNotWrite(e);
            case ClusterAuthorizationException e -> "Kafka does not allow this user to write: " + Causes.line(e) + ".";
            case AuthenticationException e -> "Kafka refused the log-in: " + Causes.line(e) + ".";
            case TimeoutException e ->
                "Kafka did not acknowledge events within delivery.timeout.ms=" + deliveryTimeout.toMillis() + ": "
                        + Causes.line(e) + ".";
            default ->
                error.getMessage() != null && error.getMessage().contains("closed forcefully")
                        ? NOT_ACKNOWLEDGED
                        : "Kafka refused an event: " + Causes.line(error) + ".";
        };
    }

    private static String mayNotWrite(TopicAuthorizationException e) {
        String topics = e.unauthorizedTopics().stream().sorted().collect(Collectors.joining(", "));
        return topics.isEmpty()
                ? "Kafka does not allow this user to write: " + Causes.line(e) + "."
                : "Kafka does not allow this user to write to topic " + topics + ".";
    }
}
