package dev.spindle.sinks.kafka;

import dev.spindle.engine.publish.SinkSettings;
import dev.spindle.sinks.testing.KafkaBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One broker for all test classes that ask for it: started with the first, stopped after the last. */
final class SharedBroker implements ParameterResolver, AutoCloseable {

    private static final AtomicInteger TOPICS = new AtomicInteger();

    private KafkaBroker broker;

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == KafkaBroker.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(SharedBroker.class))
                .computeIfAbsent(SharedBroker.class, key -> new SharedBroker().start(), SharedBroker.class)
                .broker;
    }

    private SharedBroker start() {
        broker = KafkaBroker.forTests();
        return this;
    }

    @Override
    public void close() {
        broker.close();
    }

    /** A name that no other test has. */
    static String newTopicName() {
        return "topic-" + TOPICS.incrementAndGet();
    }

    /** A new empty topic. */
    static String newTopic(KafkaBroker broker, int partitions) {
        return newTopic(broker, partitions, Map.of());
    }

    static String newTopic(KafkaBroker broker, int partitions, Map<String, String> configs) {
        String name = newTopicName();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            NewTopic topic = new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(configs);
            admin.createTopics(List.of(topic)).all().get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
        return name;
    }

    /** How many partitions a topic has; empty when there is no such topic. */
    static OptionalInt partitions(KafkaBroker broker, String topic) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            return OptionalInt.of(admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get()
                    .get(topic)
                    .partitions()
                    .size());
        } catch (ExecutionException e) {
            return OptionalInt.empty();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Settings that reach a topic over the listener without security. */
    static SinkSettings settings(KafkaBroker broker, String topic, String... producerProperties) {
        SinkSettings settings = SinkSettings.NONE
                .with("bootstrap-server", broker.bootstrap())
                .with("topic", topic);
        return producerProperties.length == 0 ? settings : settings.with("producer-property", producerProperties);
    }

    /** Everything in a topic, partition by partition, each in its order. */
    static List<ConsumerRecord<byte[], byte[]>> readAll(KafkaBroker broker, String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrap()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            for (TopicPartition partition : partitions) {
                consumer.assign(List.of(partition));
                consumer.seekToBeginning(List.of(partition));
                long end = consumer.endOffsets(List.of(partition)).get(partition);
                while (consumer.position(partition) < end) {
                    consumer.poll(Duration.ofMillis(200)).records(partition).forEach(records::add);
                }
            }
            return records;
        }
    }
}
