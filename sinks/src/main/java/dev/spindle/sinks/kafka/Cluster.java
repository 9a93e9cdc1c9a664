package dev.spindle.sinks.kafka;

import dev.spindle.engine.error.SinkException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Asks a Kafka cluster, before the first event, whether it is there, lets this user in and has the topics. What the
 * producer would try again without end is told here in one line.
 */
final class Cluster implements AutoCloseable {

    private static final long POLL_MILLIS = 50;

    /**
     * A server that has hung up on so many connections without one answer, for so long, is no Kafka listener of the
     * security protocol that was asked for. The client waits 50 ms to 1 s between attempts.
     */
    private static final int HANG_UPS = 4;

    private static final long HANG_UP_NANOS = 2_000_000_000L;

    private final Admin admin;
    private final ProducerProperties properties;
    private final Start start;
    private Collection<Node> nodes = List.of();

    /** Connects; returns at once. */
    Cluster(ProducerProperties properties, Start start) {
        this.properties = properties;
        this.start = start;
        this.admin = Admin.create(properties.forAdmin());
    }

    /** Waits for any broker's answer, which names the brokers of the cluster. */
    void awaitAnswer() {
        KafkaFuture<Collection<Node>> answer = admin.describeCluster().nodes();
        try {
            nodes = await(answer, true);
        } catch (ExecutionException e) {
            throw refused(e.getCause(), "No Kafka broker answered at " + servers() + " within " + start.inWords() + ".");
        }
    }

    /** The topic, or empty when the cluster has none of that name. */
    Optional<TopicDescription> topic(String name) {
        DescribeTopicsOptions withRights = new DescribeTopicsOptions().includeAuthorizedOperations(true);
        try {
            return Optional.of(await(
                    admin.describeTopics(Set.of(name), withRights).topicNameValues().get(name), false));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            if (e.getCause() instanceof TopicAuthorizationException) {
                throw mayNotWrite(name, e.getCause());
            }
            throw refused(e.getCause(), silentBrokers());
        }
    }

    private static SinkException mayNotWrite(String topic, Throwable cause) {
        return new SinkException("Kafka does not allow this user to write to topic " + topic + ".", cause);
    }

    /** Throws when the cluster says that this user may not write to the topic; not every cluster says it. */
    static void requireWritable(TopicDescription topic) {
        Set<AclOperation> operations = topic.authorizedOperations();
        boolean told = operations != null && !operations.isEmpty();
        if (told && !operations.contains(AclOperation.WRITE) && !operations.contains(AclOperation.ALL)) {
            throw mayNotWrite(topic.name(), null);
        }
    }

    /** Creates a topic; absent figures are the broker's to choose. */
    void create(String name, OptionalInt partitions, OptionalInt replicationFactor) {
        NewTopic topic = new NewTopic(
                name,
                partitions.isPresent() ? Optional.of(partitions.getAsInt()) : Optional.empty(),
                replicationFactor.isPresent() ? Optional.of((short) replicationFactor.getAsInt()) : Optional.empty());
        try {
            await(admin.createTopics(List.of(topic)).all(), false);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return;
            }
            if (e.getCause() instanceof TimeoutException || e.getCause() instanceof AuthenticationException) {
                throw refused(e.getCause(), silentBrokers());
            }
            throw new SinkException(
                    "Kafka would not create topic " + name + ": " + Causes.line(e.getCause()) + ".", e.getCause());
        }
    }

    /** Whether the brokers create a topic when it is first asked for; empty when they do not say. */
    Optional<Boolean> createsTopicsByItself() {
        if (nodes.isEmpty()) {
            return Optional.empty();
        }
        ConfigResource broker = new ConfigResource(
                ConfigResource.Type.BROKER, nodes.iterator().next().idString());
        try {
            Map<ConfigResource, Config> configs = await(admin.describeConfigs(Set.of(broker)).all(), false);
            return Optional.ofNullable(configs.get(broker).get("auto.create.topics.enable"))
                    .map(entry -> Boolean.valueOf(entry.value()));
        } catch (ExecutionException e) {
            return Optional.empty();
        }
    }

    /**
     * Waits until the leader of each partition serves it. A broker takes a moment to do so after a topic was created, and
     * in that moment it may refuse a producer's first batch and take the second, which was already on its way. It then
     * takes the second for the beginning of the producer's sequence and refuses the first for good.
     */
    void awaitLeaders(String topic, Collection<Integer> partitions) {
        Map<TopicPartition, OffsetSpec> latest = partitions.stream()
                .collect(Collectors.toMap(p -> new TopicPartition(topic, p), p -> OffsetSpec.latest()));
        try {
            await(admin.listOffsets(latest).all(), false);
        } catch (ExecutionException e) {
            throw refused(
                    e.getCause(),
                    "Not every partition of topic " + topic + " had a leader that answered within " + start.inWords() + ".");
        }
    }

    private <T> T await(KafkaFuture<T> answer, boolean watchForHangUps) throws ExecutionException {
        while (true) {
            start.throwIfHalted();
            if (watchForHangUps && start.elapsedNanos() > HANG_UP_NANOS && connections() >= HANG_UPS) {
                throw new SinkException("A server at " + servers()
                        + " accepts connections but hangs up on security.protocol=" + properties.securityProtocol()
                        + "; that may not be what this listener speaks.");
            }
            try {
                return answer.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
            } catch (java.util.concurrent.TimeoutException e) {
                if (start.isOver()) {
                    throw new ExecutionException(new TimeoutException("no answer within " + start.inWords()));
                }
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
        }
    }

    /** How many connections have been made so far. */
    private long connections() {
        return admin.metrics().entrySet().stream()
                .filter(e -> e.getKey().name().equals("connection-creation-total")
                        && e.getKey().group().equals("admin-client-metrics"))
                .mapToLong(e -> ((Number) e.getValue().metricValue()).longValue())
                .sum();
    }

    private SinkException refused(Throwable error, String whenSilent) {
        String line =
                switch (error) {
                    case TimeoutException e -> whenSilent;
                    case SslAuthenticationException e ->
                        "No secure connection with Kafka at " + servers() + ": " + Causes.line(e) + ".";
                    case AuthenticationException e ->
                        "Kafka at " + servers() + " refused the log-in: " + Causes.line(e) + ".";
                    default -> "Kafka at " + servers() + " cannot be used: " + Causes.line(error) + ".";
                };
        return new SinkException(line, error);
    }

    private String silentBrokers() {
        String names = nodes.stream().map(node -> node.host() + ":" + node.port()).collect(Collectors.joining(", "));
        return "Kafka answered at " + servers() + ", but its brokers (" + names + ") did not within " + start.inWords()
                + "; they may advertise an address that cannot be reached from here.";
    }

    private String servers() {
        return properties.bootstrapServers();
    }

    @Override
    public void close() {
        try {
            admin.close(Duration.ZERO);
        } catch (KafkaException e) {
            // It has served its purpose, and holds nothing that could be lost.
            return;
        }
    }
}
