package dev.spindle.sinks.kafka;

import dev.spindle.engine.publish.Sink;
import dev.spindle.engine.publish.SinkLanes;
import dev.spindle.engine.publish.SinkOption;
import dev.spindle.engine.publish.SinkOption.Type;
import dev.spindle.engine.publish.SinkProvider;
import dev.spindle.engine.publish.SinkSettings;
import java.util.List;
import java.util.Optional;

/** The sink {@code kafka}. Its options are named as Kafka's own tools name them. */
public final class KafkaSinkProvider implements SinkProvider {

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public String help() {
        return "Records in Kafka topics, counted as sent when the broker has acknowledged them.";
    }

    @Override
    public List<SinkOption> options() {
        return List.of(
                SinkOption.of(KafkaSettings.BOOTSTRAP_SERVER, Type.TEXT, "LIST", "Brokers to ask first.")
                        .withAllowed("HOST:PORT,…; required unless the command config has bootstrap.servers"),
                SinkOption.of(KafkaSettings.TOPIC, Type.TEXT, "NAME", "Topic for all events; else each table's own name.")
                        .withAllowed("1 to 249 of a-z, A-Z, 0-9, '.', '_' and '-'"),
                SinkOption.of(KafkaSettings.KEY, Type.COLUMN, "COLUMN", "Column whose text is the record's key."),
                SinkOption.of(KafkaSettings.PRODUCER_PROPERTY, Type.PROPERTIES, "K=V", "Property of Kafka's producer.")
                        .asSecret(),
                SinkOption.of(KafkaSettings.COMMAND_CONFIG, Type.PATH, "FILE", "File of producer properties."),
                SinkOption.of(KafkaSettings.HEADERS, Type.FLAG, null, "Metadata columns as record headers too."),
                SinkOption.of(KafkaSettings.RECORD_TIMESTAMP, Type.TEXT, "NAME", "Time that the record carries.")
                        .withDefault("intended")
                        .withAllowed("event or intended"),
                SinkOption.of(KafkaSettings.PARTITIONS, Type.INTEGER, "N", "Partitions of a topic that is missing.")
                        .withAllowed("1 to " + KafkaSettings.MAX_PARTITIONS),
                SinkOption.of(KafkaSettings.REPLICATION_FACTOR, Type.INTEGER, "N", "Replicas of a topic that is missing.")
                        .withAllowed("1 to " + Short.MAX_VALUE));
    }

    @Override
    public Sink create(SinkSettings settings) {
        return new KafkaSink(KafkaSettings.of(settings));
    }

    /** A producer for each lane: events of one key then come from several, in no order. */
    @Override
    public SinkLanes lanes(SinkSettings settings) {
        return SinkLanes.APART_WHEN_ASKED;
    }

    @Override
    public Optional<String> keyColumn(SinkSettings settings) {
        return settings.text(KafkaSettings.KEY);
    }
}
