package dev.spindle.sinks.kafka;

import dev.spindle.engine.error.SinkException;
import dev.spindle.engine.publish.SinkContext;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.TimeoutException;

/** Makes sure that the topics of a run are there before the first event. */
final class Topics {

    private static final long PROPAGATION_NANOS = 1_000_000_000L;
    private static final long LOOK_AGAIN_NANOS = 50_000_000L;

    private final Collection<String> names;
    private final KafkaSettings settings;
    private final SinkContext context;
    private final Cluster cluster;
    private final Start start;

    Topics(Collection<String> names, KafkaSettings settings, SinkContext context, Cluster cluster, Start start) {
        this.names = names;
        this.settings = settings;
        this.context = context;
        this.cluster = cluster;
        this.start = start;
    }

    /** Finds or makes each topic, then waits until the producer knows it and its leaders serve it. */
    void prepare(Producer<byte[], byte[]> producer) {
        for (String name : names) {
            Optional<TopicDescription> topic = find(name);
            if (topic.isPresent()) {
                Cluster.requireWritable(topic.get());
                compare(topic.get());
            } else {
                makeOrRefuse(name);
            }
        }
        for (String name : names) {
            cluster.awaitLeaders(name, awaitKnown(producer, name));
        }
    }

    /** Looks again for a moment: a topic that has just been created is not known to every broker at once. */
    private Optional<TopicDescription> find(String name) {
        long begin = start.elapsedNanos();
        Optional<TopicDescription> topic = cluster.topic(name);
        while (topic.isEmpty() && !settings.createsTopics() && start.elapsedNanos() - begin < PROPAGATION_NANOS) {
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            topic = cluster.topic(name);
        }
        return topic;
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

    private void makeOrRefuse(String name) {
        if (settings.createsTopics()) {
            cluster.create(name, settings.partitions(), settings.replicationFactor());
            context.detail("Topic " + name + " was created.");
        } else if (!cluster.createsTopicsByItself().orElse(true)) {
            throw missing(name, null);
        }
    }

    /**
     * The producer's own look-up; it also makes the topic where the brokers create what is asked for.
     *
     * @return the topic's partitions
     */
    private List<Integer> awaitKnown(Producer<byte[], byte[]> producer, String name) {
        while (true) {
            start.throwIfHalted();
            try {
                return producer.partitionsFor(name).stream()
                        .map(PartitionInfo::partition)
                        .toList();
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
