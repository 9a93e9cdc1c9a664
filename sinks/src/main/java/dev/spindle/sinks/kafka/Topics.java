package dev.spindle.sinks.kafka;

import dev.spindle.engine.error.SinkException;
import dev.spindle.engine.publish.SinkContext;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.TimeoutException;

/** Makes sure that the topics of a run are there before the first event. */
final class Topics {

    private final Collection<String> names;
    private final KafkaSettings settings;
    private final SinkContext context;

    Topics(Collection<String> names, KafkaSettings settings, SinkContext context) {
        this.names = names;
        this.settings = settings;
        this.context = context;
    }

    /** Finds or makes each topic, then waits until the producer knows it. */
    void prepare(Producer<byte[], byte[]> producer, Start start) {
        try (Cluster cluster = new Cluster(settings.producer(), start)) {
            cluster.awaitAnswer();
            for (String name : names) {
                Optional<TopicDescription> topic = cluster.topic(name);
                if (topic.isPresent()) {
                    Cluster.requireWritable(topic.get());
                    compare(topic.get());
                } else {
                    makeOrRefuse(cluster, name);
                }
            }
        }
        for (String name : names) {
            awaitKnown(producer, name, start);
        }
    }

    private void compare(TopicDescription topic) {
        int partitions = topic.partitions().size();
        context.detail("Topic " + topic.name() + " has " + partitions + (partitions == 1 ? " partition." : " partitions."));
        OptionalInt asked = settings.partitions();
        if (asked.isPresent() && asked.getAsInt() != partitions) {
            context.warn("Topic " + topic.name() + " is there already with " + partitions + " partitions; --"
                    + KafkaSettings.PARTITIONS + " " + asked.getAsInt() + " changes nothing.");
        }
    }

    private void makeOrRefuse(Cluster cluster, String name) {
        if (settings.createsTopics()) {
            cluster.create(name, settings.partitions(), settings.replicationFactor());
            context.detail("Topic " + name + " was created.");
        } else if (!cluster.createsTopicsByItself().orElse(true)) {
            throw missing(name, null);
        }
    }

    /** The producer's own look-up; it also makes the topic where the brokers create what is asked for. */
    private void awaitKnown(Producer<byte[], byte[]> producer, String name, Start start) {
        while (true) {
            start.throwIfHalted();
            try {
                producer.partitionsFor(name);
                return;
            } catch (TimeoutException e) {
                if (start.isOver()) {
                    throw missing(name, e);
                }
            }
        }
    }

    private SinkException missing(String name, Exception cause) {
        return new SinkException(
                "Topic " + name + " does not exist at " + settings.producer().bootstrapServers()
                        + ": create it, or give --" + KafkaSettings.PARTITIONS + " and --"
                        + KafkaSettings.REPLICATION_FACTOR + ".",
                cause);
    }
}
