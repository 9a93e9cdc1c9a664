package dev.spindle.sinks.kafka;

import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.publish.SinkSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * What was asked of the Kafka sink, checked.
 *
 * @param topic the topic of all events; when absent, a table's events go to the topic of the table's name
 * @param headers whether records carry the metadata columns as headers
 * @param timestamp what the records' timestamp is
 * @param partitions partitions of a topic that has to be created; absent for the broker's own number
 * @param replicationFactor replicas of a topic that has to be created; absent for the broker's own number
 * @param producer the client's own properties
 */
record KafkaSettings(
        Optional<String> topic,
        boolean headers,
        RecordTimestamp timestamp,
        OptionalInt partitions,
        OptionalInt replicationFactor,
        ProducerProperties producer) {

    static final String BOOTSTRAP_SERVER = "bootstrap-server";
    static final String TOPIC = "topic";
    static final String KEY = "key";
    static final String PRODUCER_PROPERTY = "producer-property";
    static final String COMMAND_CONFIG = "command-config";
    static final String HEADERS = "headers";
    static final String RECORD_TIMESTAMP = "record-timestamp";
    static final String PARTITIONS = "partitions";
    static final String REPLICATION_FACTOR = "replication-factor";

    /** Far above what one topic of a cluster can have. */
    static final int MAX_PARTITIONS = 1_000_000;

    private static final Pattern TOPIC_NAME = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

    /** Reads the options and the file they name. */
    static KafkaSettings of(SinkSettings settings) {
        List<Problem> problems = new ArrayList<>();
        Optional<String> topic = settings.text(TOPIC);
        topic.filter(name -> !isTopicName(name))
                .ifPresent(name -> problems.add(new Problem(
                        "--" + TOPIC,
                        name,
                        "is no name that Kafka allows",
                        "1 to 249 of a-z, A-Z, 0-9, '.', '_' and '-', but not '.' or '..'")));
        OptionalInt partitions = number(settings, PARTITIONS, MAX_PARTITIONS, problems);
        OptionalInt replicas = number(settings, REPLICATION_FACTOR, Short.MAX_VALUE, problems);
        RecordTimestamp timestamp = timestamp(settings, problems);
        ProducerProperties producer = ProducerProperties.of(settings, problems);
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return new KafkaSettings(topic, settings.flag(HEADERS), timestamp, partitions, replicas, producer);
    }

    /** Whether a topic that is missing is to be created. */
    boolean createsTopics() {
        return partitions.isPresent() || replicationFactor.isPresent();
    }

    /** The topic of a table's events. */
    String topicOf(String table) {
        return topic.orElse(table);
    }

    static boolean isTopicName(String name) {
        return TOPIC_NAME.matcher(name).matches() && !name.equals(".") && !name.equals("..");
    }

    private static OptionalInt number(SinkSettings settings, String option, int max, List<Problem> problems) {
        Optional<String> text = settings.text(option);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            int value = Integer.parseInt(text.get().strip());
            if (value >= 1 && value <= max) {
                return OptionalInt.of(value);
            }
            problems.add(new Problem("--" + option, text.get(), "is out of range", "1 to " + max));
        } catch (NumberFormatException e) {
            problems.add(new Problem("--" + option, text.get(), "is no whole number", "1 to " + max));
        }
        return OptionalInt.empty();
    }

    private static RecordTimestamp timestamp(SinkSettings settings, List<Problem> problems) {
        String text = settings.text(RECORD_TIMESTAMP).orElse("intended");
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "event" -> RecordTimestamp.EVENT;
            case "intended" -> RecordTimestamp.INTENDED;
            default -> {
                problems.add(new Problem("--" + RECORD_TIMESTAMP, text, "is unknown", "event or intended"));
                yield RecordTimestamp.INTENDED;
            }
        };
    }
}
