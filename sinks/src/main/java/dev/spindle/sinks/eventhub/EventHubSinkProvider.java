package dev.spindle.sinks.eventhub;

import dev.spindle.engine.publish.Sink;
import dev.spindle.engine.publish.SinkLanes;
import dev.spindle.engine.publish.SinkOption;
import dev.spindle.engine.publish.SinkOption.Type;
import dev.spindle.engine.publish.SinkProvider;
import dev.spindle.engine.publish.SinkSettings;
import java.util.List;
import java.util.Optional;

/** The sink {@code eventhub}. */
public final class EventHubSinkProvider implements SinkProvider {

    /** For {@link java.util.ServiceLoader}. */
    public EventHubSinkProvider() {}

    @Override
    public String name() {
        return "eventhub";
    }

    @Override
    public String help() {
        return "Azure Event Hubs, a Fabric Eventstream's custom endpoint or the Event Hubs emulator, over AMQP.";
    }

    @Override
    public List<SinkOption> options() {
        return List.of(
                SinkOption.of(
                                EventHubSettings.CONNECTION_STRING,
                                Type.TEXT,
                                "TEXT",
                                "How to get in; better given in " + EventHubSettings.CONNECTION_STRING_VARIABLE
                                        + ", where process listings do not show it.")
                        .withAllowed(ConnectionString.SHAPE)
                        .asSecret(),
                SinkOption.of(
                                EventHubSettings.NAMESPACE,
                                Type.TEXT,
                                "HOST",
                                "Get in by Microsoft Entra, in place of a connection string.")
                        .withAllowed(EventHubSettings.NAMESPACE_ALLOWED),
                SinkOption.of(
                                EventHubSettings.EVENTHUB,
                                Type.TEXT,
                                "NAME",
                                "The event hub, unless the connection string has an EntityPath."),
                SinkOption.of(
                        EventHubSettings.PARTITION_KEY,
                        Type.COLUMN,
                        "COLUMN",
                        "Column whose text is the partition key: equal keys stay in order, in one partition."),
                SinkOption.of(
                                EventHubSettings.KEY_MAPPING,
                                Type.TEXT,
                                "WHO",
                                "Who maps keys to partitions: the service, which takes one batch for each key, or this"
                                        + " client, which sends full batches however many keys there are.")
                        .withDefault("service")
                        .withAllowed(EventHubSettings.KEY_MAPPING_ALLOWED),
                SinkOption.of(
                                EventHubSettings.PARTITION,
                                Type.TEXT,
                                "ID",
                                "Send everything to this partition, in order; without it and without a key the service"
                                        + " spreads batches over all partitions.")
                        .withAllowed(EventHubSettings.PARTITION_ALLOWED),
                SinkOption.of(EventHubSettings.TRANSPORT, Type.TEXT, "NAME", "AMQP on its own port, or over WebSockets.")
                        .withDefault("amqp")
                        .withAllowed(EventHubSettings.TRANSPORT_ALLOWED),
                SinkOption.of(
                        EventHubSettings.HEADERS,
                        Type.FLAG,
                        null,
                        "Metadata columns as application properties too."),
                SinkOption.of(
                                EventHubSettings.RETRY_TIMEOUT,
                                Type.INTEGER,
                                "SECONDS",
                                "How long a batch is tried before its events count as failed.")
                        .withDefault(Integer.toString(EventHubSettings.DEFAULT_RETRY_TIMEOUT_SECONDS))
                        .withAllowed(EventHubSettings.RETRY_TIMEOUT_ALLOWED));
    }

    @Override
    public Sink create(SinkSettings settings) {
        return new EventHubSink(EventHubSettings.of(settings, System.getenv()));
    }

    /** A client for each lane: events of one key then come from several, in no order. */
    @Override
    public SinkLanes lanes(SinkSettings settings) {
        return SinkLanes.APART_WHEN_ASKED;
    }

    @Override
    public Optional<String> keyColumn(SinkSettings settings) {
        return settings.text(EventHubSettings.PARTITION_KEY);
    }
}
